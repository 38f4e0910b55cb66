"""Bring the figures in the starter model's card up to date.

`python packaging/starter_model/card.py resources/models/starter`

Takes them from `figures.json` (see `evaluate.py`), and writes the table and the list of everyday photos in `README.md`
anew.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="the folder with README.md and figures.json")
    folder = parser.parse_args().model
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    card = folder / "README.md"
    card.write_text(renewed(card.read_text(encoding="utf-8"), figures), encoding="utf-8")


def renewed(card: str, figures: dict[str, Any]) -> str:
    """The card with these figures."""
    rows = []
    for figure in figures["figures"]:
        if figure["goal"] is not None:
            shares = (_percent(figure["chance"]), _percent(figure["goal"], 0), _percent(figure["value"]))
            rows.append(f"| {' | '.join((figure['name'], *shares))} |")
    card = _between(card, r"\| held back \|.*\n\|---.*\n", r"\n(?!\|)", "\n".join(rows))
    misses = "\n".join(f"- {line.replace('%', ' %')}" for line in figures["everyday_misses"])
    return _between(card, r"it labels \d+ as a person would.*\n\n", r"\n(?!-)", misses)


def _between(text: str, begin: str, end: str, new: str) -> str:
    """Put `new` in place of what stands between what two patterns find."""
    start = re.search(begin, text)
    if start is None:
        raise SystemExit(f"The card has no line like “{begin}”.")
    stop = re.compile(end).search(text, start.end())
    return text[: start.end()] + new + text[stop.start() if stop else len(text) :]


def _percent(share: float, digits: int = 1) -> str:
    return f"{share:.{digits}%}".replace("%", " %")


if __name__ == "__main__":
    main()
