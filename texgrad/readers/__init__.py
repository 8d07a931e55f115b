"""A source in, its Document out: the table of formats. A format is one module with `SUFFIXES` and `read`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from texgrad.document import Document, MacroDefinition
from texgrad.notation.macros import collect
from texgrad.readers import markdown
from texgrad.source import Source, Span

Reader = Callable[[Source, Sequence[MacroDefinition]], Document]

_MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
_READERS: dict[str, Reader] = {
    suffix: module.read for module in _MODULES if hasattr(module, "SUFFIXES") for suffix in module.SUFFIXES
}
SUFFIXES = tuple(_READERS)


def read(source: Source, macro_files: Sequence[Path] = ()) -> Document:
    """The document of a source, by the suffix of its path; a text without a known suffix is Markdown."""
    macros: list[MacroDefinition] = []
    problems: list[tuple[Span, str]] = []
    for path in macro_files:
        try:
            macros += collect(Path(path).read_text(encoding="utf-8-sig"), macros)
        except (OSError, UnicodeDecodeError) as error:
            problems.append((Span(source, 0, 0), f"cannot read the macro file {path}: {_reason(error)}"))
    reader = _READERS.get(Path(source.path).suffix.lower(), markdown.read)
    document = reader(source, macros)
    return replace(document, problems=(*problems, *document.problems)) if problems else document


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else "not UTF-8"
