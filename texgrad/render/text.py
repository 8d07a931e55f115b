"""A Report in, the report for people out: source lines, carets under what is wrong, plain words, a summary."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from texgrad.codes import BY_CODE
from texgrad.render import Options, shown
from texgrad.report import FileReport, Finding, Notice, Report

_COLOURS = {"error": "31", "warning": "33", "info": "36", "bold": "1", "good": "32", "faint": "2"}
_TAB = 4


def _paint(text: str, style: str, options: Options) -> str:
    return f"\033[{_COLOURS[style]}m{text}\033[0m" if options.colour else text


def char_width(char: str) -> int:
    """The columns of a terminal that a character takes."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _width(text: str) -> int:
    return sum(map(char_width, text))


def _printable(text: str) -> str:
    """The text with tabs as spaces and without control characters, which a note could use to deceive a terminal."""
    return "".join(char if char.isprintable() else " " for char in text.replace("\t", " " * _TAB))


def _first(text: str, room: int) -> str:
    """As much of the beginning of the text as fits into so many columns, with an ellipsis where that is not all."""
    if _width(text) <= room:
        return text
    taken = 0
    for number, char in enumerate(text):
        taken += char_width(char)
        if taken >= room:
            return text[:number] + "…"
    raise AssertionError("a text wider than the room has a character at which it is full")


def underline(line: str, start: int, end: int, width: int) -> tuple[str, str]:
    """The source line and the carets under its characters start..end; a long line is cut to what is around them."""
    before, marked, after = (_printable(part) for part in (line[:start], line[start:end], line[end:].rstrip()))
    room = max(width - 12, 40)
    if _width(before + marked + after) > room:
        # What is marked comes first, then what stands before it, then what follows.
        before = _first(before[::-1], max(room - _width(marked), room // 3))[::-1]
        marked = _first(marked, room - _width(before))
        after = _first(after, max(room - _width(before + marked), 1))
    carets = "^" * max(_width(marked), 1)
    return (before + marked + after).rstrip(), " " * _width(before) + carets


def _columns(finding: Finding) -> tuple[int, int]:
    """The characters to underline in the line of the relation sign: the right-hand side, or what of it stands there."""
    line = finding.source_line
    sign = finding.column - 1
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line.rstrip())
    first = finding.rhs.strip().split("\n")[0].rstrip()
    at = line.find(first, sign) if first else -1
    start = at if sign <= at < end else sign
    return start, max(end, start + 1)


def _hints(finding: Finding) -> Iterator[str]:
    """What helps to mend the claim, as far as the message does not say it."""
    if finding.hint:
        yield f"did you mean {_plain(finding.hint)} ?"
    if finding.expected and finding.expected != finding.hint:
        yield f"expected {_plain(finding.expected)}"
    conditions = " and ".join(finding.assumptions)
    if finding.verdict == "assumption" and conditions and conditions not in finding.message:
        yield f"holds only if {conditions}"
    if finding.verdict == "layout" and finding.layouts:
        yield f"holds in the {' and the '.join(finding.layouts)} layout"
    if finding.reason and finding.reason not in finding.message:
        yield finding.reason


def _plain(latex: str) -> str:
    return " ".join(latex.split())


def _types(finding: Finding) -> Iterator[str]:
    if finding.verdict == "verified" and finding.layouts:
        yield f"in the {' and the '.join(finding.layouts)} layout"
    yield from finding.types


def _heading(entry: Finding | Notice, options: Options) -> str:
    place = f"{entry.path}:{entry.line}:{entry.column}:"
    code = _paint(entry.code or "", entry.severity or "good", options)
    return f"{_paint(place, 'bold', options)} {code} {' '.join(entry.message.split())}"


def _excerpt(entry: Finding | Notice, options: Options) -> Iterator[str]:
    start, end = _columns(entry) if isinstance(entry, Finding) else (entry.column - 1, entry.column)
    line, carets = underline(entry.source_line, start, end, options.width)
    number = f"{entry.line:>6}"
    yield f"{_paint(f'{number} |', 'faint', options)} {line}"
    yield f"{_paint(f'{chr(32) * len(number)} |', 'faint', options)} {_paint(carets, entry.severity, options)}"


def _entry(entry: Finding | Notice, options: Options) -> Iterator[str]:
    """A finding with its line and hints; what is only information takes one line, so that errors stay in sight."""
    if entry.severity is None:
        place = _paint(f"{entry.path}:{entry.line}:{entry.column}:", "bold", options)
        yield f"{place} {_paint('verified', 'good', options)} {_plain(entry.latex)}"
    else:
        yield _heading(entry, options)
        if entry.source_line and entry.severity != "info":
            yield from _excerpt(entry, options)
    if isinstance(entry, Finding):
        if entry.severity in ("error", "warning"):
            yield from (f"       {hint}" for hint in _hints(entry))
        if options.show_types:
            yield from (f"       {line}" for line in _types(entry))


def _file(file: FileReport, options: Options) -> Iterator[str]:
    lowest = ("error", "warning") if options.quiet else ("error", "warning", "info")
    entries = [
        entry
        for entry in (*file.findings, *file.notices)
        if entry.severity in lowest or (options.show_types and entry.severity is None)
    ]
    for entry in sorted(entries, key=lambda entry: (entry.path != file.path, entry.path, entry.line, entry.column)):
        yield from _entry(entry, options)
        if entry.severity in ("error", "warning"):
            yield ""
    if options.show_types and file.layout:
        yield f"{file.path}: layout {file.layout}"
    if options.show_types:
        yield from (f"{file.path}: {note}" for note in file.notes)


def plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


_WORDS = {
    "verified": "verified",
    "wrong": "wrong",
    "shape": "with shapes that do not fit",
    "layout": "in another layout",
    "assumption": "with an unstated hypothesis",
}


def summary(report: Report) -> str:
    """One sentence with every count; what was not checked is always among them."""
    count = report.count()
    parts = [f"{count[name]} {words}" for name, words in _WORDS.items() if count[name] or name == "verified"]
    parts.append(f"{count['undecided']} not checked")
    silenced = sum(finding.severity == "ignore" for finding in report.findings)
    checked = sum(file.problem is None for file in report.files)
    failed = len(report.files) - checked
    text = f"{plural(len(report.findings), 'claim')} in {plural(checked, 'file')}: {', '.join(parts)}."
    text += f" {silenced} of these silenced." if silenced else ""
    return text + (f" {plural(failed, 'file')} could not be checked." if failed else "")


def statistics(report: Report) -> Iterator[str]:
    """How often each verdict, each code and each reason for not checking was given."""
    for verdict, number in report.count().items():
        yield f"{number:>7}  {verdict}"
    codes = Counter(entry.code for file in report.files for entry in (*file.findings, *file.notices) if entry.code)
    for code, number in sorted(codes.items()):
        yield f"{number:>7}  {code} {BY_CODE[code].name}"
    reasons = Counter(
        re.sub(r"\s+", " ", finding.reason or finding.message)
        for finding in report.findings
        if finding.verdict == "undecided"
    )
    for reason, number in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
        yield f"{number:>7}  not checked: {reason}"


def render(report: Report, options: Options) -> str:
    lines = [line for file in report.files for line in _file(file, options)]
    if lines and lines[-1] and not options.quiet:
        lines.append("")
    if options.statistics:
        lines += [*statistics(report), ""]
    if not options.quiet:
        alarming = any(shown(finding) and finding.severity == "error" for finding in report.findings)
        lines.append(_paint(summary(report), "error" if alarming else "bold", options))
    return "\n".join(lines).rstrip("\n")
