"""The local encoder: any open_clip model, on CUDA, MPS or the processor."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.errors import Cancelled, EncoderError
from clipdesk.encoders import devices
from clipdesk.encoders.devices import Place
from clipdesk.encoders.local.image_towers import choose_tower, facts_of_machine
from clipdesk.encoders.local.model_building import build_network, context_length, make_tokenizer, token_counts
from clipdesk.encoders.models.model_files import ModelSource, locate, sha256_of, state_of
from clipdesk.encoders.models.names import ModelName, parse_model
from clipdesk.encoders.models.progress import LoadProgress, Progress
from clipdesk.encoders.preprocessing import trimmed

__all__ = ["LoadProgress", "ModelName", "OpenClipEncoder", "fingerprint", "load_encoder", "parse_model"]

#: Changes when `prepare_image` or the normalisation gives other numbers: older embeddings are then not used.
PREPROCESSING_VERSION = 1

#: The most pictures in a call. On two threads a ViT-B/32 does 25.2 images/s in batches of 8 and 26.5 of 32; where a
#: batch of that many would take long, `core/pipeline.py` stays with smaller ones.
_BATCH_SIZES = {"cpu": 32, "mps": 32, "cuda": 64}
_TEXTS_AT_ONCE = 256


def load_encoder(
    name: str,
    *,
    device: str = "auto",
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    download: bool = True,
) -> OpenClipEncoder:
    """The encoder of a model by its name (see `parse_model`), fetched first when it is not here and `download` is set.

    `device`: as `devices.choose_device` takes it. Takes seconds: torch is imported. Raises UnknownModelError,
    ModelNotAvailableError, ModelBrokenError, EncoderError (the device) and Cancelled.
    """
    model = parse_model(name)
    place = devices.choose_device(device)
    source = locate(model, download=download, progress=progress, cancel=cancel)
    if progress is not None:
        progress(LoadProgress("Loading"))
    _stop_if(cancel)
    checkpoint = sha256_of(source.weights)
    _stop_if(cancel)
    network = build_network(source)
    _stop_if(cancel)
    return OpenClipEncoder(network, make_tokenizer(source), source, checkpoint, place)


def fingerprint(name: str, device: str = "auto") -> str:
    """Tells what `load_encoder` would give from anything else, without reading the weights or importing torch.

    Empty when the model is not wholly on this computer. Changes with the state of each file that the model is built
    from, with the configuration, with what prepares pictures, with the device that is asked for, and with what
    decides how it computes.
    """
    try:
        source = locate(parse_model(name), download=False, progress=None, cancel=None)
        files = {source.weights}
        for folder in filter(None, (source.tower, source.tokenizer)):
            files |= {path for path in folder.iterdir() if path.is_file()}
        parts: list[Any] = [
            *(PREPROCESSING_VERSION, name, device, source.model_config, source.preprocess),
            *(importlib.metadata.version(package) for package in ("open_clip_torch", "torchvision")),
            {str(path): state_of(path) for path in sorted(files)},
            facts_of_machine(),
        ]
    except (EncoderError, OSError, importlib.metadata.PackageNotFoundError):
        return ""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _stop_if(cancel: threading.Event | None) -> None:
    if cancel is not None and cancel.is_set():
        raise Cancelled("Stopped.")


class OpenClipEncoder:
    """Turns pictures and texts into embeddings with a model in this process. Made by `load_encoder`."""

    def __init__(self, network: Any, tokenizer: Any, source: ModelSource, checkpoint: str, place: Place) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._name = source.title
        self._place = place
        self._most = 0  # pictures that fit into memory at once; 0: not yet met the limit
        self._dimension = int(source.model_config["embed_dim"])
        self._context_length = context_length(source.model_config)
        cfg = _preprocess_cfg(source.preprocess, network)
        self._size = cfg.input_size[1:]
        self._trim_to = 64 if cfg.resize_mode == "shortest" else min(64, *self._size)
        self._picture_steps, self._mean, self._std = _split_transform(cfg)
        bias = getattr(network, "logit_bias", None)
        self._score_rule = ScoreRule(
            logit_scale=float(network.logit_scale.detach().exp().item()),
            logit_bias=None if bias is None else float(bias.detach().item()),
        )
        self._move(place)
        self._tower = choose_tower(network, self._forward, self._size, self._place)
        if self._tower is not None:
            # The tower has weights of its own. Should the GPU run out of memory, the processor needs these.
            network.visual = network.visual.cpu() if self._place.is_gpu else None
            self._place = replace(self._place, how=self._tower.words)
        computed = "" if self._tower is None else self._tower.mark
        self._identity = EncoderIdentity(source.title, checkpoint, _describe(cfg, source.model_config) + computed)

    @property
    def identity(self) -> EncoderIdentity:
        return self._identity

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def image_size(self) -> tuple[int, int]:
        height, width = self._size
        return width, height

    @property
    def batch_size(self) -> int:
        usual = _BATCH_SIZES[self._place.device.partition(":")[0]]
        return min(usual, self._most) if self._most else usual

    @property
    def score_rule(self) -> ScoreRule:
        return self._score_rule

    @property
    def place(self) -> str:
        return self._place.words

    def prepare_image(self, image: Image.Image) -> NDArray[np.uint8]:
        picture = trimmed(image, self._trim_to)
        for step in self._picture_steps:
            picture = step(picture)
        return np.array(picture, dtype=np.uint8)

    def encode_images(self, images: Sequence[NDArray[np.uint8]], *, normalized: bool = True) -> NDArray[np.float32]:
        """Embeddings (n, dimension) of n prepared pictures; `normalized` False: of the length that the model gave them.

        Only the CLIP API wants the latter. Dividing by the norm then gives the former, to the last float32 digit or so.
        """
        return self._encode(images, len(images), self._image_features, normalized)

    def encode_texts(self, texts: Sequence[str], *, normalized: bool = True) -> NDArray[np.float32]:
        """Embeddings (n, dimension) of n texts; `normalized` as in `encode_images`."""
        return self._encode(texts, _TEXTS_AT_ONCE, self._text_features, normalized)

    def cut_texts(self, texts: Sequence[str]) -> list[str]:
        counts = token_counts(self._tokenizer, texts)
        return [text for text, count in zip(texts, counts, strict=True) if count > self._context_length]

    def close(self) -> None:
        self._network = self._tower = None
        devices.release_memory(self._place.device)

    def _image_features(self, images: Sequence[NDArray[np.uint8]]) -> Any:
        torch = devices.import_torch()
        pictures = np.stack(images)
        if self._tower is not None:
            return torch.from_numpy(self._tower.features(pictures))
        # Bytes cross to the device, a quarter of what floats would be.
        return self._forward(self._network, torch.from_numpy(pictures).to(self._place.device), torch.float32)

    def _forward(self, network: Any, pictures: Any, dtype: Any) -> Any:
        """Embeddings of bytes (n, height, width, 3): what ToTensor and Normalize do, then the network."""
        pixels = pictures.permute(0, 3, 1, 2).contiguous().float().div_(255).sub_(self._mean).div_(self._std)
        return network.encode_image(pixels.to(dtype))

    def _text_features(self, texts: Sequence[str]) -> Any:
        tokens = self._tokenizer(list(texts), context_length=self._context_length)
        return self._network.encode_text(tokens.to(self._place.device))

    def _encode(
        self, items: Sequence[Any], at_once: int, features: Callable[[Sequence[Any]], Any], normalized: bool
    ) -> NDArray[np.float32]:
        if self._network is None:
            raise EncoderError(f"The model “{self._name}” is closed.")
        done: list[NDArray[np.float32]] = []
        start = 0
        while start < len(items):
            part = items[start : start + min(at_once, self._most or at_once)]
            vectors = self._attempt(part, features, normalized)
            if vectors is None:
                self._retreat(len(part))
            else:
                done.append(vectors)
                start += len(part)
        return np.concatenate(done) if done else np.zeros((0, self._dimension), np.float32)

    def _attempt(
        self, part: Sequence[Any], features: Callable[[Sequence[Any]], Any], normalized: bool
    ) -> NDArray[np.float32] | None:
        """The embeddings of one batch; None when the memory was not enough."""
        torch = devices.import_torch()
        try:
            with torch.inference_mode():
                found = features(part).float()
                if normalized:
                    found = torch.nn.functional.normalize(found, dim=-1)
                vectors: NDArray[np.float32] = found.cpu().numpy()
        except (RuntimeError, MemoryError) as error:
            if devices.is_out_of_memory(error):
                return None
            reason = str(error).partition("\n")[0]
            raise EncoderError(
                f"The model “{self._name}” failed on {self._place.words}: {reason}. Choose another model or device."
            ) from error
        if not np.isfinite(vectors).all():
            raise EncoderError(
                f"The model “{self._name}” gave numbers that are not finite, so nothing can be scored with it. "
                "Its files may be damaged: download it again or choose another model."
            )
        return vectors

    def _retreat(self, count: int) -> None:
        """After `count` items did not fit into memory: half as many from now on, and at last the processor."""
        devices.release_memory(self._place.device)
        if count > 1:
            self._most = count // 2
        elif self._place.is_gpu:
            self._most, self._tower = 0, None
            self._move(devices.on_cpu("the GPU does not have enough memory for this model"))
        else:
            raise EncoderError(
                f"There is not enough memory for the model “{self._name}”. "
                "Close other programs or choose a smaller model."
            )

    def _move(self, place: Place) -> None:
        torch = devices.import_torch()
        try:
            self._network.to(place.device)
        except RuntimeError as error:
            if not place.is_gpu or not devices.is_out_of_memory(error):
                raise EncoderError(f"The model “{self._name}” cannot be moved to {place.words}: {error}") from error
            place = devices.on_cpu("the GPU does not have enough memory for this model")
            self._network.to(place.device)
        self._place = place
        self._mean, self._std = (
            torch.as_tensor(values, dtype=torch.float32, device=place.device).reshape(1, 3, 1, 1)
            for values in (self._mean, self._std)
        )


# --- Preprocessing ----------------------------------------------------------------------------------------------------


def _preprocess_cfg(settings: dict[str, Any], network: Any) -> Any:
    """open_clip's PreprocessCfg: its defaults, the model's settings over them, the size that the network has."""
    from open_clip.transform import PreprocessCfg, merge_preprocess_dict

    merged = merge_preprocess_dict(PreprocessCfg(), settings)
    if hasattr(network.visual, "image_size"):
        merged["size"] = network.visual.image_size
    if isinstance(merged["size"], list):  # as JSON has it; PreprocessCfg wants a tuple
        merged["size"] = tuple(merged["size"])
    return PreprocessCfg(**merged)


def _split_transform(cfg: Any) -> tuple[list[Callable[[Any], Any]], Any, Any]:
    """open_clip's own transform in two: the steps on the picture, and the mean and deviation to normalise by."""
    from open_clip.transform import MaybeToTensor, image_transform_v2
    from torchvision.transforms import Normalize

    steps = image_transform_v2(cfg, is_train=False).transforms
    if not isinstance(steps[-1], Normalize) or not isinstance(steps[-2], MaybeToTensor):
        raise EncoderError(
            f"This version of open_clip prepares pictures in a new way: {steps}. Install ClipDesk again."
        )
    return list(steps[:-2]), steps[-1].mean, steps[-1].std


def _describe(cfg: Any, model_config: dict[str, Any]) -> str:
    """What decides an embedding besides picture and weights; QuickGELU, say, is only in the configuration."""
    network = hashlib.sha256(json.dumps(model_config, sort_keys=True).encode()).hexdigest()[:16]
    height, width = cfg.input_size[1:]
    mean, std = (",".join(f"{value:.8g}" for value in values) for values in (cfg.mean, cfg.std))
    return (
        f"v{PREPROCESSING_VERSION} size={width}x{height} mode={cfg.mode} mean={mean} std={std} "
        f"interpolation={cfg.interpolation} resize={cfg.resize_mode} fill={cfg.fill_color} network={network}"
    )
