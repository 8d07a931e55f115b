"""A Report in, the text of one output format out; each module here is a format, found by its name."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass

from texgrad.report import Finding, Report

RANKS = {"ignore": 0, "info": 1, "warning": 2, "error": 3}


@dataclass(frozen=True)
class Options:
    """What the user asked of the output; formats that are read by programs leave all of it aside."""

    colour: bool = False
    width: int = 120
    quiet: bool = False
    statistics: bool = False
    show_types: bool = False


def formats() -> tuple[str, ...]:
    """The names of the formats: those of the modules of this package."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def render(name: str, report: Report, options: Options = Options()) -> str:
    """The report in a format of `formats()`, without a line end after its last line."""
    return importlib.import_module(f"{__name__}.{name}").render(report, options)


def shown(finding: Finding) -> bool:
    """Whether the finding is one to show: neither verified nor silenced."""
    return finding.severity not in (None, "ignore")
