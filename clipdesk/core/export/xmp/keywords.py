"""Labels as keywords below a root, in the forms that photo programs read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from clipdesk.core.errors import ExportError
from clipdesk.core.messages import message

DEFAULT_ROOT = "ClipDesk"

#: Characters that XML 1.0 cannot hold, not even escaped (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: The separators of a hierarchy, and what stands for them inside a keyword.
_STAND_INS = str.maketrans({"|": "¦", "/": "∕"})


@dataclass(frozen=True)
class RootKeyword:
    """The keyword above those that ClipDesk writes, by which it finds them again. It may have parents of its own.

    >>> RootKeyword.parse("Photos|ClipDesk").lightroom("dog"), RootKeyword.parse("ClipDesk").digikam("dog")
    ('Photos|ClipDesk|dog', 'ClipDesk/dog')
    """

    parts: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> RootKeyword:
        """Parse names separated by `|` or `/`. Raises ExportError if there are none."""
        parts = tuple(part for name in re.split(r"[|/]", text) if (part := keyword_of(name)))
        if not parts:
            raise ExportError(message("core", "The keyword above the labels is empty. Enter a name, such as ClipDesk."))
        return cls(parts)

    def lightroom(self, keyword: str) -> str:
        """Return the keyword with all above it, as in `lr:hierarchicalSubject`."""
        return "|".join((*self.parts, keyword))

    def digikam(self, keyword: str) -> str:
        """Return the keyword with all above it, as in `digiKam:TagsList`."""
        return "/".join((*self.parts, keyword))

    def own_keyword(self, parts: tuple[str, ...]) -> str | None:
        """Return the last of these parts if the others are the root, otherwise None."""
        return parts[-1] if parts[:-1] == self.parts else None


def keyword_of(name: str) -> str:
    """Return a label's name as a keyword on one line, in NFC. Empty if nothing of the name can be written in XML.

    `|` and `/` separate the levels of a hierarchy, so the similar characters `¦` and `∕` stand for them.
    """
    text = unicodedata.normalize("NFC", _NOT_XML.sub("", name)).translate(_STAND_INS)
    return " ".join(text.split())
