"""Results as files: CSV and JSON Lines, written whole or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import numpy as np

from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.files import replace_atomically
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.labels.scoring import Scores

Status = Literal["ok", "unsure", "none", "error"]

#: What a spreadsheet takes for a formula when a cell begins with it (OWASP, “CSV Injection”).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class ResultRow:
    """One picture as it is exported. Numbers are None where there is no score."""

    filepath: str
    label: str
    label_source: str
    status: Status
    probability: float | None
    margin: float | None
    cosine: tuple[float | None, ...]
    error: str


def result_rows(
    images: ImageList,
    rows: Iterable[int],
    scores: Scores,
    names: Sequence[str],
    errors: dict[int, str],
    threshold: float = 0.0,
) -> Iterator[ResultRow]:
    """The results of these rows, in this order.

    status: `ok`; `unsure` when the best label's probability is below `threshold` (0…1; the label is then a guess);
    `none` when the picture has no scores (no labels, or not reached yet); `error` when it could not be read.
    """
    unknown = (None,) * len(names)
    for row in rows:
        path = images.path_text(row)
        if row in errors:
            yield ResultRow(path, "", "", "error", None, None, unknown, errors[row])
            continue
        best = int(scores.best[row])
        if best < 0:
            yield ResultRow(path, "", "", "none", None, None, unknown, "")
            continue
        yield ResultRow(
            filepath=path,
            label=names[best],
            label_source="auto",
            status="ok" if scores.top[row] >= threshold else "unsure",
            probability=float(scores.top[row]),
            margin=float(scores.margin[row]),
            cosine=tuple(float(value) for value in scores.cosine[row]),
            error="",
        )


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
