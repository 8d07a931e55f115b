"""Any text gives a report: damaged notes, formulas made of scraps, characters of all kinds."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from texgrad import check_text

ROOT = Path(__file__).parents[1]
NOTES = [
    path.read_text(encoding="utf-8")
    for folder in ("samples/notes", "tests/golden")
    for path in sorted((ROOT / folder).glob("*.*"))
]
SCRAPS = r"""
x X w W A A^T x^T x_i x_{i} y_{ij} W^{(l)} \Sigma \sigma \sigma(z) f f(x) L z p 1 2 0 \frac12 \frac{1}{2} n
\frac{\partial L}{\partial x} \frac{\partial}{\partial X} \frac{d}{dx} \partial \nabla \nabla_x \nabla^2 d dX
\mathrm{d} \frac \sqrt \sqrt[3] ( ) [ ] \left( \right) \left. \right| { } ^ _ ' ^{-1} ^\top ^2 | \| & \\ = :=
\approx \leq \Rightarrow \sum_{i=1}^n \sum_i \prod \int \log \exp \det \operatorname{tr} \tr( \diag \odot \otimes
\circ \cdot \cdots \vdots + - / * , ; . : ! % \text{and} \quad \, \begin{bmatrix} \end{bmatrix} \begin{aligned}
\end{aligned} \begin{cases} \end{cases} \mathbf{x} \mathbb{R} \in \mathbb{R}^{n \times m} \newcommand{\a}{\a}
\def\b#1{#1#1} \b{x} \foo \hat{y} \bar \tag{1} \underbrace{x}_{y} \max \min \mathbf 1 I \delta_{ij} e^{x} e_i
10^{400} 99999999999999999999 \binom{a}{b} \stackrel{a}{=}
""".split()
FORMULAS = st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=14).map(" ".join)
WORDS = st.sampled_from(
    ["Let $A$ be symmetric.", "where $x \\in \\mathbb{R}^n$", "设 $W$ 为 $m\\times n$ 矩阵", "", "# Title", "> ", "- ",
     "<!-- texgrad: x in R^n; layout numerator -->", "| a | $x$ |", "We use the numerator layout.", "```", "~~~math"]
)  # fmt: skip
ROUNDS = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck), derandomize=True)


def check(text: str, name: str = "note.md") -> None:
    report = check_text(text, name)
    assert report.problem is None, report.problem
    bugs = [finding.message for finding in report.findings if finding.code == "TG901"]
    assert not bugs, (bugs, text)
    for finding in report.findings:
        assert 1 <= finding.line <= text.count("\n") + 1


@ROUNDS
@given(st.lists(st.tuples(WORDS, FORMULAS, FORMULAS), min_size=1, max_size=3))
def test_scraps_of_formulas(parts: list[tuple[str, str, str]]):
    check("\n\n".join(f"{words}\n\n$$ {left} = {right} $$" for words, left, right in parts))


@ROUNDS
@given(FORMULAS, FORMULAS, FORMULAS, FORMULAS)
def test_derivatives_of_scraps(target: str, variable: str, right: str, last: str):
    check(f"$$ \\frac{{\\partial {target}}}{{\\partial {variable}}} = {right} = {last} $$")


@ROUNDS
@given(st.text(max_size=200))
def test_any_text(text: str):
    check(text)
    check(f"$${text}$$")
    check(f"\\begin{{align}}{text}\\end{{align}}", "note.tex")


@ROUNDS
@given(st.sampled_from(NOTES), st.data())
def test_damaged_notes(note: str, data: st.DataObject):
    at = data.draw(st.integers(0, len(note) - 1))
    length = data.draw(st.integers(0, 6))
    scrap = data.draw(st.sampled_from(["", "{", "}", "$", "\\", *SCRAPS]))
    start = max(0, at - 700)  # what is around the damage
    damaged = note[start:at] + scrap + note[at + length : at + 700]
    check(damaged, data.draw(st.sampled_from(["note.md", "note.tex"])))
