"""The commands: they read arguments, print, and return exit codes."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from clipdesk import __version__
from clipdesk.core.errors import Cancelled, ClipDeskError, LabelError
from clipdesk.core.export import ResultRow, result_rows, write_jsonl, write_results, write_run_details
from clipdesk.core.kept_encoder import is_asleep
from clipdesk.core.labels import PLAIN_TEMPLATE, LabelSet, load_label_set, parse_label
from clipdesk.core.pipeline import embed_images, recall_images
from clipdesk.core.project import Desk, encode_prompts, prompt_keys
from clipdesk.core.scan import find_images
from clipdesk.core.scoring import label_vectors
from clipdesk.core.table import printable, text_table

if TYPE_CHECKING:
    from clipdesk.core.encoder import Encoder
    from clipdesk.core.store import EmbeddingStore
    from clipdesk.encoders.open_clip import LoadProgress

OK, FAILED, WRONG_ARGUMENTS, SOME_UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130

COMMANDS = ("label", "models")


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0, 1, 2, 3 or 130 (see the README)."""
    options = _parser().parse_args(argv)
    logging.basicConfig(level=logging.DEBUG if options.verbose else logging.WARNING)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except LabelError as error:
        return fail(str(error), WRONG_ARGUMENTS)
    except (Cancelled, KeyboardInterrupt):
        return fail("Stopped.", INTERRUPTED)
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Nothing may be flushed into the closed pipe at exit.
        sys.stdout = sys.stderr
        return OK
    except ClipDeskError as error:
        return fail(str(error))
    return code


def fail(message: str, code: int = FAILED) -> int:
    """Say in one line what is wrong, and return the exit code."""
    print(f"clipdesk: {printable(message)}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clipdesk", description="Sort pictures by typing words.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    label = commands.add_parser(
        "label",
        help="score pictures against labels",
        description="Score every picture against every label. Exit code 0: every picture was labelled; "
        "3: some could not be read; 2: wrong arguments; 1: the job failed; 130: interrupted.",
    )
    label.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="pictures and folders")
    label.add_argument(
        "--label",
        action="append",
        default=[],
        metavar="NAME[=PROMPT[|PROMPT...]]",
        help="a label, with the words that describe it where the name does not; may be repeated",
    )
    label.add_argument("--labels", type=Path, metavar="FILE", help="labels from a file: one a line, or a saved set")
    label.add_argument(
        "--template",
        action="append",
        default=[],
        metavar="T",
        help="put every prompt into these words, {} stands for it: “a photo of a {}”; several are averaged",
    )
    label.add_argument(
        "--csv", type=Path, metavar="FILE", help="write the scores to this file instead of a table to the screen"
    )
    label.add_argument("--jsonl", type=Path, metavar="FILE", help="write the same fields as JSON Lines")
    label.add_argument("--details", type=Path, metavar="FILE", help="write the model and the prompts as JSON")
    add_common_options(label)
    label.set_defaults(run=_label)

    models = commands.add_parser("models", help="list models, or download one")
    actions = models.add_subparsers(metavar="ACTION")
    listing = actions.add_parser("list", help="the models to choose from (add words to search all)")
    listing.add_argument("words", nargs="*", metavar="WORD")
    download = actions.add_parser("download", help="fetch a model, so that it works offline")
    download.add_argument("model", metavar="MODEL")
    delete = actions.add_parser("delete", help="delete a downloaded model")
    delete.add_argument("model", metavar="MODEL")
    for action in (models, listing, download, delete):
        action.add_argument("-v", "--verbose", action="store_true", help="say more on standard error")
    models.set_defaults(run=_list_models, words=[])
    listing.set_defaults(run=_list_models)
    download.set_defaults(run=_download_model)
    delete.set_defaults(run=_delete_model)
    return parser


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """The options that the window and the commands share."""
    parser.add_argument(
        "--model", metavar="MODEL", help="starter, an open_clip model:tag, local-dir:DIR or hf-hub:ORG/REPO"
    )
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto", help="where to compute")
    parser.add_argument(
        "--threshold",
        type=_probability,
        metavar="P",
        help="below this probability (0 to 1) a picture counts as unsure",
    )
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep what was computed before")
    parser.add_argument("-v", "--verbose", action="store_true", help="say more on standard error")


def _probability(text: str) -> float:
    value = float(text)
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def _label(options: argparse.Namespace) -> int:
    label_set = _label_set(options)
    for path in options.paths:
        if not path.exists():
            return fail(f"“{path}” does not exist. Check the spelling.", WRONG_ARGUMENTS)
    for path in filter(None, (options.csv, options.jsonl, options.details)):
        if not path.absolute().parent.is_dir():
            return fail(f"The folder of “{path}” does not exist. Make it first.", WRONG_ARGUMENTS)

    desk = Desk()
    desk.label_set = label_set
    problems: list[tuple[Path, str]] = []
    desk.add_images(find_images(options.paths, on_problem=lambda path, reason: problems.append((path, reason))))
    for path, reason in problems:
        print(f"{printable(str(path))}: {reason}", file=sys.stderr)
    if not desk.images:
        return fail("No pictures were found there.")

    with _opened_store(options) as store, _opened_encoder(options, store) as encoder:
        with _interrupt_sets() as cancel:
            _score(desk, encoder, store, cancel)
            interrupted = cancel.is_set()
        rows = list(_rows(desk, options.threshold or 0.0))
        _write(rows, label_set, encoder, options)
    return _summary(desk, interrupted)


def _label_set(options: argparse.Namespace) -> LabelSet:
    loaded = load_label_set(options.labels) if options.labels else LabelSet()
    labels = (*loaded.labels, *(parse_label(text) for text in options.label))
    if not labels:
        raise LabelError("There are no labels. Name at least one: --label dog --label cat.")
    return LabelSet(labels, tuple(options.template) or loaded.templates or (PLAIN_TEMPLATE,))


@contextmanager
def _opened_store(options: argparse.Namespace) -> Iterator[EmbeddingStore | None]:
    """Where embeddings are kept; None when they are not to be."""
    if options.no_cache:
        yield None
        return
    from clipdesk.store_settings import open_store

    with closing(open_store(lambda sentence: print(printable(sentence), file=sys.stderr))) as store:
        yield store


@contextmanager
def _opened_encoder(options: argparse.Namespace, store: EmbeddingStore | None) -> Iterator[Encoder]:
    from clipdesk.encoders.catalog import default_model
    from clipdesk.encoders.opening import open_encoder

    model = options.model or default_model()
    progress = ProgressLine()
    encoder = open_encoder(model, store=store, device=options.device, progress=progress.show_load)
    progress.end()
    with closing(encoder):
        yield encoder


class _PlaceLine:
    """Says where the model runs, as soon as it does and whenever that changes."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._said = ""
        if not is_asleep(encoder):
            self.say()

    def say(self) -> None:
        if self._encoder.place != self._said:
            self._said = self._encoder.place
            print(f"{self._encoder.identity.model} on {self._said}", file=sys.stderr)


def _score(desk: Desk, encoder: Encoder, store: EmbeddingStore | None, cancel: threading.Event) -> None:
    """Embed and score everything on the desk, saying how far it is."""
    place = _PlaceLine(encoder)
    keys = prompt_keys(desk.label_set)
    distinct = list(dict.fromkeys(key for of_label in keys for key in of_label))
    for text in encoder.cut_texts([key.removeprefix("text:") for key in distinct if key.startswith("text:")]):
        print(f"The model reads only the beginning of “{printable(text)}”.", file=sys.stderr)
    table = desk.choose_encoder(encoder.identity, encoder.dimension, encoder.score_rule)
    vectors = label_vectors(keys, encode_prompts(distinct, encoder, store))
    if store is not None:
        for recalled in recall_images(enumerate(desk.images), encoder.identity, store, cancel):
            desk.put_recalled(recalled)
    waiting = table.waiting().tolist()
    progress = ProgressLine()
    done = len(desk) - len(waiting)
    new = ((row, desk.images[row].path) for row in waiting)
    for batch in embed_images(new, encoder, cancel=cancel, store=store):
        desk.put(batch)
        done += len(batch)
        if not is_asleep(encoder):
            place.say()
        progress.show(done, len(desk))
    progress.end()
    # All in one multiplication: in parts, the last digits would depend on how large they are.
    desk.set_labels(desk.label_set.names, vectors)
    place.say()


def _rows(desk: Desk, threshold: float) -> Iterator[ResultRow]:
    paths = [image.path for image in desk.images]
    return result_rows(paths, range(len(paths)), desk.scores, desk.scored_labels, desk.errors, threshold)


def _write(rows: list[ResultRow], label_set: LabelSet, encoder: Encoder, options: argparse.Namespace) -> None:
    names = label_set.names
    if options.details:
        write_run_details(
            options.details, encoder.identity, encoder.score_rule, label_set, options.threshold or 0.0, __version__
        )
    if options.jsonl:
        write_jsonl(options.jsonl, rows, names)
    if options.csv:
        write_results(options.csv, rows, names)
    if not options.csv and not options.jsonl:
        print_table(rows, names)


def print_table(rows: Sequence[ResultRow], names: Sequence[str]) -> None:
    """Print results as a table; a character that the terminal cannot show is escaped."""
    encoding = sys.stdout.encoding or "utf-8"
    for line in text_table(rows, names):
        print(line.encode(encoding, "backslashreplace").decode(encoding))


def _summary(desk: Desk, interrupted: bool) -> int:
    for row in sorted(desk.errors):
        print(f"{printable(str(desk.images[row].path))}: {desk.errors[row]}", file=sys.stderr)
    done = len(desk) - int((desk.scores.best < 0).sum())
    print(f"{done} of {len(desk)} pictures labelled, {len(desk.errors)} could not be read.", file=sys.stderr)
    if interrupted:
        return fail("Stopped. What was finished is kept.", INTERRUPTED)
    return SOME_UNREADABLE if desk.errors else OK


@contextmanager
def _interrupt_sets() -> Iterator[threading.Event]:
    """An event that the first Ctrl+C sets; the second interrupts at once."""
    event = threading.Event()

    def on_interrupt(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        event.set()

    previous = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield event
    finally:
        signal.signal(signal.SIGINT, previous)


class ProgressLine:
    """Progress on standard error: a bar on a terminal, a plain line every few seconds otherwise."""

    _INTERVAL_S = 5.0
    _BAR_COLUMNS = 24

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._started = time.monotonic()
        self._shown = self._started
        self._open = False

    def show(self, done: int, total: int) -> None:
        seconds = time.monotonic() - self._started
        speed = done / max(seconds, 1e-6)
        left = (total - done) / max(speed, 1e-6)
        self._say(done / max(total, 1), f"{done:,} of {total:,} · {speed:.1f} a second · {left:.0f} s left")

    def show_load(self, progress: LoadProgress) -> None:
        if progress.total_bytes:
            share = progress.done_bytes / progress.total_bytes
            size = f"{progress.done_bytes / 1e6:,.0f} of {progress.total_bytes / 1e6:,.0f} MB"
            self._say(share, f"{progress.stage} · {size}")
        elif self._terminal:
            self._say(0.0, progress.stage)

    def end(self) -> None:
        if self._open:
            print(file=sys.stderr)
            self._open = False

    def _say(self, share: float, text: str) -> None:
        if self._terminal:
            full = round(self._BAR_COLUMNS * min(share, 1.0))
            bar = "█" * full + "░" * (self._BAR_COLUMNS - full)
            print(f"\r\x1b[K{bar} {text}", end="", file=sys.stderr, flush=True)
            self._open = True
        elif time.monotonic() - self._shown >= self._INTERVAL_S:
            self._shown = time.monotonic()
            print(text, file=sys.stderr, flush=True)


def _list_models(options: argparse.Namespace) -> int:
    from clipdesk.encoders import catalog

    if options.words:
        names = catalog.search_models(" ".join(options.words))
        for name in names:
            print(f"{name}{'  (downloaded)' if catalog.is_downloaded(name) else ''}")
        return OK if names else fail("No model has these words in its name.")
    for entry in catalog.entries():
        state = "ready" if catalog.is_downloaded(entry.name) else f"{entry.size_bytes / 1e6:,.0f} MB to download"
        print(f"{entry.title}\n  {entry.name}\n  {entry.summary}\n  {state} · licence: {entry.licence}\n")
    print("Every other open_clip model: clipdesk models list WORD")
    return OK


def _download_model(options: argparse.Namespace) -> int:
    from clipdesk.encoders import catalog

    progress = ProgressLine()
    with _interrupt_sets() as cancel:
        catalog.download_model(options.model, progress=progress.show_load, cancel=cancel)
    progress.end()
    print(f"{options.model} is on this computer.")
    return OK


def _delete_model(options: argparse.Namespace) -> int:
    from clipdesk.encoders import catalog

    freed = catalog.delete_download(options.model)
    print(f"{freed / 1e6:,.0f} MB freed.")
    return OK


def report_headless(
    message: str, rows: Sequence[ResultRow], names: Sequence[str], files: Sequence[Path], ok: bool
) -> int:
    """Print what a run without a display gave, and where it is."""
    if rows:
        print_table(rows, names)
    for path in files:
        print(f"Saved {path}")
    if message:
        print(message)
    return OK if ok else FAILED
