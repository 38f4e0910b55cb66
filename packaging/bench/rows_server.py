"""The speed of `clipdesk serve`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from processors import once
from rows import Measured, Row

if TYPE_CHECKING:
    from serve_throughput import Comparison

ARCHITECTURE, PICTURES, TURNS = "ViT-B-32", 48, 3


def served(clients: int) -> Callable[[Path], Measured]:
    """Return the measurement for a number of clients, each of which sends one image after the other."""

    def measure(folder: Path) -> Measured:
        found = _compared()
        ratios = found.ratios(clients)
        details = {
            "served": str(found.served[clients]),
            "direct": str(found.direct[clients]),
            "turns": f"{min(ratios):.2f} to {max(ratios):.2f}",
        }
        return Measured(median(ratios), details)

    return measure


@once
def _compared() -> Comparison:
    """Measure all numbers of clients at once: the model takes longer to load than to measure."""
    import tempfile

    # Imports torch.
    from serve_throughput import draw_pictures, load_encoder, measure, untrained

    with tempfile.TemporaryDirectory(prefix="clipdesk-bench-") as folder:
        name = f"local-dir:{untrained(ARCHITECTURE, Path(folder) / 'model')}"
        encoder = load_encoder(name)
        paths = draw_pictures(Path(folder), PICTURES, encoder.image_size)
        return measure(name, encoder, paths, TURNS)


_AGAINST = "direct encoding of the same images in batches of as many"

ROWS = (
    Row("serve-1", "images a second through “clipdesk serve”, 1 client", _AGAINST, 0.8, "×", served(1), True),
    Row("serve-4", "images a second through “clipdesk serve”, 4 clients", _AGAINST, 0.8, "×", served(4), True),
    Row("serve-16", "images a second through “clipdesk serve”, 16 clients", _AGAINST, 0.8, "×", served(16), True),
)
