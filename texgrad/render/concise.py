"""A Report in, one line per finding out: `path:line:column: CODE message`, as editors and scripts read it."""

from __future__ import annotations

from texgrad.render import Options, shown
from texgrad.report import Report


def render(report: Report, options: Options) -> str:
    lines = []
    for file in report.files:
        entries = [*filter(shown, file.findings), *(entry for entry in file.notices if entry.severity != "ignore")]
        for entry in sorted(entries, key=lambda entry: (entry.path != file.path, entry.path, entry.line, entry.column)):
            if options.quiet and entry.severity == "info":
                continue
            message = " ".join(entry.message.split())
            lines.append(f"{entry.path}:{entry.line}:{entry.column}: {entry.code} {message}")
    return "\n".join(lines)
