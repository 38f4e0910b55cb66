"""The tables of a document that keep comparisons of wordings."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from clipdesk.core.desk.comparison import Answer, Comparison, Wording

#: `place` of a judgement counts all wordings of its comparison: those that are compared, then others with judgements.
COMPARISONS = """
CREATE TABLE comparisons (place INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE, label INTEGER NOT NULL);
CREATE TABLE wordings (
    comparison INTEGER, place INTEGER, is_compared INTEGER NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (comparison, place)
) WITHOUT ROWID;
CREATE TABLE judgements (
    comparison INTEGER, number INTEGER, wording INTEGER NOT NULL, path BLOB NOT NULL, label INTEGER NOT NULL,
    PRIMARY KEY (comparison, number)
) WITHOUT ROWID
"""


def read_comparisons(connection: sqlite3.Connection) -> tuple[Comparison, ...]:
    """Return the comparisons, the latest last. Raises ValueError or TypeError for values that ClipDesk cannot write."""
    wordings: dict[int, dict[int, Wording]] = {}
    compared: dict[int, list[Wording]] = {}
    for one, place, is_compared, content in connection.execute("SELECT * FROM wordings ORDER BY comparison, place"):
        wording = wordings.setdefault(one, {})[place] = _wording(content)
        if is_compared:
            compared.setdefault(one, []).append(wording)
    answers: dict[int, list[Answer]] = {}
    rows = connection.execute("SELECT comparison, wording, path, label FROM judgements ORDER BY comparison, number")
    for one, place, path, label in rows:
        if not isinstance(path, bytes) or not path or not isinstance(label, int) or place not in wordings.get(one, {}):
            raise ValueError("not a judgement")
        answers.setdefault(one, []).append(Answer(wordings[one][place], Path(os.fsdecode(path)), label))
    return tuple(
        Comparison(label, tuple(compared.get(one, ())), tuple(answers.get(one, ())), one)
        for one, label in connection.execute("SELECT id, label FROM comparisons ORDER BY place")
    )


def write_comparisons(
    connection: sqlite3.Connection, comparisons: Sequence[Comparison], before: Sequence[Comparison]
) -> None:
    """Write the comparisons that differ from those `before`, which are in the tables, and their order."""
    if comparisons == before:
        return
    old = {one.id: one for one in before}
    connection.execute("DELETE FROM comparisons")
    for place, comparison in enumerate(comparisons):
        connection.execute("INSERT INTO comparisons VALUES (?, ?, ?)", (place, comparison.id, comparison.label))
        if old.pop(comparison.id, None) != comparison:
            _delete(connection, comparison.id)
            _write(connection, comparison)
    for gone in old:
        _delete(connection, gone)


def _delete(connection: sqlite3.Connection, comparison: int) -> None:
    for table in ("wordings", "judgements"):
        connection.execute(f"DELETE FROM {table} WHERE comparison = ?", (comparison,))


def _write(connection: sqlite3.Connection, comparison: Comparison) -> None:
    judged = (answer.against for answer in comparison.answers)
    places = {wording: place for place, wording in enumerate(dict.fromkeys((*comparison.wordings, *judged)))}
    rows = [
        (comparison.id, place, int(wording in comparison.wordings), _content(wording))
        for wording, place in places.items()
    ]
    connection.executemany("INSERT INTO wordings VALUES (?, ?, ?, ?)", rows)
    judgements = [
        (comparison.id, number, places[answer.against], os.fsencode(answer.path), answer.label)
        for number, answer in enumerate(comparison.answers)
    ]
    connection.executemany("INSERT INTO judgements VALUES (?, ?, ?, ?, ?)", judgements)


def _content(wording: Wording) -> str:
    content = {
        "prompts": wording.prompts,
        "templates": wording.templates,
        "encoder": wording.encoder,
        "model": wording.model,
    }
    return json.dumps(content, ensure_ascii=False)


def _wording(text: object) -> Wording:
    content: dict[str, Any] = json.loads(str(text))
    try:
        prompts, templates = (tuple(map(str, content[name])) for name in ("prompts", "templates"))
        return Wording(prompts, templates, str(content["encoder"]), str(content["model"]))
    except KeyError as error:
        raise ValueError("not a wording") from error
