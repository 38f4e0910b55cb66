"""How soon a job gives its first score once the model is loaded, and how soon it ends after a cancel.

By every runtime that this computer has, with pictures of 12 megapixels. The slowest case counts, by the clock. On a
busy computer the CPU time in brackets says more: it is what the process used meanwhile.
"""

from __future__ import annotations

import functools
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from photos import draw_jpegs
from PIL import Image
from random_model import REPOSITORY, random_model
from rows import Measured, Row, Took
from rows_line import LARGE

from clipdesk.core.encoder import Encoder
from clipdesk.core.labels.scoring import normalise
from clipdesk.core.line.embed import embed_images
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import ThumbnailStore

if TYPE_CHECKING:
    from clipdesk.encoders.local.candidate import Candidate

PICTURES = 24
#: A cancel is measured at these times after the first score: while batches still grow, and later.
CANCELLED_AFTER_S = (0.0, 0.4, 1.5)
#: A JPEG of so many pixels takes more than a second to decode.
HUGE = (14_000, 10_000)
_LATENCY_S = 0.2


class Case(NamedTuple):
    name: str
    encoder: Encoder
    paths: Sequence[Path]


def first_score(folder: Path) -> Measured:
    """Measure the time from a loaded model to the first score, the text of a label included."""
    took = {}
    for case in _cases(folder):
        began, used = time.perf_counter(), time.process_time()
        texts = case.encoder.encode_texts(["a photo of a cat", "a photo of a dog"])
        with _job(case, folder, threading.Event()) as batches:
            vectors = [image.embedding for image in next(batches) if image.embedding is not None]
            scores = normalise(np.stack(vectors)) @ texts.T
            took[case.name] = Took(time.perf_counter() - began, time.process_time() - used)
        assert np.isfinite(scores).all()
    return _slowest(took)


def time_to_cancel(folder: Path) -> Measured:
    """Measure the time from a cancel to the end of the job, at several moments."""
    took = {}
    for case in _cases(folder):
        took[case.name] = max(
            (_cancel(case, folder, after_s) for after_s in CANCELLED_AFTER_S), key=lambda times: times.clock_s
        )
    return _slowest(took)


def _slowest(took: dict[str, Took]) -> Measured:
    slowest = max(times.clock_s for times in took.values())
    return Measured(slowest, {name: str(times) for name, times in took.items()})


def _cancel(case: Case, folder: Path, after_s: float) -> Took:
    cancel, cancelled_at = threading.Event(), [(0.0, 0.0)]

    def stop() -> None:
        cancelled_at[0] = time.perf_counter(), time.process_time()
        cancel.set()

    timer: threading.Timer | None = None
    with _job(case, folder, cancel) as batches:
        for _ in batches:
            if timer is None:
                timer = threading.Timer(after_s, stop)
                timer.start()
        ended_at, used_at = time.perf_counter(), time.process_time()
    assert timer is not None
    timer.cancel()
    timer.join()
    began, used = cancelled_at[0]
    return Took(ended_at - began, used_at - used) if 0 < began < ended_at else Took(0.0, 0.0)


@contextmanager
def _job(case: Case, folder: Path, cancel: threading.Event) -> Iterator[Iterator[Sequence]]:
    """Run the line with new stores."""
    number = len(list(folder.glob("store *")))
    store_at = folder / f"store {number}"
    with (
        closing(EmbeddingStore(store_at / "s.sqlite3")) as store,
        closing(ThumbnailStore(store_at / "t.sqlite3")) as thumbnails,
    ):
        batches = embed_images(enumerate(case.paths), case.encoder, cancel=cancel, store=store, thumbnails=thumbnails)
        with closing(batches):
            yield batches
            cancel.set()


def _cases(folder: Path) -> Iterator[Case]:
    paths = draw_jpegs(folder / "pictures", LARGE, PICTURES)
    huge = folder / "huge.jpg"
    Image.effect_noise(HUGE, 20).save(huge, quality=80)
    model = random_model("ViT-B-32")
    for candidates in _runtimes():
        encoder = _load(model, candidates)
        with closing(encoder):
            yield Case(encoder.place.partition("(")[2].partition(")")[0], encoder, paths)
    slow = random_model("ViT-B-16-plus-240")
    with closing(_load(slow, ())) as encoder:
        yield Case("a model seven times as slow, PyTorch, fp32", encoder, paths)
    with closing(_load(model, ())) as encoder:
        yield Case("the first of them of 140 megapixels", encoder, [huge, *paths])
        yield Case("all of 140 megapixels but one", encoder, [paths[0], huge, huge, huge])
    with ExitStack() as stack:
        yield Case(f"a server that answers each after {_LATENCY_S} s", _on_server(stack), paths)


def _runtimes() -> Iterator[Sequence[Candidate]]:
    """Yield what chooses each runtime that this computer has."""
    from clipdesk.encoders.devices import choose_device
    from clipdesk.encoders.local.image_towers import candidates_for

    yield ()  # plain PyTorch in fp32
    for number, _ in enumerate(candidates_for(choose_device("cpu"))):
        yield candidates_for(choose_device("cpu"))[number : number + 1]


def _load(model: Path, candidates: Sequence[Candidate]) -> Encoder:
    """Load a model that is computed by the one candidate, or by plain PyTorch in fp32."""
    from clipdesk.encoders.local import open_clip

    choose: Callable = open_clip.select
    open_clip.select = functools.partial(choose, candidates=candidates)
    try:
        return open_clip.load_encoder(f"local-dir:{model}", device="cpu")
    finally:
        open_clip.select = choose


def _on_server(stack: ExitStack) -> Encoder:
    sys.path.insert(0, str(REPOSITORY / "tests"))
    from clip_server import ClipServer, running
    from color_encoder import ColorEncoder

    from clipdesk.encoders.remote.api_keys import ApiKey
    from clipdesk.encoders.remote.roboflow import connect
    from clipdesk.encoders.remote.servers import ServerChoice

    server = stack.enter_context(running(ClipServer(ColorEncoder(), latency_s=_LATENCY_S)))
    stack.callback(time.sleep, 2 * _LATENCY_S)  # for answers that nobody waits for any more
    return stack.enter_context(closing(connect(ServerChoice((server.url,)), key_of=lambda _: ApiKey(""))))


ROWS = (
    Row(
        "first-score",
        "from a loaded model to the first score, 12 megapixels, slowest runtime",
        "–",
        1.0,
        "s",
        first_score,
    ),
    Row("cancel", "from a cancel to the end of the job, 12 megapixels, slowest runtime", "–", 1.0, "s", time_to_cancel),
)
