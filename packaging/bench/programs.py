"""Whole programs, each in a process of its own, as a person starts them from a new terminal.

In the process of the benchmark they would not be themselves. Embedding took 1,160 instead of 160 ms of CPU time an
image there, on a busy computer: torch had been imported before ClipDesk could make its threads sleep while they wait.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from rows import NotMeasuredError, Took, in_turns

REPOSITORY = Path(__file__).resolve().parents[2]
LABELS = ("a dog", "a cat")


@dataclass(frozen=True)
class Program:
    """A program that embeds the images of a folder.

    `command` gets the folder and an empty one for what the program writes, and returns the command line. `variables`
    gets the latter, and returns what to add to the environment. The program runs in the folder of the images.
    """

    name: str
    command: Callable[[Path, Path], Sequence[str | Path]]
    variables: Callable[[Path], Mapping[str, str]] = lambda scratch: {}

    def run(self, images: Path, scratch: Path, *more: str) -> subprocess.CompletedProcess[str]:
        """Run the program. Raises NotMeasuredError with what it said last, if it fails."""
        scratch.mkdir(parents=True)
        command = [str(part) for part in (*self.command(images, scratch), *more)]
        environment = new_terminal() | dict(self.variables(scratch))
        done = subprocess.run(command, env=environment, cwd=images, capture_output=True, text=True)
        if done.returncode:
            raise NotMeasuredError(f"{self.name} ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}")
        return done


@dataclass(frozen=True)
class Speed:
    """How long a program took on a few images and on `more` than these, start-up included."""

    few: Took
    many: Took
    more: int

    @property
    def image(self) -> Took:
        """Return what one image takes without start-up: the difference of both folders."""
        return Took((self.many.clock_s - self.few.clock_s) / self.more, (self.many.cpu_s - self.few.cpu_s) / self.more)

    def __str__(self) -> str:
        one = self.image
        return (
            f"{1000 * one.clock_s:.0f} ms each, {1000 * one.cpu_s:.0f} ms of CPU time "
            f"(with start-up {self.few.clock_s:.1f} and {self.many.clock_s:.1f} s, CPU time {self.few.cpu_s:.1f} and "
            f"{self.many.cpu_s:.1f} s)"
        )


def compare(programs: Sequence[Program], few: Path, many: Path, folder: Path, times: int = 2) -> list[Speed]:
    """Return the speed of each program. They run in turns on both folders, each time with a new folder to write to."""
    numbers = count()

    def run(program: Program, images: Path) -> Callable[[], object]:
        return lambda: program.run(images, folder / f"run {next(numbers)}")

    works = [run(program, images) for program in programs for images in (few, many)]
    took = in_turns(*works, times=times)
    more = len(list(many.iterdir())) - len(list(few.iterdir()))
    return [Speed(*pair, more) for pair in zip(took[::2], took[1::2], strict=True)]


def times_as_fast(ours: Speed, theirs: Speed) -> float:
    """Return how many times as fast we are by the clock, start-up apart; NaN if start-ups differ by more."""
    is_known = min(ours.image.clock_s, theirs.image.clock_s) > 0
    return theirs.image.clock_s / ours.image.clock_s if is_known else math.nan


def cpu_ratio(ours: Speed, theirs: Speed) -> str:
    """Return how many times our CPU time theirs is, for one image."""
    if min(theirs.image.cpu_s, ours.image.cpu_s) <= 0:
        return "not known"  # Windows does not add up what child processes used
    return f"{theirs.image.cpu_s / ours.image.cpu_s:.2f} ×"


def new_terminal() -> dict[str, str]:
    """Return the environment of a terminal in which nothing was set for ClipDesk, with this checkout's code."""
    ours = ("OMP_WAIT_POLICY", "PYTHONDONTWRITEBYTECODE", "CLIPDESK_CACHE_DIR", "CLIPDESK_DATA_DIR")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    return environment | {"PYTHONPATH": str(REPOSITORY), "HF_HUB_OFFLINE": "1"}


def clipdesk_label(model: str | Path, device: str = "cpu") -> Program:
    """Return `clipdesk label` with a model's folder, and with a store of its own in each run."""

    def command(images: Path, scratch: Path) -> list[str | Path]:
        labels: list[str | Path] = [part for label in LABELS for part in ("--label", label)]
        options = ["--model", f"local-dir:{model}", "--device", device, *labels, "--csv", scratch / "scores.csv"]
        return [sys.executable, "-m", "clipdesk", "label", images, *options]

    return Program("clipdesk label", command, lambda scratch: {"CLIPDESK_CACHE_DIR": str(scratch / "cache")})


def plain_script(model: str | Path) -> Program:
    """Return the straightforward script that a programmer would write with open_clip."""
    script = Path(__file__).with_name("plain_script.py")
    return Program(
        "the plain script",
        lambda images, scratch: [sys.executable, script, model, images, scratch / "scores.csv", *LABELS],
    )


def runtime_of(program: Program, images: Path, folder: Path) -> str:
    """Return what computed the model in a first run of `clipdesk label`, which also fills the disk cache."""
    said = program.run(images, folder / "first run", "--verbose").stderr.splitlines()
    tried = [line.partition("image_towers:")[2] for line in said if ": cosine " in line]
    return tried[-1].partition(": cosine ")[0] if tried else "PyTorch, fp32"
