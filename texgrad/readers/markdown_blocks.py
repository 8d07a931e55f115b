"""The text of a Markdown note in, its blocks out: paragraphs, headings, table cells, math fences, without the marks of
the containers (quotes, lists, admonitions) around them.

Math goes before Markdown: a display that opens in a paragraph is carried on to its end, whatever its lines look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from texgrad.readers.markdown_inline import inline_math_end, left_open, math_end
from texgrad.readers.markdown_lines import QUOTE, QUOTE_MARK, Block, block_of, columns, enter, width
from texgrad.readers.runs import CODE


@dataclass
class _State:
    """What is open: the containers from the outside in, the lines of the paragraph, the fences around text."""

    containers: list[int] = field(default_factory=list)  # 0 for a quote, else the indent of the content
    paragraph: list[tuple[int, int]] = field(default_factory=list)
    fences: list[int] = field(default_factory=list)  # lengths of the open fences that hold text


_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*([^`\r\n]*)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_LIST = re.compile(r"[ \t]*(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)[ \t]*(?:\[[ xX]\][ \t]+)?")
_MARKER = re.compile(r"[ \t]*([-+*]|\d{1,9}[.)])[ \t]*")
_ADMONITION = re.compile(r" {0,3}(?:!!!|\?\?\?\+?|===[+!]?)[ \t]+(?:[\w -]*?[ \t]*)(?:\"(.*)\")?[ \t]*$")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:[ \t]*")
_DEFINITION = re.compile(r" {0,3}[:~][ \t]{1,3}(?=\S)")
_DIVIDER = re.compile(r"[ \t]*:::+.*$")
_REFERENCE = re.compile(r" {0,3}(?:\[[^\]^][^\]]*\]:[ \t]*(?:<[^>]*>|[^\s$]+)[^$]*|\*\[[^\]]+\]:.*)$")
_TABLE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_HTML = re.compile(r"[ \t]*<(script|style|pre|textarea)\b", re.IGNORECASE)
_OPTION = re.compile(r"[ \t]*(?::[\w-]+:.*|)$")
_PROSE = re.compile(r"(?m)(?:[^\W\d_]{2,}[ ,]+){3,}[^\W\d_]{2,}|^ {0,3}#{1,6} |^[ \t]*[-*+] +[^\W\d_]{2,} ")
_TAGGED_FENCE = re.compile(r"\{([\w:-]+)\}")
_MACRO_ENTRY = re.compile(
    r"^[ \t]+[\"']?\\{0,2}([A-Za-z]+)[\"']?[ \t]*:[ \t]*([\"']?)(\\.*?)\2[ \t]*\r?$", re.MULTILINE
)
# Fences whose content is text, not code.
_TEXT_FENCES = frozenset(
    ("note", "important", "tip", "warning", "caution", "danger", "hint", "attention", "seealso", "error", "admonition",
     "theorem", "proof", "lemma", "definition", "corollary", "proposition", "example", "remark", "exercise", "solution",
     "dropdown", "margin", "sidebar", "topic", "card", "tab-item", "tab-set", "grid", "info", "question", "details")
)  # fmt: skip


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a note in order."""
    lines = _lines(text)
    state = _State()
    index = 0
    if front := _front_matter(text, lines):
        index = front
        matter = text[: lines[front - 1][1]]
        yield Block("macros", matter, (), 0)
        for name, _, body in _MACRO_ENTRY.findall(matter):
            definition = rf"\newcommand{{\{name}}}[{_count(body)}]{{{body}}}"
            yield Block("macros", definition.replace("\\\\", "\\"), (), 0)
    while index < len(lines):
        found, index = _line(text, lines, index, state)
        yield from found
    yield from _flush(text, state)


def _count(body: str) -> int:
    return max([0, *map(int, re.findall(r"#([1-9])", body))])


def _lines(text: str) -> list[tuple[int, int]]:
    """Start and end of each line, its line break left out."""
    found, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        found.append((start, end - line.endswith("\r")))
        start = end + 1
    return found


def _front_matter(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """The index of the line after the front matter; 0 where there is none."""
    mark = text[lines[0][0] : lines[0][1]].lstrip("\ufeff").rstrip()
    if mark in ("---", "+++"):
        for index in range(1, len(lines)):
            line = text[lines[index][0] : lines[index][1]].rstrip()
            if line == mark or (mark == "---" and line == "..."):
                return index + 1
    return 0


Lines = Sequence[tuple[int, int]]


def _line(text: str, lines: Lines, index: int, state: _State) -> tuple[list[Block], int]:
    """The blocks that end with a line, and the index of the line to go on from."""
    start, end = lines[index]
    if start == 0 and text.startswith("\ufeff"):
        start = 1
    depth, place = enter(text, start, end, state.containers)
    if not text[place:end].strip():
        found = _flush(text, state)
        if depth < len(state.containers) and state.containers[depth] == QUOTE:
            del state.containers[depth:]
        return found, index + 1
    found: list[Block] = []
    if depth < len(state.containers):
        if state.paragraph and not _interrupts(text, place, end):
            return _paragraph_line(text, lines, index, place, state)
        found += _flush(text, state)
        del state.containers[depth:]
    while True:
        if not state.paragraph and width(text, place, end) >= 4 and not _opens_display(text, place, end, state):
            return [*found, block_of("code", text, [(start, end)])], index + 1  # indented code
        opened = _container(text, place, end, state)
        if opened is None:
            break
        found += _flush(text, state)
        place, indent, title = opened
        state.containers.append(indent)
        if title is not None:
            found += [block_of("paragraph", text, [title])] if title[1] > title[0] else []
            return found, index + 1
        if not text[place:end].strip():
            return found, index + 1
    blocks_here, following = _leaf(text, lines, index, place, state)
    return found + blocks_here, following


def _opens_display(text: str, start: int, end: int, state: _State) -> bool:
    """A display in a list is math even where it is indented like code: list indents differ from tool to tool."""
    line = text[start:end].lstrip()
    return bool(state.containers) and line.startswith(("$$", "\\[", "\\\\[", "\\begin{", "```", "~~~"))


def _interrupts(text: str, start: int, end: int) -> bool:
    """Whether a line starts a block of its own rather than carry the paragraph on."""
    patterns = (_FENCE, _HEADING, QUOTE_MARK, _RULE, _LIST, _HTML, _ADMONITION, _FOOTNOTE, _DIVIDER)
    return any(pattern.match(text, start, end) for pattern in patterns)


def _container(text: str, place: int, end: int, state: _State) -> tuple[int, int, tuple[int, int] | None] | None:
    """A container that opens: where its content begins, its indent, and the title that fills the line instead."""
    if match := QUOTE_MARK.match(text, place, end):
        return match.end(), QUOTE, None
    if match := _ADMONITION.match(text, place, end):
        return end, 4, match.span(1) if match[1] else (end, end)
    if match := _FOOTNOTE.match(text, place, end):
        return match.end(), 4, None
    if match := _DEFINITION.match(text, place, end):
        return match.end(), 4, None
    match = _LIST.match(text, place, end)
    if match is None or _RULE.match(text, place, end):
        return None
    if state.paragraph and (match[1] not in (None, "1") or match.end() == end or _SETEXT.match(text, place, end)):
        return None
    marker = _MARKER.match(text, place, end)
    marked = columns(text, place, marker.end(1))
    content = columns(text, place, marker.end())
    indent = content if match.end() < end and content - marked < 5 else marked + 1
    return match.end(), indent, None


def _leaf(text: str, lines: Lines, index: int, place: int, state: _State) -> tuple[list[Block], int]:
    """A line inside of its containers: a heading, a fence, a table, or a line of a paragraph."""
    end = lines[index][1]
    if state.paragraph and (match := _SETEXT.match(text, place, end)):
        span = state.paragraph[:]
        state.paragraph.clear()
        return [block_of("heading", text, span, level=1 if "=" in match[1] else 2)], index + 1
    if _RULE.match(text, place, end) or _DIVIDER.match(text, place, end):
        return _flush(text, state), index + 1
    if match := _HEADING.match(text, place, end):
        found = _flush(text, state)
        return [*found, block_of("heading", text, [match.span(2)], level=len(match[1]))], index + 1
    if match := _FENCE.match(text, place, end):
        return _fence(text, lines, index, match, state)
    if match := _HTML.match(text, place, end):
        return _html(text, lines, index, place, match[1], state)
    if not state.paragraph and _REFERENCE.match(text, place, end):
        return [], index + 1
    header = state.paragraph[-1] if state.paragraph else (0, 0)
    if "|" in text[place:end] and "|" in text[slice(*header)] and _TABLE.match(text, place, end):
        return _table(text, lines, index, state)
    return _paragraph_line(text, lines, index, place, state)


def _paragraph_line(text: str, lines: Lines, index: int, place: int, state: _State) -> tuple[list[Block], int]:
    """Add a line to the paragraph, and with it the lines of a display that it leaves open."""
    end = lines[index][1]
    while place < end and text[place] in " \t":
        place += 1
    state.paragraph.append((place, end))
    while opened := left_open(text, place, end):
        carried = _carried(text, lines, index, opened[0], opened[1], state.containers)
        if carried is None:
            break
        stop, place = carried
        for between in range(index + 1, stop + 1):
            state.paragraph.append((enter(text, *lines[between], state.containers)[1], lines[between][1]))
        index, end = stop, lines[stop][1]
    return [], index + 1


def _carried(
    text: str, lines: Lines, index: int, closer: str, start: int, containers: Sequence[int]
) -> tuple[int, int] | None:
    """The line on which open math ends and the place after it; None where it is not closed before words come again."""
    chunk = text[start : lines[index][1]]
    separate = False
    inline = closer[-1] in "$)" and closer != "$$"
    level = 1
    for following in range(index + 1, min(index + (6 if closer == "$" else 400), len(lines))):
        place, end = enter(text, *lines[following], containers)[1], lines[following][1]
        line = text[place:end]
        if not line.strip():
            if inline or (separate and closer != "-->" and _is_prose(chunk)):
                return None
            separate, chunk = True, ""
            continue
        if closer == "-->":
            found = text.find(closer, place, end)
        elif closer.startswith("\\end"):
            level += line.count("\\begin" + closer[4:])
            level -= line.count(closer)
            found = text.rfind(closer, place, end) if level <= 0 else -1
        else:
            found = math_end(text, place, closer, end)
        if found >= 0:
            before = chunk + text[place:found]
            return None if separate and closer != "-->" and _is_prose(before) else (following, found + len(closer))
        if closer != "-->" and _FENCE.match(line):
            return None
        chunk += line + "\n"
    return None


def _is_prose(chunk: str) -> bool:
    """Whether lines after a blank line are words again: then the display before them was never closed."""
    bare = re.sub(r"\\(?:text|mbox|intertext|tag|label)[a-z]*\{[^{}]*\}|\\[A-Za-z]+", " ", chunk)
    return bool("$" in bare or _PROSE.search(bare) or len(re.findall(r"[\u3040-\u9fff]", bare)) >= 8)


def _fence(text: str, lines: Lines, index: int, match: re.Match[str], state: _State) -> tuple[list[Block], int]:
    """A fence: math is math, notes are text, formulas and Python are code, everything else is left out."""
    found = _flush(text, state)
    mark, words = match[1], match[2].strip()
    tagged = _TAGGED_FENCE.match(words)
    name = (tagged[1] if tagged else words.split(" ")[0].strip("{}")).lower()
    is_text = tagged is not None and (name in _TEXT_FENCES or name.startswith("prf:"))
    if is_text or (not words and len(mark) in state.fences):
        # The closing fence of a note looks like an opening one without a name.
        if is_text:
            state.fences.append(len(mark))
        else:
            state.fences.remove(len(mark))
        return found, index + 1
    closing_fence = re.compile(rf"[ \t]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    stop = index + 1
    while stop < len(lines):
        depth, place = enter(text, *lines[stop], state.containers)
        if closing_fence.match(text, place, lines[stop][1]):
            break
        if depth < len(state.containers) and state.containers[depth] == QUOTE:
            stop -= 1  # the quote that holds the fence is over
            break
        stop += 1
    inner = [(enter(text, *line, state.containers)[1], line[1]) for line in lines[index + 1 : min(stop, len(lines))]]
    if name == "math":
        while inner and _OPTION.match(text, *inner[0]):
            inner.pop(0)
        if inner:
            found.append(block_of("math", text, inner))
    elif name in ("=tex", "=latex", "=html"):
        found.append(block_of("macros", text, inner))
    elif name in CODE and inner:
        found.append(block_of("code", text, inner))
    return found, stop + 1


def _html(text: str, lines: Lines, index: int, place: int, tag: str, state: _State) -> tuple[list[Block], int]:
    """A script, style or pre element is left out, but for the macros that a script configures."""
    found = _flush(text, state)
    end = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(text, place)
    stop = end.end() if end else len(text)
    if tag.lower() == "script" and "acros" in text[place:stop]:
        found.append(Block("macros", text[place:stop], (), place))
    while index < len(lines) and lines[index][1] < stop:
        index += 1
    return found, index + 1


def _table(text: str, lines: Lines, index: int, state: _State) -> tuple[list[Block], int]:
    """A table: its header is the last line of the paragraph before, each cell is a block."""
    header = state.paragraph.pop()
    found = _flush(text, state)
    found += _row(text, *header)
    index += 1
    while index < len(lines):
        depth, place = enter(text, *lines[index], state.containers)
        end = lines[index][1]
        if depth < len(state.containers) or not text[place:end].strip() or _interrupts(text, place, end):
            break
        found += _row(text, place, end)
        index += 1
    return found, index


def _row(text: str, start: int, end: int) -> list[Block]:
    """The cells of a row; a bar inside of math or code parts no cells."""
    cells, first, place = [], start, start
    while place < end:
        char = text[place]
        if char == "|":
            cells.append((first, place))
            first = place + 1
        elif char == "`" and (code := text.find("`", place + 1, end)) >= 0:
            place = code
        elif char == "$" and not text.startswith("$$", place):
            place = max(place, inline_math_end(text, place, end))
        elif char == "$" and (closer := text.find("$$", place + 2, end)) >= 0:
            place = closer + 1
        elif char == "\\":
            bracket = math_end(text, place + 2, "\\)", end) if text.startswith("\\(", place) else -1
            place = max(place + 1, bracket + 1)
        place += 1
    cells.append((first, end))
    found = [block_of("cell", text, [cell]) for cell in cells if text[slice(*cell)].strip()]
    return [*found, Block("break", "", (), end)]


def _flush(text: str, state: _State) -> list[Block]:
    """The paragraph under way, done."""
    if not state.paragraph:
        return []
    found = [block_of("paragraph", text, state.paragraph)]
    state.paragraph.clear()
    return found
