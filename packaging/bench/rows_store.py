"""The speed of the store: loading it, and labelling images that it already knows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
from load_vectors import STORE
from rows import Measured, Row, Took, in_turns

from clipdesk.core.labels.scoring import normalise
from clipdesk.core.pictures.content import read_content
from clipdesk.core.pictures.scan import find_images
from clipdesk.core.store.embedding_store import FILE_NAME, EmbeddingStore, StoredImage

PICTURES = 10_000
LONG_AGO = 1_700_000_000
REPOSITORY = Path(__file__).resolve().parents[2]


def load_vectors(count: int, folder: Path, turns: int = 4) -> Measured:
    """Load vectors of 512 from the store into the matrix that is scored, each with its CRC verified."""

    program = [sys.executable, str(Path(__file__).with_name("load_vectors.py"))]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    subprocess.run([*program, "make", str(folder), str(count)], env=environment, check=True)
    load = [*program, "load", str(folder), str(count), str(turns)]
    took = json.loads(subprocess.run(load, env=environment, capture_output=True, check=True).stdout)
    store, plain = Took(**took["store"]), Took(**took["numpy"])
    details = {
        "store": str(store),
        "numpy file": str(plain),
        "memory besides the matrix": f"{took['extra_bytes'] / 1e6:.0f} MB",
        "file": f"{(folder / STORE).stat().st_size / 1e6:.0f} MB",
    }
    return Measured(store.cpu_s / plain.cpu_s, details)


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


ROWS = tuple(
    Row(
        name,
        f"{count:,} vectors of 512 from the store into the matrix, verified: CPU time",
        "np.load of the same as float32",
        3.0,
        "×",
        partial(load_vectors, count, turns=turns),
    )
    for name, count, turns in (("load-store", 100_000, 6), ("load-store-million", 1_000_000, 2))
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
