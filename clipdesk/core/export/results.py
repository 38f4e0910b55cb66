"""Results as files: CSV and JSON Lines, written whole or not at all."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.decisions import Decisions, Source, Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.files import replace_atomically
from clipdesk.core.labels.label_set import LabelSet

StatusText = Literal["ok", "unsure", "none", "error"]

#: What a spreadsheet takes for a formula when a cell begins with it (OWASP, “CSV Injection”).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class ResultRow:
    """One picture as it is exported. Numbers are None where there is no score."""

    filepath: str
    label: str
    label_source: str
    status: StatusText
    probability: float | None
    margin: float | None
    cosine: tuple[float | None, ...]
    error: str


_STATUS_TEXT: dict[Status, StatusText] = {
    Status.OK: "ok",
    Status.UNSURE: "unsure",
    Status.NONE: "none",
    Status.ERROR: "error",
    Status.WAITING: "none",
}
_SOURCE_TEXT = {Source.NOBODY: "", Source.AUTO: "auto", Source.USER: "user"}


@dataclass(frozen=True)
class Results:
    """What the desk knew about its n images when it was exported, as it was then: safe to read in another thread.

    Iterating gives one `ResultRow` for each image, in desk order.
    """

    images: ImageList
    names: tuple[str, ...]
    decisions: Decisions
    cosine: NDArray[np.float32]
    errors: Mapping[int, str]

    @classmethod
    def of(cls, desk: Desk) -> Results:
        """Copy the results of all images of a desk."""
        decisions, cosine = desk.decisions.copy(), desk.scores.cosine.copy()
        return cls(desk.images.copy(), desk.scored_labels, decisions, cosine, dict(desk.errors))

    def __len__(self) -> int:
        return len(self.images)

    def __iter__(self) -> Iterator[ResultRow]:
        return map(self.row, range(len(self)))

    def row(self, row: int) -> ResultRow:
        """Return the results of one image.

        The status is `ok`; `unsure` when the label is a guess; `none` when there is no label (none fits, or
        there are no scores); `error` when the file could not be read.
        """
        decisions = self.decisions
        status, column = Status(decisions.status.item(row)), decisions.column.item(row)
        has_scores = bool(self.names) and not np.isnan(self.cosine[row, 0])
        return ResultRow(
            filepath=self.images.path_text(row),
            label=self.names[column] if column >= 0 and status != Status.ERROR else "",
            label_source=_SOURCE_TEXT[Source(decisions.source.item(row))],
            status=_STATUS_TEXT[status],
            probability=_known(decisions.probability.item(row)),
            margin=_known(decisions.margin.item(row)),
            cosine=tuple(self.cosine[row].tolist()) if has_scores else (None,) * len(self.names),
            error=self.errors.get(row, ""),
        )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def csv_header(names: Sequence[str]) -> list[str]:
    """The columns for these labels, as documented in the README."""
    fixed = ["filepath", "label", "label_source", "status", "probability", "margin"]
    return [*fixed, *(f"cosine:{name}" for name in names), "error"]


def write_csv(path: Path, rows: Iterable[ResultRow], names: Sequence[str]) -> int:
    """Write a CSV file (UTF-8, LF, header always) and return the number of rows. Raises ExportError."""
    with replace_atomically(path) as stream:
        return stream_csv(stream, rows, names)


def stream_csv(stream: IO[str], rows: Iterable[ResultRow], names: Sequence[str]) -> int:
    """Write CSV to an open stream and return the number of rows."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(neutralise(cell) for cell in csv_header(names))
    count = 0
    for row in rows:
        texts = [neutralise(text) for text in (row.filepath, row.label, row.label_source, row.status)]
        numbers = [_number(value) for value in (row.probability, row.margin, *row.cosine)]
        writer.writerow([*texts, *numbers, neutralise(row.error)])
        count += 1
    return count


def write_jsonl(path: Path, rows: Iterable[ResultRow], names: Sequence[str]) -> int:
    """Write JSON Lines, one object a picture with the CSV's fields; missing numbers are null."""
    header = csv_header(names)
    with replace_atomically(path) as stream:
        count = 0
        for row in rows:
            values = [row.filepath, row.label, row.label_source, row.status, row.probability, row.margin]
            cells = dict(zip(header, [*values, *row.cosine, row.error], strict=True))
            stream.write(json.dumps({name: _json_value(value) for name, value in cells.items()}, ensure_ascii=False))
            stream.write("\n")
            count += 1
    return count


def write_results(path: Path, rows: Iterable[ResultRow], names: Sequence[str]) -> int:
    """Write in the format of the file's ending: `.jsonl` or `.ndjson` as JSON Lines, anything else as CSV."""
    write = write_jsonl if path.suffix.lower() in (".jsonl", ".ndjson") else write_csv
    return write(path, rows, names)


def write_run_details(
    path: Path, identity: EncoderIdentity, rule: ScoreRule, label_set: LabelSet, threshold: float, version: str
) -> None:
    """Write how the scores came about, as JSON: what someone needs to make them again."""
    details: dict[str, Any] = {
        "app": "ClipDesk",
        "app_version": version,
        "model": identity.model,
        "checkpoint_sha256": None if identity.server else identity.checkpoint,
        "preprocessing": identity.preprocessing,
        "server": identity.server or None,
        "logit_scale": rule.logit_scale,
        "logit_bias": rule.logit_bias,
        "probability": "sigmoid" if rule.is_sigmoid else "softmax",
        "threshold": threshold,
        "templates": list(label_set.templates),
        "labels": [
            {
                "name": label.name,
                "prompts": list(label_set.prompt_texts(label)),
                "references": [str(path) for path in label.references],
            }
            for label in label_set.labels
        ],
    }
    with replace_atomically(path) as stream:
        json.dump(details, stream, ensure_ascii=False, indent=2)
        stream.write("\n")


def neutralise(text: str) -> str:
    """A text cell that no spreadsheet runs as a formula: a leading `'` where it would."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _number(value: float | None) -> str:
    """Nine significant digits, which give a float32 back exactly, and always a dot; empty for none."""
    if value is None or not np.isfinite(value):
        return ""
    return f"{value:#.9g}"


def _json_value(value: Any) -> Any:
    return None if isinstance(value, float) and not np.isfinite(value) else value
