"""Special functions of one real variable: gamma and its kin, the error function, the normal distribution."""

from __future__ import annotations

import numpy as np

from texgrad.dims import SCALAR, Shape, Unifier
from texgrad.ops.table import Array, Example, Op, elementwise, require_scalar

# Coefficients B_2k / (2k (2k - 1)) of Stirling's series of log gamma (Abramowitz and Stegun 6.1.41).
STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
SHIFT = 9  # Stirling's series is used from here on, below it the recursion gamma(x + 1) = x gamma(x)


def log_gamma(x: Array) -> Array:
    """log |gamma(x)| for positive x."""
    x = np.where(x > 0, x, np.nan)
    below = sum(np.log(x + k) for k in range(SHIFT))
    z = x + SHIFT
    series = sum(c / z ** (2 * k + 1) for k, c in enumerate(STIRLING))
    return (z - 0.5) * np.log(z) - z + 0.5 * np.log(2 * np.pi) + series - below


def digamma(x: Array) -> Array:
    """The derivative of log gamma, term by term."""
    x = np.where(x > 0, x, np.nan)
    below = sum(1 / (x + k) for k in range(SHIFT))
    z = x + SHIFT
    series = sum((2 * k + 1) * c / z ** (2 * k + 2) for k, c in enumerate(STIRLING))
    return np.log(z) - 0.5 / z - series - below


def erf(x: Array) -> Array:
    """The series 2/sqrt(pi) sum (-1)^k x^(2k+1) / (k! (2k+1)) (Abramowitz and Stegun 7.1.5), for moderate x."""
    term = result = x
    for k in range(1, 60):
        term = -term * x * x / k
        result = result + term / (2 * k + 1)
    return 2 * result / np.sqrt(np.pi)


def normal_cdf(x: Array) -> Array:
    return (1 + erf(x / np.sqrt(2))) / 2


def normal_pdf(x: Array) -> Array:
    return np.exp(-x * x / 2) / np.sqrt(2 * np.pi)


def beta_shape(u: Unifier, a: Shape, b: Shape) -> Shape:
    require_scalar(u, a)
    require_scalar(u, b)
    return SCALAR


def log_beta(a: Array, b: Array) -> Array:
    return log_gamma(a) + log_gamma(b) - log_gamma(a + b)


def two_scalars(u: Unifier, y: Shape, x: Shape) -> Shape:
    require_scalar(u, y)
    return require_scalar(u, x)


OPS = (
    Op("atan2", "angle of the point (x, y), as atan2(y, x)", two_scalars, np.arctan2,
       spellings=("atan2", "Atan2", "ATAN2", "arctan2"),
       examples=(Example(r"\frac{d \operatorname{atan2}(a, b)}{d a} = \frac{b}{a^2 + b^2}", "a, b scalars"),)),
    elementwise("gamma_function", "gamma function", lambda x: np.exp(log_gamma(x)), ("gammafunction",),
                (Example(r"\operatorname{gammafunction}(a + 1) = a \operatorname{gammafunction}(a)",
                         "a scalar positive"),)),
    elementwise("lgamma", "logarithm of the gamma function", log_gamma, ("lgamma", "gammaln", "loggamma"),
                (Example(r"\operatorname{lgamma}(a + 1) = \operatorname{lgamma}(a) + \log a", "a scalar positive"),)),
    elementwise("digamma", "digamma function", digamma, ("digamma",),
                (Example(r"\frac{d \operatorname{lgamma}(a)}{d a} = \operatorname{digamma}(a)",
                         "a scalar positive"),)),
    Op("beta_function", "beta function", beta_shape, lambda a, b: np.exp(log_beta(a, b)), spellings=("betafunction",),
       examples=(Example(r"\operatorname{betafunction}(a, b) = \operatorname{betafunction}(b, a)",
                         "a, b scalars positive"),)),
    elementwise("erf", "error function", erf, ("erf",),
                (Example(r"\frac{d \operatorname{erf}(a)}{d a} = \frac{2}{\sqrt{\pi}} e^{-a^2}", "a scalar"),)),
    elementwise("erfc", "complementary error function", lambda x: 1 - erf(x), ("erfc",),
                (Example(r"\operatorname{erfc}(a) = 1 - \operatorname{erf}(a)", "a scalar"),)),
    elementwise("normal_cdf", "standard normal distribution function", normal_cdf, ("normcdf",),
                (Example(r"\operatorname{normcdf}(a) = \frac{1}{2} (1 + \operatorname{erf}(a / \sqrt{2}))",
                         "a scalar"),)),
    elementwise("normal_pdf", "standard normal density", normal_pdf, ("normpdf",),
                (Example(r"\frac{d \operatorname{normcdf}(a)}{d a} = \operatorname{normpdf}(a)", "a scalar"),)),
)  # fmt: skip
