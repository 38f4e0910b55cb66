"""`clipdesk duplicates`: find copies, bursts and similar pictures, and propose which to keep."""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from clipdesk.cli.embedded_desk import (
    EmbeddedDesk,
    FindProgressLine,
    add_find_options,
    embedded_desk,
    problem_with_options,
)
from clipdesk.cli.saved_desk import read_saved_desk
from clipdesk.cli.table import printable
from clipdesk.cli.terminal import WRONG_ARGUMENTS, fail, interrupt_sets, put_out
from clipdesk.core.csv_text import CsvWriter, neutralise
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.files import replace_atomically
from clipdesk.core.find.duplicates import DuplicateRules, Kind, find_duplicates
from clipdesk.core.find.keepers import DEFAULT_ORDER, KeeperFacts, KeeperRule, Proposal, propose_all, rows_to_measure
from clipdesk.core.find.looks import find_looks, measure_sharpness
from clipdesk.core.find.similar import measure_likeness
from clipdesk.core.find.twins import find_twins
from clipdesk.core.sorting.keeper_facts import keeper_facts

DUPLICATES_DESCRIPTION = (
    "List exact copies, copies that were resized, recompressed or edited a little, bursts, and similar pictures, and "
    "say which picture of each group to keep. Nothing is moved. Exit codes as for “clipdesk label”."
)


def add_duplicates_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `clipdesk duplicates`."""
    parser.add_argument(
        "--kind",
        type=_kinds,
        default=frozenset(Kind),
        metavar="KIND[,KIND]",
        help=f"only groups of these kinds: {', '.join(_KINDS)}",
    )
    parser.add_argument(
        "--keep",
        type=_rules,
        default=DEFAULT_ORDER,
        metavar="RULE[,RULE]",
        help="what makes a picture the one to keep: the first rule decides, then the next one. The default is "
        f"{','.join(rule.name.lower() for rule in DEFAULT_ORDER)}; there is also newest",
    )
    parser.add_argument(
        "--burst-seconds",
        type=_seconds,
        default=DuplicateRules().burst_s,
        metavar="S",
        help="pictures of a burst were taken within this time (default: 10)",
    )
    parser.add_argument(
        "--desk",
        type=Path,
        metavar="FILE.clipdesk",
        help="leave out pictures that you kept or moved away as duplicates in this saved desk, and prefer those "
        "labelled by hand",
    )
    add_find_options(parser, "write the groups to this CSV file, and print no list")
    parser.set_defaults(run=run_duplicates)


def run_duplicates(options: argparse.Namespace) -> int:
    """Find groups, and print or write them with what to keep."""
    if problem := problem_with_options(options):
        return fail(problem, WRONG_ARGUMENTS)
    saved = None if options.desk is None else read_saved_desk(options.desk)
    state = saved.state if saved is not None else DeskState()
    corrected = frozenset(saved.corrections) if saved is not None else frozenset()
    with interrupt_sets() as cancel, embedded_desk(options, cancel) as embedded:
        progress = FindProgressLine()
        try:
            proposals, facts = _proposals(options, embedded, state, corrected, progress, cancel)
        finally:
            progress.end()
        if options.csv is not None:
            _write_csv(options.csv, proposals, facts)
        else:
            put_out(_lines(proposals, facts))
        spare = {row for proposal in proposals for row in proposal.others}
        size = sum(facts[row].size_bytes for row in spare)
        groups = "1 group" if len(proposals) == 1 else f"{len(proposals):,} groups"
        return embedded.report(f"{groups}. Without the pictures not to keep, {size / 1e6:,.1f} MB are free.")


def _proposals(
    options: argparse.Namespace,
    embedded: EmbeddedDesk,
    state: DeskState,
    corrected: frozenset[Path],
    progress: FindProgressLine,
    cancel: threading.Event,
) -> tuple[list[Proposal], dict[int, KeeperFacts]]:
    """Return which picture of each group to keep, and the facts about the pictures in groups by their rows."""
    desk, store = embedded.desk, embedded.store
    images = list(desk.images)
    contents = desk.contents(np.arange(len(desk)))
    looks = find_looks(
        images,
        contents,
        store=store,
        thumbnails=embedded.thumbnails,
        on_progress=progress.show_find,
        cancel=cancel,
    ).without([image.path in state.set_aside for image in images])
    groups = find_duplicates(
        looks,
        embedded.vectors,
        measure_likeness(embedded.vectors, looks),
        rules=DuplicateRules(options.kind, options.burst_seconds),
        kept=state.kept_groups,
        twins=find_twins(images) if options.separate_pairs else (),
        on_progress=progress.show_find,
        cancel=cancel,
    )
    if KeeperRule.SHARPEST in options.keep:
        rows = rows_to_measure(groups)
        looks = measure_sharpness(looks, rows, images, store=store, on_progress=progress.show_find, cancel=cancel)
    facts = keeper_facts(images, looks, sorted({row for group in groups for row in group.rows}), corrected)
    return propose_all(groups, facts, options.keep), facts


# --- what is printed


def _lines(proposals: Sequence[Proposal], facts: dict[int, KeeperFacts]) -> Iterator[str]:
    for proposal in proposals:
        group = proposal.group
        yield f"{_TITLES[group.kind]}: {len(group.rows)} pictures{_why(proposal.reasons)}"
        for row in (proposal.keeper, *proposal.others):
            mark = "keep" if row == proposal.keeper else "    "
            yield f"  {mark}  {printable(str(facts[row].path))}  ({_details(facts[row])})"


_TITLES = {
    Kind.EXACT: "Exact copies",
    Kind.SAME: "The same picture",
    Kind.BURST: "Burst",
    Kind.SIMILAR: "Similar pictures",
}


def _why(reasons: Sequence[KeeperRule]) -> str:
    return f", keep the one that is: {', '.join(rule.value for rule in reasons)}" if reasons else ""


def _details(facts: KeeperFacts) -> str:
    parts = [f"{facts.width} × {facts.height}", f"{facts.size_bytes / 1e6:,.2f} MB", _taken(facts)]
    if facts.sharpness is not None:
        parts.append(f"sharpness {facts.sharpness:.1f}")
    if facts.companions:
        parts.append(f"with {', '.join(map(printable, facts.companions))}")
    return ", ".join(part for part in parts if part)


def _taken(facts: KeeperFacts) -> str:
    return "" if facts.taken_s is None else time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(facts.taken_s))


def _write_csv(path: Path, proposals: Sequence[Proposal], facts: dict[int, KeeperFacts]) -> None:
    """Write one row for each picture in a group. Raises ExportError."""
    with replace_atomically(path) as stream:
        writer = CsvWriter(stream)
        writer.write_row(
            ("filepath", "group", "kind", "keep", "reason", "width", "height", "bytes", "taken", "sharpness")
        )
        for number, proposal in enumerate(proposals):
            reason = "; ".join(proposal.reasons)
            for row in (proposal.keeper, *proposal.others):
                one, is_keeper = facts[row], row == proposal.keeper
                keep = ("yes", reason) if is_keeper else ("no", "")
                sizes = (str(one.width), str(one.height), str(one.size_bytes))
                sharpness = "" if one.sharpness is None else f"{one.sharpness:.2f}"
                kind = proposal.group.kind.value
                row_texts = (neutralise(str(one.path)), str(number + 1), kind, *keep, *sizes, _taken(one), sharpness)
                writer.write_row(row_texts)


# --- options

#: The kinds by what the person types.
_KINDS = {kind.name.lower(): kind for kind in Kind}


def _kinds(text: str) -> frozenset[Kind]:
    names = [name.strip().lower() for name in text.split(",")]
    if unknown := next((name for name in names if name not in _KINDS), None):
        raise argparse.ArgumentTypeError(f"there is no kind “{unknown}”; use {', '.join(_KINDS)}")
    return frozenset(_KINDS[name] for name in names)


def _rules(text: str) -> tuple[KeeperRule, ...]:
    known = {rule.name.lower(): rule for rule in KeeperRule}
    names = [name.strip().lower() for name in text.split(",")]
    if unknown := next((name for name in names if name not in known), None):
        raise argparse.ArgumentTypeError(f"there is no rule “{unknown}”; use {', '.join(known)}")
    return tuple(known[name] for name in names)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 86_400:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 86400")
    return value
