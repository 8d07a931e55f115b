r"""Expanded tokens in, the same in one spelling out: numbers, relations, operator names, words, rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from texgrad.notation.raw import ARGUMENTS, TEXT_COMMANDS, Raw, commands, matching
from texgrad.notation.relations import DEFINES, DEMANDS, DOTTED, EXTENSIBLE, NEGATED, PAIRS, RELATIONS, STACKED

_ROWS = frozenset(("\\cr", "\\crcr", "\\newline", "\\tabularnewline"))
_DIMENSION = re.compile(r"-?[0-9.]*(pt|em|ex|cm|mm|in|mu|bp|sp|pc|\\[a-z]+)")
_OPERATORS = frozenset(("\\operatorname", "\\operatornamewithlimits", "\\operatornames"))
_SPACES = frozenset(("\\,", "\\;", "\\:", "\\!", "\\>", "\\ ", "\\quad", "\\nolimits", "\\limits", "\\thinspace"))


def normalise(raws: Sequence[Raw], partner: Sequence[int]) -> list[Raw]:
    """The tokens with one spelling for what is the same on paper; `partner` tells the brace that belongs to each."""
    out: list[Raw] = []
    # Where TeX takes arguments token by token a digit stands alone: how many such arguments are open, by brace level.
    expected: list[int] = []
    index = 0
    while index < len(raws):
        raw = raws[index]
        rule = _RULES.get(raw.kind) if raw.kind != "command" else _COMMAND_RULES.get(raw.text)
        if rule is not None and raw.kind == "number":
            following = _number(raws, index, out, bool(expected) and expected[-1] > 0)
        elif rule is not None:
            following = rule(raws, partner, index, out)
        else:
            out.append(raw)
            following = index + 1
        _expect(raws, index, following, expected)
        index = following
    return out


def _expect(raws: Sequence[Raw], start: int, stop: int, expected: list[int]) -> None:
    """Count the arguments that TeX still waits for after the tokens from start to stop."""
    raw = raws[start]
    if raw.kind == "open" and stop == start + 1:
        expected.append(0)
        return
    if raw.kind == "close":
        while expected and expected.pop() != 0:
            pass
    if expected and expected[-1] > 0 and raw.kind not in ("sup", "sub"):
        expected[-1] -= 1
        if expected[-1] == 0:
            expected.pop()
    wanted = 1 if raw.kind in ("sup", "sub") else ARGUMENTS.get(raw.text, 0) if stop == start + 1 else 0
    if wanted:
        expected.append(wanted)


def _number(raws: Sequence[Raw], index: int, out: list[Raw], alone: bool) -> int:
    first, stop = raws[index], index + 1
    if not alone:
        stop = _digits(raws, stop)
        if stop + 1 < len(raws) and raws[stop].text == "." and _joined(raws, stop) and _digit(raws, stop + 1):
            stop = _digits(raws, stop + 1)
        elif [raw.text for raw in raws[stop : stop + 3]] == ["{", ",", "}"] and _digit(raws, stop + 3):
            stop = _digits(raws, stop + 3)  # 3{,}14
    text = "".join(raw.text for raw in raws[index:stop]).replace("{,}", ".")
    out.append(first._replace(text=text, end=max(first.end, raws[stop - 1].end)))
    return stop


def _digits(raws: Sequence[Raw], index: int) -> int:
    while _digit(raws, index):
        index += 1
    return index


def _digit(raws: Sequence[Raw], index: int) -> bool:
    return index < len(raws) and raws[index].kind == "number" and _joined(raws, index)


def _joined(raws: Sequence[Raw], index: int) -> bool:
    return not raws[index].space


def _pair(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    """`:=`, `==`, `=>`, `->` and a decimal point without a digit before it."""
    raw = raws[index]
    if raw.text == "\\colon":
        raw = raw._replace(kind="char", text=":")
    if index + 1 < len(raws):
        after = raws[index + 1]
        joined = PAIRS.get((raw.text, after.text)) if after.kind in ("char", "relation") else None
        if joined and (not after.space or joined in (":=", "=")):
            out.append(raw._replace(kind="relation", text=joined, end=max(raw.end, after.end)))
            return index + 2
        if raw.text == "." and after.text in DOTTED and not after.space:
            out.append(raw._replace(kind="command", text=DOTTED[after.text], end=max(raw.end, after.end)))
            return index + 2
        decimal = raw.text == "." and after.kind == "number" and not after.space
        if decimal and (raw.space or not out or out[-1].kind not in ("letter", "number", "close", "text")):
            stop = _digits(raws, index + 1)
            text = "0." + "".join(each.text for each in raws[index + 1 : stop])
            out.append(raw._replace(kind="number", text=text, end=max(raw.end, raws[stop - 1].end)))
            return stop
    out.append(raw)
    return index + 1


def _relation(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    out.append(raws[index]._replace(kind="relation", text=RELATIONS[raws[index].text]))
    return index + 1


def _argument(raws: Sequence[Raw], partner: Sequence[int], index: int) -> tuple[Sequence[Raw], int]:
    """The tokens of an argument without its braces and the index after it."""
    if index >= len(raws) or raws[index].kind == "close":
        return (), index
    if raws[index].kind == "open":
        return raws[index + 1 : partner[index]], partner[index] + 1
    return raws[index : index + 1], index + 1


def _option(raws: Sequence[Raw], index: int) -> int:
    """The index after an optional `[..]`."""
    if index < len(raws) and raws[index].text == "[":
        level = 0
        for stop in range(index, min(index + 200, len(raws))):
            level += (raws[stop].kind == "open") - (raws[stop].kind == "close")
            if level < 0:
                break
            if raws[stop].text == "]" and level == 0:
                return stop + 1
    return index


def _covering(first: Raw, raws: Sequence[Raw], stop: int, kind: str, text: str) -> Raw:
    return first._replace(kind=kind, text=text, end=max(first.end, raws[stop - 1].end))


def _extensible(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    _, stop = _argument(raws, partner, _option(raws, index + 1))
    out.append(_covering(raws[index], raws, stop, "relation", EXTENSIBLE[raws[index].text]))
    return stop


def _negated(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    content, stop = _argument(raws, partner, index + 1)
    base = _single_relation(content)
    if base is None:
        out.append(raws[index])
        return index + 1
    out.append(_covering(raws[index], raws, stop, "relation", NEGATED.get(base, "\\not" + base)))
    return stop


def _single_relation(content: Sequence[Raw]) -> str | None:
    """The relation that a group holds, where it holds nothing else."""
    if not content or len(content) > 6:
        return None
    plain = [raw for raw in normalise(content, matching(content)) if raw.kind not in ("open", "close")]
    return plain[0].text if len(plain) == 1 and plain[0].kind == "relation" else None


def _stacked(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    """`\\overset{def}{=}` is `:=`, `\\overset{!}{=}` a condition; any other note on a relation says nothing."""
    note, middle = _argument(raws, partner, index + 1)
    content, stop = _argument(raws, partner, middle)
    base = _single_relation(content)
    if base is None:
        out.append(raws[index])
        return index + 1
    words = "".join(raw.text.lstrip("\\") for raw in note if raw.kind in ("letter", "char", "text", "command"))
    words = re.sub(r"math(rm|sf|bf|it)|operatorname|small|tiny|script(style)?|\s|rm(?=def)", "", words)
    if base == "=" and DEFINES.fullmatch(words):
        base = ":="
    elif base == "=" and DEMANDS.fullmatch(words):
        base = "!=!"
    out.append(_covering(raws[index], raws, stop, "relation", base))
    return stop


def _built(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    """`\\buildrel note \\over =` is the old spelling of `\\stackrel{note}{=}`."""
    for over in range(index + 1, min(index + 20, len(raws))):
        if raws[over].text == "\\over":
            note = "".join(raw.text for raw in raws[index + 1 : over] if raw.kind == "letter")
            content, stop = _argument(raws, partner, over + 1)
            base = _single_relation(content)
            if base is None:
                break
            if base == "=" and DEFINES.fullmatch(note):
                base = ":="
            out.append(_covering(raws[index], raws, stop, "relation", base))
            return stop
    out.append(raws[index])
    return index + 1


def _mathrel(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    """`\\mathrel{\\mathop:}=` is `:=`; otherwise the argument alone stays."""
    content, stop = _argument(raws, partner, index + 1)
    colon = [raw.text for raw in content if raw.kind not in ("open", "close")] in ([":"], ["\\mathop", ":"])
    if colon and stop < len(raws) and raws[stop].text == "=":
        out.append(_covering(raws[index], raws, stop + 1, "relation", ":="))
        return stop + 1
    base = _single_relation(content)
    if base is None:
        out.append(raws[index])
        return index + 1
    out.append(_covering(raws[index], raws, stop, "relation", base))
    return stop


def _name_of(content: Sequence[Raw]) -> str | None:
    """The letters of an operator's name, set in whatever upright font; None where it is no plain name."""
    letters = ""
    for raw in content:
        if raw.kind in ("letter", "number") or (raw.kind == "char" and raw.text in "-*'"):
            letters += raw.text
        elif raw.kind == "text":
            letters += raw.text.replace(" ", "")
        elif raw.kind == "command" and raw.text in ("\\arg", "\\min", "\\max", "\\log", "\\det"):
            letters += raw.text[1:]
        elif raw.kind not in ("open", "close") and raw.text not in _UPRIGHT and raw.text not in _SPACES:
            return None
    return letters or None


_UPRIGHT = commands("mathrm rm mathbf bf mathsf sf mathit it mathtt boldsymbol bm") | TEXT_COMMANDS


def _operator(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    start = index + 1
    if start < len(raws) and raws[start].text == "*":
        start += 1
    content, stop = _argument(raws, partner, start)
    name = _name_of(content)
    if name is None:
        return start  # no plain name (\operatorname{\mathbb{E}}): what stands in it is read as it is
    text = "\\differential" if name == "d" else f"\\operatorname{{{name}}}"
    out.append(_covering(raws[index], raws, stop, "command", text))
    return stop


def _mathop(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    content, stop = _argument(raws, partner, index + 1)
    name = _name_of(content)
    if name is None or len(name) < 2:
        out.append(raws[index])
        return index + 1
    out.append(_covering(raws[index], raws, stop, "command", f"\\operatorname{{{name}}}"))
    return stop


_BETWEEN = frozenset("if else otherwise for when where and or with then falls sonst sinon si pour für wenn".split())


def _roman(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    """`\\mathrm{if and only if}` is words; without a space it stays a name in roman letters."""
    content, stop = _argument(raws, partner, index + 1)
    if _spaced(content) in _BETWEEN:
        out.append(_covering(raws[index], raws, stop, "text", _spaced(content)))
        return stop
    if not any(raw.space for raw in content[1:]) or any(raw.kind not in ("letter", "char") for raw in content):
        out.append(raws[index])
        return index + 1
    words = _spaced(content)
    if words.replace(" ", "") in ("argmin", "argmax"):
        out.append(_covering(raws[index], raws, stop, "command", f"\\operatorname{{{words.replace(' ', '')}}}"))
    elif all(len(word) > 1 or not word.isalpha() for word in words.split()):
        out.append(_covering(raws[index], raws, stop, "text", words))
    else:
        out.append(raws[index])
        return index + 1
    return stop


def _spaced(content: Sequence[Raw]) -> str:
    letters = [raw for raw in content if raw.kind not in ("open", "close") and raw.text != "$"]
    return "".join(" " * raw.space + raw.text for raw in letters).strip()


def _words(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    """A text command that came out of a macro, its argument already put in."""
    content, stop = _argument(raws, partner, index + 1)
    words = _spaced(content)
    first = raws[index]
    if len(words) == 1 and words.isalpha():
        covering = _covering(first, raws, stop, "command", "\\mathrm")
        for kind, part in (("command", "\\mathrm"), ("open", "{"), ("letter", words), ("close", "}")):
            out.append(covering._replace(kind=kind, text=part))
    elif words:
        out.append(_covering(first, raws, stop, "text", words))
    return stop


def _switch(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    """The old `{\\bf x}` is `\\mathbf{x}`; without a group of its own it holds for the letters that follow."""
    font = raws[index]._replace(text=_SWITCHES[raws[index].text])
    stop = index + 1
    if index > 0 and raws[index - 1].kind == "open" and out and out[-1].kind == "open":
        out[-1:] = [font._replace(start=out[-1].start), out[-1]]
        return stop
    while stop < len(raws) and raws[stop].kind == "letter" and (stop == index + 1 or not raws[stop].space):
        stop += 1
    out.append(font)
    if stop > index + 1:
        covered = raws[index + 1 : stop]
        out += [covered[0]._replace(kind="open", text="{"), *covered, covered[-1]._replace(kind="close", text="}")]
    return stop


_SWITCHES = {"\\bf": "\\mathbf", "\\rm": "\\mathrm", "\\it": "\\mathit", "\\sf": "\\mathsf", "\\tt": "\\mathtt",
             "\\cal": "\\mathcal", "\\bfseries": "\\mathbf"}  # fmt: skip


def _row(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    """A row end without its star and its extra height."""
    stop = index + 1
    if stop < len(raws) and raws[stop].text == "*" and not raws[stop].space:
        stop += 1
    after = _option(raws, stop)
    if after > stop and _DIMENSION.fullmatch("".join(raw.text for raw in raws[stop + 1 : after - 1])):
        stop = after
    out.append(_covering(raws[index], raws, stop, "row", "\\\\"))
    return stop


def _boundary(raws: Sequence[Raw], partner: Sequence[int], index: int, out: list[Raw]) -> int:
    """Environments without their star; the small and the display forms are the same environment."""
    name = raws[index].text.rstrip("*")
    out.append(raws[index]._replace(text=_ENVIRONMENTS.get(name, name)))
    return index + 1


_ENVIRONMENTS = {"smallmatrix": "matrix", "psmallmatrix": "pmatrix", "bsmallmatrix": "bmatrix", "dcases": "cases",
                 "vsmallmatrix": "vmatrix", "Vsmallmatrix": "Vmatrix", "darray": "array"}  # fmt: skip

Rule = Callable[[Sequence[Raw], Sequence[int], int, list[Raw]], int]
_RULES: dict[str, Callable] = {
    "number": _number,
    "char": _pair,
    "relation": _pair,
    "row": _row,
    "begin": _boundary,
    "end": _boundary,
}
_COMMAND_RULES: dict[str, Rule] = {
    **dict.fromkeys(RELATIONS, _relation),
    **dict.fromkeys(EXTENSIBLE, _extensible),
    **dict.fromkeys(STACKED, _stacked),
    **dict.fromkeys(_OPERATORS, _operator),
    **dict.fromkeys(TEXT_COMMANDS, _words),
    **dict.fromkeys(_ROWS, _row),
    **dict.fromkeys(_SWITCHES, _switch),
    "\\colon": _pair,
    "\\not": _negated,
    "\\buildrel": _built,
    "\\mathrel": _mathrel,
    "\\mathop": _mathop,
    "\\mathrm": _roman,
}
