"""A Report in, GitHub workflow commands out: each finding stands as an annotation at its line of a pull request."""

from __future__ import annotations

from texgrad.codes import BY_CODE
from texgrad.render import Options, shown
from texgrad.report import Finding, Notice, Report

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _command(entry: Finding | Notice) -> str:
    place = {"file": entry.path, "line": entry.line, "col": entry.column}
    message = entry.message
    if isinstance(entry, Finding):
        # GitHub takes columns for a single line alone.
        place |= {"endLine": entry.end_line}
        if entry.end_line == entry.line:
            place |= {"endColumn": entry.end_column}
        if entry.hint:
            message += f"\ndid you mean {entry.hint}"
    place |= {"title": f"{entry.code} {BY_CODE[entry.code].name}"}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    return f"::{_COMMANDS[entry.severity]} {properties}::{_data(message)}"


def render(report: Report, options: Options) -> str:
    lines = []
    for file in report.files:
        if file.problem:
            lines.append(f"::error file={_property(file.path)}::{_data(file.problem)}")
        lines += [_command(finding) for finding in file.findings if shown(finding)]
        lines += [_command(notice) for notice in file.notices if notice.severity != "ignore"]
    return "\n".join(lines)
