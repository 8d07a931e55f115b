"""All surface expressions of a note in, how it uses its letters out: what is transposed, inverted, indexed, applied."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from texgrad.evidence import ONES, UNSURE, Usage, key, members, numbered, terms
from texgrad.expr import Expr
from texgrad.forms.big import counting
from texgrad.forms.partial import sign_order
from texgrad.notation.names import NAMING, label
from texgrad.scripts import ADJOINTS, HORIZON, TRANSPOSES, index_parts, split_script

FUNCTION_LETTERS = frozenset(("f", "g", "h", "F", "G", "\\mathbf{f}", "\\mathbf{g}", "\\phi", "\\psi", "\\varphi",
                              "\\ell", "p", "q"))  # fmt: skip
ANGULAR = frozenset(("sin", "cos", "tan", "cot"))
EXTREMA = frozenset(("\\max", "\\min", "\\sup", "\\inf", "\\lim"))
RUNNING = frozenset("ijklmnc")  # what a maximum runs over as an index; a minimum over w and b has none
CLASSES = frozenset(("y", "c", "t"))  # letters of labels: p_{y_i}
HADAMARD = frozenset(("\\odot", "\\circ"))
MANY = 3  # letters that have a small t for an exponent
VOWELS = frozenset("aeou")
MATRIX_FUNCTIONS = frozenset(("trace", "det", "log_det", "adjugate", "cofactor", "vec"))


def scan(expressions: Sequence[tuple[int, Expr]], primes: Collection[str] = (),
         compared: Mapping[str, set[tuple[int, str]]] | None = None,
         numbers: Collection[str] = ()) -> Usage:  # fmt: skip
    """Evidence from every formula of a note, each with its piece; `primes` is what its words say that a prime means.

    `numbers` are the symbols that it calls numbers, and nothing else.

    `compared` are the letters that it compares as indices, with the pieces where it does and what with.

    Primes transpose where the note says so, or writes x'A x and has no other sign for a transpose.
    """
    usage = _scanned(expressions, Usage())
    shifted = "t" in usage.shifted | usage.bound
    if len(usage.exponents["t"]) >= MANY and not usage.transposed and not shifted:
        usage = _scanned(expressions, Usage(small=True))  # x^t A x, and no other transposes
    if powers := usage.raised_to_horizon(numbers):
        usage = _scanned(expressions, Usage(small=usage.small, powers=powers))
    usage.transposed.update({name: -usage.gradients[name] for name in usage.bent & usage.gradients.keys()})
    usage.sloped -= usage.bent  # f of \nabla\phi(f)
    usage.compared = dict(compared or {})
    shown = usage.squared and not usage.transposed and not usage.paired and "derivative" not in primes
    usage.primes_transpose = bool(shown) or "transpose" in primes
    if usage.primes_transpose:
        usage.transposed.update(usage.primed - FUNCTION_LETTERS)
        usage.plain |= usage.primed_members
    return usage


def _scanned(expressions: Sequence[tuple[int, Expr]], usage: Usage) -> Usage:
    for piece, expr in expressions:
        usage.piece = piece
        _visit(usage, expr)
        for name in usage.transposed.keys() | usage.normed | usage.plain | usage.beside:
            usage.first.setdefault(name, piece)
    return usage


def _visit(usage: Usage, expr: Expr, bound: frozenset[str] = frozenset()) -> None:
    handler = _VISITS.get(expr.op)
    if handler is not None:
        handler(usage, expr)
    if expr.op == "sub" and expr.args[1].op == "symbol" and expr.args[1].name in bound and key(expr.args[0]):
        usage.summed.add(key(expr.args[0]))
    for arg in expr.args:
        bound |= _binds(arg) if expr.op == "term" else frozenset()
        _visit(usage, arg, bound)


def _binds(item: Expr) -> frozenset[str]:
    """The indices that a sum or product sign binds."""
    while item.op == "sup":
        item = item.args[0]
    if item.op != "sub" or item.args[0].op != "big":
        return frozenset()
    return frozenset(part.name for part in item.args[1].walk() if part.op == "symbol")


def _symbol(usage: Usage, expr: Expr) -> None:
    usage.names[expr.name] += 1


def _sup(usage: Usage, expr: Expr) -> None:
    base, content = expr.args
    if base.op == "big" or (base.op == "sub" and base.args[0].op == "big"):
        core = content.args[0] if content.op == "sum" and content.args[1:2][0].op in ("number", "neg") else content
        if core.op == "symbol":  # T, or T - 1
            usage.bounds[core.name].add(usage.piece)
        return
    name = key(base)
    for part in split_script(content):
        text = label(part)
        if part.op == "mark":
            usage.marks.add(part.name)
        if text in TRANSPOSES and base.op == "group" and base.args[0].op == "list":
            usage.components.update(label(item) for item in base.args[0].args if item.op in ("symbol", "sub"))
        if name == "e" and text.lstrip("-") == "t":
            continue  # e^t and e^{-t} are powers
        if text in TRANSPOSES and name:
            (usage.horizons if text == HORIZON else usage.turned_apart).add(name)
        if text == HORIZON and name in usage.powers:
            continue
        if text in TRANSPOSES or text in ADJOINTS or text.lstrip("-") in TRANSPOSES or (usage.small and text == "t"):
            usage.transposed[name or (base.name if base.op == "number" else "")] += 1
            usage.turned[name or ""].add(usage.piece)
            usage.plain.update(members(base))
            for part in numbered(terms(base)):
                usage.centred[key(part) or ""].add((usage.piece, part.args[1].name))
            if base.op == "sub":
                usage.whole[key(base.args[0]) or ""].add(label(base.args[1]))
            if text.startswith("-") and name:
                usage.matrices.add(name)
        elif text == "2" and base.op == "group":
            for part in numbered(terms(base)):
                usage.squares[key(part) or ""].add(usage.piece)
        elif text == "-1" and name and (name.lstrip("\\")[:1].isupper() or "\\mathbf" in name):
            usage.matrices.add(name)
        elif part.op == "group" and part.name in NAMING:
            usage.samples.add(label(part.args[0]))
            if name and part.name == "(":
                usage.numbered[name].add(label(part.args[0]))
            if name and part.name == "\\langle":
                usage.stepped.add(name)
        elif part.op in ("symbol", "sum") and name:
            core = part if part.op == "symbol" else part.args[0]
            usage.exponents[label(core)].add(name.rstrip("_"))
            if part.op == "sum":
                usage.shifted.add(label(core))


def _presup(usage: Usage, expr: Expr) -> None:
    """{}^t A: in front of a symbol even a small t is a transpose."""
    if label(expr.args[1]) in TRANSPOSES | {"t", "\\operatorname{t}"}:
        usage.transposed[key(expr.args[0]) or ""] += 1


def _sub(usage: Usage, expr: Expr) -> None:
    base, content = expr.args
    name = key(base)
    if base.op == "big" or (base.op == "sup" and base.args[0].op == "big"):
        extremal = (base if base.op == "big" else base.args[0]).name in EXTREMA
        for part in content.args if content.op == "list" else (content,):
            target = part.args[0] if part.op == "relation" else part
            for item in index_parts(target):
                if item.op == "symbol" and (not extremal or item.name in RUNNING):
                    usage.bound.add(item.name)
        return
    if name is None or base.op in ("function", "nabla", "bars"):
        return
    parts = index_parts(content)
    word = len(parts) > 2 and all(part.op == "symbol" for part in parts) and {part.name for part in parts} & VOWELS
    for part in () if word else parts:  # J_{reg} makes no index of e
        core = part.args[0] if part.op == "sum" else part
        if core.op == "symbol" and len(core.name) == 1 and core.name.islower():
            usage.indices.add(core.name)
    for part in parts:
        if part.op == "sub" and part.args[0].name in CLASSES and part.args[1].op == "symbol":
            usage.choosing[part.args[0].name].add(usage.piece)
    if name == "\\delta" and len(parts) == 2 and all(part.op in ("symbol", "sub") for part in parts):
        for part in parts:
            usage.deltas[label(part)].add(usage.piece)
    usage.subscripts[name].add(label(content))
    usage.subscripted[name] += 1
    if any(label(part.args[0] if part.op == "sum" else part) == "t" for part in index_parts(content)):
        usage.stepped.add(name)


def _relation(usage: Usage, expr: Expr) -> None:
    """y = k in an indicator, in a row of cases, below a sign: both are indices."""
    letters = [part.name for part in expr.args if part.op == "symbol" and len(part.name) == 1 and part.name.islower()]
    if expr.name in ("=", "\\ne", "\\neq") and len(letters) == len(expr.args) == 2:
        for name in letters:
            usage.deltas[name].add(usage.piece)


def _prime(usage: Usage, expr: Expr) -> None:
    name = key(expr.args[0])
    if name:
        usage.primed.add(name)
    usage.primed_members |= members(expr.args[0])


def _bars(usage: Usage, expr: Expr) -> None:
    inner = expr.args[0]
    if inner.op == "term" and len(inner.args) == 2 and inner.args[1].op == "group" and inner.args[0].name.islower():
        inner = inner.args[0]  # r of |r(x)|
    name = key(inner)
    if expr.name == "\\|" and name:
        usage.normed.add(name)


def _group(usage: Usage, expr: Expr) -> None:
    """<a_i, x>: small letters in an inner product are vectors."""
    body = expr.args[0]
    if expr.name == "\\langle" and body.op == "list" and len(body.args) == 2:
        names = [key(part) for part in body.args]
        usage.normed.update(name for name in names if name and name.lstrip("\\").removeprefix("mathbf{")[:1].islower())


def _cells(usage: Usage, expr: Expr) -> None:
    """A constant 1 or an entry of the number zero in front of those that are counted from one."""
    cells = [cell for row in expr.args for cell in (row.args if row.op in ("row", "list") else (row,))]
    if len(cells) < 2 or cells[1].op != "sub" or label(cells[1].args[1]) != "1":
        return
    first, base = cells[0], key(cells[1].args[0])
    zeroth = first.op == "sub" and key(first.args[0]) == base and label(first.args[1]) == "0"
    if base and (zeroth or (first.op == "number" and first.name == "1")):
        usage.led.add(base)


def _term(usage: Usage, expr: Expr) -> None:
    items = expr.args
    powers = [part.args[1] for item in items[1:] for part in item.walk()
              if part.op == "sup" and part.args[1].op in ("symbol", "sum")]  # fmt: skip
    usage.factors.update(items[0].name for power in powers if items[0].op == "symbol" and items[0] in power.walk())
    primed = {key(item.args[0]) for item in items if item.op == "prime" and item.name == "1"}
    usage.squared += any(key(item) in primed for item in items if item.op in ("symbol", "sub"))
    if any(item.op == "mark" and item.name in HADAMARD for item in items):
        usage.entrywise.update(name for item in items if item.op == "prime" and (name := key(item.args[0])))
    for k, (item, following) in enumerate(pairwise(items)):
        if item.op == "dsign" and key(following):
            usage.differentials[key(following)] += 1
        if item.op == "function" and item.name in ANGULAR:
            inner = following.args[0] if following.op == "group" else following
            if inner.op == "symbol" and inner.name.startswith("\\") and not inner.name.endswith("}"):
                usage.angles.add(inner.name)
        if item.op == "function" and item.name in MATRIX_FUNCTIONS:
            name = key(inner := following.args[0] if following.op == "group" else following)
            if name and not (len(name) == 1 and name.islower()):  # sp(x) = ln(1 + e^x) is no trace
                usage.matrices.add(name)
            for factor in UNSURE.intersection(map(key, inner.args if inner.op == "term" else ())):
                usage.traced[factor].add(usage.piece)
        group = following
        while group.op in ("sup", "sub", "prime"):
            group = group.args[0]
        if group.op == "group" and group.name == "(":
            head = item.args[0] if item.op == "prime" else item
            if head.op in ("symbol", "sub", "sup"):
                called = following.op == "sup" and group.args[0].op != "sup"  # not as k(X^{k-1})^T
                if called and key(group) and label(following.args[1]) in TRANSPOSES:
                    usage.transposed[key(group)] -= 1  # R(\\theta)^T transposes R, not its argument
                    graded = k > 0 and "nabla" in (items[k - 1].op, *(part.op for part in items[k - 1].args))
                    usage.transposed["" if graded else key(head) or ""] += 1  # nor f that of \\nabla f(x)^T
                body = group.args[0]
                names = tuple(label(part) for part in (body.args if body.op == "list" else (body,)))
                usage.applied[label(head)].append(names)
                usage.taken[label(head)].add(usage.piece)
        if item.op == "sup" and label(item.args[1]) in TRANSPOSES and key(item.args[0]) not in usage.powers:
            _after_transpose(usage, item, following)
            _between(usage, following, items[k + 2 : k + 3])
        if item.op == "nabla" and items[k + 2 : k + 3] and items[k + 2].op == "group":
            usage.graded.add(key(following) or "")
        if item.op == "nabla" and following.op == "sup" and label(following.args[1]) in TRANSPOSES:
            usage.gradients[key(following.args[0]) or ""] += 1
        slope = item.args[0] if item.op == "sup" else item
        if slope.op == "nabla" and item.op == "sup" and label(item.args[1]) == "2":
            usage.bent.add(key(following.args[0] if following.op == "sup" else following) or "")
        if slope.op == "nabla" and items[k + 2 : k + 3] and items[k + 2].op == "group":
            usage.sloped.add(key(items[k + 2]) or "")
        if item.op == "sub" and item.args[0].op == "nabla":
            name = key(item.args[1])
            if name:
                usage.variables[name].add(usage.piece)
                usage.plain.add(name)  # a gradient is one by a vector or a matrix
        if item.op == "mark" and item.name == "\\cdot" and k and items[k - 1].op == following.op == "sub":
            usage.dotted |= {key(items[k - 1]) or "", key(following) or ""}
        if item.op == "mark" and item.name == "\\odot" and k:
            _factors_of_entries(usage, items[k - 1], following)
        _mark(usage, items, k)
        count = counting(items, k + 1)
        if count is not None:
            usage.bounds[count.name].add(usage.piece)
    if len(items) >= 2 and sign_order(items[0]) and items[0].op == "dsign":
        usage.signs[items[0].name] += 1


def _factors_of_entries(usage: Usage, *factors: Expr) -> None:
    """s \\odot e: small letters in a product by entries are vectors."""
    names = [factor.name for factor in factors if factor.op == "symbol"]
    usage.normed.update(name for name in names if name.lstrip("\\")[:1].islower())


def _sum(usage: Usage, expr: Expr) -> None:
    """(a | b) where nothing stands before it is an inner product; p(y | x) is none."""
    for part in expr.args:
        first = part.args[0] if part.op in ("term", "neg") else part
        usage.paired |= first.op == "group" and first.name == "(" and first.args[0].name == "|"
    products = [item for part in expr.args if part.op == "term" for item in part.args]
    if any(item.op == "symbol" and label(item)[:1].isupper() for item in products):  # the e of X b + e is no number
        usage.normed.update({"e"} & {key(part.args[0] if part.op == "neg" else part) for part in expr.args})
    layers = {label(item.args[1]) for item in products if item.op == "sub" and label(item)[:1].isupper()}
    usage.biases.update(part.args[0].name for part in map(_added, expr.args) if part.op == "sub"
                        and part.args[0].op == "symbol" and part.args[1].op == "number"
                        and part.args[1].name in layers)  # fmt: skip


def _added(term: Expr) -> Expr:
    """The b_1 of W_1 X + b_1, of W_1 X + b_1 1^T, of X W_1 + 1 b_1^T."""
    factors = [item.args[0] if item.op == "sup" else item for item in term.args] if term.op == "term" else [term]
    others = [factor for factor in factors if label(factor) not in ONES | {"1"}]
    return others[0] if len(others) == 1 else term


def _mark(usage: Usage, items: tuple[Expr, ...], k: int) -> None:
    """\\partial f / \\partial x with a slash."""
    if items[k].op == "mark" and items[k].name == "/" and sign_order(items[k + 1]) and k + 2 < len(items):
        name = key(items[k + 2])
        if name:
            usage.variables[name].add(usage.piece)
        _cross(usage, items[k - 1 : k], items[k + 2])


def _cross(usage: Usage, above: Sequence[Expr], below: Expr) -> None:
    """dr_i / dx_j: the entries of a Jacobian."""
    pair = [label(part.args[1]) for part in (*above, below) if part.op == "sub"]
    if len({*pair} & {*"ijkl"}) == 2:
        usage.crossed[key(below.args[0]) or ""].add(pair[1])


def _after_transpose(usage: Usage, item: Expr, following: Expr) -> None:
    """w^T x_i: what a transposed lower-case vector multiplies is a vector too."""
    left, right = key(item.args[0]), key(following)
    bare = (left or "").removeprefix("\\mathbf{").lstrip("\\")
    if left and right and right.endswith("_") and bare[:1].islower():
        usage.plain.add(right)
    elif left and right and bare[:1].islower():
        usage.beside.add(right)


def _between(usage: Usage, middle: Expr, behind: Sequence[Expr]) -> None:
    """u^T N x: a capital between a transposed symbol and another one is a matrix, no number."""
    if middle.op == "symbol" and len(middle.name) == 1 and middle.name.isupper() and behind:
        bare = behind[0].name.removeprefix("\\mathbf{").rstrip("}")
        if behind[0].op == "symbol" and bare.islower():
            usage.matrices.add(middle.name)


def _frac(usage: Usage, expr: Expr) -> None:
    above, below = expr.args
    items = list(below.args) if below.op == "term" else [below]
    if not items or not sign_order(items[0]) or above.op == "number":  # 1/(d r), with a size d
        return
    for k, item in enumerate(items[:-1]):
        if sign_order(item):
            variable = items[k + 1]
            name = key(variable)
            if name:
                usage.variables[name].add(usage.piece)
    parts = [item for item in items if item.op == "sub"]
    if len(parts) == 2 and key(parts[0]) == key(parts[1]):
        usage.crossed[key(parts[0].args[0]) or ""] |= {label(part.args[1]) for part in parts}
    numerator = list(above.args) if above.op == "term" else [above]
    if len(items) == 2:
        _cross(usage, numerator[-1:], items[1])
    for pair in (*pairwise(items), *pairwise(numerator)):
        if pair[0].op == "dsign" and key(pair[1]):
            usage.differentials[key(pair[1])] -= 1  # part of a fraction: no differential of its own
    if len(numerator) == 2 and sign_order(numerator[0]):
        name = key(numerator[1])
        if name:
            usage.numerators.add(name)


_VISITS = {
    "symbol": _symbol,
    "sup": _sup,
    "presup": _presup,
    "sub": _sub,
    "prime": _prime,
    "relation": _relation,
    "bars": _bars,
    "group": _group,
    "term": _term,
    "sum": _sum,
    "frac": _frac,
    "list": _cells,
    "environment": _cells,
}
