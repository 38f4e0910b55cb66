"""Embeddings of labelled pictures that no model of ours was trained on, made once and kept in a work folder.

They are in two parts. Methods and their constants are chosen on `development`; `test` is for the figures.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

#: Pictures of each Tiny ImageNet class, and of each CIFAR-10 class in each part; all held-back garments are taken.
_OF_A_TINY_CLASS, _OF_A_CIFAR_CLASS = 50, 250
#: The share of Tiny ImageNet's classes that belongs to development.
_DEVELOPMENT = 0.3
_BATCH = 32
PARTS = ("test", "development")


@dataclass(frozen=True)
class Labelled:
    """`images` (n, d) and `texts` (m, d): L2-normalised embeddings. `classes` (n,): each image's index in `names` (m).

    `scale`: the model's logit scale. `name`: model and data set.
    """

    name: str
    images: NDArray[np.float32]
    classes: NDArray[np.int64]
    texts: NDArray[np.float32]
    names: tuple[str, ...]
    scale: float


def labelled_sets(models: dict[str, str], archives: Path, work: Path, part: str = "test") -> Iterator[Labelled]:
    """Yield each data set of a part embedded by each model. `models`: by its name, what `load_encoder` opens.

    `archives` holds `tinyimagenet-val.tar.xz`, `cifar10-train.tar.xz` and `clothing-train.tar.xz`, as for training the
    starter model, which never sees the files taken here: Tiny ImageNet's validation part, a tenth of CIFAR-10 and the
    garments named `validation-*`. Garments are few, and only in the test part.
    """
    for model, opened_as in models.items():
        for data_set in ("tiny", "cifar", "garments") if part == "test" else ("tiny", "cifar"):
            name = data_set if part == "test" or data_set == "tiny" else f"{data_set}-{part}"
            path = work / f"{model}-{name}.npz"
            if not path.exists():
                work.mkdir(parents=True, exist_ok=True)
                _embed(opened_as, data_set, archives, path, part)
            labelled = _read(path, f"{model}, {data_set}")
            yield _of_classes(labelled, part) if data_set == "tiny" else labelled


def labelled_files(
    data_set: str, archives: Path, part: str = "test"
) -> tuple[list[str], Iterator[tuple[IO[bytes], str]]]:
    """Return the names of a data set's classes, and its pictures as open files with their names.

    `data_set` is tiny, cifar or garments.
    """
    return _cifar(archives, part) if data_set == "cifar" else _FILES[data_set](archives)


def _read(path: Path, name: str) -> Labelled:
    with np.load(path) as kept:
        names = tuple(str(name) for name in kept["names"])
        return Labelled(name, kept["images"], kept["classes"], kept["texts"], names, float(kept["scale"]))


def _of_classes(labelled: Labelled, part: str) -> Labelled:
    """Return the images of the classes that belong to a part."""
    is_in = np.array([(_hashed(name) < _DEVELOPMENT) == (part == "development") for name in labelled.names])
    place = np.cumsum(is_in) - 1
    rows = is_in[labelled.classes]
    return replace(
        labelled,
        images=labelled.images[rows],
        classes=place[labelled.classes[rows]],
        texts=labelled.texts[is_in],
        names=tuple(name for name, is_one in zip(labelled.names, is_in, strict=True) if is_one),
    )


def _hashed(text: str) -> float:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def _embed(model: str, data_set: str, archives: Path, path: Path, part: str) -> None:
    from clipdesk.encoders.local.open_clip import load_encoder

    print(f"embedding {path.stem}", flush=True)
    names, files = labelled_files(data_set, archives, part)
    encoder = load_encoder(model, device="cpu")
    images, classes, batch = [], [], []
    for file, name in files:
        with Image.open(file) as image:
            batch.append(encoder.prepare_image(image.convert("RGB")))
        classes.append(names.index(name))
        if len(batch) == _BATCH:
            images.append(encoder.encode_images(batch))
            batch = []
    if batch:
        images.append(encoder.encode_images(batch))
    texts = encoder.encode_texts([f"a photo of a {name}" for name in names])
    scale = encoder.score_rule.logit_scale
    encoder.close()
    np.savez(
        path, images=np.concatenate(images), classes=np.array(classes), texts=texts, names=np.array(names), scale=scale
    )


def _tiny(archives: Path) -> tuple[list[str], Iterator[tuple[IO[bytes], str]]]:
    lines = (archives / "tinyimagenet-classes.tsv").read_text(encoding="utf-8").splitlines()
    words = {wnid: names.split(",")[0] for wnid, names in (line.split("\t") for line in lines)}
    return list(words.values()), _members(archives / "tinyimagenet-val.tar.xz", words, _OF_A_TINY_CLASS)


def _cifar(archives: Path, part: str) -> tuple[list[str], Iterator[tuple[IO[bytes], str]]]:
    words = {name: name for name in ("bird", "cat", "deer", "dog", "frog", "horse", "truck", "airplane")}
    words |= {"automobile": "car", "ship": "boat"}
    skipped = _OF_A_CIFAR_CLASS if part == "development" else 0
    return list(words.values()), _members(
        archives / "cifar10-train.tar.xz", words, _OF_A_CIFAR_CLASS, skipped, share=0.1
    )


def _garments(archives: Path) -> tuple[list[str], Iterator[tuple[IO[bytes], str]]]:
    names = ("dress", "hat", "longsleeve", "outwear", "pants", "shirt", "shoes", "shorts", "skirt", "t-shirt")
    words = {name: name for name in names}
    return list(words.values()), _members(archives / "clothing-train.tar.xz", words, prefix="validation-")


def _members(
    archive: Path,
    words: dict[str, str],
    most: int = 1_000_000,
    skipped: int = 0,
    share: float = 1.0,
    prefix: str = "",
) -> Iterator[tuple[IO[bytes], str]]:
    """Yield open files and their label by the starter model's own split.

    At most `most` of each class after its first `skipped`.
    """
    counts = dict.fromkeys(words, 0)
    with tarfile.open(archive) as tar:
        for member in tar:
            folder, name = Path(member.name).parent.name, Path(member.name).name
            if (
                not member.isfile()
                or folder not in words
                or counts[folder] >= skipped + most
                or not name.startswith(prefix)
            ):
                continue
            if _hashed(f"{folder}/{name}") < share:
                counts[folder] += 1
                if counts[folder] > skipped:
                    file = tar.extractfile(member)
                    assert file is not None  # the member is a file
                    yield file, words[folder]


_FILES = {"tiny": _tiny, "garments": _garments}
