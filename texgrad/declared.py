"""The facts of a note in, what its own words say of each symbol at one place out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from texgrad.evidence import Usage
from texgrad.facts.fact import DISTRIBUTIONS, HYPOTHESES, VALUES, Convention, Declaration, Fact, Withdrawal
from texgrad.layers import level
from texgrad.shapes import Symbol
from texgrad.typography import emboldened

Place = tuple[int, int]  # piece number, character offset in its source
LABELS = DISTRIBUTIONS | {"row-stochastic", "column-stochastic"}
STEPS = frozenset(("t", "l", "s", "\\ell", "\\tau", "L", "T"))  # letters that count steps and layers, not samples
STACKS = frozenset(("rows-are-samples", "columns-are-samples"))
OF_SECTIONS = STACKS | {"einstein"}  # said of a section and what follows
BESIDE = 4  # pieces: "E = -\\sum_k y_k log s_k, where \\sum_k y_k = 1"
SMALL_LETTER = re.compile(r"[a-z]|\\[a-z]+")  # also a Greek one
STOP = re.compile("[.;。；]")
INLINE = re.compile(r"\n\s*(?:[-*+]|\d+[.)])?\s*(?:(?<!\$)\$|\\\()$")  # how a formula begins that is no display
BEGUN = re.compile(r"[.;。；]\s*(?:(?<!\$)\$|\\\()\Z")  # ... and the next sentence
# a sentence that ends behind an equation of its own for a derivative
CLAIMED = re.compile(r"(?:\\nabla|\\partial|\\[dt]?frac\{?\\?[a-z]*\{?d)[^=]*=[^=]*[.。]\W*\Z")
NEXT = 12  # characters: the display right behind the sentence belongs to it
MATRIX_PROPERTIES = frozenset(
    "symmetric skew-symmetric invertible positive-definite positive-semidefinite orthogonal square idempotent "
    "lower-triangular upper-triangular toeplitz full-column-rank full-row-rank row-stochastic "
    "column-stochastic orthonormal-columns not-symmetric not-square diagonal".split()
)
DISTRIBUTED = frozenset(("row-stochastic", "column-stochastic"))
DEFINITE = frozenset(("positive-definite", "positive-semidefinite"))
ANEW = frozenset(("scalar", "vector", "column", "row"))  # a word that says what a letter is, defined before or not
VALUED = (("scalar-valued", "scalar"), ("vector-valued", "column"), ("matrix-valued", "matrix"))
WIDE = {"vector": "column", "column": "column", "row": "row", "matrix": "matrix"}
AXES = {"vector": 1, "column": 1, "row": 1, "matrix": 2}
VALUED_WORDS = frozenset(word for word, _ in VALUED)


def nearest(found: Sequence[Declaration]) -> list[Declaration]:
    """Of declarations that follow a place those up to the first that gives the symbol another size."""
    sized = [fact.dims for fact in found if fact.dims]
    stop = next((at for at, fact in enumerate(found) if fact.dims and fact.dims != sized[0]), len(found))
    return list(found[:stop])


def _apart(at: Place, place: Place, examples: Sequence[tuple[int, int]]) -> bool:
    """Whether a place stands in an example, with hypotheses of its own, and the other one does not."""
    return any(start <= at[0] < end and not start <= place[0] < end for start, end in examples)


def _covers(fact: Declaration, place: Place, source: object) -> bool:
    """Whether a place stands in the sentence of a fact."""
    return fact.reach.source is source and fact.reach.start <= place[1] <= fact.reach.end


def _is_any(fact: Declaration) -> bool:
    """Whether a symbol is introduced as any matrix: "Let A be a square matrix", which no more is the symmetric one."""
    general = fact.dims is not None or "square" in fact.properties
    return fact.kind == "matrix" and general and not fact.properties & HYPOTHESES


def _without(fact: Declaration, ended: Withdrawal) -> Declaration:
    """A declaration without the hypotheses that are withdrawn."""
    mine = not ended.names or fact.name in ended.names
    return replace(fact, properties=fact.properties - ended.properties) if mine and not fact.directive else fact


class Declared:
    """Declarations and conventions in force at one place; where none stands before it, those that follow."""

    def __init__(self, facts: Sequence[tuple[Place, Fact]], usage: Usage, place: Place, source: object,
                 breaks: Sequence[int] = (), headings: Sequence[int] = (),
                 examples: Sequence[tuple[int, int]] = ()) -> None:  # fmt: skip
        self.usage = usage
        self.facts: dict[str, list[Declaration]] = {}
        self.conventions: dict[str, str] = {}
        self.all_conventions: list[Convention] = []
        self.ahead: list[Convention] = []  # those that stand only behind this place
        self.sizes: dict[str, Place] = {}  # with the place where it is first one
        self.signed: dict[str, Place] = {}  # where the note last says that a symbol is any one of its kind, h: R -> R
        self.matrices: dict[str, Place] = {}  # where it last calls it a matrix
        self.families: dict[str, Place] = {}  # where it last says what the members of a family are
        self.passing: dict[str, Declaration] = {}  # kinds that another sentence of the section supposes
        self._symbols: dict[str, Symbol | None] = {}
        later: dict[str, list[Declaration]] = {}
        firsts: dict[str, int] = {}
        lasts: dict[str, int] = {}
        near: list[Declaration] = []
        for at, fact in self._spread(facts):
            if isinstance(fact, Convention):
                far = fact.name in OF_SECTIONS and any(place[0] < start <= at[0] for start in headings)
                if self._reaches(fact, place, source) and not far:
                    self._convention(fact, at <= place or fact.directive)
            elif isinstance(fact, Declaration) and self._reaches(fact, place, source):
                if fact.properties & HYPOTHESES and not fact.directive and _apart(at, place, examples):
                    fact = replace(fact, properties=fact.properties - HYPOTHESES)
                here = fact.reach is not None and fact.hold == "note" and at > place and _covers(fact, place, source)
                if at > place and fact.onward and not here:
                    fact = replace(fact, properties=fact.properties - HYPOTHESES)
                elif at > place and fact.hold == "note" and fact.properties & HYPOTHESES and fact.reach is not None:
                    here = here or not any(place[0] <= end < at[0] for end in breaks)
                beside = at > place and fact.properties & DISTRIBUTIONS and at[0] - place[0] < BESIDE
                if here or fact.hold != "note" or fact.directive or beside:
                    near.append(fact)
                elif fact.kind == "function" and any(place[0] < start < at[0] for start in breaks):
                    continue  # "let u, v: R^n -> R" says nothing of the v of the paragraph before
                elif any(place[0] < start < at[0] for start in headings) and (
                    self.is_family(fact) or self._is_plain_vector(fact) or self._is_stack(fact.name)
                ):
                    continue  # labels t_i of a later section say nothing of the t of sigma(t) here
                elif fact.aside and at <= place and (
                    any(other.dims for other in self.facts.get(self.key(fact), ()))
                    or any(at[0] < start < place[0] for start in headings)
                ):
                    continue
                else:
                    told = (self.facts if at <= place else later).setdefault(self.key(fact), [])
                    if _is_any(fact) and any(lasts.get(self.key(fact), at[0]) < end <= at[0] for end in breaks):
                        told[:] = [replace(each, properties=each.properties - HYPOTHESES) for each in told]
                    if "noise" in fact.properties:  # drawn anew: v is no v(x) any more
                        told[:] = [each for each in told if not each.arguments]
                    told.append(fact)
                    firsts.setdefault(self.key(fact), at[0])
                    lasts[self.key(fact)] = at[0]
                self._note_sizes(fact, at)
                anew = fact.argument_dims is not None or (fact.hold == "note" and fact.kind in ANEW and not fact.family)
                if (anew or fact.properties & LABELS) and at <= place:
                    self.signed[fact.name] = at
                if fact.kind == "matrix" and fact.hold == "note" and at <= place:
                    self.matrices[fact.name] = at
                if fact.hold == "note" and self.is_family(fact) and at <= place:
                    self.families[fact.name] = at
            elif isinstance(fact, Withdrawal) and at <= place and self._reaches(fact, place, source):
                for told in (*self.facts.values(), near):
                    told[:] = [_without(each, fact) for each in told]
            elif isinstance(fact, Declaration) and self._supposes(fact, at, place, headings):
                self.passing[fact.name] = fact
        # what later sections alone declare: the letter may have stood for something else here
        self.distant = {name for name, first in firsts.items() if any(place[0] < start < first for start in headings)}
        # what earlier sections alone declare
        self.left = {name for name, last in lasts.items() if any(last < start < place[0] for start in headings)}
        for name, found in later.items():
            near_by = nearest(found)
            if name in self.distant:  # what a later section supposes of a matrix is no hypothesis here
                near_by = [replace(fact, properties=fact.properties - HYPOTHESES) for fact in near_by]
            self.facts.setdefault(name, near_by)
        for fact in near:
            self.facts.setdefault(self.key(fact), []).append(fact)

    @staticmethod
    def _supposes(fact: Declaration, at: Place, place: Place, headings: Sequence[int]) -> bool:
        """Whether an earlier sentence of the section says that a symbol is a vector or a matrix there."""
        told = fact.hold == "sentence" and fact.kind in WIDE and not fact.family
        return told and at <= place and not any(at[0] < start < place[0] for start in headings)

    def _spread(self, facts: Sequence[tuple[Place, Fact]]) -> Iterator[tuple[Place, Fact]]:
        """The facts, where the note says of entries, \\sum_k t_k = 1, what is true of the bold vector of them."""
        for at, fact in facts:
            yield at, self._of_members(fact)
            summed = isinstance(fact, Declaration) and fact.kind is None and fact.properties & DISTRIBUTIONS
            if summed and (bold := emboldened(fact.name)[0]) in self.usage.names:
                yield at, replace(fact, name=bold)

    def _of_members(self, fact: Fact) -> Fact:
        """u_w as a member of a family where w runs in a sum, though it is no usual letter of an index."""
        base, _, index = fact.name.rstrip("}").rpartition("_{") if isinstance(fact, Declaration) else ("", "", "")
        if not base or "{" in base or fact.family or index not in self.usage.bound or index in STEPS or len(index) > 1:
            return fact
        return replace(fact, name=base, family=(index,), member=fact.name)

    def _is_stack(self, name: str) -> bool:
        """Whether a matrix has the samples for its rows or columns, as far as the note has gone."""
        said = (each for each in self.all_conventions if each.name in STACKS and each not in self.ahead)
        return any(each.value.partition("=")[0] == name for each in said)

    def _is_plain_vector(self, fact: Declaration) -> bool:
        """Whether a fact makes a vector of a small letter that the note nowhere transposes or takes the norm of."""
        return fact.kind in ("vector", "column", "row", None) and SMALL_LETTER.fullmatch(fact.name) is not None

    def last(self, name: str) -> int:
        """Where in the source the note last declares a symbol; before its beginning where it does not."""
        return max((fact.span.start for fact in self.facts.get(name, ()) if fact.kind is not None), default=-1)

    @staticmethod
    def _reaches(fact: Declaration | Convention | Withdrawal, place: Place, source: object) -> bool:
        if fact.hold == "note" or fact.reach is None:
            return True
        own = fact.hold == "formula" and isinstance(fact, Declaration) and fact.properties & HYPOTHESES
        slack = 0 if own else NEXT
        if fact.reach.source is not source or not fact.reach.start <= place[1] <= fact.reach.end + slack:
            return False
        text = fact.reach.source.text
        between = text[fact.reach.end : place[1]]
        if fact.hold == "sentence" and between and CLAIMED.search(text, fact.span.end, fact.reach.end):
            return False  # all is said, and the display is another claim
        begun = between and BEGUN.search(text, fact.reach.start, place[1])
        if begun or INLINE.search(between):
            return False  # the formula that another sentence or item begins with
        another = fact.hold == "sentence" or STOP.search(between)
        return not (another and any(map(str.isalpha, between)))  # no words of another sentence

    def _convention(self, fact: Convention, before: bool) -> None:
        self.all_conventions.append(fact)
        if not before:
            self.ahead.append(fact)
        if before or fact.name not in self.conventions:
            self.conventions[fact.name] = fact.value

    def _note_sizes(self, fact: Declaration, at: Place) -> None:
        for dim in (*(fact.dims or ()), fact.count):
            if isinstance(dim, str):
                for name in (dim, *re.findall(r"\\[a-zA-Z]+|[A-Za-z]", dim.partition("_")[0])):
                    self.sizes[name] = min(at, self.sizes.get(name, at))

    def is_function(self, name: str) -> bool:
        """Whether the note calls the symbol a function, or gives its signature; a map with a size is a matrix."""
        facts = self.facts.get(name, ())
        sized = any(fact.kind == "matrix" and fact.dims for fact in facts)
        return not sized and any(fact.kind == "function" for fact in facts)

    def signature(self, name: str) -> tuple[tuple[str | int, ...], ...] | None:
        """The sizes of a function's arguments, where the note says from where to where it goes."""
        found = [fact.argument_dims for fact in self.facts.get(name, ()) if fact.argument_dims is not None]
        return found[-1] if found else None

    def changes_size(self, name: str) -> bool:
        """Whether a function takes vectors of one size to vectors of another, and so does not work entry by entry."""
        return any(fact.argument_dims is not None and len(fact.argument_dims) == 1 and len(fact.value_dims or ()) == 1
                   and fact.argument_dims[0] != fact.value_dims for fact in self.facts.get(name, ()))  # fmt: skip

    def is_independent(self, name: str, variable: str) -> bool:
        """Whether the note says that a symbol is constant, or that it does not depend on a variable."""
        facts = self.facts.get(name, ())
        return any(variable in fact.independent_of or "constant" in fact.properties for fact in facts)

    def values(self, convention: str) -> list[str]:
        """All that is said under the name of one convention."""
        return [fact.value for fact in self.all_conventions if fact.name == convention]

    def earlier(self, convention: str) -> list[str]:
        """What is said under the name of a convention before this place."""
        facts = [fact for fact in self.all_conventions if not any(fact is other for other in self.ahead)]
        return [fact.value for fact in facts if fact.name == convention]

    def is_family(self, fact: Declaration) -> bool:
        """Whether x_i stands for the members of a sample; h_t and W^{(l)} are symbols of their own."""
        if not fact.family:
            return False
        index = fact.family[0]
        if index in self.usage.bound and index not in STEPS:
            return True
        return index not in STEPS and not ("^{" in fact.member and level(fact.member) and index not in "ij")

    def key(self, fact: Declaration) -> str:
        if fact.family and fact.member and not self.is_family(fact):
            return fact.member
        return fact.name

    def symbol(self, name: str) -> Symbol | None:
        """What the note's own words say: the last kind and sizes, all properties since; None where it says nothing."""
        if name not in self._symbols:
            self._symbols[name] = self._symbol(name)
        return self._symbols[name]

    def _symbol(self, name: str) -> Symbol | None:
        facts = self.facts.get(name)
        if not facts:
            return None
        kind = dims = count = sized = None
        properties: set[str] = set()
        arguments: tuple[str, ...] = ()
        family: tuple[str, ...] = ()
        for fact in facts:
            bare = fact.dims is None and fact.kind not in (None, kind, "function") and not fact.directive
            valued = kind == "function" and dims is not None and AXES.get(fact.kind) == len(dims)
            if dims is not None and bare and not valued:  # P(t) in R^{n x n}, and P^T P = I of its values
                properties |= fact.properties & DISTRIBUTIONS if kind == "matrix" else set()  # "one-hot targets"
                continue  # "y = X b, X of full rank": a bare word does not undo a stated size
            if dims and not fact.dims and fact.kind not in (None, kind) and fact.span == sized:
                continue  # "x in R^n and a, b are positive scalars": the words are about a and b
            sized = fact.span if fact.dims else sized
            if fact.kind not in (None, "function", "index") and kind not in (None, fact.kind, "function", "unknown"):
                kept = properties & DISTRIBUTIONS if fact.kind == "matrix" else set()  # "one-hot labels Y (n x k)"
                properties, dims, family = kept, None, ()
            if fact.dims is not None and dims is not None and fact.dims != dims:
                properties -= MATRIX_PROPERTIES
            elif "square" in properties and len(fact.dims or ()) == 2 and fact.dims[0] != fact.dims[1]:
                properties -= MATRIX_PROPERTIES - DISTRIBUTED  # an invertible X above, an m x n matrix X here
            if "square" in fact.properties and not fact.dims and dims and len(dims) == 2 and dims[0] != dims[1]:
                dims = None  # "if X is invertible" of an X that is m x n elsewhere
            kind = fact.kind or kind
            dims = fact.dims or fact.value_dims or dims
            if fact.properties & VALUED_WORDS:
                properties -= VALUED_WORDS  # f: R^n -> R above, f: R^n -> R^m here
            if fact.properties & DISTRIBUTIONS and kind == "scalar" and family:
                kind, family, properties = "column", (), properties - {"binary", "integer"}
                # y_i in {0, 1} above, \\sum_k y_k = 1 here: the entries of a vector
            if fact.properties & VALUES:
                properties -= VALUES  # labels 0 and 1 above, -1 and 1 here
            for item in fact.properties:
                properties.discard(item[4:] if item.startswith("not-") else "not-" + item)
            if "scalar-valued" in fact.properties:
                properties.discard("elementwise")
            properties |= fact.properties
            if "not-symmetric" in fact.properties:
                properties.discard("diagonal")
            if "not-symmetric" in properties and properties & DEFINITE:
                properties -= DEFINITE  # positive in x^T A x alone: of a symmetric matrix nothing is left
            arguments = fact.arguments or arguments
            if fact.kind is not None:
                family = fact.family if self.is_family(fact) else ()
            count = fact.count or count
        kind = self._kind(kind, dims, properties, facts)
        if kind in ("scalar", "function"):
            dims = dims if kind == "function" else None
        table = kind == "matrix" or (kind == "column" and not dims and self._is_table(name))
        if table and properties & DISTRIBUTIONS:
            line = "column" if "columns" in (*self.values("softmax"), *self.values("examples")) else "row"
            kind, properties = "matrix", properties - DISTRIBUTIONS - {"binary"} | {f"{line}-stochastic"}  # labels Y
        if dims == () or (kind in ("column", "row") and dims and len(dims) == 2):
            dims = next(((d,) for d in dims if d != 1), None) if dims else None
        return Symbol(name, kind, dims, frozenset(properties), arguments, family, self._is_sure(name, kind),
                      f"line {facts[-1].span.line}", count)  # fmt: skip

    def _is_sure(self, name: str, kind: str) -> bool:
        """Whether what is said holds here: a lone capital of a later section may be another one."""
        return kind != "unknown" and not (name in self.distant and len(name) == 1)

    def _is_table(self, name: str) -> bool:
        """Whether a capital has entries with two indices."""
        return name.lstrip("\\").removeprefix("mathbf{")[:1].isupper() and any(
            len(text) == 2 and text.isalpha() for text in self.usage.subscripts.get(name, ())
        )

    def _kind(self, kind: str | None, dims, properties: set[str], facts: Sequence[Declaration]) -> str:
        if kind == "function" or (kind is None and any(fact.arguments for fact in facts)):
            for prop, value in VALUED:
                if prop in properties:
                    return value
            value_dims = next((fact.value_dims for fact in reversed(facts) if fact.value_dims is not None), None)
            if value_dims is not None:
                return ("scalar", "column", "matrix")[min(len(value_dims), 2)]
            return "function" if kind == "function" else "unknown"
        if kind == "vector":
            return "row" if self.conventions.get("vectors-are") == "rows" else "column"
        if kind == "index":
            return "scalar"
        if kind is not None:
            return kind if kind in ("scalar", "column", "row", "matrix") else "unknown"
        if dims is not None:
            return "matrix" if len(dims) == 2 else "column"
        return "matrix" if properties & MATRIX_PROPERTIES - {"diagonal"} else "unknown"
