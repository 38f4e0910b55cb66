"""The files that a model is loaded from, and where to download each of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clipdesk.encoders.models.hub_cache import HubFile, UrlFile, cached_folder
from clipdesk.encoders.models.json_files import read_json
from clipdesk.encoders.models.names import ModelName
from clipdesk.encoders.models.pretrained import architecture_config, pretrained_config

CONFIG_NAME = "open_clip_config.json"
#: In order of preference: safetensors first, as in open_clip.
WEIGHTS_NAMES = ("open_clip_model.safetensors", "open_clip_pytorch_model.bin")
#: One of these holds a tokenizer's vocabulary. transformers reads the first one it finds.
VOCABULARY_NAMES = ("tokenizer.json", "sentencepiece.bpe.model", "spiece.model", "vocab.json", "vocab.txt")

_OPTIONAL_TOKENIZER_NAMES = (
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "merges.txt",
    "config.json",
)


def needed_files(model: ModelName) -> tuple[HubFile | UrlFile, ...]:
    """Return the files that a `pretrained` or `hf-hub` model is loaded from: its weights first.

    The starter and local folders need no download, so nothing is returned for them. For an `hf-hub` model, the files of
    its text tower and tokenizer are known only once its configuration is in the cache.
    """
    if model.kind == "hf-hub":
        folder = cached_folder(model.repo)
        config = read_json(folder / CONFIG_NAME) if folder else {}
        return (
            HubFile(model.repo, WEIGHTS_NAMES),
            HubFile(model.repo, (CONFIG_NAME,)),
            *text_files(config.get("model_cfg", {})),
        )
    if model.kind == "pretrained":
        return (
            _weights_file(pretrained_config(model.architecture, model.tag)),
            *text_files(architecture_config(model.architecture)),
        )
    return ()


def text_files(model_config: Mapping[str, Any]) -> tuple[HubFile, ...]:
    """Return what the text tower and the tokenizer of a model configuration need from the Hub."""
    text = model_config.get("text_cfg", {})
    tower = (HubFile(text["hf_model_name"], ("config.json",)),) if text.get("hf_model_name") else ()
    tokenizer = _tokenizer_files(text["hf_tokenizer_name"]) if text.get("hf_tokenizer_name") else ()
    return (*tower, *tokenizer)


def _weights_file(pretrained: Mapping[str, Any]) -> HubFile | UrlFile:
    # `hf_hub` is ORG/REPO/ or ORG/REPO/FILE.
    repo, _, file = str(pretrained["hf_hub"]).rpartition("/")
    if not repo:
        return UrlFile(str(pretrained["url"]), _checksum_in(str(pretrained["url"])))
    return HubFile(repo, (f"{file.rpartition('.')[0]}.safetensors", file) if file else WEIGHTS_NAMES)


def _checksum_in(url: str) -> str:
    """Return the SHA-256, or its beginning, that the URL contains; open_clip reads it the same way."""
    if "openaipublic" in url:
        return url.split("/")[-2]
    if "mlfoundations" in url:
        return Path(url.rpartition("/")[2]).stem.rpartition("-")[2]
    return ""


def _tokenizer_files(repo: str) -> tuple[HubFile, ...]:
    optional = (HubFile(repo, (name,), required=False) for name in _OPTIONAL_TOKENIZER_NAMES)
    return (HubFile(repo, VOCABULARY_NAMES), *optional)
