"""The translations: every text is in them, translated, with all its placeholders, and compiled.

`make translations` brings the files up to date and prints what is left to translate.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from texts_in_code import GUI, bare_texts, half_texts, translated_texts

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))

import translations

KOREAN = translations.FOLDER / "clipdesk_ko.ts"
ENGLISH = translations.FOLDER / "clipdesk_en.ts"
MODULES = sorted(GUI.rglob("*.py"))


@pytest.fixture(scope="module")
def read_now(tmp_path_factory: pytest.TempPathFactory) -> list[translations.Entry]:
    """What lupdate finds in the code as it is."""
    file = tmp_path_factory.mktemp("texts") / "clipdesk_ko.ts"
    translations.read_texts(file)
    return list(translations.entries(file))


def test_every_text_of_the_code_is_in_the_translation(read_now: list[translations.Entry]) -> None:
    kept = {entry.key for entry in translations.entries(KOREAN)}

    assert {entry.key for entry in read_now} - kept == set(), "run “make translations”, then translate"
    assert kept - {entry.key for entry in read_now} == set(), "run “make translations”"


def test_lupdate_finds_every_call_of_tr_in_the_window_with_its_context(read_now: list[translations.Entry]) -> None:
    found = {(entry.context, entry.source, entry.comment, entry.is_plural) for entry in read_now}

    for module in MODULES:
        for one in translated_texts(module):
            assert one.text is not None, f"{one.where}: lupdate reads literals only, and nothing inside an f-string"
            key = (one.context, one.text, one.comment, one.is_plural)
            assert key in found, f"{one.where}: lupdate does not find “{one.text}” as a text of “{one.context}”"
            # In instances of a subclass, self.tr misses the plural forms of the base class (kit/translation.py).
            assert not (one.is_plural and one.by_self), f"{one.where}: give texts with a number to tr(), not self.tr()"


def test_no_text_reaches_a_widget_untranslated() -> None:
    assert [f"{one.where}: {one.text!r}" for module in MODULES for one in bare_texts(module)] == []


def test_texts_have_placeholders_for_values_at_their_ends() -> None:
    assert [f"{one.where}: {one.text!r}" for module in MODULES for one in half_texts(module)] == []


@pytest.mark.parametrize(
    "code",
    [
        "label.setText('unsure')",
        "QLabel(f'{count} pictures')",
        "button = QPushButton('Try again' if failed else self.tr('Start'))",
        "text = 'Nothing was found.'",
        "menu.addAction(icon('close'), 'close it')",
        "box.addItem('dark', 'dark')",
        "news.show_news(count + ' left', level='warn')",
        "rows.append((self.tr('Model'), f'{model} on {place}'))",
        "text = model + ' on ' + place",
        "text = '{model} on {place}'.format(model=model, place=place)",
        "return f'{self.tr(\"Best\")} of {count}'",
    ],
)
def test_an_untranslated_text_is_found(code: str) -> None:
    assert len(list(bare_texts(Path("made_up.py"), code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "text = f'{learned} {text}'",
        "text = f'{name}: {count} · {size}'",
        "action = actions[f'appearance_{scheme}']",
        "path = f'icons/{name}.svg'",
        "logger.info(f'{count} pictures of {name}')",
        "filters = self.tr('Label sets') + ' (*.json *.txt);;' + self.tr('All files') + ' (*)'",
    ],
)
def test_what_is_no_text_of_ours_is_not_found(code: str) -> None:
    assert list(bare_texts(Path("made_up.py"), code)) == []


def test_the_half_of_a_text_is_found() -> None:
    code = "self.tr('at least ') + self.tr(', ').join(names) + self.tr('{count} more')"

    assert [one.text for one in half_texts(Path("made_up.py"), code)] == ["at least "]


@pytest.mark.parametrize(
    "code",
    ["self.tr(text)", "tr(f'{count} pictures')", "f'{self.tr(\"Done\")}.'", "spin.tr('any')"],
)
def test_a_call_that_lupdate_cannot_read_is_found(code: str) -> None:
    (found,) = translated_texts(Path("made_up.py"), f"class Panel:\n    def show(self): {code}")

    assert found.text is None or found.context not in ("", "Panel")


@pytest.mark.parametrize("file", [ENGLISH, KOREAN], ids=["en", "ko"])
def test_everything_is_translated(file: Path) -> None:
    unfinished = [entry.source for entry in translations.entries(file) if not entry.is_finished or not all(entry.forms)]

    assert unfinished == []


@pytest.mark.parametrize("file", [ENGLISH, KOREAN], ids=["en", "ko"])
def test_every_translation_keeps_its_placeholders(file: Path) -> None:
    for entry in translations.entries(file):
        # The form for one may say “the picture” or “1 picture” where the last one says “{count} pictures”.
        assert all(set(_placeholders(form)) <= set(_placeholders(entry.source)) for form in entry.forms), entry
        assert set(_placeholders(entry.forms[-1])) == set(_placeholders(entry.source)), entry
        assert ("%Ln" in entry.source) <= ("%Ln" in entry.forms[-1]), entry


def test_korean_keeps_mnemonics_dots_and_spaces() -> None:
    for entry in translations.entries(KOREAN):
        for form in entry.forms:
            pair = f"“{entry.source}” → “{form}”"
            assert _mnemonics(form) == _mnemonics(entry.source), pair
            assert form.endswith("…") == entry.source.endswith("…"), pair
            # Spaces at the ends keep words apart that a value follows. Korean needs none before a bracket.
            assert form.startswith(" ") == entry.source.startswith(" ") or form.startswith((",", "(")), pair
            assert form.count("|") == entry.source.count("|"), pair


def test_no_two_entries_of_a_korean_menu_have_the_same_mnemonic() -> None:
    names = {entry.source: entry.forms[0] for entry in translations.entries(KOREAN) if not entry.context}
    source = (GUI / "window" / "actions.py").read_text(encoding="utf-8")
    titles = Counter(
        "".join(_mnemonics(names[title])) for title in re.findall(r'^        tr\("(&\w+)"\): \(', source, re.MULTILINE)
    )

    assert len(titles) == 6
    assert max(titles.values()) == 1


@pytest.mark.parametrize("file", [ENGLISH, KOREAN], ids=["en", "ko"])
def test_the_compiled_file_is_up_to_date(file: Path, tmp_path: Path) -> None:
    translations.compile_file(file, tmp_path / "compiled.qm")

    assert (tmp_path / "compiled.qm").read_bytes() == file.with_suffix(".qm").read_bytes()


def test_a_window_in_use_keeps_the_file_that_it_has_loaded(tmp_path: Path) -> None:
    target = tmp_path / "compiled.qm"
    translations.compile_file(KOREAN, target)
    with target.open("rb") as loaded:
        translations.compile_file(ENGLISH, target)

        # Qt maps the file into memory. If that became shorter, the next text would kill the program (SIGBUS).
        assert loaded.read() == KOREAN.with_suffix(".qm").read_bytes()
    assert target.read_bytes() == ENGLISH.with_suffix(".qm").read_bytes()


def _placeholders(text: str) -> list[str]:
    return re.findall(r"\{\w*\}", text)


def _mnemonics(text: str) -> list[str]:
    return [letter.upper() for letter in re.findall(r"&(\w)", text)]
