"""A Report in, a SARIF 2.1.0 log out, as code-scanning services read it."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from texgrad import __version__
from texgrad.codes import RULES, Rule
from texgrad.render import Options
from texgrad.report import FileReport, Finding, Notice, Report
from texgrad.suppress import SILENCED_HERE

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_INDEX = {rule.code: number for number, rule in enumerate(RULES)}


def _uri(path: str) -> str:
    return quote(PurePath(path).as_posix())


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split()),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _location(path: str, region: dict[str, int]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": region}}


def _result(entry: Finding | Notice) -> dict[str, Any]:
    region = {"startLine": entry.line, "startColumn": entry.column}
    message = entry.message
    if isinstance(entry, Finding):
        region |= {"endLine": entry.end_line, "endColumn": entry.end_column}
        message += f"; did you mean {entry.hint}" if entry.hint else ""
    result = {
        "ruleId": entry.code,
        "ruleIndex": _INDEX[entry.code],
        "message": {"text": message},
        "locations": [_location(entry.path, region)],
    }
    if isinstance(entry, Finding) and entry.verdict == "undecided" and entry.severity in ("info", "ignore"):
        # SARIF's word for "could not be decided"; it asks for level none.
        result |= {"kind": "open", "level": "none"}
    else:
        result |= {"level": _LEVELS.get(entry.severity, "note")}
    if entry.severity == "ignore":
        remark = getattr(entry, "remark", None) or ""
        kind = "inSource" if remark.startswith(SILENCED_HERE) else "external"
        result |= {"suppressions": [{"kind": kind, "justification": remark}]}
    return result


def _notification(file: FileReport) -> dict[str, Any]:
    place = {"physicalLocation": {"artifactLocation": {"uri": _uri(file.path)}}}
    return {"level": "error", "message": {"text": file.problem}, "locations": [place]}


def render(report: Report, options: Options) -> str:
    problems = [_notification(file) for file in report.files if file.problem]
    results = [_result(finding) for finding in report.findings if finding.verdict != "verified"]
    results += [_result(notice) for file in report.files for notice in file.notices]
    driver = {"name": "texgrad", "version": __version__, "rules": [_rule(rule) for rule in RULES]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not problems, "toolExecutionNotifications": problems}],
        "results": results,
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)
