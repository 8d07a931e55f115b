"""Sums and products over an index: the operand has no right delimiter, it goes to the end of the term."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.errors import Unsupported
from texgrad.expr import Expr
from texgrad.forms.words import behind
from texgrad.notation.names import label
from texgrad.scripts import resolve_scripts

ORDER = 20
EMPTY = Expr("empty")
OF_ENTRIES = {"\\sum": "sum_entries", "\\prod": "product_entries"}
COMPARISONS = frozenset(("\\ne", "<", ">", "\\le", "\\ge"))
COUNTS = frozenset("nmdpNM")
RESULT = {"\\sum": "sum_over", "\\prod": "product_over"}


def _parts(item: Expr) -> tuple[Expr, Expr | None, Expr | None] | None:
    lower = upper = None
    while item.op in ("sub", "sup"):
        if item.op == "sub":
            lower = item.args[1]
        else:
            upper = item.args[1]
        item = item.args[0]
    return (item, lower, upper) if item.op == "big" else None


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    parts = _parts(items[at])
    if parts is None:
        return None
    big, lower, upper = parts
    if big.name in ("\\max", "\\min"):
        return _extreme(r, items, at, big, lower)
    if big.name not in RESULT:
        raise Unsupported(f"{big.name} cannot be checked", big.span)
    if at + 1 >= len(items):
        raise Unsupported(f"{big.name} without its terms", big.span)
    names, first, upper, test = _indices(r, lower, upper, big)
    count = counting(items, at)
    if count is not None and r.scope.is_size(count.name) and test is None and not _is_of_one(items, at, count):
        first, upper = Expr("number", (), "1", count.span), count
    with r.scope.binding(names, label(upper) if upper is not None else ""):
        body = r.term(items[at + 1 :])
        if test is not None:
            body = Expr("product", (r_condition(r, test), body), span=body.span)
        last = r(upper) if upper is not None else EMPTY
        start = r(first) if first is not None else EMPTY
    if not names:
        return Expr(OF_ENTRIES[big.name], (body,), span=big.span), len(items)
    args = (body, start, last) if upper is not None or first is not None else (body,)
    return Expr(RESULT[big.name], args, " ".join(names), big.span), len(items)


def counting(items: Sequence[Expr], at: int) -> Expr | None:
    r"""The n of \frac1n \sum_i x_i or \frac1{2n}, which says how many terms a mean has where the sum does not."""
    mean = at and items[at - 1].op == "frac" and items[at - 1].args[0].op == "number"  # not a penalty with a/(2m)
    below = items[at - 1].args[1] if mean else None
    big = items[at].args[0] if items[at].op == "sub" else None
    if below is None or big is None or (big.op, big.name) != ("big", "\\sum") or items[at].args[1].op != "symbol":
        return None
    last = below.args[-1] if below.op == "term" and below.args[0].op == "number" else below
    return last if last.op == "symbol" and last.name in COUNTS else None


def _is_of_one(items: Sequence[Expr], at: int, count: Expr) -> bool:
    r"""Whether \frac1N \sum_k T_{nk} has the index n of the samples free: the sum is one over something else."""
    letter, index = count.name.lower(), label(items[at].args[1])
    return letter not in (count.name, index) and any(_has_free(each, letter) for each in items[at + 1 :])


def gathered(r, terms: Sequence[Expr]) -> list[Expr]:
    r"""The terms of a sum, those behind \sum_i a_i in it that have its i free.

    So -\sum_i y_i log p_i + (1 - y_i) log(1 - p_i); a minus in front is that of all, as books have log-likelihoods.
    """
    found: list[Expr] = []
    left = list(terms)
    while left:
        term = left.pop(0)
        core = term.args[0] if term.op == "neg" else term
        at = next((k for k, item in enumerate(core.args) if _parts(item) is not None), -1) if core.op == "term" else -1
        letter = _letter(core.args[at]) if at >= 0 else None
        taken = []
        while letter and letter not in r.scope.bound_names and left and _has_free(left[0], letter):
            taken.append(left.pop(0))
        if taken and at + 1 < len(core.args):
            if term.op == "neg":
                taken = [each.args[0] if each.op == "neg" else each for each in taken]
            inside = Expr("term", core.args[at + 1 :], span=core.args[at + 1].span)
            group = Expr("group", (Expr("sum", (inside, *taken), span=inside.span),), "(", inside.span)
            core = Expr("term", (*core.args[: at + 1], group), span=core.span)
            term = Expr("neg", (core,), span=term.span) if term.op == "neg" else core
        else:
            left = taken + left
        found.append(term)
    return found


def _letter(item: Expr) -> str | None:
    r"""The index of \sum_i or \sum_{i=1}^n."""
    big, lower, _ = _parts(item)
    lower = lower.args[0] if lower is not None and lower.op == "relation" else lower
    return lower.name if big.name == "\\sum" and lower is not None and lower.op == "symbol" else None


def _has_free(term: Expr, letter: str) -> bool:
    parts = list(term.walk())
    scripts = [part.args[1] for part in parts if part.op in ("sub", "sup")]
    return not any(part.op == "big" for part in parts) and any(
        each.op == "symbol" and each.name == letter for script in scripts for each in script.walk()
    )


def r_condition(r, test: Expr) -> Expr:
    from texgrad.surface import condition

    return condition(r, [test])


Range = tuple[list[str], Expr | None, Expr | None, Expr | None]


def _indices(r, lower: Expr | None, upper: Expr | None, big: Expr) -> Range:
    """The indices a subscript binds, the first and the last value, and a condition on them (j \\ne i, i < j)."""
    if lower is None:
        name = r.scope.unbound_index()
        return [name] if name is not None else [], None, upper, None
    parts = list(lower.args) if lower.op == "list" else [lower]
    such = [part.op == "mark" and part.name == ":" for part in parts]
    test = None
    if True in such:  # j : (i, j) \\in S, of pairs that the note sums over, and j : j \\ne i
        parts, test = parts[: such.index(True)], _such_that(parts[such.index(True) + 1 :], big)
    names: list[str] = []
    first = None
    for part in parts:
        if part.op == "brace":
            part = part.args[0]
        if part.op == "relation":
            left, right = part.args
            if part.name in ("\\in",):
                pair = left.args[0] if left.op == "group" and left.args[0].op == "list" else None  # (u, i) \\in K
                names.extend(map(label, pair.args if pair is not None else (left,)))
                continue
            if left.op == "relation" and left.name == part.name == "\\le" and upper is None:  # 1 \le i \le n
                first, left = left.args
                names.append(label(left))
                upper = right
                continue
            if left.op != "symbol":
                raise Unsupported("the range of the sum is not understood", big.span)
            if left.name not in names:
                names.append(left.name)
            if part.name == "=":
                first = right
            elif part.name in COMPARISONS:
                if right.op == "symbol" and not r.scope.is_bound(right.name) and part.name == "<" and len(parts) == 1:
                    names.append(right.name)
                test = part
            else:
                raise Unsupported("the range of the sum is not understood", big.span)
        elif part.op == "symbol" or (part.op == "prime" and part.args[0].op == "symbol"):  # \\sum_{k'}
            names.append(label(part))
        elif part.op == "term" and all(item.op == "symbol" for item in part.args):
            names.extend(item.name for item in part.args)
        else:
            raise Unsupported("the range of the sum is not understood", big.span)
    return names, first, upper, test


def _is_variable(r, name: str) -> bool:
    """Whether an extremum is taken over a vector or a matrix, and not over the places of one."""
    return not r.scope.is_index(name) and r.guess(Expr("symbol", (), name)) in ("vector", "matrix")


def _such_that(conditions: Sequence[Expr], big: Expr) -> Expr | None:
    """The condition behind a colon below a sum; None where that is the set of pairs that the note sums over."""
    said = conditions[0] if len(conditions) == 1 and conditions[0].op == "relation" else None
    if said is not None and said.name == "\\in" and said.args[0].op == "group":
        return None
    if said is None or said.name not in COMPARISONS or not all(part.op == "symbol" for part in said.args):
        raise Unsupported("the range of the sum is not understood", big.span)
    return said


def _extreme(r, items: Sequence[Expr], at: int, big: Expr, lower: Expr | None) -> tuple[Expr, int]:
    """max(a, b) of arguments, max_i x_i over an index."""
    runs = lower is None or (lower.op == "symbol" and not _is_variable(r, lower.name))
    if at + 1 >= len(items) or not runs:
        raise Unsupported(f"{big.name} over a range cannot be checked", big.span)
    if lower is not None:
        with r.scope.binding([lower.name]):
            entries = Expr("sequence", (r.term(items[at + 1 :]),), lower.name, big.span)
        return r.function(big.name[1:], [entries], big.span), len(items)
    args, end = r.operand(items, at + 1, "one")
    result = r.function(big.name[1:], args, big.span)
    scripts = behind(items[at + 1]) if end == at + 2 else []
    return (resolve_scripts(r, result, scripts) if scripts else result), end
