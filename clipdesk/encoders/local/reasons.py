"""Errors of torch, safetensors, open_clip and transformers in plain words.

The words are half a sentence without a full stop, to be put into one of our messages. Raise that message `from` the
original error, whose text is then shown under *Details*.
"""

from __future__ import annotations

import pickle
import re

from clipdesk.core.messages import message
from clipdesk.core.reasons import os_reason

_DAMAGED = message("core", "the file with the weights is damaged or incomplete")
_OTHER_SHAPE = message("core", "the weights belong to another model than the configuration describes")

#: The libraries have no exception classes for these cases, so their messages have to tell them apart.
_OTHER_SHAPE_WORDS = re.compile(r"size mismatch|missing key\(|unexpected key\(|loading state_dict|incompatible keys")
_DAMAGED_WORDS = re.compile(
    r"deserializ|safetensor|header|metadata|zip archive|central directory|miniz|pytorchstreamreader|unpickl|pickle|"
    r"truncated|end of file|corrupt|storage|invalid magic"
)


def model_reason(error: BaseException) -> str:
    """Return why a network could not be built from a configuration and a file of weights."""
    from safetensors import SafetensorError

    if isinstance(error, SafetensorError | pickle.UnpicklingError | EOFError):
        return _DAMAGED
    if isinstance(error, OSError) and error.errno is not None:
        return os_reason(error)
    if isinstance(error, ImportError):
        return _missing_library(error.name)
    text = str(error).lower()
    if _OTHER_SHAPE_WORDS.search(text):
        return _OTHER_SHAPE
    if _DAMAGED_WORDS.search(text):
        return _DAMAGED
    return message("core", "its configuration is not one that open_clip can build")


def tokenizer_reason(error: BaseException) -> str:
    """Return why a tokenizer could not be made from its files."""
    if isinstance(error, OSError) and error.errno is not None:
        return os_reason(error)
    if isinstance(error, ImportError):
        return _missing_library(error.name)
    return message("core", "its files are missing or damaged")


def device_reason(error: BaseException) -> str:
    """Return why a forward pass, or moving a network to its device, failed for another reason than memory."""
    text = str(error).lower()
    if re.search(r"no kernel image|not implemented|not supported|unsupported|could not run", text):
        return message("core", "the device cannot run a step of this model")
    if re.search(r"cuda|cudnn|cublas|nvidia|hip|mps|metal|gpu", text):
        return message("core", "the graphics card or its driver reported a fault")
    return message("core", "a step of the computation failed")


def _missing_library(name: str | None) -> str:
    if not name:
        return message("core", "it needs a library that is not installed")
    return message("core", "it needs the library “{name}”, which is not installed").of(name=name)
