"""A plain 1 for the vector of ones: X W^T + 1 b^T, G^T 1, (Z - Y) 1; nobody writes a number there.

So is that of X w + b 1 where the note has 1^T.
"""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.expr import Expr
from texgrad.notation.names import label

ORDER = 9
TRANSPOSED = frozenset(("T", "\\top", "t", "\\intercal", "'", "\\prime", "\\mathsf{T}", "\\mathrm{T}"))


def read(r, items: Sequence[Expr], at: int) -> tuple[Expr, int] | None:
    item, last = items[at], len(items) - 1
    if item.op != "number" or item.name != "1" or not last:
        return None
    in_front = at == 0 and last == 1 and _transposed(items[1])
    in_front = in_front and r.guess(r(items[1].args[0])) != "matrix"  # 1 A^T is A^T
    behind = at == last and (_transposed(items[at - 1]) or _is_wide(r, items[:at]))
    behind = behind or (at == last == 1 and items[0].op in ("symbol", "frac") and "1" in r.scope.usage.transposed)
    return (Expr("ones", span=item.span), at + 1) if in_front or behind else None


def _is_wide(r, before: Sequence[Expr]) -> bool:
    """Whether there are parentheses in front that are no number: not (-a) 1, not tr(A) 1."""
    called = len(before) > 1 and before[-2].op == "function"
    return before[-1].op == "group" and not called and r.guess(r(before[-1])) != "scalar"


def _transposed(item: Expr) -> bool:
    return (item.op == "sup" and label(item.args[1]) in TRANSPOSED) or item.op == "prime"
