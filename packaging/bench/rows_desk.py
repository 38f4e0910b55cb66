"""What the desk costs: scoring, and memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from rows import Measured, Row, in_turns

from clipdesk.core.encoder import ScoreRule
from clipdesk.core.scoring import normalise, score

IMAGES, LABELS, DIMENSION = 200_000, 20, 512
REPOSITORY = Path(__file__).resolve().parents[2]


def score_labels(folder: Path) -> Measured:
    """All scores anew, as after a change of a label."""
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
from clipdesk.core.pipeline import RecalledImages
from clipdesk.core.project import Desk
from clipdesk.core.scan import ImageFile
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
images, labels, dimension = map(int, sys.argv[1:])
vectors = np.ones((1000, dimension), np.float32)
desk = Desk()
before = resident()
for start in range(0, images, 1000):
    desk.add_images(
        ImageFile(Path(f"/home/someone/Pictures/holiday {n // 1000}/IMG_{n:06}.jpg"), 4_000_000 + n, 10**18 + n)
        for n in range(start, start + 1000)
    )
without = resident() - before
desk.choose_encoder(EncoderIdentity("m", "c", "p"), dimension, ScoreRule(100.0))
desk.set_labels([str(n) for n in range(labels)], np.ones((labels, dimension), np.float32))
for start in range(0, images, 1000):
    desk.put_recalled(RecalledImages(np.arange(start, start + 1000), vectors))
print(without, resident() - before)
"""


def memory(folder: Path) -> Measured:
    """Resident memory that a desk of 100,000 pictures and two labels takes, less the vectors themselves."""
    count = 100_000
    done = subprocess.run(
        [sys.executable, "-c", _DESK, str(count), "2", str(DIMENSION)],
        env={"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    files, whole = (int(text) / count for text in done.stdout.split())
    vector = 4 * DIMENSION
    return Measured(whole - vector, {"files": f"{files:.0f}", "with vector and scores": f"{whole:.0f}"})


ROWS = (Row("score", "200,000 pictures × 20 labels scored", "numpy matmul on the same arrays", 1.5, "×", score_labels),)
if sys.platform.startswith("linux"):  # it reads /proc
    ROWS += (Row("memory", "memory of a picture on the desk beyond its vector", "–", 400, "bytes", memory),)
