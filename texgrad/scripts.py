"""A base with its sub- and superscripts in, what they mean out: a name, an entry, a power, a transpose, a norm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from texgrad.errors import NeedsContext, Unsupported
from texgrad.expr import Expr, number
from texgrad.notation.names import NAMING, label
from texgrad.ops import INFIX

if TYPE_CHECKING:
    from texgrad.resolve import Resolver

COUNTING = frozenset("i j k l m n p q t".split())  # e^k may be the k-th e
TRANSPOSES = frozenset(
    ("\\top", "\\intercal", "T", "\\mathsf{T}", "\\mathsf{t}", "\\mathbf{T}", "\\mathcal{T}", "\\mathtt{T}", "\\bot",
     "\\operatorname{T}", "\\mathfrak{T}", "\\mathscr{T}", "\\operatorname{top}", "\\mathbf{\\top}", "\\mathsf{\\top}",
     "\\operatorname{tr}", "\\perp")
)  # fmt: skip
HORIZON = "T"  # also the last step: \gamma^T
ADJOINTS = frozenset(("H", "\\dagger", "\\dag", "\\mathsf{H}", "\\mathbf{H}", "\\operatorname{H}", "\\ddagger"))
MEANINGS = {"transpose": "transpose", "conjugate-transpose": "adjoint", "conjugate": "conjugate",
            "pseudo-inverse": "pinv", "inverse": "inverse"}  # fmt: skip
STARS = frozenset(("*", "\\ast", "\\star", "\\circ", "\\bullet", "\\sharp", "\\infty", "\\perp"))
LINEAR = frozenset(("symbol", "member", "entry", "number", "sum", "neg", "product"))
NORMS = {
    "1": "norm_one",
    "\\infty": "norm_infinity",
    "*": "norm_nuclear",
    "\\ast": "norm_nuclear",
}
FROBENIUS = frozenset(
    "F 2 2,2 \\operatorname{F} \\mathsf{F} \\mathcal{F} \\mathbf{F} \\operatorname{Fro} \\operatorname{fro} Fro fro E "
    "HS \\ell_{2} L_{2} L^{2} Frob".split()
)


def resolve_scripts(r: Resolver, base: Expr | None, chain: Sequence[Expr]) -> Expr:
    """`base` already resolved, or None where chain[0] is the surface base; the scripts, innermost first."""
    if base is not None:
        return _apply(r, base, _script_parts(chain))
    head, scripts = chain[0], chain[1:]
    if head.op == "symbol":
        return _named(r, head, scripts)
    parts = _script_parts(scripts)
    if head.op == "number" and head.name in ("0", "1") and scripts and scripts[0].op == "sub":
        sized = Expr("ones" if head.name == "1" else "zeros", (r(scripts[0].args[1]),), span=head.span)
        return _apply(r, sized if head.name == "1" else replace(sized, args=()), parts[1:])
    if head.op == "number" and head.name in ("0", "1") and parts and _transposes(r, parts[0][1]):
        return _apply(r, Expr("ones" if head.name == "1" else "zeros", (), span=head.span), parts)
    if head.op == "bars" and head.name == "\\|":
        return _norm(r, head, scripts)
    if head.op == "function":
        raise Unsupported(f"{head.name} without an argument", head.span)
    if head.op == "group" and head.name == "\\langle" and parts and parts[0][0] == "sub":
        return _apply(r, _inner(r, head, parts[0][1]), parts[1:])
    if head.op == "group" and head.name == "(" and head.args[0].op == "list" and parts and _transposes(r, parts[0][1]):
        from texgrad.surface import sequence

        return _apply(r, sequence(r, head.args[0]), parts[1:])  # (a, b)^T is a column, as (a, b) alone is taken for
    return _apply(r, r(head), parts)


def _transposes(r: Resolver, part: Expr) -> bool:
    """Whether a superscript (or a prime, where that transposes) is a transpose."""
    if part.op == "prime":
        return part.name == "1" and r.scope.usage.primes_transpose
    text = label(part)
    return text in TRANSPOSES or (text in ("t", "\\operatorname{t}") and r.scope.small_t_transposes())


def _script_parts(scripts: Sequence[Expr]) -> list[tuple[str, Expr]]:
    parts: list[tuple[str, Expr]] = []
    for script in scripts:
        if script.op in ("sup", "presup"):
            parts.extend(("sup", part) for part in split_script(script.args[1]))
        elif script.op == "sub":
            parts.append(("sub", script.args[1]))
        else:
            parts.append((script.op, script))
    return parts


def split_script(content: Expr) -> list[Expr]:
    """[l]T is the layer l and a transpose; (i)T, [l](i), *T likewise."""
    if content.op == "prime":
        return [*split_script(content.args[0]), Expr("mark", (), "'" * int(content.name), content.span)]
    if content.op == "term" and content.args[0].op in ("group", "mark") and content.args[0].name in {*NAMING, "*"}:
        return [part for item in content.args for part in (split_script(item) if item.op == "prime" else [item])]
    if content.op == "term" and len(content.args) == 2 and {"+", "\\dagger"} & {item.name for item in content.args}:
        return list(content.args)
    if content.op == "neg" and content.args[0].op in ("term",):
        return [content]
    return [content]


# -- symbols -----------------------------------------------------------------------------------------------------------


def _is_derivative(r: Resolver, name: str, index: str) -> bool:
    """K_k where the note says that K_j and K_{jk} are short for derivatives of K."""
    said = [value.removeprefix(f"{name}_") for value in r.scope.all_conventions("derivatives")
            if value.startswith(f"{name}_")]  # fmt: skip
    return len(index) in map(len, said) and set(index) <= set("".join(said))


def _named(r: Resolver, head: Expr, scripts: Sequence[Expr]) -> Expr:
    name, members, rest, subs = head.name, [], [], []
    span = scripts[-1].span if scripts else head.span
    for kind, part in _script_parts(scripts):
        if kind == "sub":
            subs.append(part)
        elif kind == "sup" and r.scope.is_naming(name, part):
            text = label(part)
            index = _sample_index(r, name, part)
            if index is not None:
                members.append(index)
            else:
                name = f"{name}^{{{text}}}"
        else:
            rest.append((kind, part))
    expr: Expr | None = None
    if members:
        name = r.scope.of_bold(name, label(members[0]), bool(subs)) or name
    if len(members) == 1 and not subs and r.scope.holds_sample(name, label(members[0])):
        expr = Expr("entry", (Expr("symbol", (), name, span), r(members[0])), span=span)
    elif members:
        expr = Expr("member", tuple(map(r, members)), name, span)
    for sub in subs:
        if expr is None:
            whole = f"{name}_{{{label(sub)}}}"
            if _is_derivative(r, name, label(sub)):
                raise NeedsContext(f"{whole} is a derivative", span)
            if (r.scope.known(whole) and r.scope.definition(whole) is None) or r.scope.constant(whole):
                name = whole
                continue
            expr = _subscripted(r, name, sub, span)
            if expr.op == "symbol":
                name, expr = expr.name, None
        else:
            expr = _pick(r, expr, sub, span)
    if expr is None:
        expr = r(Expr("symbol", (), name, span if scripts else head.span))
    return _apply(r, expr, rest)


def _sample_index(r: Resolver, name: str, part: Expr) -> Expr | None:
    """The i of x^{(i)}, where the note has x^{(i)} as the members of a sample."""
    if part.op == "group" and part.args[0].op in ("symbol", "number") and r.scope.is_sample(name, label(part.args[0])):
        return part.args[0]
    return None


def index_parts(sub: Expr) -> list[Expr]:
    """The indices of a subscript: ij, i,j, 12, i+1 j ..."""
    if sub.op == "list":
        return [part for item in sub.args for part in index_parts(item)]
    if sub.op == "term":
        return [part for part in sub.args if part.name != "\\times"]
    if sub.op == "brace":
        return index_parts(sub.args[0])
    if sub.op == "group" and sub.name == "(":
        return index_parts(sub.args[0])
    if sub.op == "number" and len(sub.name) == 2 and sub.name.isdigit():
        return [number(digit, sub.span) for digit in sub.name]
    return [sub]


def _subscripted(r: Resolver, name: str, sub: Expr, span) -> Expr:
    parts = index_parts(sub)
    numbered = r.scope.symbol(name).kind == "matrix" or r.scope.names_entries(name)
    if sub.op == "number" and not (numbered and len(parts) == 2):
        parts = [sub]
    if len(parts) == 2 and (matrix := r.scope.cofactors_of(name)) is not None:
        whole = r(Expr("symbol", (), matrix, span))
        return Expr("entry", (Expr("cofactor", (whole,), span=span), *map(r, parts)), span=span)
    mode, base = r.scope.subscript(name, [label(part) for part in parts])
    if mode == "name":
        return Expr("symbol", (), f"{name}_{{{label(sub)}}}", span)
    if mode == "function":
        return Expr("symbol", (), name, span)
    if mode == "size":
        base = "ones_matrix" if base == "ones" and len(parts) > 1 else base
        return Expr(base, tuple(map(r, parts)), span=span)
    if mode in ("delta", "unit_vector", "single_entry"):
        return Expr(mode, tuple(map(r, parts)), span=span)
    if mode == "member":
        return Expr("member", tuple(map(r, parts)), base, span)
    if mode == "member-entry":
        member = Expr("member", (r(parts[0]),), base, span)
        return Expr("entry", (member, r(parts[1])), span=span)
    if mode == "step-entry":
        return Expr("entry", (Expr("symbol", (), base, span), r(parts[1])), span=span)
    symbol = r(Expr("symbol", (), base, span))
    if symbol.op == "euler":  # e_{ui} is an error, since the number has no entries
        symbol = Expr("symbol", (), base, span)
    return _lines(r, symbol, parts, span, mode)


def _lines(r: Resolver, symbol: Expr, parts: list[Expr], span, mode: str = "entry") -> Expr:
    """Entries, and rows and columns with a colon or a dot in the place of an index."""
    blank = [part.op == "mark" for part in parts]
    if len(parts) == 2 and blank[1] and not blank[0]:
        return Expr("row", (symbol, r(parts[0])), span=span)
    if len(parts) == 2 and blank[0] and not blank[1]:
        return Expr("column", (symbol, r(parts[1])), span=span)
    if any(blank):
        raise Unsupported("this subscript is not understood", span)
    if mode in ("row", "row_upright", "column"):
        return Expr(mode, (symbol, r(parts[0])), span=span)
    return Expr("entry", (symbol, *map(r, parts)), span=span)


def _pick(r: Resolver, base: Expr, sub: Expr, span) -> Expr:
    """The entry of an expression: (A B)_{ij}, [V H]_{ik}, (x)_i; the positive part [z]_+."""
    if sub.op == "mark" and sub.name in ("+", "-"):
        return Expr("relu", (base if sub.name == "+" else Expr("neg", (base,), span=span),), span=span)
    parts = index_parts(sub)
    if not parts or len(parts) > 2:
        raise Unsupported("this subscript is not understood", span)
    for part in parts:
        if part.op == "mark" and part.name in (":", "\\cdot", "*"):
            continue
        if part.op not in ("symbol", "number", "sum") or (part.op == "symbol" and not r.scope.may_index(part.name)):
            raise Unsupported("this subscript is not understood", span)
    if len(parts) == 1 and r.guess(base) == "matrix":
        return Expr("row", (base, r(parts[0])), span=span)
    return _lines(r, base, parts, span)


# -- operations that are written as scripts ---------------------------------------------------------------------------


def _apply(r: Resolver, base: Expr, parts: Sequence[tuple[str, Expr]]) -> Expr:
    for kind, part in parts:
        if kind == "sub":
            base = _pick(r, base, part, part.span)
        elif kind == "prime":
            base = _primed(r, base, part)
        elif kind == "factorial":
            base = Expr("gamma_function", (Expr("sum", (base, number(1)), span=part.span),), span=part.span)
        else:
            base = _raised(r, base, part)
    return base


def _slope(r: Resolver, base: Expr, prime: Expr) -> Expr | None:
    """(x^2)' as the derivative by the one letter in it, by x or t where others stand for constants; of numbers only.

    What is linear, as (x - m)', is more likely a transpose.
    """
    linear = all(part.op in LINEAR for part in base.walk())
    if linear or r.scope.usage.primes_transpose or r.guess(base) != "scalar":
        return None
    names = [name for name in dict.fromkeys(r.scope.leaves(base)) if not r.scope.symbol(name).arguments]
    usual = [name for name in names if name in ("x", "t")]
    name = names[0] if len(names) == 1 else usual[0] if len(usual) == 1 else None
    if name is None or r.guess(variable := Expr("symbol", (), name, prime.span)) != "scalar":
        return None
    return Expr("derivative", (base, *(variable,) * int(prime.name)), span=prime.span)


def _primed(r: Resolver, base: Expr, prime: Expr) -> Expr:
    if prime.op == "prime" and int(prime.name) <= 2 and (slope := _slope(r, base, prime)) is not None:
        return slope
    if prime.op == "prime" and int(prime.name) == 1 and r.scope.prime_transposes(base):
        return Expr("transpose", (base,), span=prime.span)
    if base.op == "symbol" and not r.scope.is_function(base.name):
        return Expr("symbol", (), base.name + "'" * int(prime.name), prime.span)
    if base.op == "symbol":
        arguments = r.scope.parameters(base.name)
        if len(arguments) == 1:
            return r.apply(base.name, [Expr("symbol", (), arguments[0], prime.span)], int(prime.name), prime.span)
    raise Unsupported("a prime that is not understood", prime.span)


def _raised(r: Resolver, base: Expr, part: Expr) -> Expr:
    text, span = label(part), part.span
    if base.span is not None and span is not None:
        span = base.span.to(span)
    if r.scope.superscript(text) in MEANINGS:
        op = MEANINGS[r.scope.superscript(text)]
        return Expr("transpose" if op == "adjoint" and not r.scope.is_complex() else op, (base,), span=span)
    if base.op == "euler" and text in ("t", "-t"):  # e^{-t}
        return Expr("exp", (r(part),), span=span)
    power = base.op == "symbol" and text == HORIZON and base.name in r.scope.usage.powers
    if _transposes(r, part) and not power:
        return Expr("transpose", (base,), span=span)
    if text in ADJOINTS:
        return Expr("adjoint" if r.scope.is_complex() else "transpose", (base,), span=span)
    if text in ("+", "\\dagger"):
        return Expr("pinv", (base,), span=span)
    if text == "-1":
        return Expr("inverse", (base,), span=span)
    if text.startswith("-") and text[1:] in TRANSPOSES:
        return Expr("transpose", (Expr("inverse", (base,), span=span),), span=span)
    if text.startswith("-1") and text[2:] in TRANSPOSES:
        return Expr("transpose", (Expr("inverse", (base,), span=span),), span=span)
    if text in ("T-1", "\\top-1", "-t") or (text.startswith("-") and text[1:] in ADJOINTS):
        return Expr("transpose", (Expr("inverse", (base,), span=span),), span=span)
    if part.op == "mark" and part.name.startswith("'"):
        return _primed(r, base, Expr("prime", (base,), str(len(part.name)), span))
    if text in STARS:
        named = base.op in ("symbol", "member")
        star = text in ("*", "\\ast") and r.scope.is_complex()
        if named and star and "complex" in r.scope.symbol(base.name).properties:
            return Expr("conjugate", (base,), span=span)
        if base.op == "symbol":
            return Expr("symbol", (), f"{base.name}^{{{text}}}", span)
        if base.op == "member":
            return replace(base, name=f"{base.name}^{{{text}}}")
        raise Unsupported(f"the superscript {text}", span)
    if part.op == "term" and part.args[0].op == "mark" and INFIX.get(part.args[0].name) == "hadamard":
        return Expr("elementwise_power", (base, r.term(part.args[1:])), span=span)
    if part.op in ("mark", "list", "relation", "words", "empty"):
        raise Unsupported(f"the superscript {text}", span)
    exponent = r(part)
    if base.op == "euler" or (base.name == "e" and _is_exponent(r, base, exponent)):
        matrix = r.guess(exponent) == "matrix" and r.may_be_square(exponent)
        return Expr("matrix_exp" if matrix else "exp", (exponent,), span=span)
    return Expr("power", (base, exponent), span=span)


def _is_exponent(r: Resolver, base: Expr, exponent: Expr) -> bool:
    """Whether e is the number in e^{z_k} though the note has an error, a function or vectors e, too."""
    if base.op != "symbol" or exponent.op in ("number", "pi"):
        return False
    number = exponent.op != "symbol" or exponent.name not in COUNTING
    return number or r.scope.is_function("e") or r.guess(base) != "scalar"


def _inner(r: Resolver, head: Expr, sub: Expr) -> Expr:
    """<X, Y>_F, and <x, y>_A for x^T A y."""
    found = r(head)
    if label(sub) in FROBENIUS or found.op != "inner":
        return found
    weight = r(sub)
    if r.guess(weight) != "matrix":
        raise Unsupported("the subscript of this inner product is not understood", sub.span)
    return Expr("product", (Expr("transpose", (found.args[0],), span=head.span), weight, found.args[1]), span=head.span)


def _norm(r: Resolver, bars: Expr, scripts: Sequence[Expr]) -> Expr:
    """The norm that the subscript names; what follows (a square) applies to it."""
    inside, parts = r(bars.args[0]), _script_parts(scripts)
    name, args = "norm", (inside,)
    rest = []
    for kind, part in parts:
        if kind != "sub":
            rest.append((kind, part))
            continue
        text = label(part)
        if text == "2" and r.guess(inside) == "matrix":
            name = "norm_spectral"
        elif text in FROBENIUS:
            name = "norm"
        elif text in NORMS:
            name = NORMS[text]
        elif part.op == "number" or text == "p":
            name, args = "norm_p", (inside, r(part))
        else:
            name, args = "norm_weighted", (inside, r(part))
    return _apply(r, Expr(name, args, span=bars.span), rest)
