"""ClipDesk beside rclip, a search of photos by words from PyPI, as whole programs on a folder that neither has seen.

rclip (MIT) is installed for this row only, into `build/bench/rclip`, and never needed by ClipDesk. Its release 4 needs
Python 3.12 or 3.13; for another one pip chooses an older release. rclip computes one model, a ViT-B/32 for images of
256 px. Both programs get the same random weights of it, rclip as ONNX files, which it runs in fp32.
"""

from __future__ import annotations

import importlib.util
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from photos import draw_few_and_many
from programs import Program, Speed, clipdesk_label, compare, cpu_ratio, runtime_of, times_as_fast
from random_model import random_model
from random_model import run as run_random_model
from rows import Measured, NotMeasuredError, Row
from rows_line import FEW, IS_FULL, LARGE

REPOSITORY = Path(__file__).resolve().parents[2]
KEPT = REPOSITORY / "build" / "bench" / "rclip"
#: What it is installed with: the first of these that works.
PYTHONS = (*filter(None, map(shutil.which, ("python3.13", "python3.12"))), sys.executable)
ARCHITECTURE = "ViT-B-32-256"
COUNT = 200 if IS_FULL else 96
#: What rclip looks for in its data folder before it asks the network, beside the two ONNX files.
_MODEL, _VOCABULARY = "ViT-B-32-256-datacomp_s34b_b86k", "tokenizer/bpe_simple_vocab_16e6.txt.gz"
_NOTICES = ("LICENSE", "OPENAI-CLIP-MIT.txt", "README.md", "THIRD_PARTY_NOTICES.md")


def against_rclip(folder: Path) -> Measured:
    """Measure how many times as fast as rclip `clipdesk label` is on new photos, start-up apart."""
    rclip = installed_rclip()
    model = random_model(ARCHITECTURE)
    data = rclip_data(model)
    few, many = draw_few_and_many(folder, LARGE, FEW, COUNT)

    def search(images: Path, scratch: Path) -> Sequence[str | Path]:
        for part in data.iterdir():
            (scratch / part.name).symlink_to(part)
        return [rclip, "a dog", "--top", str(FEW + COUNT), "--filepath-only"]

    label = clipdesk_label(model)
    theirs = Program("rclip", search, lambda scratch: {"RCLIP_DATADIR": str(scratch)})
    runtime = runtime_of(label, few, folder)
    found = theirs.run(few, folder / "first run of rclip").stdout.split()
    if len(found) != FEW:
        raise NotMeasuredError(f"rclip found {len(found)} of {FEW} photos")
    our_speed, their_speed = compare((label, theirs), few, many, folder)
    version = subprocess.run([rclip, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return Measured(
        times_as_fast(our_speed, their_speed),
        {
            "computed by": runtime,
            label.name: str(our_speed),
            version: str(their_speed),
            "CPU time": cpu_ratio(our_speed, their_speed),
            f"{FEW + COUNT} photos with start-up": f"{their_speed.many.clock_s / our_speed.many.clock_s:.2f} ×",
            "faster with start-up": break_even(our_speed, their_speed),
        },
    )


def break_even(ours: Speed, theirs: Speed) -> str:
    """Return from how many photos on we are faster, start-up included."""
    gain_s = theirs.image.clock_s - ours.image.clock_s
    if gain_s <= 0:
        return "never"
    return f"from {max(0, math.ceil(FEW + (ours.few.clock_s - theirs.few.clock_s) / gain_s)):,} photos on"


def installed_rclip() -> Path:
    """Install rclip into an environment of its own, unless it is there. Raises NotMeasuredError if that fails."""
    venv = KEPT / "venv"
    rclip = venv / ("Scripts/rclip.exe" if os.name == "nt" else "bin/rclip")
    problem = ""
    for python in PYTHONS:
        if rclip.exists():
            break
        try:
            subprocess.run([python, "-m", "venv", "--clear", venv], check=True, capture_output=True)
            _pip(rclip.with_name("python"), "rclip")
        except (OSError, subprocess.CalledProcessError) as error:
            problem = str(error)
    if not rclip.exists():
        raise NotMeasuredError(f"rclip could not be installed ({problem})")
    return rclip


def rclip_data(model: Path) -> Path:
    """Return rclip's data folder with the weights of a model, exported at the first call."""
    data = KEPT / "data"
    if not data.is_dir():
        packages, new = KEPT / "onnx", KEPT / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        try:
            _pip(sys.executable, "--target", packages, "--upgrade", "--no-deps", "onnx", "protobuf", "ml_dtypes")
            run_random_model("--onnx", model, new / _MODEL, packages=packages)
        except subprocess.CalledProcessError as error:
            raise NotMeasuredError(f"the model could not be exported for rclip ({error})") from error
        vocabulary = new / _VOCABULARY
        vocabulary.parent.mkdir()
        open_clip = importlib.util.find_spec("open_clip")  # without importing it, and torch
        assert open_clip is not None and open_clip.origin is not None
        shutil.copy(Path(open_clip.origin).with_name(vocabulary.name), vocabulary)
        for notice in _NOTICES:
            (new / notice).write_text("Random weights, made for a benchmark.\n", encoding="utf-8")
        new.rename(data)
    return data


def _pip(python: str | Path, *arguments: str | Path) -> None:
    subprocess.run([python, "-m", "pip", "install", "-q", *arguments], check=True, capture_output=True)


ROWS = (
    Row(
        "rclip",
        "“clipdesk label” on new photos of 12 megapixels, start-up apart",
        "rclip from PyPI, a search in the same folder, the same weights",
        1.5,
        "×",
        against_rclip,
        more_is_better=True,
    ),
)
