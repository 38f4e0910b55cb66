"""Sentences about duplicates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, QTimeZone

from clipdesk.core.find.duplicates import Kind
from clipdesk.core.find.keepers import Difference, KeeperFacts, KeeperRule, Proposal
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import pictures_text, size_text
from clipdesk.gui.session.duplicate_finder import DuplicatesStage, DuplicatesState


def kind_text(kind: Kind) -> str:
    """Return the name of a kind of groups, for its tab."""
    return {
        Kind.EXACT: tr("Exact copies"),
        Kind.SAME: tr("Same picture"),
        Kind.BURST: tr("Bursts"),
        Kind.SIMILAR: tr("Similar"),
    }[kind]


def heading_text(kind: Kind) -> str:
    """Return what the groups of a kind have in common."""
    return {
        Kind.EXACT: tr("The files are the same, byte for byte."),
        Kind.SAME: tr("The same picture, but resized, recompressed, cropped a little or edited a little."),
        Kind.BURST: tr("Similar pictures, taken within seconds of each other."),
        Kind.SIMILAR: tr("Pictures that look alike, taken at different times."),
    }[kind]


def rule_text(rule: KeeperRule) -> str:
    """Return what makes a picture the one to keep."""
    return {
        KeeperRule.LARGEST: tr("Most pixels"),
        KeeperRule.SHARPEST: tr("Sharpest"),
        KeeperRule.OLDEST: tr("Oldest"),
        KeeperRule.NEWEST: tr("Newest"),
        KeeperRule.HEAVIEST: tr("Largest file"),
        KeeperRule.WITH_COMPANIONS: tr("Has sidecar files"),
        KeeperRule.CORRECTED: tr("Labelled by hand"),
        KeeperRule.SHORTEST_NAME: tr("Shortest name"),
    }[rule]


def rule_tip(rule: KeeperRule) -> str:
    """Return what a rule does that its name does not say; "" if nothing."""
    return {
        KeeperRule.SHARPEST: tr("Only in bursts and among similar pictures: a smaller copy looks sharper than it is"),
        KeeperRule.WITH_COMPANIONS: tr("So that a picture and its sidecar or RAW file stay together"),
        KeeperRule.SHORTEST_NAME: tr("Not “IMG_1 (2).jpg” or “Copy of IMG_1.jpg”"),
    }.get(rule, "")


def found_text(state: DuplicatesState) -> str:
    """Return the headline: how many pictures could go, and how much space they take."""
    if state.stage is not DuplicatesStage.READY:
        return tr("Which pictures do you have twice?")
    spare = {row for group in state.groups for row in group.proposal.others}
    if not spare:
        return tr("No duplicates")
    return tr("{pictures} in {groups} could go ({size})").format(
        pictures=pictures_text(len(spare)),
        groups=tr("%Ln group(s)", "", len(state.groups)),
        size=size_text(sum(state.facts[row].size_bytes for row in spare)),
    )


def message_text(state: DuplicatesState) -> str:
    """Return what is shown instead of groups: what happens at the moment, or what the person can do."""
    match state.stage:
        case DuplicatesStage.NO_PICTURES:
            return tr("Drop a folder of pictures on the window; its duplicates then appear here. You need no labels.")
        case DuplicatesStage.READING:
            return tr("Reading the pictures: {done} of {total}. The duplicates then appear here.").format(
                done=QLocale().toString(state.progress.done), total=QLocale().toString(state.progress.total)
            )
        case DuplicatesStage.COMPARING:
            return _progress_text(state.progress.stage)
        case DuplicatesStage.STOPPED:
            return tr("The search was stopped.")
        case DuplicatesStage.FAILED:
            return translated(state.problem)
        case DuplicatesStage.READY:
            return tr("No picture is here twice, and none looks much like another.")


def _progress_text(stage: str) -> str:
    match stage:
        case "Looking at pictures":
            return tr("Looking at the pictures…")
        case "Comparing pictures":
            return tr("Comparing the pictures…")
        case "Measuring sharpness":
            return tr("Measuring how sharp the pictures are…")
    return tr("Looking for duplicates…")


def note_text(state: DuplicatesState) -> str:
    """Return what is missing in what was found; empty if nothing is."""
    if state.stage is not DuplicatesStage.READY:
        return ""
    if not state.has_model:
        return tr("Only exact copies were looked for. For the others, choose a model in the model box of the window.")
    if not state.new_images:
        return ""
    return tr("{pictures} came or were read since.").format(pictures=pictures_text(state.new_images))


def group_text(proposal: Proposal, found: Sequence[Difference]) -> str:
    """Return by which rules the keeper was proposed, and in what the pictures of a group differ."""
    sentences: list[str] = []
    if proposal.reasons:
        rules = tr(", ").join(map(_reason_text, proposal.reasons))
        sentences.append(tr("Proposed to keep: {rules}.").format(rules=rules))
    # The names are below the pictures.
    if telling := [one for one in found if one is not Difference.NAME]:
        differences = tr(", ").join(map(_difference_text, telling))
        sentences.append(tr("The pictures differ in: {differences}.").format(differences=differences))
    return " ".join(sentences)


def _reason_text(rule: KeeperRule) -> str:
    return {
        KeeperRule.LARGEST: tr("the one with the most pixels"),
        KeeperRule.SHARPEST: tr("the sharpest"),
        KeeperRule.OLDEST: tr("the oldest"),
        KeeperRule.NEWEST: tr("the newest"),
        KeeperRule.HEAVIEST: tr("the largest file"),
        KeeperRule.WITH_COMPANIONS: tr("the one with sidecar files"),
        KeeperRule.CORRECTED: tr("the one labelled by hand"),
        KeeperRule.SHORTEST_NAME: tr("the one with the shortest name"),
    }[rule]


def _difference_text(difference: Difference) -> str:
    return {
        Difference.PIXELS: tr("size in pixels"),
        Difference.BYTES: tr("file size"),
        Difference.FORMAT: tr("format"),
        Difference.NAME: tr("name"),
        Difference.FOLDER: tr("folder"),
        Difference.TAKEN: tr("time taken"),
        Difference.MODIFIED: tr("time changed"),
        Difference.SHARPNESS: tr("sharpness"),
        Difference.COMPANIONS: tr("sidecar files"),
    }[difference]


def facts_texts(facts: KeeperFacts, all_facts: Sequence[KeeperFacts], found: Sequence[Difference]) -> tuple[str, ...]:
    """Return lines about one picture of a group: sizes and format, the time, and what sets it apart besides."""
    pixels = tr("{width} × {height}").format(width=facts.width, height=facts.height)
    apart: list[str] = []
    if Difference.SHARPNESS in found and facts.sharpness is not None:
        best = max(one.sharpness for one in all_facts if one.sharpness is not None)
        apart.append(tr("sharpest") if facts.sharpness == best else tr("less sharp"))
    if facts.companions:
        apart.append(tr("with {names}").format(names=tr(", ").join(facts.companions)))
    if facts.is_corrected:
        apart.append(tr("labelled by hand"))
    if Difference.FOLDER in found:
        apart.append(tr("in {folder}").format(folder=facts.path.parent.name or str(facts.path.parent)))
    dot = " · "
    file_format = facts.path.suffix.removeprefix(".").upper()
    lines = (
        dot.join(part for part in (pixels, size_text(facts.size_bytes)) if part),
        dot.join(part for part in (file_format, _time_text(facts)) if part),
        dot.join(apart),
    )
    return tuple(line for line in lines if line)


def _time_text(facts: KeeperFacts) -> str:
    if facts.taken_s is None:
        changed = QDateTime.fromSecsSinceEpoch(int(facts.modified_s))
        return tr("changed {time}").format(time=QLocale().toString(changed.date(), QLocale.FormatType.ShortFormat))
    # Cameras write the time on their clock, without its zone.
    taken = QDateTime.fromSecsSinceEpoch(int(facts.taken_s), QTimeZone(QTimeZone.Initialization.UTC))
    return QLocale().toString(taken, QLocale.FormatType.ShortFormat)
