from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xmp_samples import COMPACT, DIGIKAM, LIGHTROOM, SAMPLES, keywords

from clipdesk.core.errors import SidecarError
from clipdesk.core.export.xmp.keywords import RootKeyword, keyword_of
from clipdesk.core.export.xmp.packet import EMPTY_PACKET, merge_keywords

ROOT = RootKeyword.parse("ClipDesk")

each_sample = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())


def merge(data: bytes | str, *words: str, root: RootKeyword = ROOT) -> bytes:
    return merge_keywords(data.encode() if isinstance(data, str) else data, words, root)


def test_a_new_sidecar_has_the_keyword_in_three_forms() -> None:
    assert keywords(merge(EMPTY_PACKET, "dog")) == {
        "subject": ["dog"],
        "lightroom": ["ClipDesk|dog"],
        "digikam": ["ClipDesk/dog"],
    }


@each_sample
def test_removing_the_keyword_restores_every_byte(sample: str) -> None:
    with_bird = merge(sample, "bird")

    assert keywords(with_bird)["lightroom"][-1] == "ClipDesk|bird"
    assert keywords(with_bird)["digikam"][-1] == "ClipDesk/bird"
    assert "bird" in keywords(with_bird)["subject"]
    assert merge(with_bird) == sample.encode()


@each_sample
def test_merging_again_changes_nothing(sample: str) -> None:
    once = merge(sample, "bird")

    assert merge(once, "bird") is once


@each_sample
def test_only_lines_with_our_keywords_are_added(sample: str) -> None:
    merged = merge(sample, "bird")

    left, place = merged, 0
    for byte in sample.encode():  # all of the old file is there, in its order
        place = left.index(byte, place) + 1
    assert merged.count(b"bird") == 3


@each_sample
def test_another_label_replaces_the_earlier_one(sample: str) -> None:
    relabelled = merge(merge(sample, "bird"), "car")

    assert relabelled == merge(sample, "car")
    assert b"bird" not in relabelled


def test_line_breaks_stay_those_of_windows() -> None:
    merged = merge(DIGIKAM, "bird")

    assert merged.count(b"\n") == merged.count(b"\r\n") > DIGIKAM.count("\n")


def test_dates_and_unknown_properties_stay() -> None:
    merged = merge(LIGHTROOM, "bird").decode()

    for text in ('xmp:ModifyDate="2024-05-01T10:11:12.34+09:00"', 'crs:Look="a &gt; b"', "<rdf:li>255, 255</rdf:li>"):
        assert text in merged


def test_a_new_description_is_about_the_same_thing() -> None:
    without_tags = DIGIKAM.replace("digiKam:TagsList", "mine:tags")

    merged = merge(without_tags, "bird")

    assert merged.count(b'rdf:about="uuid:faf5bdd5-ba3d-11da-ad31-d33d75182f1b"') == 2
    assert merge(merged) == without_tags.encode()


def test_a_keyword_that_another_hierarchy_contains_stays() -> None:
    with_dog = merge(DIGIKAM, "dog")
    assert keywords(with_dog)["subject"] == ["dog", "Busan"]

    assert merge(with_dog) == DIGIKAM.encode()


def test_a_keyword_that_was_there_before_stays() -> None:
    with_cat = merge(COMPACT, "cat")
    assert keywords(with_cat)["kept"] == ["cat"]

    assert keywords(merge(with_cat, "dog"))["subject"] == ["cat", "dog"]
    assert merge(with_cat) == COMPACT.encode()


def test_what_is_below_another_root_stays() -> None:
    other = RootKeyword.parse("Another|ClipDesk")
    both = merge(merge(LIGHTROOM, "dog", root=other), "dog")
    assert keywords(both)["subject"] == ["family", "강아지", "dog"]

    assert merge(both) == merge(LIGHTROOM, "dog", root=other)
    assert merge(merge(both, root=other)) == LIGHTROOM.encode()


def test_a_hierarchy_of_the_person_below_the_root_stays() -> None:
    theirs = LIGHTROOM.replace("People|family", "ClipDesk|dog|Rex")

    assert keywords(merge(merge(theirs, "bird")))["lightroom"] == ["ClipDesk|dog|Rex", "강아지"]
    assert merge(merge(theirs, "bird")) == theirs.encode()


def test_the_keyword_is_found_after_another_program_rewrote_the_file() -> None:
    rewritten = ElementTree.tostring(ElementTree.fromstring(merge(LIGHTROOM, "bird")), encoding="utf-8")

    assert keywords(merge(rewritten)) == keywords(LIGHTROOM.encode())


def test_items_with_qualifiers_and_empty_lists_are_no_obstacle() -> None:
    empty = LIGHTROOM.replace("<dc:subject>", "<dc:subject><rdf:Bag/></dc:subject><dc:creator>").replace(
        "</dc:subject>\n", "</dc:creator>\n"
    )

    assert keywords(merge(empty, "bird"))["subject"] == ["bird"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_the_encoding_of_the_file_stays(encoding: str) -> None:
    data = LIGHTROOM.encode(encoding)

    merged = merge(data, "새")

    assert "ClipDesk|새" in merged.decode(encoding)
    assert merge(merged) == data


def test_characters_that_the_encoding_lacks_are_escaped() -> None:
    data = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + LIGHTROOM.replace("강아지", "chiot né").encode("latin-1")

    merged = merge(data, "새")

    assert keywords(merged)["subject"] == ["family", "chiot né", "새"]
    assert merge(merged) == data


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not well-formed"),
        (b"\xff\xd8\xff\xe0 a picture", "not well-formed"),
        (LIGHTROOM[:-20].encode(), "not well-formed"),
        (LIGHTROOM.encode() + b"\0" * 100, "not well-formed"),
        (b"<html></html>", "not XMP"),
        ((BOMB + LIGHTROOM.replace("family", "&b;")).encode(), "document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + LIGHTROOM.encode(), "document type"),
        (LIGHTROOM.replace("<dc:subject>", "<dc:subject>text").encode(), "dc:subject is stored in a form"),
        (LIGHTROOM.replace('crs:Sharpness="40"', 'lr:hierarchicalSubject="a"').encode(), "hierarchicalSubject"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "no-such"),
        (b'<?xml version="1.0" encoding="rot13"?><a/>', "rot13"),
        (LIGHTROOM.replace("family", "&family;").encode(), "not well-formed"),
    ],
)
def test_what_cannot_be_merged_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SidecarError, match=reason):
        merge(data, "dog")


def test_a_hundred_thousand_nested_elements_are_no_danger() -> None:
    deep = LIGHTROOM.replace("</rdf:Description>", "<crs:a>" * 100_000 + "</crs:a>" * 100_000 + "</rdf:Description>")

    assert merge(merge(deep, "bird")) == deep.encode()


names = st.text(st.characters(), min_size=1).map(keyword_of).filter(bool) | st.sampled_from(
    ["강아지", "🐕‍🦺", "a < b & c > d", "]]>", "'\"", "family", "dog", "Busan", "&amp;"]
)


@given(st.lists(names, max_size=5), st.sampled_from(list(SAMPLES.values())), st.booleans())
def test_any_labels_leave_the_rest_as_it_was(labels: list[str], sample: str, with_root: bool) -> None:
    root = RootKeyword.parse("a & b|뿌리" if with_root else "ClipDesk")
    data = sample.encode()

    for label in labels:
        data = merge(data, label, root=root)
        found = keywords(data)
        assert label in found["subject"]
        assert [text for text in found["lightroom"] if text.startswith(root.lightroom(""))] == [root.lightroom(label)]
        assert [text for text in found["digikam"] if text.startswith(root.digikam(""))] == [root.digikam(label)]

    assert merge(data, root=root) == sample.encode()
