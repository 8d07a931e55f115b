"""Functions of a whole vector: softmax, log-sum-exp, max and min."""

from __future__ import annotations

import numpy as np

from texgrad.dims import SCALAR, Shape, Unifier
from texgrad.errors import ShapeMismatch
from texgrad.ops.table import Array, Example, Op, scalar_of, sum_all


def softmax(x: Array) -> Array:
    """exp(x) / 1^T exp(x) for a vector; row by row for a matrix."""
    axis = 1 if x.shape[2] == 1 else 2
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)


def softmax_columns(x: Array) -> Array:
    e = np.exp(x)
    return e / e.sum(axis=1, keepdims=True)


def softmax_shape(u: Unifier, x: Shape) -> Shape:
    if u.is_scalar(x):
        raise ShapeMismatch("a softmax of a scalar")
    return x


def broadcast_shape(u: Unifier, *shapes: Shape) -> Shape:
    """One shape for all arguments; scalars go with anything. One vector alone gives a scalar."""
    if len(shapes) == 1:
        return SCALAR
    whole = [shape for shape in shapes if not u.is_scalar(shape)]
    for shape in whole[1:]:
        u.same(whole[0], shape)
    return whole[0] if whole else SCALAR


def extreme(choose, reduce):
    def evaluate(*args: Array) -> Array:
        if len(args) == 1:
            return reduce(args[0], axis=(1, 2), keepdims=True)
        result = args[0]
        for arg in args[1:]:
            result = choose(result, arg)
        return result

    return evaluate


def sum_shape(u: Unifier, x: Shape) -> Shape:
    if u.is_scalar(x):
        raise ShapeMismatch("a sum over the entries of a scalar")
    return SCALAR


OPS = (
    Op("softmax", "softmax of a vector, of each row of a matrix", softmax_shape, softmax,
       spellings=("softmax", "Softmax", "SoftMax", "smax"), readings=("softmax_columns",),
       examples=(Example(r"\operatorname{softmax}(x) = \frac{\exp(x)}{\mathbf{1}^T \exp(x)}", "x in R^n"),)),
    Op("softmax_columns", "softmax of each column of a matrix", softmax_shape, softmax_columns,
       examples=(Example(r"\operatorname{softmax}(x)^T \mathbf{1} = 1", "x in R^n"),)),
    Op("log_softmax", "logarithm of the softmax", softmax_shape, lambda x: np.log(softmax(x)),
       spellings=("logsoftmax", "LogSoftmax"),
       examples=(Example(r"\operatorname{logsoftmax}(x) = x - \operatorname{logsumexp}(x) \mathbf{1}", "x in R^n"),)),
    Op("logsumexp", "log of the sum of the exponentials", scalar_of,
       lambda x: np.log(sum_all(np.exp(x))), spellings=("logsumexp", "LSE", "lse", "LogSumExp"),
       examples=(Example(r"\operatorname{logsumexp}(x) = \log(\mathbf{1}^T \exp(x))", "x in R^n"),)),
    Op("max", "largest argument, or largest entry", broadcast_shape, extreme(np.maximum, np.max),
       spellings=("max",), kinks=True, examples=(Example(r"\max(0, a) = \operatorname{relu}(a)", "a scalar"),)),
    Op("min", "smallest argument, or smallest entry", broadcast_shape, extreme(np.minimum, np.min),
       spellings=("min",), kinks=True, examples=(Example(r"\min(a, b) = -\max(-a, -b)", "a, b scalars"),)),
    Op("sum_entries", "sum of the entries", sum_shape, sum_all, spellings=("sum", "Sum"),
       examples=(Example(r"\operatorname{sum}(x) = \mathbf{1}^T x", "x in R^n"),)),
    Op("product_entries", "product of the entries", sum_shape, lambda x: x.prod(axis=(1, 2), keepdims=True),
       spellings=("prod",),
       examples=(Example(r"\log \operatorname{prod}(x) = \operatorname{sum}(\log x)", "x in R^n positive"),)),
    Op("mean_entries", "mean of the entries", sum_shape, lambda x: x.mean(axis=(1, 2), keepdims=True),
       spellings=("mean",), examples=(Example(r"n \operatorname{mean}(x) = \mathbf{1}^T x", "x in R^n"),)),
)  # fmt: skip
