"""`clipdesk sort`: label pictures, then put them into folders."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from clipdesk.cli.scored_desk import chosen_labels, problem_with_inputs, score_pictures
from clipdesk.cli.sorting_report import opened_journal, report_recovered, report_sort
from clipdesk.cli.table import printable
from clipdesk.cli.terminal import WRONG_ARGUMENTS, ProgressLine, fail, interrupt_sets, put_out, tell
from clipdesk.core.errors import ExportError, LabelError
from clipdesk.core.files import check_writable
from clipdesk.core.labels.label_set import LabelId, LabelSet
from clipdesk.core.sorting.apply import apply_plan
from clipdesk.core.sorting.candidates import desk_candidates
from clipdesk.core.sorting.plan import make_plan
from clipdesk.core.sorting.plan_summary import summarize
from clipdesk.core.sorting.plan_table import write_plan
from clipdesk.core.sorting.rules import SameContent, SortingRules
from clipdesk.core.sorting.steps import Action, Plan, Reason

#: What --unsure and --none say instead of a folder.
STAY = "stay"
_MOST_LISTED = 10
_PLANNED = {
    Action.COPY: "would be copied",
    Action.MOVE: "would be moved",
    Action.HARD_LINK: "would be linked",
    Action.SYMBOLIC_LINK: "would be linked",
}


def run_sort(options: argparse.Namespace) -> int:
    """Label the pictures, plan where they go, and carry the plan out unless this is a dry run."""
    label_set = chosen_labels(options)
    problem = problem_with_inputs(options) or _problem_with_plan_file(options)
    if problem:
        return fail(problem, WRONG_ARGUMENTS)
    rules = _rules(options, label_set)
    with interrupt_sets() as cancel, opened_journal() as journal:
        if not options.dry_run:
            report_recovered(journal)
        scored = score_pictures(options, label_set, cancel)
        code = scored.report()
        if scored.failure or scored.was_interrupted:
            tell("Nothing was sorted.")
            return code
        plan = make_plan(desk_candidates(scored.desk), rules, cancel=cancel)
        put_out(plan_lines(plan))
        if options.plan is not None:
            write_plan(options.plan, plan)
        if plan.problems:
            return fail(" ".join(plan.problems))
        if options.dry_run:
            return code
        progress = ProgressLine()
        report = apply_plan(
            plan,
            journal,
            on_progress=lambda done: progress.show(done.files, done.all_files, unit="files"),
            should_stop=cancel.is_set,
        )
        progress.end()
    return report_sort(report) or code


def _problem_with_plan_file(options: argparse.Namespace) -> str:
    """Return what is wrong with the path of the plan's CSV file, or an empty string."""
    if options.plan is None:
        return ""
    if os.path.isdir(options.plan):  # noqa: PTH112 - Path.is_dir raises if a name is too long
        return f"“{options.plan}” is a folder. Name a file in it."
    try:
        check_writable(options.plan)
    except ExportError as error:
        return str(error)
    return ""


def _rules(options: argparse.Namespace, label_set: LabelSet) -> SortingRules:
    return SortingRules(
        root=Path(os.path.abspath(options.into)),  # noqa: PTH100 - Path.absolute keeps “..”
        action=_action(options),
        folder_of=_folders(options.folder, label_set),
        min_probability=options.min_probability,
        min_margin=options.min_margin,
        unsure=_folder(options.unsure),
        none=_folder(options.none),
        keep_tree=options.keep_tree,
        bases=tuple(Path(os.path.abspath(path)) for path in options.paths if path.is_dir()),  # noqa: PTH100
        same_content=SameContent.NUMBER if options.keep_duplicates else SameContent.SKIP,
        with_companions=not options.no_companions,
    )


def _action(options: argparse.Namespace) -> Action:
    if options.move:
        return Action.MOVE
    return Action(options.link) if options.link else Action.COPY


def _folder(text: str) -> Path | None:
    return None if text == STAY else Path(text).expanduser()


def _folders(texts: list[str], label_set: LabelSet) -> dict[LabelId, Path | None]:
    """Return the folders of labels named as LABEL=FOLDER. Raises LabelError."""
    ids = {label.name: label.id for label in label_set.labels}
    folders: dict[LabelId, Path | None] = {}
    for text in texts:
        name, found, folder = text.partition("=")
        if not found or not folder.strip():
            raise LabelError(f"“{text}” does not name a folder. Write --folder LABEL=FOLDER, or LABEL={STAY}.")
        if name.strip() not in ids:
            raise LabelError(f"There is no label “{name.strip()}” for --folder {text}.")
        folders[ids[name.strip()]] = _folder(folder.strip())
    return folders


def plan_lines(plan: Plan) -> Iterator[str]:
    """Yield a summary of a plan: files and bytes by folder, name clashes, companions, and what stays."""
    summary = summarize(plan)
    yield f"{_pictures(summary.images)} {_PLANNED[plan.action]} into {printable(str(plan.root))}:"
    for one in summary.folders:
        name = one.folder.relative_to(plan.root) if one.folder.is_relative_to(plan.root) else one.folder
        yield f"  {printable(str(name))}: {_pictures(one.images)}, {one.size_bytes / 1e6:,.1f} MB"
    if summary.companions:
        yield f"Companions that go with their picture: {summary.companions:,}"
    if summary.clashes:
        yield f"Names that are taken: {len(summary.clashes):,}"
        for place in summary.clashes[:_MOST_LISTED]:
            step = plan.steps[place]
            yield f"  {printable(str(step.source))} → {printable(step.target.name)}"
        if len(summary.clashes) > _MOST_LISTED:
            yield f"  and {len(summary.clashes) - _MOST_LISTED:,} more"
    if plan.stays:
        yield f"Files that stay: {len(plan.stays):,}"
    for reason, stays in summary.stays.items():
        yield f"  {reason.value}: {len(stays):,}"
        if reason in _LISTED:
            for stay in stays[:_MOST_LISTED]:
                yield f"    {printable(str(stay.path))}{': ' if stay.detail else ''}{printable(stay.detail)}"


#: Reasons to stay that the person can do something about: these files are named.
_LISTED = frozenset(
    {Reason.AMBIGUOUS_COMPANION, Reason.CHANGED, Reason.GONE, Reason.NOT_ALLOWED, Reason.SAME_CONTENT, Reason.FAILED}
)


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count:,} pictures"
