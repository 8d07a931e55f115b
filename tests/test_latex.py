"""What is printed is read back as an expression of equal value: for the table's examples and for random expressions."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from texgrad.claims import Chain, Link, read_claims
from texgrad.explain.probe import read_as
from texgrad.expr import Expr, number, symbol
from texgrad.judge import Trial, judge
from texgrad.latex import PLAIN, Style, Unprintable, to_latex
from texgrad.ops import TABLE
from texgrad.readers import read
from texgrad.source import Source

DECLARED = "x, y in R^n; A, B in R^{n x n}; a, b scalars positive"
EXAMPLES = [(name, example) for name, op in TABLE.items() for example in op.examples]


def chain_of(latex: str, declared: str) -> Chain:
    note = f"<!-- texgrad: {declared} -->\n\n$$ {latex} $$\n"
    return read_claims(read(Source("note.md", note))).chains[-1]


def state(chain: Chain, first: Expr, second: Expr) -> str:
    return judge(replace(chain, members=[first, second], links=[Link(1, "algebra")]), Trial({})).outcomes[1].state


# A directional derivative, an abstract function's gradient at a point and a matrix with dots have no one spelling.
UNWRITTEN = frozenset(("directional", "call", "grid"))
WRITTEN = [(name, example) for name, example in EXAMPLES if name not in UNWRITTEN]


@pytest.mark.parametrize(("name", "example"), WRITTEN, ids=[name for name, _ in WRITTEN])
def test_examples_of_the_table_survive_printing(name: str, example) -> None:
    chain = chain_of(example.latex, example.declare or "x in R^n")
    for member in chain.members:
        assert isinstance(member, Expr), member
        try:
            printed = to_latex(member, PLAIN)
        except Unprintable as problem:
            pytest.skip(str(problem))
        again = read_as(chain, printed)
        assert again == member or state(chain, member, again) == "equal"


def _of(op: str, *args: st.SearchStrategy) -> st.SearchStrategy:
    return st.tuples(*args).map(lambda parts: Expr(op, parts))


def _product(*args: st.SearchStrategy) -> st.SearchStrategy:
    return st.tuples(*args).map(lambda parts: Expr("product", parts))


TRANSPOSED_X = st.sampled_from([Expr("transpose", (symbol("x"),)), Expr("transpose", (symbol("y"),))])
NUMBERS = st.integers(1, 12).map(number)
scalars = st.deferred(
    lambda: st.one_of(
        st.sampled_from([symbol("a"), symbol("b")]),
        NUMBERS,
        _of("sum", scalars, scalars),
        _of("neg", scalars),
        _product(scalars, scalars),
        _product(TRANSPOSED_X, columns),
        _of("divide", scalars, NUMBERS),
        _of("power", scalars, st.just(number(2))),
        _of("sin", scalars),
        _of("tanh", scalars),
        _of("trace", matrices),
        _of("norm", columns),
        _of("det", matrices),
        _of("inner", columns, columns),
    )
)
columns = st.deferred(
    lambda: st.one_of(
        st.sampled_from([symbol("x"), symbol("y")]),
        _of("sum", columns, columns),
        _of("neg", columns),
        _product(matrices, columns),
        _product(scalars, columns),
        _product(matrices, matrices, columns),
        _of("hadamard", columns, columns),
        _of("divide", columns, NUMBERS),
        _of("sin", columns),
        _of("softmax", columns),
    )
)
matrices = st.deferred(
    lambda: st.one_of(
        st.sampled_from([symbol("A"), symbol("B")]),
        _of("sum", matrices, matrices),
        _of("neg", matrices),
        _product(matrices, matrices),
        _product(scalars, matrices),
        _product(columns, TRANSPOSED_X),
        _of("transpose", matrices),
        _of("hadamard", matrices, matrices),
        _of("diag", columns),
        _of("power", matrices, st.just(number(2))),
        _of("inverse", st.sampled_from([symbol("A"), symbol("B")])),
    )
)
CHAIN = chain_of("x = y", DECLARED)
STYLES = st.sampled_from([PLAIN, Style(transpose="\\top", hadamard="\\circ"), Style(transpose="\\mathsf{T}")])


@given(st.one_of(scalars, columns, matrices), STYLES)
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_expressions_survive_printing(expr: Expr, style: Style) -> None:
    again = read_as(CHAIN, to_latex(expr, style))
    # sines of huge values and determinants of singular matrices say nothing
    assert again == expr or state(CHAIN, expr, again) in ("equal", "mixed", "unsupported")


@pytest.mark.parametrize(
    ("expr", "latex"),
    [
        (Expr("transpose", (Expr("product", (symbol("A"), symbol("x"))),)), "(A x)^T"),
        (Expr("transpose", (Expr("inverse", (symbol("A"),)),)), "A^{-T}"),
        (Expr("sum", (symbol("a"), Expr("neg", (symbol("b"),)))), "a - b"),
        (Expr("product", (number(2), number(3))), "2 \\times 3"),
        (Expr("power", (symbol("W^{(l)}"), number(2))), "(W^{(l)})^2"),
        (Expr("divide", (number(1), number(2))), "\\frac{1}{2}"),
    ],
)
def test_spellings(expr: Expr, latex: str) -> None:
    assert to_latex(expr) == latex
