"""A LaTeX file in, its pieces out: math in every environment, words as printed, included files in their place."""

from __future__ import annotations

import pytest
from reading import kinds, note_tokens
from reading import math as math_of
from reading import note as note_of
from reading import prose as prose_of

from texgrad.readers import read
from texgrad.source import Source


def math(text):
    return math_of(text, "note.tex")


def prose(text):
    return prose_of(text, "note.tex")


@pytest.mark.parametrize(
    "name",
    ["equation", "equation*", "align", "align*", "aligned", "gather", "multline*", "split", "eqnarray", "flalign",
     "alignat*", "math", "displaymath", "dmath"],
)  # fmt: skip
def test_environments(name):
    text = f"\\begin{{{name}}}\na &= b \\\\\nc\n\\end{{{name}}}"
    assert math(f"Words.\n{text}\nMore.") == [text]


FORMS = [
    ("inline", r"Let $x$ and \(y\).", ["x", "y"]),
    ("display", "\\[\na\n\\] $$b$$", ["a", "b"]),
    ("row ends before a bracket", "\\[\na \\\\[2pt] b\n\\]", ["a \\\\[2pt] b"]),
    ("text with dollars", r"$a \text{ if $b$} c$ $d$", [r"a \text{ if $b$} c", "d"]),
    ("subequations", "\\begin{subequations}\\begin{align}a\\end{align}\\end{subequations}",
     [r"\begin{align}a\end{align}"]),
    ("theorem and list", "\\begin{lemma}\\begin{itemize}\\item $a$\\item $b$\\end{itemize}\\end{lemma}", ["a", "b"]),
    ("table", "\\begin{tabular}{c|c} $a$ & $b$ \\\\ c & $d$ \\end{tabular}", ["a", "b", "d"]),
    ("heading", "\\section{On $x$}", ["x"]),
    ("footnote", "a\\footnote{b $x$}", ["x"]),
    ("comment inside", "\\[\na % \\]\n+ b\n\\]", ["a % \\]\n+ b"]),
    ("escaped dollar", r"costs \$5 and $x$", ["x"]),
    ("macros around", "\\def\\be{\\begin{equation}}\\def\\ee{\\end{equation}}\n\\be x \\ee $y$", ["\\be x \\ee", "y"]),
    ("a macro that is math", "\\newcommand{\\R}{\\ensuremath{\\mathbb{R}}}in \\R and", ["\\R"]),
    ("own environment", "\\newenvironment{eq}{\\begin{align}}{\\end{align}}\\begin{eq}x\\end{eq}",
     ["\\begin{eq}x\\end{eq}"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS])
def test_math_is_found(text, expected):
    assert math(text) == expected


@pytest.mark.parametrize(
    "text",
    ["% $x$", "a % $x$\n", "\\verb|$x$| \\verb*!$y$!", "\\begin{verbatim}\n$x$\n\\end{verbatim}",
     "\\begin{lstlisting}[language=R]\na$x$b\n\\end{lstlisting}", "\\begin{comment}$x$\\end{comment}",
     "\\iffalse $x$ \\ifx a b $z$ \\fi $y$ \\fi", "\\lstinline|$x$|", "\\begin{minted}{r}\na$x$b\n\\end{minted}",
     "\\includegraphics{$x$}", "\\documentclass{a}\\title{On $x$}\\begin{document}\\end{document} $y$"],
)  # fmt: skip
def test_what_is_no_math(text):
    assert math(text) == []


def test_the_other_branch_of_iffalse():
    assert math("\\iffalse $x$ \\else $y$ \\fi $z$") == ["y", "z"]


def test_words_as_they_are_printed():
    assert prose(r"\emph{not} nec.\ symmetric~(see \cite[p.~3]{a}, \eqref{eq:x}) --- \textbf{A \& B}") == [
        "not nec. symmetric (see , ) --- A & B"
    ]
    assert prose(r"sym\'etrique, d\'{e}fini\-e, na\"\i ve \L{}ukasz") == ["symétrique, définie, naïve Łukasz"]
    assert prose("\\newcommand{\\psd}{positive definite}A is \\psd{} here") == ["A is positive definite here"]


def test_order_and_breaks():
    text = "\\section{A}\nb $x$ c\n\nd\n\\begin{itemize}\n\\item e\n\\item f\n\\end{itemize}\n"
    assert kinds(text, "note.tex") == "hbpmpbpbpbpb"


def test_directives():
    pieces = note_of("% texgrad: x in R^n\na %% texgrad: y\n% other\n", "note.tex").pieces
    assert [each.text for each in pieces if each.kind == "directive"] == ["x in R^n", "y"]


def test_the_preamble_gives_macros_and_no_words():
    text = "\\documentclass{a}\n\\newcommand{\\x}{\\mathbf{x}}\nwords\n\\begin{document}\n$\\x$\n\\end{document}\nmore"
    assert prose(text) == []
    assert note_tokens(text, "note.tex") == [r"\mathbf { x }"]


def test_one_lost_delimiter_does_not_swallow_the_rest():
    assert math("A lost $x here.\n\nThen $y$.") == ["y"]
    found = note_of("\\begin{align} a = b\n\nThen $y$.\n\\section{B} $z$", "note.tex")
    assert [each.text for each in found.pieces if each.kind == "math"][-2:] == ["y", "z"]
    assert "never closed" in found.problems[0][1]


def test_files_are_followed_in_place(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "main.tex").write_text("a $x$ \\input{parts/one} b \\include{two}", encoding="utf-8")
    (tmp_path / "parts" / "one.tex").write_text("\\newcommand{\\y}{Y}\n$\\y$", encoding="utf-8")
    (tmp_path / "two.tex").write_text("$\\y^2$", encoding="utf-8")
    path = tmp_path / "main.tex"
    pieces = [each for each in read(Source(str(path), path.read_text(encoding="utf-8"))).pieces if each.kind == "math"]
    assert [each.text for each in pieces] == ["x", "\\y", "\\y^2"]
    assert [str(each.span()) for each in pieces] == [
        f"{path}:1:4", f"{tmp_path / 'parts' / 'one.tex'}:2:2", f"{tmp_path / 'two.tex'}:1:2",
    ]  # fmt: skip


def test_what_is_wrong_with_a_file_is_a_problem(tmp_path):
    path = tmp_path / "paper" / "main.tex"
    path.parent.mkdir()
    (tmp_path / "secret.tex").write_text("$s$", encoding="utf-8")
    (path.parent / "bad.tex").write_bytes(b"\xff\xfe\xff")
    path.write_text("\\input{missing} \\input{main} \\input{../secret} \\input{bad} $x$", encoding="utf-8")
    document = read(Source(str(path), path.read_text(encoding="utf-8")))
    assert [each.text for each in document.pieces if each.kind == "math"] == ["x"]
    assert [message for _, message in document.problems] == [
        "cannot find the file missing", "the file main includes itself", "cannot find the file ../secret",
        "cannot read the file bad",
    ]  # fmt: skip
    assert document.problems[0][0].text == "\\input{missing}"


def test_inclusion_is_bounded(tmp_path):
    for number in range(30):
        (tmp_path / f"f{number}.tex").write_text(f"$x_{{{number}}}$ \\input{{f{number + 1}}}", encoding="utf-8")
    path = tmp_path / "f0.tex"
    document = read(Source(str(path), path.read_text(encoding="utf-8")))
    assert "20 levels deep" in document.problems[0][1]


def test_a_chapter_knows_the_macros_of_its_main_file(tmp_path):
    (tmp_path / "chapters").mkdir()
    main = "\\newcommand{\\X}{\\mathbf{X}}\\begin{document}$a$\\end{document}"
    (tmp_path / "book.tex").write_text(main, encoding="utf-8")
    text = "% !TEX root = ../book.tex\n$\\X$\n"
    assert note_tokens(text, str(tmp_path / "chapters" / "one.tex")) == [r"\mathbf { X }"]


def test_a_package_of_the_project_gives_its_macros(tmp_path):
    (tmp_path / "mine.sty").write_text("\\newcommand{\\X}{\\mathbf{X}}", encoding="utf-8")
    assert note_tokens("\\usepackage{amsmath, mine}\n$\\X$", str(tmp_path / "a.tex")) == [r"\mathbf { X }"]
