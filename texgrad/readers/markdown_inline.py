"""A block of Markdown text in, its pieces out: the math with the Markdown escapes undone, and the words between.

Also the rules for where math begins and ends, which the block scanner needs to carry a display over its lines.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from texgrad.document import Piece
from texgrad.notation.macros import closing, definer_at, definition_at
from texgrad.readers.runs import Run, piece
from texgrad.source import Source, Span


class Text(Protocol):
    """What is read of a block."""

    kind: str
    text: str
    offsets: Sequence[int]
    end: int
    level: int


Problems = list[tuple[Span, str]]

_ENVIRONMENT = re.compile(
    r"\\begin\{((?:x?x?align(?:ed|at|edat)?|equation|gather(?:ed)?|multline|split|eqnarray|flalign|[d]?math|displaymath"
    r"|dgroup|[bpvVB]?matrix|d?cases|array|IEEEeqnarray)\*?)\}"
)
_BRACKETS = {"\\\\[": "\\\\]", "\\\\(": "\\\\)", "\\[": "\\]", "\\(": "\\)"}
_TEXT_GROUP = re.compile(r"\\(?:text[a-z]*|mbox|hbox)\{")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_SPECIAL = re.compile(r"[\\`$<\[\]!*_&{]")
_OPENING = re.compile(r"[\\`$<]")
_TICKS = re.compile(r"`+")
_NAMED_IN_CODE = re.compile(r"[A-Za-z]|\((?:\w|\d+), ?(?:\w|\d+)\)")  # an array, the shape of one
_LASTING = frozenset(("$$", *_BRACKETS.values()))
_COMMENT_END = "-->"
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?/?>|<(?:https?://|mailto:)[^<>\s]*>")
_BREAKING_TAGS = frozenset(
    ("td", "th", "tr", "p", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "details", "dt", "dd")
)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")
_ATTRIBUTES = re.compile(r"\{(?:[:#.%][^{}\n]*|\{[^{}\n]*\})\}")
_LINK_TARGET = re.compile(r"\]\((?:[^()\s$]|\([^()\s]*\))*(?:[ \t]+\"[^\"\n]*\")?\)|\]\[[^\]\n]*\]")
_LINK_TEXT = re.compile(r"\[[^\[\]\n]{1,200}\](?:\([^()\s$]|\[)")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,80}\]")
_ALERT = re.compile(r"\s*\[![A-Za-z]+\][+-]?")
_DIRECTIVE = re.compile(r"\s*texgrad:\s*(.*?)\s*$", re.DOTALL)
_STRONG = re.compile(r"[\\^_={}]")
_MONEY = re.compile(r"\d[\d.,]*\s*(?:[kKmMbB]|million|billion|USD|dollars?)?(?:[\s/,.;:)–-]|$)")
_SHORT = re.compile(r"\s*[A-Za-z0-9]{0,3}(?:[\s,;()+*/'|<>.-]+[A-Za-z0-9]?(?![A-Za-z]))*\s*")
_PLAIN_WORDS = re.compile(r"(?:[^\W\d_]{2,}[\s,]+){2,}[^\W\d_]{2,}")
_ESCAPED_WORDS = re.compile(r"[\w\s.,;:'?!&/–-]{2,}")


def opener_at(text: str, index: int) -> str:
    """The closing delimiter of the math that opens at an index, or nothing."""
    if text[index] == "$":
        return "$$" if text.startswith("$$", index) else "$"
    if text[index] != "\\":
        return ""
    for opener, closer in _BRACKETS.items():
        if text.startswith(opener, index):
            return closer
    match = _ENVIRONMENT.match(text, index)
    return f"\\end{{{match[1]}}}" if match else ""


def math_end(text: str, start: int, closer: str, stop: int | None = None) -> int:
    """Where the closing delimiter of the math that opened before `start` stands, or -1."""
    limit = len(text) if stop is None else stop
    if closer.startswith("\\end"):
        level = 1
        name = re.escape(closer[4:])
        for match in re.compile(rf"\\(begin|end){name}").finditer(text, start, limit):
            level += 1 if match[1] == "begin" else -1
            if level == 0:
                return match.start()
        return -1
    # Pairs of backslashes go first: in `\\]` a row ends, unless that is the closing delimiter.
    pairs = r"\\\\\\\\|" if closer.startswith("\\\\") else r"\\\\|"
    for match in re.compile(rf"{pairs}{re.escape(closer)}|\\.", re.DOTALL).finditer(text, start, limit):
        if match[0] == closer:
            return match.start()
    return -1


def inline_math_end(text: str, index: int, stop: int | None = None) -> int:
    """The index of the `$` that closes the one at `index`, or -1 where that one is no delimiter."""
    start, limit = index + 1, len(text) if stop is None else stop
    place = start
    while place < limit:
        char = text[place]
        if char == "\\":
            group = _TEXT_GROUP.match(text, place)
            end = closing(text, group.end() - 1) if group else -1
            place = end + 1 if end > 0 else place + 2
        elif char == "$":
            break
        else:
            place += 1
    content = text[start:place]
    if place >= limit or not content.strip() or _BLANK_LINE.search(content):
        return -1
    return place if _is_math(content, text[place + 1 : place + 2]) else -1


def _is_math(content: str, after: str) -> bool:
    """Whether what stands between two dollar signs is a formula: prices and shell variables are not."""
    strong = bool(_STRONG.search(content))
    padded_left, padded_right = content[0].isspace(), content[-1].isspace()
    if not strong and (after.isdecimal() or padded_right) and _MONEY.match(content):
        return False
    if padded_right and not padded_left and (after.isalnum() or after == "\\") and after.isascii():
        return False  # the second dollar sign looks like an opening one
    if not strong and _PLAIN_WORDS.search(content):
        return False
    if padded_left or padded_right or after.isdecimal():
        return strong or bool(_SHORT.fullmatch(content))
    return True


def left_open(text: str, start: int, stop: int) -> tuple[str, int] | None:
    """The closing delimiter, and where the content starts, of math or a comment left open between start and stop."""
    index = start
    while match := _OPENING.search(text, index, stop):
        index = match.start()
        char = text[index]
        if char == "`":
            ticks = _TICKS.match(text, index, stop)
            end = text.find(ticks[0], ticks.end(), stop)
            index = end + len(ticks[0]) if end >= 0 else ticks.end()
        elif char == "<":
            if not text.startswith("<!--", index):
                index += 1
                continue
            end = text.find(_COMMENT_END, index, stop)
            if end < 0:
                return _COMMENT_END, index + 4
            index = end + 3
        elif text.startswith("$`", index) and (end := text.find("`$", index + 2, stop)) >= 0:
            index = end + 2
        elif closer := opener_at(text, index):
            content = index + _opener_length(closer)
            if closer == "$":
                end = inline_math_end(text, index, stop)
                if end < 0 and not text[content : content + 1].isdigit() and _STRONG.search(text, content, stop):
                    rest = text.find("$", content, stop)
                    if rest < 0:
                        return closer, content
            else:
                end = math_end(text, content, closer, stop)
                if end < 0:
                    return closer, content
            index = end + len(closer) if end >= 0 else index + 1
        else:
            index += 2 if char == "\\" else 1
    return None


def _opener_length(closer: str) -> int:
    return len(closer) + 2 if closer.startswith("\\end") else len(closer)


def pieces_of(block: Text, source: Source, problems: Problems) -> Iterator[Piece]:
    """The pieces of a paragraph, heading or cell."""
    text, offsets = block.text, block.offsets
    kind = "heading" if block.kind == "heading" else "prose"
    prose = Run()

    def words() -> Iterator[Piece]:
        if prose and not prose.text.isspace():
            yield piece(kind, prose.text, prose.offsets, source, level=block.level)
        prose.clear()

    missing: set[str] = set()
    alert = _ALERT.match(text)
    index = alert.end() if alert else 0
    while index < len(text):
        match = _SPECIAL.search(text, index)
        stop = match.start() if match else len(text)
        prose.take(text[index:stop], offsets[index:stop])
        if match is None:
            break
        index = stop
        closer = opener_at(text, index) if text[index] in "\\$" else ""
        if closer in missing:
            closer = ""
        bounds = _bounds(text, index, closer, source, offsets, problems) if closer else None
        if bounds is None and closer in _LASTING and math_end(text, index + 2, closer) < 0:
            missing.add(closer)  # nor is it there for any later opener: look for it once
        if bounds is not None:
            yield from words()
            start, stop, index, display = bounds
            yield _math(text, offsets, start, stop, source, display, doubled=closer.startswith("\\\\"))
        elif text.startswith("<!--", index) and (end := text.find(_COMMENT_END, index + 4)) >= 0:
            directive = _DIRECTIVE.match(text[index + 4 : end])
            if directive:
                yield from words()
                first = index + 4 + directive.start(1)
                places = offsets[first : first + len(directive[1])]
                yield piece("directive", directive[1], places, source, offsets[index])
            index = end + 3
        elif (tag := _TAG.match(text, index)) and (tag[1] or "").lower() in _BREAKING_TAGS:
            if prose and not prose.text.isspace():
                yield from words()
                yield piece("break", "", (), source, offsets[index])
            index = tag.end()
        else:
            index = _mark(text, offsets, index, prose)
    yield from words()


Bounds = tuple[int, int, int, bool]


def _bounds(
    text: str, index: int, closer: str, source: Source, offsets: Sequence[int], problems: Problems
) -> Bounds | None:
    """Start and end of the content of the math that opens at `index`, its end, and whether it is a display."""
    content = index + _opener_length(closer)
    if closer == "$":
        if text.startswith("$`", index) and (end := text.find("`$", index + 2)) >= 0:
            return index + 2, end, end + 2, False
        end = inline_math_end(text, index)
        return None if end < 0 else (content, end, end + 1, False)
    if closer.startswith("\\end"):
        end = math_end(text, content, closer)
        if end >= 0:
            return index, end + len(closer), end + len(closer), True
    else:
        end = math_end(text, content, closer)
        if end >= 0:
            if not text[content:end].strip() or (closer == "$$" and "`" in text[content:end]):
                return None
            if closer[0] == "\\" and len(closer) == 2 and _is_escaped_bracket(text, index, content, end, closer):
                return None
            last = end + len(closer)
            display = closer[-1] != ")" and _alone(text, index, last)
            return content, end, last, display
    if closer[-1] in ")]" and len(closer) == 2:
        return None  # an escaped bracket
    at_start = not text[text.rfind("\n", 0, index) + 1 : index].strip()
    if at_start and text[content:].strip() and _STRONG.search(text, content):
        place = Span(source, offsets[index], offsets[index] + 2)
        problems.append((place, f"math that opens here is never closed with {closer}"))
        start = index if closer.startswith("\\end") else content
        return start, len(text), len(text), True
    return None


def _is_escaped_bracket(text: str, index: int, start: int, end: int, closer: str) -> bool:
    """Whether `\\[..\\]` or `\\(..\\)` are Markdown's escaped brackets around words."""
    content = text[start:end].strip()
    if closer == "\\]" and _alone(text, index, end + 2):
        return False
    return len(content) > 1 and bool(_ESCAPED_WORDS.fullmatch(content)) and bool(re.search(r"\w{2}", content))


def _alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the lines from start to end (a mark, an attribute or a comment may follow)."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    line_end = text.find("\n", end)
    after = text[end : line_end if line_end >= 0 else len(text)]
    return not before.strip() and not re.sub(r"<!--.*?-->|\{[^{}]*\}|[\s.,;:。，；：]", "", after)


_ESCAPES = re.compile(r"\\\\\\\\|\\\\([{}|,;!:%#&])|\\\\|\\([_*^\[\]()-])|&(lt|gt|amp|nbsp);|\\.", re.DOTALL)


def _math(
    text: str, offsets: Sequence[int], start: int, stop: int, source: Source, display: bool, doubled: bool = False
) -> Piece:
    """The math piece between two places, with Markdown's escapes undone and the space around it left out."""
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    content = text[start:stop]
    doubled = doubled or "\\\\\\\\" in content
    run, place = Run(), start
    if "\\" in content or "&" in content:
        for match in _ESCAPES.finditer(content):
            skipped = _superfluous(match, doubled)
            if skipped is None:
                continue
            first, last = start + match.start(), start + match.end()
            run.take(text[place:first], offsets[place:first])
            if isinstance(skipped, str):
                run.put(skipped, offsets[first])
            else:
                run.take(text[first + skipped : last], offsets[first + skipped : last])
            place = last
    run.take(text[place:stop], offsets[place:stop])
    end = offsets[stop] if stop < len(offsets) else offsets[-1] + 1
    return piece("math", run.text, run.offsets, source, end, display=display)


def _superfluous(match: re.Match[str], doubled: bool) -> int | str | None:
    """How many characters of an escape are Markdown's own, or the character that an entity stands for."""
    if match[3]:
        return html.unescape(match[0])
    if match[0] == "\\\\\\\\":
        return 2
    if match[1]:
        return 1 if doubled else None
    return 1 if match[2] else None


def _mark(text: str, offsets: Sequence[int], index: int, prose: Run) -> int:
    """Take in, or leave out, the mark of Markdown at a place of the words; gives the place after it."""
    char = text[index]
    if char == "\\":
        if definer_at(text, index) and (definition := definition_at(text, index)):
            return definition[1]
        if index + 1 < len(text) and not text[index + 1].isalnum() and not text[index + 1].isspace():
            prose.put(text[index + 1], offsets[index])
            return index + 2
    elif char == "`":
        ticks = _TICKS.match(text, index)[0]
        end = re.compile(rf"(?<!`){ticks}(?!`)").search(text, index + len(ticks))
        if end:
            stretch = slice(index + len(ticks), end.start())
            if _NAMED_IN_CODE.fullmatch(text[stretch]):  # `X` is `(N, D)`
                prose.take(text[stretch], offsets[stretch])
            else:
                prose.put(" ", offsets[index])
            return end.end()
    elif char == "<":
        if tag := _TAG.match(text, index):
            if (tag[1] or "").lower() == "code" and (end := text.find("</code>", tag.end())) >= 0:
                return end + 7
            prose.put(" ", offsets[index])
            return tag.end()
    elif char in "[]":
        if target := (_LINK_TARGET if char == "]" else _FOOTNOTE_MARK).match(text, index):
            return target.end()
        if char == "[" and _LINK_TEXT.match(text, index):
            return index + 1
    elif char == "{" and (attributes := _ATTRIBUTES.match(text, index)):
        return attributes.end()
    elif char == "&" and (entity := _ENTITY.match(text, index)):
        character = html.unescape(entity[0])
        prose.put(character[0] if character != "\xa0" else " ", offsets[index])
        return entity.end()
    elif char in "*_" and _is_emphasis(text, index):
        return index + 1
    prose.put(char, offsets[index])
    return index + 1


def _is_emphasis(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    if text[index] == "*":
        return not (before.isspace() and after.isspace())
    return not (before.isalnum() and after.isalnum())
