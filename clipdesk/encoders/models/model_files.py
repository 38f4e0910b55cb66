"""Locating a model's files on this computer: its configuration, its weights, and what its text tower needs."""

from __future__ import annotations

import functools
import hashlib
import json
import math
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clipdesk.core.errors import ModelBrokenError, ModelNotAvailableError
from clipdesk.core.messages import message, sentences
from clipdesk.core.reasons import os_reason
from clipdesk.encoders.models import catalog
from clipdesk.encoders.models.hub_cache import cached_folder
from clipdesk.encoders.models.names import ModelName
from clipdesk.encoders.models.needed_files import (
    CONFIG_NAME,
    VOCABULARY_NAMES,
    WEIGHTS_NAMES,
    needed_files,
    text_files,
)
from clipdesk.encoders.models.pretrained import architecture_config, pretrained_config
from clipdesk.encoders.models.progress import Progress

EXPECTED = message(
    "core", "A model folder holds {config} and {weights}, as open_clip saves them, or a checkpoint epoch_N.pt."
).of(config=CONFIG_NAME, weights=WEIGHTS_NAMES[0])

#: The names that open_clip looks for in a folder, in its order: safetensors before pickles.
_LOCAL_WEIGHTS_NAMES = (
    "open_clip_model.safetensors",
    "open_clip_pytorch_model.safetensors",
    "open_clip_pytorch_model.bin",
    "open_clip_pytorch_model.pth",
    "model.safetensors",
    "pytorch_model.bin",
    "pytorch_model.pth",
    "model.pth",
)


@dataclass(frozen=True)
class ModelSource:
    """The configurations and files that a model is built from.

    `tower` and `tokenizer` are the folders of a Hugging Face text tower and tokenizer, or None if the model uses
    open_clip's own.
    """

    title: str
    model_config: dict[str, Any]
    preprocess: dict[str, Any]
    weights: Path
    tower: Path | None
    tokenizer: Path | None

    @property
    def place(self) -> Path:
        """The folder that the weights are in."""
        return self.weights.parent


@contextmanager
def _unreadable_named() -> Iterator[None]:
    """Turn an OSError about a file or folder into a ModelNotAvailableError that names it and says why."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise
        words = message("core", "“{path}” cannot be read: {reason}.")
        raise ModelNotAvailableError(words.of(path=error.filename, reason=os_reason(error))) from error


@_unreadable_named()
def locate(
    model: ModelName, *, download: bool, progress: Progress | None, cancel: threading.Event | None
) -> ModelSource:
    """Return what the model is built from, after downloading it if it is missing and `download` is set.

    Raises ModelNotAvailableError, ModelBrokenError (no usable configuration, or no weights) and Cancelled.
    """
    if model.kind in ("starter", "local-dir"):
        return _local_source(model, download=download, progress=progress, cancel=cancel)
    title = str(model)
    if not catalog.is_downloaded(title):
        if not download:
            raise ModelNotAvailableError(
                message(
                    "core",
                    "“{model}” is not on this computer. Download it first (“clipdesk models download {model}”), "
                    "or choose a model that is here.",
                ).of(model=title)
            )
        catalog.download_model(title, progress, cancel)
    return _cached_source(model)


def _local_source(
    model: ModelName, *, download: bool, progress: Progress | None, cancel: threading.Event | None
) -> ModelSource:
    title, folder = str(model), _existing_folder(model)
    config = _config_in(folder)
    model_config = config["model_cfg"]
    _download_text_files(title, folder, model_config, download=download, progress=progress, cancel=cancel)
    return ModelSource(
        title,
        model_config,
        config.get("preprocess_cfg", {}),
        _weights_in(folder),
        _text_folder(model_config, "hf_model_name", ("config.json",), folder),
        _text_folder(model_config, "hf_tokenizer_name", VOCABULARY_NAMES, folder),
    )


def _cached_source(model: ModelName) -> ModelSource:
    if model.kind == "hf-hub":
        config = _config_in(cached_folder(model.repo) or Path())
        model_config, preprocess = config["model_cfg"], config.get("preprocess_cfg", {})
    else:
        preprocess = pretrained_config(model.architecture, model.tag)
        model_config = architecture_config(model.architecture)
        if preprocess.get("quick_gelu"):
            # These weights were trained with QuickGELU, but the architecture's plain name means GELU. open_clip only
            # warns about that, and accuracy drops.
            model_config["quick_gelu"] = True
    weights = needed_files(model)[0].cached()
    if weights is None:
        words = message("core", "The weights of “{model}” have just disappeared. Try again.")
        raise ModelNotAvailableError(words.of(model=str(model)))
    return ModelSource(
        str(model),
        model_config,
        preprocess,
        weights,
        _text_folder(model_config, "hf_model_name", ("config.json",)),
        _text_folder(model_config, "hf_tokenizer_name", VOCABULARY_NAMES),
    )


def _existing_folder(model: ModelName) -> Path:
    if model.kind == "local-dir":
        if not model.folder.is_dir():
            raise ModelNotAvailableError(
                message("core", "There is no folder “{folder}”. Choose the folder of an open_clip model.").of(
                    folder=model.folder
                )
            )
        return model.folder
    folder = catalog.starter_folder()
    if not folder.is_dir():
        raise ModelNotAvailableError(
            message(
                "core",
                "The starter model is not part of this installation. Choose “{model}” instead: it is downloaded once.",
            ).of(model=catalog.RECOMMENDED)
        )
    return folder


def _config_in(folder: Path) -> dict[str, Any]:
    path = folder / CONFIG_NAME
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        words = message("core", "“{folder}” has no {file}.").of(folder=folder, file=CONFIG_NAME)
        raise ModelBrokenError(sentences(words, EXPECTED)) from None
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else message("core", "it is not valid JSON")
        words = message("core", "“{path}” cannot be read: {reason}.").of(path=path, reason=reason)
        raise ModelBrokenError(sentences(words, EXPECTED)) from error
    model_config = config.get("model_cfg") if isinstance(config, dict) else None
    if not isinstance(model_config, dict) or not {"embed_dim", "vision_cfg", "text_cfg"} <= model_config.keys():
        words = message("core", "“{path}” does not describe an open_clip model (model_cfg).").of(path=path)
        raise ModelBrokenError(sentences(words, EXPECTED))
    return dict(config)


def _weights_in(folder: Path) -> Path:
    """Return the weights that open_clip would load from a folder: by name, else any file, safetensors first.

    Without such a file, return the latest checkpoint that open_clip's training saved.
    """
    paths = [folder / name for name in _LOCAL_WEIGHTS_NAMES]
    paths += [path for kind in ("safetensors", "bin", "pth") for path in sorted(folder.glob(f"*.{kind}"))]
    paths += sorted(folder.glob("*.pt"), key=_epoch, reverse=True)
    for path in paths:
        if path.is_file():
            return path
    words = message("core", "“{folder}” has no weights.").of(folder=folder)
    raise ModelBrokenError(sentences(words, EXPECTED))


def _epoch(checkpoint: Path) -> tuple[float, str]:
    """Return a key that sorts training checkpoints by epoch: epoch_2.pt, epoch_10.pt, epoch_latest.pt. Others first."""
    match = re.fullmatch(r"epoch_(\d+|latest)", checkpoint.stem)
    if match is None:
        return -1, checkpoint.name
    return math.inf if match[1] == "latest" else int(match[1]), checkpoint.name


def _download_text_files(
    title: str,
    folder: Path,
    model_config: dict[str, Any],
    *,
    download: bool,
    progress: Progress | None,
    cancel: threading.Event | None,
) -> None:
    """Download the files of the text tower and tokenizer that a model folder refers to but does not contain.

    Raises ModelNotAvailableError if a required one is missing and `download` is not set.
    """
    missing = [
        file
        for file in text_files(model_config)
        if file.cached() is None and not any((folder / name).is_file() for name in file.names)
    ]
    required = [file for file in missing if file.required]
    if required and not download:
        raise ModelNotAvailableError(
            message(
                "core",
                "“{model}” needs {file} of “{repo}”, which is not on this computer. "
                "Put it into the model's folder, or connect to the internet.",
            ).of(model=title, file=required[0].names[0], repo=required[0].repo)
        )
    if required:
        from clipdesk.encoders.models.download import download_files

        download_files(missing, title=title, progress=progress, cancel=cancel)


def _text_folder(
    model_config: dict[str, Any], key: str, names: tuple[str, ...], folder: Path | None = None
) -> Path | None:
    """Return the folder with the files of the repository under `key`, or None if the configuration has no such key.

    The model's own folder counts if one of `names` is in it; otherwise the repository's snapshot in the cache does.
    """
    repo = model_config["text_cfg"].get(key)
    if not repo:
        return None
    if folder is not None and any((folder / name).is_file() for name in names):
        return folder
    return cached_folder(repo)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal, cached until the file changes.

    Raises ModelNotAvailableError if the file cannot be read.
    """
    with _unreadable_named():
        return _sha256_of_state(path.resolve(), state_of(path))


def state_of(path: Path) -> tuple[int, ...]:
    """Return a tuple that changes whenever the file is written or replaced, read from its metadata alone.

    On POSIX this holds even if size and modification time stay the same: programs cannot set `st_ctime_ns`.
    """
    at = path.stat()
    return at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino


@functools.cache
def _sha256_of_state(path: Path, state: tuple[int, ...]) -> str:
    with path.open("rb") as weights:
        return hashlib.file_digest(weights, "sha256").hexdigest()
