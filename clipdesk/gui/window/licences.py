"""The licences of ClipDesk and of the software that it uses. Reads files: not on the GUI thread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import PurePosixPath

from clipdesk.gui.kit.translation import tr
from clipdesk.resources import resource_path

#: Between two packages. No licence has such a line.
RULE = "━" * 60
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|copyright)[^/]*$", re.IGNORECASE)
#: The name at the start of a requirement such as `ray[serve]>=2.40; extra == "ray"`.
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def own_licence() -> str:
    """Return the licence of ClipDesk."""
    return resource_path("licences/clipdesk.txt").read_text(encoding="utf-8")


def other_licences() -> str:
    """Return the licences of the software that ClipDesk uses.

    Built apps have them in a file. Elsewhere, collects them from the packages that are installed.
    """
    path = resource_path("licences/third-party.txt")
    return path.read_text(encoding="utf-8") if path.is_file() else installed_licences()


def installed_licences() -> str:
    """Return name, version, licence and licence files of every installed package that ClipDesk needs, by name."""
    found = sorted(_needed("clipdesk"), key=lambda one: one.name.lower())
    return "\n\n".join(_text(one) for one in found)


def _needed(root: str) -> Iterator[Distribution]:
    """Yield the installed packages that `root` needs, directly or not, without itself. Its own extras count."""
    waiting, seen = [root], {_normalised(root)}
    while waiting:
        name = waiting.pop()
        try:
            one = distribution(name)
        except PackageNotFoundError:
            continue
        if name != root:
            yield one
        for requirement in one.requires or ():
            if name != root and "extra ==" in requirement:
                continue
            match = _NAME.match(requirement)
            if match and _normalised(match[0]) not in seen:
                seen.add(_normalised(match[0]))
                waiting.append(match[0])


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _text(one: Distribution) -> str:
    parts = [RULE, f"{one.name} {one.version}", _licence_name(one), RULE]
    for path in one.files or ():
        is_info = any(part.endswith((".dist-info", ".egg-info")) for part in PurePosixPath(path).parts)
        if is_info and _LICENCE_FILE.search(path.name):
            text = path.locate().read_text(encoding="utf-8", errors="replace")  # type: ignore[attr-defined]
            parts += ["", text.strip()]
    return "\n".join(parts)


def _licence_name(one: Distribution) -> str:
    """Return the licence's name: its SPDX expression, or else what the package says in older fields."""
    data = one.metadata
    for field in ("License-Expression", "License"):
        value = (data[field] or "").strip() if field in data else ""
        if value and value != "UNKNOWN":
            return value.splitlines()[0]
    prefix = "License :: "
    classifiers = [value for value in data.get_all("Classifier") or () if value.startswith(prefix)]
    return "; ".join(value.rpartition(" :: ")[2] for value in classifiers) or tr("Licence not stated")
