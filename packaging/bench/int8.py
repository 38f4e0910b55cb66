"""Measure what int8 changes: cosines to fp32, how often the best label stays the same, accuracy, and the speed.

    python packaging/bench/int8.py --model local-dir:DIR --archives ../shared/training
    python packaging/bench/int8.py --model local-dir:DIR --pictures ../shared/photos --label cat --label owl

Labelled pictures are those that the starter model was not trained on (held_back.py). With --pictures there is no
accuracy, only agreement. --anyway also measures models that are refused because their embeddings differ too much.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from held_back import labelled_files
from numpy.typing import NDArray
from PIL import Image
from towers import time_once

from clipdesk.core.errors import EncoderError, ImageError
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.scan import find_images
from clipdesk.encoders.local.candidate import LEAST_COSINE
from clipdesk.encoders.local.open_clip import OpenClipEncoder, load_encoder

_BATCH = 32
_TURNS = 9
_SETS = ("tiny", "cifar", "garments")


@dataclass(frozen=True)
class Embedded:
    """Embeddings (n, d) by both encoders; `classes` (n,) are places in the labels, -1 where the truth is not known."""

    exact: NDArray[np.float32]
    fast: NDArray[np.float32]
    classes: NDArray[np.intp]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", action="append", required=True, help="what `clipdesk label --model` takes")
    parser.add_argument("--archives", type=Path, help="the folder with the archives of labelled pictures")
    parser.add_argument("--set", action="append", choices=_SETS, help="only these of the archives")
    parser.add_argument("--pictures", type=Path, help="a folder of pictures without known labels")
    parser.add_argument("--label", action="append", default=[], help="a label for --pictures")
    parser.add_argument("--most", type=int, default=1000, help="pictures of each set")
    parser.add_argument("--anyway", action="store_true")
    options = parser.parse_args()
    for model in options.model:
        exact = load_encoder(model, device="cpu:fp32")
        try:
            # Not offered to anyone: to measure what the refusal prevents.
            least = {"int8": -1.0} if options.anyway else {}
            with mock.patch.dict(LEAST_COSINE, least):
                fast = load_encoder(model, device="cpu:int8")
        except EncoderError as error:
            print(f"{model}: refused. {error}", flush=True)
            continue
        print(f"{model}: {fast.place}; {fast.identity.preprocessing.rpartition('computed=')[2]}", flush=True)
        for name in (options.set or _SETS) if options.archives else ():
            names, files = labelled_files(name, options.archives)
            pictures = ((Image.open(file).convert("RGB"), names.index(label)) for file, label in files)
            report(name, embed(exact, fast, pictures, options.most), exact.encode_texts(prompts(names)))
        if options.pictures and options.label:
            texts = exact.encode_texts(prompts(options.label))
            found = embed(exact, fast, read(options.pictures, exact), options.most)
            report(options.pictures.name, found, texts)
        compare_speed(exact, fast)


def prompts(names: Sequence[str]) -> list[str]:
    return [f"a photo of a {name}" for name in names]


def read(folder: Path, encoder: OpenClipEncoder) -> Iterator[tuple[Image.Image, int]]:
    for image in find_images([folder]):
        try:
            yield decode(image.path, encoder.image_size), -1
        except ImageError as error:
            print(f"  {error}")


def embed(
    exact: OpenClipEncoder, fast: OpenClipEncoder, pictures: Iterable[tuple[Image.Image, int]], most: int
) -> Embedded:
    found: tuple[list[Any], list[Any], list[int]] = [], [], []
    rest = itertools.islice(pictures, most)
    while batch := list(itertools.islice(rest, _BATCH)):
        ready = [exact.prepare_image(image) for image, _ in batch]
        found[0].append(exact.encode_images(ready))
        found[1].append(fast.encode_images(ready))
        found[2].extend(label for _, label in batch)
    return Embedded(np.concatenate(found[0]), np.concatenate(found[1]), np.array(found[2]))


def report(name: str, found: Embedded, texts: NDArray[np.float32]) -> None:
    cosines = (found.exact * found.fast).sum(axis=1)
    exact, fast = (np.argmax(images @ texts.T, axis=1) for images in (found.exact, found.fast))
    known = found.classes >= 0
    line = (
        f"  {name}: {len(cosines)} pictures, {len(texts)} labels; cosine at least {cosines.min():.5f}, on average "
        f"{cosines.mean():.5f}; same best label {(exact == fast).mean():.2%}"
    )
    if known.any():
        right = [(best[known] == found.classes[known]).mean() for best in (exact, fast)]
        line += f"; right {right[0]:.2%} in fp32, {right[1]:.2%} in int8"
    print(line, flush=True)


def compare_speed(exact: OpenClipEncoder, fast: OpenClipEncoder) -> None:
    width, height = exact.image_size
    images = list(np.random.default_rng(0).integers(0, 256, (_BATCH, height, width, 3), np.uint8))
    works = [lambda: exact.encode_images(images), lambda: fast.encode_images(images)]
    taken = [[time_once(work)[1] for work in works] for _ in range(1 + _TURNS)][1:]
    usual, rounded = (statistics.median(times) for times in zip(*taken, strict=True))
    print(f"  fp32 takes {usual / rounded:.2f} times the CPU time of int8 ({exact.place})", flush=True)


if __name__ == "__main__":
    main()
