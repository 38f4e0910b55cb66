"""Bring resources/translations up to date with the texts in the code: `make translations`.

Reads the texts with Qt's lupdate into clipdesk_LANGUAGE.ts, which people translate, and writes the .qm files that the
window loads with lrelease. Prints every entry that is not translated yet. With `--check` nothing is written; the exit
code is 1 if anything is out of date or untranslated. docs/translating.md says how to translate.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import PySide6

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = REPOSITORY / "resources" / "translations"
LANGUAGES = ("en", "ko")
#: The English file has only the texts with a number, which need a form for one and a form for many.
PLURALS_ONLY = ("en",)
#: Functions of ours that lupdate has to know: core/messages.py makes sentences with them.
ALIASES = "QT_TRANSLATE_NOOP+=message,translate+=counted"
#: English verbs that differ between one and many, so that a person has to write the forms.
_VERBS = re.compile(r"\b(have|were|are|do|need|belong|stay|differ|go)\b")


@dataclass(frozen=True)
class Entry:
    """One text of a .ts file. `forms` are its translations: one, or one for each plural form of the language."""

    context: str
    source: str
    comment: str
    is_plural: bool
    forms: tuple[str, ...]
    is_finished: bool

    @property
    def key(self) -> tuple[str, str, str, bool]:
        return self.context, self.source, self.comment, self.is_plural


def main() -> int:
    """Update or check the translations, print what is missing, and return the exit code."""
    parser = argparse.ArgumentParser(description="Bring the translations up to date with the texts in the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if anything is missing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) if options.check else FOLDER
        if options.check:
            shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
        update(folder)
        problems = [
            f"clipdesk_{language}: [{entry.context}] {entry.source!r}"
            for language in LANGUAGES
            for entry in entries(folder / f"clipdesk_{language}.ts")
            if not entry.is_finished
        ]
        print("\n".join(f"not translated: {problem}" for problem in problems) or "Everything is translated.")
        if not options.check:
            return 0
        stale = [
            name
            for name in sorted(file.name for file in folder.iterdir())
            if not _is_same(folder / name, FOLDER / name)
        ]
        print("\n".join(f"out of date: {name} (run “make translations”)" for name in stale))
        return 1 if problems or stale else 0


def update(folder: Path) -> None:
    """Bring the .ts and .qm files in this folder up to date, or create them."""
    for language in LANGUAGES:
        file = folder / f"clipdesk_{language}.ts"
        read_texts(file, plurals_only=language in PLURALS_ONLY)
        text = file.read_text(encoding="utf-8")
        file.write_text(_with_english_forms(text) if language == "en" else text, encoding="utf-8", newline="\n")
        compile_file(file, file.with_suffix(".qm"))


def read_texts(file: Path, *, plurals_only: bool = False) -> None:
    """Read the texts of all our code into a .ts file, keeping its translations. Drops those of texts that are gone."""
    sources = sorted(str(path) for path in (REPOSITORY / "clipdesk").rglob("*.py"))
    options = ["-tr-function-alias", ALIASES, "-no-obsolete", "-locations", "absolute"]
    if plurals_only:
        options.append("-pluralonly")
    _run("lupdate", "-silent", *options, *sources, "-ts", str(file))
    # File names help translators. Line numbers would change with every edit of the code, and so would this file.
    text = file.read_text(encoding="utf-8")
    text = re.sub(r'<location filename="[^"]*?(clipdesk/[^"]*)" line="\d+"/>', r'<location filename="../../\1"/>', text)
    text = re.sub(r"(\n *<location [^>]*>)\1+", r"\1", text)
    # lupdate takes every “#:” comment before a text for a hint to translators. Ours describe constants.
    text = re.sub(r"\n *<extracomment>.*?</extracomment>", "", text, flags=re.DOTALL)
    file.write_text(text, encoding="utf-8", newline="\n")


def compile_file(source: Path, target: Path) -> None:
    """Write the .qm file of a .ts file.

    It is a new file each time: a window in use has mapped the old one, and would be killed if that became shorter.
    """
    with tempfile.TemporaryDirectory(dir=target.parent) as temporary:
        compiled = Path(temporary) / target.name
        _run("lrelease", "-silent", str(source), "-qm", str(compiled))
        compiled.replace(target)


def entries(file: Path) -> Iterator[Entry]:
    """Return the texts in a .ts file."""
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = tuple(form.text or "" for form in translation.iter("numerusform"))
            yield Entry(
                context.findtext("name") or "",
                message.findtext("source") or "",
                message.findtext("comment") or "",
                message.get("numerus") == "yes",
                forms or (translation.text or "",),
                translation.get("type") != "unfinished",
            )


def _with_english_forms(text: str) -> str:
    """Fill in the English forms of “%Ln picture(s)”, unless a verb needs a form of its own, and those of `counted`.

    `counted` (core/messages.py) gives the form for one as the comment.
    """

    def fill(match: re.Match[str]) -> str:
        source, one = match["source"], match["comment"]
        if one is not None and "%Ln" not in source:
            forms = (one, source)
        elif "(s)" in source and not _VERBS.search(source):
            forms = (source.replace("(s)", ""), source.replace("(s)", "s"))
        else:
            return match[0]
        lines = "".join(f"\n            <numerusform>{form}</numerusform>" for form in forms)
        return f"{match['before']}<translation>{lines}\n        </translation>"

    pattern = (
        r'(?P<before><message numerus="yes">(?:(?!</message>).)*?<source>(?P<source>[^<]*)</source>'
        r"(?:\s*<comment>(?P<comment>[^<]*)</comment>)?"
        r'(?:(?!</message>).)*?)<translation type="unfinished">(?:(?!</translation>).)*</translation>'
    )
    return re.sub(pattern, fill, text, flags=re.DOTALL)


def _is_same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _run(tool: str, *arguments: str) -> None:
    program = Path(PySide6.__file__).parent / (f"{tool}.exe" if os.name == "nt" else tool)
    result = subprocess.run([str(program), *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    if result.returncode or "warning" in result.stderr.lower():
        sys.exit(f"{tool} failed:\n{result.stdout}{result.stderr}")


if __name__ == "__main__":
    sys.exit(main())
