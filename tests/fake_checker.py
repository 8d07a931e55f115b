"""A stand-in for the checking core: notes in which `right = right` is verified and any other right-hand side is wrong.

The tests of what stands around the core (options, codes, outputs, comments) use it, so that they say nothing about
mathematics: a claim is any `lhs = rhs` in a math piece, and its right-hand side names its verdict.
"""

from __future__ import annotations

import re

from texgrad.document import Document
from texgrad.report import VERDICTS, Finding, Verdicts

CLAIM = re.compile(r"(\w+) *= *(\w+)")


def verify(document: Document, layout: str | None = None, declarations: str | None = None):
    """`verdict = NAME` is a claim with the verdict NAME."""
    findings = []
    for piece in document.pieces:
        for match in CLAIM.finditer(piece.text) if piece.kind == "math" else ():
            if match[2] == "crash":
                raise ZeroDivisionError("of the test")
            assert match[2] in VERDICTS
            sign = piece.span(match.start() + match[0].index("="))
            line, column = sign.line, sign.column
            end_line, end_column = piece.source.position(piece.span(match.start(), match.end()).end)
            findings.append(
                Finding(
                    piece.source.path, line, column, end_line, end_column, piece.text.strip(), match[1], match[2],
                    match[2], message="" if match[2] in ("verified", "undecided") else f"this is {match[2]}",
                    reason="unknown symbol q" if match[2] == "undecided" else None,
                    source_line=piece.source.line_text(line), types=(f"layout asked: {layout}", str(declarations)),
                )
            )  # fmt: skip
    return Verdicts(findings, layout or "denominator", ["settled by the test"])
