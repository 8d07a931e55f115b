"""texgrad checks matrix-calculus derivations in Markdown and LaTeX notes; this is its whole public surface.

    check_file(path)            a note on disk -> FileReport
    check_text(text, path)      a note in a string -> FileReport
    Report, FileReport, Finding, Notice    what comes back
    ConfigurationError          a configuration that cannot be used

Names are imported on first use, so that `import texgrad` costs nothing.
"""

from __future__ import annotations

import importlib

__version__ = "0.1.0"

_HOMES = {
    "check_file": "texgrad.checking",
    "check_text": "texgrad.checking",
    "Report": "texgrad.report",
    "FileReport": "texgrad.report",
    "Finding": "texgrad.report",
    "Notice": "texgrad.report",
    "ConfigurationError": "texgrad.configuration",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
