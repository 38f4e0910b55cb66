"""`clipdesk groups`: what is in these folders, as groups of pictures with proposed names."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from clipdesk.cli.embedded_desk import (
    EmbeddedDesk,
    FindProgressLine,
    add_find_options,
    embedded_desk,
    problem_with_options,
)
from clipdesk.cli.table import printable
from clipdesk.cli.terminal import WRONG_ARGUMENTS, fail, interrupt_sets, put_out
from clipdesk.core.csv_text import CsvWriter, neutralise
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.files import replace_atomically
from clipdesk.core.find.groups import COARSEST, FINEST, USUAL, PictureGroups, connect_neighbours, make_groups
from clipdesk.core.find.names import encode_words, propose_names, read_words

GROUPS_DESCRIPTION = (
    "Say what is in these folders: groups of pictures that are alike, with three proposed names for each, and a few "
    "typical pictures. Pictures that fit no group are “various”. Nothing is moved. Exit codes as for “clipdesk label”."
)
_NAMES, _TYPICAL = 3, 4


def add_groups_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `clipdesk groups`."""
    parser.add_argument(
        "--fineness",
        type=_fineness,
        default=USUAL,
        metavar="F",
        help=f"from {COARSEST:g} (few large groups) to {FINEST:g} (many small ones); the default is {USUAL:g}",
    )
    add_find_options(parser, "write the group of each picture to this CSV file, and print no list")
    parser.set_defaults(run=run_groups)


def run_groups(options: argparse.Namespace) -> int:
    """Make groups, and print or write them."""
    if problem := problem_with_options(options):
        return fail(problem, WRONG_ARGUMENTS)
    with interrupt_sets() as cancel, embedded_desk(options, cancel) as embedded:
        progress = FindProgressLine()
        try:
            graph = connect_neighbours(embedded.vectors, on_progress=progress.show_find, cancel=cancel)
            found = make_groups(
                embedded.vectors, graph, options.fineness, on_progress=progress.show_find, cancel=cancel
            )
            names = _names(found, embedded, progress, cancel)
        finally:
            progress.end()
        images = embedded.desk.images
        if options.csv is not None:
            _write_csv(options.csv, images, found, names)
        else:
            put_out(_lines(images, found, names))
        count = len(found.groups)
        groups = "1 group" if count == 1 else f"{count:,} groups"
        return embedded.report(f"{groups}, and {len(found.various):,} various pictures.")


def _names(
    found: PictureGroups, embedded: EmbeddedDesk, progress: FindProgressLine, cancel: threading.Event
) -> list[tuple[str, ...]]:
    """Return names from the words that the model knows."""
    from clipdesk.encoders.models.languages import unknown_words_finder

    if not found.groups:
        return []
    find_unknown, words = unknown_words_finder(embedded.model), read_words()
    if find_unknown is not None:
        words = tuple(word for word in words if not find_unknown([word]))
    vocabulary = encode_words(embedded.encoder, words, on_progress=progress.show_find, cancel=cancel)
    return propose_names(found.groups, vocabulary, _NAMES)


def _lines(images: ImageList, found: PictureGroups, names: Sequence[Sequence[str]]) -> Iterator[str]:
    for group, words in zip(found.groups, names, strict=True):
        yield f"{len(group):6,}  {', '.join(words)}"
        for row in group.typical(_TYPICAL).tolist():
            yield f"        {printable(images.path_text(row))}"
    if len(found.various):
        yield f"{len(found.various):6,}  various"


def _write_csv(path: Path, images: ImageList, found: PictureGroups, names: Sequence[Sequence[str]]) -> None:
    """Write one row for each picture, group after group, the most typical first. Raises ExportError."""
    with replace_atomically(path) as stream:
        writer = CsvWriter(stream)
        writer.write_row(("filepath", "group", *(f"name_{number}" for number in range(1, _NAMES + 1))))
        for place, (group, words) in enumerate(zip(found.groups, names, strict=True)):
            texts = [*words, *[""] * (_NAMES - len(words))]
            for row in group.rows.tolist():
                writer.write_row((neutralise(images.path_text(row)), str(place + 1), *map(neutralise, texts)))
        for row in found.various.tolist():
            writer.write_row((neutralise(images.path_text(row)), "various", *[""] * _NAMES))


def _fineness(text: str) -> float:
    value = float(text)
    if not COARSEST <= value <= FINEST:
        raise argparse.ArgumentTypeError(f"{text} is not between {COARSEST:g} and {FINEST:g}")
    return value
