"""What was asked for when ClipDesk was started."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clipdesk.encoders.remote.servers import ServerChoice


@dataclass(frozen=True)
class Start:
    """What the command line asked for. An empty model means: the one chosen last, or the default."""

    paths: tuple[Path, ...] = ()
    samples: bool = False
    model: str = ""
    device: str = "auto"
    threshold: float | None = None
    server: ServerChoice | None = None
    no_cache: bool = False
