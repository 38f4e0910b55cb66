"""Labels, their prompts, and the templates that prompts are put into."""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from clipdesk.core.errors import ExportError, LabelError
from clipdesk.core.files import replace_atomically

PLAIN_TEMPLATE = "{}"

#: A label's identity: it stays the same whatever the label is called, and is unique across desks and label files.
LabelId = int
#: No label was chosen.
NO_LABEL: LabelId = 0
#: Chosen instead of a label: none of them fits.
NO_LABEL_FITS_ID: LabelId = -1

#: Ready lists of prompt templates to choose from. The seven are those that the CLIP authors found by forward
#: selection on ImageNet (openai/CLIP, notebooks/Prompt_Engineering_for_ImageNet.ipynb).
TEMPLATE_PRESETS: dict[str, tuple[str, ...]] = {
    "As typed": (PLAIN_TEMPLATE,),
    "Photo": ("a photo of a {}",),
    "Photo, several wordings": (
        "itap of a {}.",
        "a bad photo of the {}.",
        "a origami {}.",
        "a photo of the large {}.",
        "a {} in a video game.",
        "art of the {}.",
        "a photo of the small {}.",
    ),
    "Product": ("a product photo of a {}", "a {} on a white background", "a studio photo of a {}"),
    "Wildlife camera": ("a camera trap photo of a {}", "a night photo of a {}", "a {} in the wild"),
    "Scene": ("a photo of a {}", "a photo of the inside of a {}", "a view of a {}"),
    "Drawing": ("a drawing of a {}", "a painting of a {}", "an illustration of a {}"),
}


@dataclass(frozen=True)
class Label:
    """What the person sorts by.

    `prompts` are the texts that stand for it; with neither prompts nor `references` the name is the prompt.
    `references` are pictures that stand for it (image to image). `color` is `#RRGGBB`, or None for the colour of
    its place in the list. `id` is the label's identity, kept through every change of the rest (`dataclasses.replace`);
    it does not count when labels are compared.
    """

    name: str
    prompts: tuple[str, ...] = ()
    references: tuple[Path, ...] = ()
    color: str | None = None
    # 52 random bits: exact as a number in JSON, and two labels among a million share one with a chance of 1 in 9,000.
    id: LabelId = field(default_factory=lambda: 1 + secrets.randbits(52), compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise LabelError("A label needs a name.")

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts to encode, before templates: the prompts, or the name, or none for a pure reference label."""
        if self.prompts:
            return self.prompts
        return () if self.references else (self.name,)

    def with_reference(self, path: Path) -> Label:
        """The label with one more picture that stands for it, beside the words that do so now."""
        if path in self.references:
            return self
        return replace(self, prompts=self.texts, references=(*self.references, path))


@dataclass(frozen=True)
class LabelSet:
    """Labels in order, and the prompt templates that every text is put into.

    Raises LabelError when two names are the same (letter case and Unicode form aside), or a template lacks `{}`.
    """

    labels: tuple[Label, ...] = ()
    templates: tuple[str, ...] = (PLAIN_TEMPLATE,)

    def __post_init__(self) -> None:
        seen: dict[str, str] = {}
        for label in self.labels:
            key = name_key(label.name)
            if key in seen:
                raise LabelError(f"There is already a label “{seen[key]}”. Give this one another name.")
            seen[key] = label.name
        if not self.templates:
            raise LabelError("At least one template is needed; “{}” leaves a prompt as it is typed.")
        for template in self.templates:
            check_template(template)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(label.name for label in self.labels)

    @property
    def ids(self) -> tuple[LabelId, ...]:
        return tuple(label.id for label in self.labels)

    def by_id(self, label_id: LabelId) -> Label | None:
        """Return the label with this id, None when it is not in the set."""
        place = self.place_of(label_id)
        return None if place is None else self.labels[place]

    def place_of(self, label_id: LabelId) -> int | None:
        """Return the place of the label with this id among the labels, None when it is not in the set."""
        return self._places.get(label_id)

    @cached_property
    def _places(self) -> dict[LabelId, int]:
        return {label.id: place for place, label in enumerate(self.labels)}

    def prompt_texts(self, label: Label) -> tuple[str, ...]:
        """Every text to encode for a label: each of its prompts in each template, without repeats."""
        filled = (fill_template(template, text) for text in label.texts for template in self.templates)
        return tuple(dict.fromkeys(filled))

    def with_ids_of(self, other: LabelSet) -> LabelSet:
        """Return the set with the ids of `other` for labels of the same name: those of a file may be strangers here."""
        ids = {name_key(label.name): label.id for label in other.labels}
        return self.with_labels(replace(label, id=ids.get(name_key(label.name), label.id)) for label in self.labels)

    def with_label(self, label: Label) -> LabelSet:
        """The set with one more label at the end."""
        return replace(self, labels=(*self.labels, label))

    def with_labels(self, labels: Iterable[Label]) -> LabelSet:
        """The set with these labels instead."""
        return replace(self, labels=tuple(labels))


def name_key(name: str) -> str:
    """What two names are compared by: Unicode NFC, without letter case and outer spaces."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def check_template(template: str) -> str:
    """The template itself; raises LabelError unless it holds `{}` exactly once."""
    if template.count("{}") != 1:
        raise LabelError(f"The template “{template}” needs {{}} once: the place where the label's words go.")
    return template


def fill_template(template: str, text: str) -> str:
    """`text` at the place of `{}`. Other braces in either are left alone."""
    return template.replace("{}", text, 1)


def parse_label(text: str) -> Label:
    """A label from `NAME[=PROMPT[|PROMPT...]]`. Raises LabelError when the name is empty."""
    name, _, prompts = text.partition("=")
    parts = (part.strip() for part in prompts.split("|"))
    name = clean_name(name)
    if not name:
        raise LabelError(f"“{text}” has no name: write NAME, or NAME=PROMPT|PROMPT.")
    return Label(name=name, prompts=tuple(dict.fromkeys(part for part in parts if part)))


def parse_label_list(text: str) -> tuple[Label, ...]:
    """One label a line, in the form of `parse_label`. Empty lines and repeated names are left out."""
    labels: dict[str, Label] = {}
    for line in text.splitlines():
        if line.strip():
            label = parse_label(line)
            labels.setdefault(name_key(label.name), label)
    return tuple(labels.values())


def clean_name(name: str) -> str:
    """A name on one line, in Unicode NFC, without outer spaces and control characters."""
    kept = (" " if char.isspace() else char for char in unicodedata.normalize("NFC", name))
    printable = "".join(char for char in kept if unicodedata.category(char) != "Cc")
    return " ".join(printable.split())


def format_label(label: Label) -> str:
    """The reverse of `parse_label`; references and colours have no place in it."""
    return f"{label.name}={'|'.join(label.prompts)}" if label.prompts else label.name


def load_label_set(path: Path) -> LabelSet:
    """A label set from a `.json` file of ours, or from a text file with one label a line.

    Reference pictures are looked up beside the file. Raises LabelError with the file's name.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError(f"“{path}” could not be read as a label list: {error}") from error
    try:
        if path.suffix.lower() == ".json":
            return label_set_from_json(json.loads(text), path.parent)
        return LabelSet(parse_label_list(text))
    except LabelError as error:
        raise LabelError(f"“{path}”: {error}") from error
    except ValueError as error:
        raise LabelError(f"“{path}” is not valid JSON. Choose a label set that ClipDesk saved.") from error


def save_label_set(label_set: LabelSet, path: Path) -> None:
    """Write the set as JSON, or as plain lines when the name ends in `.txt`. Raises ExportError."""
    if path.suffix.lower() == ".txt":
        for label in label_set.labels:
            read_again = parse_label(format_label(label))
            if (read_again.name, read_again.prompts) != (label.name, label.prompts):
                raise ExportError(
                    f"The label “{label.name}” would be read differently from a text file, because of a “=” or “|”. "
                    "Save the labels as a label set (.json) instead."
                )
    with replace_atomically(path) as stream:
        if path.suffix.lower() == ".txt":
            stream.writelines(f"{format_label(label)}\n" for label in label_set.labels)
        else:
            json.dump(label_set_to_json(label_set, path.parent), stream, ensure_ascii=False, indent=2)
            stream.write("\n")


def label_set_to_json(label_set: LabelSet, folder: Path | None) -> dict[str, Any]:
    """The set as JSON values; paths inside `folder` become relative to it."""
    return {
        "clipdesk": "label set",
        "version": 1,
        "templates": list(label_set.templates),
        "labels": [
            {
                "id": label.id,
                "name": label.name,
                "prompts": list(label.prompts),
                "references": [_relative(reference, folder) for reference in label.references],
                **({"color": label.color} if label.color else {}),
            }
            for label in label_set.labels
        ],
    }


def _relative(path: Path, folder: Path | None) -> str:
    """Relative to the label file where that is possible, so that both can move together."""
    if folder is None:
        return path.as_posix()
    try:
        return path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def label_set_from_json(data: Any, folder: Path) -> LabelSet:
    """The reverse of `label_set_to_json`. Raises LabelError when the values are not those of a label set."""
    try:
        labels: Sequence[Any] = data["labels"]
        return LabelSet(
            labels=tuple(
                Label(
                    name=clean_name(str(item["name"])),
                    prompts=_texts(item.get("prompts")),
                    references=tuple(folder / reference for reference in _texts(item.get("references"))),
                    color=_color(item.get("color")),
                    **_id(item.get("id")),
                )
                for item in labels
            ),
            templates=_texts(data.get("templates")) or (PLAIN_TEMPLATE,),
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise LabelError("This is not a ClipDesk label set. Choose one that ClipDesk saved.") from error


def _texts(value: Any) -> tuple[str, ...]:
    """The texts in a list, or one by itself as people write it by hand; blank ones are left out."""
    texts = [value] if isinstance(value, str) else value or ()
    return tuple(str(text) for text in texts if str(text).strip())


def _id(value: Any) -> dict[str, LabelId]:
    """Return the id as a keyword of `Label`; nothing where there is none that makes sense: the label gets a new one."""
    return {"id": value} if isinstance(value, int) and 0 < value <= 2**52 else {}


def _color(value: Any) -> str | None:
    """`#RRGGBB`, or None: a colour that cannot be read is not worth losing a label set over."""
    return value if isinstance(value, str) and re.fullmatch("#[0-9A-Fa-f]{6}", value) else None
