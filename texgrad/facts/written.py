r"""A run of math in, what symbols are made of out: x = (x_1,\dots,x_n)^T, X = [x_1,\dots,x_n], A = [a_{ij}]."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from texgrad.facts.fact import Convention, Declaration, Fact
from texgrad.facts.note import Note
from texgrad.facts.runs import Run
from texgrad.facts.symbols import Name, Size, is_dots, levels, read_name, read_size
from texgrad.notation.tokens import Token

ORDER = 20  # where two facts stand at one place, the word of the higher order comes last

# i = 1..n
_SPAN = re.compile(r"(?<![\w}])(?P<index>[a-z])=[01]\.\.+(?P<count>[A-Za-z]\w*)(?![\w_^])")
COORDINATES = frozenset("XYZW")
_BRACKETS = {"(": ")", "[": "]"}


def find(note: Note) -> Iterator[Fact]:
    equations = [(run.piece, *clause.members[at : at + 2]) for run in note.runs for clause in run.clauses
                 for at, relation in enumerate(clause.relations) if relation.text in ("=", ":=")]  # fmt: skip
    parted = {piece for piece, left, right in equations if _is_partition(left, right)}
    for run in note.runs:
        yield from _ranges(run)
    for piece, left, right in equations:
        if piece not in parted:  # beside blocks \\Sigma_{11} the x_1 of x are vectors
            yield from _listed(left, right)


def _is_partition(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """S = (S_{11} & S_{12} \\\\ S_{21} & S_{22}), of blocks that are capitals as the whole is."""
    name, grid = read_name(left), _grid(right)
    if name is None or grid is None or len(grid.rows) < 2 or not name.flavour[0]:
        return False
    names = [read_name(cell) for row in grid.rows for cell in row]
    return len(names) > len(grid.rows) and all(each and each.name.startswith(f"{name.name}_") for each in names)


def _ranges(run: Run) -> Iterator[Declaration]:
    r"""i = 1, \dots, n."""
    for match in _SPAN.finditer(run.compact if any(token.text == "." for token in run.tokens) else ""):
        yield Declaration(match["index"], run.span, "index", count=match["count"])
    clauses = run.clauses
    for at in range(len(clauses) - 2):
        first, dots, last = clauses[at : at + 3]
        if len(first.relations) != 1 or first.relations[0].text != "=" or not is_dots(dots.members[0]):
            # i = 1, 2, \dots, n
            if at + 3 < len(clauses) and read_size(dots.members[0]) == 2 and is_dots(last.members[0]):
                dots, last = last, clauses[at + 3]
            else:
                continue
        name, start, count = read_name(first.members[0]), read_size(first.members[-1]), read_size(last.members[0])
        if name is not None and not name.call and start in (0, 1) and count is not None and len(first.relations) == 1:
            yield Declaration(name.name, name.span, "index", count=count)


@dataclass(frozen=True)
class _Grid:
    """Rows of cells; `column` when a transpose or semicolons stand a row of cells up."""

    rows: tuple[tuple[tuple[Token, ...], ...], ...]
    transposed: bool
    spaced: bool = False


def _listed(left: Sequence[Token], right: Sequence[Token]) -> Iterator[Fact]:
    name, grid = read_name(left), _grid(right)
    if name is None or name.call or grid is None:
        return
    entry = _entry(grid)
    if entry is not None:
        yield from _matrix_of_entries(name, *entry)
        return
    upright = len(grid.rows) > 1 and all(len(row) == 1 for row in grid.rows)
    flat = len(grid.rows) == 1 and len(grid.rows[0]) > 1
    if not upright and not flat:
        return
    cells = [row[0] for row in grid.rows] if upright else list(grid.rows[0])
    family, count, rows = _family(cells)
    if family is None:
        yield from _point(name, cells)
        return
    yield from _stack(name, family, count, upright, grid, rows)


def _point(name: Name, cells: Sequence[Sequence[Token]]) -> Iterator[Fact]:
    """q = (X, Y, Z): coordinates are numbers; x = (x_1, x_2, \\theta) with entries of x has as many as are listed."""
    names = [read_name(cell) for cell in cells]
    if any(each is None for each in names):
        return
    labels = [each.name for each in names if each is not None]
    if labels[:2] == ["X", "Y"] and {*labels} <= COORDINATES:
        for each in names:
            yield Declaration(each.name, each.span, "scalar")
    own = [at for at, label in enumerate(labels, 1) if label == f"{name.name}_{{{at}}}"]
    if own and len(own) < len(labels):
        yield Declaration(name.name, name.span, "vector", (len(labels),))


def _stack(name: Name, family: Name, count: Size | None, upright: bool, grid: _Grid, rows: bool) -> Iterator[Fact]:
    matrix = name.flavour[0] and not family.flavour[0] and name.name.lstrip("\\").rpartition("{")[2] != family.name
    if matrix:
        yield Declaration(name.name, name.span, "matrix")
        yield Declaration(family.name, family.span, "vector", family=("i",), member=f"{family.name}_{{i}}", count=count)
        # A stack of x_i^T, or a transposed line of x_i, has the family as its rows.
        held = "rows" if (upright and rows) or (not upright and grid.transposed) else "columns"
        if upright and not rows:
            return
        yield Convention(f"{held}-are-samples", f"{name.name}={family.name}", name.span)
        return
    parts = name.flavour[0] and family.flavour[0] and isinstance(count, int)
    if rows or (parts and not upright and not grid.transposed):
        return  # X = [X_1, X_2] of a partitioned matrix
    dims = (count,) if count is not None else None
    if upright == grid.transposed and not name.transposed and (upright or grid.spaced):
        # [x_1 x_2 x_3] with nothing behind it is a row as written, though many mean a column: nothing is said.
        return
    yield Declaration(name.name, name.span, "vector", dims)
    yield Convention("entries", f"{name.name}={family.name}", name.span)


def _grid(tokens: Sequence[Token]) -> _Grid | None:
    """The cells of (..), [..] or a matrix environment, with a transpose or without."""
    tokens = list(tokens)
    if len(tokens) < 3:
        return None
    transposed = False
    if tokens[-1].text in ("T", "\\top", "\\intercal") and tokens[-2].kind == "sup":
        tokens, transposed = tokens[:-2], True
    elif tokens[-1].kind == "close" and any(token.kind == "sup" for token in tokens[-6:]):
        at = max(at for at, token in enumerate(tokens) if token.kind == "sup")
        inside = [token.text for token in tokens[at + 1 :] if token.kind in ("letter", "command")]
        if inside and inside[-1] in ("T", "\\top", "\\intercal") and len(inside) <= 2:
            tokens, transposed = tokens[:at], True
    elif tokens[-1].text == "'":
        tokens, transposed = tokens[:-1], True
    if len(tokens) < 3:
        return None
    if tokens[0].text in _BRACKETS and tokens[-1].text == _BRACKETS[tokens[0].text] and len(tokens) > 4:
        inside = tokens[1:-1]
        if inside[0].kind != "begin":
            return _line(inside, transposed)
        tokens = inside
    if (tokens[0].kind == "begin" and tokens[-1].kind == "end" and "matrix" in tokens[0].text) or _is_array(tokens):
        return _Grid(_cells(tokens[1:-1]), transposed)
    return None


def cells_of(tokens: Sequence[Token]) -> tuple[tuple[tuple[Token, ...], ...], ...] | None:
    """The rows and cells of a matrix that is written out and not transposed."""
    grid = _grid(tokens)
    return grid.rows if grid is not None and not grid.transposed else None


def _is_array(tokens: Sequence[Token]) -> bool:
    return tokens[0].kind == "begin" and tokens[-1].kind == "end" and tokens[0].text in ("array", "smallmatrix")


def _cells(tokens: Sequence[Token]) -> tuple[tuple[tuple[Token, ...], ...], ...]:
    rows: list[list[list[Token]]] = [[[]]]
    for token, depth in levels(tokens):
        if depth == 0 and token.kind == "row":
            rows.append([[]])
        elif depth == 0 and token.kind == "align":
            rows[-1].append([])
        else:
            rows[-1][-1].append(token)
    return tuple(tuple(tuple(cell) for cell in row) for row in rows if row != [[]])


def _line(tokens: Sequence[Token], transposed: bool) -> _Grid | None:
    r"""x_1, \dots, x_n or x_1; \dots; x_n or x_1 \cdots x_n."""
    marks = {token.text for token, depth in levels(tokens) if depth == 0 and token.text in (",", ";")}
    if len(marks) > 1:
        return None
    cells: list[list[Token]] = [[]]
    for token, depth in levels(tokens):
        if depth == 0 and token.text in (",", ";", "\\quad"):
            cells.append([])
        elif depth == 0 and is_dots((token,)) and not marks:
            cells += [[token], []]
        else:
            cells[-1].append(token)
    kept = tuple(tuple(cell) for cell in cells if cell)
    if ";" in marks:
        return _Grid(tuple((cell,) for cell in kept), transposed)
    return _Grid((kept,), transposed, spaced=not marks)


def _family(cells: Sequence[Sequence[Token]]) -> tuple[Name | None, Size | None, bool]:
    """x_1, ..., x_n as the family x with n members; whether its members are transposed."""
    names = [read_name(cell) for cell in cells if not is_dots(cell)]
    if len(names) < 2 or any(name is None or name.call for name in names):
        return None, None, False
    split = [_subscripted(name) for name in names if name is not None]
    if any(part is None for part in split):
        return None, None, False
    bases = {part[0] for part in split if part}
    ends = [part[1] for part in split if part]
    dotted = len(names) < len(cells)
    if len(bases) != 1 or ends[0] not in ("0", "1") or (not dotted and ends[-1] != str(len(ends) - 1 + int(ends[0]))):
        return None, None, False
    transposed = {name.transposed for name in names if name is not None}
    if len(transposed) != 1:
        return None, None, False
    last: Size = int(ends[-1]) if ends[-1].isdigit() else ends[-1]
    first = names[0]
    assert first is not None
    count = last if ends[0] == "1" else last + 1 if isinstance(last, int) else f"{last}+1"
    return Name(bases.pop(), first.span), count, transposed.pop()


def _subscripted(name: Name) -> tuple[str, str] | None:
    text = name.member or name.name
    base, mark, index = text.rpartition("_{")
    if not mark:
        base, mark, index = text.rpartition("^{(")
        index = index.removesuffix(")}") + "}" if mark else ""
    return (base, index[:-1]) if mark and index.endswith("}") else None


def _entry(grid: _Grid) -> tuple[Name, tuple[Size, ...] | None] | None:
    """a_{ij} alone in brackets."""
    if len(grid.rows) != 1 or len(grid.rows[0]) != 1:
        return None
    name = read_name(grid.rows[0][0])
    return (name, None) if name is not None and len(name.family) == 2 and not name.transposed else None


def _matrix_of_entries(name: Name, entry: Name, dims: tuple[Size, ...] | None) -> Iterator[Fact]:
    yield Declaration(name.name, name.span, "matrix", dims)
    yield Convention("entries", f"{name.name}={entry.name}", name.span)
