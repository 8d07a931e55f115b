"""A chain in, out the cost that the words beside it name: "for a sigmoid and the cross-entropy, dJ/dz = a - y"."""

from __future__ import annotations

from collections.abc import Iterator

from texgrad.claims import Chain
from texgrad.context import Scope
from texgrad.expr import Expr, number
from texgrad.facts.fact import Convention
from texgrad.judge import Judgement, Trial
from texgrad.shapes import Definition

ONE = number(1)
UNKNOWN = frozenset("call symbol member entry product block list".split())  # a loss of two arguments, no more
FUNCTIONS = {"sigmoid": "sigmoid", "softmax": "softmax", "softmax_columns": "softmax"}


def is_named(chain: Chain, trial: Trial) -> bool:
    """Whether a trial gives the cost the formula that the words name."""
    found = _error(chain) if trial.lines else None
    return found is not None and found[0].name in trial.lines


def named_losses(chain: Chain, first: Judgement) -> Iterator[Trial]:
    """The cross-entropy for a cost J that has no formula, of a = g(z) in dJ/dz with what the words say that g is."""
    found = _error(chain)
    if found is None or "cross-entropy" not in _said(chain, "loss"):
        return
    cost, z = found
    scale = _scale(chain.scope, cost)
    right = chain.members[-1]
    if scale is None or not isinstance(right, Expr):
        return
    letters = {part.name for part in right.walk() if part.op == "symbol"}
    names = sorted(name for name in letters if not chain.scope.is_size(name) and name != z.name)
    outputs = [name for name in names if _activation(chain.scope, name, z) is not None]
    labels = [name for name in names if name not in outputs and chain.scope.definition(name) is None]
    if len(outputs) != 1 or len(names) != 2 or len(labels) != 1:
        return
    a, y = (Expr("symbol", (), name) for name in (*outputs, *labels))
    said = [*_said(chain, "output"), _activation(chain.scope, a.name, z)]
    for operation in dict.fromkeys(FUNCTIONS[each] for each in said if each in FUNCTIONS):
        rows, columns = map(first.typing.unifier.find, first.typing.symbols.get(z.name, (1, 1)))
        kind = "matrix" if 1 not in (rows, columns) else "column" if rows != 1 else "row" if columns != 1 else "scalar"
        for value, body, y_is in _costs(operation, a, y, z, kind == "matrix"):
            whole = body if scale == ONE else Expr("product", (Expr("divide", (ONE, scale)), body))
            yield Trial({}, {y.name: kind}, {y.name: frozenset((y_is,))} if y_is else {},
                        lines={cost.name: Definition(cost.name, whole), a.name: Definition(a.name, value)})  # fmt: skip


def _error(chain: Chain) -> tuple[Expr, Expr] | None:
    """The J and the z of a derivative dJ/dz, also behind the letter of an error."""
    head = chain.members[0]
    if isinstance(head, Expr) and head.op == "symbol":
        definition = chain.scope.definition(head.name)
        head = definition.body if definition is not None else head
    symbols = isinstance(head, Expr) and head.op == "derivative" and [part.op for part in head.args]
    return head.args if symbols == ["symbol", "symbol"] else None


def _scale(scope: Scope, cost: Expr) -> Expr | None:
    """The number of examples that a cost is the mean of, one where the note does not say; None for other formulas."""
    definition = scope.definition(cost.name)
    if definition is None or definition.body.op == "abstract":
        return ONE
    factors = definition.body.args if definition.body.op == "product" else (definition.body,)
    sums = [factor for factor in factors if factor.op == "sum_over"]
    parts = list(sums[0].args[0].walk()) if len(sums) == 1 else []
    loss = next((part for part in parts if part.op in ("call", "symbol")), None)
    if loss is None or scope.definition(loss.name) is not None or not all(part.op in UNKNOWN for part in parts):
        return None
    shares = [factor.args[1] for factor in factors if factor.op == "divide" and factor.args[0] == ONE]
    return shares[0] if len(factors) == 2 and shares else ONE if len(factors) == 1 else None


def _activation(scope: Scope, name: str, z: Expr) -> str | None:
    """What makes a symbol of z: an operation, or the name of a function."""
    definition = scope.definition(name)
    body = definition.body if definition is not None else None
    return (body.op if body.op in FUNCTIONS else body.name) if body is not None and body.args == (z,) else None


def _said(chain: Chain, what: str) -> list[str]:
    """What the words of the same paragraph name."""
    context, here = chain.scope.context, chain.place[0]
    return [fact.value for (place, _), fact in context.facts if isinstance(fact, Convention) and fact.name == what
            and not any(min(place, here) <= end < max(place, here) for end in context.breaks)]  # fmt: skip


def _costs(operation: str, a: Expr, y: Expr, z: Expr, wide: bool) -> Iterator[tuple[Expr, Expr, str]]:
    """(a of z, the cost, what y is supposed to be): Bishop, Pattern Recognition and Machine Learning, 4.3.2-4.3.4."""
    if operation == "sigmoid":
        body = Expr("sum", (Expr("softplus", (z,)), Expr("neg", (Expr("hadamard", (y, z)),))))
        yield Expr("sigmoid", (z,)), Expr("sum_entries", (body,)), ""
    elif not wide:
        linear = Expr("neg", (Expr("product", (Expr("transpose", (y,)), z)),))
        yield Expr("softmax", (z,)), Expr("sum", (Expr("logsumexp", (z,)), linear)), ""
    else:
        logs = Expr("neg", (Expr("sum_entries", (Expr("hadamard", (y, Expr("log", (a,)))),)),))
        turned = Expr("softmax_columns", (Expr("transpose", (z,)),))
        yield Expr("softmax_columns", (z,)), logs, "column-stochastic"
        yield Expr("transpose", (turned,)), logs, "row-stochastic"
