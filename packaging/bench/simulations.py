"""Simulate how often the review's error range and the comparison's verdict are right.

    python packaging/bench/simulations.py

Error range: folders of 1,000 pictures whose errors follow their probabilities, except where noted; 1,000 runs for each
number of reviews. Verdict: 2,000 comparisons with a look after every answer, up to 60 (and 1,000 for the median).
"""

from __future__ import annotations

import argparse
import statistics
import sys

import numpy as np

from clipdesk.core.compare.evidence import ENOUGH, MOST_ANSWERS, Outcome, evidence, judge
from clipdesk.core.teaching.review import draw_queue, estimate_errors

#: Mean share of errors, and by what exponent the probabilities shown exceed the true ones.
FOLDERS = ((0.25, 1.0), (0.19, 1.0), (0.10, 1.0), (0.57, 0.3), (0.03, 1.0), (0.01, 1.0))
REVIEWS = (20, 50, 100, 200)
PICTURES = 1_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=1_000)
    options = parser.parse_args()
    is_met = True
    print("error range: share of runs that hold the truth (target 90 %), and mean width in points")
    for errors, exponent in FOLDERS:
        parts = []
        for reviews in REVIEWS:
            covered, width = coverage(errors, exponent, reviews, options.runs)
            is_met &= covered >= 0.9
            parts.append(f"n {reviews}: {covered:.1%}{' ' if covered >= 0.9 else '!'} {width:4.0f}")
        print(f"  {errors:.0%} errors{', overconfident' if exponent < 1 else '':<15} {'   '.join(parts)}", flush=True)
    print("verdict: share of 2 × runs with a verdict, looking after every answer, up to 60")
    claims = [simulate_verdict(0.5, seed) for seed in range(2 * options.runs)]
    for_b = np.mean([outcome is Outcome.B_BETTER for outcome, _ in claims])
    for_either = np.mean([outcome in (Outcome.B_BETTER, Outcome.A_BETTER) for outcome, _ in claims])
    is_met &= bool(for_either <= 0.05)
    print(f"  both equal: B is better {for_b:.1%}, either is better {for_either:.1%} (target 5 %)")
    for share in (0.7, 0.8, 0.9):
        found = [simulate_verdict(share, seed) for seed in range(options.runs)]
        at_60 = np.mean([outcome is Outcome.B_BETTER for outcome, _ in found])
        median = statistics.median(answers_until_verdict(share, seed) for seed in range(options.runs))
        print(f"  share {share}: median {median:.0f} answers; B is better within {MOST_ANSWERS} in {at_60:.0%}")
    return 0 if is_met else 1


def coverage(errors: float, exponent: float, reviews: int, runs: int) -> tuple[float, float]:
    """Return how often the 90 % range holds the true number of errors, and its mean width in points."""
    covered, widths = 0, []
    for seed in range(runs):
        generator = np.random.default_rng(seed)
        # Half the doubt is spread over all pictures; the rest is on few.
        doubt = np.minimum(generator.beta(0.4, 0.4 * (1 - errors) / errors, PICTURES), 0.95)
        is_wrong = generator.random(PICTURES) < doubt
        shown = 1.0 - doubt ** (1.0 / exponent)
        queue = draw_queue(np.arange(PICTURES), shown, seed + 1_000_000)
        found = estimate_errors(queue, is_wrong[queue.rows[:reviews]])
        left = int(np.count_nonzero(is_wrong[queue.rows[reviews:]]))
        covered += found.low <= left <= found.high
        widths.append((found.high - found.low) / found.unreviewed)
    return covered / runs, 100 * float(np.mean(widths))


def simulate_verdict(share: float, seed: int) -> tuple[Outcome, int]:
    """Answer for B with probability `share` until there is a verdict. Return it and the number of answers."""
    generator = np.random.default_rng(seed)
    a = b = 0
    while evidence(a, b) < ENOUGH and a + b < MOST_ANSWERS:
        is_b = generator.random() < share
        a, b = a + (not is_b), b + is_b
    return judge(a, b).outcome, a + b


def answers_until_verdict(share: float, seed: int) -> int:
    """Return after how many answers the evidence is enough, without the limit of 60 (2,000 at most)."""
    generator = np.random.default_rng(seed)
    a = b = 0
    while evidence(a, b) < ENOUGH and a + b < 2_000:
        is_b = generator.random() < share
        a, b = a + (not is_b), b + is_b
    return a + b


if __name__ == "__main__":
    sys.exit(main())
