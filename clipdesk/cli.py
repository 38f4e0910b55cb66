"""The commands: they read arguments, print, and return exit codes."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from clipdesk import __version__
from clipdesk.core.encoder import RemoteEncoder
from clipdesk.core.errors import Cancelled, ClipDeskError, EncoderError, LabelError
from clipdesk.core.export import ResultRow, result_rows, write_jsonl, write_results, write_run_details
from clipdesk.core.labels import PLAIN_TEMPLATE, LabelSet, load_label_set, parse_label
from clipdesk.core.pipeline import embed_images
from clipdesk.core.project import Desk, encode_prompts, prompt_keys
from clipdesk.core.scan import find_images
from clipdesk.core.scoring import label_vectors
from clipdesk.core.table import printable, text_table

if TYPE_CHECKING:
    from clipdesk.core.encoder import Encoder, Upload
    from clipdesk.encoders.api_keys import ApiKey
    from clipdesk.encoders.download import LoadProgress
    from clipdesk.encoders.servers import ServerChoice

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
        "--model",
        metavar="MODEL",
        help="starter, an open_clip model:tag, local-dir:DIR or hf-hub:ORG/REPO; with --server the model's name there",
    )
    parser.add_argument(
        "--server",
        action="append",
        default=[],
        metavar="URL",
        help="send small copies of the pictures to this server of Roboflow's CLIP API instead of computing here; "
        "may be repeated: servers with the same model share the work. The key: the one stored for this host, "
        "or ROBOFLOW_API_KEY, or API_KEY from the environment",
    )
    parser.add_argument(
        "--same-weights-as",
        default="",
        metavar="MODEL",
        help="the server's model is this one of this computer: embeddings are shared with it",
    )
    parser.add_argument("--jpeg", action="store_true", help="send JPEG instead of PNG: a third of the bytes")
    parser.add_argument(
        "--parallel", type=_parallel, default=16, metavar="N", help="most requests at once for each server (16)"
    )
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto", help="where to compute")
    parser.add_argument(
        "--threshold",
        type=_probability,
        metavar="P",
        help="below this probability (0 to 1) a picture counts as unsure",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="say more on standard error")


def _probability(text: str) -> float:
    value = float(text)
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def _parallel(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 256:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and 256")
    return value


def server_choice(options: argparse.Namespace) -> ServerChoice | None:
    """What the options say about servers; None to compute here."""
    from clipdesk.encoders.servers import DEFAULT_VERSION, ServerChoice

    if not options.server:
        return None
    return ServerChoice(
        tuple(options.server),
        options.model or DEFAULT_VERSION,
        "jpeg" if options.jpeg else "png",
        options.parallel,
        options.same_weights_as,
    )


def _label(options: argparse.Namespace) -> int:
    label_set = _label_set(options)
    if not options.server and (options.jpeg or options.same_weights_as):
        return fail("--jpeg and --same-weights-as go with --server.", WRONG_ARGUMENTS)
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

    failure: EncoderError | None = None
    with _interrupt_sets() as cancel:
        encoder = _load_encoder(options, cancel)
        try:
            try:
                _score(desk, encoder, cancel)
            except EncoderError as error:
                if not (desk.scores.best >= 0).any():
                    raise
                failure = error
            interrupted = cancel.is_set()
            rows = list(_rows(desk, options.threshold or 0.0))
            _write(rows, label_set, encoder, options)
        finally:
            encoder.close()
    code = _summary(desk, interrupted)
    return fail(str(failure)) if failure else code


def _label_set(options: argparse.Namespace) -> LabelSet:
    loaded = load_label_set(options.labels) if options.labels else LabelSet()
    labels = (*loaded.labels, *(parse_label(text) for text in options.label))
    if not labels:
        raise LabelError("There are no labels. Name at least one: --label dog --label cat.")
    return LabelSet(labels, tuple(options.template) or loaded.templates or (PLAIN_TEMPLATE,))


def _load_encoder(options: argparse.Namespace, cancel: threading.Event) -> Encoder:
    choice = server_choice(options)
    if choice is not None:
        return _connect(choice, cancel)
    from clipdesk.encoders.catalog import default_model
    from clipdesk.encoders.open_clip import load_encoder

    model = options.model or default_model()
    progress = ProgressLine()
    encoder = load_encoder(model, device=options.device, progress=progress.show_load, cancel=cancel)
    progress.end()
    print(f"{model} on {encoder.place}", file=sys.stderr)
    return encoder


def _connect(choice: ServerChoice, cancel: threading.Event) -> Encoder:
    from clipdesk.encoders.api_keys import find_key
    from clipdesk.encoders.roboflow import connect

    def key_of(host: str) -> ApiKey:
        key = find_key(host)
        if key:
            print(f"{host} gets {key.origin}.", file=sys.stderr)
        return key

    encoder = connect(choice, key_of=key_of, notice=_notice, cancel=cancel)
    print(f"{choice.version} on {encoder.place}", file=sys.stderr)
    return encoder


def _notice(text: str) -> None:
    """What takes long; on a terminal in the place of the bar, which is drawn again with the next pictures."""
    print(f"\r\x1b[K{text}" if sys.stderr.isatty() else text, file=sys.stderr, flush=True)


def _say_what_is_sent(upload: Upload, count: int) -> None:
    megabytes = count * upload.bytes_per_image / 1e6
    what = "1 picture" if count == 1 else f"{count:,} pictures"
    hosts = " and ".join(upload.hosts)
    print(
        f"Sending {what}, about {megabytes:,.1f} MB, and the prompts to {hosts}: small copies without metadata.",
        file=sys.stderr,
    )
    for host in upload.unencrypted:
        print(f"What goes to {host} is not encrypted: others in that network can read it.", file=sys.stderr)


def _score(desk: Desk, encoder: Encoder, cancel: threading.Event) -> None:
    """Embed and score everything on the desk, saying how far it is."""
    if isinstance(encoder, RemoteEncoder):
        _say_what_is_sent(encoder.upload, len(desk))
    keys = prompt_keys(desk.label_set)
    distinct = list(dict.fromkeys(key for of_label in keys for key in of_label))
    for text in encoder.cut_texts([key.removeprefix("text:") for key in distinct if key.startswith("text:")]):
        print(f"The model reads only the beginning of “{printable(text)}”.", file=sys.stderr)
    desk.choose_encoder(encoder.identity, encoder.dimension, encoder.score_rule)
    desk.set_labels(desk.label_set.names, label_vectors(keys, encode_prompts(distinct, encoder)))
    progress = ProgressLine()
    done = 0
    for batch in embed_images(enumerate(image.path for image in desk.images), encoder, cancel=cancel):
        desk.put(batch)
        done += len(batch)
        progress.show(done, len(desk), _activity_text(encoder))
    progress.end()


def _activity_text(encoder: Encoder) -> str:
    """What a remote encoder is doing, to append to the progress."""
    if not isinstance(encoder, RemoteEncoder):
        return ""
    activity = encoder.activity
    return f" · {activity.in_flight} at once · {activity.sent_bytes / 1e6:,.1f} MB sent"


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

    def show(self, done: int, total: int, more: str = "") -> None:
        seconds = time.monotonic() - self._started
        speed = done / max(seconds, 1e-6)
        left = (total - done) / max(speed, 1e-6)
        self._say(done / max(total, 1), f"{done:,} of {total:,} · {speed:.1f} a second · {left:.0f} s left{more}")

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
