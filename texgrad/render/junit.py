"""A Report in, JUnit XML out: a suite per file, a case per claim, an undecided or silenced one skipped."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from texgrad.render import Options
from texgrad.report import FileReport, Finding, Report

# What XML 1.0 has no character for.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _case(suite: ElementTree.Element, finding: Finding) -> None:
    name = f"{finding.line}:{finding.column} {' '.join(finding.latex.split())}"
    case = ElementTree.SubElement(
        suite, "testcase", name=_clean(name), classname=_clean(finding.path), file=_clean(finding.path),
        line=str(finding.line), time="0",
    )  # fmt: skip
    if finding.verdict == "verified":
        return
    message = _clean(f"{finding.code} {finding.message}")
    if finding.severity in ("error", "warning"):
        entry = ElementTree.SubElement(case, "failure", message=message, type=finding.severity)
        hint = f"\ndid you mean {finding.hint}" if finding.hint else ""
        entry.text = _clean(f"{finding.path}:{finding.line}:{finding.column}: {finding.code} {finding.message}{hint}")
    else:
        ElementTree.SubElement(case, "skipped", message=message)


def _suite(suites: ElementTree.Element, file: FileReport) -> None:
    suite = ElementTree.SubElement(suites, "testsuite", name=_clean(file.path), time="0")
    for finding in file.findings:
        _case(suite, finding)
    for notice in file.notices:
        if notice.severity in ("error", "warning"):
            case = ElementTree.SubElement(suite, "testcase", name=f"{notice.line}:{notice.column}", time="0")
            case.set("classname", _clean(notice.path))
            ElementTree.SubElement(case, "failure", message=_clean(f"{notice.code} {notice.message}"))
    if file.problem:
        case = ElementTree.SubElement(suite, "testcase", name="readable", classname=_clean(file.path), time="0")
        ElementTree.SubElement(case, "error", message=_clean(file.problem))
    _count(suite)


def _count(element: ElementTree.Element) -> None:
    for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(attribute, str(sum(1 for _ in element.iter(tag))))


def render(report: Report, options: Options) -> str:
    suites = ElementTree.Element("testsuites", name="texgrad", time="0")
    for file in report.files:
        _suite(suites, file)
    _count(suites)
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode")
