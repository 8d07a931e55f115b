"""Math in, the declarations that its sets, relations and lists make out."""

from __future__ import annotations

import pytest
from test_facts_phrases import declared, facts_of

from texgrad.facts.fact import Convention, Declaration

FORMULAS = {
    r"A \in \mathbb{R}^{m\times n}": ["A matrix (m x n)"],
    r"x, y \in \Bbb R^n": ["x vector (n)", "y vector (n)"],
    r"\mathbf{a},\mathbf{b}\in\mathbb R^d": [r"\mathbf{a} vector (d)", r"\mathbf{b} vector (d)"],
    r"A ∈ ℝ^{n×n}, x ∈ ℝⁿ": ["A matrix (n x n) square", "x vector (n)"],
    r"W^{(l)}\in\mathbb{R}^{n_l\times n_{l-1}}": ["W[l] matrix (n_{l} x n_{l-1})"],
    r"x_i\in\mathbb R^d": ["x[i] vector (d)"],
    r"x_1,\dots,x_N\in\mathbb R^d": ["x[i] vector (d) up to N"],
    r"S_b \in \mathbb{R}^{d\times d}": ["S_{b} matrix (d x d) square"],
    r"A\in\mathcal M_{m,n}(\mathbb R)": ["A matrix (m x n)"],
    r"M \in M_n(\mathbb{R})": ["M matrix (n x n) square"],
    r"P \in \mathbf{S}^n": ["P matrix (n x n) square symmetric"],
    r"P \in \mathbf S^n_{++}": ["P matrix (n x n) positive-definite square symmetric"],
    r"P \in \mathbb{S}^n_+": ["P matrix (n x n) positive-semidefinite square symmetric"],
    r"P \in S_n^{++}": ["P matrix (n x n) positive-definite square symmetric"],
    r"X \in GL_n": ["X matrix (n x n) invertible square"],
    r"Q \in O(n)": ["Q matrix (n x n) invertible orthogonal square"],
    r"R \in \mathrm{SO}(3)": ["R matrix (3 x 3) invertible orthogonal square"],
    r"y \in \{0,1\}": ["y scalar binary integer"],
    r"y_i \in \{-1,+1\}": ["y[i] scalar integer nonzero sign"],
    r"M \in \{0,1\}^{m\times n}": ["M matrix (m x n) binary"],
    r"p \in \Delta^{n-1}": ["p vector (n) probability"],
    r"u \in \mathbb{S}^{n-1}": ["u vector (n) unit"],
    r"z \in \mathbb{C}^{n}": ["z vector (n) complex"],
    r"X \in R^{m \times n}": ["X matrix (m x n)"],
    r"X \in \Re^{n}": ["X vector (n)"],
    r"x\in\mathbb{R}^{n\times 1}": ["x vector (n)"],
    r"b\in\mathbb{R}^{1\times n}": ["b row (n)"],
    r"t \in \mathbb{R}": ["t scalar"],
    r"p \in (0,1)": ["p scalar positive unit-interval"],
    r"p \in [0,1]": ["p scalar nonnegative unit-interval"],
    r"k \in \mathbb{Z}_+": ["k scalar integer nonnegative"],
    r"\sigma \in \mathbb{R}_{>0}": [r"\sigma scalar positive"],
    r"f:\mathbb{R}^n\to\mathbb{R}": ["f function scalar-valued from (n) to ()"],
    r"f:\mathbb{R}^n\mapsto\mathbb{R}^m": ["f function vector-valued from (n) to (m)"],
    r"g \colon \mathbb{R}^n \times \mathbb{R}^m \rightarrow \mathbb{R}": [
        "g function scalar-valued from (n), (m) to ()"
    ],
    r"u = u(x) \in \mathbb{R}^m": ["u vector (m)", "u function vector-valued of x to (m)"],
    r"A: m\times n": ["A matrix (m x n)"],
    r"A_{m\times n}": ["A matrix (m x n)"],
    r"\lambda>0": [r"\lambda positive"],
    r"\mathbf M\succ0": [r"\mathbf{M} matrix positive-definite square symmetric"],
    r"\Sigma \succeq 0": [r"\Sigma matrix positive-semidefinite square symmetric"],
    r"A=A^T": ["A matrix square symmetric"],
    r"W = W'": ["W matrix square symmetric"],
    r"{}^tS = S": ["S matrix square symmetric"],
    r"S = S^\top \in \mathbb{R}^{n\times n}": ["S matrix (n x n) square", "S matrix square symmetric"],
    r"Q^TQ=I": ["I matrix identity", "Q matrix orthonormal-columns"],
    r"\mathbf x = (x_1,\dots,x_n)^T": [r"\mathbf{x} vector (n)"],
    r"x=[x_1 \cdots x_n]^T": ["x vector (n)"],
    r"x = \begin{bmatrix}x_1\\ \vdots\\x_n\end{bmatrix}": ["x vector (n)"],
    r"X=[x_1,\dots,x_n]": ["X matrix", "x[i] vector up to n"],
    r"A=[a_{ij}]": ["A matrix"],
    r"i=1,\dots,n": ["i index up to n"],
    r"k \in \{1, ..., K\}": ["k index up to K"],
    r"\forall x\in\mathbb{R}^n": ["x vector (n)"],
    r"z = Wx, \quad W \in \mathbb{R}^{m\times n}": ["W matrix (m x n)"],
    r"(64\times 10)(10\times 1) = (64\times 1)": [],
    r"x^2 > 0": [],
    r"A^TA \in \mathbb{R}^{n\times n}": [],
    r"D(M) \ge 0": [],
    r"\nabla^2 f \succeq 0": [],
    r"A \ne A^T": [],
}


@pytest.mark.parametrize(("formula", "expected"), FORMULAS.items(), ids=list(FORMULAS))
@pytest.mark.parametrize("display", [False, True], ids=["inline", "display"])
def test_what_a_formula_declares(formula, expected, display):
    text = f"$$\n{formula}\n$$\n" if display else f"Here ${formula}$."
    assert sorted(said.replace(" <formula>", "") for said in declared(text)) == sorted(expected)


def test_a_side_condition_is_true_in_its_formula():
    found = [
        fact
        for fact in facts_of("$$\n\\frac{d}{dx} \\log x = 1/x, \\quad x > 0\n$$\n")[1]
        if isinstance(fact, Declaration)
    ]
    assert [(str(fact), fact.hold) for fact in found] == [("x positive <formula>", "formula")]


def test_a_constraint_is_no_hypothesis():
    assert declared("Maximise $f(V)$ subject to $V^TV = I$.") == []
    assert declared("去掉约束 $W^TW = I$ 再求导。") == []


def test_a_family_keeps_its_member_and_its_place():
    fact = next(
        fact for fact in facts_of("So\n\n$x_i \\in \\mathbb{R}^d$ for all $i$.")[1] if isinstance(fact, Declaration)
    )
    assert (fact.name, fact.family, fact.member, fact.span.line) == ("x", ("i",), "x_{i}", 3)


def test_stacks_of_samples():
    def stacks(text):
        return [str(fact) for fact in facts_of(text)[1] if isinstance(fact, Convention) and "samples" in fact.name]

    assert stacks("$X=[x_1,\\dots,x_n]$") == ["columns-are-samples X=x"]
    assert stacks("$X=[x_1,\\dots,x_n]^T$") == ["rows-are-samples X=x"]
    assert stacks("$X=\\begin{bmatrix} x_1^T \\\\ \\vdots \\\\ x_n^T \\end{bmatrix}$") == ["rows-are-samples X=x"]
