r"""Scanned tokens and macros in, tokens without macros out: arguments read, bodies put in, \begin and \end recognised.

Bounded on any input: 100 levels of expansion, 20,000 tokens put in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from texgrad.document import MacroDefinition
from texgrad.notation.macros import Macros
from texgrad.notation.packages import EXPANDERS, definitions
from texgrad.notation.raw import LexError, Raw

MAXIMAL_DEPTH = 100
MAXIMAL_TOKENS = 20_000
Scan = Callable[[str], Sequence[Raw]]

NO_VALUE = Raw("command", "\\NoValue")
TRUE, FALSE = Raw("command", "\\BooleanTrue"), Raw("command", "\\BooleanFalse")
_TESTS = {"\\IfBooleanTF": "\\BooleanTrue", "\\IfBooleanT": "\\BooleanTrue", "\\IfBooleanF": "\\BooleanTrue",
          "\\IfNoValueTF": "\\NoValue", "\\IfNoValueT": "\\NoValue", "\\IfNoValueF": "\\NoValue",
          "\\IfValueTF": "\\NoValue", "\\IfValueT": "\\NoValue", "\\IfValueF": "\\NoValue"}  # fmt: skip


class Reader:
    """What is still to be read, last token first, and the ways to take an argument from it."""

    def __init__(self, raws: Sequence[Raw]) -> None:
        self.stack = list(reversed(raws))

    def peek(self) -> Raw | None:
        return self.stack[-1] if self.stack else None

    def star(self) -> bool:
        if self.stack and self.stack[-1].text == "*":
            self.stack.pop()
            return True
        return False

    def at_group(self) -> bool:
        return bool(self.stack) and self.stack[-1].kind == "open"

    def until(self, opening: str, closer: str) -> list[Raw] | None:
        """What stands between the opening token that comes next and its partner; None where it does not."""
        if not self.stack or self.stack[-1].text != opening:
            return None
        depth, braces = 0, 0
        for index in range(len(self.stack) - 1, -1, -1):
            raw = self.stack[index]
            if raw.text == opening and (opening == "{" or braces == 0) and (depth == 0 or opening != closer):
                depth += 1
            elif raw.text == closer and (closer == "}" or braces == 0):
                depth -= 1
                if depth == 0:
                    content = self.stack[index + 1 : -1][::-1]
                    del self.stack[index:]
                    return content
            elif raw.kind in ("open", "close"):
                braces += 1 if raw.kind == "open" else -1
                if braces < 0:
                    return None
        return None

    def argument(self) -> list[Raw] | None:
        """A mandatory argument: a group's content or one token."""
        if self.at_group():
            return self.until("{", "}")
        if not self.stack or self.stack[-1].kind == "close":
            return None
        return [self.stack.pop()]

    def optional(self) -> list[Raw] | None:
        return self.until("[", "]")

    def delimited(self, ending: Sequence[Raw]) -> list[Raw] | None:
        """What stands before the ending; the ending is taken away too."""
        braces = 0
        for index in range(len(self.stack) - 1, len(ending) - 2, -1):
            following = self.stack[index - len(ending) + 1 : index + 1][::-1]
            if braces == 0 and [each.text for each in following] == [each.text for each in ending]:
                content = self.stack[index + 1 :][::-1]
                del self.stack[index - len(ending) + 1 :]
                return content
            braces += (self.stack[index].kind == "open") - (self.stack[index].kind == "close")
        return None


def expand(raws: Sequence[Raw], macros: Macros, scan: Scan) -> list[Raw]:
    """All macros of the note and of the known packages replaced by what they stand for."""
    reader, out, spent = Reader(raws), [], 0
    stack = reader.stack
    while stack:
        raw = stack.pop()
        if raw.kind != "command" or raw.final:
            out.append(raw)
            continue
        body = _replacement(raw, reader, macros, scan)
        if body is None:
            out.append(raw)
            continue
        spent += len(body)
        if raw.depth >= MAXIMAL_DEPTH or spent > MAXIMAL_TOKENS:
            raise LexError(f"the macro {raw.text} never comes to an end", raw.start, raw.end)
        stack.extend(reversed(body))
    return out


def _replacement(raw: Raw, reader: Reader, macros: Macros, scan: Scan) -> list[Raw] | None:
    name = raw.text[1:]
    definition = macros.commands.get(name)
    if definition is not None:
        if definition.delimited == ("primitive",):
            meaning = scan(definition.body)
            return [each._replace(start=raw.start, end=raw.end, space=raw.space, final=True) for each in meaning]
        arguments = _arguments(definition, reader, raw, scan)
        return _instance(scan(definition.body), arguments, raw)
    if name in ("begin", "end"):
        return _environment(raw, reader, macros, scan)
    if raw.text in _TESTS:
        return _choice(raw, reader)
    if name in EXPANDERS:
        before = list(reader.stack)
        result = EXPANDERS[name](reader)
        if result is None:
            reader.stack[:] = before
            return None
        body, arguments = result
        return _instance(scan(body), arguments, raw)
    definition = definitions().get(name)
    if definition is not None:
        arguments = _arguments(definition, reader, raw, scan)
        return _instance(scan(definition.body), arguments, raw)
    return None


def _instance(body: Sequence[Raw], arguments: Sequence[Sequence[Raw]], call: Raw) -> list[Raw]:
    """The body with its arguments put in. Its tokens stand where the call stands; the arguments keep their place."""
    start, end = call.start, call.end
    if call.depth == 0:
        end = max([end, *(raw.end for argument in arguments for raw in argument if raw.start >= start)])
    found: list[Raw] = []
    for raw in body:
        if raw.kind == "param":
            number = int(raw.text)
            if number <= len(arguments):
                found.extend(arguments[number - 1])
        else:
            found.append(raw._replace(start=start, end=end, depth=call.depth + 1))
    if found and body[0].kind != "param":
        found[0] = found[0]._replace(space=call.space)
    return found


def _arguments(definition: MacroDefinition, reader: Reader, call: Raw, scan: Scan) -> list[list[Raw]]:
    specification = definition.delimited or _plain(definition)
    arguments: list[list[Raw]] = []
    for each in specification:
        kind, content = each[0], each[2:-1]
        if kind == "s":
            arguments.append([TRUE if reader.star() else FALSE])
        elif kind in "oO":
            given = reader.optional()
            default = list(scan(content)) if kind == "O" else [NO_VALUE]
            arguments.append(_placed(default, call) if given is None else given)
        elif kind == "=":
            for literal in scan(content):
                if reader.peek() is None or reader.stack.pop().text != literal.text:
                    raise LexError(f"{call.text} is not followed by what it asks for", call.start, call.end)
        else:
            given = reader.delimited(scan(content)) if kind == "u" else reader.argument()
            if given is None:
                raise LexError(f"{call.text} lacks an argument", call.start, call.end)
            arguments.append(given)
    return arguments


def _plain(definition: MacroDefinition) -> tuple[str, ...]:
    if definition.optional is None:
        return ("m",) * definition.arguments
    return (f"O{{{definition.optional}}}", *("m",) * (definition.arguments - 1))


def _placed(raws: Sequence[Raw], call: Raw) -> list[Raw]:
    return [raw._replace(start=call.start, end=call.end, depth=call.depth) for raw in raws]


def _environment(raw: Raw, reader: Reader, macros: Macros, scan: Scan) -> list[Raw]:
    content = reader.argument() if reader.at_group() else None
    if not content or any(each.kind not in ("letter", "char", "number") for each in content):
        raise LexError(f"{raw.text} without the name of an environment", raw.start, raw.end)
    name = "".join(each.text for each in content)
    end = content[-1].end + 1 if raw.depth == 0 else raw.end
    place = raw._replace(text=f"{raw.text}{{{name}}}", end=end)
    definition = macros.environments.get(name)
    if definition is None:
        return [Raw(raw.text[1:], name, place.start, place.end, raw.space)]
    if raw.text == "\\end":
        return _instance(scan(definition.end), [], place)
    return _instance(scan(definition.body), _arguments(definition, reader, place, scan), place)


def _choice(raw: Raw, reader: Reader) -> list[Raw]:
    tested = reader.argument()
    branches = [reader.argument() for _ in range(2 if raw.text.endswith("TF") else 1)]
    if tested is None or None in branches:
        raise LexError(f"{raw.text} lacks an argument", raw.start, raw.end)
    holds = [each.text for each in tested] == [_TESTS[raw.text]]
    if raw.text.startswith("\\IfValue"):
        holds = not holds
    first = branches[0] if not raw.text.endswith("F") or raw.text.endswith("TF") else []
    second = branches[-1] if raw.text.endswith("F") else []
    return list((first if holds else second) or [])
