"""The pictures the starter model is trained and tried on, as arrays of bytes in a work folder.

Everything is made once and kept: the archives are unpacked, decoded and stored as `.npy` files that are mapped into
memory. See `README.md` of the shipped model for where the pictures are from and on which terms.
"""

from __future__ import annotations

import hashlib
import sys
import tarfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import looks
import numpy as np
from concepts import CIFAR, Vocabulary
from numpy.lib.format import open_memmap
from numpy.typing import NDArray
from PIL import Image

#: Seeds of the drawings that are never trained on begin here.
HELD_BACK_SEED = 10_000_000


@dataclass(frozen=True)
class Pictures:
    """`pixels` (n, side, side, 3) uint8; `classes` (n,) places in `names`."""

    pixels: NDArray[np.uint8]
    classes: NDArray[np.int64]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Drawings:
    """`pixels` (n, side, side, 3) uint8; `shows` and `maybe` (n, concepts) of bool, see `looks.Drawing`."""

    pixels: NDArray[np.uint8]
    shows: NDArray[np.bool_]
    maybe: NDArray[np.bool_]


def tiny_imagenet(archives: Path, work: Path, part: str, words: Vocabulary) -> Pictures:
    """`part`: train or val. 64×64; the classes are those of the vocabulary's first 202 concepts."""
    folder = _unpacked(archives / f"tinyimagenet-{part}.tar.xz", work)
    files = [(path, words.wnids.index(path.parent.name)) for path in sorted(folder.rglob("*.jpg"))]
    names = words.names[: len(words.wnids)]
    return _stored(work / f"tiny_{part}", files, names, 64)


def cifar10(archives: Path, work: Path, part: str) -> Pictures:
    """`part`: train, or held: the tenth (by the hash of the file's name) that is never trained on. 32×32."""
    folder = _unpacked(archives / "cifar10-train.tar.xz", work)
    classes = sorted(CIFAR)
    held = part == "held"
    files = [
        (path, classes.index(path.parent.name))
        for path in sorted(folder.rglob("*.jpg"))
        if (_share(f"{path.parent.name}/{path.name}") < 0.1) == held
    ]
    return _stored(work / f"cifar_{part}", files, tuple(CIFAR[name] for name in classes), 32)


def clothing(archives: Path, work: Path, part: str) -> Pictures:
    """`part`: train, or held: the files named `validation-*` and `test-*`. 128×128, squeezed."""
    folder = _unpacked(archives / "clothing-train.tar.xz", work)
    names = tuple(sorted(path.name for path in folder.iterdir() if path.is_dir()))
    held = part == "held"
    files = [
        (path, names.index(path.parent.name))
        for path in sorted(folder.rglob("*.jpg"))
        if path.name.startswith("validation-") == held
    ]
    return _stored(work / f"clothing_{part}", files, names, 128)


def drawings(work: Path, words: Vocabulary, count: int) -> Drawings:
    """So many drawings of seeds 0, 1, 2, …"""
    x_path = work / f"drawn_{count}_x.npy"
    if not x_path.exists():
        print(f"drawing {count} pictures", flush=True)
        with ProcessPoolExecutor() as pool:
            parts = list(pool.map(_draw_some, [range(i, min(i + 500, count)) for i in range(0, count, 500)]))
        np.save(work / f"drawn_{count}_names.npy", np.array([name for part in parts for name in part[1]]))
        np.save(work / f"drawn_{count}_maybe.npy", np.array([name for part in parts for name in part[2]]))
        _save(x_path, np.concatenate([part[0] for part in parts]))
    return Drawings(
        np.load(x_path, mmap_mode="r"),
        _flags(np.load(work / f"drawn_{count}_names.npy"), words),
        _flags(np.load(work / f"drawn_{count}_maybe.npy"), words),
    )


#: What the drawn scenes of the samples show, by the name of the sample.
SCENES: dict[str, tuple[str, ...]] = {
    "apple": ("apple",), "banana": ("banana",), "bar chart": ("chart",), "beach": ("beach scene",),
    "butterfly": ("butterfly",), "cat": ("cat",), "daisies": ("flower",), "desert": ("landscape",), "fish": ("fish",),
    "green hills": ("landscape", "tree"), "house": ("house",), "lemons": ("lemon",), "letter": ("document",),
    "lighthouse": ("beacon",), "mountains": ("mountain scene",), "night sky": ("night sky",), "oranges": ("orange",),
    "owl": ("bird",), "red car": ("car",), "rose": ("flower",), "sailing boat": ("boat",),
    "screenshot": ("screenshot",), "skyline at night": ("city",), "sunflowers": ("flower",),
    "sunset at sea": ("sunset",), "yellow bus": ("bus",),
}  # fmt: skip
_MAYBE_IN_SCENES = {
    "beach": ("sea",), "sailing boat": ("sea",), "lighthouse": ("sea", "building", "tower", "beach scene"),
    "sunset at sea": ("sea", "beach scene", "landscape"), "house": ("landscape",),
    "green hills": ("mountain scene",),
    "mountains": ("forest",), "skyline at night": ("night sky", "building"),
    "night sky": ("landscape", "mountain scene"),
    "desert": ("mountain scene", "beach scene", "sunset"), "red car": ("city",), "yellow bus": ("city", "school bus"),
}  # fmt: skip


def scenes(work: Path, words: Vocabulary, variants: int) -> Drawings:
    """The samples' scenes, each drawn `variants` times with other noise and other hues. 112×112."""
    x_path = work / f"scenes_{variants}.npy"
    if not x_path.exists():
        print("drawing scenes", flush=True)
        with ProcessPoolExecutor() as pool:
            parts = list(pool.map(_draw_scenes, range(1, variants + 1)))
        _save(x_path, np.concatenate(parts))
    shows = [list(SCENES[scene]) for scene in sorted(SCENES)] * variants
    maybe = [[*_MAYBE_IN_SCENES.get(scene, ()), "drawing", "photo"] for scene in sorted(SCENES)] * variants
    return Drawings(
        np.load(x_path, mmap_mode="r"),
        _flags(np.array([",".join(names) for names in shows]), words),
        _flags(np.array([",".join(names) for names in maybe]), words),
    )


def _draw_scenes(seed: int) -> NDArray[np.uint8]:
    sys.path.insert(0, str(Path(__file__).parent.parent / "samples"))
    import draw_samples

    draw_samples.SCALE = 1
    found = []
    for i, (_, draw, size, top, bottom) in enumerate(sorted(draw_samples.DRAWINGS)):
        canvas = draw_samples.Canvas(seed * 1_000 + i, size, top, bottom)
        draw(canvas)
        image = canvas.finished().resize((looks.GIVEN, looks.GIVEN), Image.Resampling.BICUBIC)
        found.append(np.asarray(image))
    return np.stack(found)


def _draw_some(seeds: range) -> tuple[NDArray[np.uint8], list[str], list[str]]:
    drawn = [looks.draw(seed) for seed in seeds]
    pixels = np.stack([np.asarray(drawing.image) for drawing in drawn])
    return pixels, [",".join(d.shows) for d in drawn], [",".join(d.maybe) for d in drawn]


def _flags(lists: NDArray[np.str_], words: Vocabulary) -> NDArray[np.bool_]:
    at = {name: i for i, name in enumerate(words.names)}
    flags = np.zeros((len(lists), len(words.names)), bool)
    for row, names in enumerate(lists):
        for name in str(names).split(","):
            if name:
                flags[row, at[name]] = True
    return flags


def _unpacked(archive: Path, work: Path) -> Path:
    folder = work / archive.name.partition(".")[0]
    if not folder.exists():
        print(f"unpacking {archive.name}", flush=True)
        part = folder.with_name(folder.name + ".part")
        with tarfile.open(archive) as tar:
            tar.extractall(part, filter="data")
        inner = part / folder.name
        (inner if inner.is_dir() else part).rename(folder)
    return folder


def _stored(stem: Path, files: list[tuple[Path, int]], names: tuple[str, ...], side: int) -> Pictures:
    x_path, y_path = Path(f"{stem}_x.npy"), Path(f"{stem}_y.npy")
    if not x_path.exists() or not y_path.exists():
        print(f"decoding {stem.name}: {len(files)} pictures", flush=True)
        part = x_path.with_suffix(".part")
        pixels = open_memmap(part, mode="w+", dtype=np.uint8, shape=(len(files), side, side, 3))
        for i, (path, _) in enumerate(files):
            with Image.open(path) as image:
                rgb = image.convert("RGB")
            pixels[i] = np.asarray(rgb if rgb.size == (side, side) else rgb.resize((side, side)))
        pixels.flush()
        np.save(y_path, np.array([place for _, place in files]))
        part.rename(x_path)
    return Pictures(np.load(x_path, mmap_mode="r"), np.load(y_path).astype(np.int64), names)


def _save(path: Path, array: NDArray[np.uint8]) -> None:
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.save(file, array)
    part.rename(path)


def _share(name: str) -> float:
    """A number 0…1 that only depends on the name."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) / 2**32
