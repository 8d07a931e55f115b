"""A sign and what the note says of it in, the operation that is meant out; and the others that it may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

from texgrad.ops import TABLE, WORDS

MEANINGS = {
    "diag": "diag",
    "diagonal-part": "diag_part",
    "vec-columns": "vec",
    "vec-rows": "vec_rows",
    "adjugate": "adjugate",
    "cofactor": "cofactor",
    "determinant": "det",
    "hadamard": "hadamard",
    "elementwise-division": "elementwise_divide",
    "kronecker": "kronecker",
    "khatri-rao": "khatri_rao",
    "direct-sum": "direct_sum",
    "kronecker-sum": "kronecker_sum",
}

Said = Callable[[str], list[str]]  # the name of a convention -> all that the note says under it


def matrix_reading(op: str) -> str | None:
    """The function of a matrix (a power series) that is spelled like an elementwise function."""
    return next((name for name in TABLE[op].readings if name.startswith("matrix_")), None)


def of_word(said: Said, op: str) -> str:
    """The operation that a function's word means: sin of a matrix, diag of a matrix."""
    if any(WORDS.get(sign) == op for sign in said("matrix-functions")):
        return matrix_reading(op) or op
    for value in said("symbol"):
        sign, _, meaning = value.partition("=")
        if WORDS.get(sign) == op and meaning in MEANINGS:
            return MEANINGS[meaning]
    if op == "softmax" and "columns" in (*said("softmax"), *said("examples")):
        return "softmax_columns"
    return op


def of_mark(said: Said, mark: str, op: str) -> str:
    """The operation that an infix sign means."""
    for value in said("symbol"):
        sign, _, meaning = value.partition("=")
        if sign == mark and meaning in MEANINGS and TABLE[MEANINGS[meaning]].takes_arguments(2):
            return MEANINGS[meaning]
    return op


def alternatives(said: Said, ops: Iterable[str]) -> list[dict[str, str]]:
    """Other meanings of the operations of a claim: one of them alone, or several where they are of one kind."""
    settled = {WORDS.get(sign) for sign in [*said("elementwise"), *(v.partition("=")[0] for v in said("symbol"))]}
    free = sorted({op for op in ops if op in TABLE} - settled)
    single = [{op: reading} for op in free for reading in TABLE[op].readings]
    functions = {op: reading for op in free if (reading := matrix_reading(op))}
    several = [dict(pair) for pair in combinations(functions.items(), 2)] if len(functions) > 1 else []
    return single + several + ([functions] if len(functions) > 2 else [])
