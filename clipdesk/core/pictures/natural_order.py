"""The natural order of file names: the one in which images come onto the desk and in which *Name* sorts them."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = re.compile(r"\d+")


def natural_key(name: str) -> bytes:
    """Return a key that sorts names as a person reads them: `img2` before `img10`, `Éclair` beside `eclair2`.

    Ignores case, accents and leading zeros, and compares numbers by value, in digits of any script. Names that differ
    in nothing else have equal keys. Keys compare as bytes, so that numpy can sort an array of them.
    """
    text = name
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _DIGITS.sub(_number_key, text.casefold()).encode("utf-8", "surrogatepass")


def total_order_key(name: str) -> tuple[bytes, str]:
    """Return `natural_key` with the name itself as the tie-break: different names never have equal keys."""
    return natural_key(name), name


def _number_key(match: re.Match[str]) -> str:
    """Return a number's digits behind their count, because the number with more digits is the greater one."""
    digits = match[0]
    if not digits.isascii():
        digits = "".join(str(unicodedata.decimal(digit)) for digit in digits)
    digits = digits.lstrip("0")
    return f"{len(digits):03d}{digits}"
