"""The part of a Scope that answers what numbers a sample: y_i = w^T x_i where a note defines y = w^T x."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from texgrad.batches import members, vector
from texgrad.declared import STEPS, Place
from texgrad.expr import Expr, substitute
from texgrad.facts.batches import WHOLE, small
from texgrad.facts.fact import Convention, Declaration
from texgrad.folding import with_index
from texgrad.layers import STEPPED, number_of, shift
from texgrad.shapes import Definition
from texgrad.typography import emboldened, is_bold

INDEX = "\N{BULLET}i"
MEAN = re.compile(r"\\(?:bar|overline)\{(.*)\}")
BOLD = re.compile(r"\\mathbf\{(\\?[a-z]+)\}")


class Instanced:
    """What is said of one example, taken for every member of a sample; a part of Scope."""

    def instance(self, name: str) -> Definition | None:
        """The members of a sample by what the note defines for one example; None where the index picks entries."""
        if name not in self._instances:
            self._instances[name] = None  # a definition in terms of itself is none
            self._instances[name] = self._instance(name)
        return self._instances[name]

    def _instance(self, name: str) -> Definition | None:
        general = self.definition(name)
        letters = self._letters(name)
        if general is None or general.indices or general.parameters or not letters:
            return None
        data = self._data(general.body, letters)
        if not data or not (self.is_number(general.body) or self._vectors(name, data)):
            return None
        body = self._at_member(general.body, letters)
        return Definition(name, body, (), (INDEX,), general.line, sampled=True)

    def holds_numbers(self, name: str) -> bool:
        """Whether the members of a family are numbers: by what the note defines them as, or by the cost of one."""
        if name not in self._of_numbers:
            self._of_numbers[name] = False  # what is defined by itself is none
            line = self._governing(name)
            known = line is not None and len(line.indices) == 1 and not line.parameters
            self._of_numbers[name] = self.is_number(line.body) if known else self._costs_number(name)
        return self._of_numbers[name]

    def _costs_number(self, name: str) -> bool:
        """y in L(a, y) = -y log a - (1 - y) log (1 - a), which makes sense for numbers only."""
        for _, cost in self.context.definitions:
            if name in cost.parameters and len(cost.parameters) == 2 and self._governing(cost.name) is cost:
                points = {each: Expr("symbol", (), f"\N{INCREMENT}{each}") for each in cost.parameters}
                body = substitute(cost.body, points)
                number, vector = ({point.name: kind for point in points.values()} for kind in ("scalar", "column"))
                return self.shape_of(body, number) == (1, 1) != self.shape_of(body, vector)
        return False

    def stack_of_numbers(self, name: str) -> str | None:
        """The kind of Y = [y_1, ..., y_n] where the y_i are numbers: a row, or a column where they are its rows."""
        for convention, kind in (("rows-are-samples", "column"), ("columns-are-samples", "row")):
            for whole, _, member in (value.partition("=") for value in self.words.values(convention)):
                if whole == name and member and self.holds_numbers(member):
                    return kind
        return None

    def one_hot(self, name: str) -> Definition | None:
        """y as the unit vector e_o, where the note says that its one stands at o; Y by the classes y_i of its rows."""
        if name in self.words.values("one-hot-rows") and self.usage.choosing.get(small(name)):
            row, entry = (Expr("symbol", (), f"\N{BULLET}{letter}") for letter in "ij")
            chosen = Expr("delta", (entry, Expr("member", (row,), small(name))))
            return Definition(name, chosen, (), (row.name, entry.name))
        said = next((value for value in self.words.values("one-hot-at") if value.startswith(f"{name}=")), None)
        if said is None:
            return None
        return Definition(name, Expr("unit_vector", (Expr("symbol", (), said.partition("=")[2]),)))

    def numbered(self, name: str, number: str) -> Definition | None:
        """\\delta_2 where \\delta_k = \\partial E / \\partial z_k is said of all k, and z_2 has its own formula."""
        family = self._governing(name, count=1) if number.isdigit() else None
        of_all = self._of_all(f"{name}_{{{number}}}") if number.isdigit() else None
        if of_all is not None:
            return of_all
        if family is None or family.sampled or family.parameters or len(family.indices) != 1:
            return None
        index = Expr("symbol", (), family.indices[0])
        names = {part.name for part in family.body.walk() if part.op == "member" and part.args == (index,)}
        own = all(self.definition(f"{each}_{{{number}}}") is not None for each in names - {name})
        if not names or not own or name in names:
            return None
        body = _numbered(family.body, index, number)
        return Definition(f"{name}_{{{number}}}", body, (), (), family.line)

    def _of_all(self, name: str) -> Definition | None:
        """G_2 where G_i = \\partial J / \\partial Z_i is said of all i, and Z_2 has a formula (one for all will do)."""
        for _, general in reversed(self.context.definitions):
            pair = number_of(with_index(general), name) if general.body.op == "derivative" else None
            if pair is not None:
                body = shift(general.body, *pair)
                before, after = ({part.name for part in each.walk()} for each in (general.body, body))
                names = before - after if pair[0] in STEPPED else after - before
                known = names and all(self._governing(each) is not None for each in names)
                return Definition(name, body, (), (), general.line) if known else None
        return None

    def chooses(self, index: str) -> bool:
        """Whether a letter is said to be the correct class, in this chapter."""
        said = ("class-index", index)
        return index in self.words.values(said[0]) and any(
            isinstance(fact, Convention) and (fact.name, fact.value) == said and self.in_chapter(at[0])
            for at, fact in self.context.facts
        )

    def tells_size(self, name: str, labels: Sequence[str]) -> bool:
        """Whether the n of a function g_n(b) is the number of samples, which no sum runs over."""
        text = labels[0] if len(labels) == 1 else ""
        runs = text in self.usage.bound or text in self.bound_names
        return not runs and self.is_size(text) and f"{name}_{{{text}}}" in self.usage.applied

    def of_layer(self, name: str) -> str:
        """\\mathbf{u}^{(L)} for the u of u_j, where the last definition in the section has only that."""
        if self.definition(name) is not None or (name in self.words.facts and name not in self.words.left):
            return name
        bodies = [definition.body for place, definition in self.context.definitions
                  if place <= self.place and self._in_section(place)]  # fmt: skip
        layers = [{part.name for part in body.walk() if part.op == "symbol" and part.name.startswith(f"{name}^{{(")}
                  for body in bodies]  # fmt: skip
        last = next((found for found in reversed(layers) if found), set())
        return min(last) if len(last) == 1 else name

    def is_step(self, name: str, definition: Definition) -> bool:
        """Whether p_k = -H_k^{-1} g tells of steps, and p is the argument of a function of that step, m_k(p)."""
        return len(definition.indices) == 1 and any(
            other.parameters == (name,) and self._in_section(place)
            and (other.name.endswith(f"_{{{definition.indices[0]}}}") or other.indices == definition.indices)
            for place, other in self.context.definitions
        ) and not self.is_number(definition.body)  # fmt: skip

    def is_formal(self, name: str, place: Place) -> bool:
        """Whether the paragraph defines a function of z, so that it means no z that only a later one defines there."""
        def parted(first: int, last: int) -> bool:
            return any(first <= end < last for end in self.context.breaks)

        return parted(self.place[0], place[0]) and any(
            name in definition.parameters and at <= self.place and not parted(at[0], self.place[0])
            for at, definition in self.context.definitions
        )

    def stacked_behind_size(self, name: str) -> Definition | None:
        """p of y - p as the vector of the p_i that the section defines, where p is a size of other sections alone."""
        entries = self._governing(f"{name}_{{}}", count=1) if self.is_size(name) else None
        if entries is None or self.is_foreign(entries) or entries.parameters:
            return None
        counts = [at for at, fact in self.context.facts if isinstance(fact, Declaration) and name in (fact.dims or ())]
        counts += [(piece, 0) for piece in self.usage.bounds.get(name, ())]
        return None if any(map(self._in_section, counts)) else replace(entries, name=name)

    def _in_bold(self, name: str) -> Definition | None:
        """\\mathbf{\\mu} as the vector of the \\mu_i that the note defines one by one."""
        found = BOLD.fullmatch(name)
        plain = self._governing(found[1]) if found is not None else None
        if plain is None or plain.body.op == "abstract" or len(plain.indices) > 1:
            return None
        if plain.parameters:  # f(x) = 1 / (1 + e^{-x}) of numbers, \\mathbf{f}(\\mathbf{x}) of all entries
            number = len(plain.parameters) == 1 and self.symbol(plain.parameters[0]).kind == "scalar"
            return replace(plain, name=name) if number else None
        if self.usage.numbered_only(name):
            return None
        if not plain.indices:  # \\mu = b'(\\theta) of vectors
            wide = (shape := self.shape_of(plain.body)) is not None and shape[1] == 1 != shape[0]
            return Definition(name, Expr("symbol", (), plain.name), line=plain.line) if wide else None
        return replace(plain, name=name)

    def _mean(self, name: str) -> Definition | None:
        """\\bar{x} beside sums of x_i, where the note does not say what it is: their mean."""
        found = MEAN.fullmatch(name)
        if found is None or found[1] not in self.usage.summed or name in self.usage.subscripts:
            return None
        index = Expr("symbol", (), INDEX)
        return Definition(name, Expr("mean_over", (Expr("member", (index,), found[1]),), index.name))

    def entries_apart(self, name: str) -> Definition | None:
        """The entries of p = softmax(z / t), where the note has also said what p_i is, and of numbers stacked in u."""
        whole = self.definition(name)
        apart = self._is_stack(name) if whole is None else not (whole.indices or whole.parameters) and any(
            each.name == name and len(each.indices) == 1 and self.is_number(each.body)
            for _, each in self.context.definitions
        )
        if not apart or (whole is not None and self.is_number(whole.body)):
            return None
        return Definition(name, Expr("entry", (Expr("symbol", (), name), Expr("symbol", (), INDEX))), (), (INDEX,))

    def whole_definition(self, name: str) -> Definition | None:
        """That of P_{ij} for a letter p whose entries p_j the note has without saying what they are."""
        capital = name[:-2] + name[-2:].upper()
        declared = self.declared(name)
        unknown = declared is None or (declared.kind in ("column", "row") and not declared.dims)
        if capital == name or not WHOLE.fullmatch(capital) or not unknown or not self._letters(name):
            return None
        return self._governing(capital, count=2)

    def _is_stack(self, name: str) -> bool:
        """Whether a letter with an index, a number in an earlier section, is by now an entry of a vector."""
        symbol, context = self.symbol(name), self.context
        said = [at[0] for at, fact in context.facts if isinstance(fact, Declaration) and fact.name == name]
        earlier = [definition for place, definition in context.definitions
                   if any(place[0] < heading < min(said, default=0) for heading in context.headings)]  # fmt: skip
        used = any(part.op == "member" and part.name == name for each in earlier for part in each.body.walk())
        return used and symbol.kind == "column" and symbol.sure and not symbol.family and not is_bold(name)

    def _letters(self, name: str) -> frozenset[str]:
        """The letters that run as the lone index of a symbol."""
        labels = self.usage.subscripts.get(name, set()) | self.usage.numbered.get(name, set())
        return frozenset(text for text in labels if len(text) == 1 and text.isalpha() and text not in STEPS
                         and text not in self.context.steps and self.is_index(text))  # fmt: skip

    def _data(self, body: Expr, letters: frozenset[str], seen: frozenset[str] = frozenset()) -> set[str]:
        """The symbols of a body that the note numbers by the same letters, none that it differentiates by.

        `seen` are those whose definitions lead here: a note may define two symbols by each other.
        """
        found: set[str] = set()
        whole = {part.args[0].name for part in body.walk() if part.op == "entry"}  # the x of sum_i x_i / d
        for part in body.walk():
            known = part.op != "symbol" or part.name in found or part.name in seen
            if known or (part.name in whole and not self._is_batched()):
                continue
            if self._is_data(part.name, letters):
                found.add(part.name)
            elif (formula := self._formula(part.name)) is not None:
                found |= self._data(formula, letters, seen | {part.name})
        return found

    def _is_batched(self) -> bool:
        return bool(members(self))

    def _formula(self, name: str) -> Expr | None:
        """What a symbol stands for; p as a whole where it is given by its entries, in a note with batches of them."""
        definition = self.definition(name)
        if definition is None or not definition.indices:
            return definition.body if definition is not None else None
        return vector(self, definition) if self._is_batched() else None

    def _is_data(self, name: str, letters: frozenset[str]) -> bool:
        if name in members(self) and self.definition(name) is None:
            return True
        if not self._letters(name) & letters:
            return False
        if self.definition(name) is not None:
            return self.instance(name) is not None
        return not self.usage.variables.get(name) and self.member_definition(name) is None

    def _vectors(self, name: str, data: set[str]) -> bool:
        """Whether the members are vectors: transposed themselves, or bold with one of them used as a vector."""
        usage = self.usage
        if usage.transposed.get(name + "_"):
            return True
        keys = [each + "_" for each in (name, *data)]
        return is_bold(name) and any(usage.transposed.get(k) or k in usage.normed or k in usage.plain for k in keys)

    def _at_member(self, body: Expr, letters: frozenset[str], seen: frozenset[str] = frozenset()) -> Expr:
        """The body with each symbol that is numbered replaced by its member."""
        if body.op == "symbol":
            if self._is_data(body.name, letters):
                return Expr("member", (Expr("symbol", (), INDEX),), body.name, body.span)
            formula = self._formula(body.name) if body.name not in seen else None
            if formula is not None and self._data(formula, letters):
                return self._at_member(formula, letters, seen | {body.name})
        return replace(body, args=tuple(self._at_member(arg, letters, seen) for arg in body.args))

    def holds_sample(self, name: str, text: str) -> bool:
        """Whether a vector has one entry for each example: the labels y^{(i)} of y in R^m beside an m x n matrix X."""
        declared = self.declared(name)
        size = declared.dims[0] if declared is not None and declared.kind == "column" and declared.dims else None
        if size is None or declared.family:
            return False
        pairs = [value.partition("=")[::2] for value in self.words.values("rows-are-samples")]
        data = [self.declared(whole) for whole, member in pairs if member != name]
        counts = {matrix.dims[0] for matrix in data if matrix is not None and matrix.dims}
        return name not in dict(map(reversed, pairs)) and size in counts | {self.bound_ranges.get(text)}

    def of_bold(self, name: str, text: str, entry: bool) -> str | None:
        """The bold vector that x_j^{(i)} is an entry of, the column of all labels that y^{(i)} is one of."""
        bold = emboldened(name)[0]
        if bold == name or self.known(name):
            return None
        found = self.symbol(bold).family == (text,) if entry else self.holds_sample(bold, text)
        return bold if found else None

    def numbers_sample(self, name: str, text: str) -> bool:
        """Whether an index of a vector runs over a sample: over another range than its entries, or with a formula's."""
        dims, upper = self.symbol(name).dims, self.bound_ranges.get(text)
        if dims and isinstance(dims[0], str) and upper:
            return dims[0] != upper.partition("-")[0]  # a sum to n - 1 runs over entries, too
        section, centred = bisect(self.context.headings, self.place[0]), self.usage.centred[name + "_"]
        if any(index == text and bisect(self.context.headings, at) == section for at, index in centred):
            return True
        for other, labels in self.usage.subscripts.items():
            found = self.instance(other) if text in labels and other != name else None
            if found is not None and any(part.op == "member" and part.name == name for part in found.body.walk()):
                return True
        return False

    def law(self, name: str) -> Definition | None:
        """\\dot{x} = A x, where the note says so: what a dotted symbol is equal to, as a whole."""
        found = self._governing(name)
        return found if found is not None and not found.parameters and not found.indices else None

    def cofactors_of(self, name: str) -> str | None:
        """The matrix whose cofactors a letter has for its entries: A for A_ij and M_ij beside a_ij."""
        for said, _, whole in (value.partition("=") for value in self.all_conventions("cofactors")):
            if said == name:
                return name if name in self.usage.matrices else whole or ("A" if "A" in self.usage.names else name)
        return None


def _numbered(body: Expr, index: Expr, number: str) -> Expr:
    """A body with z_2 in the place of the member z_k."""
    if body.op == "member" and body.args == (index,):
        return Expr("symbol", (), f"{body.name}_{{{number}}}", body.span)
    return replace(body, args=tuple(_numbered(arg, index, number) for arg in body.args))
