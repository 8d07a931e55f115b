"""Where a layout comes from: the line that says so for a formula, a directive before the words of the note."""

from __future__ import annotations

import texgrad


def layout_of(text: str) -> list[str]:
    report = texgrad.check_text(text, "note.md")
    return [line for finding in report.findings for line in finding.types if line.startswith("layout of")]


def test_a_directive_settles_the_layout_whatever_the_note_says():
    text = """We use the denominator layout.

<!-- texgrad: layout numerator -->

$$ \\frac{\\partial}{\\partial x} x^T x = 2 x^T $$
"""
    assert layout_of(text) == ["layout of a scalar-by-vector derivative: transposed (line 3)"]
    words = text.replace("<!-- texgrad: layout numerator -->", "")
    assert layout_of(words) == ["layout of a scalar-by-vector derivative: same (line 1)"]


def test_the_words_at_a_formula_settle_that_of_it_alone():
    text = """We use the denominator layout. For a vector $x$

$$ \\nabla_x x^T x = 2 x $$

which some authors write as a row, $\\nabla_x x^T x = 2 x^T$.
"""
    assert layout_of(text) == [
        "layout of a gradient-by-vector derivative: same (line 1)",
        "layout of a gradient-by-vector derivative: transposed (line 5)",
    ]
