"""Finds the texts in the window's code: those that are given to a translation function, and those that are not."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GUI = Path(__file__).resolve().parents[1] / "clipdesk" / "gui"

#: Methods and classes that show the texts they are given.
SHOWING = {
    "setText",
    "setToolTip",
    "setStatusTip",
    "setWhatsThis",
    "setWindowTitle",
    "setTitle",
    "setPlaceholderText",
    "setAccessibleName",
    "setAccessibleDescription",
    "setPrefix",
    "setSuffix",
    "setSpecialValueText",
    "setInformativeText",
    "setDetailedText",
    "setLabelText",
    "setTabText",
    "setTabToolTip",
    "setHeaderLabels",
    "setHorizontalHeaderLabels",
    "addItem",
    "addItems",
    "insertItem",
    "addAction",
    "addMenu",
    "addTab",
    "addRow",
    "addButton",
    "drawText",
    "QLabel",
    "QPushButton",
    "QToolButton",
    "QCheckBox",
    "QRadioButton",
    "QGroupBox",
    "QAction",
    "QMenu",
    "QDockWidget",
    "ElidedLabel",
    "Disclosure",
    "DropFrame",
    "show_news",
    "show_undoable",
    "show_error",
    "set_busy",
    "set_idle",
    "add_section",
}
#: Functions whose texts nobody sees in the window.
_SILENT = {
    "tr",
    "getLogger",
    "debug",
    "info",
    "warning",
    "error",
    "exception",
    "critical",
    "cast",
    "Slot",
    "Signal",
    "isinstance",
    "hasattr",
    "getattr",
    "setattr",
    "NotImplementedError",
    "ValueError",
    "TypeError",
    "RuntimeError",
    "AssertionError",
    "setObjectName",
    "setProperty",
    "setStyleSheet",
    "message",
    "counted",
}
_LETTERS = re.compile(r"[^\W\d_]{2,}")
#: Reads like a sentence, or like a title: words with spaces between them, or a first capital.
_WORDS = re.compile(r"[^\W\d_]{2,}[,.:;!?…”’)]* +[“(]?[^\W\d_]|^[A-Z][^\W\d_]")


@dataclass(frozen=True)
class Translated:
    """A call of `tr`. `text` is None if it is not a literal, which lupdate cannot read."""

    where: str
    context: str
    text: str | None
    comment: str
    is_plural: bool
    by_self: bool


@dataclass(frozen=True)
class Bare:
    """A text in the code that no translation function gets."""

    where: str
    text: str


def translated_texts(file: Path, source: str | None = None) -> Iterator[Translated]:
    """Return the calls of `tr` and `self.tr` in a module."""
    tree, parents = _parsed(file, source)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or _name(node.func) != "tr":
            continue
        by_self = isinstance(node.func, ast.Attribute)
        owner = next((one.name for one in _above(node, parents) if isinstance(one, ast.ClassDef)), "")
        receiver = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        context = "" if not by_self else owner if receiver == "self" else f"{receiver}?"
        text, comment = (_literal(node.args[place]) if len(node.args) > place else "" for place in (0, 1))
        if _is_in(node, parents, lambda one: isinstance(one, ast.JoinedStr)):
            text = None
        yield Translated(_where(file, node), context, text, comment or "", len(node.args) > 2, by_self)


def bare_texts(file: Path, source: str | None = None) -> Iterator[Bare]:
    """Return the texts in a module that a person would read, but that are not translated."""
    if file.is_relative_to(GUI) and file.relative_to(GUI).as_posix().startswith(_EXCEPTED):
        return
    tree, parents = _parsed(file, source)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr | ast.BinOp):
            if (text := _assembled(node, parents)) is not None:
                yield Bare(_where(file, node), text)
            continue
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or not _LETTERS.search(node.value):
            continue
        above = list(_above(node, parents))
        if _is_silent(node, above, parents) or _EXCEPTIONS.fullmatch(node.value):
            continue
        is_shown = any(isinstance(one, ast.Call) and _name(one.func) in SHOWING for one in _expressions(above))
        if _reads_as_words(node.value) or (is_shown and not _is_key(node, parents)):
            yield Bare(_where(file, node), node.value)


def half_texts(file: Path, source: str | None = None) -> Iterator[Bare]:
    """Return the translated texts that are only a part of one: a space at an end or a comma in front asks for a value.

    They have to be whole, with a placeholder for the value: another language may put it elsewhere.
    """
    for one in translated_texts(file, source):
        if one.text is not None and one.text != one.text.strip().lstrip(",;:.") and _LETTERS.search(one.text):
            yield Bare(one.where, one.text)


def _assembled(node: ast.JoinedStr | ast.BinOp, parents: dict[ast.AST, ast.AST]) -> str | None:
    """Return what an f-string or a sum reads like, with {} for its values, if it puts words between or around them."""
    if isinstance(node, ast.BinOp) and (not isinstance(node.op, ast.Add) or isinstance(parents.get(node), ast.BinOp)):
        return None
    parts = [None if part is None else _FILES.sub("", part) for part in _parts(node)]
    words = [part for part in parts if part is not None and _LETTERS.search(part) and not _EXCEPTIONS.fullmatch(part)]
    text = "".join("{}" if part is None else part for part in parts)
    if not words or None not in parts or not _reads_as_words(text):
        return None
    above = list(_above(node, parents))
    calls = {_name(one.func) for one in _expressions(above) if isinstance(one, ast.Call)}
    is_found = calls & SHOWING or any(_reads_as_words(part) for part in words)  # as a literal by itself
    return None if is_found or calls & _SILENT else text


def _parts(node: ast.expr) -> list[str | None]:
    """Return the literals of an f-string or sum in their order, and None for each value between them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return [part for one in node.values for part in _parts(one)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _parts(node.left) + _parts(node.right)
    return [None]


def _reads_as_words(text: str) -> bool:
    """Return whether a text reads like words of a sentence, also with {placeholders} among them."""
    filled, count = re.subn(r"\{\w*\}", "Value", text)
    return bool(_WORDS.search(filled)) and (not count or bool(_LETTERS.search(re.sub(r"\{\w*\}", "", text))))


#: Names, units, keys, formats and style sheets: equal in all languages, or not shown.
_EXCEPTIONS = re.compile(
    r"ClipDesk( .*)?| — ClipDesk|Python |, Qt |English|PySide6-Essentials| [GM]B|Fusion|NFKD|RGB|JPEG|ShowItems|"
    r"SettingChanged|Read|License(-Expression| :: )?|Classifier|"
    r"hollow diamond|better model|sorting folders|sorting by hand|open elsewhere|full screen|yyyy-MM-dd HH:mm:ss|"
    r"roboflow|local|something else|\t?(Ctrl|Alt|Shift)\+.*|\t?Del|Esc|Space|Enter|Return|Backspace|"
    r"<span style=.*|</span>|[^{]*\{[^{]*:.*;.*",
    re.DOTALL,
)
#: Suffixes and patterns of files.
_FILES = re.compile(r"\*?\.[a-z]+\b")
#: Says its words on the command line only.
_EXCEPTED = ("headless.py",)


def _is_silent(node: ast.Constant, above: list[ast.AST], parents: dict[ast.AST, ast.AST]) -> bool:
    parent = parents[node]
    if isinstance(parent, ast.Expr | ast.Subscript | ast.Compare | ast.keyword | ast.MatchValue):
        # Docstrings, keys, comparisons and options by name. Texts in keywords are found by how they read.
        return not isinstance(parent, ast.keyword) or not _WORDS.search(str(node.value))
    if any(isinstance(one, ast.Call) and _name(one.func) in _SILENT for one in _expressions(above)):
        return True
    child: ast.AST = node
    for one in above:
        annotation = getattr(one, "annotation", None) or getattr(one, "returns", None)
        if annotation is child:
            return True
        child = one
    return False


def _is_key(node: ast.Constant, parents: dict[ast.AST, ast.AST]) -> bool:
    """Return whether a literal is an argument of a call below the one that shows texts, such as icon("close")."""
    for one in _above(node, parents):
        if isinstance(one, ast.Call):
            return _name(one.func) not in SHOWING or _is_data(node, one)
    return False


def _is_data(node: ast.Constant, call: ast.Call) -> bool:
    """Return whether the literal is the second argument of `addItem`, its data, and not its text."""
    return _name(call.func) in ("addItem", "addTab") and len(call.args) > 1 and node in ast.walk(call.args[-1])


def _expressions(above: list[ast.AST]) -> Iterator[ast.AST]:
    """Return what is above a node in its own expression, up to an option by name."""
    for one in above:
        if isinstance(one, ast.stmt | ast.Lambda | ast.keyword):
            return
        yield one


@functools.cache
def _parsed(file: Path, source: str | None) -> tuple[ast.Module, dict[ast.AST, ast.AST]]:
    tree = ast.parse(file.read_text(encoding="utf-8") if source is None else source)
    return tree, {child: one for one in ast.walk(tree) for child in ast.iter_child_nodes(one)}


def _above(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while (parent := parents.get(node)) is not None:
        yield (node := parent)


def _is_in(node: ast.AST, parents: dict[ast.AST, ast.AST], test: object) -> bool:
    assert callable(test)
    return any(test(one) for one in _above(node, parents))


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _where(file: Path, node: ast.expr) -> str:
    return f"{file.relative_to(GUI) if file.is_relative_to(GUI) else file}:{node.lineno}"
