"""Do the main job as a screen reader would: through AT-SPI only. Runs with the system's Python, which has pyatspi.

Prints what it reads, for the test: `controls`, `folder`, `score`, `before` and `after`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi

_DEADLINE_S = 60.0
_POLL_S = 0.05


def main(folder: str) -> None:
    """Choose `folder`, type two labels, read a score, and give the first picture the second label by its key."""
    app = wait_for("the application", lambda: next((one for one in desktop() if one.name == "ClipDesk"), None))
    choose = find(app, "push button", "Choose folder…")
    # Before Qt's own dialog is open, whose cells have no names.
    print("controls", len(list(focusable(app))), "without name or role:", *sorted(set(faulty(app))), flush=True)
    press(choose)

    dialog = wait_for("the dialog", lambda: next(walk(app, lambda one: one.getRoleName() in DIALOGS), None))
    edit = next(walk(dialog, lambda one: one.getRoleName() == "text" and is_showing(one)))
    edit.queryEditableText().setTextContents(folder)
    press(find(dialog, "push button", "Choose"))
    results = wait_for("the results", lambda: table(app))
    print("folder", results.queryTable().nRows, flush=True)

    field = find(app, "text", "New label")
    field.queryEditableText().setTextContents("cat, beach")
    field.queryComponent().grabFocus()
    wait_for("the focus in the field", lambda: has_state(field, pyatspi.STATE_FOCUSED))
    pyatspi.Registry.generateKeyboardEvent(RETURN, None, pyatspi.KEY_SYM)
    wait_for("a column for each label", lambda: {"cat", "beach"} <= set(titles(results)))
    label, score = (titles(results).index(title) for title in ("Label", "Probability"))
    print("score", wait_for("a score", lambda: cell(results, 0, score)), flush=True)
    print("before", wait_for("a label", lambda: cell(results, 0, label)), flush=True)

    results.queryComponent().grabFocus()
    wait_for("the focus in the table", lambda: has_state(results, pyatspi.STATE_FOCUSED) or focused_cell(results))
    before = cell(results, 0, label)
    key = "1" if before.startswith("beach") else "2"
    results.queryTable().addRowSelection(0)
    pyatspi.Registry.generateKeyboardEvent(ord(key), None, pyatspi.KEY_SYM)
    print("after", wait_for("the new label", lambda: changed(cell(results, 0, label), before)), flush=True)


RETURN = 0xFF0D
DIALOGS = ("dialog", "file chooser")
#: Roles of what has no role of its own.
_NO_ROLES = ("filler", "unknown", "invalid", "redundant object")


def desktop() -> Iterator[Any]:
    yield from (one for one in pyatspi.Registry.getDesktop(0) if one)


def walk(root: Any, is_wanted: Callable[[Any], bool]) -> Iterator[Any]:
    """Yield what is wanted below `root`, in order. Skips menus and cells, of which there are hundreds."""
    for child in root:
        if child is None:
            continue
        try:
            if is_wanted(child):
                yield child
            if child.getRoleName() not in ("menu bar", "table", "list"):
                yield from walk(child, is_wanted)
        except Exception:  # a widget that has just been deleted
            continue


def find(root: Any, role: str, name: str) -> Any:
    """Wait for a control that is shown and can be used."""

    def is_it(one: Any) -> bool:
        return bool(one.getRoleName() == role and one.name == name and is_showing(one) and is_enabled(one))

    return wait_for(f"{role} “{name}”", lambda: next(walk(root, is_it), None))


def focusable(app: Any) -> Iterator[Any]:
    yield from walk(app, lambda one: is_showing(one) and has_state(one, pyatspi.STATE_FOCUSABLE))


def faulty(app: Any) -> Iterator[str]:
    """Describe every control on the screen that has no name or no role."""
    for one in focusable(app):
        if not one.name.strip() or one.getRoleName() in _NO_ROLES:
            yield f"{one.getRoleName()} “{one.name}”"


def table(app: Any) -> Any | None:
    shown = walk(app, lambda one: one.getRoleName() == "table" and one.name == "Results" and is_showing(one))
    found = next(shown, None)
    return found if found is not None and found.queryTable().nRows else None


def titles(results: Any) -> list[str]:
    """Return the titles of all columns; empty for one that is just being added."""
    grid = results.queryTable()
    headers = [grid.getColumnHeader(number) for number in range(grid.nColumns)]
    return ["" if header is None else header.name for header in headers]


def cell(results: Any, row: int, column: int) -> str:
    """Return what is read of a cell; empty while the table changes."""
    found = results.queryTable().getAccessibleAt(row, column)
    return "" if found is None else str(found.name)


def focused_cell(results: Any) -> bool:
    found = results.queryTable().getAccessibleAt(0, 0)
    return found is not None and has_state(found, pyatspi.STATE_FOCUSED)


def changed(now: str, before: str) -> str:
    return now if now and now != before else ""


def press(button: Any) -> None:
    actions = button.queryAction()
    names = [actions.getName(number) for number in range(actions.nActions)]
    actions.doAction(names.index("Press"))


def has_state(one: Any, state: Any) -> bool:
    return bool(one.getState().contains(state))


def is_showing(one: Any) -> bool:
    return has_state(one, pyatspi.STATE_SHOWING)


def is_enabled(one: Any) -> bool:
    return has_state(one, pyatspi.STATE_ENABLED)


def wait_for(what: str, read: Callable[[], Any]) -> Any:
    """Return what `read` returns, once it is something."""
    deadline = time.monotonic() + _DEADLINE_S
    while time.monotonic() < deadline:
        if found := read():
            return found
        time.sleep(_POLL_S)
    sys.exit(f"{what} did not appear")


if __name__ == "__main__":
    main(sys.argv[1])
