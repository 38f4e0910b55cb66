"""The cost of the desk: time to score, and memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from rows import Measured, Row, in_turns

from clipdesk.core.encoder import ScoreRule
from clipdesk.core.labels.scoring import normalise, score

IMAGES, LABELS, DIMENSION = 200_000, 20, 512
REPOSITORY = Path(__file__).resolve().parents[2]


def score_labels(folder: Path) -> Measured:
    """Compute all scores again, as for a new label set."""
    generator = np.random.default_rng(0)
    images = normalise(generator.normal(size=(IMAGES, DIMENSION)).astype(np.float32))
    labels = normalise(generator.normal(size=(LABELS, DIMENSION)).astype(np.float32))

    scored, plain = in_turns(lambda: score(images, labels, ScoreRule(100.0)), lambda: images @ labels.T)

    return Measured(scored.clock_s / plain.clock_s, {"score": str(scored), "numpy": str(plain)})


_DESK = """
import os, sys
from pathlib import Path
import numpy as np
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.line.results import RecalledImages
from clipdesk.core.desk.desk import Desk
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.labels.label_set import Label
from clipdesk.core.labels.scoring import score
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
def fill(desk, images):
    desk.choose_encoder(EncoderIdentity("m", "c", "p"), dimension, rule)
    desk.set_labels(names, label_vectors)
    for start in range(0, images, 1000):
        rows = desk.add_images(
            ImageFile(Path(f"/home/someone/Pictures/holiday {n // 1000}/IMG_{n:06}.jpg"), 4_000_000 + n, 10**18 + n)
            for n in range(start, start + 1000)
        ).added
        desk.put_recalled(RecalledImages(np.array(rows), np.ones((1000, dimension), np.float32)))
    desk.set_labels(names, label_vectors)
images, labels, dimension = map(int, sys.argv[1:])
rule, label_vectors = ScoreRule(100.0), np.ones((labels, dimension), np.float32)
names = [Label(str(n)) for n in range(labels)]
fill(Desk(), 1000)
score(np.ones((images, dimension), np.float32), label_vectors, rule)  # warm-up: numpy's own buffers do not count
before = resident()
desk = Desk()
fill(desk, images)
print(resident() - before)
"""


def memory(folder: Path) -> Measured:
    """Measure the resident memory of a desk with two labels, without the vectors; images are added in thousands.

    Arrays that grow by doubling are full at 128,000 images and have just grown at 132,000. The larger value counts.
    """
    beyond = {count: _desk_bytes(count, 2) / count - 4 * DIMENSION for count in (128_000, 132_000)}
    beyond_20 = _desk_bytes(132_000, 20) / 132_000 - 4 * DIMENSION
    details = {f"{count:,} pictures": f"{value:.0f}" for count, value in beyond.items()}
    return Measured(max(beyond.values()), {**details, "with 20 labels": f"{beyond_20:.0f}"})


def _desk_bytes(images: int, labels: int) -> int:
    done = subprocess.run(
        [sys.executable, "-c", _DESK, str(images), str(labels), str(DIMENSION)],
        env={"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


ROWS = (Row("score", "200,000 pictures × 20 labels scored", "numpy matmul on the same arrays", 1.5, "×", score_labels),)
if sys.platform.startswith("linux"):  # it reads /proc
    ROWS += (Row("memory", "memory of a picture on the desk beyond its vector", "–", 400, "bytes", memory),)
