"""`clipdesk search`: rank pictures by words and by pictures that they should be like."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from clipdesk.cli.embedded_desk import add_find_options, embedded_desk, problem_with_options
from clipdesk.cli.table import printable
from clipdesk.cli.terminal import WRONG_ARGUMENTS, fail, interrupt_sets, put_out
from clipdesk.core.csv_text import CsvWriter, neutralise
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.files import replace_atomically
from clipdesk.core.find.query import Term, parse_query, term_prompts
from clipdesk.core.find.search import SearchResult, search
from clipdesk.core.labels.label_set import PLAIN_TEMPLATE
from clipdesk.core.labels.prompts import distinct_prompts
from clipdesk.core.labels.scoring import label_vectors

SEARCH_DESCRIPTION = (
    "List the pictures that fit best, the best first, with their score: how far each is above the average of these "
    "pictures, in standard deviations, and what each term adds to that or takes away. Nothing is moved. Exit codes as "
    "for “clipdesk label”."
)
_DEFAULT_TOP = 20


def add_search_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `clipdesk search`."""
    parser.add_argument(
        "--text",
        action="append",
        default=[],
        metavar="T",
        help="what the pictures should show, such as “beach at sunset”; may be repeated. Commas separate terms, +T "
        "counts twice, and -T excludes",
    )
    parser.add_argument(
        "--not",
        action="append",
        default=[],
        metavar="T",
        dest="not_",
        help="what they should not show; may be repeated",
    )
    parser.add_argument(
        "--like",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a picture that they should be like; may be repeated",
    )
    parser.add_argument(
        "--top",
        type=_count,
        default=_DEFAULT_TOP,
        metavar="N",
        help=f"list at most this many pictures (default: {_DEFAULT_TOP}); 0 lists all",
    )
    parser.add_argument(
        "--template",
        action="append",
        default=[],
        metavar="T",
        help="a template with {} for the text: “a photo of a {}”; may be repeated, the embeddings are averaged",
    )
    add_find_options(parser, "write the ranked pictures to this CSV file, and print no table")
    parser.set_defaults(run=run_search)


def run_search(options: argparse.Namespace) -> int:
    """Rank the pictures, and print or write the best."""
    terms = _terms(options)
    if problem := _problem(options, terms) or problem_with_options(options):
        return fail(problem, WRONG_ARGUMENTS)
    prompts = term_prompts(terms, tuple(options.template) or (PLAIN_TEMPLATE,))
    with interrupt_sets() as cancel, embedded_desk(options, cancel, distinct_prompts(prompts)) as embedded:
        found = search(
            embedded.vectors,
            label_vectors(prompts, embedded.prompts),
            np.array([term.weight for term in terms]),
            count=options.top or None,
            cancel=cancel,
        )
        images = embedded.desk.images
        if options.csv is not None:
            _write_csv(options.csv, images, terms, found)
        else:
            put_out(_table(images, terms, found))
        return embedded.report(f"{len(found):,} of {len(embedded.desk):,} pictures listed.")


def _terms(options: argparse.Namespace) -> tuple[Term, ...]:
    wanted = [term for text in options.text for term in parse_query(text)]
    unwanted = [replace(term, weight=-abs(term.weight)) for text in options.not_ for term in parse_query(text)]
    return (*wanted, *(Term(image=path) for path in options.like), *unwanted)


def _problem(options: argparse.Namespace, terms: Sequence[Term]) -> str:
    if not terms:
        return "Say what to look for: --text “beach at sunset”, or --like FILE for pictures like that one."
    if blank := next((text for text in options.template if text.count("{}") != 1), None):
        return f"The template “{blank}” does not contain {{}} once."
    missing = next((path for path in options.like if not path.is_file()), None)
    return "" if missing is None else f"“{missing}” does not exist. Check the spelling."


def _table(images: ImageList, terms: Sequence[Term], found: SearchResult) -> Iterator[str]:
    for row, score, parts in zip(found.rows.tolist(), found.scores.tolist(), found.parts.tolist(), strict=True):
        line = f"{score:6.2f}  {printable(images.path_text(row))}"
        if len(terms) > 1:
            line += (
                "  ("
                + ", ".join(f"{printable(term.name)} {part:+.2f}" for term, part in zip(terms, parts, strict=True))
                + ")"
            )
        yield line


def _write_csv(path: Path, images: ImageList, terms: Sequence[Term], found: SearchResult) -> None:
    """Write one row for each picture that was found, the best first. Raises ExportError."""
    with replace_atomically(path) as stream:
        writer = CsvWriter(stream)
        names = [neutralise(term.name) for term in terms]
        columns = (f"{what}:{name}" for what in ("part", "cosine") for name in names)
        writer.write_row(("filepath", "rank", "score", *columns))
        for place, row in enumerate(found.rows.tolist()):
            numbers = (*found.parts[place].tolist(), *found.cosine[place].tolist())
            texts = (f"{number:.6f}" for number in (found.scores[place], *numbers))
            writer.write_row((neutralise(images.path_text(row)), str(place + 1), *texts))


def _count(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is less than 0")
    return value
