from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipdesk.core.beta import beta_cdf, beta_quantile, log_beta

SHAPES = st.floats(0.05, 2_000)


def binomial_tail(least: int, n: int, p: float) -> float:
    return math.fsum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(least, n + 1))


@pytest.mark.parametrize("a", [1, 2, 5, 40])
@pytest.mark.parametrize("b", [1, 3, 60])
@pytest.mark.parametrize("x", [0.01, 0.3, 0.5, 0.77, 0.999])
def test_the_cdf_of_whole_numbers_is_a_binomial_tail(a: int, b: int, x: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(binomial_tail(a, a + b - 1, x), rel=1e-10, abs=1e-300)


@pytest.mark.parametrize(("x", "a", "b", "expected"), [(0.25, 0.5, 0.5, 1 / 3), (0.5, 0.5, 0.5, 0.5)])
def test_the_cdf_of_the_arcsine_distribution(x: float, a: float, b: float, expected: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(expected, rel=1e-12)


def test_the_cdf_is_0_and_1_outside_of_0_to_1() -> None:
    assert (beta_cdf(-1, 2, 3), beta_cdf(0, 2, 3), beta_cdf(1, 2, 3), beta_cdf(2, 2, 3)) == (0, 0, 1, 1)


def test_shapes_of_zero_have_no_cdf() -> None:
    with pytest.raises(ValueError, match="above 0"):
        beta_cdf(0.5, 0, 1)


def test_quantiles_of_powers_are_roots() -> None:
    # P(X ≤ x) = x^a for Beta(a, 1), and 1 − (1 − x)^b for Beta(1, b).
    assert beta_quantile(0.05, 7, 1) == pytest.approx(0.05 ** (1 / 7), rel=1e-11)
    assert beta_quantile(0.95, 1, 200) == pytest.approx(1 - 0.05 ** (1 / 200), rel=1e-11)
    # Clopper and Pearson, 10 of 100: textbook values of the 95 % limits.
    assert beta_quantile(0.025, 10, 91) == pytest.approx(0.0490047, abs=1e-6)
    assert beta_quantile(0.975, 11, 90) == pytest.approx(0.1762226, abs=1e-6)


def test_without_successes_or_failures_the_quantile_is_an_end() -> None:
    assert beta_quantile(0.05, 0, 11) == 0
    assert beta_quantile(0.95, 11, 0) == 1


@given(st.floats(0.001, 0.999), SHAPES, SHAPES)
def test_the_quantile_inverts_the_cdf(p: float, a: float, b: float) -> None:
    x = beta_quantile(p, a, b)

    assert 0 <= x <= 1
    # Where the density is steep, the nearest numbers on either side of x bracket p.
    assert beta_cdf(x * (1 - 1e-9), a, b) <= p + 1e-8
    assert beta_cdf(min(x * (1 + 1e-9) + 1e-300, 1.0), a, b) >= p - 1e-8 or x > 1 - 1e-9


def test_log_beta_of_whole_numbers() -> None:
    assert log_beta(3, 4) == pytest.approx(math.log(1 / 60))
