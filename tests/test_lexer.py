"""A formula in, its clean tokens out, in one spelling for what is the same on paper."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import formula, tokens

from texgrad.notation import tokenize
from texgrad.notation.errors import NotationError

SPELLINGS = [
    # numbers and single digits
    (r"12 + 3.14 - .5", "12 + 3.14 - 0.5"),
    (r"x^12", "x ^ 1 2"),
    (r"x^{12}", "x ^ { 12 }"),
    (r"\frac12", r"\frac { 1 } { 2 }"),
    (r"\frac1n x", r"\frac { 1 } { n } x"),
    (r"\frac{1}23", r"\frac { 1 } { 2 } 3"),
    (r"\sqrt2 x", r"\sqrt { 2 } x"),
    (r"3{,}14", "3.14"),
    # fonts
    (r"\bm x^T \boldsymbol{A}", r"\mathbf { x } ^ T \mathbf { A }"),
    (r"{\bf w}^T {\rm tr}(A)", r"\mathbf { w } ^ T \mathrm { t r } ( A )"),
    (r"\mathbf{X^{-1}}", r"\mathbf { X } ^ { - 1 }"),
    (r"\mathbf{f(x)}", r"\mathbf { f } ( \mathbf { x } )"),
    (r"\mathbf{Xb}", r"\mathbf { X b }"),
    (r"\boldsymbol{\hat x}", r"\hat { \mathbf { x } }"),
    (r"\Bbb R", r"\mathbb { R }"),
    (r"x^\mathrm{T}", r"x ^ { \mathrm { T } }"),
    (r"A^{\text{T}}", r"A ^ { \mathrm { T } }"),
    (r"\mathrm{tr(\mathbf X \mathrm{d}\mathbf X)}", r"\mathrm { t r } ( \mathbf { X } \differential \mathbf { X } )"),
    # the upright d
    (r"\mathrm d x", r"\differential x"),
    (r"{\rm d}x + \text{d}y + \dd z", r"\differential x + \differential y + \differential z"),
    (r"\mathrm{d \mathbf{X}}", r"\differential \mathbf { X }"),
    (r"\operatorname{d}\!x", r"\differential x"),
    (r"x_{\mathrm{d}}", r"x _ { \mathrm { d } }"),
    # operators
    (r"\operatorname*{arg\,min}_x f", r"\operatorname{argmin} _ x f"),
    (r"\mathop{\mathrm{vec}}(X)", r"\operatorname{vec} ( X )"),
    (r"\mathop{\rm diag}(x)", r"\operatorname{diag} ( x )"),
    (r"\mathrm{tr}(A)", r"\mathrm { t r } ( A )"),
    # words
    (r"x \text{ if } y", r"x \text{if} y"),
    (r"\mathrm{if and only if}", r"\text{if and only if}"),
    (r"\mbox{for all $i$}", r"\text{for all} i"),
    ("f(x)其中x为向量，A", r"f ( x ) \text{其中} x \text{为向量} , A"),
    # relations
    (r"a \neq b \leq c \geqslant d", r"a \ne b \le c \ge d"),
    (r"a \coloneqq b := c \triangleq d", "a := b := c := d"),
    (r"a \colon= b \mathrel{\mathop:}= c", "a := b := c"),
    (r"a \overset{\text{def}}{=} b \stackrel{\triangle}{=} c", "a := b := c"),
    (r"\nabla f \overset{!}{=} 0", r"\nabla f !=! 0"),
    (r"a \overset{(a)}{=} b \xlongequal[x]{y} c \stackrel{*}{=} d", "a = b = c = d"),
    (r"a \implies b \iff c \rightarrow d \gets e", r"a \Rightarrow b \Leftrightarrow c \to d \leftarrow e"),
    (r"a \not= b \not\in C", r"a \ne b \notin C"),
    (r"a &= b \\[2pt] &== c", r"a & = b \\ & = c"),
    (r"A <= B -> C => D", r"A \le B \to C \Rightarrow D"),
    # Unicode
    ("α² + x⁻¹ − ∂𝐱ᵀ", r"\alpha ^ { 2 } + x ^ { - 1 } - \partial \mathbf { x } ^ { \top }"),
    ("ŷ ≤ ‖x‖ ⊙ ∇f", r"\hat { y } \le \| x \| \odot \nabla f"),
    ("（A＋B）＝C；x₁′", "( A + B ) = C ; x _ { 1 } '"),
    # what does not speak
    (r"\left( \frac{a}{b} \right) \Bigl[ x \Bigr]", r"( \frac { a } { b } ) [ x ]"),
    (r"\left[ a \right. \\ \left. b \right]", r"[ a \\ b ]"),
    (r"a\,b\;c\!d~e\ f", "a b c d e f"),
    (r"a,\qquad b \quad c \hspace{2em} d", r"a , \quad b \quad c \quad d"),
    (r"a\ \ \ \ b", r"a \quad b"),
    (r"\underbrace{a+b}_{\text{note}} + c", "a + b + c"),
    (r"\color{red}{x} + \textcolor{blue}{y} + \boxed{z}", "x + y + z"),
    (r"\boxed{y+z}^2", "{ y + z } ^ 2"),
    (r"\cancel{x} \phantom{abc} y \tag{3.1}\label{eq:x_y}", "x y"),
    (r"\displaystyle\sum\limits_{i} x_i \nonumber", r"\sum _ { i } x _ i"),
    (r"a = b \textcircled{1}", "a = b"),
    (r"\dfrac{a}{b} \tfrac ab", r"\frac { a } { b } \frac { a } { b }"),
    (r"{a \over b+c} d", r"{ \frac { a } { b + c } } d"),
    (r"\begin{array}{cc} a & b \\ c & d \end{array}", r"<array a & b \\ c & d array>"),
    (r"\begin{alignat*}{2} a &= b \end{alignat*}", "<alignat a & = b alignat>"),
    (r"\begin{aligned}[t] a \end{aligned}", "<aligned a aligned>"),
    (r"\begin{bmatrix} [x] \end{bmatrix}", "<bmatrix [ x ] bmatrix>"),
    # bars, primes, scripts on the left
    (r"\lVert x \rVert \lvert y \rvert", r"\| x \| | y |"),
    (r"\left.\frac{df}{dx}\right|_{x=a}", r"\evalopen \frac { d f } { d x } \evalbar _ { x = a }"),
    (r"f^\prime(x) f^{\prime\prime} f''", "f ' ( x ) f ' ' f ' '"),
    (r"{}^tA A", r"\presup ^ t A A"),
    (r"x = {}^t\! A b", r"x = \presup ^ t A b"),
    (r"A{}^T x^{}", "A ^ T x"),
    (r"\left< x, y \right>", r"\langle x , y \rangle"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "expected"), SPELLINGS, ids=[latex for latex, _ in SPELLINGS])
def test_normal_form(latex, expected):
    assert tokens(latex) == expected


@pytest.mark.parametrize("latex", [r"\frac{a}{b", "a } b", r"\text{x", r"\begin x", r"\mathbf{{x}"])
def test_a_lost_brace_is_an_error_with_its_place(latex):
    with pytest.raises(NotationError) as caught:
        tokens(latex)
    assert 0 <= caught.value.span.start <= caught.value.span.end <= len(latex)


def test_kinds():
    found = tokenize(formula(r"\begin{align} X_1 &:= \frac12 \text{for all} , \\ '"))
    assert [token.kind for token in found] == [
        "begin", "letter", "sub", "number", "align", "relation", "command", "open", "number", "close", "open", "number",
        "close", "text", "char", "row", "char",
    ]  # fmt: skip


def test_spans_are_places_in_the_formula():
    latex = r"\mathbf{X}^{-1} \overset{!}{=} \operatorname{tr}(A) % comment"
    found = tokenize(formula(latex))
    texts = [token.span.text for token in found]
    assert texts == [
        r"\mathbf", r"\mathbf", "X", "}", "^", "{", "-", "1", "}", r"\overset{!}{=}",
        r"\operatorname{tr}", "(", "A", ")",
    ]  # fmt: skip


SOME = st.sampled_from(
    [*"$^_{}[]()|&x2T=!<>:'., \n%~#²α设𝐱", "\u0302", "\\", "\\\\", r"\frac", r"\left.", r"\right|", r"\mathbf",
     r"\text{", r"\over", r"\bf ", r"\begin{array}", r"\end{array}", r"\overset", r"\operatorname", r"\pdv",
     r"\underbrace", r"\color", r"\hspace", r"\newcommand{\a}[1]{", r"\def\b#1,{", r"\a", r"\b", r"\quad", r"\sqrt",
     r"\mathop"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(SOME, max_size=30).map("".join), st.text(max_size=40)))
def test_any_text_gives_tokens_or_a_notation_error(text):
    try:
        found = tokenize(formula(text))
    except NotationError as error:
        assert 0 <= error.span.start <= error.span.end <= len(text)
        return
    for token in found:
        assert 0 <= token.span.start <= token.span.end <= len(text)


@pytest.mark.parametrize(
    "text", ["{" * 5000 + "}" * 5000, r"\mathbf{" * 3000 + "}" * 3000, r"\frac" * 3000, r"\left(" * 3000, "x^2+" * 3000]
)
def test_deep_and_long_formulas_neither_hang_nor_overflow(text):
    with contextlib.suppress(NotationError):
        tokenize(formula(text))
