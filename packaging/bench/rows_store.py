"""The speed of the store: loading it, and labelling images that it already knows."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
from rows import Measured, Row, in_turns

from clipdesk.core.desk.embedding_table import EmbeddingTable
from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.labels.scoring import normalise
from clipdesk.core.line.recall import recall_images
from clipdesk.core.pictures.content import read_content, text_key
from clipdesk.core.pictures.scan import ImageFile, find_images
from clipdesk.core.store.embedding_store import FILE_NAME, EmbeddingStore, StoredImage

VECTORS, DIMENSION = 100_000, 512
PICTURES = 10_000
LONG_AGO = 1_700_000_000
REPOSITORY = Path(__file__).resolve().parents[2]


def load_vectors(folder: Path) -> Measured:
    """Load 100,000 vectors of 512 from the store into the matrix that is scored, each with its CRC verified."""
    identity = EncoderIdentity("bench", "c", "p")
    vectors = normalise(np.random.default_rng(0).normal(size=(VECTORS, DIMENSION)).astype(np.float32))
    files = [
        ImageFile(Path(f"/home/someone/Pictures/holiday {n // 1000}/IMG_{n:06}.jpg"), 4_000_000 + n, 10**18 + n)
        for n in range(VECTORS)
    ]
    store = EmbeddingStore(folder / "s.sqlite3")
    for start in range(0, VECTORS, 5000):
        part = range(start, start + 5000)
        store.put_images(identity, [StoredImage(text_key(str(n)), vectors[n], files[n]) for n in part])
    np.save(folder / "plain.npy", vectors.astype(np.float16))
    tables: list[EmbeddingTable] = []

    def load() -> None:
        table = EmbeddingTable(DIMENSION)
        table.grow(VECTORS)
        for recalled in recall_images(enumerate(files), identity, store, threading.Event()):
            table.put_rows(recalled.rows, recalled.embeddings)
        tables[:] = [table]

    def plain() -> None:
        np.load(folder / "plain.npy").astype(np.float32)

    loaded, plain_file = in_turns(load, plain, times=4)
    assert np.array_equal(tables[0].vectors, vectors.astype(np.float16).astype(np.float32))
    size = store.size_bytes
    store.close()
    details = {"load": str(loaded), "numpy file": str(plain_file), "store": f"{size / 1e6:.0f} MB"}
    return Measured(loaded.cpu_s, details)


def label_unchanged(folder: Path) -> Measured:
    """Run `clipdesk label` in a process of its own, on images and labels that the store already knows."""
    sys.path.insert(0, str(REPOSITORY / "tests"))
    from tiny_model import build_tiny_model

    from clipdesk.encoders.opening import open_encoder

    pictures, cache = folder / "pictures", folder / "cache"
    pictures.mkdir()
    for number in range(PICTURES):
        # A tiny PPM is enough, as the command does not read it.
        path = pictures / f"IMG_{number:05}.ppm"
        path.write_bytes(b"P6 2 2 255\n" + number.to_bytes(12, "big"))
        os.utime(path, (LONG_AGO, LONG_AGO))
    model = f"local-dir:{build_tiny_model(folder / 'model')}"
    store = EmbeddingStore(cache / FILE_NAME)
    encoder = open_encoder(model, store=store)
    encoder.encode_texts(["dog", "cat"])
    vectors = normalise(np.random.default_rng(0).normal(size=(PICTURES, encoder.dimension)).astype(np.float32))
    contents = [read_content(image.path) for image in find_images([pictures])]
    kept = [
        StoredImage(content.key, vector, content.file)
        for content, vector in zip(contents, vectors, strict=True)
        if content
    ]
    store.put_images(encoder.identity, kept)
    encoder.close()
    store.close()

    said: list[str] = []
    code = "import sys; from clipdesk.__main__ import main; c = main(sys.argv[1:]); "
    code += "print('torch' in sys.modules, file=sys.stderr); sys.exit(c)"
    label = [sys.executable, "-c", code, "label", str(pictures), "--model", model, "--label", "dog", "--label", "cat"]
    environment = os.environ | {"CLIPDESK_CACHE_DIR": str(cache), "PYTHONPATH": str(REPOSITORY)}

    def run_label() -> None:
        done = subprocess.run(
            [*label, "--csv", str(folder / "s.csv")], env=environment, capture_output=True, text=True, check=True
        )
        said[:] = done.stderr.splitlines()

    def run_find() -> None:
        subprocess.run(
            ["find", str(pictures), "-type", "f", "-printf", "%s %T@ %p\n"], stdout=subprocess.DEVNULL, check=True
        )

    label_took, find_took = in_turns(run_label, run_find, times=3)
    assert said[-1] == "False", "torch was imported"
    assert f"{PICTURES} of {PICTURES} pictures labelled" in said[-2]
    details = {"clipdesk label": str(label_took), "find": str(find_took), "torch": "no"}
    return Measured(label_took.cpu_s - find_took.cpu_s, details)


ROWS = (
    Row(
        "load-store",
        "100,000 vectors of 512 from the store into the matrix, verified (CPU time)",
        "the same from a plain numpy file, below",
        1.0,
        "s",
        load_vectors,
    ),
)
if sys.platform.startswith("linux"):  # it needs GNU find
    ROWS += (
        Row(
            "label-unchanged",
            "clipdesk label on 10,000 unchanged pictures, no torch: CPU time more",
            "find and stat of the same",
            2.0,
            "s",
            label_unchanged,
        ),
    )
