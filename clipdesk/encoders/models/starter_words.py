"""The words that the built-in starter model was taught. It scores other words too, but without knowing them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from clipdesk.encoders.models.catalog import starter_folder

#: Next to the weights: one lower-case word per line.
WORDS_NAME = "words.txt"


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case. A word is a run of letters, accents included.

    >>> words_of("2 Cafés, 1 dog")
    ['cafés', 'dog']
    """
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text).casefold())


def unknown_words(texts: Iterable[str], words_path: Path | None = None) -> tuple[str, ...]:
    """Return the words in these texts that the starter model was not taught, each once.

    `words_path` is the list of words that it was taught; by default the starter's own. Without that file, no word
    counts as unknown.
    """
    known = _known_words(words_path or starter_folder() / WORDS_NAME)
    if not known:
        return ()
    return tuple(dict.fromkeys(word for text in texts for word in words_of(text) if word not in known))


@functools.cache
def _known_words(path: Path) -> frozenset[str]:
    try:
        return frozenset(path.read_text(encoding="utf-8").split())
    except OSError:
        return frozenset()
