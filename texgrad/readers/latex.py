r"""A LaTeX file in, its Document out: math, words and headings in order, files that it \inputs in their place."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from texgrad.document import Document, MacroDefinition
from texgrad.notation.macros import closing, collect, definer_at, definition_at, settle
from texgrad.readers.latex_math import File, Reading, add_math, add_until, end_block, flush, formula
from texgrad.readers.latex_tables import ENVIRONMENT_ARGUMENTS, HEADINGS, INPUTS, LISTINGS, MATH, TABLES, VERBATIM
from texgrad.readers.latex_words import arguments_end, words
from texgrad.readers.project import find, main_file, project, text_of
from texgrad.readers.runs import CODE, piece
from texgrad.source import Source, Span

SUFFIXES = (".tex", ".ltx")
MAXIMAL_DEPTH = 20

_TOKEN = re.compile(
    r"(?P<comment>%[^\n]*)|(?P<blank>\n[ \t]*\r?\n\s*)|(?P<command>\\(?:[A-Za-z@]+\*?|.))|(?P<dollar>\$\$?)"
    r"|(?P<brace>[{}])|(?P<tie>~)|(?P<cell>&)",
    re.DOTALL,
)
_DIRECTIVE = re.compile(r"%+\s*texgrad:\s*(.*?)\s*$")
_NAME = re.compile(r"[ \t]*\{([^{}\\]*)\}")
_CONDITION = re.compile(r"\\(if[A-Za-z@]*|else|fi)(?![A-Za-z@])|%[^\n]*|\\.", re.DOTALL)
_DOCUMENT = re.compile(r"^[^%\n]*?\\begin\{document\}", re.MULTILINE)
_OPTIONS = re.compile(r"[ \t]*(?:\[[^\]]*\])?[ \t]*(?:\{[^{}]*\})?")
_LANGUAGE = re.compile(r"(?:language\s*=\s*|\{)(?:\[[^\]]*\])?(\w+)")
_PACKAGES = re.compile(r"\\(?:usepackage|RequirePackage)\s*(?:\[[^\]]*\]\s*)?\{([^{}]*)\}")


def read(source: Source, known: Sequence[MacroDefinition] = ()) -> Document:
    """The pieces of a LaTeX document and its macros; `known` are the macros of the configuration."""
    path = Path(source.path).resolve()
    main = main_file(source.text, path)
    folder = main.parent if main else path.parent
    reading = Reading(project(folder), folder)
    for definition in known:
        _define(reading, definition)
    if main is not None and (text := text_of(main)) is not None:
        preamble = _DOCUMENT.search(text)
        file = File(Source(str(main), text), (path, main), silent=True)
        _scan(reading, file, 0, preamble.end() if preamble else 0)
        reading.problems.clear()  # they are the main file's own
    _read_file(reading, source, (path,), silent=False)
    return Document(source, tuple(reading.pieces), tuple(reading.macros), tuple(reading.problems), tuple(reading.code))


def _define(reading: Reading, definition: MacroDefinition) -> None:
    reading.macros.append(definition)
    reading.names[("env " if definition.kind == "environment" else "") + definition.name] = definition


def _read_file(reading: Reading, source: Source, ancestors: tuple[Path, ...], silent: bool) -> None:
    """All of a file; what stands before its \\begin{document} gives macros only."""
    file = File(source, ancestors, silent=silent)
    start = 0
    if match := _DOCUMENT.search(source.text):
        file.silent = True
        _scan(reading, file, 0, match.end())
        file.silent, start = silent, match.end()
    _scan(reading, file, start, len(source.text))


def _scan(reading: Reading, file: File, start: int, stop: int) -> None:
    """Read from start to stop: the one loop over the text."""
    text = file.source.text
    while match := _TOKEN.search(text, start, stop):
        if not file.silent:
            file.prose.take(text[start : match.start()], range(start, match.start()))
        handler = _HANDLERS[match.lastgroup]
        start = handler(reading, file, match)
        if start < 0:
            start = stop
            break
    if not file.silent:
        file.prose.take(text[start:stop], range(start, stop))
    flush(reading, file)


def _comment(reading: Reading, file: File, match: re.Match[str]) -> int:
    if directive := _DIRECTIVE.match(match[0]):
        flush(reading, file)
        first = match.start() + directive.start(1)
        offsets = range(first, first + len(directive[1]))
        reading.pieces.append(piece("directive", directive[1], offsets, file.source, first))
    return match.end()


def _blank(reading: Reading, file: File, match: re.Match[str]) -> int:
    end_block(reading, file, match.start())
    return match.end()


def _brace(reading: Reading, file: File, match: re.Match[str]) -> int:
    return match.end()


def _tie(reading: Reading, file: File, match: re.Match[str]) -> int:
    file.prose.put(" ", match.start())
    return match.end()


def _cell(reading: Reading, file: File, match: re.Match[str]) -> int:
    if file.tables:
        end_block(reading, file, match.start())
    return match.end()


def _dollar(reading: Reading, file: File, match: re.Match[str]) -> int:
    return formula(reading, file, match.start(), match.end(), match[0], match[0] == "$$")


def _command(reading: Reading, file: File, match: re.Match[str]) -> int:
    text, start, end = file.source.text, match.start(), match.end()
    name = match[0][1:]
    bare = name.rstrip("*")
    if name in ("[", "("):
        return formula(reading, file, start, end, "\\]" if name == "[" else "\\)", name == "[")
    if definer := definer_at(text, start):
        return _definition(reading, start, end, text, definer)
    if bare in _COMMANDS:
        return _COMMANDS[bare](reading, file, start, end)
    if file.silent:
        return end
    if bare in HEADINGS:
        return _heading(reading, file, end, HEADINGS[bare])
    if bare == "\\" and file.tables:
        end_block(reading, file, start)
        return end
    if definition := reading.names.get(bare):
        return _macro(reading, file, start, end, definition)
    replacement, following = words(text, end, name)
    for char in replacement:
        file.prose.put(char, start)
    return following


def _definition(reading: Reading, start: int, end: int, text: str, definer: str) -> int:
    found = definition_at(text, start, order=len(reading.pieces))
    if found is None:
        return end
    definition = settle(found[0], reading.macros, definer)
    if definition is not None:
        _define(reading, definition)
    return found[1]


def _macro(reading: Reading, file: File, start: int, end: int, definition: MacroDefinition) -> int:
    """A macro of the note in the text: it may open math, be math, or stand for words."""
    text, body = file.source.text, definition.body.strip()
    after = arguments_end(text, end, definition.arguments) if definition.arguments else end
    if match := re.match(r"\\begin\{([A-Za-z]+\*?)\}", body):
        if match[1] in MATH and "\\end" not in body:
            closers = [re.escape(f"\\end{{{match[1]}}}")]
            closers += [rf"\\{re.escape(each.name)}(?![A-Za-z@])" for each in reading.names.values()
                        if each.body.strip().startswith(f"\\end{{{match[1]}}}")]  # fmt: skip
            close = re.compile(rf"%[^\n]*|(?P<close>{'|'.join(closers)})|\\.", re.DOTALL)
            return add_until(reading, file, start, start, close, f"\\end{{{match[1]}}}", keep=True)
        if match[1] in MATH:
            add_math(reading, file, start, after, True)
            return after
    if body.startswith(("$", "\\ensuremath", "\\(")):
        add_math(reading, file, start, after, False)
        return after
    if re.fullmatch(r"[\w\s,.;:'-]*(?:\\xspace)?(?:\{\})?", body):
        for char in body.removesuffix("{}").removesuffix("\\xspace"):
            file.prose.put(char, start)
    return end


def _heading(reading: Reading, file: File, position: int, level: int) -> int:
    text = file.source.text
    position = arguments_end(text, position, 0)
    end_block(reading, file, position)
    end = closing(text, position) if text.startswith("{", position) else -1
    if end < 0:
        return position
    file.kind, file.level = "heading", level
    _scan(reading, file, position + 1, end)
    file.kind, file.level = "prose", 0
    end_block(reading, file, end)
    return end + 1


def _begin(reading: Reading, file: File, start: int, end: int) -> int:
    text = file.source.text
    name = _NAME.match(text, end)
    if name is None:
        return end
    environment = name[1].strip()
    if environment in VERBATIM:
        close = text.find(f"\\end{{{environment}}}", name.end())
        if environment in LISTINGS and close >= 0 and not file.silent:
            _listing(reading, file, name.end(), close)
        return len(text) if close < 0 else close + len(environment) + 6
    if file.silent:
        return name.end()
    own = reading.names.get(f"env {environment}")
    opened = re.match(r"\s*\\begin\{([A-Za-z]+\*?)\}", own.body) if own else None
    if environment in MATH or (opened and opened[1] in MATH):
        escaped = re.escape(environment)
        close = re.compile(rf"%[^\n]*|\\begin\{{{escaped}\}}|(?P<close>\\end\{{{escaped}\}})|\\.", re.DOTALL)
        return add_until(reading, file, start, name.end(), close, f"\\end{{{environment}}}", keep=True)
    end_block(reading, file, start)
    file.tables += environment in TABLES
    return arguments_end(text, name.end(), ENVIRONMENT_ARGUMENTS.get(environment, 0))


def _listing(reading: Reading, file: File, start: int, stop: int) -> None:
    """Code as it stands, where it is in no language but Python."""
    text = file.source.text
    options = _OPTIONS.match(text, start, stop)
    language = _LANGUAGE.search(options[0])
    if language is None or language[1].lower() in CODE:
        offsets = range(options.end(), stop)
        behind = len(reading.pieces) - (not file.prose)  # the words under way will be a piece
        reading.code.append((behind, piece("code", text[options.end() : stop], offsets, file.source)))


def _end(reading: Reading, file: File, start: int, end: int) -> int:
    name = _NAME.match(file.source.text, end)
    if name is None:
        return end
    if name[1] == "document":
        end_block(reading, file, start)
        return -1
    file.tables = max(0, file.tables - (name[1] in TABLES))
    end_block(reading, file, start)
    return name.end()


def _item(reading: Reading, file: File, start: int, end: int) -> int:
    end_block(reading, file, start)
    return arguments_end(file.source.text, end, 0)


def _paragraph(reading: Reading, file: File, start: int, end: int) -> int:
    end_block(reading, file, start)
    return end


def _verb(reading: Reading, file: File, start: int, end: int) -> int:
    text = file.source.text
    end = arguments_end(text, end, 1) if text.startswith("\\mint", start) else arguments_end(text, end, 0)
    mark = text[end : end + 1]
    close = closing(text, end) if mark == "{" else text.find(mark, end + 1) if mark else -1
    line_end = text.find("\n", end)
    return end if close < 0 or 0 <= line_end < close else close + 1


def _if_false(reading: Reading, file: File, start: int, end: int) -> int:
    """Skip to the `\\else` or `\\fi` that belongs to an `\\iffalse`."""
    level = 1
    for match in _CONDITION.finditer(file.source.text, end):
        name = match[1] or ""
        if name.startswith("if") and name not in ("ifdefined", "iff"):
            level += 1
        elif name == "fi":
            level -= 1
        if level == 0 or (level == 1 and name == "else"):
            return match.end()
    return len(file.source.text)


def _if(reading: Reading, file: File, start: int, end: int) -> int:
    if file.source.text.startswith("0", end):
        return _if_false(reading, file, start, end)
    return end


def _package(reading: Reading, file: File, start: int, end: int) -> int:
    """A package of the project's own gives its macros."""
    match = _PACKAGES.match(file.source.text, start)
    if match is None:
        return end
    for name in match[1].split(","):
        path = _found(reading, file, name.strip() + ".sty")
        if path is not None and (text := text_of(path)) is not None:
            for definition in collect(text, reading.macros, order=len(reading.pieces)):
                _define(reading, definition)
    return match.end()


def _input(reading: Reading, file: File, start: int, end: int) -> int:
    text = file.source.text
    command = text[start + 1 : end]
    parts = []
    position = end
    for _ in range(2 if command.rstrip("*").endswith("import") else 1):
        match = _NAME.match(text, position) or re.compile(r"[ \t]+([^\s{}\\%]+)").match(text, position)
        if match is None:
            return end
        parts.append(match[1].strip())
        position = match.end()
    _follow(reading, file, os.path.join(*parts), Span(file.source, start, position))
    return position


def _follow(reading: Reading, file: File, name: str, span: Span) -> None:
    """Read the file that is asked for in this place; what is wrong with that is a problem, never an exception."""
    flush(reading, file)
    path = _found(reading, file, name if name.endswith((".tex", ".ltx", ".sty")) else name + ".tex", name)
    if path is None:
        reading.problems.append((span, f"cannot find the file {name}"))
    elif path in file.ancestors:
        reading.problems.append((span, f"the file {name} includes itself"))
    elif len(file.ancestors) > MAXIMAL_DEPTH:
        reading.problems.append((span, f"files are included more than {MAXIMAL_DEPTH} levels deep"))
    elif (text := text_of(path)) is None:
        reading.problems.append((span, f"cannot read the file {name}"))
    else:
        beside = os.path.relpath(path, file.ancestors[-1].parent)
        shown = os.path.normpath(os.path.join(os.path.dirname(file.source.path), beside))
        _read_file(reading, Source(shown, text), (*file.ancestors, path), file.silent)


def _found(reading: Reading, file: File, *names: str) -> Path | None:
    return find(reading.root, (reading.folder, file.ancestors[-1].parent), names)


Handler = Callable[[Reading, File, re.Match[str]], int]
_HANDLERS: dict[str | None, Handler] = {
    "comment": _comment,
    "blank": _blank,
    "brace": _brace,
    "tie": _tie,
    "cell": _cell,
    "dollar": _dollar,
    "command": _command,
}
_COMMANDS: dict[str, Callable[[Reading, File, int, int], int]] = {
    "begin": _begin,
    "end": _end,
    "item": _item,
    "par": _paragraph,
    "caption": _paragraph,
    "newpage": _paragraph,
    "clearpage": _paragraph,
    "maketitle": _paragraph,
    "verb": _verb,
    "lstinline": _verb,
    "mintinline": _verb,
    "iffalse": _if_false,
    "if": _if,
    "usepackage": _package,
    "RequirePackage": _package,
    **dict.fromkeys(INPUTS, _input),
}
