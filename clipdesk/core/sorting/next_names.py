"""Names for an image and its companions when theirs have been taken since the plan was made."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

_NUMBERED = re.compile(r"(?P<stem>.+) \((?P<number>\d{1,6})\)", re.DOTALL)
_LONGEST_BYTES = 255


def next_names(names: Sequence[str]) -> Iterator[list[str]]:
    """Yield further names for an image (the first) and its companions: `a (2).jpg` with `a (2).jpg.xmp`, and so on."""
    image, *companions = names
    stem, suffix = Path(image).stem, Path(image).suffix
    match = _NUMBERED.fullmatch(stem)
    base, number = (match["stem"], int(match["number"])) if match else (stem, 1)
    rests = [_rest(image, stem, companion) for companion in companions]
    longest = max((len(os.fsencode(rest)) for _, rest in rests), default=0)
    while True:
        number += 1
        ending = f" ({number})"
        # All names of a group get the same stem, so the longest ending decides how much of it fits.
        room = _LONGEST_BYTES - len(os.fsencode(suffix)) - len(ending) - longest
        new_stem = _shortened(base, room) + ending
        yield [
            new_stem + suffix,
            *(
                {"name": new_stem + suffix + rest, "stem": new_stem + rest}.get(kind, _own(rest, ending))
                for kind, rest in rests
            ),
        ]


def _rest(image: str, stem: str, companion: str) -> tuple[str, str]:
    """Return what a companion's name begins with (the image's "name" or "stem", or "" for neither), and the rest."""
    for kind, beginning in (("name", image), ("stem", stem)):
        if companion[: len(beginning)].casefold() == beginning.casefold():
            return kind, companion[len(beginning) :]
    return "", companion


def _own(name: str, ending: str) -> str:
    path = Path(name)
    return _shortened(path.stem, _LONGEST_BYTES - len(ending) - len(os.fsencode(path.suffix))) + ending + path.suffix


def _shortened(stem: str, room: int) -> str:
    while len(stem) > 1 and len(os.fsencode(stem)) > room:
        stem = stem[:-1]
    return stem
