"""Find XML elements in a file by their byte positions, so that a change leaves every other byte as it is.

A tree that is parsed and written again would lose what other programs rely on: the `<?xpacket?>` around XMP, comments,
prefixes and line breaks.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from clipdesk.core.errors import SidecarError
from clipdesk.core.messages import message

_SPACE = b" \t\r\n"
_TAG_NAME = re.compile(rb"<([^\s/>]+)")
#: An attribute's value may contain `>`.
_START_TAG = re.compile(rb"<(?>[^\"'>]+|\"[^\"]*\"|'[^']*')*>")
_LAST_LINE = re.compile(rb"\r?\n[ \t]*\Z")
_DECLARED = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']")
#: UTF-32 before UTF-16, whose mark it begins with.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(eq=False)
class Element:
    """An element of an XML text in UTF-8. `name` is “namespace local”, and so are the keys of `attributes`.

    It takes the bytes `start` to `end` of `source`, and its content `inner_start` to `inner_end`. `text` is its direct
    text.
    """

    source: bytes
    name: str
    attributes: dict[str, str]
    parent: Element | None
    start: int
    inner_start: int
    inner_end: int = 0
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    @property
    def tag(self) -> bytes:
        """The name as it is written, with its prefix."""
        found = _TAG_NAME.match(self.source, self.start)
        assert found is not None
        return found[1]

    @property
    def prefix(self) -> bytes:
        """The prefix as it is written, with its colon; empty in the default namespace."""
        before, colon, _ = self.tag.rpartition(b":")
        return before + colon

    @property
    def is_self_closed(self) -> bool:
        """Whether it is written as `<empty/>`."""
        return self.source[self.inner_start - 2] == ord("/")

    @property
    def span(self) -> tuple[int, int]:
        """The bytes that disappear with the element: the space before it, too."""
        start = self.start
        while self.source[start - 1] in _SPACE:
            start -= 1
        return start, self.end

    @property
    def indent(self) -> bytes:
        """The line break and the spaces before the element; empty if it stands on the line of another."""
        return line_start(self.source[: self.start])

    def is_empty_without(self, gone: Iterable[Element]) -> bool:
        """Return whether nothing but space is left in the element without these children."""
        place, rest = self.inner_start, b""
        for start, end in sorted(child.span for child in gone):
            rest += self.source[place:start]
            place = end
        return not (rest + self.source[place : self.inner_end]).strip(_SPACE)

    def with_child(self, child: bytes) -> tuple[int, int, bytes]:
        """Return the edit that appends a child, which includes the space before it."""
        if self.children:
            place = self.children[-1].end
            return place, place, child
        if self.is_self_closed:
            opened = self.source[self.start : self.end - 2].rstrip(_SPACE)
            return self.start, self.end, opened + b">" + child + b"</" + self.tag + b">"
        return self.inner_start, self.inner_start, child

    @property
    def child_indent(self) -> bytes:
        """The line break and the spaces to put before another child; empty if children stand on the same line."""
        if self.children:
            return self.children[-1].indent
        closing = b"" if self.is_self_closed else line_start(self.source[: self.inner_end])
        return closing + b" " if closing else b""


def line_start(before: bytes) -> bytes:
    """Return the line break and the spaces at the end of `before`."""
    found = _LAST_LINE.search(before, max(len(before) - 1000, 0))
    return found[0] if found else b""


Edit = tuple[int, int, bytes]


def edited(source: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the text with the bytes from the first to the second number of each edit replaced. None may overlap."""
    parts: list[bytes] = []
    place = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += source[place:start], new
        place = end
    return b"".join((*parts, source[place:]))


def parse(source: bytes) -> Element:
    """Return the root element of an XML text in UTF-8. Raises SidecarError.

    A document type is refused: with it, a small file may declare entities that expand to gigabytes, or name files to
    read. XMP has none.
    """
    # Overrides the declared encoding, which the text may have had in its file.
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    opened: list[Element] = []
    roots: list[Element] = []

    def on_start(name: str, attributes: dict[str, str]) -> None:
        start = parser.CurrentByteIndex
        parent = opened[-1] if opened else None
        element = Element(source, name, attributes, parent, start, _tag_end(source, start))
        (parent.children if parent else roots).append(element)
        opened.append(element)

    def on_end(_name: str) -> None:
        element, place = opened.pop(), parser.CurrentByteIndex  # the place of </end>
        if element.is_self_closed:
            element.inner_end = element.end = element.inner_start
        else:
            element.inner_end, element.end = place, source.index(b">", place) + 1

    def on_text(text: str) -> None:
        opened[-1].text += text

    def on_doctype(*_: object) -> None:
        raise SidecarError(message("core", "it has a document type, which XMP does not allow"))

    parser.StartElementHandler, parser.EndElementHandler = on_start, on_end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = on_text, on_doctype
    try:
        parser.Parse(source, True)
    except expat.ExpatError as error:
        raise SidecarError(message("core", "it is not well-formed XML (line {line})").of(line=error.lineno)) from error
    return roots[0]


def _tag_end(source: bytes, start: int) -> int:
    """Return the place after the start tag that begins at `start`."""
    found = _START_TAG.match(source, start)
    assert found is not None
    return found.end()


@dataclass(frozen=True)
class Encoding:
    """How the text of a file is encoded, and its byte order mark."""

    name: str = "utf-8"
    mark: bytes = b""

    @classmethod
    def of(cls, data: bytes) -> Encoding:
        """Return the encoding of an XML file: by its mark, the NUL bytes of UTF-16, or its declaration."""
        for mark, name in _MARKS:
            if data.startswith(mark):
                return cls(name, mark)
        if data[:2] in (b"<\0", b"\0<"):
            return cls("utf-16-le" if data[0] else "utf-16-be")
        declared = _DECLARED.match(data)
        return cls(declared[1].decode("ascii").lower() if declared else "utf-8")

    def to_utf8(self, data: bytes) -> bytes:
        """Decode a file. Raises SidecarError if it is not in this encoding, or cannot be restored from it."""
        data = data[len(self.mark) :]
        if self.name == "utf-8":
            return data
        try:
            text = data.decode(self.name)
            if isinstance(text, str) and text.encode(self.name) == data:
                return text.encode("utf-8")
        except (LookupError, UnicodeError):
            pass
        raise SidecarError(message("core", "its text encoding “{name}” cannot be read").of(name=self.name))

    def from_utf8(self, text: bytes) -> bytes:
        """Return a file's bytes. Characters that the encoding lacks are escaped."""
        if self.name == "utf-8":
            return self.mark + text
        return self.mark + text.decode("utf-8").encode(self.name, "xmlcharrefreplace")
