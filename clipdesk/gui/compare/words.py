"""What a comparison says, in words."""

from __future__ import annotations

import string
from collections.abc import Sequence

from clipdesk.core.compare.evidence import Outcome, Verdict
from clipdesk.core.compare.wordings import Agreement
from clipdesk.core.desk.comparison import Wording
from clipdesk.core.labels.label_set import PLAIN_TEMPLATE, TEMPLATE_PRESETS
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import pictures_text

#: Groups whose scatter differs by less than this share look alike.
_LEAST_SCATTER = 0.01


def side_name(place: int) -> str:
    """Return A for the first wording, B for the second, and so on; A2 after Z."""
    rounds, letter = divmod(place, 26)
    return string.ascii_uppercase[letter] + (str(rounds + 1) if rounds else "")


def prompts_text(wording: Wording, name: str) -> str:
    """Return the prompts of a wording in one line; the label's name stands for none."""
    return " · ".join(wording.prompts or (name,))


def templates_text(templates: Sequence[str]) -> str:
    """Return the name of a ready list of templates, or the templates in one line."""
    for title, preset in TEMPLATE_PRESETS.items():
        if tuple(templates) == preset:
            return tr("As typed") if preset == (PLAIN_TEMPLATE,) else title
    return " · ".join(templates)


def agreement_text(agreement: Agreement) -> str:
    """Return how many images both wordings label alike, and how many not."""
    differing, total = len(agreement.differing), agreement.agreeing + len(agreement.differing)
    if not total:
        return tr("No pictures are scored yet.")
    if not differing:
        return tr("Both label all {pictures} alike.").format(pictures=pictures_text(total))
    # Rounded down, so that “100 %” is never said beside a difference.
    share = tr("{percent} % the same").format(percent=int(agreement.share * 100))
    return tr("{share} · {differing} of {total} differ").format(
        share=share, differing=_count(differing), total=pictures_text(total)
    )


def verdict_text(verdict: Verdict, a: str, b: str, left: int) -> str:
    """Return what the answers say, in words; empty without any answer.

    `a` and `b` are the names of the wordings. `left` images can still be judged.
    """
    counts = {"a": a, "b": b, "right_a": _count(verdict.a), "right_b": _count(verdict.b)}
    counts |= {"decided": _count(verdict.decided), "neither": _count(verdict.neither)}
    match verdict.outcome:
        case Outcome.B_BETTER:
            text = tr("{b} is right in {right_b} of {decided}. That is very unlikely to be chance.")
        case Outcome.A_BETTER:
            text = tr("{a} is right in {right_a} of {decided}. That is very unlikely to be chance.")
        case Outcome.NO_CLEAR_DIFFERENCE:
            text = tr("No clear difference: {a} is right in {right_a} and {b} in {right_b} of {decided}.")
        case Outcome.ALL_JUDGED:
            if not verdict.decided and not verdict.neither:
                return ""
            text = tr("All judged: {a} is right in {right_a}, {b} in {right_b}, neither in {neither}.")
        case Outcome.OPEN:
            return _open_text(verdict, left)
    return text.format(**counts)


def _open_text(verdict: Verdict, left: int) -> str:
    if not verdict.decided:
        return tr("No difference yet: neither was right so far.") if verdict.neither else ""
    if verdict.more is not None and verdict.more <= left:
        return tr("No difference yet; about %Ln more answer(s) would tell.", "", verdict.more)
    return tr("No difference yet.")


def hint_text(scatter_a: float, scatter_b: float, a: str, b: str) -> str:
    """Return the hint for judging by how clearly the pictures fall into groups. Empty if it says nothing."""
    larger = max(scatter_a, scatter_b)
    if not larger > 0:  # also NaN
        return ""
    if abs(scatter_a - scatter_b) < _LEAST_SCATTER * larger:
        return tr("Hint: both sort the pictures into equally clear groups. Judge some to find out more.")
    better = b if scatter_b > scatter_a else a
    return tr("Hint: {wording} sorts the pictures into clearer groups. Judge some to be sure.").format(wording=better)


def rank_text(groups: Sequence[Sequence[str]]) -> str:
    """Return a ranking in words, from groups of names whose members cannot be told apart, the best first."""
    if len(groups) == 1:
        names = groups[0]
        if len(names) == 1:
            return ""
        return tr("{wordings} cannot be told apart on these pictures.").format(wordings=names_text(names))
    parts = [tr("Best: {wordings}").format(wordings=names_text(groups[0]))]
    parts += [tr("then {wordings}").format(wordings=names_text(group)) for group in groups[1:]]
    together = [
        tr("{wordings} cannot be told apart.").format(wordings=names_text(group)) for group in groups if len(group) > 1
    ]
    return " ".join(["; ".join(parts) + ".", *together])


def names_text(names: Sequence[str]) -> str:
    """Return “A”, “A and B”, or “A, B and C”."""
    if len(names) < 2:
        return "".join(names)
    return tr("{others} and {last}").format(others=", ".join(names[:-1]), last=names[-1])


def progress_text(answers: int, left: int) -> str:
    """Return how many answers there are, and how many images can still be judged."""
    said = tr("%Ln answer(s)", "", answers)
    return tr("{answers} · {pictures} left").format(answers=said, pictures=pictures_text(left))


def earlier_text(count: int) -> str:
    """Return the switch for images that were labelled by hand before."""
    return tr("Count the %Ln picture(s) I labelled before", "", count)


def _count(number: int) -> str:
    return NumberTexts().count(number)
