r"""LaTeX text or a macro configuration in, macro definitions out; and which of them hold at each piece of a note.

A definition with more than plain arguments lists its parameters in `MacroDefinition.delimited`, one entry each, in
the letters of xparse: `m` mandatory, `o` optional, `O{x}` optional with a default, `s` a star, `u{,}` up to a comma.
`={(}` is a literal text that is no parameter. `\let` to a command that is no macro gives the one entry `primitive`:
the body is that command itself, whatever it is redefined to later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from texgrad.document import Document, MacroDefinition

COMMAND = re.compile(r"\\(?:[A-Za-z@]+|.)", re.DOTALL)
_SKIP = re.compile(r"(?:\s|%[^\n]*(?:\n|$))*")
_DEFINER = re.compile(
    r"\\(?P<name>(?:re)?newcommandx?|providecommandx?|DeclareRobustCommand|(?:New|Renew|Provide|Declare)DocumentCommand"
    r"|[gex]?def|let|DeclareMathOperator|DeclarePairedDelimiter(?:XPP|X)?|(?:re)?newenvironment|DeclareBoldMathCommand)"
    r"(?![A-Za-z@])\*?"
)
_DEFINER_OR_COMMENT = re.compile(rf"(?P<comment>(?<!\\)%[^\n]*)|{_DEFINER.pattern}")

Found = tuple[MacroDefinition, int]


@dataclass(frozen=True)
class Macros:
    """The macros in force at one place: commands (without backslash) and environments by name."""

    commands: Mapping[str, MacroDefinition]
    environments: Mapping[str, MacroDefinition]


NO_MACROS = Macros({}, {})


def scopes(document: Document) -> tuple[Macros, ...]:
    """For each piece of the document the macros in force there."""
    first: dict[tuple[str, str], MacroDefinition] = {}
    again: list[MacroDefinition] = []
    for definition in sorted(document.macros, key=lambda each: each.order):
        key = (definition.kind, definition.name)
        if key in first and (again or first[key] != definition):
            again.append(definition)
        elif key in first:
            continue
        else:
            first[key] = definition
    table = dict(first)
    current = _macros(table)
    found: list[Macros] = []
    upcoming = iter(again)
    following = next(upcoming, None)
    for index in range(len(document.pieces)):
        changed = False
        while following is not None and following.order <= index:
            table[following.kind, following.name] = following
            following = next(upcoming, None)
            changed = True
        if changed:
            current = _macros(table)
        found.append(current)
    return tuple(found)


def _macros(table: Mapping[tuple[str, str], MacroDefinition]) -> Macros:
    return Macros(
        {name: each for (kind, name), each in table.items() if kind == "command"},
        {name: each for (kind, name), each in table.items() if kind == "environment"},
    )


def collect(text: str, known: Sequence[MacroDefinition] = (), order: int = 0) -> list[MacroDefinition]:
    """All the definitions of a text: LaTeX, or a MathJax/KaTeX configuration in JavaScript or JSON."""
    found = [definition for definition, _, _ in definitions_in(text, known, order)]
    return found or [replace(each, order=order) for each in _configured(text)]


def definitions_in(
    text: str, known: Sequence[MacroDefinition] = (), order: int = 0
) -> list[tuple[MacroDefinition, int, int]]:
    """The definitions of a LaTeX text, each with its start and end in the text."""
    found: list[tuple[MacroDefinition, int, int]] = []
    position = 0
    while match := _DEFINER_OR_COMMENT.search(text, position):
        position = match.end()
        if match["comment"] is None and (definition := definition_at(text, match.start(), order)):
            position = definition[1]
            settled = settle(definition[0], [*known, *(each for each, _, _ in found)], match["name"])
            if settled is not None:
                found.append((settled, match.start(), position))
    return found


def settle(definition: MacroDefinition, known: Iterable[MacroDefinition], definer: str) -> MacroDefinition | None:
    r"""What a definition comes to beside the earlier ones: `\let` copies, `\providecommand` yields."""
    if definer == "let":
        for each in known:
            if each.kind == "command" and each.name == definition.body[1:]:
                definition = replace(each, name=definition.name, order=definition.order)
    elif definer.lower().startswith("provide") and any(each.name == definition.name for each in known):
        return None
    return definition


def definer_at(text: str, position: int) -> str:
    r"""The name of the defining command (`newcommand`, `def` ...) that stands at a position, or nothing."""
    match = _DEFINER.match(text, position)
    return match["name"] if match else ""


def definition_at(text: str, position: int, order: int = 0) -> Found | None:
    """The definition that starts at a position and where it ends; None where it is incomplete."""
    match = _DEFINER.match(text, position)
    if match is None:
        return None
    name, position = match["name"], match.end()
    try:
        if name.endswith("def"):
            definition, position = _def(text, position)
        elif name == "let":
            definition, position = _let(text, position)
        elif name.endswith("newenvironment"):
            definition, position = _environment(text, position)
        elif name.endswith("DocumentCommand"):
            definition, position = _document_command(text, position)
        elif name.startswith("DeclarePairedDelimiter"):
            definition, position = _paired(text, position, name)
        elif name in ("DeclareMathOperator", "DeclareBoldMathCommand"):
            target, position = _target(text, position)
            body, position = _group(text, position)
            wrapper = "operatorname" if name == "DeclareMathOperator" else "boldsymbol"
            definition = MacroDefinition(target, rf"\{wrapper}{{{body}}}")
        else:
            definition, position = _new_command(text, position, extended=name.endswith("x"))
    except _Incomplete:
        return None
    return replace(definition, order=order), position


class _Incomplete(Exception):
    """A definition that breaks off."""


def _skip(text: str, position: int) -> int:
    match = _SKIP.match(text, position)
    return match.end() if match else position


# No argument is longer; the bound keeps a text full of lost braces from being searched to its end again and again.
MAXIMAL_GROUP = 10_000


def closing(text: str, position: int, opening: str = "{", closer: str = "}") -> int:
    """The place of the delimiter that closes the one at `position`, or -1."""
    pattern, depth, braces = _delimiters(opening, closer), 0, 0
    for match in pattern.finditer(text, position, position + MAXIMAL_GROUP):
        mark = match[0]
        if mark == opening and (opening == "{" or braces == 0):
            depth += 1
        elif mark == closer and (closer == "}" or braces == 0):
            depth -= 1
            if depth == 0:
                return match.start()
        elif mark in "{}":
            braces += 1 if mark == "{" else -1
    return -1


@cache
def _delimiters(opening: str, closer: str) -> re.Pattern[str]:
    return re.compile(rf"\\.|%[^\n]*|[{{}}{re.escape(opening)}{re.escape(closer)}]", re.DOTALL)


def _group(text: str, position: int) -> tuple[str, int]:
    """A mandatory argument: a group, a command or a character."""
    position = _skip(text, position)
    if position >= len(text) or text[position] == "}":
        raise _Incomplete
    if text[position] == "{":
        end = closing(text, position)
        if end < 0:
            raise _Incomplete
        return text[position + 1 : end], end + 1
    match = COMMAND.match(text, position)
    return (match[0], match.end()) if match else (text[position], position + 1)


def _optional(text: str, position: int) -> tuple[str | None, int]:
    start = _skip(text, position)
    if not text.startswith("[", start):
        return None, position
    end = closing(text, start, "[", "]")
    if end < 0:
        raise _Incomplete
    return text[start + 1 : end], end + 1


def _target(text: str, position: int) -> tuple[str, int]:
    """The name that is defined, written `{\\name}` or `\\name`."""
    target, position = _group(text, position)
    target = target.strip()
    if not COMMAND.fullmatch(target):
        raise _Incomplete
    return target[1:], position


def _count(text: str | None) -> int:
    if not text:
        return 0
    if not re.fullmatch(r"\s*[0-9]\s*", text):
        raise _Incomplete
    return int(text)


def _new_command(text: str, position: int, extended: bool) -> Found:
    target, position = _target(text, position)
    number, position = _optional(text, position)
    default, position = _optional(text, position)
    body, position = _group(text, position)
    arguments = _count(number)
    if not extended or default is None:
        return MacroDefinition(target, body, arguments, default), position
    defaults = dict(re.findall(r"([1-9])\s*=\s*((?:\{[^{}]*\}|[^,{}])*)", default))
    parameters = [f"O{{{_bare(defaults[str(i)])}}}" if str(i) in defaults else "m" for i in range(1, arguments + 1)]
    return MacroDefinition(target, body, arguments, delimited=tuple(parameters)), position


def _bare(text: str) -> str:
    text = text.strip()
    return text[1:-1] if text.startswith("{") and text.endswith("}") else re.sub(r"\\usedefault", "", text)


def _document_command(text: str, position: int) -> Found:
    target, position = _target(text, position)
    specification, position = _group(text, position)
    body, position = _group(text, position)
    parameters, place = [], 0
    while (place := _skip(specification, place)) < len(specification):
        letter, place = specification[place], place + 1
        if letter == "O":
            default, place = _group(specification, place)
            letter = f"O{{{default}}}"
        elif letter in "+!":
            continue
        elif letter not in "mos":
            raise _Incomplete
        parameters.append(letter)
    return MacroDefinition(target, body, len(parameters), delimited=tuple(parameters)), position


def _def(text: str, position: int) -> Found:
    match = COMMAND.match(text, _skip(text, position))
    if not match:
        raise _Incomplete
    opening = text.find("{", match.end())
    if opening < 0:
        raise _Incomplete
    pattern = text[match.end() : opening].strip()
    body, position = _group(text, opening)
    pieces = re.split(r"#([1-9])", pattern)
    count = len(pieces) // 2
    if not any(piece.strip() for piece in pieces[::2]):
        return MacroDefinition(match[0][1:], body, count), position
    if "\n" in pattern or len(pattern) > 40:
        raise _Incomplete
    parameters = [f"={{{pieces[0].strip()}}}"] if pieces[0].strip() else []
    parameters += [f"u{{{after.strip()}}}" if after.strip() else "m" for after in pieces[2::2]]
    return MacroDefinition(match[0][1:], body, count, delimited=tuple(parameters)), position


def _let(text: str, position: int) -> Found:
    target, position = _target(text, position)
    position = _skip(text, position)
    if text.startswith("=", position):
        position = _skip(text, position + 1)
    meaning, position = _group(text, position)
    return MacroDefinition(target, meaning, delimited=("primitive",)), position


def _environment(text: str, position: int) -> Found:
    target, position = _group(text, position)
    number, position = _optional(text, position)
    default, position = _optional(text, position)
    begin, position = _group(text, position)
    end, position = _group(text, position)
    return MacroDefinition(target.strip(), begin, _count(number), default, "environment", end), position


def _paired(text: str, position: int, name: str) -> Found:
    target, position = _target(text, position)
    number, position = _optional(text, position)
    if name.endswith("XPP"):
        _, position = _group(text, position)
    left, position = _group(text, position)
    right, position = _group(text, position)
    if name.endswith("XPP"):
        _, position = _group(text, position)
    count, inner = 1, "#1"
    if name.endswith("X") or name.endswith("XPP"):
        inner, position = _group(text, position)
        count = _count(number)
    # A star and a size come before the arguments, so that the numbers in the body shift by two.
    inner = re.sub(r"#([1-7])", lambda match: f"#{int(match[1]) + 2}", inner)
    body = rf"\left{left} {inner} \right{right}"
    return MacroDefinition(target, body, count + 2, delimited=("s", "o", *["m"] * count)), position


_STRING = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`"
_ENTRY = re.compile(
    rf"(?P<key>{_STRING}|[A-Za-z]+)\s*:\s*(?:(?P<body>{_STRING})|\[\s*(?P<first>{_STRING})\s*"
    rf"(?:,\s*(?P<count>[0-9]))?\s*(?:,\s*(?P<default>{_STRING}))?\s*\])"
)
_MACROS = re.compile(r"[\"']?\b[Mm]acros[\"']?\s*:\s*(?=\{)")


def _configured(text: str) -> list[MacroDefinition]:
    """The entries of each `macros: {...}` of a configuration, or of a JSON object that is nothing else."""
    starts = [match.end() for match in _MACROS.finditer(text)]
    if not starts and text.lstrip("\ufeff \t\r\n").startswith("{"):
        starts = [text.index("{")]
    found: list[MacroDefinition] = []
    for start in starts:
        for entry in _ENTRY.finditer(text, start, _object_end(text, start)):
            name = (_unquoted(entry["key"]) if entry["key"][0] in "\"'`" else entry["key"]).removeprefix("\\")
            body = _unquoted(entry["body"] or entry["first"])
            default = _unquoted(entry["default"]) if entry["default"] else None
            # KaTeX counts the arguments itself.
            arguments = int(entry["count"] or max([0, *map(int, re.findall(r"#([1-9])", body))]))
            if COMMAND.fullmatch("\\" + name):
                found.append(MacroDefinition(name, body, arguments, default))
    return found


def _object_end(text: str, start: int) -> int:
    depth = 0
    for match in re.compile(rf"{_STRING}|[{{}}]").finditer(text, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return len(text)


def _unquoted(literal: str) -> str:
    return re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), literal[1:-1])
