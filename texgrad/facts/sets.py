r"""A run of math in, the declarations by sets out: A \in \mathbb{R}^{m\times n}, f: \mathbb{R}^n \to \mathbb{R}."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from texgrad.facts.fact import Declaration, Fact
from texgrad.facts.note import Note
from texgrad.facts.runs import Clause, Run
from texgrad.facts.spaces import Space, of_small, read_power, read_product, read_space, shaped
from texgrad.facts.symbols import Name, is_dots, levels, name_flavour, read_dims, read_name, read_size
from texgrad.notation.tokens import Token

ORDER = 10  # where two facts stand at one place, the word of the higher order comes last

_VALUED = {"scalar": "scalar-valued", "vector": "vector-valued", "row": "vector-valued", "matrix": "matrix-valued"}


def find(note: Note) -> Iterator[Fact]:
    for run in note.runs:
        yield from in_run(run)


def find_arguments(note: Note, known: Set[str]) -> Iterator[Declaration]:
    r"""f: \mathbb{R}^n \to \mathbb{R}, then f(x) = ...: what x is, where nothing else says it."""
    domains: dict[str, Space] = {}
    seen = set(known)
    for run in note.runs:
        for clause in run.clauses:
            for at, relation in enumerate(clause.relations):
                if relation.text == "\\to":
                    domains.update(_domains(clause, at))
            name = read_name(clause.members[0])
            space = domains.get(name.name) if name is not None and name.call and len(name.arguments) == 1 else None
            if space is None or name.arguments[0] in seen or not name.arguments[0].lstrip("\\").isalpha():
                continue
            if name_flavour(name.arguments[0])[0] and space.kind != "matrix":
                continue  # f(W) of another f than that on R^n
            seen.add(name.arguments[0])
            yield Declaration(name.arguments[0], name.span, space.kind, properties=space.properties)


def _domains(clause: Clause, at: int) -> Iterator[tuple[str, Space]]:
    """The function of a signature of one argument, with the set that the argument is from."""
    head, domain = _around_colon(clause.members[at])
    name, space = read_name(head) if head is not None else None, read_space(domain)
    if name is not None and space is not None:
        yield name.name, space


def in_run(run: Run) -> Iterator[Declaration]:
    """The declarations by sets of one run."""
    waiting: list[Sequence[Token]] = []
    for clause in run.clauses:
        if not clause.comma:
            waiting = []
        if not clause.relations:
            yield from _annotated(clause)
            waiting.append(clause.members[0])
            continue
        yield from _memberships(clause, waiting)
        yield from _signatures(clause, waiting)
        waiting = []


def _memberships(clause: Clause, waiting: list[Sequence[Token]]) -> Iterator[Declaration]:
    for at, relation in enumerate(clause.relations):
        if relation.text != "\\in" or not clause.members[at + 1]:
            continue
        tokens = clause.members[at + 1]
        space = read_space(tokens) or read_power(tokens)
        if space is None:
            yield from _index_sets(clause.members[at], tokens)
            continue
        # In A = A^T \in S all members lie in the set; in x = f(y), x \in S the comma keeps the equation apart.
        members = [*(waiting if at == 0 else ()), *clause.members[: at + 1]]
        if any(other.text not in ("=", ":=", "\\in", "\\equiv", "\\ne") for other in clause.relations[:at]):
            members = [clause.members[at]]
        yield from declare_all(members, space)


def declare_all(members: Sequence[Sequence[Token]], space: Space) -> Iterator[Declaration]:
    """Every name among the members is in the space; x_1, \\dots, x_n is the family x_i."""
    dotted = [at for at, member in enumerate(members) if is_dots(member)]
    families: set[str] = set()
    for at, member in enumerate(members):
        name = read_name(member)
        if name is None or name.transposed:
            continue
        near = [place for place in dotted if abs(place - at) <= 2]
        base = name.name.rpartition("_{")[0] if name.name.endswith("}") else ""
        if near and base and not name.family:
            if base in families:
                continue
            families.add(base)
            last = read_name(members[max(near) + 1]) if max(near) + 1 < len(members) else None
            count = (last.member or last.name).rpartition("_{")[2].rstrip("}") if last else None
            yield declared(Name(base, name.span, ("i",), f"{base}_{{i}}"), space, count)
            continue
        if name.family and base_of(name) in families:
            continue
        yield declared(name, space)


def base_of(name: Name) -> str:
    return name.name


def declared(name: Name, space: Space, count: str | None = None) -> Declaration:
    """The declaration that the name is a member of the space; a call f(x) declares the function's values."""
    size = int(count) if count is not None and count.isdigit() else count
    space = space if name.flavour[0] else of_small(space)
    if name.call:
        return Declaration(
            name.name,
            name.span,
            "function",
            properties=space.properties | {_VALUED[space.kind]},
            family=name.family,
            member=name.member,
            arguments=name.arguments,
            value_dims=space.dims,
        )
    return Declaration(
        name.name,
        name.span,
        space.kind,
        space.dims,
        space.properties,
        family=name.family,
        member=name.member,
        count=size,
    )


def _index_sets(member: Sequence[Token], tokens: Sequence[Token]) -> Iterator[Declaration]:
    r"""k \in \{1, ..., K\}: an index with its range."""
    name = read_name(member)
    if name is None or name.call or len(tokens) < 5 or tokens[0].text != "\\{" or tokens[-1].text != "\\}":
        return
    items: list[list[Token]] = [[]]
    for token, depth in levels(tokens[1:-1]):
        if depth == 0 and token.text == ",":
            items.append([])
        else:
            items[-1].append(token)
    if len(items) >= 3 and any(is_dots(item) for item in items) and read_size(items[0]) in (0, 1):
        yield Declaration(name.name, name.span, "index", count=read_size(items[-1]))


_INSIDE = frozenset(("\\subset", "\\subseteq", "\\subseteqq"))


def _signatures(clause: Clause, waiting: Sequence[Sequence[Token]]) -> Iterator[Declaration]:
    r"""f: \mathbb{R}^n \to \mathbb{R}, also u, v: ... and f: U \subset \mathbb{R}^n \to ..."""
    for at, relation in enumerate(clause.relations):
        if relation.text not in ("\\to", "\\mapsto"):
            continue
        inside = at > 0 and clause.relations[at - 1].text in _INSIDE
        head, domain = _around_colon(clause.members[at - 1 if inside else at])
        if head is None:
            continue
        spaces, value = read_product(clause.members[at] if inside else domain), read_space(clause.members[at + 1])
        names = [read_name(tokens) for tokens in (*(waiting if at == inside else ()), head)]
        if spaces is None or value is None or None in names:
            continue
        properties = value.properties - {"square"} | {_VALUED[value.kind]}
        for name in names:
            # Equal factors are written as one: R^n x R^n.
            yield Declaration(
                name.name,
                name.span,
                "function",
                properties=properties,
                family=name.family,
                member=name.member,
                arguments=name.arguments,
                argument_dims=tuple(space.dims for space in spaces),
                value_dims=value.dims,
            )


def _around_colon(tokens: Sequence[Token]) -> tuple[Sequence[Token] | None, Sequence[Token]]:
    for at, (token, depth) in enumerate(levels(tokens)):
        if depth == 0 and token.kind == "char" and token.text == ":":
            return tokens[:at], tokens[at + 1 :]
    return None, tokens


def _annotated(clause: Clause) -> Iterator[Declaration]:
    r"""A: m\times n and A_{m\times n}; a size alone after the colon, so that ratios stay out."""
    head, sizes = _around_colon(clause.members[0])
    if head is not None:
        dims, name = read_dims(sizes), read_name(head)
        if dims is not None and len(dims) == 2 and name is not None and not name.call and not name.transposed:
            space = shaped(dims)
            if space is not None:
                yield declared(name, space)
        return
    tokens = clause.members[0]
    if len(tokens) >= 6 and any(token.text == "\\times" for token in tokens) and tokens[-1].kind == "close":
        opening = next((at for at, token in enumerate(tokens) if token.kind == "sub"), None)
        if opening is None or tokens[opening + 1].kind != "open":
            return
        dims, name = read_dims(tokens[opening + 2 : -1]), read_name(tokens[:opening])
        space = shaped(dims) if dims is not None and len(dims) == 2 else None
        if name is not None and space is not None:
            yield declared(name, space)
