"""Embeddings of labelled pictures that no model of ours was trained on, made once and kept in a work folder."""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

#: Pictures of each Tiny ImageNet class, and of each CIFAR-10 class; all held-back garments are taken.
_OF_A_TINY_CLASS, _OF_A_CIFAR_CLASS = 50, 250
_BATCH = 32


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


def labelled_sets(models: dict[str, str], archives: Path, work: Path) -> Iterator[Labelled]:
    """Yield each data set embedded by each model. `models`: by its name, what `load_encoder` opens.

    `archives` holds `tinyimagenet-val.tar.xz`, `cifar10-train.tar.xz` and `clothing-train.tar.xz`, as for training the
    starter model, which never sees the files taken here: Tiny ImageNet's validation part, a tenth of CIFAR-10 and the
    garments named `validation-*`.
    """
    for model, opened_as in models.items():
        for data_set in ("tiny", "cifar", "garments"):
            path = work / f"{model}-{data_set}.npz"
            if not path.exists():
                work.mkdir(parents=True, exist_ok=True)
                _embed(opened_as, data_set, archives, path)
            with np.load(path) as kept:
                yield Labelled(
                    f"{model}, {data_set}",
                    kept["images"],
                    kept["classes"],
                    kept["texts"],
                    tuple(str(name) for name in kept["names"]),
                    float(kept["scale"]),
                )


def _embed(model: str, data_set: str, archives: Path, path: Path) -> None:
    from clipdesk.encoders.local.open_clip import load_encoder

    print(f"embedding {path.stem}", flush=True)
    names, files = {"tiny": _tiny, "cifar": _cifar, "garments": _garments}[data_set](archives)
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


def _tiny(archives: Path) -> tuple[list[str], Iterator[tuple[object, str]]]:
    lines = (archives / "tinyimagenet-classes.tsv").read_text(encoding="utf-8").splitlines()
    words = {wnid: names.split(",")[0] for wnid, names in (line.split("\t") for line in lines)}
    return list(words.values()), _members(archives / "tinyimagenet-val.tar.xz", words, _OF_A_TINY_CLASS)


def _cifar(archives: Path) -> tuple[list[str], Iterator[tuple[object, str]]]:
    words = {name: name for name in ("bird", "cat", "deer", "dog", "frog", "horse", "truck", "airplane")}
    words |= {"automobile": "car", "ship": "boat"}
    return list(words.values()), _members(archives / "cifar10-train.tar.xz", words, _OF_A_CIFAR_CLASS, share=0.1)


def _garments(archives: Path) -> tuple[list[str], Iterator[tuple[object, str]]]:
    names = ("dress", "hat", "longsleeve", "outwear", "pants", "shirt", "shoes", "shorts", "skirt", "t-shirt")
    words = {name: name for name in names}
    return list(words.values()), _members(archives / "clothing-train.tar.xz", words, prefix="validation-")


def _members(
    archive: Path, words: dict[str, str], most: int = 1_000_000, share: float = 1.0, prefix: str = ""
) -> Iterator[tuple[object, str]]:
    """Yield open files and their label: at most `most` of each class, by the starter model's own split."""
    counts = dict.fromkeys(words, 0)
    with tarfile.open(archive) as tar:
        for member in tar:
            folder, name = Path(member.name).parent.name, Path(member.name).name
            if not member.isfile() or folder not in words or counts[folder] >= most or not name.startswith(prefix):
                continue
            hashed = int(hashlib.sha256(f"{folder}/{name}".encode()).hexdigest()[:8], 16) / 2**32
            if hashed < share:
                counts[folder] += 1
                yield tar.extractfile(member), words[folder]
