"""Definitions in, macros expanded in formulas out, with the places where the author wrote what."""

from __future__ import annotations

import pytest
from reading import formula, note, note_tokens, tokens

from texgrad.notation import tokenize
from texgrad.notation.errors import NotationError
from texgrad.notation.macros import Macros, collect
from texgrad.readers import read
from texgrad.source import Source

EXPANSIONS = [
    (r"\newcommand{\R}{\mathbb{R}}", r"\R^n", r"\mathbb { R } ^ n"),
    (r"\newcommand\R{\mathbb R}", r"\R^n", r"\mathbb { R } ^ n"),
    (r"\newcommand*{\pd}[2]{\frac{\partial #1}{\partial #2}}", r"\pd{f}{x}", r"\frac { \partial f } { \partial x }"),
    (r"\newcommand{\pd}[2][f]{\frac{\partial #1}{\partial #2}}", r"\pd{x}", r"\frac { \partial f } { \partial x }"),
    (r"\newcommand{\pd}[2][f]{\frac{\partial #1}{\partial #2}}", r"\pd[g]x", r"\frac { \partial g } { \partial x }"),
    (r"\renewcommand{\vec}[1]{\mathbf{#1}}", r"\vec x", r"\mathbf { x }"),
    (r"\def\bx{\mathbf{x}} \def\half{\frac12}", r"\half\bx", r"\frac { 1 } { 2 } \mathbf { x }"),
    (r"\def\ip(#1,#2){#1^T#2}", r"\ip(x,y)", "x ^ T y"),
    (r"\def\grad#1{\nabla_{#1}}", r"\grad x f", r"\nabla _ { x } f"),
    (r"\let\eps\varepsilon", r"\eps", r"\varepsilon"),
    (r"\let\oldvec\vec \renewcommand{\vec}[1]{\oldvec{\mathbf{#1}}}", r"\vec x", r"\vec { \mathbf { x } }"),
    (r"\newcommandx{\pdv}[2][1=f]{#1/#2}", r"\pdv{x}\pdv[g]{y}", "f / x g / y"),
    (r"\NewDocumentCommand{\D}{s O{x} m}{\IfBooleanTF{#1}{\nabla}{\partial}_{#2} #3}", r"\D{f}", r"\partial _ { x } f"),
    (r"\NewDocumentCommand{\D}{s O{x} m}{\IfBooleanTF{#1}{\nabla}{\partial}_{#2} #3}", r"\D*[y]f", r"\nabla _ { y } f"),
    (r"\NewDocumentCommand{\N}{m o}{\|#1\|\IfValueT{#2}{_#2}}", r"\N{x}\N{y}[F]", r"\| x \| \| y \| _ F"),
    (r"\DeclareMathOperator{\tr}{tr}", r"\tr(A)", r"\operatorname{tr} ( A )"),
    (r"\DeclareMathOperator*{\am}{arg\,min}", r"\am_x", r"\operatorname{argmin} _ x"),
    (r"\DeclarePairedDelimiter{\nrm}{\lVert}{\rVert}", r"\nrm*{x}\nrm[\big]{y}", r"\| x \| \| y \|"),
    (r"\DeclarePairedDelimiterX{\ip}[2]{\langle}{\rangle}{#1, #2}", r"\ip{x}{y}", r"\langle x , y \rangle"),
    (r"\newenvironment{eq}{\begin{aligned}}{\end{aligned}}", r"\begin{eq}x\end{eq}", "<aligned x aligned>"),
    (r"\newcommand{\mat}[1]{\begin{bmatrix}#1\end{bmatrix}}", r"\mat{a & b \\ c}", r"<bmatrix a & b \\ c bmatrix>"),
    (r"\def\bmt{\left[\begin{matrix}} \def\emt{\end{matrix}\right]}", r"\bmt 1\emt", "[ <matrix 1 matrix> ]"),
    (r"% \newcommand{\x}{wrong}" "\n" r"\newcommand{\x}{y}", r"\x", "y"),
    (r"\newcommand{\two}[2]{#2#1}", r"\two1{23}", "231"),
]


@pytest.mark.parametrize(("definitions", "latex", "expected"), EXPANSIONS)
def test_expansion(definitions, latex, expected):
    assert tokens(latex, definitions) == expected


PACKAGES = [
    (r"\pdv{f}{x}", r"\frac { \partial f } { \partial x }"),
    (r"\pdv{x}", r"\frac { \partial } { \partial x }"),
    (r"\pdv[2]{f}{x}", r"\frac { \partial ^ { 2 } f } { \partial x ^ { 2 } }"),
    (r"\pdv{f}{x}{y}", r"\frac { \partial ^ { 2 } f } { \partial x \partial y }"),
    (r"\pdv{f}{x,y}", r"\frac { \partial ^ { 2 } f } { \partial x \partial y }"),
    (r"\pdv[order={2,1}]{f}{x,y}", r"\frac { \partial ^ { 3 } f } { \partial x ^ { 2 } \partial y }"),
    (r"\pdv[n]{f}{x}", r"\frac { \partial ^ { n } f } { \partial x ^ { n } }"),
    (r"\dv{f}{x} \odv[order=2]{f}{x}",
     r"\frac { \differential f } { \differential x } "
     r"\frac { \differential ^ { 2 } f } { \differential x ^ { 2 } }"),
    (r"\fdv{F}{g}", r"\frac { \delta F } { \delta g }"),
    (r"\grad f \laplacian f", r"\nabla f \nabla ^ { 2 } f"),
    (r"\dd x \dd[3]{x}", r"\differential x \differential ^ { 3 } { x }"),
    (r"\norm{x} \abs*{y} \qty(\frac12)", r"\| x \| | y | ( \frac { 1 } { 2 } )"),
    (r"\mqty(a & b \\ c & d)", r"<pmatrix a & b \\ c & d pmatrix>"),
    (r"\vb{x} \tr A \Tr B", r"\mathbf { x } \operatorname{tr} A \operatorname{Tr} B"),
    (r"\eval{f}_{x=0}", r"\evalopen f \evalbar _ { x = 0 }"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "expected"), PACKAGES)
def test_packages(latex, expected):
    assert tokens(latex) == expected


def test_the_note_wins_over_a_package():
    assert tokens(r"\grad x", r"\newcommand{\grad}{G}") == "G x"


def test_a_macro_token_stands_where_the_call_stands_and_an_argument_where_it_is_written():
    latex = r"a + \pd{f}{x}"
    macros = Macros({each.name: each for each in collect(r"\newcommand{\pd}[2]{\partial_{#2} #1}")}, {})
    found = {token.text: token.span.start for token in tokenize(formula(latex), macros)}
    assert found["\\partial"] == latex.index("\\pd")
    assert found["f"] == latex.index("f")
    assert found["x"] == latex.index("x")


@pytest.mark.parametrize(
    "definitions",
    [r"\newcommand{\a}{\a}", r"\def\a{\b}\def\b{\a}", r"\def\a{\a\a}", r"\newcommand{\a}[1]{\a{#1#1}}",
     r"\def\a{\b\b\b\b\b\b\b\b\b\b}\def\b{\c\c\c\c\c\c\c\c\c\c}\def\c{\d\d\d\d\d\d\d\d\d\d}"
     r"\def\d{\e\e\e\e\e\e\e\e\e\e}\def\e{xxxxxxxxxx}"],
)  # fmt: skip
def test_a_macro_without_end_is_an_error(definitions):
    with pytest.raises(NotationError, match="never comes to an end"):
        tokens(r"\a{x}", definitions)


def test_macros_of_a_markdown_note():
    text = "$$\\newcommand{\\R}{\\mathbb R} \\def\\x{\\mathbf x}$$\n\nLet $\\x \\in \\R^n$.\n"
    assert note_tokens(text)[1] == r"\mathbf { x } \in \mathbb { R } ^ n"


def test_macros_in_a_hidden_element_and_in_front_matter():
    text = (
        "---\nmath:\n  '\\X': '\\mathbf{X}'\nheader-includes: |\n  \\newcommand{\\Y}{\\mathbf{Y}}\n---\n"
        '<div style="display:none">$\\newcommand{\\Z}{\\mathbf{Z}}$</div>\n\n$\\X\\Y\\Z$\n'
    )
    assert note_tokens(text)[-1] == r"\mathbf { X } \mathbf { Y } \mathbf { Z }"


def test_macros_of_a_script():
    script = 'MathJax = {tex: {macros: {bX: "{\\\\mathbf X}", pd: ["#1_{#2}", 2]}}};'
    text = f"<script>\n{script}\n</script>\n\n$\\bX \\pd ax$\n"
    assert note_tokens(text) == [r"{ \mathbf { X } } a _ { x }"]


def test_the_definition_in_force_is_the_last_one_before():
    text = "$\\v$\n\n$\\def\\v{a}$ $\\v$\n\n$\\def\\v{b}$ $\\v$\n"
    assert note_tokens(text) == ["a", "", "a", "", "b"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("macros.tex", "\\newcommand{\\X}{\\mathbf{X}}\n"),
        ("macros.sty", "\\ProvidesPackage{macros}\n\\def\\X{\\mathbf X}\n"),
        ("mathjax.js", 'window.MathJax = { tex: { macros: { X: "\\\\mathbf{X}", bm: ["\\\\boldsymbol{#1}", 1] } } };'),
        ("katex.json", '{"\\\\X": "\\\\mathbf{X}"}'),
    ],
)
def test_macro_files(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    document = read(Source("note.md", "$\\X$"), [path])
    assert document.macros[0].name == "X"
    assert document.macros[0].body in ("\\mathbf{X}", "\\mathbf X")


def test_a_missing_macro_file_is_a_problem(tmp_path):
    document = read(Source("note.md", "$x$"), [tmp_path / "no.tex"])
    assert [piece.text for piece in document.pieces if piece.kind == "math"] == ["x"]
    assert "no.tex" in document.problems[0][1]


def test_providecommand_yields():
    document = note("$\\newcommand{\\x}{a}\\providecommand{\\x}{b}$")
    assert {(each.name, each.body) for each in document.macros} == {("x", "a")}
