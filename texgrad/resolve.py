"""A surface expression and its context in, an expression of the operation table out: what the notation means here.

Precedence is settled here, once kinds are known: marks (\\cdot, \\odot, a slash) part a term into runs of juxtaposed
factors; an operator (a derivative, a sum) takes what stands to its right. Each way of writing a derivative is a form
(texgrad.forms) that is asked at every factor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from texgrad import forms, readings
from texgrad.errors import NoteError, Unsupported
from texgrad.expr import Expr, join, number, product, substitute
from texgrad.forms.nabla import of_function
from texgrad.looks import bare, is_bars, is_big, stands_alone, wears
from texgrad.notation.names import label
from texgrad.ops import INFIX, TABLE
from texgrad.scripts import resolve_scripts
from texgrad.shapes import VALUED, Typing
from texgrad.surface import DOTS, READERS, sequence

ENTRYWISE = frozenset(("sum", "neg", "hadamard", "elementwise_divide", "elementwise_power", "cases", "condition"))
MAX_DEPTH = 12
COMPOSABLE = VALUED | {"scalar-valued"}


class Resolver:
    """Resolves the expressions of one claim; `scope` answers what is known where the claim stands."""

    def __init__(self, scope) -> None:
        self.scope = scope

    def __call__(self, expr: Expr) -> Expr:
        reader = READERS.get(expr.op)
        if reader is None:
            raise Unsupported(f"'{label(expr)}' is not understood here", expr.span)
        return reader(self, expr)

    # -- terms -------------------------------------------------------------------------------------------------------

    def term(self, items: Sequence[Expr], span=None) -> Expr:
        """Runs of factors between marks, folded from left to right."""
        result: Expr | None = None
        mark, run = "", []
        at = 0
        while at < len(items):
            item = items[at]
            if item.op == "mark" and (item.name in INFIX or item.name == "/"):
                result, mark, run = self._fold(result, mark, run, item), item.name, []
                at += 1
                continue
            factor, at = self.factor(items, at)
            run.append(factor)
        return self._fold(result, mark, run, items[-1])

    def _fold(self, left: Expr | None, mark: str, run: list[Expr], at: Expr) -> Expr:
        if not run:
            raise Unsupported("a factor is missing", at.span)
        if left is None:
            return product(run)
        if mark == "/":
            if (left.op == "number" and run[0].op == "number") or len(run) == 1:
                return product([_divide(left, run[0]), *run[1:]])
            if run[0].op == "number" and run[1].op == "symbol" and self.scope.is_size(run[1].name):
                return product([_divide(left, product(run[:2])), *run[2:]])
            if self.guess(run[0]) == "vector" and self.guess(product(run)) == "scalar":
                return _divide(left, product(run))  # u^T C u / u^T u
            return product([_divide(left, run[0]), *run[1:]])
        said = any(value.startswith(mark + "=") for value in self.scope.all_conventions("symbol"))
        if mark == "\\circ" and not said and len(run) == 1 and self._composes(left, run[0]):
            return left  # what f is where it is taken of g
        if mark == "\\circ" and not said and _is_map(left) and _is_map(product(run)):
            return product([left, *run])  # Dg(f(a)) \\circ Df(a): linear maps one behind the other
        name = readings.of_mark(self.scope.all_conventions, mark, INFIX[mark])
        right = product(run)
        if name in ("multiply", "dot"):
            return Expr("product", (left, right), "dot" if name == "dot" else "star", join(left, right))
        if name == "hadamard":  # |x| beside it is no number: the absolute values of the entries
            left, right = (replace(x, op="abs") if x.op == "norm" and x.name == "|" else x for x in (left, right))
        return Expr(name, (left, right), span=join(left, right))

    def _composes(self, outer: Expr, inner: Expr) -> bool:
        """Whether f \\circ g puts one function that the note declares into another."""
        symbols = [self.scope.symbol(part.name) for part in (outer, inner) if part.op == "symbol"]
        return len(symbols) == 2 and all(s.kind == "function" or s.properties & COMPOSABLE for s in symbols)

    def factor(self, items: Sequence[Expr], at: int) -> tuple[Expr, int]:
        """The factor that starts at items[at], and the place behind it."""
        item = items[at]
        if item.op == "presup" and at + 1 < len(items) and items[at + 1].op == "group":  # {}^t F(x) transposes F(x)
            inner, end = self.factor([item.args[0], *items[at + 1 :]], 0)
            return resolve_scripts(self, inner, [item]), at + end
        for form in forms.READERS:
            found = form(self, items, at)
            if found is not None:
                return found
        called = self._call(items, at)
        if called is not None:
            return called
        return self(items[at]), at + 1

    def _call(self, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
        """f(x): a function's symbol with a group behind it."""
        if at + 1 >= len(items) or items[at + 1].op not in ("group", "sup", "sub", "prime"):
            return None
        head, group, scripts = items[at], items[at + 1], []
        while group.op in ("sup", "sub", "prime") and group.args[0].op in ("group", "sup", "sub", "prime"):
            scripts.append(group)
            group = group.args[0]
        if group.op != "group" or group.name not in ("(", "[", "\\{"):
            return None
        known = self.scope.definition(label(head)) if group.args[0].name == "\\|" else None
        if known is not None and not known.parameters:  # D(p \\| q), by the formula that the note has for it
            return Expr("symbol", (), label(head), head.span), at + 2
        order = 0
        if head.op == "prime":
            order, head = int(head.name), bare(head.args[0])
        picked = head.op == "sub" and self.has_components(head)
        name = label(head.args[0]) if picked else self.function_name(head, group)
        if name is None or (not order and stands_alone(head, group)):
            return None
        result = self.apply(name, self.arguments(group), order, head.span)
        if picked:
            result = resolve_scripts(self, result, [head])
        for script in reversed(scripts):
            if script.op == "prime" and script.name == "1" and self._transposes(result):
                result = Expr("transpose", (result,), span=script.span)
            else:
                result = resolve_scripts(self, result, [script])
        return result, at + 2

    def _transposes(self, value: Expr) -> bool:
        """Whether a prime behind a value, g(b)', transposes it."""
        return self.scope.usage.primes_transpose or self.guess(value) == "vector"

    def has_components(self, head: Expr) -> bool:
        """Whether F_i(x) is the i-th entry of the value of F."""
        name = label(head.args[0])
        if head.args[0].op != "symbol" or not self.scope.is_index(label(head.args[1])):
            return False
        if not self.scope.is_function(name):
            return False
        definition = self.scope.definition(name)
        if definition is None:
            return "vector-valued" in self.scope.symbol(name).properties
        return len(definition.indices) == 1 or self.guess(definition.body) == "vector"

    def function_name(self, head: Expr, group: Expr | None = None) -> str | None:
        """The name of the function that a surface symbol is, or None where it is a factor."""
        if head.op not in ("symbol", "sub", "sup"):
            return None
        name = label(head)
        if head.op != "symbol" and not self.scope.is_function(name, group):
            base = head
            while base.op in ("sub", "sup"):
                base = base.args[0]
            if base.op != "symbol" or head.op == "sup" or not self.scope.is_function(label(base), group):
                return None
            if not self.scope.is_function_family(label(base)):
                return None
        return name if self.scope.is_function(name, group) or head.op != "symbol" else None

    def arguments(self, group: Expr) -> list[Expr]:
        body = group.args[0]
        if body.op == "empty":
            return []
        if body.op == "list" and any(part.op == "mark" and part.name in DOTS for part in body.args):
            return [sequence(self, body)]
        parts = body.args if body.op == "list" else (body,)
        if body.name in ("|", ";"):  # N(x | m, S), k(x, x'; \\theta)
            parts = [item for part in parts for item in (part.args if part.op == "list" else (part,))]
        return [self(part) for part in parts]

    def apply(self, name: str, args: list[Expr], order: int = 0, span=None) -> Expr:
        """A function at its arguments: one of the table, one that the note defines, or an abstract one."""
        if name in self.scope.all_conventions("matrix-functions") and len(args) == 1:
            return Expr("matrix_function", tuple(args), f"{name} {order}", span)
        if order == 1 and len(args) == 1 and self._slopes(name, args[0]):
            return of_function(self, name, args[0], "jacobian", span)
        if (kept := self.scope.kept_entries(name)) is not None and len(args) == 1 and not order:
            return Expr("hadamard", (Expr("symbol", (), kept, span), *args), span=span)
        op = self.scope.alias(name)
        if op is not None:
            if order:
                fresh = Expr("symbol", (), "\N{INCREMENT}", span)
                return Expr("primed", (args[0], Expr(op, (fresh,), span=span)), f"{name} {order}", span)
            return Expr(op, tuple(args), span=span)
        definition, args = self.scope.filled(name, args)
        stands = definition is None or bool(definition.parameters)  # for the function, not for the vector of its values
        if not stands and args:
            definition = self.scope.function_behind(name, len(args)) or definition
        if definition is not None and len(definition.parameters) == len(args) and args:
            args = _unraised(args, definition.powers)
            if order and len(args) == 1 and self._of_vector(definition, args[0]):
                return self._differentiated(name, definition, args[0], order, span)
            whole = self._written_out(definition.body, definition.parameters)
            if order:
                fresh = Expr("symbol", (), "\N{INCREMENT}", span)
                body = substitute(whole, {definition.parameters[0]: fresh})
                return Expr("primed", (args[0], body), f"{name} {order}", span)
            if stands and _names(args) == definition.parameters:
                return Expr("symbol", (), name, span)
            body = substitute(whole, dict(zip(definition.parameters, args, strict=True)))
            return _assembled(body, definition.indices)
        if definition is not None and not order:
            return Expr("symbol", (), name, span)
        if order:
            return Expr("primed", (args[0],), f"{name} {order}", span)
        if args and _names(args) == self.scope.symbol(name).arguments:
            return Expr("symbol", (), name, span)
        return Expr("call", tuple(args), name, span)

    def _written_out(self, body: Expr, parameters: tuple[str, ...], depth: int = 0) -> Expr:
        """The body of a function with other functions of its argument written out: s for s(t), and also H_t."""
        if body.op == "symbol" and depth < MAX_DEPTH:
            inner = self.scope.definition(body.name)
            below = body.name.rpartition("_{")[2][:-1] in parameters
            if inner is not None and (inner.parameters or below) and {*inner.parameters} <= {*parameters}:
                return self._written_out(inner.body, parameters, depth + 1)
        return replace(body, args=tuple(self._written_out(arg, parameters, depth) for arg in body.args))

    def _of_vector(self, definition, point: Expr) -> bool:
        """Whether a function takes a vector or matrix as a whole, so that its prime is no derivative of entries."""
        wide = self.guess(point) in ("vector", "matrix")
        return wide and not self._entrywise(definition.body, definition.parameters[0])

    def _entrywise(self, body: Expr, name: str) -> bool:
        """Whether each entry of an expression depends on the same entry of a symbol alone."""
        holders = [arg for arg in body.args if any(part.name == name for part in arg.walk())]
        if body.op in ENTRYWISE or not holders or TABLE[body.op].elementwise:
            return all(self._entrywise(arg, name) for arg in holders)
        scaled = body.op in ("product", "divide") and all(
            arg in holders or self.guess(arg) == "scalar" for arg in body.args
        )
        raised = body.op == "power" and self.guess(body.args[0]) == "vector"
        return (scaled or raised) and len(holders) == 1 and self._entrywise(holders[0], name)

    def _differentiated(self, name: str, definition, point: Expr, order: int, span) -> Expr:
        """f'(x), f''(x) of a function of a vector or matrix."""
        if order > 2:
            raise Unsupported("a derivative of higher order", span)
        kind = "hessian" if order == 2 else "plain" if self.guess(definition.body) == "scalar" else "jacobian"
        return of_function(self, name, point, kind, span)

    def _slopes(self, name: str, point: Expr) -> bool:
        """Whether f'(x) of a function without a definition is a row of partial derivatives, or F'(x) a Jacobian."""
        if self.scope.alias(name) is not None or self.scope.definition(name) is not None:
            return False
        mapped = "scalar-valued" in self.scope.symbol(name).properties or self.scope.words.changes_size(name)
        return mapped and self.guess(point) == "vector"

    # -- what a function word takes ------------------------------------------------------------------------------------

    def operand(self, items: Sequence[Expr], at: int, takes: str) -> tuple[list[Expr], int]:
        """The arguments of a function written in front: a group, else the factors up to the next mark or function."""
        if at >= len(items):
            raise Unsupported("a function without its argument", items[-1].span)
        first = items[at]
        base = first
        while base.op in ("sup", "sub", "prime") and base.args[0].op in ("group", "sup", "sub", "prime"):
            base = base.args[0]
        if base.op == "group" and base.name in ("(", "[", "\\{"):
            return self.arguments(base), at + 1
        if first.op == "brace":
            return [self(first)], at + 1
        if is_big(first):
            factor, end = self.factor(items, at)  # the sum of exp(...) in log sum exp(...)
            return [factor], end
        if is_bars(first):
            stop = next((k for k in range(at, len(items)) if not is_bars(items[k])), len(items))
            return [product([self(item) for item in items[at:stop]])], stop
        if wears(first, "function") or wears(first, "big"):
            factor, end = self.factor(items, at)
            return [factor], end
        stop = at
        while stop < len(items):
            item = items[stop]
            inner_product = item.op == "group" and item.name == "\\langle"
            if item.op == "mark" or (stop > at and (wears(item, "function") or inner_product)):
                break
            stop += 1
        return self._run(items[:stop], at, takes)

    def _run(self, items: Sequence[Expr], at: int, takes: str) -> tuple[list[Expr], int]:
        """The factors from a place on: all, or the first, or those that make a number: \\cos a^T x y is of a^T x."""
        factors, ends, place = [], [], at
        while place < len(items):
            factor, place = self.factor(items, place)
            factors.append(factor)
            ends.append(place)
        if takes == "one":
            first = next((k for k, factor in enumerate(factors) if factor.op != "number"), len(factors) - 1)
            kinds = [self.guess(product(factors[: k + 1])) for k in range(first, len(factors))]
            known = kinds[: kinds.index(None)] if None in kinds else kinds
            stop = first + (known.index("scalar") if "scalar" in known else 0)
            factors, place = factors[: stop + 1], ends[stop]
        return [product(factors)], place

    def _is_matrix_exponent(self, exponent: Expr) -> bool:
        """Whether e has a matrix above it that the note, or its factor t, makes the exponent of a series."""
        said = self.scope.all_conventions("matrix-exponential") or _times_t(exponent)
        return bool(said) and self.guess(exponent) == "matrix"

    def function(self, name: str, args: list[Expr], span) -> Expr:
        """An operation of the table applied to arguments."""
        name = readings.of_word(self.scope.all_conventions, name)
        if name == "softmax_columns" and self.guess(args[0]) == "vector":
            name = "softmax"  # of one example
        if name == "exp" and len(args) == 1 and self._is_matrix_exponent(args[0]):
            name = "matrix_exp"
        if name == "diag" and len(args) == 1 and self.guess(args[0]) != "vector" and (index := self._running(args[0])):
            args = [Expr("sequence", (args[0],), index, span)]
        if name == "diag" and len(args) > 1:
            rows = tuple(Expr("list", (arg,), span=arg.span) for arg in args)
            args = [Expr("block", rows, span=span)]
        return Expr(name, tuple(args), span=span)

    def _running(self, expr: Expr) -> str | None:
        """The one index that runs free in diag(p_i (1 - p_i))."""
        places = [
            arg.name
            for part in expr.walk()
            if part.op in ("entry", "member")
            for arg in (part.args[1:] if part.op == "entry" else part.args)
            if arg.op == "symbol" and arg.name not in self.scope.bound_names and self.scope.is_index(arg.name)
        ]
        return places[0] if len(set(places)) == 1 else None

    def may_be_square(self, expr: Expr) -> bool:
        """Whether a matrix can be square as far as the context tells: e^Z of another one is taken entry by entry."""
        typing = Typing(self.scope, {})
        try:
            typing.unifier.unify(*typing.infer(expr))
        except NoteError:
            return False
        return True

    # -- kinds ---------------------------------------------------------------------------------------------------------

    def guess(self, expr: Expr) -> str | None:
        """scalar, vector or matrix as far as the context tells; None where it does not."""
        typing = Typing(self.scope, {})
        try:
            shape = typing.unifier.shape(typing.infer(expr))
        except NoteError:
            return self._widest(expr.args) if expr.op == "sum" else None
        if shape == (1, 1):
            return "scalar"
        return "vector" if 1 in shape else "matrix"

    def _widest(self, terms: Sequence[Expr]) -> str | None:
        """What a sum is whose terms do not go together: x - a of a vector and a letter whose kind nobody says."""
        kinds = {self.guess(term.args[0] if term.op == "neg" else term) for term in terms}
        return next((kind for kind in ("matrix", "vector") if kinds == {kind, "scalar"}), None)


def _assembled(body: Expr, indices: tuple[str, ...]) -> Expr:
    """The vector (or matrix) whose entries an expression gives."""
    if not indices:
        return body
    fresh = [f"\N{BULLET}{index}" for index in indices]
    entry = substitute(body, {old: Expr("symbol", (), new) for old, new in zip(indices, fresh, strict=True)})
    if len(indices) == 1:
        return Expr("sequence", (entry,), fresh[0], body.span)
    return Expr("grid", (entry, *(Expr("empty"),) * 2), " ".join(fresh), body.span)


def _unraised(args: Sequence[Expr], powers: tuple[int, ...]) -> list[Expr]:
    """The arguments of a function whose head has powers of its parameters: of N(m, s^2) the second one is s."""
    result = []
    for arg, power in zip(args, powers or (1,) * len(args), strict=True):
        if power != 1 and arg.op == "power" and arg.args[1] == number(power):
            result.append(arg.args[0])
        else:
            root = Expr("divide", (number(1), number(power)), span=arg.span)
            result.append(arg if power == 1 else Expr("power", (arg, root), span=arg.span))
    return result


def _names(args: Sequence[Expr]) -> tuple[str, ...] | None:
    """The names of arguments that are plain symbols; None where one is not."""
    return tuple(arg.name for arg in args) if all(arg.op == "symbol" for arg in args) else None


def _times_t(exponent: Expr) -> bool:
    """Whether an exponent is t A, that of a matrix exponential."""
    parts = exponent.args if exponent.op == "product" else ()
    return any(part.name == "t" for part in parts) and all(part.op == "symbol" for part in parts)


def _is_map(expr: Expr) -> bool:
    """Whether an expression is a Jacobian, as D f(x)."""
    inner = expr.args[0] if expr.op == "at" else expr
    return inner.op == "derivative" and len(inner.args) == 2 and inner.args[1].op == "transpose"


def _divide(left: Expr, right: Expr) -> Expr:
    return Expr("divide", (left, right), span=join(left, right))
