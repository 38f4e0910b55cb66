"""The first rows of an export as cells."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clipdesk.core.errors import ExportError
from clipdesk.core.export.embeddings import Embeddings
from clipdesk.core.export.image_folder import METADATA_HEADER, metadata_cells
from clipdesk.core.export.options import TableOptions
from clipdesk.core.export.rows import Results
from clipdesk.core.export.tables import csv_cells, csv_header
from clipdesk.core.export.xmp.sidecars import SIDECAR_HEADER, SidecarOptions, sidecar_cells
from clipdesk.gui.export.formats import ExportFormat

#: Numbers of an embedding that are shown.
_NUMBERS = 3


@dataclass(frozen=True)
class FirstRows:
    """The results of the first few images, and their embeddings. `folder` is the one around all images, or empty."""

    results: Results
    embeddings: Embeddings | None = None
    folder: str = ""


def preview_cells(
    chosen: ExportFormat, first: FirstRows, table: TableOptions, sidecars: SidecarOptions
) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows that the format will have. No file is looked at."""
    if chosen.key == "xmp":
        try:
            return SIDECAR_HEADER, [sidecar_cells(row, sidecars) for row in first.results]
        except ExportError:  # no keyword above the labels
            return SIDECAR_HEADER, []
    if chosen.key == "imagefolder":
        # Without a folder around all images, there is no such file.
        rows = first.results if first.folder else ()
        return METADATA_HEADER, [metadata_cells(row, first.folder) for row in rows]
    if chosen.is_embeddings:
        return ["path", "embedding"], _embedding_rows(first.embeddings)
    table = replace(table, match=first.results.matches is not None)
    return csv_header(first.results.names, table), [csv_cells(row, table) for row in first.results]


def _embedding_rows(embeddings: Embeddings | None) -> list[list[str]]:
    if embeddings is None:
        return []
    rows: list[list[str]] = []
    for path, vector in zip(embeddings.paths, embeddings.vectors, strict=True):
        numbers = "  ".join(f"{value:.3f}" for value in vector[:_NUMBERS].tolist())
        rows.append([path, f"{numbers}  … ({len(vector)})"])
    return rows
