"""Every piece and token at the line and column where the author wrote it, whatever stands around it."""

from __future__ import annotations

import pytest
from reading import note

from texgrad.notation import tokenize
from texgrad.notation.macros import scopes

PLACES = [
    ("plain", "note.md", "a $x$ b", "x", (1, 4)),
    ("front matter", "note.md", "---\ntitle: a\n---\n\n# b\n\nc $x$", "x", (7, 4)),
    ("list", "note.md", "- a\n- b\n\n  $$\n  y = x\n  $$\n", "x", (5, 7)),
    ("nested list", "note.md", "1. a\n   - b\n\n     $$\n     x\n     $$\n", "x", (5, 6)),
    ("quote", "note.md", "> a\n> $$\n> y\n> + x\n> $$\n", "x", (4, 5)),
    ("quote without spaces", "note.md", ">$$\n>y+x\n>$$\n", "x", (2, 4)),
    ("CRLF", "note.md", "a\r\n\r\n$$\r\ny\r\n= x\r\n$$\r\n", "x", (5, 3)),
    ("Chinese", "note.md", "设矩阵$x$可逆", "x", (1, 5)),
    ("full width", "note.md", "（$y$，$x$）", "x", (1, 7)),
    ("table", "note.md", "| a | b |\n|---|---|\n| $y$ | $z + x$ |\n", "x", (3, 14)),
    ("heading", "note.md", "a\n\n## On $x$\n", "x", (3, 8)),
    ("admonition", "note.md", "!!! note\n    a\n\n    $$\n    x\n    $$\n", "x", (5, 5)),
    ("footnote", "note.md", "[^1]: a $x$", "x", (1, 10)),
    ("fence", "note.md", "a\n```math\ny\n  x\n```\n", "x", (4, 3)),
    ("escapes", "note.md", "$a\\_1 \\\\\\\\ x$", "x", (1, 12)),
    ("doubled brackets", "note.md", "a\n\\\\[\nx\n\\\\]", "x", (3, 1)),
    ("entity", "note.md", "$a &lt; x$", "x", (1, 9)),
    ("after Unicode", "note.md", "$αβ² x$", "x", (1, 6)),
    ("tab", "note.md", "-\ta\n\n\t$$\n\tx\n\t$$\n", "x", (4, 2)),
    ("byte order mark", "note.md", "\ufeff$x$", "x", (1, 3)),
    ("LaTeX", "note.tex", "\\section{A}\n% c\n\\begin{align}\n  a &= x\n\\end{align}", "x", (4, 8)),
    ("LaTeX after verbatim", "note.tex", "\\begin{verbatim}\n$x$\n\\end{verbatim}\n$x$", "x", (4, 2)),
    ("LaTeX CRLF", "note.tex", "a\r\n\r\n\\[\r\nx\r\n\\]", "x", (4, 1)),
    ("argument of a macro", "note.tex", "\\newcommand{\\a}[1]{\\hat{#1}}\n$\\a{x}$", "x", (2, 5)),
    ("body of a macro", "note.tex", "\\newcommand{\\a}{x}\n$b + \\a$", "x", (2, 6)),
]


@pytest.mark.parametrize(
    ("name", "text", "token", "place"), [case[1:] for case in PLACES], ids=[case[0] for case in PLACES]
)
def test_place_of_a_token(name, text, token, place):
    document = note(text, name)
    found = [
        (each.span.line, each.span.column)
        for piece, macros in zip(document.pieces, scopes(document), strict=True)
        if piece.kind == "math"
        for each in tokenize(piece, macros)
        if each.text == token
    ]
    assert found == [place]


PROSE = [
    ("> - **A** is\n>   symmetric", "symmetric", (2, 5)),
    ("a\r\n\r\n设 A 为对称矩阵", "对称", (3, 6)),
    ("| a | is symmetric |\n|---|---|\n", "symmetric", (1, 10)),
    ("1. [A](b) is\n   symmetric", "symmetric", (2, 4)),
]


@pytest.mark.parametrize(("text", "word", "place"), PROSE)
def test_place_of_a_word(text, word, place):
    for piece in note(text).pieces:
        if word in piece.text:
            start = piece.text.index(word)
            span = piece.span(start, start + len(word))
            assert (span.line, span.column) == place
            assert span.text == word
            return
    pytest.fail(f"{word} is in no piece")


def test_place_of_a_word_in_latex():
    text = "\\documentclass{a}\n\\begin{document}\n\\emph{A} is~\\textbf{symmetric} d\\'efinie\n"
    piece = next(each for each in note(text, "note.tex").pieces if "symmetric" in each.text)
    assert piece.text.split() == ["A", "is", "symmetric", "définie"]
    start = piece.text.index("symmetric")
    assert str(piece.span(start, start + 9)) == "note.tex:3:21"
    start = piece.text.index("finie")
    assert str(piece.span(start, start + 5)) == "note.tex:3:36"


def test_place_of_a_directive():
    piece = next(each for each in note("a\n\n> <!-- texgrad: x in R -->\n").pieces if each.kind == "directive")
    assert (piece.span().line, piece.span().column, piece.span().text) == (3, 17, "x in R")
