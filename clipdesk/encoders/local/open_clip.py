"""The local encoder: any open_clip model, on a CUDA GPU, an Apple GPU or the CPU."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.errors import EncoderError, raise_if_set
from clipdesk.core.messages import message
from clipdesk.encoders import devices
from clipdesk.encoders.devices import Place
from clipdesk.encoders.local.choosing.choice import Notes, Remembered
from clipdesk.encoders.local.choosing.machine import machine_facts
from clipdesk.encoders.local.choosing.selection import Selection, select
from clipdesk.encoders.local.image_preparation import ImagePreparation, image_preparation
from clipdesk.encoders.local.int8 import INT8_VERSION
from clipdesk.encoders.local.model_building import build_network, context_length, make_tokenizer
from clipdesk.encoders.local.reasons import device_reason
from clipdesk.encoders.local.text_reader import TextReader
from clipdesk.encoders.models.model_files import ModelSource, locate, sha256_of, state_of
from clipdesk.encoders.models.names import ModelName, parse_model
from clipdesk.encoders.models.progress import LoadProgress, Progress
from clipdesk.encoders.preprocessing import PREPROCESSING_VERSION

__all__ = ["LoadProgress", "ModelName", "OpenClipEncoder", "fingerprint", "load_encoder", "parse_model"]

#: The largest batch on each kind of device. Where a batch of that size would take long, `core/line/batches.py` makes
#: smaller ones.
_BATCH_SIZES = {"cpu": 32, "mps": 32, "cuda": 64}
_TEXT_BATCH_SIZE = 256


def load_encoder(
    name: str,
    *,
    device: str | Place = "auto",
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    download: bool = True,
    notes: Notes | None = None,
) -> OpenClipEncoder:
    """Return the encoder of a model by its name (see `parse_model`), for example `load_encoder("ViT-B-32:openai")`.

    Downloads the model first if it is not on this computer and `download` is set. `device` is a name that
    `devices.choose_device` knows, or a place that it has returned. Takes seconds, as torch is imported. With
    `notes` the fastest runtime is measured while images are computed, and kept there.

    Raises UnknownModelError, ModelNotAvailableError, ModelBrokenError, Cancelled, and EncoderError if the device cannot
    be used.
    """
    model = parse_model(name)
    place = devices.choose_device(device) if isinstance(device, str) else device
    source = locate(model, download=download, progress=progress, cancel=cancel)
    if progress is not None:
        progress(LoadProgress(message("core", "Loading")))
    raise_if_set(cancel)
    checkpoint = sha256_of(source.weights)
    raise_if_set(cancel)
    network = build_network(source)
    raise_if_set(cancel)
    texts = TextReader(make_tokenizer(source), context_length(source.model_config))
    return _assemble(network, texts, source, checkpoint, place, notes)


def fingerprint(name: str, device: str = "auto") -> str:
    """Return a hash that changes whenever `load_encoder` would give another encoder.

    It covers the state of each file that the model is built from, the configuration, the versions of what prepares
    images, the requested device, and what decides how it computes. Empty if the model is not completely on this
    computer. Neither reads the weights nor imports torch.
    """
    try:
        source = locate(parse_model(name), download=False, progress=None, cancel=None)
        files = {source.weights}
        for folder in filter(None, (source.tower, source.tokenizer)):
            files |= {path for path in folder.iterdir() if path.is_file()}
        parts: list[Any] = [PREPROCESSING_VERSION, INT8_VERSION, name, device, source.model_config, source.preprocess]
        parts += [importlib.metadata.version(package) for package in ("open_clip_torch", "torchvision")]
        parts += [{str(path): state_of(path) for path in sorted(files)}, machine_facts()]
    except (EncoderError, OSError, importlib.metadata.PackageNotFoundError):
        return ""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _assemble(
    network: Any, texts: TextReader, source: ModelSource, checkpoint: str, place: Place, notes: Notes | None
) -> OpenClipEncoder:
    """Move a network to its device, choose what computes its images there, and return the encoder of these parts."""
    preparation = image_preparation(source, network)
    bias = getattr(network, "logit_bias", None)
    score_rule = ScoreRule(
        logit_scale=float(network.logit_scale.detach().exp().item()),
        logit_bias=None if bias is None else float(bias.detach().item()),
    )
    place = _move(network, place, source.title)
    identity = EncoderIdentity(source.title, checkpoint, preparation.description)
    remembered = Remembered.of(identity, place.device, notes) if notes is not None else None
    forward = preparation.forward_on(place.device)
    selection = select(network, forward, preparation.size, place, name=source.title, remembered=remembered)
    if selection.tower is not None:
        # The tower has its own copy of the weights. The CPU needs these should the GPU run out of memory.
        network.visual = network.visual.cpu() if place.is_gpu else None
        identity = replace(identity, preprocessing=preparation.description + selection.tower.mark)
    return OpenClipEncoder(
        identity=identity,
        dimension=int(source.model_config["embed_dim"]),
        score_rule=score_rule,
        preparation=preparation,
        place=place,
        network=network,
        selection=selection,
        texts=texts,
    )


_TOO_LITTLE_MEMORY = message("core", "the GPU does not have enough memory for this model")


def _move(network: Any, place: Place, name: str) -> Place:
    """Move a network to its device, or to the CPU if the GPU has too little memory; return where it is now.

    Raises EncoderError if the device refuses it for another reason.
    """
    try:
        network.to(place.device)
    except RuntimeError as error:
        if not place.is_gpu or not devices.is_out_of_memory(error):
            raise EncoderError(
                message(
                    "core",
                    "The model “{model}” cannot be moved to {place}: {reason}. "
                    "Choose another device or a smaller model.",
                ).of(model=name, place=place.description, reason=device_reason(error))
            ) from error
        place = devices.on_cpu(_TOO_LITTLE_MEMORY)
        network.to(place.device)
    return place


class OpenClipEncoder:
    """Turns images and texts into embeddings with a model in this process. Made by `load_encoder`.

    `selection` says what computes images. `network` is on the device of `place`; the encoder moves it to the CPU if the
    GPU runs out of memory.
    """

    def __init__(
        self,
        *,
        identity: EncoderIdentity,
        dimension: int,
        score_rule: ScoreRule,
        preparation: ImagePreparation,
        place: Place,
        network: Any,
        selection: Selection,
        texts: TextReader,
    ) -> None:
        self._identity = identity
        self._dimension = dimension
        self._score_rule = score_rule
        self._preparation = preparation
        self._device_place = place
        self._place = selection.on(place)
        self._network = network
        self._tower, self._contest = selection.tower, selection.contest
        self._texts = texts
        self._forward = preparation.forward_on(place.device)
        self._max_batch_size: int | None = None  # set once a batch did not fit into memory

    @property
    def identity(self) -> EncoderIdentity:
        return self._identity

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def image_size(self) -> tuple[int, int]:
        height, width = self._preparation.size
        return width, height

    @property
    def batch_size(self) -> int:
        usual = _BATCH_SIZES[self._place.device.partition(":")[0]]
        return min(usual, self._max_batch_size or usual)

    @property
    def score_rule(self) -> ScoreRule:
        return self._score_rule

    @property
    def place(self) -> str:
        return self._place.description

    def prepare_image(self, image: Image.Image) -> NDArray[np.uint8]:
        return self._preparation.prepare(image)

    def encode_images(self, images: Sequence[NDArray[np.uint8]], *, normalized: bool = True) -> NDArray[np.float32]:
        """Return embeddings (n, dimension) of n prepared images.

        With `normalized` False they keep the length that the model gave them, which only the CLIP API wants. Divided by
        their norms they equal the normalised ones to about the last digit of float32.
        """
        self._compare_runtimes()
        began = time.perf_counter()
        embeddings = self._encode(images, len(images), self._image_features, normalized)
        if self._contest is not None:
            self._contest.add_computed(time.perf_counter() - began)
        return embeddings

    def encode_texts(self, texts: Sequence[str], *, normalized: bool = True) -> NDArray[np.float32]:
        """Return embeddings (n, dimension) of n texts; `normalized` as in `encode_images`."""
        return self._encode(texts, _TEXT_BATCH_SIZE, self._text_features, normalized)

    def cut_texts(self, texts: Sequence[str]) -> list[str]:
        return self._texts.too_long(texts)

    def close(self) -> None:
        self._end_contest()
        self._network = self._tower = None
        devices.release_memory(self._place.device)

    def _compare_runtimes(self) -> None:
        """Go on looking for a faster runtime, and take the one that was found."""
        contest = self._contest
        if contest is None:
            return
        contest.take_turns()
        self._tower = contest.tower
        if self._tower is None:
            self._network.visual = contest.model.network.visual  # released when the model was loaded
        if contest.is_over:
            self._place = Selection(contest.tower, choice=contest.choice).on(self._device_place)
            self._end_contest()

    def _end_contest(self) -> None:
        if self._contest is not None:
            self._contest.close()
            self._contest = None

    def _image_features(self, images: Sequence[NDArray[np.uint8]]) -> Any:
        torch = devices.import_torch()
        pixels = np.stack(images)
        if self._tower is not None:
            return torch.from_numpy(self._tower.features(pixels))
        # Move bytes to the device and convert there: a quarter of the traffic that floats would be.
        return self._forward(self._network, torch.from_numpy(pixels).to(self._place.device), torch.float32)

    def _text_features(self, texts: Sequence[str]) -> Any:
        return self._network.encode_text(self._texts.tokens(texts).to(self._place.device))

    def _encode(
        self, items: Sequence[Any], batch_size: int, features: Callable[[Sequence[Any]], Any], normalized: bool
    ) -> NDArray[np.float32]:
        if self._network is None:
            raise EncoderError(message("core", "The model “{model}” is closed.").of(model=self._identity.model))
        done: list[NDArray[np.float32]] = []
        start = 0
        while start < len(items):
            batch = items[start : start + min(batch_size, self._max_batch_size or batch_size)]
            vectors = self._try_batch(batch, features, normalized)
            if vectors is None:
                self._retreat(len(batch))
            else:
                done.append(vectors)
                start += len(batch)
        return np.concatenate(done) if done else np.zeros((0, self._dimension), np.float32)

    def _try_batch(
        self, batch: Sequence[Any], features: Callable[[Sequence[Any]], Any], normalized: bool
    ) -> NDArray[np.float32] | None:
        """Return the embeddings of one batch; None if it did not fit into memory."""
        torch = devices.import_torch()
        try:
            with torch.inference_mode():
                found = features(batch).float()
                if normalized:
                    found = torch.nn.functional.normalize(found, dim=-1)
                vectors: NDArray[np.float32] = found.cpu().numpy()
        except (RuntimeError, MemoryError) as error:
            if devices.is_out_of_memory(error):
                return None
            raise EncoderError(
                message("core", "The model “{model}” failed on {place}: {reason}. Choose another model or device.").of(
                    model=self._identity.model, place=self._place.description, reason=device_reason(error)
                )
            ) from error
        if not np.isfinite(vectors).all():
            raise EncoderError(
                message(
                    "core",
                    "The model “{model}” gave numbers that are not finite, so nothing can be scored with it. "
                    "Its files may be damaged: download it again or choose another model.",
                ).of(model=self._identity.model)
            )
        return vectors

    def _retreat(self, batch_size: int) -> None:
        """After a batch did not fit into memory, halve the batch size; from a single item on, move to the CPU."""
        self._end_contest()
        devices.release_memory(self._place.device)
        if batch_size > 1:
            self._max_batch_size = batch_size // 2
        elif self._place.is_gpu:
            self._max_batch_size = None
            self._tower = None
            cpu = devices.on_cpu(_TOO_LITTLE_MEMORY)
            self._place = _move(self._network, cpu, self._identity.model)
            self._forward = self._preparation.forward_on(self._place.device)
        else:
            raise EncoderError(
                message(
                    "core",
                    "There is not enough memory for the model “{model}”. "
                    "Close other programs or choose a smaller model.",
                ).of(model=self._identity.model)
            )
