"""Measure how well ClipDesk finds on pictures that no model was trained on: search, duplicates, groups, names.

    python packaging/bench/find.py --archives DIR --work DIR --model NAME=MODEL [--model NAME=MODEL]

`--archives` holds the archives that the starter model is trained from (by default `../shared/training`; without them,
nothing is measured). Embeddings are kept in `--work`. The starter model is measured in any case.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from find_copies import Looked, looked_pictures
from held_back import Labelled, labelled_sets
from numpy.typing import NDArray

from clipdesk.core.find.duplicates import Kind, find_duplicates
from clipdesk.core.find.groups import connect_neighbours, make_groups
from clipdesk.core.find.looks import Looks
from clipdesk.core.find.louvain import find_communities
from clipdesk.core.find.names import Vocabulary, encode_words, propose_names, read_words
from clipdesk.core.find.search import search
from clipdesk.core.find.similar import find_similar, measure_likeness
from clipdesk.core.find.vectors import CompactVectors
from clipdesk.core.store.look_rows import LOOK_DTYPE

REPOSITORY = Path(__file__).resolve().parents[2]
#: Classes of the folders that are grouped, and how often each is drawn.
_FOLDERS, _DRAWS = (4, 8, 12, 20), 5


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Measure how well ClipDesk finds.")
    parser.add_argument("--archives", type=Path, default=REPOSITORY.parent / "shared" / "training")
    parser.add_argument("--work", type=Path, default=REPOSITORY / "build" / "bench" / "find")
    parser.add_argument("--model", action="append", default=[], metavar="NAME=MODEL")
    options = parser.parse_args(arguments)
    if not options.archives.is_dir():
        print(f"Skipped: there are no pictures in {options.archives}.")
        return 0
    models = {"starter": "starter"} | dict(pair.split("=", 1) for pair in options.model)
    for found in labelled_sets(models, options.archives, options.work):
        print(f"\n{found.name}: {len(found.images):,} pictures, {len(found.names)} classes")
        print("\n".join(search_lines(found)))
        model = models[found.name.split(",")[0]]
        print("\n".join(group_lines(found, _vocabulary(model, options.work))), flush=True)
    for name, model in models.items():
        pictures, copies = looked_pictures(name, model, options.archives, options.work)
        print(f"\n{name}, copies of {len(pictures.of):,} pictures")
        print("\n".join(duplicate_lines(pictures, copies)), flush=True)
    return 0


# --- search


def search_lines(found: Labelled) -> Iterator[str]:
    """By words: each class by its name. By picture: the first five of each class."""
    compact = CompactVectors.of(found.images)
    hits = [found.classes[search(compact, text[None], np.ones(1), count=10).rows] for text in found.texts]
    right = np.array([(of == place) for place, of in enumerate(hits)])
    any_right = right.any(axis=1).mean()
    yield f"  by words: {right.mean():.0%} of the first ten are right; for {any_right:.0%} of the words at least one is"
    exact = [np.argsort(-(found.images @ text), kind="stable")[:10] for text in found.texts]
    same = [
        len(set(best.tolist()) & set(search(compact, text[None], np.ones(1), count=10).rows.tolist())) / 10
        for best, text in zip(exact, found.texts, strict=True)
    ]
    yield f"  recall@10 against float32: {np.mean(same):.4f}"
    likeness, shares = measure_likeness(found.images), []
    for one in range(len(found.names)):
        for row in np.flatnonzero(found.classes == one)[:5]:
            similar = find_similar(compact, found.images[row][None], likeness, count=10, without=np.array([row]))
            shares.append((found.classes[similar.rows] == one).mean())
    yield f"  by a picture: {np.mean(shares):.0%} of the first ten are of its class"


# --- groups and names


def group_lines(found: Labelled, vocabulary: Vocabulary) -> Iterator[str]:
    """Draw folders of some classes each, group them, and compare with the classes."""
    words = Vocabulary(
        (*found.names, *(word for word in vocabulary.words if word not in found.names)),
        np.concatenate([found.texts, vocabulary.vectors[[word not in found.names for word in vocabulary.words]]]),
    )
    rng = np.random.default_rng(0)
    for count in (one for one in _FOLDERS if one <= len(found.names)):
        scores, sizes, firsts, threes, various = [], [], [], [], []
        for _ in range(_DRAWS):
            chosen = rng.choice(len(found.names), count, replace=False)
            rows = np.flatnonzero(np.isin(found.classes, chosen))
            images, classes = found.images[rows], found.classes[rows]
            graph = connect_neighbours(images)
            communities = find_communities(graph.graph)
            scores.append(nmi(communities, classes[graph.rows]))
            groups = make_groups(images, graph)
            sizes.append(len(groups.groups))
            various.append(len(groups.various) / len(rows))
            for group, names in zip(groups.groups, propose_names(groups.groups, words), strict=True):
                (most, _), *_ = Counter(classes[group.rows].tolist()).most_common(1)
                firsts.append(found.names[most] == names[0])
                threes.append(found.names[most] in names)
        yield (
            f"  {count} classes: {np.mean(sizes):.1f} groups, NMI {np.mean(scores):.2f}, {np.mean(various):.1%} "
            f"various; the first of {len(words.words):,} words is right for {np.mean(firsts):.0%}, one of three for "
            f"{np.mean(threes):.0%}"
        )


def nmi(one: NDArray[np.integer], other: NDArray[np.integer]) -> float:
    """Return the normalised mutual information of two divisions, 0…1 (arithmetic mean of the entropies)."""
    _, one = np.unique(one, return_inverse=True)
    _, other = np.unique(other, return_inverse=True)
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1 / len(one))
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    is_used = table > 0
    information = (table[is_used] * np.log(table[is_used] / np.outer(rows, columns)[is_used])).sum()
    entropies = -(rows * np.log(rows)).sum() - (columns * np.log(columns)).sum()
    return float(2 * information / max(entropies, 1e-12))


def _vocabulary(model: str, work: Path) -> Vocabulary:
    from clipdesk.encoders.local.open_clip import load_encoder
    from clipdesk.encoders.models.languages import unknown_words_finder

    words, unknown = read_words(), unknown_words_finder(model)
    known = [word for word in words if unknown is None or not unknown([word])]
    path = work / f"words-{model.replace('/', '_').replace(':', '_')}.npy"
    if path.exists() and len(vectors := np.load(path)) == len(known):
        return Vocabulary(tuple(known), vectors)
    encoder = load_encoder(model, device="cpu")
    # In the template of the classes' names, which are among the words.
    vectors = encode_words(encoder, [f"a photo of a {word}" for word in known]).vectors
    encoder.close()
    np.save(path, vectors)
    return Vocabulary(tuple(known), vectors)


# --- duplicates


def duplicate_lines(pictures: Looked, copies: dict[str, Looked]) -> Iterator[str]:
    """Count wrong pairs among all different pictures, then put copies of each kind among them."""
    likeness, count = measure_likeness(pictures.vectors, _looks(pictures)), len(pictures.of)
    groups = find_duplicates(_looks(pictures), pictures.vectors, likeness)
    pairs = count * (count - 1) // 2
    for kind in (Kind.SAME, Kind.SIMILAR):
        wrong = [group for group in groups if group.kind is kind]
        same_class = sum(len(set(pictures.classes[list(group.rows)].tolist())) == 1 for group in wrong)
        yield f"  “{kind.value}” among {pairs:,} pairs of different pictures: {len(wrong)}, {same_class} of one class"
    total, hits, false = 0, 0, 0
    for name, copy in copies.items():
        both = Looked(*(np.concatenate(columns) for columns in zip(_columns(pictures), _columns(copy), strict=True)))
        found = find_duplicates(_looks(both), both.vectors, likeness)
        expected = {(int(of), count + place) for place, of in enumerate(copy.of)}
        by_kind = {kind: {g.rows for g in found if g.kind is kind} for kind in (Kind.SAME, Kind.SIMILAR)}
        same, similar = (len(rows & expected) / len(expected) for rows in by_kind.values())
        total, hits = total + len(expected), hits + len(by_kind[Kind.SAME] & expected)
        false += len(by_kind[Kind.SAME] - expected)
        yield f"  {name}: {same:.1%} found as the same picture, {similar:.1%} as similar"
    yield f"  the same picture: precision {hits / max(hits + false, 1):.4f}, recall {hits / total:.3f}"


def _columns(looked: Looked) -> tuple[NDArray[np.generic], ...]:
    return looked.classes, looked.vectors, looked.dhash, looked.tiles, looked.of


def _looks(looked: Looked) -> Looks:
    values = np.zeros(len(looked.of), LOOK_DTYPE)
    values["dhash"], values["tile"], values["taken_s"] = looked.dhash, looked.tiles, np.nan
    contents = tuple(row.to_bytes(20, "big") for row in range(1, len(values) + 1))
    return Looks(contents, np.ones(len(values), np.bool_), values)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
