"""The words that the built-in starter model was taught. It scores other words too, but without knowing them."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from clipdesk.encoders.models.catalog import starter_folder

#: Next to the weights: one lower-case word per line.
WORDS_NAME = "words.txt"


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case: runs of letters with their accents and vowel signs.

    >>> words_of("2 Cafés, 1 dog")
    ['cafés', 'dog']
    """
    return _split(unicodedata.normalize("NFC", text).casefold(), symbols=False)


def unknown_words(texts: Iterable[str], words_path: Path | None = None) -> tuple[str, ...]:
    """Return the words and symbols such as emoji in these texts that the starter model was not taught, each once.

    `words_path` is the list of words that it was taught; by default the starter's own. Without that file, no word
    counts as unknown.
    """
    known = _known_words(words_path or starter_folder() / WORDS_NAME)
    if not known:
        return ()
    words = (word for text in texts for word in _split(unicodedata.normalize("NFC", text).casefold(), symbols=True))
    return tuple(dict.fromkeys(word for word in words if word not in known))


def _split(text: str, *, symbols: bool) -> list[str]:
    """Return the words of a text, and each symbol as a word of its own if `symbols` is set."""
    words: list[str] = []
    in_word = False
    for char in text:
        category = unicodedata.category(char)
        is_letter = category.startswith("L")
        if in_word and (is_letter or category.startswith("M")):
            words[-1] += char
        elif is_letter or (symbols and category == "So"):
            words.append(char)
            in_word = is_letter
        else:
            in_word = False
    return words


@functools.cache
def _known_words(path: Path) -> frozenset[str]:
    try:
        return frozenset(path.read_text(encoding="utf-8").split())
    except OSError:
        return frozenset()
