"""Names of models: parsing them, and suggesting the nearest ones after a typo."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from clipdesk.core.errors import UnknownModelError
from clipdesk.core.messages import joined, message, sentences
from clipdesk.encoders.models.pretrained import all_models, normalized_tag, pretrained_config

Kind = Literal["starter", "pretrained", "local-dir", "hf-hub"]

#: The name of the model that comes with ClipDesk.
STARTER = "starter"


@dataclass(frozen=True)
class ModelName:
    """A parsed model name.

    The kind `pretrained` sets `architecture` and `tag`, `local-dir` sets `folder`, and `hf-hub` sets `repo`.
    """

    kind: Kind
    architecture: str = ""
    tag: str = ""
    folder: Path = Path()
    repo: str = ""

    def __str__(self) -> str:
        if self.kind == "pretrained":
            return f"{self.architecture}:{self.tag}"
        if self.kind == "local-dir":
            return f"local-dir:{self.folder}"
        return f"hf-hub:{self.repo}" if self.kind == "hf-hub" else STARTER


def parse_model(name: str) -> ModelName:
    """Parse `starter`, `MODEL:TAG`, `local-dir:DIR` or `hf-hub:ORG/REPO`, without checking that any file exists.

    `~` in a folder is expanded, and a relative folder is made absolute. Raises UnknownModelError, whose message
    suggests the nearest names.

    >>> str(parse_model("ViT-B/32:OpenAI"))
    'ViT-B-32:openai'
    """
    name = name.strip()
    if name == STARTER:
        return ModelName("starter")
    prefix, _, rest = name.partition(":")
    if prefix == "local-dir" and rest:
        return ModelName("local-dir", folder=Path(rest).expanduser().absolute())
    if prefix == "hf-hub" and re.fullmatch(r"\w[\w.-]*/\w[\w.-]*", rest):
        return ModelName("hf-hub", repo=rest)
    if prefix in ("local-dir", "hf-hub"):
        example = "local-dir:/path/to/folder" if prefix == "local-dir" else "hf-hub:ORG/REPO"
        words = message("core", "“{name}” is not the name of a model. Write it as “{example}”.")
        raise UnknownModelError(words.of(name=name, example=example))
    architecture, tag = prefix.replace("/", "-"), normalized_tag(rest)
    if pretrained_config(architecture, tag):
        return ModelName("pretrained", architecture, tag)
    words = message("core", "“{name}” is not the name of a model.")
    raise UnknownModelError(sentences(words.of(name=name), _suggestion(architecture, rest)))


def _suggestion(architecture: str, tag: str) -> str:
    names = all_models()
    same_architecture = [name for name in names if name.partition(":")[0].lower() == architecture.lower()]
    by_lower = {name.lower(): name for name in same_architecture or names}
    wanted = f"{architecture}:{tag}".lower()
    near = [by_lower[match] for match in difflib.get_close_matches(wanted, by_lower, n=3, cutoff=0.5)]
    near = near or same_architecture[:3]
    if difflib.get_close_matches(wanted, [f"{STARTER}:"], cutoff=0.8):
        near = [STARTER]
    if near:
        return message("core", "Did you mean {names}?").of(names=_either(near))
    return message(
        "core", "Write it as MODEL:TAG (“clipdesk models list” shows them), local-dir:DIR or hf-hub:ORG/REPO."
    )


def _either(names: Sequence[str]) -> str:
    """Return “a”, “a” or “b”, …, each in quotation marks."""
    *others, last = (f"“{name}”" for name in names)
    return message("core", "{names} or {last}").of(names=joined(", ", others), last=last) if others else last
