"""The part of a Scope that answers what scripts do to a symbol: name it, pick an entry, a row or a member."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from texgrad.declared import STEPS
from texgrad.dims import Shape
from texgrad.errors import NoteError
from texgrad.expr import Expr
from texgrad.facts.fact import Declaration
from texgrad.layers import SHIFT
from texgrad.notation.names import NAMING, label
from texgrad.scripts import STARS, TRANSPOSES
from texgrad.shapes import Definition, Symbol, Typing
from texgrad.typography import emboldened, guess_kind, is_bold, letter, strip

LINES = frozenset(("column", "row_upright"))
CHOSEN = re.compile(r"(?P<label>[a-z])_\{(?P<index>[a-z])\}")  # the y_i of p_{y_i}
UNITS = frozenset(("e", "\\mathbf{e}"))


class Scripted:
    """Meanings of sub- and superscripts; a part of Scope, whose usage, words and bound names it reads."""

    def is_naming(self, name: str, part: Expr) -> bool:
        """Whether a superscript belongs to the name: a layer, a sample, a star; not a power or a transpose."""
        text = label(part)
        if part.op == "group":
            return part.name in NAMING and part.args[0].op != "list" and len(label(part.args[0])) < 10
        if part.op == "mark":  # P^- and P^+ before and after a measurement; a lone P^+ is a pseudo-inverse
            return part.name in ("-", "+") and ("-" in self.usage.marks or name in self.context.updated)
        if text in TRANSPOSES or name in self.usage.powers:
            return False
        if self.known(f"{name}^{{{text}}}"):
            return True
        if text in STARS or text.lstrip("-").isdigit():
            return False
        core = part if part.op == "symbol" else part.args[0] if part.op == "sum" else None
        if name == "e" and core is not None and core.op == "symbol" and self.symbol(core.name).kind == "matrix":
            return False  # e^{A+B}, also beside a vector e
        return core is not None and core.op == "symbol" and self._is_layer(core.name)

    def _is_layer(self, letter: str) -> bool:
        bases = self.usage.exponents.get(letter, set())
        if letter in self.usage.factors or letter in self.bound_names:
            return False
        if letter == "n" and letter not in self.usage.shifted:
            return False
        vector_like = any(guess_kind(base, self.usage)[0] == "column" for base in bases)
        if letter in self.usage.shifted and (len(bases) >= 2 or vector_like):
            return True
        return letter in self.usage.indices and len(bases) >= 1 and letter not in self.words.sizes

    def is_sample(self, name: str, index: str) -> bool:
        if index in self.bound_names or (index in self.usage.bound and index not in STEPS):
            return True
        declared = self.declared(name)
        return declared is not None and declared.family == (index,)

    def is_bound(self, name: str) -> bool:
        return name in self.bound_names

    def may_index(self, name: str) -> bool:
        return len(name) == 1 or name in self.bound_names or name.startswith("\\")

    def is_size(self, name: str) -> bool:
        """Whether a letter is a dimension: it stands in a declared size or bounds a sum."""
        counted = self.context.mean is not None and name == self.context.mean.count
        if name not in self.words.sizes and name not in self.usage.bounds and not counted:
            return False
        first = self.words.sizes.get(name, self.place)
        if self.usage.transposed.get(name) and any(self.place[0] < at < first[0] for at in self.context.headings):
            return False  # a vector here, in a later section a size
        turned = any(self._in_section((piece, 0)) for piece in self.usage.turned.get(name, ()))
        counts = [first] if name in self.words.sizes else []
        counts += [(piece, 0) for piece in self.usage.bounds.get(name, ())]
        if turned and not any(map(self._in_section, counts)):
            return False  # a size V of an earlier section, a matrix V here
        if name not in self.usage.bounds and not counted and self._governing(name) is not None:
            return False  # h = \sigma(W x + b), and W said to be h x n
        declared = self.declared(name)
        return declared is None or declared.kind in ("unknown", "scalar")

    def varies_here(self, name: str) -> bool:
        """Whether the section differentiates by a symbol."""
        return any(self._in_section((piece, 0)) for piece in self.usage.variables.get(name, ()))

    def runs(self, name: str) -> bool:
        """Whether an index runs over places: no size, or one whose letter the note sums over as well."""
        return name in self.usage.bound or not self.is_size(name)

    def is_index(self, text: str) -> bool:
        """Whether a subscript can be an index: a bound letter, a free index letter, a number, i+1."""
        if text.isdigit():
            return True
        chosen = CHOSEN.fullmatch(text)
        if chosen is not None and self.is_index(chosen["index"]) and self.usage.choosing.get(chosen["label"]):
            return True
        found = SHIFT.fullmatch(text)
        core = found["core"] if found else text
        if core in self.bound_names or core in self.usage.bound:
            return True
        quantity = {core, f"\\mathbf{{{core}}}"} & self.usage.stepped  # the h of h_t: W_{hh} has it for a name
        places = (*(at for at, _ in self.usage.compared.get(core, ())), *self.usage.deltas.get(core, ()))
        usual = core not in "tbwsoxyz" or any(map(self.in_chapter, places)) or self.chooses(core)
        return not quantity and (core in ("i", "j", "k") or (core in self.usage.indices and usual))

    def _layer_of(self, name: str, labels: list[str]) -> str | None:
        """\\mathbf{z}_2, whose entry z_{2,k} is: a bold letter with this number that has a formula or is declared."""
        bold = f"\\mathbf{{{name}}}_{{{labels[0]}}}"
        plain = self.declared(name) is not None or self.definition(name) is not None
        return bold if not plain and (self.is_defined(bold) or self.declared(bold) is not None) else None

    def subscript(self, name: str, labels: list[str]) -> tuple[str, str]:
        """What a subscript does to a symbol: ("name" | "entry" | "member" | ..., the symbol it does it to)."""
        constant = self.constant(name)
        if constant == "identity" and len(labels) == 2 and not self._sizes(labels):
            return "delta", name
        if constant is not None and not any(text in self.bound_names for text in labels):
            return "size", constant
        if labels == ["0"] or self.tells_size(name, labels):  # entries are counted from one: x_0 is a point of its own
            return "name", name
        step = SHIFT.fullmatch(labels[0]) if len(labels) == 1 else None
        if step is not None and step["core"] in self.context.steps and step["core"] not in self.bound_names:
            return "name", name
        if len(labels) == 2 and self._is_step(name, labels[0]):
            return "step-entry", f"{name}_{{{labels[0]}}}"
        if len(labels) == 2 and labels[0].isdigit() and (layer := self._layer_of(name, labels)) is not None:
            return "step-entry", layer
        marks = [text in (":", "\\cdot", "*", "\\bullet") for text in labels]
        if any(marks) and len(labels) == 2:
            return "entry", self._matrix_of(name) or name
        if len(labels) > 2 and all(text.isalpha() for text in labels) and not all(map(self.is_index, labels)):
            return "name", name  # L_{mse}
        if len(labels) > 2 and "".join(labels).isalpha() and not all(map(self.is_index, labels)):
            return "name", name  # J_{reg}
        if len(labels) == 2 and self._named(f"{name}_{{{''.join(labels)}}}"):
            return "name", name
        if len(labels) == 3 and all(text.isalpha() and self.is_index(text) for text in labels):
            return "name", name  # x_{uij} = ... of a triple
        if not all(self.is_index(text) for text in labels) or len(labels) > 2:
            if (len(labels) == 1 and labels[0].startswith("(")) or len(labels) > 2 or "," in "".join(labels):
                return ("function", name) if self.known(name) else ("name", name)
            return "name", name
        symbol = self.symbol(name)
        declared = self.declared(name) is not None and self.declared(name).kind != "unknown"
        if len(labels) == 1 and self.numbered(name, labels[0]) is not None:
            return "name", name
        definition = self.member_definition(name, len(labels))
        if definition is not None and definition.body.op in LINES and len(labels) == 1 and name in self.usage.numbered:
            return "entry", name  # the x^{(i)} are columns of X, x_j is an entry of one of them
        ahead = definition is not None and len(definition.indices) > len(labels) and self._is_ahead(definition)
        if definition is not None and not ahead:
            if len(definition.indices) == len(labels):
                return "member", name
            if len(labels) == 2 and len(definition.indices) == 1:  # numbers y_i of one section have no entries y_{nj}
                return ("member" if self.is_number(definition.body) else "member-entry"), name
            return "name", name
        definition = None if ahead else self.definition(name)
        other = definition is not None and self.is_foreign(definition) and self._numbers_vectors(name)
        other = other or (definition is not None and len(labels) == 2 and self.means_entries(name, definition))
        if definition is not None and not declared and not other:
            shape = self.shape_of(definition.body) if not definition.indices else None
            rank = 2 if shape is None else sum(size != 1 for size in shape)
            if rank == 2 and shape is not None and len(labels) == 1 and (kinds := self._indexed(definition.body)):
                shape = self.shape_of(definition.body, kinds) or shape
                rank = sum(size != 1 for size in shape)
            if labels[0].isdigit() and letter(name).isupper() and name in self.usage.numerators and not is_bold(name):
                return "name", name  # L_2, another cost beside L
            if labels[0].isdigit():  # W_0 beside a matrix W = W_0 + B A
                return ("name" if shape is not None and len(labels) == 1 and rank != 1 else "entry"), name
            if name == "\\delta" and rank == 1 < len(labels):
                return "delta", name  # Kronecker's beside a vector of errors
            if rank == 2 and shape is not None and len(labels) == 1:  # one of the Z_i, of which there are Z_1 and Z_2
                several = any(self._named(f"{name}_{{{k}}}") for k in "12")
                return ("row" if self.has_entries(name) and not several else "name"), name
            # y of one formula, y_k of another; a vector r and r_{nk}; x = (z, 1) beside the vectors x_i of a sample
            sampled = rank == len(labels) == 1 and labels[0] in self.bound_names and self._numbers_vectors(name)
            return ("member" if rank < len(labels) or sampled else "entry"), name
        if len(labels) == 2:
            return self._two(name, labels, symbol, declared)
        mode, base = self._one(name, labels[0], symbol, declared)
        return mode, self.of_layer(base) if mode == "entry" else base

    def _indexed(self, body: Expr) -> dict[str, str]:
        """The letters of which the note has entries as columns, the x of z = W x beside x_j; also where it has none."""
        letters = ((name, self.symbol(name)) for name in sorted(self.leaves(body)))
        doubtful = [name for name, symbol in letters if symbol.kind == "scalar" and not symbol.sure]
        entries = [name for name in doubtful if any(map(self.is_index, self.usage.subscripts.get(name, ())))]
        return dict.fromkeys(entries or [name for name in doubtful if len(name) == 1 and name.islower()], "column")

    def _is_step(self, name: str, text: str) -> bool:
        """Whether h_{t-1,i} is an entry of h_{t-1}: the note has h_t, too, and t counts the steps of a recursion."""
        found = SHIFT.fullmatch(text)
        counts = found is not None and found["core"] in self.context.steps and found["core"] not in self.bound_names
        return counts and found["core"] in self.usage.subscripts[name]

    def _named(self, name: str) -> bool:
        """Whether the note defines a symbol with these letters below it, which are then no indices: J_{sm}."""
        return any(definition.name == name for _, definition in self.context.definitions)

    def _sizes(self, labels: list[str]) -> bool:
        """Whether a subscript of two gives sizes, as in I_{m n}, and not the indices of an entry."""
        return not all(map(self.is_index, labels)) or all(text in self.words.sizes for text in labels)

    def _is_ahead(self, definition: Definition) -> bool:
        """Whether a definition stands only behind this place: y_{nk} of a later paragraph says nothing of y_n here."""
        places = [place for place, each in self.context.definitions if each is definition]
        return bool(places) and places[0] > self.place

    def shape_of(self, body: Expr, kinds: Mapping[str, str] | None = None) -> Shape | None:
        """The shape of an expression, with some symbols of the given kinds; None where it does not fit."""
        typing = Typing(self, {}, dict(kinds or {}))
        try:
            return typing.unifier.shape(typing.infer(body))
        except NoteError:
            return None

    def is_number(self, body: Expr) -> bool:
        return self.shape_of(body) == (1, 1)

    def _two(self, name: str, labels: list[str], symbol: Symbol, declared: bool) -> tuple[str, str]:
        if name == "\\delta" and not declared and all(text.isalpha() or CHOSEN.fullmatch(text) for text in labels):
            return "delta", name
        if symbol.family and symbol.kind in ("column", "row"):
            return "member-entry", name
        bold = f"\\mathbf{{{name}}}"  # the labels y_i of one section, the entries of vectors in a later one
        later = self.words.last(bold) > self.words.last(name)
        if later and self.symbol(bold).family and self.symbol(bold).kind == "column":
            return "member-entry", bold
        if len(symbol.family) == 1 and symbol.kind == "scalar":
            return "member", name  # t_n of one formula, t_{nk} of another
        if f"{name}_" in self.usage.dotted and f"{name}_" in self.usage.plain and not declared:
            return "member-entry", name
        matrix = self._matrix_of(name)
        if matrix is None and (own := self.member_definition(bold, 1)) is not None and len(own.indices) == 1:
            return "member-entry", bold  # the entries z_{ij} of vectors z_i = W^T x_i
        return "entry", matrix or name

    def _one(self, name: str, text: str, symbol: Symbol, declared: bool) -> tuple[str, str]:
        running = text in self.bound_names or text in self.usage.bound or not text.isdigit()
        step = SHIFT.fullmatch(text)  # the n_l of a layer is one size
        layer = step is not None and step["core"] in STEPS and step["core"] not in self.bound_names
        if running and self.is_size(name) and not layer:
            return "member", f"{name}_{{}}"  # N_k = \\sum_n r_{nk} is no size N
        if text == "0" and symbol.kind in ("column", "row"):
            return "name", name  # \\beta_0 beside the entries \\beta_1, \\beta_2
        if name in self.usage.led and not self.numbers_sample(emboldened(name)[0], text):
            return "member", f"{name}_{{}}" if self._numbers_vectors(name) else name
        if symbol.kind == "column" and step is not None and f"{name}_{{{step['core']}}}" in self.context.iterates:
            return "member", name  # x_k beside x_{k+1} = x_k + p_k is no entry of x
        if text.isdigit() and name in self.usage.biases:
            return "name", name
        if symbol.family:
            bold = f"\\mathbf{{{name}}}"
            entries = symbol.kind == "scalar" or len(symbol.family) > 1
            if entries and bold in self.usage.names and self.symbol(bold).kind == "column":
                return "entry", bold
            return "member", name
        if declared and symbol.kind == "column" and text.isdigit() and 0 < int(text) <= _number(symbol.dims):
            return "entry", name  # of a vector in R^2
        if self.names_unit(name) and running and self.definition(emboldened(name)[0]) is None:
            return "unit_vector", name
        if symbol.kind == "matrix" and running and self.has_entries(name):
            return "row", name  # U_i beside the entries U_{ia}, also as U_i V_j^T
        crossed = self.usage.crossed[name] - self.usage.whole[name] if symbol.kind in ("column", "scalar") else ()
        parts = (part for _, each in self.context.definitions for part in each.body.walk())
        numbers = self.member_kind(name) == "scalar" and any(p.op == "member" and p.name == name for p in parts)
        bold, core = emboldened(name)
        apart = name in self._standing_alone() and self.varies_here(name) and not self.usage.variables.get(bold)
        whole = not is_bold(name) and core in self.usage.names and not self.usage.numbered_only(core) and not apart
        if text in crossed and self.usage.names[name] > self.usage.subscripted[name] and not numbers:
            return "entry", bold if whole else name  # d^2 f / dx_i dx_j beside the vectors x_n of a sample
        if self._numbers_vectors(name):
            return ("member", name) if running else ("name", name)
        if declared and symbol.kind in ("column", "row"):
            if running and (is_bold(name) or self.numbers_sample(name, text)):
                return "member", name
            return "entry", name
        summed = text in self.bound_names or text in self.usage.bound - STEPS
        if symbol.kind == "matrix" and running and name in self.usage.summed and summed:
            return "member", name  # \\Sigma_k beside a sum over k
        if declared and symbol.kind == "matrix":
            return ("row", name) if running and name in self.words.values("rows") else ("name", name)
        if whole:
            return ("member", name) if running and self.numbers_sample(bold, text) else ("entry", bold)
        if symbol.kind == "column" and symbol.sure:
            if is_bold(name):
                return ("member", name) if running else ("name", name)
            return "entry", name
        if running and not declared and symbol.kind != "matrix":
            return ("entry" if self._is_point(name) else "member"), name
        return "name", name

    def _is_point(self, name: str) -> bool:
        """Whether a letter is what matrices and costs are functions of: the \\theta_j of K(\\theta)."""
        takers = [taker for taker, calls in self.usage.applied.items() if (name,) in calls]
        return f"{name}_" in self.usage.variables and any(letter(taker).isupper() for taker in takers)

    def _numbers_vectors(self, name: str) -> bool:
        """Whether the note writes w_k as vectors: not where w is one so far, and only a later section has others.

        Nor where the numbers w_k are squared, and only other sections have vectors.
        """
        usage, member = self.usage, f"{name}_"
        if not (member in usage.plain or member in usage.transposed or member in usage.normed):
            return False
        if self.squares(name):
            return False
        since = usage.first.get(member, -1)
        said = self.declared(name)
        so_far = usage.first.get(name, since) <= self.place[0] and name in usage.transposed
        so_far = so_far or (said is not None and said.kind == "column" and not said.family)
        return not (so_far and any(self.place[0] < start < since for start in self.context.headings))

    def squares(self, name: str) -> bool:
        """Whether this section has squares of the x_i, (x_i - m)^2, and no transposes, which others have."""
        member = f"{name}_"
        here = {at for at in self.usage.squares[member] if self._in_section((at, 0))}
        return bool(here) and not any(self._in_section((at, 0)) for at in self.usage.turned[member])

    def names_unit(self, name: str) -> bool:
        """Whether e with an index is a unit vector; beside e = a - y it is an entry."""
        declared = self.declared(name)
        said = declared is not None and declared.kind != "unknown"
        if name not in UNITS or said or self.definition(name) is not None:
            return False
        return not any(definition.name.startswith(f"{name}_{{") for _, definition in self.context.definitions)

    def has_entries(self, name: str) -> bool:
        """Whether a note writes the entries of a matrix: two letters or numbers below it."""
        return any(len(text) == 2 and text.isalnum() for text in self.usage.subscripts.get(name, ()))

    def _standing_alone(self) -> set[str]:
        return {name for name in self.usage.variables if not name.endswith("_")}

    def _matrix_of(self, name: str) -> str | None:
        """The matrix whose entries a letter with two indices names: X for x_ij, and what the note says."""
        said = (value.partition("=") for value in self.words.values("entries"))
        whole = next((whole for whole, _, entry in said if entry == name), None)
        if whole is not None and self.symbol(whole).kind == "matrix":
            return whole
        bold, letter = emboldened(name)
        beside = self.known(bold) or letter in self.usage.names
        if not self.known(name) and beside and self.symbol(bold).kind == "matrix":
            return bold
        if self.symbol(name).kind == "matrix" and (self.known(name) or name[:1].isupper()):
            return name
        letter = strip(name) if name.startswith(strip(name)) else name
        core, layer = letter.removeprefix("\\mathbf{").rstrip("}"), name[len(letter) :]
        if len(core) == 1 and core.islower():
            bold = f"\\mathbf{{{core.upper()}}}"
            usual = (bold, core.upper()) if letter != core else (core.upper(), bold)
            for candidate in sorted(usual, key=lambda each: not self.explained(each + layer)):
                if candidate in self.usage.names and self.symbol(candidate + layer).kind == "matrix":
                    if candidate in self.usage.summed and not self.known(candidate):
                        continue  # R_n is one of several matrices
                    return candidate + layer
        return name if self.known(name) else None

    def means_entries(self, name: str, definition: Definition) -> bool:
        """Whether v_{ij} are the entries of a V that this section declares, and not of the v of another section."""
        matrix = self._matrix_of(name)
        if matrix in (None, name) or not self.is_foreign(definition):
            return False
        return any(isinstance(fact, Declaration) and fact.name == matrix and self._in_section(place)
                   for place, fact in self.context.facts)  # fmt: skip

    def names_entries(self, name: str) -> bool:
        """Whether v has two digits below it wherever it stands, beside a V that the note says to be a matrix."""
        matrix = self._matrix_of(name) if not self.known(name) and name not in self.usage.variables else None
        said = self.declared(matrix) if matrix is not None and matrix != name else None
        numbers = self.usage.subscripts.get(name, ())
        return said is not None and bool(numbers) and all(len(text) == 2 and text.isdigit() for text in numbers)

    @contextmanager
    def binding(self, names: Sequence[str], upper: str = "") -> Iterator[None]:
        """Within a sum over these indices, up to `upper` where that is written."""
        before = dict(self.bound_ranges)
        self.bound_names.extend(names)
        self.bound_ranges.update(dict.fromkeys(names, upper))
        try:
            yield
        finally:
            del self.bound_names[len(self.bound_names) - len(names) :]
            self.bound_ranges.clear()
            self.bound_ranges.update(before)

    def unbound_index(self) -> str | None:
        """A sum without an index runs over the note's usual one."""
        return "i" if "i" in self.usage.indices else None


def _number(dims: tuple[str | int, ...] | None) -> int:
    """The length of a vector where it is a number, else 0."""
    return dims[0] if dims and isinstance(dims[0], int) else 0
