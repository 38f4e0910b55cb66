"""The commands: they read arguments, print, and return exit codes."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from clipdesk import __version__
from clipdesk.core.encoder import RemoteEncoder
from clipdesk.core.errors import Cancelled, ClipDeskError, EncoderError, ExportError, LabelError
from clipdesk.core.export import ResultRow, result_rows, write_jsonl, write_results, write_run_details
from clipdesk.core.files import check_writable
from clipdesk.core.kept_encoder import KeptRemoteEncoder, is_asleep
from clipdesk.core.labels import PLAIN_TEMPLATE, LabelSet, load_label_set, parse_label
from clipdesk.core.pipeline import embed_images, recall_images
from clipdesk.core.project import Desk, encode_prompts, prompt_keys, recall_prompts
from clipdesk.core.scan import IMAGE_SUFFIXES, find_images
from clipdesk.core.scoring import label_vectors
from clipdesk.core.table import printable, text_table

if TYPE_CHECKING:
    from clipdesk.core.encoder import Encoder, Upload
    from clipdesk.core.store import EmbeddingStore
    from clipdesk.encoders.api_keys import ApiKey
    from clipdesk.encoders.download import LoadProgress
    from clipdesk.encoders.servers import ServerChoice

OK, FAILED, WRONG_ARGUMENTS, SOME_UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130

COMMANDS = ("label", "models", "serve")

DEVICES = ("auto", "cpu", "cpu:fp32", "cpu:bf16", "cuda", "mps")
_DEVICE_HELP = (
    "where to compute; the processor takes the fastest way that keeps the scores, unless it is told fp32 (exact) or "
    "bf16 (fast)"
)


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0, 1, 2, 3 or 130 (see the README)."""
    _open_closed_streams()
    options = _parser().parse_args(argv)
    # A server's log is read days later: it has the time.
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s" if options.run is _serve else logging.BASIC_FORMAT
    logging.basicConfig(level=logging.DEBUG if options.verbose else logging.WARNING, format=form)
    try:
        code: int = options.run(options)
    except LabelError as error:
        return fail(str(error), WRONG_ARGUMENTS)
    except (Cancelled, KeyboardInterrupt):
        return fail("Stopped.", INTERRUPTED)
    except ClipDeskError as error:
        return fail(str(error))
    return code


def fail(message: str, code: int = FAILED) -> int:
    """Say in one line what is wrong, and return the exit code."""
    tell(f"clipdesk: {printable(message)}")
    return code


def tell(text: str, end: str = "\n") -> None:
    """Say something on standard error. Nobody has to listen: the work goes on when the reader is gone."""
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except OSError:
        _let_go(sys.stderr)


def put_out(lines: Iterable[str]) -> None:
    """Write lines to standard output, escaping what its encoding lacks. Raises ExportError when the disk is full.

    A reader that has seen enough (head, less) ends the lines and nothing else.
    """
    encoding = sys.stdout.encoding or "utf-8"
    try:
        for line in lines:
            print(line.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go(sys.stdout)
    except OSError as error:
        _let_go(sys.stdout)
        raise ExportError(f"The results could not be written to standard output: {error.strerror}.") from error


def _let_go(stream: IO[str]) -> None:
    """Lead a stream that cannot be written to nowhere: else its last lines fail once more at exit, with code 120."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _open_closed_streams() -> None:
    """Streams are None where a script closed them (`2>&-`), and in a window program on Windows."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


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

    _add_serve(commands.add_parser("serve", help="be a server for the CLIP API", description=_SERVE_DESCRIPTION))

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


_SERVE_DESCRIPTION = (
    "Answer the CLIP API, so that other computers and programs can use the models of this one. Reachable from this "
    "computer only, unless --host says otherwise. Ctrl+C finishes what is in flight, then stops."
)


def _add_serve(serve: argparse.ArgumentParser) -> None:
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this computer only)")
    serve.add_argument("--port", type=int, default=9001, help="port to listen on (9001)")
    serve.add_argument(
        "--model", metavar="MODEL", help="what answers where a request names no version, and for ViT-B-16"
    )
    serve.add_argument(
        "--serve-model",
        action="append",
        default=[],
        metavar="VERSION=MODEL",
        help="what answers for another clip_version_id; may be repeated",
    )
    serve.add_argument("--device", choices=DEVICES, default="auto", help=_DEVICE_HELP)
    serve.add_argument("--keep-models", type=_at_least_1, default=2, metavar="N", help="models in memory at once (2)")
    access = serve.add_mutually_exclusive_group()
    access.add_argument("--api-key-file", type=Path, metavar="FILE", help="ask for one of these keys: one a line")
    access.add_argument("--no-auth", action="store_true", help="let anyone in who can reach an open address")
    serve.add_argument("--allow-urls", action="store_true", help="also fetch pictures by https address, public ones")
    serve.add_argument("--max-body-mb", type=_at_least_1, default=20, metavar="MB", help="largest request (20)")
    serve.add_argument("--max-megapixels", type=_at_least_1, default=100, metavar="N", help="largest picture (100)")
    serve.add_argument(
        "--queue", type=_at_least_1, default=256, metavar="N", help="requests at once; more are told to come back (256)"
    )
    serve.add_argument("--ray", action="store_true", help="run on Ray Serve (see docs/scaling.md)")
    serve.add_argument("--replicas", type=_at_least_1, default=1, metavar="N", help="with --ray: copies of the server")
    serve.add_argument(
        "--max-replicas", type=_at_least_1, default=1, metavar="N", help="with --ray: up to so many under load"
    )
    serve.add_argument("--gpus-per-replica", type=float, default=0.0, metavar="N", help="with --ray: may be 0.5")
    serve.add_argument("--ray-address", default="", metavar="ADDRESS", help="with --ray: join this cluster")
    serve.add_argument("-v", "--verbose", action="store_true", help="a line for every request, on standard error")
    serve.set_defaults(run=_serve)


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
    parser.add_argument("--device", choices=DEVICES, default="auto", help=_DEVICE_HELP)
    parser.add_argument(
        "--threshold",
        type=_probability,
        metavar="P",
        help="below this probability (0 to 1) a picture counts as unsure",
    )
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep what was computed before")
    parser.add_argument("-v", "--verbose", action="store_true", help="say more on standard error")


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def _at_least_1(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
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
    if problem := _problem_with_paths(options):
        return fail(problem, WRONG_ARGUMENTS)
    for path in _output_files(options):
        # Now rather than after hours of work.
        check_writable(path)

    desk = Desk()
    desk.label_set = label_set
    problems: list[tuple[Path, str]] = []
    desk.add_images(find_images(options.paths, on_problem=lambda path, reason: problems.append((path, reason))))
    for path, reason in problems:
        tell(f"{printable(str(path))}: {reason}")
    if not desk.images:
        return fail("No pictures were found there.")

    failure = ""
    with _interrupt_sets() as cancel, _opened_store(options) as store:
        encoder = _load_encoder(options, store, cancel)
        choice = server_choice(options)
        name = choice.version if choice is not None else encoder.identity.model
        try:
            try:
                _score(desk, encoder, name, store, cancel)
            except EncoderError as error:
                if not _finished(desk):
                    raise
                failure = str(error)
            except Cancelled:
                # While the model was loaded for what is new.
                if not _finished(desk):
                    raise
            rows = list(_rows(desk, options.threshold or 0.0))
            _write(rows, label_set, encoder, options)
            interrupted = cancel.is_set() and _finished(desk) < len(desk)
        finally:
            encoder.close()
    _summarise(desk)
    if failure:
        return fail(f"{failure} What was finished is kept.")
    if interrupted:
        return fail("Stopped. What was finished is kept.", INTERRUPTED)
    return SOME_UNREADABLE if desk.errors or problems else OK


def _problem_with_paths(options: argparse.Namespace) -> str:
    """What is wrong with the paths that were given, if anything."""
    for path in options.paths:
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return f"“{path}” does not exist. Check the spelling."
        except OSError as error:
            return f"“{path}” cannot be opened: {error.strerror}."
    files = [Path(os.path.realpath(path)) for path in _output_files(options)]
    pictures = {Path(os.path.realpath(path)) for path in options.paths}
    for path, file in zip(_output_files(options), files, strict=True):
        if file.is_dir():
            return f"“{path}” is a folder. Name a file in it."
        if not file.parent.is_dir():
            return f"The folder of “{path}” does not exist. Make it first."
        if file.suffix.lower() in IMAGE_SUFFIXES or file in pictures:
            # `--csv *.jpg` names a picture.
            return f"“{path}” is the name of a picture. Give the results a name of their own, such as scores.csv."
        if files.count(file) > 1:
            return f"“{path}” is named for two kinds of results. Give each a file of its own."
    return ""


def _output_files(options: argparse.Namespace) -> list[Path]:
    return [path for path in (options.csv, options.jsonl, options.details) if path is not None]


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

    with closing(open_store(lambda sentence: tell(printable(sentence)))) as store:
        yield store


def _load_encoder(options: argparse.Namespace, store: EmbeddingStore | None, cancel: threading.Event) -> Encoder:
    choice = server_choice(options)
    if choice is not None:
        return _connect(choice, store, cancel)
    from clipdesk.encoders.catalog import default_model
    from clipdesk.encoders.opening import open_encoder

    model = options.model or default_model()
    progress = ProgressLine()
    encoder = open_encoder(model, store=store, device=options.device, progress=progress.show_load, cancel=cancel)
    progress.end()
    return encoder


def _connect(choice: ServerChoice, store: EmbeddingStore | None, cancel: threading.Event) -> Encoder:
    from clipdesk.encoders.api_keys import find_key
    from clipdesk.encoders.roboflow import connect

    def key_of(host: str) -> ApiKey:
        key = find_key(host)
        if key:
            tell(f"{host} gets {key.origin}.")
        return key

    encoder = connect(choice, key_of=key_of, notice=_notice, cancel=cancel)
    return encoder if store is None else KeptRemoteEncoder(encoder, store)


def _notice(text: str) -> None:
    """What takes long; on a terminal in the place of the bar, which is drawn again with the next pictures."""
    tell(f"\r\x1b[K{text}" if sys.stderr.isatty() else text)


class _PlaceLine:
    """Says where the model runs, as soon as it does and whenever that changes."""

    def __init__(self, encoder: Encoder, name: str) -> None:
        self._encoder = encoder
        self._name = name
        self._said = ""
        if not is_asleep(encoder):
            self.say()

    def say(self) -> None:
        if self._encoder.place != self._said:
            self._said = self._encoder.place
            _notice(f"{printable(self._name)} on {self._said}")


def _say_what_is_sent(upload: Upload, count: int, prompts: bool) -> None:
    """Say how many pictures go where, and whether prompts do."""
    megabytes = count * upload.bytes_per_image / 1e6
    what = "1 picture" if count == 1 else f"{count:,} pictures"
    hosts = " and ".join(upload.hosts)
    if count:
        words = ", and the prompts" if prompts else ""
        tell(f"Sending {what}, about {megabytes:,.1f} MB{words} to {hosts}: small copies without metadata.")
    elif prompts:
        tell(f"Sending the prompts to {hosts}. The pictures were sent there before.")
    else:
        tell(f"Nothing has to be sent to {hosts}: what it answered before is kept.")
        return
    for host in upload.unencrypted:
        tell(f"What goes to {host} is not encrypted: others in that network can read it.")


def _score(desk: Desk, encoder: Encoder, name: str, store: EmbeddingStore | None, cancel: threading.Event) -> None:
    """Embed and score everything on the desk, saying how far it is. What was finished before an error is scored too."""
    place = _PlaceLine(encoder, name)
    keys = prompt_keys(desk.label_set)
    distinct = list(dict.fromkeys(key for of_label in keys for key in of_label))
    table = desk.choose_encoder(encoder.identity, encoder.dimension, encoder.score_rule)
    kept_prompts: Collection[str] = ()
    if store is not None:
        for recalled in recall_images(enumerate(desk.images), encoder.identity, store, cancel):
            desk.put_recalled(recalled)
        kept_prompts = recall_prompts(distinct, encoder.identity, store)
    waiting = table.waiting().tolist()
    if isinstance(encoder, RemoteEncoder):
        _say_what_is_sent(encoder.upload, len(waiting), len(kept_prompts) < len(distinct))
    texts = [key.removeprefix("text:") for key in distinct if key.startswith("text:")]
    for text in encoder.cut_texts(texts):
        tell(f"The model reads only the beginning of “{printable(text)}”.")
    from clipdesk.encoders.catalog import STARTER
    from clipdesk.encoders.starter_words import unknown_words

    if name == STARTER and (unknown := unknown_words(texts)):
        tell(f"The starter model was never taught “{printable('”, “'.join(unknown))}”: do not trust it there.")
    vectors = label_vectors(keys, encode_prompts(distinct, encoder, store))
    progress = ProgressLine()
    done = len(desk) - len(waiting)
    new = ((row, desk.images.path(row)) for row in waiting)
    try:
        for batch in embed_images(new, encoder, cancel=cancel, store=store):
            desk.put(batch)
            done += len(batch)
            if not is_asleep(encoder):
                place.say()
            progress.show(done, len(desk), _activity_text(encoder))
    finally:
        progress.end()
        # All in one multiplication: in parts, the last digits would depend on how large they are.
        desk.set_labels(desk.label_set.names, vectors)
    place.say()


def _activity_text(encoder: Encoder) -> str:
    """What a remote encoder is doing, to append to the progress."""
    if not isinstance(encoder, RemoteEncoder):
        return ""
    activity = encoder.activity
    return f" · {activity.in_flight} at once · {activity.sent_bytes / 1e6:,.1f} MB sent"


def _rows(desk: Desk, threshold: float) -> Iterator[ResultRow]:
    return result_rows(desk.images, range(len(desk)), desk.scores, desk.scored_labels, desk.errors, threshold)


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
    """Print results as a table."""
    put_out(text_table(rows, names))


def _finished(desk: Desk) -> int:
    """How many pictures are labelled or known to be unreadable."""
    return len(desk.errors) + _labelled(desk)


def _labelled(desk: Desk) -> int:
    return int((desk.scores.best >= 0).sum())


def _summarise(desk: Desk) -> None:
    for row in sorted(desk.errors):
        tell(f"{printable(desk.images.path_text(row))}: {desk.errors[row]}")
    tell(f"{_labelled(desk)} of {len(desk)} pictures labelled, {len(desk.errors)} could not be read.")


@contextmanager
def _interrupt_sets() -> Iterator[threading.Event]:
    """An event that the first Ctrl+C or `kill` sets; the second interrupts at once."""
    event = threading.Event()

    def on_interrupt(number: int, frame: object) -> None:
        signal.signal(number, signal.default_int_handler)
        event.set()

    previous = {number: signal.signal(number, on_interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield event
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


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
            tell("")
            self._open = False

    def _say(self, share: float, text: str) -> None:
        if self._terminal:
            full = round(self._BAR_COLUMNS * min(share, 1.0))
            bar = "█" * full + "░" * (self._BAR_COLUMNS - full)
            tell(f"\r\x1b[K{bar} {text}", end="")
            self._open = True
        elif time.monotonic() - self._shown >= self._INTERVAL_S:
            self._shown = time.monotonic()
            tell(text)


def _list_models(options: argparse.Namespace) -> int:
    from clipdesk.encoders import catalog

    if options.words:
        names = catalog.search_models(" ".join(options.words))
        put_out(f"{name}{'  (downloaded)' if catalog.is_downloaded(name) else ''}" for name in names)
        return OK if names else fail("No model has these words in its name.")
    for entry in catalog.entries():
        state = "ready" if catalog.is_downloaded(entry.name) else f"{entry.size_bytes / 1e6:,.0f} MB to download"
        put_out([entry.title, f"  {entry.name}", f"  {entry.summary}", f"  {state} · licence: {entry.licence}", ""])
    put_out(["Every other open_clip model: clipdesk models list WORD"])
    return OK


def _download_model(options: argparse.Namespace) -> int:
    from clipdesk.encoders import catalog

    progress = ProgressLine()
    with _interrupt_sets() as cancel:
        catalog.download_model(options.model, progress=progress.show_load, cancel=cancel)
    progress.end()
    if not catalog.is_downloaded(options.model):
        # A folder, or a starter that this installation lacks: there is nowhere to fetch them from.
        return fail(f"“{options.model}” is not on this computer, and cannot be downloaded. Choose another model.")
    put_out([f"{options.model} is on this computer."])
    return OK


def _delete_model(options: argparse.Namespace) -> int:
    from clipdesk.encoders import catalog

    freed = catalog.delete_download(options.model)
    if not freed:
        return fail(f"“{options.model}” is not on this computer, so nothing was deleted.")
    put_out([f"{freed / 1e6:,.0f} MB freed."])
    return OK


def _serve(options: argparse.Namespace) -> int:
    from clipdesk.server import settings as server

    if not server.is_loopback(options.host) and not options.api_key_file and not options.no_auth:
        return fail(
            f"Other computers can reach {options.host}. Ask for a key with --api-key-file FILE, "
            "or let everyone in with --no-auth.",
            WRONG_ARGUMENTS,
        )
    chosen = server.ServerSettings(
        models=server.model_map(options.model, options.serve_model),
        device=options.device,
        key_digests=server.read_key_file(options.api_key_file) if options.api_key_file else (),
        allow_urls=options.allow_urls,
        max_body_bytes=options.max_body_mb * 1_000_000,
        max_pixels=options.max_megapixels * 1_000_000,
        max_requests=options.queue,
        keep_models=options.keep_models,
    )
    logging.getLogger("clipdesk").setLevel(logging.DEBUG if options.verbose else logging.INFO)
    # Pillow tells every tag of a picture, its place among them.
    logging.getLogger("PIL").setLevel(logging.WARNING)
    try:
        if options.ray:
            from clipdesk.server.ray_app import serve_with_ray

            ray = server.RayOptions(
                options.replicas,
                options.max_replicas,
                gpus_per_replica=options.gpus_per_replica,
                address=options.ray_address,
            )
            serve_with_ray(chosen, ray, options.host, options.port, _say_address)
        else:
            from clipdesk.server.run import serve

            serve(chosen, options.host, options.port, _say_address)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _SERVER_PACKAGES:
            raise
        extra = "ray" if options.ray else "server"
        return fail(f'“clipdesk serve” needs a part that is not installed: pip install "clipdesk[{extra}]"')
    print("Stopped.", file=sys.stderr)
    return OK


#: What the extras `server` and `ray` bring.
_SERVER_PACKAGES = ("fastapi", "starlette", "pydantic", "uvicorn", "prometheus_client", "ray")


def _say_address(address: str) -> None:
    print(
        f"The CLIP API is at {address}, its description at {address}/docs. Ctrl+C stops.", file=sys.stderr, flush=True
    )


def report_headless(
    message: str, rows: Sequence[ResultRow], names: Sequence[str], files: Sequence[Path], ok: bool
) -> int:
    """Print what a run without a display gave, and where it is."""
    if rows:
        print_table(rows, names)
    put_out(f"Saved {path}" for path in files)
    if message:
        put_out([message])
    return OK if ok else FAILED
