"""Texts about sorting that its views and commands share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clipdesk.core.sorting.steps import Action, Reason, Skipped
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import pictures_text


def files_text(count: int) -> str:
    """Return “1 file” or “3,214 files”."""
    return tr("%Ln file(s)", "", count)


def folders_text(count: int) -> str:
    """Return “1 folder” or “12 folders”."""
    return tr("%Ln folder(s)", "", count)


def sort_text(action: Action, pictures: int, folders: int) -> str:
    """Return what a button will do, such as “Move 312 pictures into 5 folders”; just “Move” without pictures."""
    if not pictures:
        verbs = {Action.COPY: tr("Copy"), Action.MOVE: tr("Move")}
        return verbs.get(action, tr("Link"))
    form = {
        Action.COPY: tr("Copy {pictures} into {folders}"),
        Action.MOVE: tr("Move {pictures} into {folders}"),
        Action.HARD_LINK: tr("Link {pictures} into {folders}"),
        Action.SYMBOLIC_LINK: tr("Link {pictures} into {folders}"),
    }[action]
    return form.format(pictures=pictures_text(pictures), folders=folders_text(folders))


def sorted_text(action: Action, files: int, folders: Sequence[Path] = ()) -> str:
    """Return what a sort has done, such as “312 files moved into 5 folders.”"""
    if not folders:
        form = {
            Action.COPY: tr("{files} copied."),
            Action.MOVE: tr("{files} moved."),
            Action.HARD_LINK: tr("{files} linked."),
            Action.SYMBOLIC_LINK: tr("{files} linked."),
        }[action]
        return form.format(files=files_text(files))
    form = {
        Action.COPY: tr("{files} copied into {folders}."),
        Action.MOVE: tr("{files} moved into {folders}."),
        Action.HARD_LINK: tr("{files} linked into {folders}."),
        Action.SYMBOLIC_LINK: tr("{files} linked into {folders}."),
    }[action]
    into = tr("“{folder}”").format(folder=folders[0].name) if len(folders) == 1 else folders_text(len(folders))
    return form.format(files=files_text(files), folders=into)


def running_text(action: Action) -> str:
    """Return what a running sort does, for the job bar."""
    return {
        Action.COPY: tr("Copying"),
        Action.MOVE: tr("Moving"),
        Action.HARD_LINK: tr("Linking"),
        Action.SYMBOLIC_LINK: tr("Linking"),
    }[action]


def undone_text(files: int) -> str:
    """Return what an undo has done, such as “312 files taken back.”"""
    return tr("{files} taken back.").format(files=files_text(files))


def skipped_text(skipped: Sequence[Skipped]) -> str:
    """Return how many files were left alone, and why the first one was; empty if there are none."""
    if not skipped:
        return ""
    first = skipped[0]
    why = translated(first.detail) or reason_text(first.reason)
    if len(skipped) == 1:
        form = tr("{files} left alone: {name} ({reason})")
    else:
        form = tr("{files} left alone, the first one because of: {name} ({reason})")
    return form.format(files=files_text(len(skipped)), name=first.path.name, reason=why)


def reason_text(reason: Reason) -> str:
    """Return why a file stays, or goes where it goes, for a table."""
    return {
        Reason.LABEL: tr("Its label"),
        Reason.UNSURE: tr("Unsure"),
        Reason.NONE: tr("None of the labels fits"),
        Reason.BY_HAND: tr("Chosen by hand"),
        Reason.COMPANION: tr("Belongs to its picture"),
        Reason.NO_FOLDER: tr("Its label has no folder"),
        Reason.NOT_LABELLED: tr("Not labelled yet"),
        Reason.UNREADABLE: tr("Can't be read"),
        Reason.LOW_PROBABILITY: tr("Not probable enough"),
        Reason.LOW_MARGIN: tr("Margin too small"),
        Reason.UNTICKED: tr("Left out"),
        Reason.ALREADY_THERE: tr("Already in that folder"),
        Reason.SAME_CONTENT: tr("The same picture is there already"),
        Reason.AMBIGUOUS_COMPANION: tr("Belongs to several pictures"),
        Reason.CHANGED: tr("Changed since it was labelled"),
        Reason.GONE: tr("No longer there"),
        Reason.NOT_ALLOWED: tr("Access refused"),
        Reason.FAILED: tr("Failed"),
    }.get(reason, reason.value)
