"""The Beta distribution: its CDF and its quantiles, for error ranges and verdicts."""

from __future__ import annotations

import math

_MAX_TERMS = 100_000


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return P(X ≤ x) for X ~ Beta(a, b): the regularised incomplete beta function I_x(a, b).

    `a` and `b` are above 0. `x` outside 0…1 gives 0 or 1. Relative error about 1e-12.
    Continued fraction of Press et al., Numerical Recipes, section 6.4, evaluated by Lentz's method.
    """
    if a <= 0 or b <= 0:
        raise ValueError("a and b of a Beta distribution are above 0")
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    # The fraction converges fast below the mean; above it, use the symmetry of the distribution.
    if x > (a + 1) / (a + b + 2):
        return 1.0 - beta_cdf(1.0 - x, b, a)
    front = math.exp(a * math.log(x) + b * math.log1p(-x) - log_beta(a, b)) / a
    return min(1.0, front * _fraction(x, a, b))


def beta_quantile(p: float, a: float, b: float) -> float:
    """Return the x with P(X ≤ x) = p for X ~ Beta(a, b), to about 1e-12. `p` is 0…1.

    `a` = 0 or less gives 0, `b` = 0 or less gives 1, as Clopper–Pearson limits need at 0 and n successes.
    """
    if a <= 0 or p <= 0:
        return 0.0
    if b <= 0 or p >= 1:
        return 1.0
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(200):
        error = beta_cdf(x, a, b) - p
        low, high = (x, high) if error < 0 else (low, x)
        log_density = (a - 1) * math.log(x) + (b - 1) * math.log1p(-x) - log_beta(a, b)
        # Newton's step. Where it leaves the bracket, or the density is flat, bisect.
        newton = x - error * math.exp(-log_density) if log_density > -600 else math.inf
        following = newton if low < newton < high else (low + high) / 2
        if abs(following - x) <= 1e-13 * max(x, 1e-300) or following in (0.0, 1.0):
            return following
        x = following
    return x


def log_beta(a: float, b: float) -> float:
    """Return ln B(a, b) for `a` and `b` above 0."""
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _fraction(x: float, a: float, b: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    value = d
    for m in range(1, _MAX_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1.0 + term * d
            c = 1.0 + term / c
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = c if abs(c) > tiny else tiny
            value *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return value
