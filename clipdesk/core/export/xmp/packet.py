"""Merge keywords into an XMP packet.

Keywords are written three times, because programs read different properties: `dc:subject` holds the keyword alone
(nearly all programs), `lr:hierarchicalSubject` and `digiKam:TagsList` hold it with the root above it (Lightroom,
darktable, Capture One; digiKam). What has the root above it is ours: an earlier export wrote it.

`dc:subject` does not say who wrote a keyword. One of ours goes when its hierarchical forms go, unless another hierarchy
contains it, or it was there before us. That last case is recorded in a property of our own, `clipdesk:keptSubject`.

Properties that are not there yet get an `rdf:Description` of their own, which XMP allows (ISO 16684-1, 7.4): so the
existing ones stay byte for byte, and removing our keywords restores the file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from clipdesk.core.errors import SidecarError
from clipdesk.core.export.xmp.keywords import RootKeyword
from clipdesk.core.export.xmp.markup import Edit, Element, Encoding, edited, parse
from clipdesk.core.messages import message

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDF_RDF, _DESCRIPTION, _ABOUT, _LI = (f"{_RDF} {name}" for name in ("RDF", "Description", "about", "li"))
_CONTAINERS = frozenset(f"{_RDF} {name}" for name in ("Bag", "Seq", "Alt"))


@dataclass(frozen=True)
class _Property:
    prefix: str
    namespace: str
    local: str
    container: str = "Bag"

    @property
    def name(self) -> str:
        return f"{self.namespace} {self.local}"


_SUBJECT = _Property("dc", "http://purl.org/dc/elements/1.1/", "subject")
_LIGHTROOM = _Property("lr", "http://ns.adobe.com/lightroom/1.0/", "hierarchicalSubject")
_DIGIKAM = _Property("digiKam", "http://www.digikam.org/ns/1.0/", "TagsList", "Seq")
_KEPT = _Property("clipdesk", "urn:clipdesk:xmp#", "keptSubject")
_PROPERTIES = (_SUBJECT, _LIGHTROOM, _DIGIKAM, _KEPT)

#: A sidecar without properties. One that ClipDesk created is this again once its keywords are removed.
EMPTY_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="ClipDesk">\n'
    f' <rdf:RDF xmlns:rdf="{_RDF}">\n'
    " </rdf:RDF>\n"
    "</x:xmpmeta>\n"
    '<?xpacket end="w"?>\n'
).encode()


def merge_keywords(data: bytes, keywords: Sequence[str], root: RootKeyword) -> bytes:
    """Return the file with exactly these keywords below the root. Everything else stays as it is, byte for byte.

    Returns `data` itself if there is nothing to change. Raises SidecarError, whose message is half a sentence without
    the file's name, if this is no XMP, or if its keywords are stored in an unknown form.
    """
    encoding = Encoding.of(data)
    source = encoding.to_utf8(data)
    packet = _Packet.parse(source)
    changes = packet.changes(keywords, root)
    removed = edited(source, packet.removals(lambda prop, text: text in changes[prop].removed))
    if removed != source:
        packet = _Packet.parse(removed)
    added = edited(removed, packet.additions({prop: change.added for prop, change in changes.items()}))
    if added == source:
        return data
    _Packet.parse(added)  # what we write can be read again, or we do not write it
    return encoding.from_utf8(added)


@dataclass(frozen=True)
class _Change:
    """Items to remove from a property, and to add to it."""

    removed: frozenset[str]
    added: tuple[str, ...]


@dataclass(frozen=True)
class _Item:
    """An item of a property. The text is None if it is no plain text."""

    text: str | None
    element: Element


class _Packet:
    """The keywords in an XMP packet, and where they are."""

    def __init__(self, rdf: Element) -> None:
        self._rdf = rdf
        self._descriptions = [child for child in rdf.children if child.name == _DESCRIPTION]
        self._containers: dict[_Property, list[Element]] = {prop: [] for prop in _PROPERTIES}
        self._items: dict[_Property, list[_Item]] = {prop: [] for prop in _PROPERTIES}
        for prop in _PROPERTIES:
            self._read(prop)

    @classmethod
    def parse(cls, source: bytes) -> _Packet:
        """Raises SidecarError."""
        top = parse(source)
        found = [element for element in (top, *top.children) if element.name == _RDF_RDF]
        if len(found) != 1:
            raise SidecarError(message("core", "it is XML, but not XMP"))
        return cls(found[0])

    def _read(self, prop: _Property) -> None:
        for description in self._descriptions:
            if prop.name in description.attributes:
                raise _unknown_form(prop)
            for child in description.children:
                if child.name != prop.name:
                    continue
                inner = child.children
                if len(inner) != 1 or inner[0].name not in _CONTAINERS or child.text.strip():
                    raise _unknown_form(prop)
                self._containers[prop].append(inner[0])
                self._items[prop] += (_item(element) for element in inner[0].children)

    def _texts(self, prop: _Property) -> list[str]:
        return [item.text for item in self._items[prop] if item.text is not None]

    def changes(self, keywords: Sequence[str], root: RootKeyword) -> dict[_Property, _Change]:
        """Return what has to change so that exactly these keywords are below the root."""
        paths = [tuple(text.split("|")) for text in self._texts(_LIGHTROOM)]
        paths += [tuple(text.split("/")) for text in self._texts(_DIGIKAM)]
        own = {keyword for path in paths if (keyword := root.own_keyword(path)) is not None}
        elsewhere = {part for path in paths if root.own_keyword(path) is None for part in path}
        gone = own - set(keywords)
        subjects, kept = set(self._texts(_SUBJECT)), set(self._texts(_KEPT))
        kept_now = (kept - (gone - elsewhere)) | {
            keyword for keyword in keywords if keyword in subjects - own - elsewhere
        }
        return {
            _SUBJECT: self._change(_SUBJECT, gone - elsewhere - kept, keywords),
            _LIGHTROOM: self._change(_LIGHTROOM, set(map(root.lightroom, gone)), list(map(root.lightroom, keywords))),
            _DIGIKAM: self._change(_DIGIKAM, set(map(root.digikam, gone)), list(map(root.digikam, keywords))),
            _KEPT: self._change(_KEPT, kept - kept_now, sorted(kept_now)),
        }

    def _change(self, prop: _Property, gone: set[str], wanted: Sequence[str]) -> _Change:
        there = set(self._texts(prop))
        return _Change(frozenset(gone & there), tuple(text for text in dict.fromkeys(wanted) if text not in there))

    def removals(self, is_gone: Callable[[_Property, str], bool]) -> list[Edit]:
        """Return the edits that remove items, and the properties and descriptions that are empty without them."""
        gone = [
            item.element
            for prop, items in self._items.items()
            for item in items
            if item.text is not None and is_gone(prop, item.text)
        ]
        spans: list[tuple[int, int]] = []
        while gone:
            by_parent: dict[Element, list[Element]] = {}
            for element in gone:
                assert element.parent is not None
                by_parent.setdefault(element.parent, []).append(element)
            gone = []
            for parent, children in by_parent.items():
                if parent is not self._rdf and parent.is_empty_without(children) and _says_nothing(parent):
                    gone.append(parent)
                else:
                    spans += (child.span for child in children)
        return [(start, end, b"") for start, end in spans]

    def additions(self, added: dict[_Property, tuple[str, ...]]) -> list[Edit]:
        """Return the edits that add items: to the first list of their property, or in a description of their own."""
        edits: list[Edit] = []
        new: dict[_Property, tuple[str, ...]] = {}
        for prop, texts in added.items():
            if not texts:
                continue
            if not self._containers[prop]:
                new[prop] = texts
                continue
            container = self._containers[prop][0]
            tag = container.prefix + b"li"
            lines = (container.child_indent + b"<" + tag + b">" + _escaped(text) + b"</" + tag + b">" for text in texts)
            edits.append(container.with_child(b"".join(lines)))
        if new:
            edits.append(self._rdf.with_child(self._description(new)))
        return edits

    def _description(self, properties: dict[_Property, tuple[str, ...]]) -> bytes:
        """Return an `rdf:Description` with these properties, and the space before it."""
        base = self._rdf.child_indent

        def line(level: int, text: str) -> bytes:
            return (base + b" " * level if base else b"") + text.encode()

        about = next((one.attributes[_ABOUT] for one in self._descriptions if _ABOUT in one.attributes), "")
        namespaces = {prop.prefix: prop.namespace for prop in properties}
        if self._rdf.prefix != b"rdf:":
            namespaces["rdf"] = _RDF
        parts = [line(0, f"<rdf:Description rdf:about={quoteattr(about)}")]
        for prefix, namespace in namespaces.items():
            parts += b"" if base else b" ", line(2, f'xmlns:{prefix}="{namespace}"')
        parts.append(b">")
        for prop, texts in properties.items():
            tag = f"{prop.prefix}:{prop.local}"
            parts += line(1, f"<{tag}>"), line(2, f"<rdf:{prop.container}>")
            parts += (line(3, "<rdf:li>") + _escaped(text) + b"</rdf:li>" for text in texts)
            parts += line(2, f"</rdf:{prop.container}>"), line(1, f"</{tag}>")
        return b"".join((*parts, line(0, "</rdf:Description>")))


def _item(element: Element) -> _Item:
    is_plain = element.name == _LI and not element.children
    return _Item(unicodedata.normalize("NFC", element.text.strip()) if is_plain else None, element)


def _says_nothing(element: Element) -> bool:
    """Return whether an element without content can go: it has no attributes but the one that every description has."""
    return element.attributes.keys() <= {_ABOUT}


def _unknown_form(prop: _Property) -> SidecarError:
    words = message("core", "its {property} is stored in a form that ClipDesk does not know")
    return SidecarError(words.of(property=f"{prop.prefix}:{prop.local}"))


def _escaped(text: str) -> bytes:
    return escape(text).encode()
