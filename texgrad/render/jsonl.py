"""A Report in, one JSON object per line out: each claim as in the JSON format, and the summary last."""

from __future__ import annotations

import json

from texgrad.render import Options
from texgrad.render import json as whole
from texgrad.report import Report


def render(report: Report, options: Options) -> str:
    entries = [{"type": "claim", **whole.claim(finding)} for finding in report.findings]
    entries += [{"type": "notice", **notice} for notice in whole.notices(report)]
    entries += [{"type": "problem", **problem} for problem in whole.problems(report)]
    entries.append({"type": "summary", "version": whole.VERSION, **whole.summary(report)})
    return "\n".join(json.dumps(whole.finite(entry), ensure_ascii=False, allow_nan=False) for entry in entries)
