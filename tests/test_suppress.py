"""Comments in a note that silence findings: which lines each covers, and the notice when it silences nothing."""

from __future__ import annotations

import pytest

from texgrad import check_text
from texgrad.report import FileReport

pytestmark = pytest.mark.usefixtures("fake_core")


def silenced(report: FileReport) -> list[int]:
    assert report.problem is None
    return [finding.line for finding in report.findings if finding.severity == "ignore"]


def unused(report: FileReport) -> list[tuple[int, str]]:
    return [(notice.line, notice.message) for notice in report.notices]


INLINE = """$a = wrong$ and <!-- texgrad: ignore -->
$b = wrong$
"""

DISPLAY = """$$
a = wrong \\\\
b = wrong
$${after}
{below}
$c = wrong$
"""


def test_a_comment_silences_the_formulas_on_its_line():
    report = check_text(INLINE, "a.md")
    assert silenced(report) == [1]
    assert [finding.severity for finding in report.findings] == ["ignore", "error"]
    assert report.findings[0].remark == "silenced by line 1"
    assert unused(report) == []


@pytest.mark.parametrize(
    ("after", "below"),
    [(" <!-- texgrad: ignore -->", ""), ("", "<!-- texgrad: ignore -->")],
    ids=["last line", "below"],
)
def test_a_comment_at_the_end_of_a_display_formula_silences_all_of_it(after: str, below: str):
    report = check_text(DISPLAY.format(after=after, below=below), "a.md")
    assert silenced(report) == [2, 3]
    assert unused(report) == []


def test_words_beside_the_comment_below_a_formula_make_it_another_line():
    report = check_text(DISPLAY.format(after="", below="see <!-- texgrad: ignore -->"), "a.md")
    assert silenced(report) == []
    assert [line for line, _ in unused(report)] == [5]


def test_the_next_formula():
    note = "<!-- texgrad: ignore-next -->\n\ntext\n\n$$\na = wrong \\\\\nb = wrong\n$$\n\n$c = wrong$\n"
    assert silenced(check_text(note, "a.md")) == [6, 7]


def test_the_whole_file():
    note = "$a = wrong$\n\n<!-- texgrad: ignore-file TG101 -->\n\n$b = wrong$ $c = shape$\n"
    report = check_text(note, "a.md")
    assert [finding.severity for finding in report.findings] == ["ignore", "ignore", "error"]


def test_off_and_on():
    note = "$a = wrong$\n\n<!-- texgrad: off -->\n\n$b = wrong$\n\n<!-- texgrad: on -->\n\n$c = wrong$\n"
    report = check_text(note, "a.md")
    assert silenced(report) == [5]
    assert unused(report) == []


def test_off_without_on_holds_to_the_end():
    assert silenced(check_text("<!-- texgrad: off -->\n\n$a = wrong$\n\n$b = wrong$\n", "a.md")) == [3, 5]


def test_on_without_off_is_said():
    report = check_text("$a = wrong$\n\n<!-- texgrad: on -->\n", "a.md")
    assert unused(report) == [(3, "unused `on`: there is no `off` before it")]


def test_codes_limit_what_is_silenced():
    report = check_text("$a = wrong$ $b = shape$ <!-- texgrad: ignore TG201, TG3 -->\n", "a.md")
    assert [finding.severity for finding in report.findings] == ["error", "ignore"]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("ignore", "unused `ignore`: it silences nothing"),
        ("ignore TG201", "unused `ignore TG201`: it silences nothing"),
        ("ignore TG1O1", "unused `ignore`: unknown code 'TG1O1'; did you mean 'TG101'?"),
    ],
)
def test_a_comment_that_silences_nothing_is_a_notice(comment: str, message: str):
    report = check_text(f"$a = verified$ <!-- texgrad: {comment} -->\n", "a.md")
    assert unused(report) == [(1, message)]
    (notice,) = report.notices
    assert (notice.code, notice.severity) == ("TG601", "warning")
    assert notice.source_line.startswith("$a = verified$")


def test_undecided_claims_are_silenced_too():
    report = check_text("$a = undecided$ <!-- texgrad: ignore -->\n", "a.md")
    assert silenced(report) == [1]
    assert unused(report) == []


def test_comments_in_latex():
    note = r"""\begin{document}
\begin{align}
a &= wrong \\ % texgrad: ignore
b &= wrong
\end{align}
\begin{align} % texgrad: ignore
c &= wrong \\
d &= wrong
\end{align}
% texgrad: ignore-next
\[ e = wrong \]
\[ f = wrong \]
% texgrad: off
\[ g = wrong \]
% texgrad: on
\[ h = wrong \]
\end{document}
""".replace("&=", "=")
    report = check_text(note, "a.tex")
    assert silenced(report) == [3, 7, 8, 11, 14]
    assert unused(report) == []


def test_a_comment_in_a_formula_of_markdown_covers_its_row():
    report = check_text("$$\na = wrong \\\\ % texgrad: ignore\nb = wrong\n$$\n", "a.md")
    assert silenced(report) == [2]
    assert unused(report) == []


def test_a_block_quote():
    report = check_text("> $$\n> a = wrong \\\\\n> b = wrong\n> $$\n> <!-- texgrad: ignore -->\n", "a.md")
    assert silenced(report) == [2, 3]


def test_declarations_are_no_business_of_this_module():
    report = check_text("<!-- texgrad: x in R^n; layout numerator -->\n\n$a = verified$\n", "a.md")
    assert unused(report) == []


def test_several_commands_in_one_comment():
    report = check_text("$a = wrong$ <!-- texgrad: ignore TG101; x in R^n -->\n", "a.md")
    assert silenced(report) == [1]
