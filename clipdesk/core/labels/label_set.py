"""Labels, their prompts, the prompt templates, and label files."""

from __future__ import annotations

import codecs
import itertools
import json
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from clipdesk.core.errors import ExportError, LabelError
from clipdesk.core.files import replace_atomically
from clipdesk.core.messages import message
from clipdesk.core.reasons import os_reason

PLAIN_TEMPLATE = "{}"

#: In this order, because the mark of UTF-16 begins that of UTF-32.
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

#: The identity of a label. Survives renaming, and is unique across desks and label files.
LabelId = int
#: Stands for no label in arrays of ids.
NO_LABEL: LabelId = 0
#: Stands for the user's choice that none of the labels fits.
NO_LABEL_FITS_ID: LabelId = -1
#: Stands for the user's mark that the automatic label is only a guess.
UNSURE_ID: LabelId = -2

#: Lists of prompt templates to choose from. The CLIP authors found the seven of “Photo, several wordings” by forward
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


def new_label_id() -> LabelId:
    """Return a random id, 1…2⁵², which is exact as a JSON number.

    Among a million labels the chance of a collision is 1 in 9,000.
    """
    return 1 + secrets.randbits(52)


@dataclass(frozen=True)
class Label:
    """A class that images are sorted into, described by texts, by example images, or by both.

    Without `prompts` and `references` the name is the prompt. `references` are example images (image-to-image
    search). `color` is `#RRGGBB`, or None for the default colour number `color_index`, which a LabelSet assigns when
    the label enters it, so that it stays when labels are moved or deleted. `id` and `color_index` are kept by
    `dataclasses.replace`, and ignored when labels are compared. `threshold` (0…1) is the probability below which this
    label is a guess; None means the desk's. Raises LabelError if the name is blank.

    >>> Label("cat", prompts=("a cat", "a kitten"))
    """

    name: str
    prompts: tuple[str, ...] = ()
    references: tuple[Path, ...] = ()
    color: str | None = None
    id: LabelId = field(default_factory=new_label_id, compare=False, repr=False)
    color_index: int | None = field(default=None, compare=False, repr=False)
    threshold: float | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise LabelError(message("core", "A label needs a name."))

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts before templates: the prompts, else the name. Empty for a label with only references."""
        if self.prompts:
            return self.prompts
        return () if self.references else (self.name,)

    def with_reference(self, path: Path) -> Label:
        """Return the label with another example image. Its current texts are kept as prompts."""
        if path in self.references:
            return self
        return replace(self, prompts=self.texts, references=(*self.references, path))


@dataclass(frozen=True)
class LabelSet:
    """An ordered set of labels, and the prompt templates that are applied to every text.

    Raises LabelError if two names differ only in case or Unicode form, or if a template does not contain `{}` once.
    """

    labels: tuple[Label, ...] = ()
    templates: tuple[str, ...] = (PLAIN_TEMPLATE,)

    def __post_init__(self) -> None:
        seen: dict[str, str] = {}
        for label in self.labels:
            key = name_key(label.name)
            if key in seen:
                raise LabelError(
                    message("core", "There is already a label “{name}”. Choose another name.").of(name=seen[key])
                )
            seen[key] = label.name
        if not self.templates:
            raise LabelError(message("core", "At least one template is needed. “{{}}” leaves a prompt as it is typed."))
        for template in self.templates:
            check_template(template)
        object.__setattr__(self, "labels", _with_color_indices(self.labels))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(label.name for label in self.labels)

    @property
    def ids(self) -> tuple[LabelId, ...]:
        return tuple(label.id for label in self.labels)

    def by_id(self, label_id: LabelId) -> Label | None:
        """Return the label with this id, or None if it is not in the set."""
        place = self.place_of(label_id)
        return None if place is None else self.labels[place]

    def place_of(self, label_id: LabelId) -> int | None:
        """Return the index of the label with this id, or None if it is not in the set."""
        return self._places.get(label_id)

    @cached_property
    def _places(self) -> dict[LabelId, int]:
        return {label.id: place for place, label in enumerate(self.labels)}

    def prompt_texts(self, label: Label) -> tuple[str, ...]:
        """Return the texts to encode for a label: each prompt in each template, without duplicates."""
        filled = (fill_template(template, text) for text in label.texts for template in self.templates)
        return tuple(dict.fromkeys(filled))

    def with_ids_of(self, other: LabelSet) -> LabelSet:
        """Return the set, with ids and default colours of labels of the same name in `other`. For labels from a file.

        The other labels keep their ids, or get new ones where another label has taken theirs.
        """
        same_names = {name_key(label.name): label for label in other.labels}
        found = [same_names.get(name_key(label.name)) for label in self.labels]
        taken = {label.id for label in found if label is not None}
        return self.with_labels(
            replace(label, id=new_label_id() if label.id in taken else label.id, color_index=None)
            if old is None
            else replace(label, id=old.id, color_index=old.color_index)
            for label, old in zip(self.labels, found, strict=True)
        )

    def with_label(self, label: Label) -> LabelSet:
        """Return the set with a label appended."""
        return replace(self, labels=(*self.labels, label))

    def with_moved_references(self, paths: Mapping[Path, Path]) -> LabelSet:
        """Return the set with the new paths of example images that were moved, given by their old paths."""
        if not any(reference in paths for label in self.labels for reference in label.references):
            return self
        moved = ((label, tuple(paths.get(path, path) for path in label.references)) for label in self.labels)
        return self.with_labels(replace(label, references=references) for label, references in moved)

    def with_labels(self, labels: Iterable[Label]) -> LabelSet:
        """Return the set with these labels instead of its own."""
        return replace(self, labels=tuple(labels))


def _with_color_indices(labels: Sequence[Label]) -> tuple[Label, ...]:
    """Return the labels, each with a default colour of its own: the one it has, else the first that is free."""
    owners: dict[int, LabelId] = {}
    for label in labels:
        if label.color_index is not None:
            owners.setdefault(label.color_index, label.id)
    free = (index for index in itertools.count() if index not in owners)
    return tuple(
        label
        if label.color_index is not None and owners[label.color_index] == label.id
        else replace(label, color_index=next(free))
        for label in labels
    )


def name_key(name: str) -> str:
    """Return the key by which names are compared: NFC, case-folded, without surrounding spaces."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def check_template(template: str) -> str:
    """Return the template. Raises LabelError unless it contains `{}` exactly once."""
    if template.count("{}") != 1:
        raise LabelError(
            message("core", "The template “{template}” must contain {{}} once, where the label's words go.").of(
                template=template
            )
        )
    return template


def fill_template(template: str, text: str) -> str:
    """Return the template with `{}` replaced by `text`. Other braces are left as they are."""
    return template.replace("{}", text, 1)


def parse_label(text: str) -> Label:
    """Parse `NAME[=PROMPT[|PROMPT...]]`, such as `cat=a cat|a kitten`. Raises LabelError if the name is empty."""
    name, _, prompts = text.partition("=")
    parts = (part.strip() for part in prompts.split("|"))
    name = clean_name(name)
    if not name:
        raise LabelError(message("core", "“{text}” has no name: write NAME, or NAME=PROMPT|PROMPT.").of(text=text))
    return Label(name=name, prompts=tuple(dict.fromkeys(part for part in parts if part)))


def parse_label_list(text: str) -> tuple[Label, ...]:
    """Parse one label per line, in the format of `parse_label`. Skips blank lines and repeated names."""
    labels: dict[str, Label] = {}
    for line in text.splitlines():
        if line.strip():
            label = parse_label(line)
            labels.setdefault(name_key(label.name), label)
    return tuple(labels.values())


def clean_name(name: str) -> str:
    """Return the name on one line, in NFC, without surrounding spaces and control characters."""
    kept = (" " if char.isspace() else char for char in unicodedata.normalize("NFC", name))
    printable = "".join(char for char in kept if unicodedata.category(char) != "Cc")
    return " ".join(printable.split())


def format_label(label: Label) -> str:
    """Return the text that `parse_label` parses. References and colour are lost."""
    return f"{label.name}={'|'.join(label.prompts)}" if label.prompts else label.name


def load_label_set(path: Path) -> LabelSet:
    """Load a label set from ClipDesk's JSON, or from a text file with one label per line, in UTF-8 or UTF-16.

    Relative references are resolved against the file's folder. Raises LabelError, which names the file.
    """
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise LabelError(
            message("core", "“{path}” could not be read: {reason}. Choose another file.").of(
                path=path, reason=os_reason(error)
            )
        ) from error
    except UnicodeDecodeError as error:
        raise LabelError(
            message(
                "core",
                "“{path}” is not in UTF-8. Save it as UTF-8 in the program that wrote it (in Notepad: Save as, "
                "Encoding: UTF-8).",
            ).of(path=path)
        ) from error
    try:
        if path.suffix.lower() == ".json":
            return label_set_from_json(json.loads(text), path.parent)
        return LabelSet(parse_label_list(text))
    except LabelError as error:
        raise LabelError(message("core", "“{path}”: {reason}").of(path=path, reason=str(error))) from error
    except ValueError as error:
        raise LabelError(
            message("core", "“{path}” is not valid JSON. Choose a label set saved by ClipDesk.").of(path=path)
        ) from error


def _decoded(data: bytes) -> str:
    """Decode UTF-8, or UTF-16 and UTF-32, which a byte order mark or NUL bytes reveal. Raises UnicodeDecodeError.

    Code pages are not guessed: nearly every text is valid in several of them, with different letters.
    """
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return data.removeprefix(mark).decode(encoding)
    if b"\0" in data:
        # In UTF-16, line breaks and Latin letters have one NUL byte each: the second in little-endian.
        return data.decode("utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be")
    return data.decode("utf-8")


def save_label_set(label_set: LabelSet, path: Path) -> None:
    """Save as JSON, or as one label per line if the name ends in `.txt`.

    Raises ExportError if the file cannot be written, or if a label would be read differently from a text file.
    """
    if path.suffix.lower() == ".txt":
        for label in label_set.labels:
            read_again = parse_label(format_label(label))
            if (read_again.name, read_again.prompts) != (label.name, label.prompts):
                raise ExportError(
                    message(
                        "core",
                        "The label “{name}” would be read differently from a text file, because of a “=” or “|”. "
                        "Save the labels as a label set (.json) instead.",
                    ).of(name=label.name)
                )
    with replace_atomically(path) as stream:
        if path.suffix.lower() == ".txt":
            stream.writelines(f"{format_label(label)}\n" for label in label_set.labels)
        else:
            json.dump(label_set_to_json(label_set, path.parent), stream, ensure_ascii=False, indent=2)
            stream.write("\n")


def label_set_to_json(label_set: LabelSet, folder: Path | None) -> dict[str, Any]:
    """Return the set as JSON values. References inside `folder` become relative to it."""
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
                "color_index": label.color_index,
                **({"threshold": label.threshold} if label.threshold is not None else {}),
            }
            for label in label_set.labels
        ],
    }


def _relative(path: Path, folder: Path | None) -> str:
    """Make a path relative to the label file's folder where possible, so that both can be moved together."""
    if folder is None:
        return path.as_posix()
    try:
        return path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def label_set_from_json(data: Any, folder: Path) -> LabelSet:
    """Parse the result of `label_set_to_json`. Raises LabelError if it is not a label set.

    If an id occurs twice, as after copying an entry by hand, only the first label keeps it.
    """
    try:
        labels: Sequence[Any] = data["labels"]
        return LabelSet(
            labels=_with_distinct_ids(
                Label(
                    name=clean_name(str(item["name"])),
                    prompts=_texts(item.get("prompts")),
                    references=tuple(folder / reference for reference in _texts(item.get("references"))),
                    color=_color(item.get("color")),
                    color_index=_color_index(item.get("color_index")),
                    threshold=_threshold(item.get("threshold")),
                    **_id(item.get("id")),
                )
                for item in labels
            ),
            templates=_texts(data.get("templates")) or (PLAIN_TEMPLATE,),
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise LabelError(message("core", "This is not a ClipDesk label set. Choose one saved by ClipDesk.")) from error


def _with_distinct_ids(labels: Iterable[Label]) -> tuple[Label, ...]:
    """Return the labels, with new ids for those whose id an earlier one has."""
    seen: set[LabelId] = set()
    distinct: list[Label] = []
    for label in labels:
        distinct.append(replace(label, id=new_label_id()) if label.id in seen else label)
        seen.add(label.id)
    return tuple(distinct)


def _texts(value: Any) -> tuple[str, ...]:
    """Return the non-blank texts of a list. Accepts a single text too, as people write it by hand."""
    texts = [value] if isinstance(value, str) else value or ()
    return tuple(str(text) for text in texts if str(text).strip())


def _id(value: Any) -> dict[str, LabelId]:
    """Return the id as a keyword argument of `Label`, or nothing if it is invalid, so that the label gets a new one."""
    return {"id": value} if isinstance(value, int) and 0 < value <= 2**52 else {}


def _color(value: Any) -> str | None:
    """Return `#RRGGBB`, or None if it is invalid: not worth rejecting a whole label set for."""
    return value if isinstance(value, str) and re.fullmatch("#[0-9A-Fa-f]{6}", value) else None


def _threshold(value: Any) -> float | None:
    """Return the threshold, or None if it is not a number in 0…1."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value <= 1 else None


def _color_index(value: Any) -> int | None:
    """Return the number of a default colour, or None if it is invalid, so that the label gets a free one."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000 else None
