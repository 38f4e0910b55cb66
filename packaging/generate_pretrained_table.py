"""Write ClipDesk's table of pretrained models, from the open_clip that is installed.

    .venv/bin/python packaging/generate_pretrained_table.py

open_clip keeps this table in a module whose import takes torch with it, which costs 3 to 25 seconds. ClipDesk reads a
copy instead. Run this after an upgrade of open_clip; a test fails when the copy no longer agrees with the original.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
TABLE_PATH = REPOSITORY / "clipdesk" / "encoders" / "models" / "pretrained_models.json"

#: (architecture, tag) to the model's configuration, as open_clip has it.
Models = Mapping[tuple[str, str], Mapping[str, Any]]

#: What an image is prepared with. The 196 models of open_clip 3.3 share eight combinations.
PREPROCESSING_KEYS = ("mean", "std", "interpolation", "resize_mode")


def main() -> None:
    version, models = installed_models()
    TABLE_PATH.write_text(table_text(version, models), encoding="utf-8", newline="\n")
    print(f"{TABLE_PATH}: {len(models)} models of open_clip {version}")


def installed_models() -> tuple[str, Models]:
    """Return the version of the installed open_clip and its own table. Imports torch."""
    import open_clip

    return open_clip.__version__, {name: open_clip.get_pretrained_cfg(*name) for name in open_clip.list_pretrained()}


def table_text(version: str, models: Models) -> str:
    """Return the table as JSON, one model per line so that a diff shows which models changed.

    Empty strings are left out. The preprocessing settings are listed once, and each model refers to them by index.
    """
    preprocessing: list[dict[str, Any]] = []
    rows = []
    for (architecture, tag), config in models.items():
        settings = {key: config[key] for key in PREPROCESSING_KEYS}
        if settings not in preprocessing:
            preprocessing.append(settings)
        row = {"architecture": architecture, "tag": tag}
        row |= {key: value for key, value in config.items() if key not in PREPROCESSING_KEYS and value != ""}
        rows.append(row | {"preprocessing": preprocessing.index(settings)})
    return (
        f'{{\n"open_clip": {json.dumps(version)},\n'
        f'"preprocessing": [\n{_lines(preprocessing)}\n],\n'
        f'"models": [\n{_lines(rows)}\n]\n}}\n'
    )


def differences(table: Models, table_version: str, installed: Models, installed_version: str) -> list[str]:
    """Return what is wrong with ClipDesk's table, a line for each model; nothing if it can be used as it is.

    A model that open_clip changed or dropped is always wrong: ClipDesk would offer it and fail, or load it wrongly. A
    model that open_clip added is wrong only if the table was made from the same version: a newer open_clip works with
    an older table, which just lacks the newest models.
    """
    wrong = [f"{_name(key)} is no longer in open_clip" for key in table if key not in installed]
    wrong += [f"{_name(key)} has changed" for key in table if key in installed and table[key] != installed[key]]
    if installed_version == table_version:
        wrong += [f"{_name(key)} is missing" for key in installed if key not in table]
        if not wrong and list(table) != list(installed):
            wrong = ["the models are in another order"]
    return wrong


def _name(key: tuple[str, str]) -> str:
    return ":".join(key)


def _lines(values: Iterable[Mapping[str, Any]]) -> str:
    return ",\n".join(json.dumps(value) for value in values)


if __name__ == "__main__":
    main()
