"""A network and a tokenizer from a model's files, and from nothing else: no Hub, no code that a model brings."""

from __future__ import annotations

import copy
import functools
import json
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from clipdesk.core.errors import EncoderError, ModelBrokenError
from clipdesk.encoders import devices
from clipdesk.encoders.local.class_token import compute_class_token_only
from clipdesk.encoders.models.json_files import read_json
from clipdesk.encoders.models.model_files import EXPECTED, ModelSource

#: What open_clip, timm, transformers and torch raise when configuration and weights are not what they expect.
_BROKEN = (
    *(OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, ImportError),
    *(RuntimeError, ArithmeticError, EOFError, pickle.UnpicklingError),
)


def build_network(source: ModelSource) -> Any:
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
            f"The model in “{source.place}” cannot be used: {reason}. {EXPECTED} Choose another model, "
            "or delete this one and download it again."
        ) from error
    compute_class_token_only(network)
    return network.eval().requires_grad_(False)


def with_parts(network: Any, **parts: Any) -> Any:
    """The module with other parts of these names; everything else is shared with it."""
    other = copy.copy(network)
    other._modules = {**network._modules, **parts}
    return other


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


def _refuse_code(source: ModelSource) -> None:
    """A configuration that brings code of its own makes transformers ask on the terminal whether to run it."""
    if source.tower is not None and "auto_map" in read_json(source.tower / "config.json"):
        raise ModelBrokenError(f"“{source.title}” needs program code of its own, which ClipDesk does not run.")


def make_tokenizer(source: ModelSource) -> Any:
    """The model's tokenizer as `open_clip.get_tokenizer` makes it, from files on this computer only."""
    devices.import_open_clip()
    from open_clip.tokenizer import HFTokenizer

    text = source.model_config["text_cfg"]
    options = dict(text.get("tokenizer_kwargs") or {})
    options["context_length"] = context_length(source.model_config)
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


def context_length(model_config: dict[str, Any]) -> int:
    """How many tokens of a text the model reads, marks of begin and end included."""
    return int(model_config["text_cfg"].get("context_length", 77))


def token_counts(tokenizer: Any, texts: Sequence[str]) -> list[int]:
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
