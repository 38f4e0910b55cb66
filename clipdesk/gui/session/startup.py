"""What the command line asks the window to open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clipdesk.encoders.remote.servers import ServerChoice


@dataclass(frozen=True)
class Start:
    """The options of the command line. An empty `model` stands for the last one used, or else the default.

    With `continues` the last desk is opened at once: this window replaces one in another language.
    """

    paths: tuple[Path, ...] = ()
    samples: bool = False
    model: str = ""
    device: str = "auto"
    threshold: float | None = None
    server: ServerChoice | None = None
    no_cache: bool = False
    continues: bool = False
