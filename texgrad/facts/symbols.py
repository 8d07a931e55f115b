"""Math tokens in, the one symbol, size or list of sizes that they are out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.notation.grammar import parse
from texgrad.notation.names import NAMING, label
from texgrad.notation.tokens import Token
from texgrad.source import Span

Size = str | int
INDEX_LETTERS = frozenset("ijkltnmspqr") | {"\\ell"}
_SIZE_LETTERS = frozenset("mnpqr")
_NO_SIZE = frozenset(("relation", "begin", "text", "row", "align"))
_OPENERS = frozenset(("(", "[", "\\{", "\\langle"))
_CLOSERS = frozenset((")", "]", "\\}", "\\rangle"))
_DOTS = frozenset(("\\ldots", "\\cdots", "\\dots", "\\vdots", "\\ddots"))
_MARKS = frozenset(("*", "\\star", "\\dagger", "\\circ", "+", "-", "\\sharp"))
# The sign of a transpose, as compact() writes it.
TRANSPOSED = r"(?:\^\{?(?:T|\\top|\\intercal|\\math(?:rm|sf|tt|bf)\{T\}|t|\\operatorname\{T\})\}?|'|\^\{\\prime\}) ?"
# The formula's own environments; what stands in another one (a matrix, cases) stays together.
OUTER = ("align", "gather", "split", "eqnarray", "multline", "equation", "displaymath", "math", "flalign")


@dataclass(frozen=True)
class Name:
    """A symbol as a note writes it: its name, the indices it carries, the arguments it is called with."""

    name: str
    span: Span
    family: tuple[str, ...] = ()
    member: str = ""
    arguments: tuple[str, ...] = ()
    call: bool = False
    transposed: bool = False
    primed: bool = False

    @property
    def flavour(self) -> tuple[bool, bool]:
        return name_flavour(self.name)


def name_flavour(name: str) -> tuple[bool, bool]:
    """Upper case or not, bold or not: names of one flavour are of one kind."""
    letters = name.split("_")[0].split("^")[0]
    core = letters.rpartition("{")[2].rstrip("}") if "{" in letters else letters
    return core.lstrip("\\")[:1].isupper(), letters.startswith("\\mathbf")


def compact(tokens: Sequence[Token]) -> str:
    """The tokens as one string without spaces, but for a space between a command and a letter."""
    text = ""
    for token in tokens:
        word = {"sup": "^", "sub": "_", "open": "{", "close": "}", "align": "&", "row": "\\\\"}.get(
            token.kind, token.text
        )
        if text and word[:1].isalpha() and text[-1:].isalpha() and _after_command(text):
            text += " "
        text += word
    return text


def _after_command(text: str) -> bool:
    stem = text.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return stem.endswith("\\")


def levels(tokens: Sequence[Token]):
    """Each token with its depth in braces, brackets and environments (an opening one counts as inside)."""
    depth = 0
    for token in tokens:
        if (
            (token.kind == "begin" and not token.text.startswith(OUTER))
            or token.kind == "open"
            or (token.kind in ("char", "command") and token.text in _OPENERS)
        ):
            depth += 1
        yield token, depth
        if token.kind == "end" and not token.text.startswith(OUTER):
            depth -= 1
        elif token.kind == "close" or (token.kind in ("char", "command") and token.text in _CLOSERS):
            depth = max(depth - 1, 0)


def is_dots(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and all(token.text in _DOTS or token.text == "." for token in tokens)


def read(tokens: Sequence[Token]) -> Expr | None:
    """The surface expression of the tokens, or None where they make none."""
    if not tokens or tokens[-1].kind in ("sup", "sub") or tokens[-1].text == "\\presup":
        return None
    try:
        return parse(tokens)
    except NoteError:
        return None


def read_name(tokens: Sequence[Token]) -> Name | None:
    """The one symbol that the tokens are, or None."""
    if not _like_name(tokens):
        return None
    expr = read(tokens)
    if expr is None:
        return None
    return name_of(expr, tokens[0].span.to(tokens[-1].span))


def capitals(tokens: Sequence[Token]) -> tuple[Name, ...]:
    """The capital letters of a formula, each once: what "all matrices" in it are; no functions at their arguments."""
    found: dict[str, Name] = {}
    for at, token in enumerate(tokens):
        name = read_name((token,)) if token.kind in ("letter", "command") else None
        applied = at + 1 < len(tokens) and tokens[at + 1].text == "("
        scripted = at > 0 and tokens[at - 1].kind in ("sup", "sub")
        if name is not None and name.flavour[0] and not (applied or scripted):
            found.setdefault(name.name, name)
    return tuple(found.values())


def _like_name(tokens: Sequence[Token]) -> bool:
    """Whether the tokens are built like a name: one symbol, scripts, perhaps arguments. Parsing costs much more."""
    if not tokens or len(tokens) > 60 or tokens[0].kind not in ("letter", "command", "open"):
        return False
    at, size, arguments = _after_argument(tokens, 0), len(tokens), False
    while at < size and tokens[0].kind == "letter" and tokens[at].kind == "letter" and size > at + 1:
        at += 1  # a word typed letter by letter
    while at < size:
        token = tokens[at]
        if arguments:
            return False
        if token.kind in ("sup", "sub"):
            at = _after_argument(tokens, at + 1)
        elif token.text == "'" and token.kind == "char":
            at += 1
        elif token.text == "(" and token.kind == "char":
            arguments = True
            depth = 0
            while at < size:
                depth += (tokens[at].text == "(") - (tokens[at].text == ")")
                at += 1
                if depth == 0:
                    break
        else:
            return False
    return True


def _after_argument(tokens: Sequence[Token], at: int) -> int:
    """The place behind a symbol with its font or accent, or behind what stands in braces."""
    while at < len(tokens) and tokens[at].kind == "command" and at + 1 < len(tokens) and tokens[at + 1].kind == "open":
        at += 1
    if at >= len(tokens) or tokens[at].kind != "open":
        return at + 1
    depth = 0
    while at < len(tokens):
        depth += (tokens[at].kind == "open") - (tokens[at].kind == "close")
        at += 1
        if depth == 0:
            break
    return at


def name_of(expr: Expr, span: Span) -> Name | None:
    """An expression as a name: x, \\hat{y}, S_b, x_i, W^{(l)}, f(x), A^T."""
    if expr.op == "brace" and len(expr.args) == 1:
        return name_of(expr.args[0], span)
    if expr.op == "term" and len(expr.args) == 2 and expr.args[1].op == "group" and expr.args[1].name == "(":
        base = name_of(expr.args[0], span)
        if base is None or base.transposed:
            return None
        return Name(base.name, span, base.family, base.member, _arguments(expr.args[1].args[0]), True)
    if expr.op in ("symbol", "function"):
        # A bare \top is a mark, \mathbb{R} a set.
        return (
            None if expr.name in ("\\top", "\\intercal") or expr.name.startswith("\\mathbb") else Name(expr.name, span)
        )
    if expr.op == "dsign" and expr.name == "d":
        return Name("d", span)
    if expr.op == "prime":
        base = name_of(expr.args[0], span)
        return None if base is None else Name(label(expr), span, primed=True)
    reader = _SCRIPTED.get(expr.op)
    return reader(expr, span) if reader is not None else None


def _arguments(content: Expr) -> tuple[str, ...]:
    parts = content.args if content.op == "list" else (content,)
    return tuple(label(part) for part in parts if part.op not in ("empty", "mark"))


def _index(content: Expr) -> str | None:
    """The index that a script is: i, (l), l+1, ij; None for a name (b, \\max) or a number."""
    inner = content
    if inner.op == "group" and inner.name in NAMING:
        inner = inner.args[0]
    if inner.op == "sum" and inner.args:
        inner = inner.args[0]
    if inner.op == "symbol" and inner.name in INDEX_LETTERS:
        return inner.name
    return None


def _sub(expr: Expr, span: Span) -> Name | None:
    base = name_of(expr.args[0], span)
    if base is None or base.transposed or base.call:
        return None
    content = expr.args[1]
    several = content.args if content.op in ("list", "term") else (content,)
    indices = [_index(part) for part in several]
    # I_n and K_{mn} carry their size, not an index.
    sized = name_flavour(base.name)[0] and all(index in _SIZE_LETTERS for index in indices)
    if all(indices) and not sized:
        family = (*base.family, *(index for index in indices if index))
        return Name(base.name, span, family, label(expr), primed=base.primed)
    if base.family:
        return Name(base.name, span, base.family, label(expr))
    return Name(label(expr), span, primed=base.primed)


def _sup(expr: Expr, span: Span) -> Name | None:
    base = name_of(expr.args[0], span)
    if base is None or base.call:
        return None
    content = expr.args[1]
    if content.op == "symbol" and content.name in ("T", "\\top", "\\intercal", "\\mathsf{T}", "\\mathtt{T}", "t", "H"):
        return Name(base.name, span, base.family, base.member, transposed=True)
    if content.op == "mark" and content.name in ("\\top", "\\intercal"):
        return Name(base.name, span, base.family, base.member, transposed=True)
    index = _index(content)
    if index is not None:
        bracketed = content.op == "group"
        if bracketed or index in ("i", "j", "k", "l", "t", "\\ell"):
            return Name(base.name, span, (*base.family, index), label(expr))
        return None
    if content.op == "group" or (content.op == "mark" and content.name in _MARKS):
        return Name(label(expr), span)
    if content.op == "number" or content.op in ("neg", "sum", "term", "list"):
        return None
    return Name(label(expr), span) if content.op in ("symbol", "words") else None


_SCRIPTED = {"sub": _sub, "sup": _sup}


def read_size(tokens: Sequence[Token]) -> Size | None:
    """A size: n, n_l, 3, n+1, 2n; None for what is none."""
    expr = read(tokens)
    while expr is not None and expr.op in ("brace", "group") and len(expr.args) == 1:
        expr = expr.args[0]
    if expr is None or not _is_size(expr):
        return None
    if expr.op == "number":
        return int(expr.name) if expr.name.isdigit() else None
    return label(expr)


def _is_size(expr: Expr) -> bool:
    if expr.op in ("symbol", "number"):
        return not expr.name.startswith("\\mathbb")
    if expr.op == "dsign":
        return expr.name == "d"
    if expr.op == "bars":
        return True
    return expr.op in ("sub", "sup", "sum", "neg", "term", "brace", "group", "list") and all(map(_is_size, expr.args))


def read_dims(tokens: Sequence[Token]) -> tuple[Size, ...] | None:
    """Sizes with a times sign between them; one size alone is a tuple of one."""
    if len(tokens) > 30 or any(token.kind in _NO_SIZE for token in tokens):
        return None
    tokens = _times_restored(tokens)
    while len(tokens) > 2 and tokens[0].text == "(" and tokens[-1].text == ")" and _one_group(tokens):
        tokens = tokens[1:-1]
    parts: list[list[Token]] = [[]]
    for token, depth in levels(tokens):
        if (
            depth == 0
            and token.text in ("\\times", "*", "x")
            and token.kind in ("char", "command", "letter")
            and parts[-1]
        ):
            parts.append([])
        else:
            parts[-1].append(token)
    sizes = [read_size(part) for part in parts]
    if any(size is None for size in sizes) or len(sizes) > 2:
        return None
    return tuple(size for size in sizes if size is not None)


def _times_restored(tokens: Sequence[Token]) -> list[Token]:
    r"""A \times whose first letters were read as a tab, "imes", is a times sign again."""
    found = list(tokens)
    for at in range(len(found) - 3):
        if [token.text for token in found[at : at + 4]] == ["i", "m", "e", "s"]:
            found[at : at + 4] = [replace(found[at], kind="command", text="\\times")]
            break
    return found


def _one_group(tokens: Sequence[Token]) -> bool:
    return all(depth > 0 for _, depth in levels(tokens))
