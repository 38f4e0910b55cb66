"""Measure what one reference image among word labels does, on pictures that the starter model was never trained on.

`python packaging/starter_model/references.py resources/models/starter --archives DIR --work DIR`

Each draw takes up to ten labels of a set, and describes a third of them by one picture instead of words. Prints the
accuracy with words alone, with raw cosines, and on the scale of words (`clipdesk/core/labels/word_scale.py`). In
brackets: by how much the share of pictures that went to the picture labels exceeds their true share.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import data
import numpy as np
from concepts import Vocabulary, load_vocabulary
from evaluate import embed_pixels, label_vectors
from numpy.typing import NDArray

from clipdesk.core.encoder import Encoder
from clipdesk.core.labels.scoring import score
from clipdesk.encoders.local.open_clip import load_encoder

Floats = NDArray[np.float32]
LABELS = 10


@dataclass(frozen=True)
class Outcome:
    """One draw: accuracies, and how many more of the pictures than their share the picture labels took, 0…1."""

    words: float
    raw: float
    scaled: float
    raw_excess: float
    scaled_excess: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="a folder in open_clip's local-dir layout")
    parser.add_argument("--archives", type=Path, required=True, help="folder with the .tar.xz of pictures")
    parser.add_argument("--work", type=Path, required=True, help="where decoded pictures are kept")
    parser.add_argument("--draws", type=int, default=60)
    options = parser.parse_args()
    if not (options.archives / "tinyimagenet-val.tar.xz").exists():
        print(f"Skipped: there are no archives of pictures in “{options.archives}”.")
        return
    encoder = load_encoder(f"local-dir:{options.model.absolute()}", device="cpu")
    words = load_vocabulary(options.archives / "tinyimagenet-classes.tsv")
    print("| pictures | words alone | raw | on the scale of words |\n|---|---|---|---|")
    for name, pictures in (
        ("Tiny ImageNet val", data.tiny_imagenet(options.archives, options.work, "val", words)),
        ("CIFAR-10", data.cifar10(options.archives, options.work, "held")),
        ("garments", data.clothing(options.archives, options.work, "held")),
    ):
        found = list(draw_outcomes(encoder, words, pictures, options.draws))
        words_alone, raw, scaled, raw_excess, scaled_excess = np.mean(
            [(each.words, each.raw, each.scaled, each.raw_excess, each.scaled_excess) for each in found], axis=0
        )
        print(
            f"| {name} | {words_alone:.2f} | {raw:.2f} ({100 * raw_excess:+.0f} points) "
            f"| {scaled:.2f} ({100 * scaled_excess:+.0f} points) |",
            flush=True,
        )


def draw_outcomes(encoder: Encoder, words: Vocabulary, pictures: data.Pictures, count: int) -> Iterator[Outcome]:
    """Yield `count` draws of at most ten labels, a third of them as one random picture each."""
    images = embed_pixels(encoder, pictures.pixels)
    texts = label_vectors(encoder, [words.words[words.index(name)] for name in pictures.names])
    rng = np.random.default_rng(0)
    for _ in range(count):
        labels = rng.choice(len(texts), min(LABELS, len(texts)), replace=False)
        has_references = np.arange(len(labels)) < len(labels) // 3
        shown = [rng.choice(np.flatnonzero(pictures.classes == label)) for label in labels[has_references]]
        is_tried = np.isin(pictures.classes, labels)
        is_tried[shown] = False
        rows = np.flatnonzero(is_tried)
        truth = (labels[None] == pictures.classes[rows, None]).argmax(1)
        yield _outcome(encoder, images[rows], truth, texts[labels], images[shown], has_references)


def _outcome(
    encoder: Encoder,
    images: Floats,
    truth: NDArray[np.intp],
    texts: Floats,
    references: Floats,
    has_references: NDArray[np.bool_],
) -> Outcome:
    mixed = texts.copy()
    mixed[has_references] = references
    rule = encoder.score_rule
    words, raw = score(images, texts, rule).best, score(images, mixed, rule).best
    scaled = score(images, mixed, rule, has_references).best
    true_share = has_references[truth].mean()
    return Outcome(
        float((words == truth).mean()),
        float((raw == truth).mean()),
        float((scaled == truth).mean()),
        float(has_references[raw].mean() - true_share),
        float(has_references[scaled].mean() - true_share),
    )


if __name__ == "__main__":
    main()
