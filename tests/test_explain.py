"""Hints, expected results and messages of claims that do not hold; each formula holds in the place of the wrong one."""

import pytest

from texgrad import check_text
from texgrad.explain.plain import plain
from texgrad.report import Finding

VECTORS = "x, y, b in R^n; A in R^{n x n}; B in R^{m x n}; c, t scalars; layout denominator"
MATRICES = "X, A, B in R^{n x n}; X invertible; layout denominator"


def findings(claim: str, declared: str) -> tuple[Finding, ...]:
    return check_text(f"<!-- texgrad: {declared} -->\n\n$$ {claim} $$\n", "note.md").findings


def finding(claim: str, declared: str = VECTORS) -> Finding:
    return next(found for found in findings(claim, declared) if found.verdict != "verified")


# claim, declarations, the hint, the expected result
EXPLAINED = [
    (r"\frac{\partial x^T A x}{\partial x} = 2 A x", VECTORS, "(A + A^T) x", "(A + A^T) x"),
    (r"\frac{\partial x^T x}{\partial x} = x", VECTORS, "2 x", "2 x"),
    (r"\frac{\partial b^T x}{\partial x} = -b", VECTORS, "b", "b"),
    (r"\frac{\partial \|B x\|^2}{\partial x} = 2 B B^T x", VECTORS, None, "2 B^T B x"),
    (r"\frac{\partial \|x - b\|^2}{\partial x} = 2 (x + b)", VECTORS, "2 (x - b)", "2 (x - b)"),
    (r"\frac{\partial \|x\|}{\partial x} = \frac{x}{\|x\|^2}", VECTORS, r"\frac{x}{\left\|x\right\|}", None),
    (r"\frac{\partial \log(b^T x)}{\partial x} = \frac{1}{b^T x}", VECTORS, None, r"\frac{1}{b^T x} b"),
    (r"\frac{\partial A x}{\partial x} = A", VECTORS, "A^T", "A^T"),
    (r"\frac{\partial \operatorname{tr}(A X B)}{\partial X} = B A", MATRICES, None, "A^T B^T"),
    (r"\frac{\partial \log \det X}{\partial X} = X^{-1}", MATRICES, "X^{-T}", "X^{-T}"),
    (r"\frac{\partial \det X}{\partial X} = X^{-T}", MATRICES, r"\det(X) X^{-T}", r"\det(X) X^{-T}"),
    (r"d(X^{-1}) = -X^{-1} dX", MATRICES, None, "-X^{-1} (dX) X^{-1}"),
    (r"\frac{d \sin(t^2)}{d t} = \cos(t^2)", VECTORS, None, None),
    (r"\frac{d \log t}{d t} = \frac{1}{t^2}", "t scalar positive", r"\frac{1}{t}", r"\frac{1}{t}"),
]


@pytest.mark.parametrize(("claim", "declared", "hint", "expected"), EXPLAINED)
def test_hint_and_expected(claim: str, declared: str, hint: str | None, expected: str | None) -> None:
    found = finding(claim, declared)
    assert hint is None or found.hint == hint
    assert expected is None or found.expected == expected
    assert found.hint or found.expected
    left = claim.partition(" = ")[0]
    for formula in filter(None, (found.hint, found.expected)):
        assert [other.verdict for other in findings(f"{left} = {formula}", declared)] == ["verified"]


def test_a_chain_is_told_which_step_breaks_it() -> None:
    claim = r"\begin{aligned} \frac{\partial \|x\|^2}{\partial x} &= 2 x \\ &= 3 x \\ &= 2 x \end{aligned}"
    found = finding(claim)
    assert found.rhs == "3 x"
    assert found.hint == "2 x"
    assert found.message == "this step breaks the chain: 2x is not 3x (a later step is right again)"


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (r"\frac{\partial x^T x}{\partial x} = x", "wrong gradient: ∂(xᵀx)/∂x is not x"),
        (
            r"\frac{\partial x^T x}{\partial x} = 2 x x^T",
            "shapes do not fit: the left side is n x 1, the right side n x n",
        ),
        (r"\frac{\partial c^3}{\partial c} = 3 c", "wrong derivative: ∂c³/∂c is not 3c"),
        (r"\frac{\partial x^T A x}{\partial x} = 2 A x", "∂(xᵀAx)/∂x = 2Ax holds only if A is symmetric"),
        (r"\frac{\partial b^T x}{\partial x} = b^T", "right in numerator layout, but the note uses denominator layout"),
    ],
)
def test_messages(claim: str, message: str) -> None:
    assert finding(claim).message == message


def test_the_names_of_inference_stay_inside() -> None:
    found = finding(r"\frac{\partial \mathbf{u}^T \mathbf{u}}{\partial \mathbf{u}} = 2 \mathbf{u} \mathbf{u}^T", "")
    shown = [found.message, *found.shapes.values()]
    assert not any(mark in text for text in shown for mark in "#?")


def test_an_entry_shows_by_how_much_the_sides_differ() -> None:
    found = finding(r"\frac{\partial x^T x}{\partial x} = x")
    assert any("they differ most in entry" in line for line in found.types)


def test_what_holds_is_left_alone() -> None:
    (found,) = findings(r"\frac{\partial x^T x}{\partial x} = 2 x", VECTORS)
    assert (found.hint, found.expected, found.message) == (None, None, "")


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{\partial x^T A x}{\partial x}", "∂(xᵀAx)/∂x"),
        (r"2 \mathbf{A}^{-1} \boldsymbol{\mu}", "2A⁻¹μ"),
        (r"\frac{\partial \log\det X}{\partial X}", "∂(log det X)/∂X"),
        (r"\left\|X w - y\right\|_2^2", "‖Xw - y‖₂²"),
        (r"\frac{1}{2} \hat{y} \odot z_i", "1/2 ŷ ⊙ zᵢ"),
        (r"\begin{bmatrix} a \\ b \end{bmatrix}", None),
        (r"x" * 100, None),
    ],
)
def test_plain_text(latex: str, text: str | None) -> None:
    assert plain(latex) == text


def test_entries_are_spelled_as_the_note_spells_them() -> None:
    note = (
        "Let $\\boldsymbol{y} = (y_1, \\dots, y_m)$ and $\\boldsymbol{x} = (x_1, \\dots, x_m)$; $w$, $b$ are scalars"
        "\n\n$$ \\frac{\\partial}{\\partial w} \\sum_{i=1}^m (y_i - w x_i - b)^2"
        " = \\sum_{i=1}^m 2 (y_i - w x_i - b) x_i $$\n"
    )
    found = check_text(note, "note.md").findings[-1]
    assert found.verdict == "wrong"
    assert found.hint is not None
    assert "y_i - w x_i - b" in found.hint


def test_no_hint_restates_the_derivative() -> None:
    for found in findings(r"\frac{\partial x^T A x}{\partial x} = \sin(b)", VECTORS):
        assert "partial" not in (found.hint or "") + (found.expected or "")
