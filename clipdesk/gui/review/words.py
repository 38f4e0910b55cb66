"""What a review says so far, in words."""

from __future__ import annotations

import math

from PySide6.QtCore import QLocale

from clipdesk.core.teaching.review import LOOK_EVERY, ErrorRange
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import pictures_text


def looked_text(found: ErrorRange, unsure: int = 0) -> str:
    """Return how many pictures were looked at, and how often their automatic label was right."""
    if not found.reviewed:
        return tr("No picture looked at yet.")
    text = tr("{pictures} looked at. The automatic label was right for {right}.").format(
        pictures=pictures_text(found.reviewed), right=_number(found.right)
    )
    if unsure:
        text += " " + tr("{count} unsure, taken as wrong.").format(count=_number(unsure))
    return text


def wrong_text(found: ErrorRange, settled: int = 0) -> str:
    """Return how many labels of all pictures are wrong now, such as “About 12 of 1,000 wrong (5 to 21)”.

    Those that were looked at are right by now, and so are `settled` pictures that were labelled outside this round.
    """
    total = found.reviewed + found.unreviewed + settled
    if not found.unreviewed:
        return tr("All {pictures} looked at").format(pictures=pictures_text(total))
    return tr("About {wrong} of {total} wrong ({range})").format(
        wrong=_number(round(found.wrong)), total=_number(total), range=range_text(found)
    )


def range_text(found: ErrorRange) -> str:
    """Return the range of the wrong ones, such as “5 to 21”, rounded outwards."""
    return tr("{low} to {high}").format(
        low=_number(math.floor(found.low)), high=_number(min(math.ceil(found.high), found.unreviewed))
    )


def enough_text(found: ErrorRange, last_look: ErrorRange, target: float) -> str:
    """Return whether it is enough for at most `target` (0…1) of the labels to be wrong."""
    share = _percent(target)
    if not found.unreviewed:
        return tr("There is nothing left to look at.")
    if last_look.reviewed and last_look.is_enough(target):
        return tr("That is enough: at most {percent} of the others are wrong, as far as this sample can tell.").format(
            percent=share
        )
    after = (found.reviewed // LOOK_EVERY + 1) * LOOK_EVERY
    return tr("Not enough yet to say that at most {share} are wrong. Next look after {count} answers.").format(
        share=share, count=_number(min(after, found.reviewed + found.unreviewed))
    )


def doubtful_text(reviewed: int, right: int) -> str:
    """Return how many pictures were looked at in the order of doubt, and that this says nothing about the rest."""
    text = tr("The most doubtful pictures come first: wrong labels are found fastest, but the rest is not estimated.")
    if not reviewed:
        return text
    done = tr("{pictures} looked at. The automatic label was right for {right}.").format(
        pictures=pictures_text(reviewed), right=_number(right)
    )
    return f"{done} {text}"


def changed_text(changed: int, outside: int, beside: int = 0) -> str:
    """Return what the round does not cover, or "" if it covers everything."""
    parts = []
    if changed:
        text = tr("{pictures} got another label since this round began. The figures are about the labels as they were.")
        parts.append(text.format(pictures=pictures_text(changed)))
    if beside:
        text = tr("You labelled {pictures} of this round before their turn. A new round estimates only the rest.")
        parts.append(text.format(pictures=pictures_text(beside)))
    if outside:
        parts.append(tr("{pictures} not in this round.").format(pictures=pictures_text(outside)))
    return " ".join(parts)


def _number(count: int) -> str:
    return QLocale().toString(count)


def _percent(share: float) -> str:
    percent = round(share * 100, 1)
    number = QLocale().toString(percent, "f", 0 if percent == int(percent) else 1)
    return tr("{percent} %").format(percent=number)
