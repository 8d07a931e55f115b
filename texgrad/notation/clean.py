r"""Tokens in, tokens that speak out: without spacing, sizes, colours, labels; fonts, fractions, bars in one form.

What the grammar can rely on: `\frac`, `\sqrt`, fonts and accents have their arguments in braces; `\mathbf{..}` holds
letters only (a font over more is spread over its letters); an upright d is `\differential`; an evaluation bar is
`\evalopen .. \evalbar _..`; a left superscript has `\presup` before it; `\quad` stands where a wide space is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from texgrad.notation.constants import constants
from texgrad.notation.errors import NotationError
from texgrad.notation.fonts import braced, spread
from texgrad.notation.raw import ARGUMENTS, LexError, commands, matching
from texgrad.notation.spaces import WIDTHS, spaced
from texgrad.notation.tokens import ANGLES, Token, angled
from texgrad.source import Span

_DROPPED = commands(
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits displaylimits mathstrut strut nonumber notag "
    "hline toprule midrule bottomrule allowbreak nobreak noindent centering relax protect middle boldmath unboldmath "
    "big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm delimsize normalsize small "
    "footnotesize scriptsize tiny large Large LARGE huge Huge upshape itshape normalfont sl em qed qedhere qedsymbol "
    "global long - / smallskip medskip bigskip break pagebreak linebreak displaybreak null par IEEEyesnumber "
    "IEEEnonumber IEEEeqnarraynumspace IEEEyessubnumber IEEEnosubnumber"
)
_WIDTH_COMMANDS = commands("hspace hskip kern mkern mskip mspace")
# Dropped together with so many arguments.
_DROPPED_WITH = {
    **dict.fromkeys(
        commands("phantom hphantom vphantom tag label eqref ref cite citep citet footnote require vspace cline "
                  "fontsize pagecolor definecolor newline hypertarget phantomsection autoref cref Cref nameref "
                  "textcircled circled"), 1
    ),
    **dict.fromkeys(commands("rule addtolength setlength setcounter addtocounter"), 2),
}  # fmt: skip
# The command goes, so many arguments with it, and the content that follows stays.
_UNWRAPPED = {
    **dict.fromkeys(
        commands("smash boxed fbox framebox bbox cancel bcancel xcancel sout mathord mathbin mathrel mathop mathinner "
                  "mathpunct mathopen mathclose underbrace overbrace underbracket overbracket underparen overparen "
                  "ensuremath mathclap mathllap mathrlap clap llap rlap hl uwave uline vcenter substack textnormal "
                  "mathstrip displaylines centernot emph hom makebox Aboxed pmod bmod"), 0
    ),
    **dict.fromkeys(
        commands("color textcolor mathcolor colorbox underset overset stackrel cancelto href cssId class htmlClass "
                  "htmlId style htmlStyle raisebox enclose scalebox mathchoice adjustbox colorlet tooltip"), 1
    ),
    "\\fcolorbox": 2, "\\resizebox": 2,
}  # fmt: skip
_NOTES = {"\\underbrace": "sub", "\\underbracket": "sub", "\\underparen": "sub",
          "\\overbrace": "sup", "\\overbracket": "sup", "\\overparen": "sup"}  # fmt: skip
_SPELLED = {
    **dict.fromkeys(commands("lvert rvert vert mid"), ("char", "|")),
    **dict.fromkeys(commands("lVert rVert Vert parallel"), ("command", "\\|")),
    **dict.fromkeys(commands("dots dotsc dotso hdots textellipsis mathellipsis"), ("command", "\\ldots")),
    **dict.fromkeys(commands("dotsb dotsm dotsi"), ("command", "\\cdots")),
    "\\lbrace": ("command", "\\{"), "\\rbrace": ("command", "\\}"),
    "\\lbrack": ("char", "["), "\\rbrack": ("char", "]"),
    "\\lparen": ("char", "("), "\\rparen": ("char", ")"), "\\ast": ("char", "*"),
    "\\lang": ("command", "\\langle"), "\\rang": ("command", "\\rangle"), "\\centerdot": ("command", "\\cdot"),
    "\\cdotp": ("command", "\\cdot"), "\\dag": ("command", "\\dagger"), "\\slash": ("char", "/"),
    "\\uppartial": ("command", "\\partial"), "\\land": ("command", "\\wedge"), "\\vartriangle": ("command", "\\Delta"),
}  # fmt: skip
# Environments with arguments of their own: optional ones, then groups.
_ENVIRONMENT_GROUPS = {"array": 1, "alignat": 1, "alignedat": 1, "subarray": 1, "tabular": 1, "IEEEeqnarray": 1,
                       "xalignat": 1, "empheq": 1}  # fmt: skip
_POSITION = re.compile(r"[tbclr]{1,2}")


def clean(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens without what does not speak; NotationError for a lost brace."""
    found = list(tokens)
    try:
        if any(token.text in _INFIX for token in found):
            found = _infix(found)
        found = spaced(_stripped(constants(found)))
        found = spread(braced(found))
        return tuple(_scripts(found))
    except LexError as error:
        raise NotationError(error.message, Span(found[0].span.source, error.start, error.end)) from None


_INFIX = {"\\over": "\\frac", "\\choose": "\\binom", "\\atop": "\\binom"}


def _infix(tokens: Sequence[Token]) -> list[Token]:
    """`{a \\over b}` as `{\\frac{a}{b}}`."""
    out: list[Token] = []
    # Start of each open scope, and the place of an infix command in it.
    scopes: list[list[int]] = [[0, -1]]

    def finish() -> None:
        start, middle = scopes[-1]
        if middle >= 0:
            sign = out[middle]
            opening, closing = Token("open", "{", sign.span), Token("close", "}", sign.span)
            upper, lower = out[start:middle], out[middle + 1 :]
            out[start:] = [Token("command", _INFIX[sign.text], sign.span), opening, *upper, closing]
            out.extend([opening, *lower, closing])

    for token in tokens:
        opens = token.kind in ("open", "begin") or token.text == "\\left"
        closes = token.kind in ("close", "end") or token.text == "\\right"
        if closes or token.kind in ("align", "row"):
            finish()
            if closes and len(scopes) > 1:
                scopes.pop()
            else:
                scopes[-1] = [len(out) + 1, -1]
        out.append(token)
        if opens:
            scopes.append([len(out), -1])
        elif token.text in _INFIX and token.kind == "command" and scopes[-1][1] < 0:
            scopes[-1][1] = len(out) - 1
    finish()
    return out


def _stripped(tokens: list[Token]) -> list[Token]:
    """Without sizes, colours, labels, boxes; \\left and \\right lose their command and keep their delimiter."""
    partner, dropped = matching(tokens), bytearray(len(tokens))
    lefts: list[int] = []
    for index, token in enumerate(tokens):
        if dropped[index]:
            continue
        text = token.text
        if token.kind == "begin":
            _drop_environment_arguments(tokens, partner, dropped, index)
        elif token.kind == "char":
            if text == "(" and _text(tokens, index + 1) == "\\#":
                _drop(dropped, index, _option(tokens, index, ")"))
            elif text == "." and _text(tokens, index + 1) == _text(tokens, index + 2) == ".":
                tokens[index] = Token("command", "\\ldots", token.span.to(tokens[index + 2].span))
                _drop(dropped, index + 1, index + 3)
            elif text == "$" and (_kind(tokens, index - 1) in _EDGES or _kind(tokens, index + 1) in _EDGES):
                dropped[index] = 1  # \\fbox{$x$}
        elif token.kind != "command":
            continue
        elif text in _SPELLED:
            tokens[index] = Token(*_SPELLED[text], token.span)
        elif text in _DROPPED:
            dropped[index] = 1
        elif text == "\\left":
            dropped[index] = 1
            _delimiter(tokens, index + 1)
            lefts.append(index + 1)
        elif text == "\\right":
            dropped[index] = 1
            _delimiter(tokens, index + 1)
            _right(tokens, dropped, lefts.pop() if lefts else -1, index + 1)
        elif text in _WIDTH_COMMANDS:
            _width_command(tokens, partner, dropped, index)
        elif text in _DROPPED_WITH:
            _drop(dropped, index, _arguments(tokens, partner, index + 1, _DROPPED_WITH[text]))
        elif text in _UNWRAPPED:
            _unwrap(tokens, partner, dropped, index)
    return [token for token, gone in zip(tokens, dropped, strict=True) if not gone]


_EDGES = frozenset(("", "open", "close"))


def _text(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].text if 0 <= index < len(tokens) else ""


def _kind(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].kind if 0 <= index < len(tokens) else ""


def _drop(dropped: bytearray, start: int, stop: int) -> None:
    dropped[start:stop] = b"\x01" * (stop - start)


def _option(tokens: Sequence[Token], index: int, closer: str = "]") -> int:
    """The index after the bracket that closes the one at `index`; `index` itself where there is none."""
    depth = 0
    for stop in range(index, min(index + 200, len(tokens))):
        depth += (tokens[stop].kind == "open") - (tokens[stop].kind == "close")
        if depth < 0:
            break
        if tokens[stop].text == closer and depth == 0:
            return stop + 1
    return index


def _arguments(tokens: Sequence[Token], partner: Sequence[int], index: int, count: int) -> int:
    """The index after a star, an option and so many arguments."""
    if _text(tokens, index) == "*":
        index += 1
    if _text(tokens, index) == "[":
        index = _option(tokens, index)
    for _ in range(count):
        if _kind(tokens, index) == "open":
            index = partner[index] + 1
        elif _kind(tokens, index) not in ("", "close", "align", "row", "end"):
            index += 1
    return index


def _drop_environment_arguments(
    tokens: Sequence[Token], partner: Sequence[int], dropped: bytearray, index: int
) -> None:
    stop = index + 1
    if _text(tokens, stop) == "[":
        after = _option(tokens, stop)
        words = "".join(token.text for token in tokens[stop + 1 : after - 1])
        if _POSITION.fullmatch(words) or "label" in words or tokens[index].text == "empheq":
            stop = after
    for _ in range(_ENVIRONMENT_GROUPS.get(tokens[index].text, 0)):
        if _kind(tokens, stop) == "open":
            stop = partner[stop] + 1
    _drop(dropped, index + 1, stop)


def _delimiter(tokens: list[Token], index: int) -> None:
    if _text(tokens, index) in ANGLES:
        tokens[index] = Token("command", ANGLES[tokens[index].text], tokens[index].span)


def _right(tokens: list[Token], dropped: bytearray, left: int, right: int) -> None:
    """The closing delimiter: a dot goes, a bar after `\\left.` with a subscript is an evaluation bar."""
    opened, closed = _text(tokens, left), _text(tokens, right)
    if opened == "." and closed in _BARS and _kind(tokens, right + 1) in ("sub", "sup"):
        tokens[left] = Token("command", "\\evalopen", tokens[left].span)
        tokens[right] = Token("command", "\\evalbar", tokens[right].span)
        # The loop has yet to come to the closing delimiter and must not take it for a plain bar again.
        return
    if closed == "." and _distinguishes(tokens, left, right):
        dropped[left] = 1
        tokens[left + 1] = replace(tokens[left + 1], text="cases")
        tokens[right - 2] = replace(tokens[right - 2], text="cases")
    if opened == ".":
        dropped[left] = 1
    if closed == ".":
        dropped[right] = 1


def _distinguishes(tokens: Sequence[Token], left: int, right: int) -> bool:
    """Whether \\left\\{ .. \\right. around an environment stands behind a sign, as cases do; else it is a system."""
    before = left - 2
    while before >= 0 and _text(tokens, before) in WIDTHS | {"&": 0}:
        before -= 1
    whole = _kind(tokens, left + 1) == "begin" and _kind(tokens, right - 2) == "end"
    sign = _text(tokens, before) in ("=", ":=", "\\equiv", "+", "-", "\\cdot", "\\odot", "(")
    return whole and sign and _text(tokens, left) == "\\{" and _text(tokens, left + 1) in _TABLES


_TABLES = frozenset(("array", "matrix", "aligned", "alignedat", "gathered", "align", "split"))
_BARS = frozenset(("|", "\\vert", "\\rvert", "\\lvert", "\\mid"))


def _width_command(tokens: list[Token], partner: Sequence[int], dropped: bytearray, index: int) -> None:
    """`\\hspace{2em}`, `\\hskip 1em`, `\\mkern3mu`: a quad where it is wide."""
    start = index + 1 + (_text(tokens, index + 1) == "*")
    if _kind(tokens, start) == "open":
        stop = partner[start] + 1
    else:
        stop = start
        while _kind(tokens, stop) in ("number",) or _text(tokens, stop) in ("-", "."):
            stop += 1
        while _kind(tokens, stop) == "letter" and stop - start < 4 and _text(tokens, stop) in "ptemxcniu":
            stop += 1
            if "".join(token.text for token in tokens[start:stop])[-2:] in _UNITS:
                break
    words = "".join(token.text for token in tokens[start:stop]).strip("{}")
    match = re.match(r"(-?[0-9.]+)([a-z]{2})", words)
    _drop(dropped, index + 1, stop)
    wide = match is not None and float(match[1].strip(".") or 0) * _UNITS.get(match[2], 0) >= 0.9
    tokens[index] = replace(tokens[index], text="\\quad" if wide else "\\,")


_UNITS = {"em": 1, "ex": 0.5, "cm": 2.8, "mm": 0.28, "pt": 0.1, "in": 7, "mu": 0.055, "px": 0.07, "pc": 1.2, "bp": 0.1}


def _unwrap(tokens: Sequence[Token], partner: Sequence[int], dropped: bytearray, index: int) -> None:
    text = tokens[index].text
    start = _arguments(tokens, partner, index + 1, _UNWRAPPED[text])
    _drop(dropped, index, start)
    if _kind(tokens, start) != "open":
        return
    stop = partner[start]
    after = _after_spaces(tokens, stop + 1)
    note = _NOTES.get(text)
    if note and _kind(tokens, after) == note:
        end = _arguments(tokens, partner, after + 1, 1)
        _drop(dropped, after, end)
        after = _after_spaces(tokens, end)
    before = index - 1
    while before >= 0 and dropped[before]:
        before -= 1
    bound = _kind(tokens, after) in ("sub", "sup") or _text(tokens, after) == "'"
    bound = bound or _kind(tokens, before) in ("sub", "sup") or _text(tokens, before) in ARGUMENTS
    if not bound or stop == start + 2:
        dropped[start] = dropped[stop] = 1


def _after_spaces(tokens: Sequence[Token], index: int) -> int:
    while _text(tokens, index) in WIDTHS and _text(tokens, index) not in ("\\quad", "\\qquad"):
        index += 1
    return index


def _scripts(tokens: list[Token]) -> list[Token]:
    """Without empty groups and empty scripts; primes as `'`; `\\presup` before a superscript on the left."""
    partner, needed = matching(tokens), set()
    for index, token in enumerate(tokens):
        place = index + 1
        for _ in range(ARGUMENTS.get(token.text, 0) if token.kind == "command" else 0):
            if _kind(tokens, place) == "open":
                needed.add(place)
                place = partner[place] + 1
    out: list[Token] = []
    index, empty = 0, False
    while index < len(tokens):
        token = tokens[index]
        if token.kind == "open" and partner[index] == index + 1 and index not in needed:
            empty, index = True, index + 2
            if out and out[-1].kind in ("sup", "sub"):
                out.pop()
            continue
        if token.kind in ("sup", "sub"):
            stop = partner[index + 1] + 1 if _kind(tokens, index + 1) == "open" else index + 2
            tokens[index + 1 : stop] = angled(tokens[index + 1 : stop])
            content = [each for each in tokens[index + 1 : stop] if each.kind not in ("open", "close")]
            if token.kind == "sup" and content and all(each.text in ("\\prime", "'") for each in content):
                out += [Token("char", "'", each.span) for each in content]
                index = stop
                continue
            if token.kind == "sup" and _is_left(out, tokens, stop, content, empty):
                out.append(Token("command", "\\presup", token.span))
            if _kind(tokens, index + 1) == "text":  # W_\\text{in}: the words of a script part no formulas
                word = tokens[index + 1]
                out += [token, Token("open", "{", word.span), word, Token("close", "}", word.span)]
                index, empty = stop, False
                continue
            if len(content) == 1 and content[0].kind == "relation":  # x_\\perp: a mark, no relation of the formula
                out += [token, replace(content[0], kind="command")]
                index, empty = stop, False
                continue
        elif token.text in ("\\prime", '"'):
            out += [Token("char", "'", token.span)] * (2 if token.text == '"' else 1)
            index, empty = index + 1, False
            continue
        out.append(token)
        index, empty = index + 1, False
    return out


def _is_left(
    out: Sequence[Token], tokens: Sequence[Token], stop: int, content: Sequence[Token], empty: bool
) -> bool:
    """Whether a superscript belongs to what follows: nothing stands before it, or `{}` and it is the French t."""
    follows = _kind(tokens, stop) in ("letter", "command", "open") or _text(tokens, stop) in ("(", "[")
    bare = not out or out[-1].kind in _NO_BASE or (out[-1].kind == "char" and out[-1].text not in _ENDINGS)
    if bare:
        return follows
    return follows and empty and [each.text for each in content] in (["t"], ["\\mathrm", "t"])


_NO_BASE = frozenset(("relation", "align", "row", "begin", "open", "sup", "sub", "text"))
_ENDINGS = frozenset((")", "]", "'", "|", "!", "*", "."))


def under_braces(tokens: Sequence[Token]) -> Iterator[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """What stands in each brace that has a note, and the note: g and \\delta of \\underbrace{g}_{\\delta}."""
    partner = matching(tokens)
    for index, token in enumerate(tokens):
        if token.text in _NOTES and _kind(tokens, index + 1) == "open":
            stop = partner[index + 1]
            if _kind(tokens, stop + 1) == _NOTES[token.text]:
                end = _arguments(tokens, partner, stop + 2, 1)
                yield clean(tokens[index + 2 : stop]), clean(tokens[stop + 2 : end])
