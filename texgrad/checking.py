"""A note in (a file or a text), its FileReport out: reading, verdicts, then codes, severities and what is silenced."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from texgrad import configuration
from texgrad.codes import BY_CODE, BY_VERDICT, covers, longest_prefix
from texgrad.configuration import Configuration
from texgrad.errors import NoteError
from texgrad.report import FileReport, Finding, Notice, Severity, Verdicts

if TYPE_CHECKING:
    from texgrad.cache import Store
    from texgrad.document import Document
    from texgrad.source import Span

SILENCED_BY_CONFIGURATION = "silenced by the configuration"

# How math begins in the formats, dollars and fences aside, and how a file is read in that may hold some.
_OPENINGS = ("\\(", "\\[", "\\begin", "\\input", "\\include")
# A claim has a relation sign, as a character or by a command.
_RELATIONS = "=\\≡＝"


def worth_reading(text: str) -> bool:
    """Whether a note may hold a claim or a comment for texgrad: a cheap look, and never a false no.

    It spares a page without math the readers and numpy.
    """
    if any(opening in text for opening in _OPENINGS) or "texgrad:" in text or ("|--" in text and "$" in text):
        return True
    behind = text.partition("$")[2] or ("math" in text and (text.partition("```")[2] or text.partition("~~~")[2])) or ""
    return any(sign in behind for sign in _RELATIONS)


def check_file(path: str | Path, config: Configuration | None = None, memory: Store | None = None) -> FileReport:
    """Check a note on disk; `config` None means the configuration found above the file.

    A file that cannot be read gives a report with a `problem` and no findings. `memory` (a dictionary, or a
    cache.Folder) holds verdicts from one call to the next.
    """
    name, file = str(path), Path(path)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except IsADirectoryError:
        return FileReport(name, problem="is a directory")
    except FileNotFoundError:
        return FileReport(name, problem="no such file")
    except UnicodeDecodeError as error:
        return FileReport(name, problem=f"is not UTF-8 text (byte {error.start})")
    except (OSError, ValueError) as error:
        return FileReport(name, problem=f"cannot be read: {getattr(error, 'strerror', None) or error}")
    if not text.strip():
        return FileReport(name, problem="is empty")
    return check_text(text, name, config if config is not None else configuration.find(file), memory)


def check_text(
    text: str,
    path: str = "<text>",
    config: Configuration | None = None,
    memory: Store | None = None,
) -> FileReport:
    """Check a note given as text; `path` names it in the report, and its suffix says the format (Markdown if none)."""
    settings = config if config is not None else Configuration()
    if not worth_reading(text):
        return FileReport(path)
    from texgrad import suppress
    from texgrad.readers import read
    from texgrad.source import Source

    try:
        document = read(Source(path, text), settings.macros)
        verdicts = _verdicts(document, settings, memory)
    except Exception as error:
        if isinstance(error, NoteError) and error.span is not None and error.span.source.path == "<configuration>":
            return FileReport(path, problem=f"a declaration of the settings is not understood: {error.message}")
        # A bug: said with its place, and the exit code of the program is 2.
        return FileReport(path, problem=_internal_error(error))
    # A file that the note inputs may be one that the settings leave out.
    findings = [finding for finding in verdicts.findings if configuration.wanted(Path(finding.path), settings)]
    notices = [*map(_unreadable, document.problems), *verdicts.notices]
    findings, notices = suppress.apply(document, [_decide(finding, settings) for finding in findings], notices)
    rated = [replace(notice, severity=_severity(notice.path, notice.code, settings)) for notice in notices]
    return FileReport(path, tuple(findings), verdicts.layout, tuple(verdicts.notes), notices=tuple(rated))


def _verdicts(document: Document, settings: Configuration, memory: Store | None) -> Verdicts:
    if not any(piece.kind == "math" for piece in document.pieces):
        return Verdicts([])
    if memory is None and not settings.cache:
        return _verify(document, settings)
    from texgrad import cache

    store = memory if memory is not None else cache.Folder(settings.root)
    path, state = document.source.path, cache.digest(document, settings.layout, settings.declarations)
    verdicts = cache.recall(store, path, state)
    if verdicts is None:
        verdicts = _verify(document, settings)
        cache.keep(store, path, state, verdicts)
    return verdicts


def _verify(document: Document, settings: Configuration) -> Verdicts:
    # Imported here: numpy comes with it, and a note without math needs none.
    from texgrad.verify import verify

    declarations = "; ".join(settings.declarations) or None
    return verify(document, layout=settings.layout, declarations=declarations)


def _internal_error(error: Exception) -> str:
    span = getattr(error, "span", None)
    place = f" at line {span.line}, column {span.column}" if span is not None else ""
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"internal error{place}: {type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"


def _unreadable(problem: tuple[Span, str]) -> Notice:
    span, message = problem
    rule = BY_CODE["TG602"]
    line = span.source.line_text(span.line)
    return Notice(span.source.path, span.line, span.column, rule.code, rule.severity, message, line)


def _decide(finding: Finding, settings: Configuration) -> Finding:
    """The finding with its code and the severity that the settings give it; a verified claim has neither."""
    if finding.verdict == "verified":
        return replace(finding, code=None, severity=None)
    rule = BY_CODE.get(finding.code or "", BY_VERDICT[finding.verdict])
    severity = _severity(finding.path, rule.code, settings)
    remark = SILENCED_BY_CONFIGURATION if severity == "ignore" else finding.remark
    told = f"not checked: {finding.reason}" if finding.verdict == "undecided" and finding.reason else rule.name
    return replace(finding, code=rule.code, severity=severity, message=finding.message or told, remark=remark)


def _severity(path: str, code: str, settings: Configuration) -> Severity:
    silenced = configuration.ignored_codes(Path(path), settings)
    if covers(silenced, code) or (settings.select and not covers(settings.select, code)):
        return "ignore"
    prefix = longest_prefix(tuple(settings.severity), code)
    return settings.severity[prefix] if prefix is not None else BY_CODE[code].severity
