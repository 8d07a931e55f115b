"""What is said of a note beside its claims: comments that are not understood, sizes that contradict each other."""

from __future__ import annotations

import texgrad
from texgrad.configuration import Configuration


def told(text: str, path: str = "note.md") -> list[tuple[int, int, str, str]]:
    return [(each.line, each.column, each.code, each.message) for each in texgrad.check_text(text, path).notices]


def test_what_a_comment_does_not_mean_is_reported_with_its_place_and_spoils_nothing_else():
    text = """# Note

<!-- texgrad: A in R^{n x n} symmetric; B sideways; layout upward -->

$$ \\nabla_x \\, x^T A x = 2 A x $$
"""
    report = texgrad.check_text(text, "note.md")
    assert [finding.verdict for finding in report.findings] == ["verified"]
    places = [(line, column, code) for line, column, code, _ in told(text)]
    assert places == [(3, 41, "TG602"), (3, 53, "TG602")]
    assert "'sideways' is not understood" in told(text)[0][3]
    assert "layout 'upward' is not known: numerator, denominator, mixed" in told(text)[1][3]


def test_comments_of_latex_and_those_that_silence():
    text = "% texgrad: ingore TG101\n$\\nabla_x x^T x = 2 x$ % texgrad: ignore\n"
    assert [each[:3] for each in told(text, "note.tex")][:1] == [(1, 12, "TG602")]
    assert not any(code == "TG602" for _, _, code, _ in told("$\\nabla_x x^T x = x$ % texgrad: ignore\n", "note.tex"))


def test_a_matrix_used_the_other_way_round_is_reported_once():
    text = """Let $A \\in \\mathbb{R}^{m \\times n}$ and $x \\in \\mathbb{R}^m$.

$$ \\nabla_x \\|A x\\|^2 = 2 A^T A x $$

$$ \\nabla_x \\, b^T A x = A^T b $$
"""
    message = "contradictory sizes: A matrix (m x n) in line 1, used as n x m here"
    assert told(text) == [(3, 4, "TG504", message)]
    assert told(text.replace("x \\in \\mathbb{R}^m", "x \\in \\mathbb{R}^n")) == []


def test_a_new_section_may_have_other_sizes():
    text = """# One

Let $A \\in \\mathbb{R}^{m \\times n}$.

# Two

Let $x \\in \\mathbb{R}^m$. Then $\\nabla_x \\|A x\\|^2 = 2 A^T A x$.
"""
    assert told(text) == []


def test_declarations_of_the_settings_that_are_not_understood_are_no_bug():
    report = texgrad.check_text("$\\nabla_x x^T x = 2 x$", "note.md", Configuration(declarations=("foo bar",)))
    assert report.problem == "a declaration of the settings is not understood: 'foo' is not a list of symbols"


def test_sizes_of_a_case_beside_the_notes_own_contradict_nothing():
    text = """Let $X \\in \\mathbb{R}^{N \\times D}$.

If instead the examples are the columns, $X \\in \\mathbb{R}^{D \\times N}$ and $\\nabla_w \\|X^T w\\|^2 = 2 X X^T w$.
"""
    assert told(text) == []
    assert [each[2] for each in told(text.replace("If instead the examples are the columns,", "We have"))] == ["TG504"]
