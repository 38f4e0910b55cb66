"""What the gallery says about a picture, and about a group."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

from clipdesk.core.desk.decisions import Source, Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.groups import Group
from clipdesk.core.find.ranking import Ranking
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.theme import label_color
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.session.match_words import MatchWords
from clipdesk.gui.session.verdict import color_of

#: The shape before a label, different for each status.
Mark = Literal["dot", "ring", "tick", "diamond", "hollow diamond", "crossed", "warning", "dots", "lens"]


class Caption(NamedTuple):
    """The two lines below a picture: `mark`, `label` and `number`, then `word` and `name`.

    `word` is the status in words, empty for a label that the scores are sure of. `color` is that of the label as
    #RRGGBB, or empty.
    """

    mark: Mark
    color: str
    label: str
    number: str
    word: str
    name: str
    is_missing: bool = False


_OF_STATUS: dict[int, Mark] = {int(Status.NONE): "crossed", int(Status.ERROR): "warning", int(Status.WAITING): "dots"}
_UNSURE, _USER, _TAUGHT = int(Status.UNSURE), int(Source.USER), int(Source.TAUGHT)


class Captions:
    """Reads the captions from the desk."""

    def __init__(self, desk: Desk, ranking: Callable[[], Ranking | None] = lambda: None) -> None:
        """`ranking` returns the search that is shown."""
        self._desk, self._ranking = desk, ranking
        self._match_words = MatchWords()
        self._texts = NumberTexts()
        self._unsure, self._learned = tr("unsure"), tr("learned")
        self._by_user = (tr("by you"), tr("confirmed"))

    def of_row(self, row: int) -> Caption:
        """Return the caption of a desk row. During a search, its number is what the images are ranked by."""
        ranking = self._ranking()
        match = self._match_words.number(ranking, row) if ranking is not None else ""
        desk, decisions = self._desk, self._desk.decisions
        # Plain numbers: for a page, members of an enumeration take 2 ms more.
        status, column = decisions.status.item(row), decisions.column.item(row)
        name, is_missing = desk.images.names[row], desk.is_missing(row)
        gone = tr("file is gone") if is_missing else ""
        source = decisions.source.item(row)
        if source == _USER:
            origin = self._by_user[bool(decisions.is_confirmed.item(row))]
        else:
            origin = self._learned if source == _TAUGHT else ""
        if status in _OF_STATUS or column < 0:
            # Short, because a small cell has little room.
            text = tr("Waiting") if status == Status.WAITING and desk.label_set.labels else _status_text(desk, status)
            shape: Mark = "hollow diamond" if source == _TAUGHT else _OF_STATUS.get(status, "dots")
            if match and not desk.label_set.labels:
                text = tr("Similarity") if ranking is not None and ranking.is_by_similarity else tr("Match")
                shape = "lens"
            return Caption(shape, "", text, match, gone or origin, name, is_missing)
        mark: Mark = "dot"
        word, is_unsure = origin, status == _UNSURE
        if source == _USER:
            mark = "tick"
        elif source == _TAUGHT:
            mark = "hollow diamond" if is_unsure else "diamond"
        elif is_unsure:
            mark = "ring"
        if is_unsure:
            word = f"{self._unsure} · {origin}" if origin else self._unsure
        if match:
            number = match
        elif desk.ranks_by_similarity:
            number = self._texts.cosine(desk.scores.cosine.item(row, 0))
        else:
            number = self._texts.percent(decisions.probability.item(row))
        if gone:
            word = f"{word} · {gone}" if word else gone
        label = desk.labels[column]
        color = _color_name(label.color_index if label.color_index is not None else column, label.color)
        return Caption(mark, color, label.name, number, word, name, is_missing)

    def of_group(self, group: Group) -> Caption:
        """Return the heading of a group, with its count as `number`."""
        count = self._texts.count(group.count)
        for column, label in enumerate(self._desk.labels):
            if group.status == Status.OK and label.id == group.label:
                text = tr("Ranked by similarity to {label}").format(label=label.name) if self._ranks else label.name
                return Caption("dot", color_of(self._desk, column).name(), text, count, "", "")
        text = _status_text(self._desk, group.status)
        return Caption(_OF_STATUS.get(int(group.status), "dots"), "", text, count, "", "")

    @property
    def _ranks(self) -> bool:
        return self._desk.ranks_by_similarity


@lru_cache(maxsize=1024)
def _color_name(index: int, own: str | None) -> str:
    return label_color(index, own).name()


def _status_text(desk: Desk, status: int) -> str:
    """Return a status of pictures without a label in words."""
    if status == Status.NONE:
        return tr("None of these")
    if status == Status.ERROR:
        return tr("Can't be read")
    return tr("Not labelled yet") if desk.label_set.labels else tr("No labels yet")
