"""Functions of one real variable, applied entry by entry: exp, log, sin, sigmoid, relu ..."""

from __future__ import annotations

import numpy as np

from texgrad.ops.table import Array, Example, elementwise


def sigmoid(x: Array) -> Array:
    """1 / (1 + e^{-x})."""
    return 1 / (1 + np.exp(-x))


def log(x: Array) -> Array:
    return np.log(np.where(x > 0, x, np.nan))


OPS = (
    elementwise(
        "exp",
        "exponential of each entry",
        np.exp,
        ("exp",),
        (Example(r"\frac{\partial \exp(a)}{\partial a} = \exp(a)", "a scalar"),),
        takes="rest",
        readings=("matrix_exp",),
    ),
    elementwise(
        "log",
        "natural logarithm of each entry",
        log,
        ("log", "ln", "Log", "Ln"),
        (Example(r"\frac{\partial \log a}{\partial a} = \frac{1}{a}", "a scalar positive"),),
        takes="rest",
        readings=("matrix_log",),
    ),
    elementwise(
        "sqrt",
        "square root of each entry",
        lambda x: np.sqrt(np.where(x >= 0, x, np.nan)),
        ("sqrt",),
        (Example(r"\frac{\partial \sqrt{a}}{\partial a} = \frac{1}{2 \sqrt{a}}", "a scalar positive"),),
        readings=("matrix_sqrt",),
    ),
    elementwise(
        "sin",
        "sine",
        np.sin,
        ("sin", "sen"),
        (Example(r"\frac{d \sin a}{d a} = \cos a", "a scalar"),),
        readings=("matrix_sin",),
    ),
    elementwise(
        "cos",
        "cosine",
        np.cos,
        ("cos",),
        (Example(r"\frac{d \cos a}{d a} = -\sin a", "a scalar"),),
        readings=("matrix_cos",),
    ),
    elementwise(
        "tan", "tangent", np.tan, ("tan", "tg", "tang"), (Example(r"\frac{d \tan a}{d a} = 1 + \tan^2 a", "a scalar"),)
    ),
    elementwise(
        "cot",
        "cotangent",
        lambda x: 1 / np.tan(x),
        ("cot", "ctg", "cotg", "cotan"),
        (Example(r"\cot a \tan a = 1", "a scalar"),),
    ),
    elementwise("sec", "secant", lambda x: 1 / np.cos(x), ("sec",), (Example(r"\sec a \cos a = 1", "a scalar"),)),
    elementwise(
        "arcsin",
        "inverse sine",
        np.arcsin,
        ("arcsin", "asin", "arcsen"),
        (Example(r"\sin(\arcsin(a)) = a", "a scalar probability"),),
    ),
    elementwise(
        "arccos",
        "inverse cosine",
        np.arccos,
        ("arccos", "acos"),
        (Example(r"\cos(\arccos(a)) = a", "a scalar probability"),),
    ),
    elementwise(
        "arctan",
        "inverse tangent",
        np.arctan,
        ("arctan", "atan", "arctg", "arctang"),
        (Example(r"\frac{d \arctan a}{d a} = \frac{1}{1 + a^2}", "a scalar"),),
    ),
    elementwise(
        "sinh",
        "hyperbolic sine",
        np.sinh,
        ("sinh", "sh", "senh"),
        (Example(r"\frac{d \sinh a}{d a} = \cosh a", "a scalar"),),
    ),
    elementwise(
        "cosh", "hyperbolic cosine", np.cosh, ("cosh", "ch"), (Example(r"\frac{d \cosh a}{d a} = \sinh a", "a scalar"),)
    ),
    elementwise(
        "tanh",
        "hyperbolic tangent",
        np.tanh,
        ("tanh", "th"),
        (Example(r"\frac{d \tanh a}{d a} = 1 - \tanh^2 a", "a scalar"),),
    ),
    elementwise(
        "sigmoid",
        "logistic function",
        sigmoid,
        ("sigmoid", "Sigmoid", "sigm", "logistic", "expit", "sig"),
        (Example(r"\operatorname{sigmoid}(a) = \frac{1}{1 + e^{-a}}", "a scalar"),),
    ),
    elementwise(
        "softplus",
        "log(1 + exp(x))",
        lambda x: np.log1p(np.exp(x)),
        ("softplus", "Softplus"),
        (Example(r"\frac{d \operatorname{softplus}(a)}{d a} = \operatorname{sigmoid}(a)", "a scalar"),),
    ),
    elementwise(
        "silu",
        "x / (1 + exp(-x))",
        lambda x: x / (1 + np.exp(-x)),
        ("silu", "SiLU", "swish", "Swish"),
        (Example(r"\operatorname{silu}(a) = a \operatorname{sigmoid}(a)", "a scalar"),),
    ),
    elementwise(
        "relu",
        "max(0, x)",
        lambda x: np.maximum(x, 0),
        ("relu", "ReLU", "Relu"),
        (Example(r"\operatorname{relu}(a) = \max(0, a)", "a scalar"),),
        kinks=True,
    ),
    elementwise(
        "abs", "absolute value", np.abs, ("abs",), (Example(r"\operatorname{abs}(a)^2 = a^2", "a scalar"),), kinks=True
    ),
    elementwise(
        "sign",
        "sign",
        np.sign,
        ("sign", "sgn", "Sign", "signe", "signo", "segno", "sinal"),
        (Example(r"\operatorname{sign}(a) |a| = a", "a scalar"),),
        kinks=True,
    ),
    elementwise(
        "step",
        "1 for positive entries, 0 for others",
        lambda x: (x > 0).astype(float),
        ("step", "heaviside", "Heaviside"),
        (Example(r"\operatorname{step}(a) a = \operatorname{relu}(a)", "a scalar"),),
        kinks=True,
    ),
)
