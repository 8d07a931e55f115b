"""The operation table: examples hold, damaged ones do not, shapes agree with numpy and derivatives with sympy."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
import sympy

from texgrad.dims import SCALAR, Unifier
from texgrad.errors import ShapeMismatch
from texgrad.expr import Expr, symbol
from texgrad.numeric import OFFSETS, STEP, WEIGHTS
from texgrad.ops import INFIX, TABLE, WORDS
from texgrad.readers import read
from texgrad.source import Source
from texgrad.verify import verify

EXAMPLES = [(op.name, example) for op in TABLE.values() for example in op.examples]
NAMES = [f"{name}-{number}" for number, (name, _) in enumerate(EXAMPLES)]
SIZES = (1, 2, 3)
PURE = sorted(name for name, op in TABLE.items() if op.shape is not None and op.evaluate is not None)


def verdicts(note: str) -> list[str]:
    return [finding.verdict for finding in verify(read(Source("example.md", note)))[0]]


# -- the table itself --------------------------------------------------------------------------------------------------


def test_every_operation_has_an_example():
    assert [name for name, op in TABLE.items() if not op.examples] == []


def test_every_operation_can_be_typed_and_evaluated():
    for op in TABLE.values():
        assert (op.shape is None) == (op.evaluate is None), op.name
        assert (op.infer is None) == (op.run is None), op.name
        assert op.shape is not None or op.infer is not None, op.name


def test_every_spelling_leads_to_its_operation():
    for op in TABLE.values():
        found = {"function": WORDS, "infix": INFIX}.get(op.form, {})
        assert all(found[spelling] == op.name for spelling in op.spellings if found), op.name


def test_readings_are_operations():
    assert {reading for op in TABLE.values() for reading in op.readings} <= set(TABLE)


# -- examples ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=NAMES)
def test_the_example_holds(name, example):
    found = verdicts(example.note())
    assert found and set(found) == {"verified"}


def damaged(latex: str) -> Iterator[str]:
    """The identity with its right-hand side flipped, doubled, and with one transpose less."""
    left, _, right = latex.rpartition(" = ")
    yield f"{left} = -\\left({right}\\right)"
    yield f"{left} = 2 \\left({right}\\right)"
    if "^T" in right and not right.startswith("\\|"):  # a matrix and its transpose have the same norms
        yield f"{left} = {right.replace('^T', '', 1)}"


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=NAMES)
def test_the_damaged_example_does_not_hold(name, example):
    for latex in damaged(example.latex):
        note = example.note().replace(example.latex, latex)
        assert note != example.note()
        assert "verified" not in verdicts(note), latex


# -- shapes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PURE)
def test_the_shape_rule_agrees_with_numpy(name):
    op = TABLE[name]
    rng = np.random.default_rng(7)
    tried = 0
    for count in (1, 2, 3):
        if not op.takes_arguments(count):
            continue
        for shapes in product(product(SIZES, SIZES), repeat=count):
            try:
                expected = op.shape(Unifier(), *shapes)
            except ShapeMismatch:
                continue
            values = [rng.uniform(0.4, 0.9, (2, *shape)) for shape in shapes]
            with np.errstate(all="ignore"):
                assert op.evaluate(*values).shape == (2, *expected), shapes
            tried += 1
            if tried > 60:
                return
    assert tried


# -- derivatives -------------------------------------------------------------------------------------------------------


def entries(rows: int, cols: int, name: str = "x") -> sympy.Matrix:
    return sympy.Matrix(rows, cols, lambda i, j: sympy.Symbol(f"{name}{i}{j}", positive=True))


def entrywise(function):
    return lambda x: x.applyfunc(function)


def summed(x: sympy.Matrix) -> sympy.Expr:
    return sum(x, sympy.Integer(0))


def softmax(x: sympy.Matrix) -> sympy.Matrix:
    return x.applyfunc(sympy.exp) / summed(x.applyfunc(sympy.exp))


def cumulative(x: sympy.Matrix) -> sympy.Matrix:
    return sympy.Matrix([summed(x[: k + 1, :]) for k in range(x.rows)])


# Operation, shape of its argument, the same in sympy on explicit entries.
SQUARE, COLUMN, WIDE, ONE = (2, 2), (3, 1), (2, 3), (1, 1)
IN_SYMPY = [
    ("neg", WIDE, lambda x: -x),
    ("transpose", WIDE, lambda x: x.T),
    ("inverse", SQUARE, lambda x: x.inv()),
    ("det", (3, 3), lambda x: sympy.Matrix([x.det()])),
    ("trace", (3, 3), lambda x: sympy.Matrix([x.trace()])),
    ("adjugate", (3, 3), lambda x: x.adjugate()),
    ("cofactor", (3, 3), lambda x: x.cofactor_matrix()),
    ("pinv", (3, 2), lambda x: (x.T * x).inv() * x.T),
    ("vec", WIDE, lambda x: sympy.Matrix(list(x.T))),
    ("vec_rows", WIDE, lambda x: sympy.Matrix(list(x))),
    ("vech", SQUARE, lambda x: sympy.Matrix([x[0, 0], x[1, 0], x[1, 1]])),
    ("diag", COLUMN, lambda x: sympy.diag(*x)),
    ("diag", SQUARE, lambda x: sympy.Matrix([x[0, 0], x[1, 1]])),
    ("diag_part", SQUARE, lambda x: sympy.diag(x[0, 0], x[1, 1])),
    ("norm", WIDE, lambda x: sympy.Matrix([sympy.sqrt(summed(x.multiply_elementwise(x)))])),
    ("norm_one_entries", WIDE, lambda x: sympy.Matrix([summed(x)])),
    ("sum_entries", WIDE, lambda x: sympy.Matrix([summed(x)])),
    ("product_entries", COLUMN, lambda x: sympy.Matrix([x[0] * x[1] * x[2]])),
    ("mean_entries", COLUMN, lambda x: sympy.Matrix([summed(x) / 3])),
    ("variance", COLUMN, lambda x: sympy.Matrix([summed(x.applyfunc(lambda e: (e - summed(x) / 3) ** 2)) / 3])),
    ("deviation", COLUMN,
     lambda x: sympy.Matrix([sympy.sqrt(summed(x.applyfunc(lambda e: (e - summed(x) / 3) ** 2)) / 3)])),
    ("cumulative", COLUMN, cumulative),
    ("softmax", COLUMN, softmax),
    ("log_softmax", COLUMN, lambda x: softmax(x).applyfunc(sympy.log)),
    ("logsumexp", COLUMN, lambda x: sympy.Matrix([sympy.log(summed(x.applyfunc(sympy.exp)))])),
    ("entropy", COLUMN, lambda x: sympy.Matrix([-summed(x.applyfunc(lambda p: p * sympy.log(p)))])),
    ("skew", COLUMN, lambda x: sympy.Matrix([[0, -x[2], x[1]], [x[2], 0, -x[0]], [-x[1], x[0], 0]])),
    ("matrix_exp", ONE, entrywise(sympy.exp)),
    ("matrix_sin", ONE, entrywise(sympy.sin)),
    ("cholesky", ONE, entrywise(sympy.sqrt)),
    ("exp", WIDE, entrywise(sympy.exp)),
    ("log", WIDE, entrywise(sympy.log)),
    ("sqrt", WIDE, entrywise(sympy.sqrt)),
    ("sin", WIDE, entrywise(sympy.sin)),
    ("cos", WIDE, entrywise(sympy.cos)),
    ("tan", WIDE, entrywise(sympy.tan)),
    ("cot", WIDE, entrywise(sympy.cot)),
    ("sec", WIDE, entrywise(sympy.sec)),
    ("arcsin", WIDE, entrywise(sympy.asin)),
    ("arccos", WIDE, entrywise(sympy.acos)),
    ("arctan", WIDE, entrywise(sympy.atan)),
    ("sinh", WIDE, entrywise(sympy.sinh)),
    ("cosh", WIDE, entrywise(sympy.cosh)),
    ("tanh", WIDE, entrywise(sympy.tanh)),
    ("sigmoid", WIDE, entrywise(lambda e: 1 / (1 + sympy.exp(-e)))),
    ("softplus", WIDE, entrywise(lambda e: sympy.log(1 + sympy.exp(e)))),
    ("relu", WIDE, entrywise(lambda e: e)),
    ("abs", WIDE, entrywise(lambda e: e)),
    ("gamma_function", WIDE, entrywise(sympy.gamma)),
    ("lgamma", WIDE, entrywise(sympy.loggamma)),
    ("digamma", WIDE, entrywise(sympy.digamma)),
    ("erf", WIDE, entrywise(sympy.erf)),
    ("erfc", WIDE, entrywise(sympy.erfc)),
    ("normal_cdf", WIDE, entrywise(lambda e: (1 + sympy.erf(e / sympy.sqrt(2))) / 2)),
    ("normal_pdf", WIDE, entrywise(lambda e: sympy.exp(-(e**2) / 2) / sympy.sqrt(2 * sympy.pi))),
]  # fmt: skip


def numerical(function, point: np.ndarray) -> np.ndarray:
    """(entries of the result, entries of the point) by the differences that verdicts use."""
    columns = []
    for place in np.ndindex(point.shape):
        moved = np.repeat(point[None], len(OFFSETS), axis=0)
        moved[(slice(None), *place)] += OFFSETS * STEP
        columns.append(np.tensordot(WEIGHTS / STEP, function(moved), axes=1).ravel())
    return np.stack(columns, axis=1)


@pytest.mark.parametrize(("name", "shape", "in_sympy"), IN_SYMPY, ids=[f"{row[0]}-{row[1]}" for row in IN_SYMPY])
def test_the_derivative_agrees_with_sympy(name, shape, in_sympy):
    x = entries(*shape)
    point = np.random.default_rng(3).uniform(0.3, 0.9, shape) + (np.eye(*shape) if shape[0] == shape[1] > 1 else 0)
    values = dict(zip(x, point.ravel(), strict=True))
    result = in_sympy(x)
    exact = np.array([[float(sympy.diff(entry, variable).subs(values).evalf()) for variable in x] for entry in result])
    value = [float(sympy.sympify(entry).subs(values).evalf()) for entry in result]
    np.testing.assert_allclose(TABLE[name].evaluate(point[None])[0].ravel(), value, rtol=1e-10)
    np.testing.assert_allclose(numerical(TABLE[name].evaluate, point), exact, rtol=1e-8, atol=1e-9)


def test_two_arguments_agree_with_sympy():
    rng = np.random.default_rng(5)
    a, b = entries(2, 3, "a"), entries(3, 2, "b")
    pairs = [
        ("multiply", a, b, a * b),
        ("hadamard", a, b.T, a.multiply_elementwise(b.T)),
        ("elementwise_divide", a, b.T, a.multiply_elementwise(b.T.applyfunc(lambda e: 1 / e))),
        ("kronecker", a, b, sympy.kronecker_product(a, b)),
        ("direct_sum", a, b, sympy.diag(a, b)),
        ("inner", a, b.T, sympy.Matrix([summed(a.multiply_elementwise(b.T))])),
        ("kullback_leibler", a, b.T, sympy.Matrix([summed(a.multiply_elementwise(a.multiply_elementwise(
            b.T.applyfunc(lambda e: 1 / e)).applyfunc(sympy.log)))])),
    ]  # fmt: skip
    for name, x, y, result in pairs:
        left, right = rng.uniform(0.3, 0.9, x.shape), rng.uniform(0.3, 0.9, y.shape)
        values = dict(zip([*x, *y], [*left.ravel(), *right.ravel()], strict=True))
        exact = np.array([[float(sympy.diff(e, v).subs(values)) for v in x] for e in result])
        found = numerical(lambda moved, op=TABLE[name], y=right: op.evaluate(moved, y[None]), left)
        np.testing.assert_allclose(found, exact, rtol=1e-8, atol=1e-9, err_msg=name)


# -- domains and kinds -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["log", "sqrt", "lgamma", "digamma"])
def test_outside_the_domain_there_is_no_value(name):
    assert np.isnan(TABLE[name].evaluate(np.array([[[-1.5]]]))).all()


def test_a_singular_matrix_has_no_inverse():
    assert np.isnan(TABLE["inverse"].evaluate(np.array([[[1.0, 2.0], [2.0, 4.0]]]))).all()


@pytest.mark.parametrize(("name", "shapes"), [
    ("det", [(2, 3)]), ("trace", [(3, 1)]), ("inverse", [(2, 3)]), ("multiply", [(2, 3), (2, 3)]),
    ("hadamard", [(2, 3), (3, 2)]), ("inner", [(3, 1), (2, 1)]), ("vech", [(2, 3)]),
    ("times", [(2, 1), (2, 1)]), ("gaussian", [(2, 1), (2, 1), (3, 3)]), ("matrix_exp", [(2, 3)]),
])  # fmt: skip
def test_what_does_not_fit_is_refused(name, shapes):
    with pytest.raises(ShapeMismatch):
        TABLE[name].shape(Unifier(), *shapes)


def test_a_scalar_goes_with_any_shape():
    for name in ("multiply", "hadamard", "times", "dot"):
        assert TABLE[name].shape(Unifier(), SCALAR, (2, 3)) == (2, 3)


def test_expressions_print_as_they_are_built():
    assert str(Expr("product", (symbol("A"), Expr("transpose", (symbol("x"),))))) == "product(A, transpose(x))"
