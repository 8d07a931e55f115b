"""Each output format against reports made by hand: what it holds, how it is escaped, how it lines up."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import jsonschema
import pytest

from texgrad import render
from texgrad.codes import RULES
from texgrad.render.text import underline
from texgrad.report import FileReport, Finding, Notice, Report

LINE = r"$$ \frac{\partial x^T A x}{\partial x} = 2 A x $$"
WRONG = Finding(
    "notes.md", 42, 40, 42, 47, r"\frac{\partial x^T A x}{\partial x} = 2 A x", r"\frac{\partial x^T A x}{\partial x}",
    "2 A x", "wrong", "TG101", "error", "wrong gradient", hint="(A + A^T) x", expected="(A + A^T) x", discrepancy=0.83,
    shapes={"x": "n", "A": "n x n"}, source_line=LINE, types=("A is a matrix: upper case",),
)  # fmt: skip
GOOD = replace(
    WRONG, line=50, end_line=50, verdict="verified", code=None, severity=None, message="", hint=None, expected=None,
    discrepancy=None, layouts=("denominator",),
)  # fmt: skip
OPEN = replace(
    GOOD, line=60, end_line=60, verdict="undecided", code="TG501", severity="info", message="unknown command \\foo",
    reason="unknown command \\foo", layouts=(),
)  # fmt: skip
LAYOUT = replace(
    WRONG, line=70, end_line=70, verdict="layout", code="TG301", severity="warning", message="other layout",
    layouts=("numerator",), hint=None, expected=None,
)  # fmt: skip
SILENT = replace(WRONG, line=80, end_line=80, severity="ignore", remark="silenced by line 79")
NOTICE = Notice("notes.md", 90, 5, "TG601", "warning", "unused `ignore`: it silences nothing", "ab <!-- texgrad -->")
FINDINGS = (WRONG, GOOD, OPEN, LAYOUT, SILENT)
FILE = FileReport("notes.md", FINDINGS, "denominator", ("settled by line 50",), None, (NOTICE,))
BROKEN = FileReport("bad.md", problem="is not UTF-8 text (byte 3)")
REPORT = Report((FILE, BROKEN))


def test_the_formats_are_the_modules():
    assert set(render.formats()) >= {"text", "concise", "json", "jsonl", "sarif", "github", "junit"}


@pytest.mark.parametrize("name", render.formats())
def test_every_format_renders_full_and_empty_reports(name: str):
    assert render.render(name, REPORT) != render.render(name, Report())


# text


def test_text_shows_the_line_with_carets_under_the_right_hand_side():
    lines = render.render("text", Report((FileReport("notes.md", (WRONG,)),))).splitlines()
    assert lines[0] == "notes.md:42:40: TG101 wrong gradient"
    assert lines[1] == f"    42 | {LINE}"
    at = lines[1].index("2 A x")
    assert lines[2] == "       |" + " " * (at - 8) + "^^^^^"
    assert lines[3] == "       did you mean (A + A^T) x ?"
    assert lines[-1] == "1 claim in 1 file: 0 verified, 1 wrong, 0 not checked."


def test_text_gives_undecided_claims_one_line_and_leaves_out_verified_and_silenced_ones():
    text = render.render("text", REPORT)
    assert "notes.md:60:40: TG501 unknown command \\foo\n" in text
    assert "notes.md:50" not in text
    assert "notes.md:80" not in text
    assert "holds in the numerator layout" in text


def test_the_summary_counts_what_was_not_checked():
    assert render.render("text", REPORT).splitlines()[-1] == (
        "5 claims in 1 file: 1 verified, 2 wrong, 1 in another layout, 1 not checked. 1 of these silenced. "
        "1 file could not be checked."
    )


def test_quiet_shows_errors_and_warnings_alone():
    text = render.render("text", REPORT, render.Options(quiet=True))
    assert "TG101" in text and "TG301" in text and "TG601" in text
    assert "TG501" not in text and "not checked" not in text


def test_statistics_count_verdicts_codes_and_reasons():
    text = render.render("text", REPORT, render.Options(statistics=True))
    for row in ("2  wrong", "0  shape", "1  TG601 unused ignore", r"1  not checked: unknown command \foo"):
        assert f"      {row}\n" in text


def test_show_types_lists_verified_claims_and_what_they_lean_on():
    text = render.render("text", REPORT, render.Options(show_types=True))
    assert "notes.md:50:40: verified" in text
    assert "A is a matrix: upper case" in text
    assert "notes.md: layout denominator" in text
    assert "notes.md: settled by line 50" in text


def test_colour_only_where_asked():
    assert "\033" not in render.render("text", REPORT)
    painted = render.render("text", REPORT, render.Options(colour=True))
    assert "\033[31mTG101\033[0m" in painted
    assert re.sub(r"\033\[\d+m", "", painted) == render.render("text", REPORT)


def test_wide_characters_take_two_columns():
    line, carets = underline("损失 x = 2", 7, 8, 100)
    assert line == "损失 x = 2"
    assert carets == " " * 9 + "^"


def test_combining_characters_take_none_and_tabs_four():
    assert underline("x\u0302\ta = b", 7, 8, 100)[1] == " " * 9 + "^"


def test_a_long_line_is_cut_around_the_carets():
    text = "a" * 300 + " = bad " + "c" * 300
    line, carets = underline(text, 303, 306, 100)
    assert len(line) <= 100
    assert line[carets.index("^") : carets.index("^") + 3] == "bad"
    assert line.startswith("…") and line.endswith("…")


def test_a_long_line_of_wide_characters_is_cut_by_its_width():
    line, carets = underline("损" * 60 + "x = 2" + "失" * 60, 64, 65, 100)
    assert line == "…" + "损" * 41 + "x = 2" + "…"
    assert carets == " " * (1 + 2 * 41 + 4) + "^"


def test_a_long_right_hand_side_is_cut_and_underlined_whole():
    line, carets = underline("f = " + "a" * 300, 4, 304, 100)
    assert line.endswith("a…") and len(line) == 88
    assert carets == "    " + "^" * 84


def test_a_hypothesis_in_the_message_is_not_said_again():
    told = "holds only if A is symmetric"
    finding = replace(WRONG, verdict="assumption", assumptions=("A is symmetric",), message=told)
    text = render.render("text", Report((FileReport("notes.md", (finding,)),)))
    assert text.count(told) == 1
    text = render.render("text", Report((FileReport("notes.md", (replace(finding, message="a guess"),)),)))
    assert f"       {told}" in text


def test_control_characters_of_a_note_do_not_reach_the_terminal():
    assert "\033" not in underline("a \033[2J = b", 0, 1, 100)[0]


def test_a_right_hand_side_over_several_lines_is_underlined_to_the_end_of_its_first():
    finding = replace(WRONG, rhs="2 A\n x", end_line=43, end_column=3, source_line="f' = 2 A", column=4)
    lines = render.render("text", Report((FileReport("notes.md", (finding,)),))).splitlines()
    assert lines[2].endswith("|      ^^^")


# concise


def test_concise_has_one_line_for_each_finding():
    assert render.render("concise", REPORT).splitlines() == [
        "notes.md:42:40: TG101 wrong gradient",
        "notes.md:60:40: TG501 unknown command \\foo",
        "notes.md:70:40: TG301 other layout",
        "notes.md:90:5: TG601 unused `ignore`: it silences nothing",
    ]


# json and jsonl


def test_json_has_the_keys_of_the_contract():
    content = json.loads(render.render("json", REPORT))
    assert content["version"] == 1
    assert content["claims"][0] == {
        "path": "notes.md", "line": 42, "column": 40, "end_line": 42, "end_column": 47, "latex": WRONG.latex,
        "lhs": WRONG.lhs, "rhs": "2 A x", "verdict": "wrong", "code": "TG101", "severity": "error",
        "message": "wrong gradient", "hint": "(A + A^T) x", "expected": "(A + A^T) x", "discrepancy": 0.83,
        "layouts": [], "shapes": {"x": "n", "A": "n x n"}, "assumptions": [], "reason": None,
    }  # fmt: skip
    assert [claim["verdict"] for claim in content["claims"]] == ["wrong", "verified", "undecided", "layout", "wrong"]
    assert content["summary"] == {
        "files": 1, "claims": 5, "verified": 1, "wrong": 2, "shape": 0, "layout": 1, "assumption": 0, "undecided": 1,
        "layout_of": {"notes.md": "denominator"},
    }  # fmt: skip
    assert content["problems"] == [{"path": "bad.md", "message": "is not UTF-8 text (byte 3)"}]
    assert content["notices"][0]["code"] == "TG601"


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_json_has_no_infinite_numbers(name: str, number: float):
    text = render.render(name, Report((FileReport("a.md", (replace(WRONG, discrepancy=number),)),)))
    assert '"discrepancy": null' in text


def test_jsonl_has_an_object_on_each_line_and_the_summary_last():
    entries = [json.loads(line) for line in render.render("jsonl", REPORT).splitlines()]
    assert [entry["type"] for entry in entries] == ["claim"] * 5 + ["notice", "problem", "summary"]
    assert entries[0]["rhs"] == "2 A x"
    assert entries[-1]["claims"] == 5


# sarif: the parts of the 2.1.0 schema that a log of this program uses, with what they require and admit


def _object(required: list[str], **properties: dict) -> dict:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _array(items: dict) -> dict:
    return {"type": "array", "items": items}


STRING = {"type": "string"}
POSITIVE = {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = _object(["text"], text=STRING)
ARTIFACT = _object(["uri"], uri={"type": "string", "format": "uri-reference", "pattern": "^[!-~]+$"})
REGION = _object(["startLine"], startLine=POSITIVE, startColumn=POSITIVE, endLine=POSITIVE, endColumn=POSITIVE)
LOCATION = _object([], physicalLocation=_object(["artifactLocation"], artifactLocation=ARTIFACT, region=REGION))
RULE = _object(
    ["id"], id=STRING, name=STRING, shortDescription=MESSAGE, fullDescription=MESSAGE,
    defaultConfiguration=_object([], level=LEVEL),
)  # fmt: skip
RESULT = _object(
    ["message"],
    ruleId=STRING,
    ruleIndex={"type": "integer", "minimum": 0, "maximum": len(RULES) - 1},
    kind={"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
    level=LEVEL,
    message=MESSAGE,
    locations=_array(LOCATION),
    suppressions=_array(_object(["kind"], kind={"enum": ["inSource", "external"]}, justification=STRING)),
)
# The specification's text: a kind other than "fail" goes with level "none" alone.
RESULT["allOf"] = [{"if": {"required": ["kind"]}, "then": {"properties": {"level": {"const": "none"}}}}]
NOTIFICATION = _object(["message"], level=LEVEL, message=MESSAGE, locations=_array(LOCATION))
RUN = _object(
    ["tool"],
    tool=_object(["driver"], driver=_object(["name"], name=STRING, version=STRING, rules=_array(RULE))),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=_array(
        _object(
            ["executionSuccessful"],
            executionSuccessful={"type": "boolean"},
            toolExecutionNotifications=_array(NOTIFICATION),
        )
    ),
    results=_array(RESULT),
)
SARIF = _object(["version", "runs"], **{"$schema": STRING, "version": {"const": "2.1.0"}, "runs": _array(RUN)})


@pytest.mark.parametrize("report", [REPORT, Report()], ids=["full", "empty"])
def test_sarif_has_the_form_of_2_1_0(report: Report):
    jsonschema.validate(json.loads(render.render("sarif", report)), SARIF)


def test_sarif_results():
    (run,) = json.loads(render.render("sarif", REPORT))["runs"]
    results = {result["locations"][0]["physicalLocation"]["region"]["startLine"]: result for result in run["results"]}
    assert sorted(results) == [42, 60, 70, 80, 90]
    assert results[42]["level"] == "error"
    assert run["tool"]["driver"]["rules"][results[70]["ruleIndex"]]["id"] == "TG301"
    assert (results[60]["kind"], results[60]["level"]) == ("open", "none")
    assert results[80]["suppressions"] == [{"kind": "inSource", "justification": "silenced by line 79"}]
    assert not run["invocations"][0]["executionSuccessful"]


def test_sarif_quotes_paths():
    report = Report((FileReport("a b/笔记.md", (replace(WRONG, path="a b/笔记.md"),)),))
    log = json.loads(render.render("sarif", report))
    jsonschema.validate(log, SARIF)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b/%E7%AC%94%E8%AE%B0.md"


# github


def test_github_commands_are_escaped():
    nasty = replace(WRONG, path="a,b:c.md", message="100% wrong\nindeed", hint=None)
    line = render.render("github", Report((FileReport("a,b:c.md", (nasty,)),)))
    assert line == (
        "::error file=a%2Cb%3Ac.md,line=42,col=40,endLine=42,endColumn=47,title=TG101 wrong derivative"
        "::100%25 wrong%0Aindeed"
    )


def test_github_has_a_command_for_each_severity_and_problem():
    commands = [line.split(" ")[0] for line in render.render("github", REPORT).splitlines()]
    assert commands == ["::error", "::notice", "::warning", "::warning", "::error"]


# junit


def test_junit_counts_and_cases():
    suites = ElementTree.fromstring(render.render("junit", REPORT))
    assert {key: suites.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "7", "failures": "3", "errors": "1", "skipped": "2",
    }  # fmt: skip
    assert [suite.get("name") for suite in suites] == ["notes.md", "bad.md"]
    failure = suites.find("testsuite/testcase/failure")
    assert "notes.md:42:40: TG101 wrong gradient" in failure.text


def test_junit_leaves_out_what_xml_cannot_hold():
    text = render.render("junit", Report((FileReport("a.md", (replace(WRONG, latex="a \x0b\x00 <b> = \ud800"),)),)))
    assert "<b>" not in text
    case = ElementTree.fromstring(text.encode()).find("testsuite/testcase")
    assert case.get("name") == "42:40 a \ufffd <b> = \ufffd"
