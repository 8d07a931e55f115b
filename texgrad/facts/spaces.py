r"""The tokens of a set in, what its members are out: \mathbb{R}^{m\times n}, \mathbf{S}^n_{++}, \{0,1\}, GL_n."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from texgrad.facts.symbols import Size, compact, levels, read_dims, read_size
from texgrad.notation.tokens import Token


@dataclass(frozen=True)
class Space:
    """What the members of a set are: kind, sizes (none for a scalar), properties."""

    kind: str
    dims: tuple[Size, ...] = ()
    properties: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Parts:
    """A set taken apart: its letter (with font), what is above and below it, what follows in parentheses."""

    base: str
    above: tuple[Token, ...] = ()
    below: tuple[Token, ...] = ()
    group: tuple[Token, ...] | None = None


def shaped(dims: tuple[Size, ...], properties: frozenset[str] = frozenset()) -> Space | None:
    """The kind that goes with sizes: n x 1 is a column, 1 x n a row, 1 x 1 a scalar."""
    if len(dims) == 2 and dims[1] == 1:
        dims = () if dims[0] == 1 else dims[:1]
    elif len(dims) == 2 and dims[0] == 1:
        return Space("row", dims[1:], properties)
    if dims == (1,):
        dims = ()
    kind = {0: "scalar", 1: "vector", 2: "matrix"}.get(len(dims))
    if kind == "matrix" and dims[0] == dims[1]:
        properties |= {"square"}
    return Space(kind, dims, properties) if kind else None


def read_space(tokens: Sequence[Token]) -> Space | None:
    """The set that the tokens are, or None."""
    tokens = tuple(tokens)
    # A size of its own behind the set, and words on the member, are no part of the set.
    while tokens and tokens[-1].text in (".", "\\quad"):
        tokens = tokens[:-1]
    text = compact(tokens)
    for pattern, space in _WRITTEN:
        if pattern.fullmatch(text):
            return space
    parts = _apart(tokens)
    if parts is None:
        return None
    for pattern, reader in _FAMILIES:
        if pattern.fullmatch(parts.base):
            return reader(parts)
    return None


def of_small(space: Space) -> Space:
    r"""The set that a small letter is in where capitals are symmetric matrices: u \in S^{n-1} lies on a sphere."""
    if space.kind != "matrix" or space.properties != frozenset(("symmetric", "square")):
        return space
    size = space.dims[0]
    if isinstance(size, int):
        return Space("vector", (size + 1,), frozenset(("unit",)))
    return Space("vector", (size[:-2] if size.endswith("-1") else f"{size}+1",), frozenset(("unit",)))


def read_product(tokens: Sequence[Token]) -> tuple[Space, ...] | None:
    r"""The factors of a product of sets: \mathbb{R}^n \times \mathbb{R}^m."""
    factors: list[list[Token]] = [[]]
    for token, depth in levels(tokens):
        if depth == 0 and token.text == "\\times":
            factors.append([])
        else:
            factors[-1].append(token)
    spaces = [read_space(factor) for factor in factors]
    return tuple(space for space in spaces if space is not None) if all(spaces) else None


def _apart(tokens: Sequence[Token]) -> _Parts | None:
    """Base, scripts, parentheses; None where anything else is left."""
    base, at = _base(tokens)
    if not base:
        return None
    parts = _Parts(base)
    while at < len(tokens):
        token = tokens[at]
        if token.kind in ("sup", "sub"):
            content, at = _argument(tokens, at + 1)
            name = "above" if token.kind == "sup" else "below"
            if getattr(parts, name):
                return None
            parts = replace(parts, **{name: content})
        elif token.text in ("(", "[") and parts.group is None:
            close = {"(": ")", "[": "]"}[token.text]
            stop = next((k for k in range(at + 1, len(tokens)) if tokens[k].text == close), None)
            if stop is None:
                return None
            parts, at = replace(parts, group=tuple(tokens[at + 1 : stop])), stop + 1
        else:
            return None
    return parts


def _base(tokens: Sequence[Token]) -> tuple[str, int]:
    if not tokens:
        return "", 0
    first = tokens[0]
    if first.kind == "command" and len(tokens) > 3 and tokens[1].kind == "open":
        content, at = _argument(tokens, 1)
        return f"{first.text}{{{compact(content)}}}", at
    if first.kind == "letter":
        at = 1
        while at < len(tokens) and tokens[at].kind == "letter":
            at += 1
        return "".join(token.text for token in tokens[:at]), at
    return (first.text, 1) if first.kind == "command" else ("", 0)


def _argument(tokens: Sequence[Token], at: int) -> tuple[tuple[Token, ...], int]:
    if at >= len(tokens):
        return (), at
    if tokens[at].kind != "open":
        return (tokens[at],), at + 1
    depth = 0
    for stop in range(at, len(tokens)):
        depth += (tokens[stop].kind == "open") - (tokens[stop].kind == "close")
        if depth == 0:
            return tuple(tokens[at + 1 : stop]), stop + 1
    return tuple(tokens[at + 1 :]), len(tokens)


_SIGNS = {
    "+": "nonnegative",
    "++": "positive",
    ">0": "positive",
    "\\ge0": "nonnegative",
    "{>0}": "positive",
    "*": "",
    "-": "",
    "<0": "",
    "\\ne0": "nonzero",
    "0+": "nonnegative",
}


def _sign(tokens: Sequence[Token]) -> frozenset[str] | None:
    text = compact(tokens)
    if not text:
        return frozenset()
    found = _SIGNS.get(text)
    return None if found is None else frozenset((found,) if found else ())


def _numbers(*properties: str) -> Callable[[_Parts], Space | None]:
    r"""R^n, R^{m\times n}, R_+, R^n_{>0}, R_*."""

    def read(parts: _Parts) -> Space | None:
        above, below, more = parts.above, parts.below, frozenset(properties)
        if parts.group is not None:
            return None
        signs = _sign(below)
        if signs is None:
            return None
        upper = _sign(above)
        if above and upper is not None:
            return Space("scalar", (), more | signs | upper)
        above, plus = _without_sign(above)
        dims = read_dims(above) if above else ()
        return shaped(dims, more | signs | plus) if dims is not None else None

    return read


def _without_sign(above: tuple[Token, ...]) -> tuple[tuple[Token, ...], frozenset[str]]:
    """R^{n}_+ is also written R^{n+}."""
    if len(above) > 1 and above[-1].text == "+":
        return above[:-1], frozenset(("nonnegative",))
    return above, frozenset()


def _square(*properties: str) -> Callable[[_Parts], Space | None]:
    """S^n, S^n_{++}, S_n^+, Sym(n), GL_n(R), O(n), SO(3): one size, as a script or in parentheses."""

    def read(parts: _Parts) -> Space | None:
        more, size = set(properties), None
        for script in (parts.above, parts.below, parts.group or ()):
            mark = compact(script)
            if mark in _CONES:
                more.add(_CONES[mark])
                continue
            inner = [token for token in script if token.text != ","]
            if script and not _field(script):
                text_size = read_size(inner[: _first_comma(script)])
                size = text_size if text_size is not None else size
        if size is None:
            return None
        return Space("matrix", (size, size), frozenset(more) | {"square"})

    return read


_CONES = {
    "+": "positive-semidefinite",
    "++": "positive-definite",
    "+0": "positive-semidefinite",
    "{++}": "positive-definite",
    "\\ge0": "positive-semidefinite",
    ">0": "positive-definite",
    "\\succ0": "positive-definite",
    "\\succeq0": "positive-semidefinite",
}


def _first_comma(tokens: Sequence[Token]) -> int:
    return next((at for at, token in enumerate(tokens) if token.text == ","), len(tokens))


def _field(tokens: Sequence[Token]) -> bool:
    return re.fullmatch(r"\\math(?:bb|bf)\{[RCK]\}|\\Re|[RC]", compact(tokens)) is not None


def _matrices(parts: _Parts) -> Space | None:
    r"""\mathcal M_{m,n}(\mathbb R), M_n(R), \mathcal{M}_{m\times n}, M(n, R)."""
    for script in (parts.below, parts.above, parts.group or ()):
        if not script or _field(script):
            continue
        pieces: list[list[Token]] = [[]]
        for token, depth in levels(script):
            if depth == 0 and token.text in (",", ";"):
                pieces.append([])
            else:
                pieces[-1].append(token)
        pieces = [piece for piece in pieces if not _field(piece)]
        dims: list[Size] = [size for piece in pieces for size in (read_dims(piece) or ())]
        if len(dims) == 1:
            dims *= 2
        # M_n needs the field or the calligraphic letter: M_n alone may be a matrix with an index.
        if len(dims) == 2 and (parts.group is not None or parts.base.startswith("\\") or len(pieces) == 2):
            return shaped((dims[0], dims[1]))
        return None
    return None


def _simplex(parts: _Parts) -> Space | None:
    r"""\Delta^{n-1}, \Delta_n: the probability vectors with n entries."""
    above, below = compact(parts.above), compact(parts.below)
    size = above[:-2] if above.endswith("-1") else above or below
    if parts.group is not None or (above and below):
        return None
    return Space("vector", (int(size) if size.isdigit() else size,) if size else (), frozenset(("probability",)))


def _sphere(parts: _Parts) -> Space | None:
    r"""\mathbb{S}^{n-1}: the unit vectors with n entries; \mathbb{S}^n: the symmetric matrices."""
    above = compact(parts.above)
    if above.endswith("-1") and not parts.below:
        size = above[:-2]
        return Space("vector", (int(size) if size.isdigit() else size,), frozenset(("unit",)))
    return _square("symmetric")(parts)


def _stiefel(parts: _Parts) -> Space | None:
    r"""\mathrm{St}(n,k), \mathcal{V}_k(\mathbb{R}^n): orthonormal columns."""
    found = _matrices(parts)
    return replace(found, properties=found.properties | {"orthonormal-columns"}) if found else None


_FAMILIES: tuple[tuple[re.Pattern[str], Callable[[_Parts], Space | None]], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"\\math(?:bb|bf|ds|rm|bbm|sf|scr)\{R\}|\\Re|R|\\real|\\reals", _numbers()),
        (r"\\math(?:bb|bf|ds|bbm)\{[CK]\}|\\cnums", _numbers("complex")),
        (r"\\math(?:bb|bf|ds|bbm)\{Z\}|Z", _numbers("integer")),
        (r"\\math(?:bb|bf|ds|bbm)\{N\}", _numbers("integer", "nonnegative")),
        (r"\\math(?:bb|bf|ds|bbm)\{Q\}", _numbers()),
        (r"\\mathbb\{S\}", _sphere),
        (r"\\math(?:bf|cal|rm|scr|sf)\{S\}|S|\\mathrm\{Sym\}|Sym|\\operatorname\{Sym\}", _square("symmetric")),
        (r"\\math(?:rm|bf|cal)\{GL\}|GL|\\operatorname\{GL\}|\\mathcal\{GL\}", _square("invertible")),
        (r"\\math(?:rm|bf|cal|bb)\{S?O\}|S?O|\\operatorname\{S?O\}", _square("orthogonal", "invertible")),
        (r"\\math(?:rm|bf|cal)\{Skew\}|\\mathfrak\{so\}", _square("skew-symmetric")),
        (r"\\math(?:cal|rm|bb|bf|sf|scr)\{M(?:at)?\}|M|Mat|\\operatorname\{Mat\}", _matrices),
        (r"\\math(?:rm|cal)\{St\}|St|\\operatorname\{St\}", _stiefel),
        (r"\\Delta|\\mathbf\{\\Delta\}", _simplex),
    )
)

_UNIT = Space("scalar", (), frozenset(("unit-interval", "positive")))
_WRITTEN: tuple[tuple[re.Pattern[str], Space], ...] = tuple(
    (re.compile(pattern), space)
    for pattern, space in (
        (r"\\\{0,1\\\}|\\\{1,0\\\}", Space("scalar", (), frozenset(("binary", "integer")))),
        (
            r"\\\{-1,\+?1\\\}|\\\{\+?1,-1\\\}|"
            r"\\\{\\pm1\\\}",
            Space("scalar", (), frozenset(("sign", "integer", "nonzero"))),
        ),
        (r"\(0,1[\])]|[\[\]]0,1\[", _UNIT),
        (r"\[0,1[\])]", Space("scalar", (), frozenset(("unit-interval", "nonnegative")))),
        (r"[\](]0,(?:\+?\\infty)[\[)]", Space("scalar", (), frozenset(("positive",)))),
        (r"\[0,(?:\+?\\infty)[\[)]", Space("scalar", (), frozenset(("nonnegative",)))),
        (r"\(-\\infty,(?:\+?\\infty)\)", Space("scalar")),
    )
)

_POWER = re.compile(r"(\\\{0,1\\\}|\\\{-1,\+?1\\\}|\[0,1\]|\(0,1\))\^\{?([^{}]+)\}?")


def read_power(tokens: Sequence[Token]) -> Space | None:
    r"""\{0,1\}^n, [0,1]^{m\times n}: vectors and matrices with entries in a set of numbers."""
    if not tokens or _POWER.fullmatch(compact(tokens)) is None:
        return None
    at = next(k for k in range(len(tokens) - 1, -1, -1) if tokens[k].kind == "sup")
    content, _ = _argument(tokens, at + 1)
    dims, entry = read_dims(content), read_space(tokens[:at])
    return shaped(dims, entry.properties - {"integer"}) if dims and entry else None
