"""Measure what corrections teach, on pictures that no model of ours was trained on.

    python packaging/bench/teaching.py --archives DIR --work DIR --model NAME=MODEL [--model NAME=MODEL]

`--archives` holds the archives that the starter model is trained from. Embeddings are kept in `--work`. A draw takes
at most 1,000 pictures of at most 20 random labels (`--labels`), reviews the first ones of the review queue, and
measures on the pictures that were not reviewed. Labels are the names of the classes, and, below, a person's own words
for the same pictures. `--part development` measures on other pictures and classes, for choosing methods and constants.

- gain: points of accuracy over the words, where the held-out folds approved the classifier, else 0;
- worse: share of draws in which that lost more than 0.5 point;
- check: the same, where 20 questions about changed labels have to approve it, whatever the folds say;
- both: the folds approve it or, where they do not, the check does. This is what the program does;
- most: points that a linear classifier gains that knows all other labels of the folder (five folds, 3 draws). The
  starter model was trained on the names of these classes, so corrections can teach it nothing there;
- ECE: expected calibration error in % (15 bins) of the words as they are, and of what was chosen, calibrated;
- range: share of 200 draws whose 90 % range of the errors holds the truth.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from held_back import PARTS, Labelled, labelled_sets
from numpy.typing import NDArray
from own_words import in_own_words

from clipdesk.core.encoder import ScoreRule
from clipdesk.core.labels.scoring import Scores, score
from clipdesk.core.teaching import check
from clipdesk.core.teaching.calibration import calibration_error
from clipdesk.core.teaching.classifier import fit, score_taught, words_only
from clipdesk.core.teaching.fitting import measure_folder
from clipdesk.core.teaching.lesson import teach
from clipdesk.core.teaching.review import draw_queue, estimate_errors
from clipdesk.core.teaching.reviews import reviewed

PICTURES = 1_000
#: Where a linear classifier gains less even with all labels, a gain of 10 points is not to be had.
LEAST_TO_LEARN = 0.1
#: The queue must not be drawn by the numbers that drew the folder.
OTHER_SEED = 1_000_000


@dataclass(frozen=True)
class Draw:
    """One draw. Accuracies, gains and ECE are shares 0…1."""

    words: float
    gain: float
    gain_check: float
    gain_both: float
    gain_errors_only: float
    ece_before: float
    ece: float
    is_used: float
    teach_s: float


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archives", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", action="append", required=True, metavar="NAME=MODEL")
    parser.add_argument("--reviewed", type=int, nargs="+", default=[40])
    parser.add_argument("--labels", type=int, default=20, help="at most so many labels in a draw")
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--part", choices=PARTS, default="test")
    options = parser.parse_args(arguments)
    models = dict(pair.split("=", 1) for pair in options.model)
    sets = list(labelled_sets(models, options.archives, options.work, options.part))
    own = list(in_own_words(sets, models, options.work))
    most = {one.name: ceiling(one, options.labels) for one in [*sets, *own]}
    is_reached = True
    for count in options.reviewed:
        print(f"\nafter {count} reviewed pictures, at most {options.labels} labels, {options.draws} draws each")
        print(
            f"{'':<26}{'words':>7}{'gain':>7}{'worst':>7}{'check':>7}{'both':>7}{'most':>7}{'errors':>8}{'ECE':>11}"
            f"{'range':>7}{'s':>6}"
        )
        for title, group in (("names of the classes", sets), ("a person's own words", own)):
            print(f"{title}:")
            draws, ranges = {}, {one.name: coverage(one, options.labels, count) for one in group}
            for labelled in group:
                name = labelled.name
                draws[name] = [draw(labelled, count, options.labels, seed) for seed in range(options.draws)]
                print(line(name, draws[name], most[name], ranges[name]), flush=True)
            for model in models:
                of_model = [name for name in draws if name.startswith(f"{model},")]
                print(
                    line(f"{model}, all", joined(draws, of_model), mean_of(most, of_model), mean_of(ranges, of_model))
                )
            print(line("all", joined(draws, list(draws)), mean_of(most, list(draws)), mean_of(ranges, list(draws))))
            to_learn = [name for name in draws if most[name] >= LEAST_TO_LEARN]
            print(f"  sets with at least 10 points to gain: {'; '.join(to_learn) or 'none'}")
            is_reached &= summarise(joined(draws, list(draws)), joined(draws, to_learn), count)
    return 0 if is_reached else 1


def joined(draws: dict[str, list[Draw]], names: Sequence[str]) -> list[Draw]:
    return [one for name in names for one in draws[name]]


def mean_of(most: dict[str, float], names: Sequence[str]) -> float:
    return float(np.mean([most[name] for name in names]))


def ceiling(labelled: Labelled, most_labels: int, draws: int = 3) -> float:
    """Return the mean gain, as a share, of a linear classifier that knows four fifths of the folder's labels."""
    gains = []
    for seed in range(draws):
        images, truth, texts = folder_of(labelled, most_labels, np.random.default_rng(seed))
        folder, fold = measure_folder(images), np.random.default_rng(seed).integers(0, 5, len(images))
        right = np.zeros(3)
        for part in range(5):
            known, held = fold != part, fold == part
            for place, strength in enumerate((1.0, 3.0, 10.0)):
                probe = fit(reviewed(images[known], truth[known]), texts, labelled.scale, folder, strength, True)
                right[place] += np.count_nonzero(probe.logits(images[held]).argmax(axis=1) == truth[held])
        words = score(images, texts, ScoreRule(labelled.scale)).best
        gains.append(right.max() / len(images) - np.mean(words == truth))
    return float(np.mean(gains))


def coverage(labelled: Labelled, most_labels: int, count: int, draws: int = 200) -> float:
    """Return the share of draws whose 90 % range of the errors holds the truth."""
    covered = 0
    for seed in range(draws):
        images, truth, texts = folder_of(labelled, most_labels, np.random.default_rng(seed))
        words = score(images, texts, ScoreRule(labelled.scale))
        queue = draw_queue(np.arange(len(images)), words.top, seed + OTHER_SEED)
        is_wrong = words.best[queue.rows] != truth[queue.rows]
        errors = estimate_errors(queue, is_wrong[:count])
        covered += errors.low <= np.count_nonzero(is_wrong[count:]) <= errors.high
    return covered / draws


def draw(labelled: Labelled, count: int, most_labels: int, seed: int) -> Draw:
    """Review `count` pictures of a random folder, teach, and measure on the others."""
    images, truth, texts = folder_of(labelled, most_labels, np.random.default_rng(seed))
    words = score(images, texts, ScoreRule(labelled.scale))
    queue = draw_queue(np.arange(len(images)), words.top, seed + OTHER_SEED)
    rows, rest = queue.rows[:count], queue.rows[count:]
    began = time.process_time()
    folder = measure_folder(images)
    reviews = reviewed(images[rows], truth[rows], 1 / queue.inclusion(count)[:count])
    lesson = teach(reviews, texts, labelled.scale, folder, seed)
    taught = score_taught(images, lesson.classifier, words.cosine)
    took = time.process_time() - began

    before = accuracy(words, truth, rest)
    gain = accuracy(taught, truth, rest) - before
    is_approved = passes_check(words, taught, truth, rows, seed)
    is_used = not lesson.needs_check
    temperature = lesson.choice.temperature_words if lesson.choice else 1.0
    chosen = taught if is_used else score_taught(images, words_only(texts, labelled.scale, temperature), words.cosine)
    return Draw(
        words=before,
        gain=gain * is_used,
        gain_check=gain * is_approved,
        gain_both=gain * (is_used or is_approved),
        gain_errors_only=gain_from_errors(labelled, images, truth, texts, words, count, seed),
        ece_before=calibration_error(words.top[rest], words.best[rest] == truth[rest]),
        ece=calibration_error(chosen.top[rest], chosen.best[rest] == truth[rest]),
        is_used=is_used,
        teach_s=took,
    )


def folder_of(
    labelled: Labelled, most_labels: int, generator: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float32]]:
    labels = generator.permutation(len(labelled.names))[:most_labels]
    rows = np.flatnonzero(np.isin(labelled.classes, labels))
    rows = generator.permutation(rows)[:PICTURES]
    place = np.full(len(labelled.names), -1)
    place[labels] = np.arange(len(labels))
    return labelled.images[rows], place[labelled.classes[rows]], labelled.texts[labels]


def gain_from_errors(
    labelled: Labelled,
    images: NDArray[np.float32],
    truth: NDArray[np.int64],
    texts: NDArray[np.float32],
    words: Scores,
    count: int,
    seed: int,
) -> float:
    """Return the gain, where the check approves it, of correcting `count` random errors and confirming nothing."""
    rows = np.random.default_rng(seed).permutation(np.flatnonzero(words.best != truth))[:count]
    rest = np.setdiff1d(np.arange(len(images)), rows)
    reviews = reviewed(images[rows], truth[rows], is_sampled=np.zeros(len(rows), bool))
    lesson = teach(reviews, texts, labelled.scale, measure_folder(images), seed)
    taught = score_taught(images, lesson.classifier, words.cosine)
    gain = accuracy(taught, truth, rest) - accuracy(words, truth, rest)
    return gain * passes_check(words, taught, truth, rows, seed)


def passes_check(words: Scores, taught: Scores, truth: NDArray[np.int64], rows: NDArray[np.intp], seed: int) -> bool:
    """Answer the check's questions truthfully."""
    is_reviewed = np.zeros(len(truth), bool)
    is_reviewed[rows] = True
    asked = check.draw_questions(words.best, taught.best, is_reviewed, seed).rows
    new, old = (int(np.count_nonzero(scores.best[asked] == truth[asked])) for scores in (taught, words))
    return check.judge(new, old, len(asked) - new - old, len(asked)) is check.CheckResult.USE


def accuracy(scores: Scores, truth: NDArray[np.int64], rows: NDArray[np.intp]) -> float:
    return float(np.mean(scores.best[rows] == truth[rows]))


def line(name: str, draws: Sequence[Draw], most: float, covered: float) -> str:
    mean = {field.name: float(np.mean([getattr(d, field.name) for d in draws])) for field in fields(Draw)}
    worst = min(d.gain for d in draws)
    return (
        f"{name:<26}{mean['words']:>7.1%}{100 * mean['gain']:>7.1f}{100 * worst:>7.1f}{100 * mean['gain_check']:>7.1f}"
        f"{100 * mean['gain_both']:>7.1f}{100 * most:>7.1f}{100 * mean['gain_errors_only']:>8.1f}"
        f"{mean['ece_before']:>6.1%}{mean['ece']:>5.1%}{covered:>7.0%}{mean['teach_s']:>6.2f}"
    )


def summarise(draws: Sequence[Draw], to_learn: Sequence[Draw], count: int) -> bool:
    """Print the figures beside their targets, which are those for 40 reviewed pictures. Return whether all are met.

    `to_learn`: the draws of the sets in which so much can be gained at all.
    """

    def worse(name: str) -> float:
        return float(np.mean([getattr(d, name) < -0.005 for d in draws]))

    gain = float(np.mean([d.gain for d in to_learn])) if to_learn else 0.0
    figures = (
        (
            "mean gain ≥ 10 points, in these sets",
            f"{100 * gain:.1f} (in all sets {100 * np.mean([d.gain for d in draws]):.1f})",
            gain >= LEAST_TO_LEARN or not to_learn,
        ),
        ("worse by > 0.5 point, folds alone ≤ 2 %", f"{worse('gain'):.1%}", worse("gain") <= 0.02),
        ("the same, with the check: none", f"{worse('gain_check'):.1%}", worse("gain_check") == 0),
        ("the same, folds or check ≤ 2 %", f"{worse('gain_both'):.1%}", worse("gain_both") <= 0.02),
        (
            "the same, errors only, with the check: none",
            f"{worse('gain_errors_only'):.1%}",
            worse("gain_errors_only") == 0,
        ),
        ("mean ECE ≤ 8 %", f"{np.mean([d.ece for d in draws]):.1%}", np.mean([d.ece for d in draws]) <= 0.08),
    )
    for name, value, is_met in figures:
        print(f"  {'ok ' if is_met else '!  '}{name}: {value}")
    return count != 40 or all(is_met for _, _, is_met in figures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
