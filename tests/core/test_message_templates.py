"""The source code: whether every sentence that a person reads can be translated, and whether lupdate finds it."""

from __future__ import annotations

import ast
import functools
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import clipdesk
from clipdesk.core import errors

_PACKAGE = Path(clipdesk.__file__).parent
_FILES = sorted(_PACKAGE.rglob("*.py"))
_ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}

#: Sentences of core and encoders that no person sees.
_NOT_SHOWN = {
    "An API key cannot be pickled.",  # a mistake in our own code
    "The answer is too large.",  # raised as an error of httpx, which `fault_of_error` words
}
#: How SQL begins, which may end in a question mark.
_SQL = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WHERE ")


@dataclass(frozen=True)
class Template:
    """A call of `message` or `counted`. `given` are the names that `of` gets, None if it is not called at once."""

    place: str
    context: str
    text: str
    one: str
    given: frozenset[str] | None


@functools.cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _templates(path: Path) -> Iterator[Template]:
    tree = _parsed(path)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    fills = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) == "of"]
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        if call.func.id not in ("message", "counted"):
            continue
        literals = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
        context, text, *rest = literals
        around = parents[call]
        if "{" not in str(text):
            found = None
        elif isinstance(around, ast.Attribute) and around.attr == "of":
            found = parents[around]
        elif isinstance(around, ast.Assign) and isinstance(around.targets[0], ast.Name):
            found = _next_fill(fills, around.targets[0].id, call.lineno)
        else:
            found = None
        given = frozenset(str(word.arg) for word in found.keywords) if isinstance(found, ast.Call) else None
        one = str(rest[0]) if call.func.id == "counted" else ""
        place = f"{path.relative_to(_PACKAGE).as_posix()}:{call.lineno}"
        yield Template(place, str(context), str(text), one, given)


def _next_fill(fills: list[ast.Call], name: str, line: int) -> ast.Call | None:
    later = [
        node
        for node in fills
        if isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == name
        and node.lineno > line
    ]
    return min(later, key=lambda node: node.lineno, default=None)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


_TEMPLATES = [template for path in _FILES for template in _templates(path)]


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _needed(template: Template) -> frozenset[str]:
    return _placeholders(template.text) | ({"count"} if template.one else set())


def test_every_placeholder_has_a_value_and_every_value_a_placeholder() -> None:
    wrong = [
        (one.place, set(needed), one.given)
        for one in _TEMPLATES
        if (needed := _needed(one)) != (one.given or frozenset())
        # The kinds of pictures are counted later.
        and not (one.given is None and needed == {"count"} and one.place.startswith("core/pictures/passed_over.py"))
    ]

    assert wrong == []
    assert len(_TEMPLATES) > 250


def test_singular_and_plural_have_the_same_placeholders() -> None:
    plural = [one for one in _TEMPLATES if one.one]

    assert [
        one.place for one in plural if _placeholders(one.one) | {"count"} != _placeholders(one.text) | {"count"}
    ] == []
    assert plural


def test_templates_have_named_placeholders_and_one_context() -> None:
    assert [one.place for one in _TEMPLATES if one.context != "core"] == []
    assert [one.place for one in _TEMPLATES if not all(name.isidentifier() for name in _placeholders(one.text))] == []


def test_our_errors_are_raised_with_messages_only() -> None:
    """A plain or formatted string would stay English in every language."""
    wrong = []
    for path in _FILES:
        name = path.relative_to(_PACKAGE).as_posix()
        if not name.startswith(("core/", "encoders/")):
            continue
        for node in ast.walk(_parsed(path)):
            if isinstance(node, ast.Call) and _name(node) in _ERRORS:
                wrong += [f"{name}:{node.lineno}" for argument in node.args if _is_plain(argument)]

    assert wrong == []


def _is_plain(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr | ast.BinOp) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def test_no_sentence_of_core_or_encoders_is_a_plain_string() -> None:
    wrong = []
    for path in _FILES:
        name = path.relative_to(_PACKAGE).as_posix()
        if name.startswith(("core/", "encoders/")):
            wrong += [f"{name}:{line} {text}" for line, text in _plain_sentences(path)]

    assert wrong == []


def _plain_sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Yield strings that read like a sentence and are neither docstrings, log messages nor templates."""
    tree = _parsed(path)
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(node.value)
        is_log = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _log(node.func.value)
        if is_log or (isinstance(node, ast.Call) and _name(node) in ("message", "counted")):
            skipped.update(ast.walk(node))
    for node in ast.walk(tree):
        if node not in skipped and isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value.strip()
            is_sentence = text[:1].isupper() and text[-1:] in (".", "?", "!") and text.count(" ") >= 2
            if is_sentence and text not in _NOT_SHOWN and not text.startswith(_SQL):
                yield node.lineno, text


def _log(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "logger"


def test_lupdate_finds_every_template(tmp_path: Path) -> None:
    lupdate = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    if lupdate is None:
        pytest.skip("pyside6-lupdate is not installed")
    found = tmp_path / "clipdesk.ts"

    alias = "QT_TRANSLATE_NOOP+=message,translate+=counted"
    subprocess.run(
        [lupdate, "-tr-function-alias", alias, *map(str, _FILES), "-ts", str(found)],
        check=True,
        capture_output=True,
        timeout=60,
    )

    in_file = {
        (entry.findtext("source", ""), entry.findtext("comment", ""), entry.get("numerus") == "yes")
        for context in ET.parse(found).getroot().iter("context")
        if context.findtext("name") == "core"
        for entry in context.iter("message")
    }
    assert {(one.text, one.one, bool(one.one)) for one in _TEMPLATES} == in_file
