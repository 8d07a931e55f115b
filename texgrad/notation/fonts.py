r"""Cleaned tokens in, tokens with their arguments in braces and each font on letters alone out.

`\mathbf x` and `\bm{x}` are `\mathbf{x}`; `\mathbf{X^{-1}}` is `\mathbf{X}^{-1}`, for what a font means is the letters.
"""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.notation.raw import ARGUMENTS, FONTS, FRACTIONS, commands, matching
from texgrad.notation.tokens import Token

_UPRIGHT = frozenset(("\\mathrm", "\\mathit", "\\mathnormal", "\\mathsf", "\\mathtt"))
_LETTERS = commands(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho "
    "varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi "
    "Omega ell imath jmath varGamma varDelta varTheta varLambda varXi varPi varSigma varUpsilon varPhi varPsi varOmega "
    "digamma hbar"
)
_BREAKS = frozenset(("close", "align", "row", "end", "begin", "sup", "sub", "relation", "text"))


def braced(tokens: list[Token]) -> list[Token]:
    """Every argument of a font, an accent, a fraction or a root in braces; `x^\\frac12` as `x^{\\frac{1}{2}}`."""
    count, partner = len(tokens), matching(tokens)
    ends = list(range(1, count + 1))
    opened, closed = [0] * (count + 1), [0] * (count + 1)
    for index in range(count - 1, -1, -1):
        token = tokens[index]
        if token.kind == "open":
            ends[index] = partner[index] + 1
        elif token.kind == "command" and token.text in ARGUMENTS:
            place = index + 1
            if token.text == "\\sqrt" and place < count and tokens[place].text == "[":
                place = _bracket_end(tokens, place)
            for _ in range(ARGUMENTS[token.text]):
                if place >= count or tokens[place].kind in _BREAKS:
                    break
                if tokens[place].kind != "open":
                    opened[place] += 1
                    closed[ends[place]] += 1
                place = ends[place]
            ends[index] = place
        elif token.kind in ("sup", "sub") and index + 1 < count and tokens[index + 1].text in ARGUMENTS:
            opened[index + 1] += 1
            closed[ends[index + 1]] += 1
    if not any(opened):
        return [_spelled(token) for token in tokens]
    out: list[Token] = []
    for index, token in enumerate(tokens):
        if closed[index]:
            out += [Token("close", "}", tokens[index - 1].span)] * closed[index]
        if opened[index]:
            out += [Token("open", "{", token.span)] * opened[index]
        out.append(_spelled(token))
    out += [Token("close", "}", tokens[-1].span)] * closed[count]
    return out


def _bracket_end(tokens: Sequence[Token], index: int) -> int:
    depth = 0
    for stop in range(index, min(index + 60, len(tokens))):
        depth += (tokens[stop].kind == "open") - (tokens[stop].kind == "close")
        if depth < 0:
            break
        if tokens[stop].text == "]" and depth == 0:
            return stop + 1
    return index


def _spelled(token: Token) -> Token:
    if token.kind == "command" and token.text in ARGUMENTS:
        text = FONTS.get(token.text) or FRACTIONS.get(token.text) or token.text
        if text != token.text:
            return Token("command", text, token.span)
    return token


def spread(tokens: list[Token]) -> list[Token]:
    """Each font over letters only, `\\mathrm{d}` as `\\differential`."""
    if not any(token.text in FONTS for token in tokens):
        return tokens
    partner = matching(tokens)
    out: list[Token] = []
    run: list[Token] = []
    font: str | None = None
    # Where a font or a script ends: index of the closing brace, the font to return to, whether the brace stays.
    frames: list[tuple[int, str | None, bool]] = []

    def flush() -> None:
        if run and font is not None:
            _set(out, font, run)
            run.clear()

    index = 0
    while index < len(tokens):
        token = tokens[index]
        if frames and frames[-1][0] == index:
            flush()
            _, font, stays = frames.pop()
            if stays:
                out.append(token)
        elif token.kind == "command" and token.text in FONTS and index + 1 < len(tokens):
            flush()
            inner = _combined(font, token.text)
            if tokens[index + 1].kind != "open":
                out.append(token)
            elif (stop := partner[index + 1]) and all(map(_is_letter, tokens[index + 2 : stop])):
                _set(out, inner, tokens[index + 2 : stop], token, tokens[stop], tokens[stop + 1 : stop + 2])
                index = stop
            else:
                stays = _bound(out, tokens, stop)
                if stays:
                    out.append(tokens[index + 1])
                frames.append((stop, font, stays))
                font, index = inner, index + 1
        elif font is None:
            out.append(token)
        elif _is_letter(token):
            run.append(token)
        else:
            flush()
            out.append(token)
            if token.kind in ("sup", "sub") and index + 1 < len(tokens):
                index += 1
                out.append(tokens[index])
                if tokens[index].kind == "open":
                    frames.append((partner[index], font, True))
                    font = None
        index += 1
    return out


def _is_letter(token: Token) -> bool:
    return token.kind in ("letter", "number") or (token.kind == "command" and token.text in _LETTERS)


def _combined(outer: str | None, inner: str) -> str:
    """Bold over roman is bold; any other inner font hides the outer one."""
    return "\\mathbf" if outer == "\\mathbf" and inner in _UPRIGHT else inner


def _bound(out: Sequence[Token], tokens: Sequence[Token], stop: int) -> bool:
    """Whether a script, or a command before, takes the group as a whole."""
    after = tokens[stop + 1] if stop + 1 < len(tokens) else None
    if after is not None and (after.kind in ("sup", "sub") or after.text == "'"):
        return True
    return bool(out) and (out[-1].kind in ("sup", "sub") or out[-1].text in ARGUMENTS)


def _set(
    out: list[Token],
    font: str,
    run: Sequence[Token],
    sign: Token | None = None,
    closing: Token | None = None,
    after: Sequence[Token] = (),
) -> None:
    """Add a run of letters in a font; `sign` and `closing` are the command and the brace as they were written."""
    if not run:
        return
    first = (sign or run[0]).span
    if font == "\\mathrm" and len(run) == 1 and run[0].text == "d":
        in_index = len(out) > 1 and out[-1].kind == "open" and out[-2].kind == "sub"
        if not (in_index and after and after[0].kind == "close"):
            out.append(Token("command", "\\differential", first.to(run[0].span)))
            return
    if font == "\\mathnormal":
        out.extend(run)
        return
    out.append(Token("command", font, first))
    out.append(Token("open", "{", first))
    out.extend(run)
    out.append(Token("close", "}", (closing or run[-1]).span))
