"""Sentences about groups."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from clipdesk.core.messages import listed
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.session.groups_state import GroupsStage, GroupsState
from clipdesk.gui.session.word_learner import WordsStage


def found_text(state: GroupsState) -> str:
    """Return the headline: how many groups there are."""
    if state.stage is not GroupsStage.READY:
        return tr("What is in these pictures?")
    if state.is_busy:
        return tr("Making groups…")
    return tr("%Ln group(s)", "", len(state.groups))


def message_text(state: GroupsState) -> str:
    """Return what is shown instead of groups: what happens at the moment, or what the person can do."""
    match state.stage:
        case GroupsStage.NO_MODEL:
            return tr("Groups need a model. Choose one in the model box of the window; the groups then appear here.")
        case GroupsStage.LOADING:
            return tr("The model is being loaded. The groups then appear here.")
        case GroupsStage.NO_PICTURES:
            return tr("Drop a folder of pictures on the window; the groups then appear here. You need no labels.")
        case GroupsStage.READING:
            return tr("Reading the pictures: {done} of {total}. The groups then appear here.").format(
                done=QLocale().toString(state.done), total=QLocale().toString(state.total)
            )
        case GroupsStage.NOT_READ:
            return tr("Too few pictures have been read. The model has to read each picture once.")
        case GroupsStage.COMPARING:
            percent = 100 * state.done // state.total if state.total else 0
            return tr("Comparing the pictures… {percent} %").format(percent=QLocale().toString(percent))
        case GroupsStage.FAILED:
            return translated(state.problem)
        case GroupsStage.READY:
            return tr("These pictures are too few, or too different, to make groups.")


def words_text(state: GroupsState) -> str:
    """Return why groups have no names yet; empty if they have."""
    match state.words:
        case WordsStage.LEARNING:
            return tr("Names follow as soon as the model has read the words that it chooses from.")
        case WordsStage.NOT_SENT:
            text = tr("To name the groups, send %Ln word(s) to {hosts} once.", "", state.missing_words)
            return text.format(hosts=translated(listed(state.hosts)))
        case WordsStage.FAILED:
            return translated(state.words_problem)
        case WordsStage.UNKNOWN | WordsStage.KNOWN:
            return ""
