"""The local encoder: any open_clip model, on CUDA, MPS or the processor."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import pickle
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.errors import Cancelled, EncoderError, ModelBrokenError, ModelNotAvailableError
from clipdesk.encoders import catalog, devices
from clipdesk.encoders.catalog import CONFIG_NAME, ModelName, parse_model
from clipdesk.encoders.devices import Place
from clipdesk.encoders.download import HubFile, LoadProgress, Progress, cached_folder, download_files
from clipdesk.encoders.image_towers import choose_tower, facts_of_machine
from clipdesk.encoders.pictures import trimmed

__all__ = ["LoadProgress", "ModelName", "OpenClipEncoder", "fingerprint", "load_encoder", "parse_model"]

#: Changes when `prepare_image` or the normalisation gives other numbers: older embeddings are then not used.
PREPROCESSING_VERSION = 1

#: Pictures in a call. On two threads a batch of 8 comes within 8 % of 32 (ViT-B/32: 12.5 and 13.6 images/s), and the
#: answer to a cancel comes four times as soon.
_BATCH_SIZES = {"cpu": 8, "mps": 32, "cuda": 64}
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
    source = _locate(model, download=download, progress=progress, cancel=cancel)
    if progress is not None:
        progress(LoadProgress("Loading"))
    _stop_if(cancel)
    checkpoint = _sha256(source.weights)
    _stop_if(cancel)
    network = _build(source)
    _stop_if(cancel)
    return OpenClipEncoder(network, _tokenizer(source), source, checkpoint, place)


def fingerprint(name: str, device: str = "auto") -> str:
    """Tells what `load_encoder` would give from anything else, without reading the weights or importing torch.

    Empty when the model is not wholly on this computer. Changes with the state of each file that the model is built
    from, with the configuration, with what prepares pictures, with the device that is asked for, and with what
    decides how it computes.
    """
    try:
        source = _locate(parse_model(name), download=False, progress=None, cancel=None)
        files = {source.weights}
        for folder in filter(None, (source.tower, source.tokenizer)):
            files |= {path for path in folder.iterdir() if path.is_file()}
        parts: list[Any] = [
            *(PREPROCESSING_VERSION, name, device, source.model_config, source.preprocess),
            *(importlib.metadata.version(package) for package in ("open_clip_torch", "torchvision")),
            {str(path): _state(path) for path in sorted(files)},
            facts_of_machine(),
        ]
    except (EncoderError, OSError, importlib.metadata.PackageNotFoundError):
        return ""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


class OpenClipEncoder:
    """Turns pictures and texts into embeddings with a model in this process. Made by `load_encoder`."""

    def __init__(self, network: Any, tokenizer: Any, source: _Source, checkpoint: str, place: Place) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._name = source.title
        self._place = place
        self._most = 0  # pictures that fit into memory at once; 0: not yet met the limit
        self._dimension = int(source.model_config["embed_dim"])
        self._context_length = _context_length(source.model_config)
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
        self._tower = None if place.is_gpu else choose_tower(network, self._forward, self._size, place.precision)
        if self._tower is not None:
            network.visual = None  # the tower has weights of its own
            self._place = devices.on_cpu(place.reason, self._tower.words)
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
        counts = _token_counts(self._tokenizer, texts)
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
        pixels = pictures.permute(0, 3, 1, 2).float().div(255).sub(self._mean).div(self._std)
        return network.encode_image(pixels.to(dtype).contiguous())

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
            self._most = 0
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


# --- Where the model is -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Source:
    """Everything on this computer that a model is built from.

    `tower` and `tokenizer` are folders with the files of a text tower or tokenizer that is not open_clip's own.
    """

    title: str
    model_config: dict[str, Any]
    preprocess: dict[str, Any]
    weights: Path
    tower: Path | None
    tokenizer: Path | None

    @property
    def place(self) -> Path:
        return self.weights.parent


def _locate(model: ModelName, *, download: bool, progress: Progress | None, cancel: threading.Event | None) -> _Source:
    title = str(model)
    if model.kind in ("starter", "local-dir"):
        folder = _existing_folder(model)
        config = _config_in(folder)
        model_config = config["model_cfg"]
        _fetch_text_files(title, folder, model_config, download=download, progress=progress, cancel=cancel)
        return _Source(
            title,
            model_config,
            config.get("preprocess_cfg", {}),
            _weights_in(folder),
            _text_folder(model_config, "hf_model_name", ("config.json",), folder),
            _text_folder(model_config, "hf_tokenizer_name", catalog.VOCABULARY_NAMES, folder),
        )
    if not catalog.is_downloaded(title):
        if not download:
            raise ModelNotAvailableError(
                f"“{title}” is not on this computer. Download it first (“clipdesk models download {title}”), "
                "or choose a model that is here."
            )
        catalog.download_model(title, progress, cancel)
    if model.kind == "hf-hub":
        snapshot = cached_folder(model.repo) or Path()
        config = _config_in(snapshot)
        model_config, preprocess = config["model_cfg"], config.get("preprocess_cfg", {})
        weights = HubFile(model.repo, catalog.WEIGHTS_NAMES).cached()
    else:
        preprocess = catalog.pretrained_config(model)
        model_config = catalog.architecture_config(model.architecture)
        if preprocess.get("quick_gelu"):
            # Weights trained with QuickGELU under the plain name: open_clip only warns, and accuracy drops.
            model_config["quick_gelu"] = True
        weights = catalog.needed_files(model)[0].cached()
    if weights is None:
        raise ModelNotAvailableError(f"The weights of “{title}” have just disappeared. Try again.")
    return _Source(
        title,
        model_config,
        preprocess,
        weights,
        _text_folder(model_config, "hf_model_name", ("config.json",)),
        _text_folder(model_config, "hf_tokenizer_name", catalog.VOCABULARY_NAMES),
    )


def _existing_folder(model: ModelName) -> Path:
    if model.kind == "local-dir":
        if not model.folder.is_dir():
            raise ModelNotAvailableError(
                f"There is no folder “{model.folder}”. Choose the folder of an open_clip model."
            )
        return model.folder
    folder = catalog.starter_folder()
    if not folder.is_dir():
        raise ModelNotAvailableError(
            f"The starter model is not part of this installation. Choose “{catalog.RECOMMENDED}” instead: "
            "it is downloaded once."
        )
    return folder


_EXPECTED = f"A model folder holds {CONFIG_NAME} and {catalog.WEIGHTS_NAMES[0]}, as open_clip saves them."


def _config_in(folder: Path) -> dict[str, Any]:
    path = folder / CONFIG_NAME
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelBrokenError(f"“{folder}” has no {CONFIG_NAME}. {_EXPECTED}") from None
    except (OSError, ValueError) as error:
        raise ModelBrokenError(f"“{path}” cannot be read: {error}. {_EXPECTED}") from error
    model_config = config.get("model_cfg") if isinstance(config, dict) else None
    if not isinstance(model_config, dict) or not {"embed_dim", "vision_cfg", "text_cfg"} <= model_config.keys():
        raise ModelBrokenError(f"“{path}” does not describe an open_clip model (model_cfg). {_EXPECTED}")
    return dict(config)


def _weights_in(folder: Path) -> Path:
    """The weights that open_clip would take from a folder: its own names first, safetensors before pickles."""
    own = (
        *("open_clip_model.safetensors", "open_clip_pytorch_model.safetensors"),
        *("open_clip_pytorch_model.bin", "open_clip_pytorch_model.pth"),
        *("model.safetensors", "pytorch_model.bin", "pytorch_model.pth", "model.pth"),
    )
    paths = [folder / name for name in own]
    paths += [path for kind in ("safetensors", "bin", "pth") for path in sorted(folder.glob(f"*.{kind}"))]
    for path in paths:
        if path.is_file():
            return path
    raise ModelBrokenError(f"“{folder}” has no weights. {_EXPECTED}")


def _fetch_text_files(
    title: str,
    folder: Path,
    model_config: dict[str, Any],
    *,
    download: bool,
    progress: Progress | None,
    cancel: threading.Event | None,
) -> None:
    """Files of a text tower that a model folder names but does not hold."""
    missing = [
        file
        for file in catalog.text_files(model_config)
        if file.cached() is None and not any((folder / name).is_file() for name in file.names)
    ]
    required = [file for file in missing if file.required]
    if required and not download:
        raise ModelNotAvailableError(
            f"“{title}” needs {required[0].names[0]} of “{required[0].repo}”, which is not on this computer. "
            "Put it into the model's folder, or connect to the internet."
        )
    if required:
        download_files(missing, what=title, progress=progress, cancel=cancel)


def _text_folder(
    model_config: dict[str, Any], key: str, names: tuple[str, ...], folder: Path | None = None
) -> Path | None:
    """The folder with the files of what `key` names: the model's own folder first, else the cache's snapshot."""
    repo = model_config["text_cfg"].get(key)
    if not repo:
        return None
    if folder is not None and any((folder / name).is_file() for name in names):
        return folder
    return cached_folder(repo)


@functools.cache
def _sha256_of(path: Path, state: tuple[int, ...]) -> str:
    with path.open("rb") as weights:
        return hashlib.file_digest(weights, "sha256").hexdigest()


def _sha256(path: Path) -> str:
    return _sha256_of(path.resolve(), _state(path))


def _state(path: Path) -> tuple[int, ...]:
    """Differs when the file was written or replaced, also by one of the same size and time: on POSIX `st_ctime_ns`,
    the time at which the file's times were last set, is nobody's to choose."""
    at = path.stat()
    return at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino


def _stop_if(cancel: threading.Event | None) -> None:
    if cancel is not None and cancel.is_set():
        raise Cancelled("Stopped.")


# --- Building it ------------------------------------------------------------------------------------------------------

#: What open_clip, timm, transformers and torch raise when configuration and weights are not what they expect.
_BROKEN = (
    *(OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, ImportError),
    *(RuntimeError, ArithmeticError, EOFError, pickle.UnpicklingError),
)


def _build(source: _Source) -> Any:
    """The network with its weights, on the processor, in float32, for inference.

    open_clip's `create_model` goes on with random weights when it finds none, asks the Hub for text configurations,
    and takes a folder's weights by its own choice. Here the file that is hashed is the file that is loaded.
    """
    from safetensors import SafetensorError

    open_clip = devices.import_open_clip()
    config = json.loads(json.dumps(source.model_config))
    vision, text = config["vision_cfg"], config["text_cfg"]
    if "timm_model_name" in vision:
        vision["timm_model_pretrained"] = False
    if text.get("hf_model_name"):
        _refuse_code(source)
        text["hf_model_name"], text["hf_model_pretrained"] = str(source.tower), False
    custom = config.pop("custom_text", False) or "hf_model_name" in text
    family = open_clip.CLIP
    if custom:
        family = open_clip.CoCa if "multimodal_cfg" in config else open_clip.CustomTextCLIP
    try:
        network = family(**config)
        _refuse_pickled_code(source.weights)
        open_clip.load_checkpoint(network, str(source.weights), strict=True, weights_only=True)
    except (*_BROKEN, SafetensorError) as error:
        if devices.is_out_of_memory(error):
            raise EncoderError(
                f"There is not enough memory to load “{source.title}”. Close other programs or choose a smaller model."
            ) from error
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise ModelBrokenError(
            f"The model in “{source.place}” cannot be used: {reason}. {_EXPECTED} Choose another model, "
            "or delete this one and download it again."
        ) from error
    return network.eval().requires_grad_(False)


def _refuse_pickled_code(weights: Path) -> None:
    """Anything but safetensors is a pickle, which may run code. Torch's restricted reader refuses such.

    Asked before open_clip loads the file: its loader falls back to torch's default when the reader raises TypeError.
    """
    if weights.suffix == ".safetensors":
        return
    torch = devices.import_torch()
    try:
        torch.load(weights, map_location="meta", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ModelBrokenError(
            f"“{weights}” holds more than weights, possibly a program, and was not opened. "
            "Use a model saved as safetensors."
        ) from error


def _refuse_code(source: _Source) -> None:
    """A configuration that brings code of its own makes transformers ask on the terminal whether to run it."""
    if source.tower is not None and "auto_map" in catalog.read_json(source.tower / "config.json"):
        raise ModelBrokenError(f"“{source.title}” needs program code of its own, which ClipDesk does not run.")


def _tokenizer(source: _Source) -> Any:
    """The model's tokenizer as `open_clip.get_tokenizer` makes it, from files on this computer only."""
    devices.import_open_clip()
    from open_clip.tokenizer import HFTokenizer

    text = source.model_config["text_cfg"]
    options = dict(text.get("tokenizer_kwargs") or {})
    options["context_length"] = _context_length(source.model_config)
    try:
        if not text.get("hf_tokenizer_name"):
            return _clip_tokenizer(json.dumps(options, sort_keys=True))
        if source.tokenizer is None:
            raise ModelBrokenError(f"The tokenizer of “{source.title}” is not in “{source.place}”.")
        return HFTokenizer(
            str(source.tokenizer),
            tokenizer_mode=text.get("tokenizer_mode"),
            local_files_only=True,
            trust_remote_code=False,
            **options,
        )
    except _BROKEN as error:
        raise ModelBrokenError(
            f"The tokenizer of “{source.title}” cannot be used: {' '.join(str(error).split())[:200]}. "
            "Choose another model, or download this one again."
        ) from error


@functools.lru_cache(maxsize=4)
def _clip_tokenizer(options: str) -> Any:
    """CLIP's own tokenizer. Models share it: reading its vocabulary takes a quarter of a second. `options`: JSON."""
    from open_clip.tokenizer import SimpleTokenizer

    return SimpleTokenizer(**json.loads(options))


def _context_length(model_config: dict[str, Any]) -> int:
    return int(model_config["text_cfg"].get("context_length", 77))


def _token_counts(tokenizer: Any, texts: Sequence[str]) -> list[int]:
    """Tokens that each text would take if there were room for all of them, marks of begin and end included."""
    inner = getattr(tokenizer, "tokenizer", None)
    if inner is None:
        return [len(tokenizer.encode(text)) + 2 for text in texts]
    if not texts:
        return []
    clean = [tokenizer.clean_fn(text) for text in texts]
    by_hand = getattr(tokenizer, "tokenizer_mode", "") == "clips"
    ids = inner(clean, add_special_tokens=not by_hand, truncation=False, padding=False, verbose=False).input_ids
    # In the mode “clips” open_clip adds begin, end and class marks itself.
    return [len(row) + 3 * by_hand for row in ids]


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
