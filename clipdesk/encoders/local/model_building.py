"""Build a network and a tokenizer from a model's files alone: without the Hub, without code that the model brings."""

from __future__ import annotations

import copy
import functools
import json
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from clipdesk.core.errors import EncoderError, ModelBrokenError
from clipdesk.core.messages import message, sentences
from clipdesk.encoders import devices
from clipdesk.encoders.local.class_token import compute_class_token_only
from clipdesk.encoders.local.reasons import model_reason, tokenizer_reason
from clipdesk.encoders.models.json_files import read_json
from clipdesk.encoders.models.model_files import EXPECTED, ModelSource

#: What open_clip, timm, transformers and torch raise when the configuration or the weights are not what they expect.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    IndexError,
    KeyError,
    OSError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
    pickle.UnpicklingError,
)


def build_network(source: ModelSource) -> Any:
    """Return the network with its weights, on the CPU, in float32, in inference mode.

    We do not use open_clip's `create_model`: without weights it continues with random ones, it asks the Hub for text
    configurations, and it picks a weights file itself. Here the file that is hashed is the file that is loaded.

    Raises ModelBrokenError if the files do not fit together, and EncoderError if memory runs out.
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
                message(
                    "core",
                    "There is not enough memory to load “{model}”. Close other programs or choose a smaller model.",
                ).of(model=source.title)
            ) from error
        raise ModelBrokenError(
            sentences(
                message("core", "The model in “{folder}” cannot be used: {reason}.").of(
                    folder=source.place, reason=model_reason(error)
                ),
                EXPECTED,
                message("core", "Choose another model, or delete this one and download it again."),
            )
        ) from error
    compute_class_token_only(network)
    return network.eval().requires_grad_(False)


def with_parts(network: Any, **parts: Any) -> Any:
    """Return a shallow copy of a module with some submodules replaced, the others shared.

    For example `with_parts(network, visual=faster_tower)`.
    """
    other = copy.copy(network)
    other._modules = {**network._modules, **parts}
    return other


def _refuse_pickled_code(weights: Path) -> None:
    """Raise ModelBrokenError if a pickled checkpoint contains code, which unpickling would run.

    Every format but safetensors is a pickle. We check with torch's restricted reader before open_clip loads the file,
    because open_clip's loader falls back to torch's default reader when the restricted one raises TypeError.
    """
    if weights.suffix == ".safetensors":
        return
    torch = devices.import_torch()
    try:
        torch.load(weights, map_location="meta", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ModelBrokenError(
            message(
                "core",
                "“{path}” holds more than weights, possibly a program, and was not opened. "
                "Use a model saved as safetensors.",
            ).of(path=weights)
        ) from error


def _refuse_code(source: ModelSource) -> None:
    """Raise ModelBrokenError if the text tower brings code: transformers would ask on the terminal to run it."""
    if source.tower is not None and "auto_map" in read_json(source.tower / "config.json"):
        words = message("core", "“{model}” needs program code of its own, which ClipDesk does not run.")
        raise ModelBrokenError(words.of(model=source.title))


def make_tokenizer(source: ModelSource) -> Any:
    """Return the same tokenizer as `open_clip.get_tokenizer`, from files on this computer only.

    Raises ModelBrokenError if those files are missing or damaged.
    """
    devices.import_open_clip()
    from open_clip.tokenizer import HFTokenizer

    text = source.model_config["text_cfg"]
    options = dict(text.get("tokenizer_kwargs") or {})
    options["context_length"] = context_length(source.model_config)
    try:
        if not text.get("hf_tokenizer_name"):
            return _clip_tokenizer(json.dumps(options, sort_keys=True))
        if source.tokenizer is None:
            words = message("core", "The tokenizer of “{model}” is not in “{folder}”.")
            raise ModelBrokenError(words.of(model=source.title, folder=source.place))
        return HFTokenizer(
            str(source.tokenizer),
            tokenizer_mode=text.get("tokenizer_mode"),
            local_files_only=True,
            trust_remote_code=False,
            **options,
        )
    except _BROKEN as error:
        raise ModelBrokenError(
            message(
                "core",
                "The tokenizer of “{model}” cannot be used: {reason}. "
                "Choose another model, or download this one again.",
            ).of(model=source.title, reason=tokenizer_reason(error))
        ) from error


@functools.lru_cache(maxsize=4)
def _clip_tokenizer(options: str) -> Any:
    """Return CLIP's own tokenizer. Cached: reading its vocabulary takes 0.25 s. `options` is JSON, to be hashable."""
    from open_clip.tokenizer import SimpleTokenizer

    return SimpleTokenizer(**json.loads(options))


def context_length(model_config: dict[str, Any]) -> int:
    """Return how many tokens of a text the model reads, start and end tokens included."""
    return int(model_config["text_cfg"].get("context_length", 77))


def token_counts(tokenizer: Any, texts: Sequence[str]) -> list[int]:
    """Return the number of tokens of each text before it is cut off, start and end tokens included."""
    inner = getattr(tokenizer, "tokenizer", None)
    if inner is None:
        return [len(tokenizer.encode(text)) + 2 for text in texts]
    if not texts:
        return []
    clean = [tokenizer.clean_fn(text) for text in texts]
    # In the mode “clips” open_clip itself adds start, end and class tokens.
    is_clips = getattr(tokenizer, "tokenizer_mode", "") == "clips"
    ids = inner(clean, add_special_tokens=not is_clips, truncation=False, padding=False, verbose=False).input_ids
    return [len(row) + (3 if is_clips else 0) for row in ids]
