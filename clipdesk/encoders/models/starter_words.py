"""The words that the built-in starter model was taught. Of any other it knows nothing, and answers all the same."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

from clipdesk.encoders.models.catalog import starter_folder

#: Beside the weights: one word a line, lower case.
WORDS_NAME = "words.txt"


def words_of(text: str) -> list[str]:
    """The words of a text, folded to lower case: runs of letters and accents; digits and signs are none."""
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text).casefold())


def unknown_words(texts: Iterable[str]) -> tuple[str, ...]:
    """The words in these texts that the starter model was not taught, each once; none when its list is missing."""
    known = _known_words()
    if not known:
        return ()
    return tuple(dict.fromkeys(word for text in texts for word in words_of(text) if word not in known))


@functools.cache
def _known_words() -> frozenset[str]:
    try:
        return frozenset((starter_folder() / WORDS_NAME).read_text(encoding="utf-8").split())
    except OSError:
        return frozenset()
