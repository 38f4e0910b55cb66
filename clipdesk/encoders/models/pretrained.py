"""open_clip's table of pretrained models and its architectures, read without importing torch.

The table is a copy, `pretrained_models.json`, that `packaging/generate_pretrained_table.py` writes: importing open_clip
itself takes 3 to 25 seconds. The architectures come from the installed package's own JSON files.
"""

from __future__ import annotations

import functools
import importlib.util
import json
from pathlib import Path
from typing import Any

from clipdesk.core.errors import EncoderError
from clipdesk.core.messages import message
from clipdesk.encoders.models.json_files import read_json

TABLE_PATH = Path(__file__).with_name("pretrained_models.json")


def all_models() -> tuple[str, ...]:
    """Return the name, `model:tag`, of every pretrained model of open_clip, in open_clip's order."""
    return tuple(f"{architecture}:{tag}" for architecture, tag in _table())


def pretrained_config(architecture: str, tag: str) -> dict[str, Any]:
    """Return where a pretrained model's weights are and how its images are prepared, or {} for an unknown model.

    The keys are open_clip's: `url` and `hf_hub` (either may be empty), `mean`, `std`, `interpolation`, `resize_mode`
    and, for some, `quick_gelu`. Upper case and hyphens in `tag` do not matter.
    """
    return dict(_table().get((architecture, normalized_tag(tag)), {}))


def normalized_tag(tag: str) -> str:
    """Return the tag as open_clip's table spells it: `OpenAI` is `openai`."""
    return tag.lower().replace("-", "_")


def architecture_config(architecture: str) -> dict[str, Any]:
    """Return the configuration of an architecture from the installed open_clip, or {} for an unknown one."""
    return read_json(_open_clip_package() / "model_configs" / f"{architecture}.json")


@functools.cache
def _table() -> dict[tuple[str, str], dict[str, Any]]:
    content = json.loads(TABLE_PATH.read_text(encoding="utf-8"))
    preprocessing = [
        {**settings, "mean": tuple(settings["mean"]), "std": tuple(settings["std"])}
        for settings in content["preprocessing"]
    ]
    table = {}
    for row in content["models"]:
        name = row.pop("architecture"), row.pop("tag")
        table[name] = {"url": "", "hf_hub": "", **preprocessing[row.pop("preprocessing")], **row}
    return table


@functools.cache
def _open_clip_package() -> Path:
    spec = importlib.util.find_spec("open_clip")
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError(message("core", "open_clip is not installed. Install ClipDesk again."))
    return Path(spec.submodule_search_locations[0])
