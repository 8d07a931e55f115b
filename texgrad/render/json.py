"""A Report in, one JSON object out: a contract that other programs are built on (`version` counts its changes)."""

from __future__ import annotations

import json
from typing import Any

from texgrad.render import Options
from texgrad.report import Finding, Report

VERSION = 1


def claim(finding: Finding) -> dict[str, Any]:
    """One claim as the contract has it."""
    return {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "latex": finding.latex,
        "lhs": finding.lhs,
        "rhs": finding.rhs,
        "verdict": finding.verdict,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message or finding.remark or "",
        "hint": finding.hint,
        "expected": finding.expected,
        "discrepancy": finding.discrepancy,
        "layouts": list(finding.layouts),
        "shapes": dict(finding.shapes),
        "assumptions": list(finding.assumptions),
        "reason": finding.reason,
    }


def notices(report: Report) -> list[dict[str, Any]]:
    """What is said about notes and about none of their claims."""
    keys = ("path", "line", "column", "code", "severity", "message")
    return [{key: getattr(notice, key) for key in keys} for file in report.files for notice in file.notices]


def problems(report: Report) -> list[dict[str, str]]:
    """The files that could not be checked, and why."""
    return [{"path": file.path, "message": file.problem} for file in report.files if file.problem]


def summary(report: Report) -> dict[str, Any]:
    layouts = {file.path: file.layout for file in report.files if file.layout}
    files = sum(file.problem is None for file in report.files)
    return {"files": files, "claims": len(report.findings), **report.count(), "layout_of": layouts}


def render(report: Report, options: Options) -> str:
    content = {
        "version": VERSION,
        "claims": [claim(finding) for finding in report.findings],
        "notices": notices(report),
        "problems": problems(report),
        "summary": summary(report),
    }
    return json.dumps(finite(content), ensure_ascii=False, indent=2, allow_nan=False)


def finite(value: Any) -> Any:
    """The value with null for numbers that JSON has no word for: a discrepancy may be infinite."""
    if isinstance(value, dict):
        return {key: finite(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [finite(entry) for entry in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value
