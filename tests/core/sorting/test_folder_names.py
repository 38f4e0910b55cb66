from __future__ import annotations

import os
import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clipdesk.core.sorting.folder_names import clash_key, folder_name, name_bytes, numbered, relative_folder

#: `CLIPDESK_SORTING_FULL=1` tries 100,000 names, which takes some minutes.
NAMES = 100_000 if os.environ.get("CLIPDESK_SORTING_FULL") == "1" else 1_000

DEVICES = ("CON", "PRN", "AUX", "NUL", "COM0", "COM9", "COM¹", "COM³", "LPT1", "LPT²", "CONIN$", "CONOUT$")
UNSAFE = st.sampled_from(
    ["..", ".", "/", "\\", "\0", ":", " ", "~1", "\u202e", "\u200d", "\ufeff", "\ud800", "\uffff", "\n", "e\u0301", "İ"]
)
NAME = st.one_of(
    st.text(max_size=40),
    st.lists(st.one_of(UNSAFE, st.sampled_from(DEVICES), st.text(max_size=3)), max_size=8).map("".join),
    st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=4), st.integers(50, 400)),
)


@settings(max_examples=NAMES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(NAME)
@example("..")
@example("a" * 300)
@example("가" * 300)
@example("\u0390" * 200)
@example("con" + "." * 300 + "x")
@example("thumbs" + "." * 300 + "x")
@example("aux .")
@example("COM¹.")
def test_every_label_becomes_one_safe_component(label: str) -> None:
    name = folder_name(label)

    assert name and name == unicodedata.normalize("NFC", name) and folder_name(name) == name
    assert not set(name) & set('<>:"/\\|?*') and name not in (".", "..")
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for char in name)
    assert name == name.strip() and not name.startswith(".") and not name.endswith(".")
    assert len(name.encode()) <= 255
    assert len(unicodedata.normalize("NFD", name).encode("utf-16-le")) // 2 <= 255
    stem = name.split(".")[0].rstrip().upper()
    assert stem not in DEVICES
    root = Path("/root")
    assert (root / name).parent == root and os.path.normpath(root / name) == str(root / name)
    windows = PureWindowsPath("C:/root", name)
    assert windows.parent == PureWindowsPath("C:/root") and not windows.is_reserved()


@settings(max_examples=NAMES // 10, deadline=None, database=None)
@given(NAME)
def test_a_folder_of_any_label_can_be_made_and_is_found_by_its_name(
    tmp_path_factory: pytest.TempPathFactory, label: str
) -> None:
    root = tmp_path_factory.getbasetemp() / "labels"
    (root / folder_name(label)).mkdir(parents=True, exist_ok=True)

    assert root / folder_name(label) in set(root.iterdir())


@settings(max_examples=NAMES // 10, deadline=None, database=None)
@given(NAME, NAME)
def test_names_that_differ_in_case_or_unicode_form_only_clash(label: str, other: str) -> None:
    name = folder_name(label)

    for form in ("NFC", "NFD"):
        assert clash_key(unicodedata.normalize(form, name)) == clash_key(name)
        assert clash_key(unicodedata.normalize(form, name.casefold())) == clash_key(name)
    if clash_key(folder_name(other)) != clash_key(name):
        assert folder_name(other).casefold() != name.casefold()


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("cat", "cat"),
        ("a:b", "a_b"),
        ("cat/dog", "cat_dog"),
        ("  two   words ", "two words"),
        ("..", "label"),
        ("", "label"),
        ("\0", "label"),
        ("CON", "CON_"),
        ("con.txt", "con_.txt"),
        ("aux .", "aux_"),
        ("COM¹", "COM¹_"),
        (".hidden", "hidden"),
        ("end. . ", "end"),
        ("Thumbs", "Thumbs_"),
        ("HOLIDA~1", "HOLIDA_1"),
        ("\u202egnp.cat", "gnp.cat"),
        ("cafe\u0301", "café"),
        ("красный", "красный"),
        ("猫", "猫"),
        ("🐈\u200d⬛", "🐈⬛"),
        ("ä" * 300, "ä" * 127),
    ],
)
def test_names_stay_readable(label: str, name: str) -> None:
    assert folder_name(label) == name


@pytest.mark.parametrize(
    ("typed", "folder"),
    [
        ("Animals/Cats", "Animals/Cats"),
        ("../../etc", "etc"),
        ("a\\..\\b", "a/b"),
        ("./a//b/", "a/b"),
        ("", "."),
        ("..", "."),
        ("con/nul.txt", "con_/nul_.txt"),
    ],
)
def test_a_typed_folder_stays_below_the_root(typed: str, folder: str) -> None:
    assert relative_folder(typed) == Path(folder)


@pytest.mark.parametrize("stem", ["a", "ä" * 200, "猫" * 85, "x" * 255, "\udcff" * 90])
def test_numbered_names_fit(stem: str) -> None:
    name = numbered(stem, 1_000, ".jpg.xmp")

    assert name.endswith(" (1000)") and name_bytes(name + ".jpg.xmp") <= 255
    assert stem.startswith(name.removesuffix(" (1000)"))
