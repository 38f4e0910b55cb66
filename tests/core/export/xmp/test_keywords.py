from __future__ import annotations

import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipdesk.core.errors import ExportError
from clipdesk.core.export.xmp.keywords import RootKeyword, keyword_of


@pytest.mark.parametrize(
    ("name", "keyword"),
    [
        ("dog", "dog"),
        ("black/white", "black∕white"),
        ("a|b", "a¦b"),
        ("  a\tb\n", "a b"),
        ("a\x00\x1b\ud800b\ufffe", "ab"),
        ("\x07", ""),
        (unicodedata.normalize("NFD", "강"), "강"),
    ],
)
def test_a_name_becomes_one_keyword(name: str, keyword: str) -> None:
    assert keyword_of(name) == keyword


@given(st.text(st.characters()))
def test_every_keyword_fits_into_xml_on_one_level(name: str) -> None:
    keyword = keyword_of(name)

    element = ElementTree.Element("a")
    element.text = keyword
    assert (ElementTree.fromstring(ElementTree.tostring(element)).text or "") == keyword
    assert not set(keyword) & set("|/\n\r\t")
    assert keyword_of(keyword) == keyword


def test_a_root_may_have_parents() -> None:
    assert RootKeyword.parse("Photos | by ClipDesk/").parts == ("Photos", "by ClipDesk")


@pytest.mark.parametrize("text", ["", "  ", "|/", "\x00"])
def test_a_root_is_needed(text: str) -> None:
    with pytest.raises(ExportError, match="empty"):
        RootKeyword.parse(text)
