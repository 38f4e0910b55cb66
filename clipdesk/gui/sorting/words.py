"""Texts about sorting that its views and commands share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from clipdesk.core.sorting.steps import Action, Reason, Skipped
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.words import pictures_text


def files_text(count: int) -> str:
    """Return “1 file” or “3,214 files”."""
    return _tr("1 file") if count == 1 else _tr("{} files").format(QLocale().toString(count))


def folders_text(count: int) -> str:
    """Return “1 folder” or “12 folders”."""
    return _tr("1 folder") if count == 1 else _tr("{} folders").format(QLocale().toString(count))


def sort_text(action: Action, pictures: int, folders: int) -> str:
    """Return what a button will do, such as “Move 312 pictures into 5 folders”; just “Move” without pictures."""
    if not pictures:
        verbs = {Action.COPY: _tr("Copy"), Action.MOVE: _tr("Move")}
        return verbs.get(action, _tr("Link"))
    form = {
        Action.COPY: _tr("Copy {} into {}"),
        Action.MOVE: _tr("Move {} into {}"),
        Action.HARD_LINK: _tr("Link {} into {}"),
        Action.SYMBOLIC_LINK: _tr("Link {} into {}"),
    }[action]
    return form.format(pictures_text(pictures), folders_text(folders))


def sorted_text(action: Action, files: int, folders: Sequence[Path] = ()) -> str:
    """Return what a sort has done, such as “312 files moved into 5 folders.”"""
    done = {
        Action.COPY: _tr("{} copied"),
        Action.MOVE: _tr("{} moved"),
        Action.HARD_LINK: _tr("{} linked"),
        Action.SYMBOLIC_LINK: _tr("{} linked"),
    }[action].format(files_text(files))
    if not folders:
        return f"{done}."
    into = f"“{folders[0].name}”" if len(folders) == 1 else folders_text(len(folders))
    return _tr("{} into {}.").format(done, into)


def running_text(action: Action) -> str:
    """Return what a running sort does, for the job bar."""
    return {
        Action.COPY: _tr("Copying"),
        Action.MOVE: _tr("Moving"),
        Action.HARD_LINK: _tr("Linking"),
        Action.SYMBOLIC_LINK: _tr("Linking"),
    }[action]


def undone_text(files: int) -> str:
    """Return what an undo has done, such as “312 files taken back.”"""
    return _tr("{} taken back.").format(files_text(files))


def skipped_text(skipped: Sequence[Skipped]) -> str:
    """Return how many files were left alone, and why the first one was; empty if there are none."""
    if not skipped:
        return ""
    first = skipped[0]
    why = translated(first.detail) or reason_text(first.reason)
    form = _tr("{} left alone: {}") if len(skipped) == 1 else _tr("{} left alone, the first one because of: {}")
    return form.format(files_text(len(skipped)), f"{first.path.name} ({why})")


def reason_text(reason: Reason) -> str:
    """Return why a file stays, or goes where it goes, for a table."""
    return {
        Reason.LABEL: _tr("Its label"),
        Reason.UNSURE: _tr("Unsure"),
        Reason.NONE: _tr("None of the labels fits"),
        Reason.BY_HAND: _tr("Chosen by hand"),
        Reason.COMPANION: _tr("Belongs to its picture"),
        Reason.NO_FOLDER: _tr("Its label has no folder"),
        Reason.NOT_LABELLED: _tr("Not labelled yet"),
        Reason.UNREADABLE: _tr("Can't be read"),
        Reason.LOW_PROBABILITY: _tr("Not probable enough"),
        Reason.LOW_MARGIN: _tr("Margin too small"),
        Reason.UNTICKED: _tr("Left out"),
        Reason.ALREADY_THERE: _tr("Already in that folder"),
        Reason.SAME_CONTENT: _tr("The same picture is there already"),
        Reason.AMBIGUOUS_COMPANION: _tr("Belongs to several pictures"),
        Reason.CHANGED: _tr("Changed since it was labelled"),
        Reason.GONE: _tr("No longer there"),
        Reason.NOT_ALLOWED: _tr("Access refused"),
        Reason.FAILED: _tr("Failed"),
    }.get(reason, reason.value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("sorting", text)
