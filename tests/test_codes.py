"""The rules: their form, their examples run through the checker, and the README's table of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from texgrad import check_text
from texgrad.codes import BY_VERDICT, RULES, Rule, UnknownCode, check_prefix, covers, longest_prefix
from texgrad.report import VERDICTS

ROOT = Path(__file__).parents[1]
WITH_EXAMPLES = [rule for rule in RULES if rule.wrong_example]


def test_codes_are_unique_and_in_order():
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))


def test_every_verdict_but_verified_has_a_rule():
    assert set(BY_VERDICT) == set(VERDICTS) - {"verified"}


def test_only_the_internal_error_has_no_examples():
    assert [rule.code for rule in RULES if not (rule.wrong_example and rule.right_example)] == ["TG901"]


def _reported(note: str) -> list[str | None]:
    report = check_text(note, "example.md")
    assert report.problem is None
    return [finding.code for finding in report.findings if finding.severity != "ignore"] + [
        notice.code for notice in report.notices
    ]


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.code)
def test_the_wrong_example_is_reported_with_the_code(rule: Rule):
    assert rule.code in _reported(rule.wrong_example)


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.code)
def test_the_right_example_is_checked_and_silent(rule: Rule):
    report = check_text(rule.right_example, "example.md")
    assert report.findings
    assert [code for code in _reported(rule.right_example) if code] == []


@pytest.mark.parametrize(("given", "expected"), [("TG101", "TG101"), (" tg1 ", "TG1"), ("TG", "TG")])
def test_codes_and_their_beginnings_are_taken_in_any_case(given: str, expected: str):
    assert check_prefix(given) == expected


@pytest.mark.parametrize(("given", "nearest"), [("TG1O1", "TG101"), ("TG6O1", "TG601"), ("", "TG")])
def test_an_unknown_code_names_the_nearest(given: str, nearest: str):
    with pytest.raises(UnknownCode, match=f"did you mean '{nearest}"):
        check_prefix(given)


def test_the_most_specific_prefix_decides():
    assert longest_prefix(("TG", "TG301", "TG3"), "TG301") == "TG301"
    assert longest_prefix(("TG1",), "TG301") is None
    assert covers(("TG1",), "TG102")
    assert not covers(("TG1",), "TG201")


def test_the_readme_is_in_step_with_the_rules():
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "readme_tables.py"), "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
