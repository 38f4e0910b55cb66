"""`clipdesk models`: list, download and delete."""

from __future__ import annotations

import argparse

from clipdesk.cli.terminal import OK, ProgressLine, fail, interrupt_sets, put_out


def list_models(options: argparse.Namespace) -> int:
    """Print the recommended models, or the names of all models that contain the given words."""
    from clipdesk.encoders.models import catalog

    if options.words:
        names = catalog.search_models(" ".join(options.words))
        put_out(f"{name}{'  (downloaded)' if catalog.is_downloaded(name) else ''}" for name in names)
        return OK if names else fail("No model has these words in its name.")
    for entry in catalog.entries():
        state = "ready" if catalog.is_downloaded(entry.name) else f"{entry.size_bytes / 1e6:,.0f} MB to download"
        put_out([entry.title, f"  {entry.name}", f"  {entry.summary}", f"  {state} · licence: {entry.licence}", ""])
    put_out(["To search all open_clip models: clipdesk models list WORD"])
    return OK


def download_model(options: argparse.Namespace) -> int:
    """Download a model, unless it is on this computer. Raises Cancelled on Ctrl+C, and what the download raises."""
    from clipdesk.encoders.models import catalog

    progress = ProgressLine()
    with interrupt_sets() as cancel:
        catalog.download_model(options.model, progress=progress.show_load, cancel=cancel)
    progress.end()
    if not catalog.is_downloaded(options.model):
        # A local folder, or the starter model, which only comes with ClipDesk: neither can be downloaded.
        return fail(f"“{options.model}” is not on this computer and cannot be downloaded. Choose another model.")
    put_out([f"{options.model} is on this computer."])
    return OK


def delete_model(options: argparse.Namespace) -> int:
    """Delete a downloaded model, and print how much disk space that freed."""
    from clipdesk.encoders.models import catalog

    freed = catalog.delete_download(options.model)
    if not freed:
        return fail(f"“{options.model}” is not on this computer, so nothing was deleted.")
    put_out([f"{freed / 1e6:,.0f} MB freed."])
    return OK
