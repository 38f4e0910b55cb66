"""Try the starter model on pictures that it was never trained on.

`python packaging/starter_model/evaluate.py resources/models/starter --archives DIR --work DIR [--photos DIR]`

Everything goes through ClipDesk's own encoder and scoring, as it will for a person. Prints a table; `--json FILE` keeps
it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import augment
import data
import looks
import numpy as np
import open_clip
import torch
from concepts import FAMILIES, LOOK_TEMPLATES, THING_KINDS, Vocabulary, load_vocabulary, look_words
from numpy.typing import NDArray
from PIL import Image
from torch.nn import functional

from clipdesk.core.encoder import Encoder, ScoreRule
from clipdesk.core.labels.scoring import probabilities, prompt_ensemble
from clipdesk.core.pictures.decode import decode
from clipdesk.encoders.local.open_clip import load_encoder

Floats = NDArray[np.float32]

#: What a person would put around a word; averaged (prompt ensembling).
TEMPLATES = ("{}", "a photo of a {}", "a picture of a {}", "a close-up of a {}", "a small {}")
SAID_OF_LOOKS = tuple(dict.fromkeys(LOOK_TEMPLATES))[:6]
#: Drawings for each of the families below.
LOOKS_COUNT = 1_200
#: Which drawings show a family, by the drawers in `looks`; light, tone and sharpness are made of photos instead.
DRAWN = {
    "kind": ("document", "screenshot", "chart", "drawing"),
    "pattern": ("pattern",),
    "shape": ("shapes",),
    "count": ("shapes", "things"),
    "colour": ("pattern", "shapes"),
}
#: Everyday photos, and the label that a person would give each.
EVERYDAY_LABELS = ("dog", "cat", "bird", "insect", "person", "flower", "food", "beach", "document")
EVERYDAY = {
    "bird.bmp": "bird", "cat_1080p.jpg": "cat", "cat_720p.jpg": "cat", "dog_segmentation.bmp": "dog",
    "dragonfly.bmp": "insect", "face.jpg": "person", "grace_hopper.bmp": "person", "hot_dog.jpg": "food",
    "kite_and_cold.jpg": "beach", "mnist_nine.bmp": "document", "owl.jpg": "bird", "parrot.jpg": "bird",
    "pets.jpg": "dog", "sunflower.bmp": "flower",
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One line of the table: shares 0…1. `goal` is None where none was set."""

    name: str
    value: float
    chance: float
    goal: float | None = None


@dataclass(frozen=True)
class Trial:
    """Cosines (n, m) of n pictures with m labels, and the place (n,) of the right one."""

    cosine: Floats
    truth: NDArray[np.int64]

    @property
    def accuracy(self) -> float:
        return float((self.cosine.argmax(1) == self.truth).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="a folder in open_clip's local-dir layout")
    parser.add_argument("--archives", type=Path, required=True, help="folder with the .tar.xz of pictures")
    parser.add_argument("--work", type=Path, required=True, help="where decoded pictures are kept")
    parser.add_argument("--photos", type=Path, help="folder with the everyday photos")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args()
    encoder = load_encoder(f"local-dir:{options.model.absolute()}", device="cpu")
    words = load_vocabulary(options.archives / "tinyimagenet-classes.tsv")
    found = list(figures(encoder, words, options.archives, options.work))
    print_table(found)
    misses = everyday(encoder, options.photos) if options.photos else []
    if options.json:
        weights = (options.model / "open_clip_model.safetensors").read_bytes()
        report = {
            "weights_sha256": hashlib.sha256(weights).hexdigest(),
            "figures": [asdict(figure) for figure in found],
            "everyday_misses": misses,
        }
        options.json.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def print_table(found: Sequence[Figure]) -> None:
    print("| held back | chance | reach | this model |\n|---|---|---|---|")
    for figure in found:
        goal = "–" if figure.goal is None else f"{figure.goal:.0%}"
        print(f"| {figure.name} | {figure.chance:.1%} | {goal} | {figure.value:.1%} |")


def figures(encoder: Encoder, words: Vocabulary, archives: Path, work: Path) -> Iterator[Figure]:
    """All figures, one after the other."""
    val = data.tiny_imagenet(archives, work, "val", words)
    images = embed_pixels(encoder, val.pixels)
    cosine = images @ label_vectors(encoder, [words.words[i] for i in range(len(words.wnids))]).T
    ranks = (cosine > np.take_along_axis(cosine, val.classes[:, None], 1)).sum(1)
    yield Figure("Tiny ImageNet val, 202-way, top-1", float((ranks < 1).mean()), 1 / 202, 0.45)
    yield Figure("Tiny ImageNet val, 202-way, top-5", float((ranks < 5).mean()), 5 / 202, 0.72)
    draws = [trial.accuracy for trial in random_trials(cosine, val.classes, (5,), 100, seed=0)]
    yield Figure("the same, 5 random labels, mean of 100 draws", float(np.mean(draws)), 0.2, 0.9)

    cifar = data.cifar10(archives, work, "held")
    cifar_trial = trial_of(encoder, words, cifar)
    yield Figure("CIFAR-10, the tenth held back, 10-way", cifar_trial.accuracy, 0.1, 0.8)
    clothing = data.clothing(archives, work, "held")
    clothing_trial = trial_of(encoder, words, clothing)
    yield Figure("clothing, validation files, 10-way", clothing_trial.accuracy, 0.1, 0.7)

    for family in DRAWN:
        trial = drawn_trial(encoder, family)
        yield Figure(f"drawn, unseen seeds: {family}", trial.accuracy, 1 / trial.cosine.shape[1], 0.95)
    for family, trial in photo_look_trials(encoder, val.pixels, clothing.pixels):
        yield Figure(f"made of photos held back: {family}", trial.accuracy, 1 / trial.cosine.shape[1], 0.95)

    # The other half was for fitting the logit scale, see `export.py`.
    trials = [trial for _, trial in calibration_trials(cosine, val.classes, (cifar_trial, clothing_trial))]
    rule = encoder.score_rule
    yield Figure(
        f"calibration error at the shipped scale of {rule.logit_scale:.1f}", calibration_error(trials, rule), 0.0
    )
    yield Figure("right among answers of 85 to 95 %", right_between(trials, rule, 0.85, 0.95), 0.0, 0.9)


def embed_pixels(encoder: Encoder, pixels: NDArray[np.uint8]) -> Floats:
    """Embeddings (n, dimension) of pictures (n, side, side, 3)."""
    found = []
    for at in range(0, len(pixels), 64):
        prepared = [encoder.prepare_image(Image.fromarray(picture)) for picture in pixels[at : at + 64]]
        found.append(encoder.encode_images(prepared))
    return np.concatenate(found)


def label_vectors(encoder: Encoder, said: Sequence[Sequence[str]], templates: Sequence[str] = TEMPLATES) -> Floats:
    """(n, dimension): one vector for each list of words, the ensemble over its first two and the templates."""
    return np.stack(
        [
            prompt_ensemble(
                encoder.encode_texts([template.format(word) for word in words[:2] for template in templates])
            )
            for words in said
        ]
    )


def trial_of(encoder: Encoder, words: Vocabulary, pictures: data.Pictures) -> Trial:
    vectors = label_vectors(encoder, [words.words[words.index(name)] for name in pictures.names])
    return Trial(embed_pixels(encoder, pictures.pixels) @ vectors.T, pictures.classes)


def random_trials(
    cosine: Floats, classes: NDArray[np.int64], sizes: Sequence[int], count: int, seed: int
) -> Iterator[Trial]:
    """`count` draws of so many labels, each with all pictures of these labels."""
    rng = np.random.default_rng(seed)
    for i in range(count):
        labels = rng.choice(cosine.shape[1], sizes[i % len(sizes)], replace=False)
        rows = np.flatnonzero(np.isin(classes, labels))
        truth = (labels[None] == classes[rows, None]).argmax(1)
        yield Trial(cosine[rows][:, labels], truth)


# --- Looks ------------------------------------------------------------------------------------------------------------


def drawn_trial(encoder: Encoder, family: str, count: int = LOOKS_COUNT) -> Trial:
    """Drawings of seeds that are never trained on, asked for one family."""
    members = family_members(family)
    pixels, truth = [], []
    seed = data.HELD_BACK_SEED
    while len(truth) < count:
        drawing = looks.draw(seed, DRAWN[family])
        seed += 1
        shown = [name for name in drawing.shows if name in members]
        if shown:
            pixels.append(np.asarray(drawing.image))
            truth.append(members.index(shown[0]))
    return Trial(embed_pixels(encoder, np.stack(pixels)) @ look_vectors(encoder, members).T, np.array(truth))


def photo_look_trials(
    encoder: Encoder, small: NDArray[np.uint8], large: NDArray[np.uint8]
) -> Iterator[tuple[str, Trial]]:
    """Held-back photos, darkened, brightened, greyed, blurred or made noisy as in training, by other seeds."""
    rng = np.random.default_rng(data.HELD_BACK_SEED)
    rows = rng.integers(len(small), size=4_000)
    x = torch.cat([_as_batch(small[rows]), _as_batch(large)])
    crisp = torch.cat([torch.zeros(len(rows), dtype=torch.bool), torch.ones(len(large), dtype=torch.bool)])
    natural = torch.ones(len(x), dtype=torch.bool)
    x, truths = augment.make_looks(x, crisp, natural, augment.Chance(data.HELD_BACK_SEED), (0.06, 0.2))
    pixels = (x * 255).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()
    images = embed_pixels(encoder, pixels)
    for family in ("light", "tone", "sharpness"):
        members = family_members(family)
        known = [np.flatnonzero(truths[name].numpy()) for name in members]
        # As many of each: nearly every photo is in colour.
        even = [rows[: 2 * min(map(len, known))] for rows in known]
        cosine = images[np.concatenate(even)] @ look_vectors(encoder, members).T
        yield family, Trial(cosine, np.repeat(np.arange(len(members)), [len(rows) for rows in even]))


def family_members(family: str) -> tuple[str, ...]:
    return tuple(name for name in FAMILIES[family] if family != "kind" or name in (*THING_KINDS, "drawing"))


def look_vectors(encoder: Encoder, members: Sequence[str]) -> Floats:
    return label_vectors(encoder, [look_words(name) for name in members], SAID_OF_LOOKS)


def _as_batch(pixels: NDArray[np.uint8]) -> torch.Tensor:
    x = torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).float() / 255
    return functional.interpolate(x, (looks.GIVEN, looks.GIVEN), mode="bicubic", antialias=True).clamp(0, 1)


# --- Calibration ------------------------------------------------------------------------------------------------------


def calibration_trials(
    cosine: Floats, classes: NDArray[np.int64], others: Sequence[Trial]
) -> Iterator[tuple[Trial, Trial]]:
    """Lists of labels as people write them, 2 to 20 long, each cut into (for fitting, for reporting)."""
    draws = random_trials(cosine, classes, (2, 3, 4, 5, 7, 10, 20), 70, seed=1)
    for trial in (*draws, *others):
        even = np.arange(len(trial.truth)) % 2 == 0
        yield Trial(trial.cosine[even], trial.truth[even]), Trial(trial.cosine[~even], trial.truth[~even])


def certainty(trials: Sequence[Trial], rule: ScoreRule) -> tuple[Floats, NDArray[np.bool_]]:
    """Each answer's probability, and whether it was right; every trial counts the same."""
    tops, rights = [], []
    for trial in trials:
        found = probabilities(trial.cosine, rule)
        pick = np.random.default_rng(0).integers(len(found), size=500)
        tops.append(found.max(1)[pick])
        rights.append((found.argmax(1) == trial.truth)[pick])
    return np.concatenate(tops), np.concatenate(rights)


def calibration_error(trials: Sequence[Trial], rule: ScoreRule, bins: int = 15) -> float:
    """Expected calibration error: the mean distance of probability and accuracy over bins (Guo et al. 2017)."""
    top, right = certainty(trials, rule)
    place = np.minimum((top * bins).astype(int), bins - 1)
    gaps = [abs(top[place == b].mean() - right[place == b].mean()) * (place == b).mean() for b in set(place.tolist())]
    return float(sum(gaps))


def right_between(trials: Sequence[Trial], rule: ScoreRule, low: float, high: float) -> float:
    top, right = certainty(trials, rule)
    return float(right[(top >= low) & (top < high)].mean())


# --- Everyday photos --------------------------------------------------------------------------------------------------


def everyday(encoder: Encoder, folder: Path) -> list[str]:
    """Print the answer for each of the everyday photos; return those that a person would not have given."""
    vectors = label_vectors(encoder, [(name,) for name in EVERYDAY_LABELS])
    misses = []
    for name, truth in EVERYDAY.items():
        image = decode(folder / name, encoder.image_size)
        cosine = encoder.encode_images([encoder.prepare_image(image)]) @ vectors.T
        chances = probabilities(cosine, encoder.score_rule)[0]
        answer = EVERYDAY_LABELS[int(chances.argmax())]
        line = f"{name}: {answer} ({chances.max():.0%})" + ("" if answer == truth else f", a person says {truth}")
        print(line)
        if answer != truth:
            misses.append(line)
    print(f"{len(EVERYDAY) - len(misses)} of {len(EVERYDAY)} everyday photos as a person would label them")
    return misses


# --- While it is trained ----------------------------------------------------------------------------------------------


@torch.inference_mode()
def text_vectors(model: Any, words: Vocabulary, count: int) -> torch.Tensor:
    """(count, dimension): the first concepts as texts, of a network in training."""
    tokenizer = open_clip.SimpleTokenizer(context_length=32)
    device = next(model.parameters()).device
    texts = []
    for i in range(count):
        said = [template.format(word) for word in words.words[i][:2] for template in TEMPLATES]
        vectors = functional.normalize(model.encode_text(tokenizer(said).to(device)), dim=-1)
        texts.append(functional.normalize(vectors.mean(0), dim=-1))
    return torch.stack(texts)


@torch.inference_mode()
def accuracy(
    name: Callable[[torch.Tensor], torch.Tensor],
    pixels: NDArray[np.uint8],
    classes: NDArray[np.int64],
    size: int,
    device: str,
) -> tuple[float, float]:
    """Top-1 and top-5 accuracy (0…1) of a network in training: close to what `main` prints.

    `name` scores every class (n, classes) for pictures (n, 3, size, size) in 0…1.
    """
    right = []
    for at in range(0, len(pixels), 256):
        x = torch.from_numpy(np.array(pixels[at : at + 256])).to(device).permute(0, 3, 1, 2).float() / 255
        x = functional.interpolate(x, (size, size), mode="bicubic", antialias=True).clamp(0, 1)
        best = name(x).topk(5).indices.cpu()
        right.append(best == torch.from_numpy(classes[at : at + 256])[:, None])
    hits = torch.cat(right)
    return float(hits[:, 0].float().mean()), float(hits.any(1).float().mean())


if __name__ == "__main__":
    main()
