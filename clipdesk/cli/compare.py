"""`clipdesk compare`: label pictures by two wordings, and say which is better."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.cli.judged_file import Judged, read_judged
from clipdesk.cli.scored_desk import ScoredDesk, chosen_labels, problem_with_inputs, score_pictures
from clipdesk.cli.table import printable
from clipdesk.cli.terminal import WRONG_ARGUMENTS, fail, interrupt_sets, put_out, tell
from clipdesk.core.compare.evidence import Outcome, Verdict, judge
from clipdesk.core.compare.hint import between_group_scatter
from clipdesk.core.compare.judging import may_count
from clipdesk.core.compare.wordings import Agreement, Labels, compare, label_by_each, report
from clipdesk.core.csv_text import CsvWriter, neutralise
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.errors import ExportError, LabelError
from clipdesk.core.files import check_writable, replace_atomically
from clipdesk.core.labels.label_set import PLAIN_TEMPLATE, Label, LabelSet, name_key, parse_label

_MOST_LISTED = 20
#: Groups whose scatter differs by less than this share look alike.
_LEAST_SCATTER = 0.01


def run_compare(options: argparse.Namespace) -> int:
    """Label the pictures by both wordings, print where they differ, and the verdict about judged pictures."""
    a, b = _sides(options)
    problem = problem_with_inputs(options) or _problem_with_csv(options)
    if problem:
        return fail(problem, WRONG_ARGUMENTS)
    if options.judged is not None:
        read_judged(options.judged, ImageList(), a.names)  # raises now rather than after hours of work
    with interrupt_sets() as cancel:
        scored = score_pictures(options, _both(a, b), cancel)
        compared = _compare(scored, a, b)
        judged = None
        if options.judged is not None:
            judged = read_judged(options.judged, scored.desk.images, a.names)
            _tell_unknown(judged)
        if options.csv is not None:
            _write_csv(options.csv, scored.desk.images, compared, judged)
        put_out(_lines(scored.desk.images, compared, judged, lists_pictures=options.csv is None))
    return scored.report()


# --- the wordings


def _sides(options: argparse.Namespace) -> tuple[LabelSet, LabelSet]:
    """Return the labels as A and as B words them, in the same order. Raises LabelError."""
    base = chosen_labels(options) if options.label or options.labels else None
    labels = base.labels if base is not None else ()
    templates = base.templates if base is not None else tuple(options.template) or (PLAIN_TEMPLATE,)
    specs = [parse_label(text) if text else None for text in (options.a, options.b)]
    if specs[0] is not None and specs[1] is not None and name_key(specs[0].name) != name_key(specs[1].name):
        raise LabelError(
            f"--a is about “{specs[0].name}” and --b about “{specs[1].name}”. Compare one label at a time."
        )
    named = next((spec for spec in specs if spec is not None), None)
    if named is not None and name_key(named.name) not in {name_key(label.name) for label in labels}:
        labels = (*labels, Label(named.name))
    if len(labels) < 2:
        raise LabelError("One label alone gets all pictures. Name at least one more: --label cat.")
    a, b = (
        LabelSet(tuple(_reworded(label, spec) for label in labels), tuple(own) or templates)
        for spec, own in zip(specs, (options.template_a, options.template_b), strict=True)
    )
    if a == b:
        raise LabelError("A and B are the same. Give B other words: --b NAME=PROMPT, or --template-b T.")
    return a, b


def _reworded(label: Label, spec: Label | None) -> Label:
    if spec is None or name_key(spec.name) != name_key(label.name):
        return label
    return replace(label, prompts=spec.prompts)


def _both(a: LabelSet, b: LabelSet) -> LabelSet:
    """Return one set with the labels of A and then of B, so that the pictures are scored once.

    The prompts are in their templates already.
    """
    labels = [
        Label(f"{label.name} ({side})", side_set.prompt_texts(label), label.references)
        for side, side_set in (("A", a), ("B", b))
        for label in side_set.labels
    ]
    return LabelSet(tuple(labels))


@dataclass(frozen=True)
class _Compared:
    """Labels (n,) by A and by B as indices of the labels, and where they agree."""

    a: Labels
    b: Labels
    agreement: Agreement
    scatter: tuple[float, float]
    sides: tuple[LabelSet, LabelSet]

    @property
    def names(self) -> tuple[str, ...]:
        return self.sides[0].names


def _compare(scored: ScoredDesk, a: LabelSet, b: LabelSet) -> _Compared:
    desk, count = scored.desk, len(a.labels)
    found = [np.full(len(desk), -1, np.int32) for _ in (a, b)]
    scatter = [0.0, 0.0]
    if desk.table is not None and desk.label_vectors is not None:
        images, vectors = desk.table.all_vectors(), desk.label_vectors
        masks = [np.array([bool(label.references) for label in side.labels], np.bool_) for side in (a, b)]
        found = label_by_each(images, [vectors[:count], vectors[count:]], masks)
        scatter = [between_group_scatter(images, labels, count) for labels in found]
    return _Compared(found[0], found[1], compare(found[0], found[1], count), (scatter[0], scatter[1]), (a, b))


# --- what is printed


def _lines(images: ImageList, compared: _Compared, judged: Judged | None, *, lists_pictures: bool) -> Iterator[str]:
    agreement, names = compared.agreement, compared.names
    for name, side, other in zip("AB", compared.sides, reversed(compared.sides), strict=True):
        yield f"{name}: {printable(_side_text(side, other))}"
    differing, total = len(agreement.differing), agreement.agreeing + len(agreement.differing)
    same = f"{_pictures(agreement.agreeing)} of {total:,} the same ({_percent_down(agreement.share)})"
    yield f"{same}, {differing:,} differ."
    for pair in agreement.pairs:
        yield f"  {printable(names[pair.a])} → {printable(names[pair.b])}: {len(pair.rows):,}"
    if lists_pictures:
        for pair in agreement.pairs:
            for row in pair.rows[:_MOST_LISTED].tolist():
                words = f"{names[pair.a]} → {names[pair.b]}"
                yield f"{printable(images.path_text(row))}: {printable(words)}"
            if len(pair.rows) > _MOST_LISTED:
                yield f"and {len(pair.rows) - _MOST_LISTED:,} more; --csv FILE lists all"
    if judged is not None:
        yield from _judged_lines(compared, judged)
    elif differing:
        yield _hint(*compared.scatter)


def _side_text(side: LabelSet, other: LabelSet) -> str:
    """Return what distinguishes a side: the labels that are worded differently, and the templates if they are."""
    parts = [
        f"{label.name} = {' | '.join(label.texts)}"
        for label, counterpart in zip(side.labels, other.labels, strict=True)
        if label != counterpart
    ]
    if side.templates != other.templates:
        parts.append(f"templates {' | '.join(side.templates)}")
    return "; ".join(parts)


def _judged_lines(compared: _Compared, judged: Judged) -> Iterator[str]:
    rows = np.array(sorted(judged.labels), np.intp)
    truth = np.array([judged.labels[row] for row in rows.tolist()], np.int32)
    a, b = compared.a[rows], compared.b[rows]
    yield _verdict_line(_verdict(compared, rows, truth))
    for name, found in (("A", a), ("B", b)):
        one = report(found, truth, len(compared.names))
        if one.reviewed:
            yield (
                f"{name} is right in {one.right:,} of {_pictures(one.reviewed, 'judged ')}: {one.accuracy:.0%} "
                f"(90 % range {one.low:.0%} to {one.high:.0%})"
            )
    differs, known = a != b, (a >= 0) & (b >= 0)
    if (known & ~differs).any() and not may_count(a[known], truth[known]):
        yield (
            "Most of the judged pictures are mistakes of A. If only mistakes were collected, they speak for B whatever "
            "it is."
        )


def _verdict(compared: _Compared, rows: NDArray[np.intp], truth: NDArray[np.int32]) -> Verdict:
    a, b = compared.a[rows], compared.b[rows]
    differs = (a >= 0) & (b >= 0) & (a != b)
    right_a, right_b = (int(np.count_nonzero(differs & (labels == truth))) for labels in (a, b))
    neither = int(np.count_nonzero(differs)) - right_a - right_b
    return judge(right_a, right_b, neither, len(compared.agreement.differing))


def _verdict_line(verdict: Verdict) -> str:
    counts = f"A is right in {verdict.a:,}, B in {verdict.b:,}, neither in {verdict.neither:,}"
    match verdict.outcome:
        case Outcome.A_BETTER | Outcome.B_BETTER:
            name, right = ("A", verdict.a) if verdict.outcome is Outcome.A_BETTER else ("B", verdict.b)
            return (
                f"{name} is right in {right:,} of {verdict.decided:,}. That is very unlikely to be chance. ({counts})"
            )
        case Outcome.NO_CLEAR_DIFFERENCE:
            return f"No clear difference: {counts}."
        case Outcome.ALL_JUDGED:
            return f"All differing pictures are judged: {counts}."
        case Outcome.OPEN:
            if verdict.more is None:
                return f"No difference yet: {counts}."
            more = "1 more answer" if verdict.more == 1 else f"{verdict.more:,} more answers"
            return f"No difference yet: {counts}. About {more} would tell."


def _hint(scatter_a: float, scatter_b: float) -> str:
    if abs(scatter_a - scatter_b) < _LEAST_SCATTER * max(scatter_a, scatter_b):
        return "Hint: both sort the pictures into equally clear groups."
    better = "B" if scatter_b > scatter_a else "A"
    return f"Hint: {better} sorts the pictures into clearer groups. Judge some to be sure: --judged FILE.csv."


def _tell_unknown(judged: Judged) -> None:
    if judged.unknown_files:
        shown = "”, “".join(map(printable, judged.unknown_files[:3]))
        more = f" and {len(judged.unknown_files) - 3:,} more" if len(judged.unknown_files) > 3 else ""
        tell(f"--judged names pictures that are not among these, or not clearly: “{shown}”{more}.")
    for label in judged.unknown_labels:
        tell(f"“{printable(label)}” in --judged is not among the labels: its pictures count as “neither is right”.")


def _write_csv(path: Path, images: ImageList, compared: _Compared, judged: Judged | None) -> None:
    """Write one row for each picture. Raises ExportError."""
    names = (*compared.names, "")  # the last for -1
    with replace_atomically(path) as stream:
        writer = CsvWriter(stream)
        writer.write_row(("filepath", "label_a", "label_b", "differs", "judged"))
        for row, (a, b) in enumerate(zip(compared.a.tolist(), compared.b.tolist(), strict=True)):
            right = judged.labels.get(row) if judged is not None else None
            texts = (images.path_text(row), names[a], names[b])
            known = a >= 0 and b >= 0
            differs = ("yes" if a != b else "no") if known else ""
            label = "" if right is None else names[right] or "none"
            writer.write_row((*map(neutralise, texts), differs, neutralise(label)))


def _problem_with_csv(options: argparse.Namespace) -> str:
    """Return what is wrong with the path of the CSV file, or an empty string."""
    if options.csv is None:
        return ""
    if os.path.isdir(options.csv):  # noqa: PTH112 - Path.is_dir raises if a name is too long
        return f"“{options.csv}” is a folder. Name a file in it."
    try:
        check_writable(options.csv)
    except ExportError as error:
        return str(error)
    return ""


def _pictures(count: int, kind: str = "") -> str:
    return f"1 {kind}picture" if count == 1 else f"{count:,} {kind}pictures"


def _percent_down(share: float) -> str:
    """Return a percentage rounded down, so that “100 %” is never said beside a difference."""
    return f"{int(share * 100)} %"
