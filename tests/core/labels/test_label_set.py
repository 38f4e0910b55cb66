from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipdesk.core.errors import ExportError, LabelError
from clipdesk.core.labels.label_set import (
    TEMPLATE_PRESETS,
    Label,
    LabelSet,
    check_template,
    clean_name,
    format_label,
    label_set_from_json,
    label_set_to_json,
    load_label_set,
    parse_label,
    parse_label_list,
    save_label_set,
)

NAMES = st.text(min_size=1).map(clean_name).filter(lambda name: name and "=" not in name)


def test_a_name_alone_is_its_own_prompt() -> None:
    label = parse_label("red car")

    assert label == Label("red car")
    assert label.texts == ("red car",)


def test_prompts_follow_an_equals_sign() -> None:
    label = parse_label(" dog = a puppy | a hound |a puppy|")

    assert label == Label("dog", prompts=("a puppy", "a hound"))


def test_a_label_with_only_a_reference_has_no_text() -> None:
    assert Label("logo", references=(Path("logo.png"),)).texts == ()


@pytest.mark.parametrize("text", ["", "   ", "=a prompt", "\t=\n"])
def test_a_label_without_a_name_is_refused(text: str) -> None:
    with pytest.raises(LabelError, match="name"):
        parse_label(text)


@pytest.mark.parametrize("second", ["dog", "Dog", " DOG ", "dog "])
def test_a_repeated_name_is_refused_with_a_remedy(second: str) -> None:
    with pytest.raises(LabelError, match="already a label “dog”"):
        LabelSet((Label("dog"), Label(second)))


def test_names_that_differ_only_in_unicode_form_are_the_same() -> None:
    with pytest.raises(LabelError):
        LabelSet((Label("caf\u00e9"), Label("cafe\u0301")))


@pytest.mark.parametrize("template", ["a photo", "", "{} and {}", "{0}", "{name}"])
def test_a_template_needs_its_placeholder_once(template: str) -> None:
    with pytest.raises(LabelError, match=r"\{\}"):
        check_template(template)


def test_every_prompt_goes_into_every_template() -> None:
    labels = LabelSet((Label("dog", ("a puppy", "a hound")),), ("{}", "a photo of {}"))

    assert labels.prompt_texts(labels.labels[0]) == (
        "a puppy",
        "a photo of a puppy",
        "a hound",
        "a photo of a hound",
    )


def test_other_braces_are_left_alone() -> None:
    labels = LabelSet((Label("a {} b {x}"),), ("<{}>",))

    assert labels.prompt_texts(labels.labels[0]) == ("<a {} b {x}>",)


def test_every_preset_template_is_valid() -> None:
    for templates in TEMPLATE_PRESETS.values():
        LabelSet((Label("dog"),), templates)


def test_a_pasted_list_skips_empty_lines_and_repeats() -> None:
    labels = parse_label_list("dog\n\n cat=a kitten\r\nDog\n")

    assert labels == (Label("dog"), Label("cat", ("a kitten",)))


def test_a_comma_in_a_label_file_stays_in_the_name() -> None:
    labels = parse_label_list("tench, Tinca tinca\ngoldfish")

    assert labels == (Label("tench, Tinca tinca"), Label("goldfish"))


@given(NAMES)
def test_a_clean_name_is_one_line_and_stays_clean(name: str) -> None:
    assert clean_name(name) == name
    assert "\n" not in name


@given(NAMES)
def test_a_name_survives_writing_and_parsing(name: str) -> None:
    assert parse_label(format_label(Label(name))) == Label(name)


def test_a_saved_set_loads_unchanged(tmp_path: Path) -> None:
    reference = tmp_path / "pictures" / "강아지.png"
    saved = LabelSet(
        (Label("개", ("a dog",), (reference,), "#0072B2"), Label("=sum", ("a | b",))),
        ("a photo of a {}",),
    )

    save_label_set(saved, tmp_path / "labels.json")

    assert load_label_set(tmp_path / "labels.json") == saved
    assert "pictures/강아지.png" in (tmp_path / "labels.json").read_text(encoding="utf-8")


def test_a_text_file_has_one_label_per_line(tmp_path: Path) -> None:
    save_label_set(LabelSet((Label("dog"), Label("cat", ("a kitten", "a tom")))), tmp_path / "labels.txt")

    assert (tmp_path / "labels.txt").read_text(encoding="utf-8") == "dog\ncat=a kitten|a tom\n"
    assert load_label_set(tmp_path / "labels.txt").names == ("dog", "cat")


@pytest.mark.parametrize("label", [Label("E=mc2"), Label("either", ("this | that",))])
def test_a_label_that_a_text_file_would_change_is_not_saved_in_one(tmp_path: Path, label: Label) -> None:
    with pytest.raises(ExportError, match=r"\.json"):
        save_label_set(LabelSet((label,)), tmp_path / "labels.txt")

    assert not (tmp_path / "labels.txt").exists()


def test_a_handwritten_set_may_have_a_text_instead_of_a_list(tmp_path: Path) -> None:
    text = '{"labels": [{"name": "dog", "prompts": "a puppy"}, {"name": "cat", "prompts": ["", "a kitten"]}], '
    (tmp_path / "labels.json").write_text(text + '"templates": "a photo of {}"}', encoding="utf-8")

    loaded = load_label_set(tmp_path / "labels.json")

    assert loaded.labels == (Label("dog", ("a puppy",)), Label("cat", ("a kitten",)))
    assert loaded.templates == ("a photo of {}",)


def test_an_entry_copied_by_hand_becomes_a_label_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    path.write_text(json.dumps({"labels": [{"id": 5, "name": "dog"}, {"id": 5, "name": "cat"}]}), encoding="utf-8")

    loaded = load_label_set(path)

    assert loaded.ids[0] == 5
    assert [loaded.by_id(label.id) for label in loaded.labels] == [Label("dog"), Label("cat")]


def test_a_loaded_label_shares_its_id_with_no_other() -> None:
    on_desk = LabelSet((Label("wolf", id=5), Label("dog", id=6)))  # renamed since the file was saved
    in_file = LabelSet((Label("cat", id=6), Label("dog", id=5), Label("owl", id=7)))

    cat, dog, owl = in_file.with_ids_of(on_desk).ids

    assert (dog, owl) == (6, 7)
    assert cat not in (5, 6, 7)


def test_a_list_written_on_windows_is_read(tmp_path: Path) -> None:
    (tmp_path / "labels.txt").write_bytes("\ufeffdog\r\n고양이\r\n".encode())

    assert load_label_set(tmp_path / "labels.txt").names == ("dog", "고양이")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
@pytest.mark.parametrize("name", ["labels.txt", "labels.json"])
def test_other_unicode_encodings_are_read(tmp_path: Path, encoding: str, name: str) -> None:
    save_label_set(LabelSet((Label("고양이"), Label("개"))), tmp_path / name)
    text = (tmp_path / name).read_text(encoding="utf-8").replace("\n", "\r\n")
    (tmp_path / name).write_bytes(text.encode(encoding))

    assert load_label_set(tmp_path / name).names == ("고양이", "개")


@pytest.mark.parametrize("encoding", ["cp949", "cp1252", "shift_jis"])
def test_a_code_page_is_refused_with_how_to_save_it(tmp_path: Path, encoding: str) -> None:
    text = {"cp949": "고양이\r\n", "cp1252": "Füchse\r\n", "shift_jis": "犬\r\n"}[encoding]
    (tmp_path / "labels.txt").write_bytes(text.encode(encoding))

    with pytest.raises(LabelError, match=r"labels\.txt.*Save it as UTF-8"):
        load_label_set(tmp_path / "labels.txt")


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"labels": 3}', b'{"labels": [{}]}', b"\xff\xfe", b"null"])
def test_a_file_that_is_no_label_set_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)

    with pytest.raises(LabelError, match=r"broken\.json"):
        load_label_set(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"gone\.json"):
        load_label_set(tmp_path / "gone.json")


def test_an_invalid_colour_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    path.write_text(json.dumps({"labels": [{"name": "dog", "color": "; }"}]}), encoding="utf-8")

    assert load_label_set(path).labels == (Label("dog"),)


def test_a_set_that_cannot_be_written_says_where(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="missing"):
        save_label_set(LabelSet(), tmp_path / "missing" / "labels.json")


def test_default_colours_stay_with_their_labels() -> None:
    first = LabelSet((Label("a"), Label("b"), Label("c")))
    a, b, c = first.labels

    moved = first.with_labels((c, a, b))
    added = moved.with_labels((c, b)).with_label(Label("d"))
    loaded = label_set_from_json(label_set_to_json(added, None), Path())

    assert [label.color_index for label in first.labels] == [0, 1, 2]
    assert [label.color_index for label in moved.labels] == [2, 0, 1]
    assert [label.color_index for label in added.labels] == [2, 1, 0]
    assert [label.color_index for label in loaded.labels] == [2, 1, 0]


def test_no_two_labels_share_a_default_colour() -> None:
    copied = LabelSet((Label("a", color_index=1), Label("b", color_index=1), Label("c")))

    assert [label.color_index for label in copied.labels] == [1, 0, 2]


def test_labels_from_a_file_take_the_colours_of_those_with_the_same_name() -> None:
    old = LabelSet((Label("a"), Label("b")))

    new = LabelSet((Label("b"), Label("x"))).with_ids_of(old)

    assert [label.color_index for label in new.labels] == [1, 0]


def test_a_threshold_is_kept_in_a_saved_label_set(tmp_path: Path) -> None:
    labels = LabelSet((Label("dog", threshold=0.7), Label("cat")))
    save_label_set(labels, tmp_path / "labels.json")
    assert [label.threshold for label in load_label_set(tmp_path / "labels.json").labels] == [0.7, None]


@pytest.mark.parametrize("value", [True, "0.5", -0.1, 1.5, None])
def test_a_threshold_that_is_none_is_left_out(value: object) -> None:
    labels = label_set_from_json({"labels": [{"name": "dog", "threshold": value}]}, Path())
    assert labels.labels[0].threshold is None
