r"""A math piece and the macros in force in, its tokens out: macros expanded, Unicode and relations in one spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pylatexenc.latexwalker import LatexWalker, LatexWalkerEndOfStream
from pylatexenc.macrospec import LatexContextDb

from texgrad.document import Piece
from texgrad.notation.errors import NotationError
from texgrad.notation.expand import expand
from texgrad.notation.macros import NO_MACROS, Macros, closing, definitions_in
from texgrad.notation.raw import TEXT_COMMANDS, LexError, Raw, matching
from texgrad.notation.spelling import normalise
from texgrad.notation.tokens import Token
from texgrad.notation.unicode_math import parts, plain
from texgrad.source import Span

# No command is special to pylatexenc here: it finds the tokens, their meaning is the grammar's.
_CONTEXT = LatexContextDb()
_DEFINING = re.compile(r"\\(?:[gex]?def|let|(?:re)?new|[pP]rovide|Declare|New|Renew)")
_FORMULAS = re.compile(r"(?<!\\)\$")
_TEXT_FONTS = {"\\textbf": "\\mathbf", "\\textit": "\\mathit", "\\textsf": "\\mathsf", "\\texttt": "\\mathtt"}


def lex(piece: Piece, macros: Macros = NO_MACROS) -> tuple[Token, ...]:
    """The tokens of one math piece; NotationError for a lost brace or a macro without end."""
    text, offsets, source = piece.text, piece.offsets, piece.source
    if _DEFINING.search(text):
        for _, start, end in definitions_in(text):
            text = text[:start] + " " * (end - start) + text[end:]
    try:
        try:
            scanned = _scan(text)
        except LexError as error:
            raise LexError(error.message, offsets[error.start], offsets[error.end]) from None
        raws = [raw._replace(start=offsets[raw.start], end=offsets[raw.end - 1] + 1) for raw in scanned]
        raws = expand(raws, macros, scan_body)
        raws = normalise(raws, matching(raws))
    except LexError as error:
        raise NotationError(error.message, Span(source, error.start, max(error.start, error.end))) from None
    return tuple([Token(raw.kind, raw.text, Span(source, raw.start, raw.end)) for raw in raws])


@lru_cache(maxsize=4096)
def scan_body(text: str) -> tuple[Raw, ...]:
    """The tokens of a macro's body, `#1` as one token of kind `param`."""
    found: list[Raw] = []
    for raw in _scan(text):
        if raw.kind == "number" and found and found[-1].text == "#" and found[-1].kind == "char" and not raw.space:
            found[-1] = found[-1]._replace(kind="param", text=raw.text)
        else:
            found.append(raw)
    return tuple(found)


def _scan(text: str) -> list[Raw]:
    walker = LatexWalker(text, latex_context=_CONTEXT, tolerant_parsing=False)
    state = walker.make_parsing_state(in_math_mode=True)
    get_token = walker.get_token
    found: list[Raw] = []
    position, space = 0, False
    while True:
        try:
            token = get_token(position, parsing_state=state, environments=False)
        except LatexWalkerEndOfStream:
            return found
        kind, content, start = token.tok, token.arg, token.pos
        position = start + token.len
        space = space or bool(token.pre_space)
        if kind == "char" and content.isascii():
            if content.isspace():
                space = True
                continue
            if content == "~":
                found.append(Raw("command", "\\ ", start, position, space))
                continue
            found.append(Raw(*plain(content), start, position, space))
        elif kind == "char":
            _add_unicode(found, content, start, space)
        elif kind == "macro":
            position = _add_command(found, text, content, start, position, space)
            space = bool(token.post_space) and position == start + token.len
            continue
        elif kind == "brace_open":
            found.append(Raw("open", "{", start, position, space))
        elif kind == "brace_close":
            found.append(Raw("close", "}", start, position, space))
        elif kind == "comment":
            space = True
            continue
        else:  # $ and the escaped brackets, which mean nothing inside of math
            found.append(Raw("char", content[-1], start, position, space))
        space = False


_RELATION = re.compile(r"[<>=]|\\(?:neq?|in|leq?|geq?|lt|gt)(?![a-zA-Z])")


def _add_command(found: list[Raw], text: str, name: str, start: int, position: int, space: bool) -> int:
    """Add a command, and the words of a text command with it; gives the place to go on from."""
    if len(name) > 1 and not name.isascii():
        # TeX's command names are ASCII letters: in `\beta是` the name ends before the Chinese letter.
        name = name[: next(i for i, char in enumerate(name) if not char.isascii())] or name[0]
        position = start + 1 + len(name)
    if name.isspace():
        name = " "  # a backslash at the end of a line is a space
    command = "\\" + name
    if command in TEXT_COMMANDS and text.startswith("{", position):
        end = closing(text, position)
        if end < 0:
            raise LexError("a { without its }", position, position + 1)
        content = text[position + 1 : end]
        formulas = _FORMULAS.split(content)
        remark = len(text_words(content).split()) > 3 and not _RELATION.search("".join(formulas[1::2]))
        if len(formulas) > 1 and len(formulas) % 2 and not remark:
            _add_mixed(found, formulas, position + 1, space)
            return end + 1
        if "#" not in content:
            words = text_words(content)
            if words.isascii() and words.isdigit():
                found.append(Raw("number", words, start, end + 1, space))
            elif len(words) == 1 and words.isascii() and words.isalpha():
                font = _TEXT_FONTS.get(command, "\\mathrm")
                for kind, part in (("command", font), ("open", "{"), ("letter", words), ("close", "}")):
                    found.append(Raw(kind, part, start, end + 1, space))
            elif words:
                found.append(Raw("text", words, start, end + 1, space))
            return end + 1
    found.append(Raw("row" if name == "\\" else "command", command, start, min(start + 1 + len(name), position), space))
    return position


def _add_mixed(found: list[Raw], parts: list[str], start: int, space: bool) -> None:
    """Add words with formulas between them: \\text{if $x > 0$}."""
    for number, part in enumerate(parts):
        if number % 2:
            found.extend(raw._replace(start=raw.start + start, end=raw.end + start) for raw in _scan(part))
        elif words := text_words(part):
            found.append(Raw("text", words, start, start + len(part), space))
        start += len(part) + 1


def text_words(content: str) -> str:
    """The plain words of a text argument."""
    content = re.sub(r"~|\\[ ,;:!]|\\q?quad(?![A-Za-z])|\\\\", " ", content)
    content = re.sub(r"\\(?:text|emph|math)[a-z]*(?![A-Za-z])|[${}]", "", content)
    return " ".join(unicodedata.normalize("NFKC", content).split())


def _add_unicode(found: list[Raw], char: str, start: int, space: bool) -> None:
    end = start + 1
    pieces = parts(char)
    if not pieces:
        return
    last = found[-1] if found else None
    kind = pieces[0][0]
    script = kind in ("sup", "sub")
    if kind == "accent":
        if last is not None and last.kind in ("letter", "command"):
            found[-1:] = [
                Raw("command", pieces[0][1], last.start, end, last.space),
                Raw("open", "{", last.start, end),
                last,
                Raw("close", "}", last.start, end),
            ]
        return
    if kind == "text" and last is not None and last.kind == "text" and last.end <= start and last.final:
        found[-1] = last._replace(text=last.text + " " * space + char, end=end)
        return
    follows_script = script and last is not None and last.final and last.kind == "close" and not space
    if follows_script and next(each.kind for each in reversed(found) if each.kind in ("sup", "sub")) == kind:
        found.pop()  # x⁻¹ has one exponent
        pieces = pieces[2:]
    for part_kind, part in pieces:
        final = part_kind == "text" or (script and part_kind == "close")
        found.append(Raw(part_kind, part, start, end, space, final=final))
