"""The part of a Scope that answers which symbols are functions, and which operations they stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from texgrad.expr import Expr
from texgrad.facts.fact import Declaration
from texgrad.layers import layerless, level, shift_between, shift_text
from texgrad.notation.names import label
from texgrad.ops import TABLE
from texgrad.scalars import scalars
from texgrad.scripts import TRANSPOSES
from texgrad.shapes import Definition
from texgrad.trajectories import TIME, resting
from texgrad.typography import NORMAL, SIGMOIDS, is_bold, letter, strip
from texgrad.usage import FUNCTION_LETTERS

LETTERS = re.compile(r"\\[a-zA-Z]+|[A-Za-z]")
NUMBERS = frozenset(("\\ell", "p", "q"))  # letters of losses and densities, which are numbers also of a vector
USUAL = ("x", "\\mathbf{x}", "X", "\\mathbf{X}")  # what a gradient without a subscript is taken by
COMPOUND = re.compile(r"[()+ ]|(?<!\^\{)-")
OPERATORS, SCRIPT = frozenset("+-(|"), re.compile(r"\{[^{}]*\}")  # p_i (1 - p_i) is a product, no function of p_i


def _is_name(surface: Expr) -> bool:
    """A letter, or one with an index: what nobody puts in parentheses to multiply by it."""
    return surface.op == "symbol" or (surface.op == "sub" and surface.args[0].op == "symbol")


def _step(pattern: str, name: str) -> tuple[str, str] | None:
    """How one layer's function goes over into another's: also f_l into f_1, which shows its number below."""
    found = level(name)
    if found is not None and not found[0] and "_{" in name:
        own, stem = level(pattern), strip(pattern)
        numbered = own is not None and (pattern, name) == (f"{stem}_{{{own[0]}}}", f"{stem}_{{{found[1]}}}")
        return (own[0], str(found[1])) if numbered and own[0] else None
    return shift_between(pattern, name)


def _items(group: Expr) -> tuple[Expr, ...]:
    """What stands between the brackets of a call."""
    body = group.args[0]
    parts = body.args if body.op == "list" else (body,)
    return tuple(item for part in parts for item in (part.args if part.op == "list" else (part,)))


def _is_scaled_identity(term: Expr) -> bool:
    """I, \\sigma^2 I."""
    return "identity" in (term.op, term.args[-1].op if term.op == "product" else "")


class Called:
    """What a note applies to arguments; a part of Scope, whose usage, words and definitions it reads."""

    still: frozenset[str] = frozenset()  # what is read as constant here, though elsewhere it is a function

    def is_scalar_here(self, name: str) -> bool:
        """Whether a definition of this section takes for a number what only other sections declare."""
        if not any(self._in_section(place) and name in scalars(found.body)
                   for place, found in self.context.definitions):  # fmt: skip
            return False
        said = (at for at, fact in self.context.facts if isinstance(fact, Declaration) and fact.name == name)
        return not any(map(self._in_section, said))

    def is_wide_here(self, name: str) -> bool:
        """Whether this section transposes what only other sections call a number: labels b above, a vector b here."""
        said = (at for at, fact in self.context.facts if isinstance(fact, Declaration) and fact.name == name)
        turned = ((piece, 0) for piece in self.usage.turned.get(name, ()))
        return any(map(self._in_section, turned)) and not any(map(self._in_section, said))

    def _is_raised(self, name: str) -> bool:
        """Whether a definition has the power of a letter, \\sigma^2: it is a number in \\sigma (a - b), too."""
        base = Expr("symbol", (), name)
        return any(part.op == "power" and part.args[0] == base
                   for _, found in self.context.definitions for part in found.body.walk())  # fmt: skip

    def is_summand(self, name: str) -> bool:
        """Whether K_f is symmetric because the covariance K is, with K = K_f + \\sigma^2 I."""
        for _, found in self.context.definitions:
            terms = found.body.args if found.body.op == "sum" and not found.indices else ()
            if any(term.op == "symbol" and term.name == name for term in terms) and found.name != name:
                others = [term for term in terms if term != Expr("symbol", (), name)]
                whole = self.declared(found.name)
                symmetric = whole is not None and "symmetric" in whole.properties
                if symmetric and len(others) == len(terms) - 1 and all(map(_is_scaled_identity, others)):
                    return True
        return False

    def _is_elsewhere(self, name: str) -> bool:
        """Whether the signature of a function stands in another section."""
        signed = self.words.signed.get(name)
        return signed is not None and any(signed[0] < heading < self.place[0] for heading in self.context.headings)

    def alias(self, name: str) -> str | None:
        """The operation that a function's symbol stands for."""
        for value in reversed(self.words.values("named-function")):
            symbol, _, op = value.partition("=")
            if symbol == name:
                own = self.definition(name)
                if own is not None and own.parameters and any(part.op == op for part in own.body.walk()):
                    return None  # phi(a) = a sigma(a) "with the logistic": phi is made with it
                return op if op in TABLE else None
        if name in NORMAL and all(self._is_free_function(each) for each in NORMAL):
            return NORMAL[name]
        if name in SIGMOIDS and self.definition(name) is None and self.declared(name) is None:
            return None if self.varies_here(name) and self._is_raised(name) else "sigmoid"
        return None

    def kept_entries(self, name: str) -> str | None:
        """The matrix of zeros and ones by whose entries P_\\Omega keeps those of what it is taken of."""
        said = (value.split("=") for value in self.words.values("keeps-entries"))
        return next((kept for function, kept in said if function == name), None)

    def alike(self, name: str, count: int) -> str | None:
        """p(o | c) for p(x | c), where the note defines that alone and both o and x are indices."""
        head, own = name.partition("(")[0], LETTERS.findall(name.partition("(")[2])
        for _, definition in self.context.definitions:
            other, bracket, rest = definition.name.partition("(")
            theirs = LETTERS.findall(rest)
            if bracket and other == head and len(definition.parameters) == count and len(theirs) == len(own):
                apart = [pair for pair in zip(own, theirs, strict=True) if pair[0] != pair[1]]
                if all(self.is_index(each) for pair in apart for each in pair):
                    return definition.name
        return None

    def has_twin(self, name: str) -> bool:
        """Whether a prime makes another point of a letter: k(x, x')."""
        return any((name, f"{name}'") in taken for taken in self.usage.applied.values())

    def _is_free_function(self, name: str) -> bool:
        """Whether the note applies a symbol as a function and never says which function it is."""
        applied = bool(self.usage.applied.get(name)) or name in self.usage.primed
        return applied and self.definition(name) is None and self.declared(name) is None

    def _is_activation(self, name: str) -> bool:
        """g^{[l]} in A^{[l]} = g^{[l]}(Z^{[l]}): a function of a layer, taken of what belongs to that layer."""
        own = level(name)
        if own is None or own[0] in TRANSPOSES or not {layerless(name), strip(name)} & (FUNCTION_LETTERS | SIGMOIDS):
            return False
        taken = (argument for names in self._applied(name) for argument in names)
        return any(level(argument) == own and not OPERATORS & {*SCRIPT.sub("", argument)} for argument in taken)

    def acts_on_a_layer(self, name: str) -> bool:
        """Whether a layer's function is taken entry by entry: an activation, no loss \\ell_t of the output o_t."""
        return not {layerless(name), strip(name)} & NUMBERS and self._is_activation(name)

    def _is_taken_of_members(self, name: str) -> bool:
        """Whether a letter stands in front of (x_i) or (x_i, p) and nothing else: nobody writes a product so."""
        taken = self.usage.applied.get(name, ())
        members = all("_{" in names[0] and not any(map(COMPOUND.search, names)) for names in taken)
        several = name.islower() or all(len(names) == 1 for names in taken)
        return bool(taken) and members and several and LETTERS.fullmatch(name) is not None

    def _applied(self, name: str) -> list[tuple[str, ...]]:
        """What a layer's function is applied to: that of any layer, moved to this one."""
        moved = [
            (_step(other, name), arguments) for other, arguments in self.usage.applied.items() if other != name
        ]
        return [*self.usage.applied.get(name, ()), *(
            tuple(shift_text(argument, *step) for argument in names) for step, arguments in moved if step
            for names in arguments
        )]  # fmt: skip

    def taken_as(self, name: str, vector: bool = False) -> tuple[str | int, ...] | None:
        """The sizes of the x in f(x) by the signature of f: R^n -> R; None where no signature tells.

        Of a vector that all signatures have to agree on.
        """
        if vector:
            signed = (self.words.signature(each) for each, calls in self.usage.applied.items() if (name,) in calls)
            sizes = {dims[0] for dims in signed if dims is not None and len(dims) == 1 == len(dims[0])}
            return sizes.pop() if len(sizes) == 1 else None
        for function, calls in self.usage.applied.items():
            dims = self.words.signature(function) if any(name in names for names in calls) else None
            for names in calls if dims is not None else ():
                if len(names) == len(dims) and name in names and len(dims[names.index(name)]) in (1, 2):
                    return dims[names.index(name)]
        return None

    def curve(self, name: str) -> str | None:
        """The t of a matrix or vector P(t): a symbol of its own, which the note elsewhere writes without it."""
        letter = self.usage.curve(name) if name not in self.still else None
        if letter is None or name in FUNCTION_LETTERS | SIGMOIDS or self.usage.names[name] < 2:
            return None
        taken = [(piece, 0) for piece in self.usage.taken[name]]
        if self.is_independent(name, letter) and not (letter == TIME and any(map(self._in_section, taken))):
            return None
        if not any(self._in_section(piece, behind=True) for piece in taken):
            return None  # only a later section has x(t)
        primed = name in self.usage.primed and not self.usage.primes_transpose
        free = self.definition(name) is None and self.alias(name) is None and not primed
        return letter if free and not name.startswith("\\operatorname{") else None

    def lone(self, name: str) -> str | None:
        """The x of a function F: R^n -> R^m that the note takes of x alone, and also writes without it."""
        signed, usage = self.declared(name), self.usage
        taken = {names for names in usage.applied.get(name, ()) if len(names) == 1 and LETTERS.fullmatch(names[0])}
        known = self.definition(name) is not None or self.alias(name) is not None
        if known or len(taken) != 1 or usage.names[name] <= len(usage.applied[name]):
            return None
        point = min(taken)[0]
        if signed is None:  # g'Wg for g(b)'W g(b)
            turned = usage.primes_transpose and name in usage.primed and name in FUNCTION_LETTERS
            return point if turned and self.symbol(point).kind == "column" else None
        if signed.arguments or "vector-valued" not in signed.properties or "elementwise" in signed.properties:
            return None
        return point if self.words.is_function(name) and (letter(name).isupper() or is_bold(name)) else None

    def is_function(self, name: str, group: Expr | None = None) -> bool:
        if self.alias(name) is not None or name in self.all_conventions("matrix-functions"):
            return True
        if group is not None and (moving := resting(name)[1]):  # \\dot{x}(t), \\dot{M}(q)
            return label(group.args[0]) in (TIME, self.usage.curve(moving))
        definition = self.definition(name)
        if definition is not None and not definition.parameters and group is not None and _is_name(group.args[0]):
            return self.function_behind(name, 1) is not None
        if definition is not None:
            return bool(definition.parameters) and (group is None or self._fits(name, group, definition.parameters))
        declared = self.declared(name)
        if group is not None and declared is not None and not declared.arguments and self.curve(name) is not None:
            return True
        if declared is not None:
            if declared.kind == "function" or "elementwise" in declared.properties:
                return True
            if not declared.arguments and self.words.is_function(name):
                return True
            applied = name in self.usage.graded or (group is not None and name in self.usage.primed)
            if declared.kind == "scalar" and name in FUNCTION_LETTERS and applied:  # "a scalar h", and h'(x)
                return True
            return bool(declared.arguments) and (group is None or self._fits(name, group, declared.arguments))
        if group is not None and name in self.usage.factors and group.args[0].op in ("sum", "term"):
            return False  # p (x^T z + c)^{p-1}
        if name in FUNCTION_LETTERS:
            return bool(self.usage.applied.get(name)) or name in self.usage.primed
        if group is not None and {name, f"{name}_"} & self.usage.graded and all(map(_is_name, _items(group))):
            return True  # r_i(x) beside \\nabla r_i(x)
        if self._is_activation(name) or self._is_taken_of_members(name):
            return True
        if group is not None and self.curve(name) is not None:
            return True
        return group is not None and (name.startswith("\\operatorname{") or self._takes_vectors(name, group))

    def _takes_vectors(self, name: str, group: Expr) -> bool:
        """k(x_i, x_j; \\theta): a number in front of a list with a vector is a function of it."""
        items, letters = _items(group), [item.args[0] if item.op == "sub" else item for item in _items(group)]
        if len(items) < 2 or not (len(name) == 1 and name.islower()) or self.symbol(name).kind != "scalar":
            return False
        wide = [each.name for each in letters if each.op == "symbol"]
        return any("column" in (self.symbol(each).kind, self.member_kind(each)) for each in wide)

    def function_behind(self, name: str, count: int) -> Definition | None:
        """h(x) = g(w^T x) where h is by now the vector of all its values: h(x_i) is one of them, no product."""
        found = [definition for place, definition in self.context.definitions
                 if definition.name == name and len(definition.parameters) == count and place <= self.place]
        return found[-1] if found else None

    def _fits(self, name: str, group: Expr, parameters: tuple[str, ...]) -> bool:
        """Whether a function takes what stands in the brackets; p(x_i) of p(x; \\beta) leaves the last ones out."""
        letters = tuple(label(item.args[0] if item.op == "sub" else item) for item in _items(group))
        return len(letters) == len(parameters) or (0 < len(letters) < len(parameters) and letters
                                                   == parameters[: len(letters)])  # fmt: skip

    def filled(self, name: str, args: Sequence[Expr]) -> tuple[Definition | None, Sequence[Expr]]:
        """The definition of a function and all its arguments: the \\beta of p(x; \\beta) that p(x_i) leaves out."""
        definition = self.definition(name)
        left_out = definition.parameters[len(args) :] if definition is not None and args else ()
        return definition, [*args, *(Expr("symbol", (), each, args[-1].span) for each in left_out)]

    def is_function_family(self, name: str) -> bool:
        return name in FUNCTION_LETTERS or f"{name}_" in self.usage.graded

    def main_variable(self, target: Expr) -> str | None:
        """The variable of a gradient that names none: the function's argument, else what the note differentiates by."""
        for part in target.walk():
            if part.op in ("symbol", "call"):
                parameters = self.parameters(part.name)
                family = part.op == "symbol" and self.symbol(part.name).kind == "matrix"  # A of a family A(t)
                function = self.is_function(part.name) or self.symbol(part.name).arguments == parameters
                if len(parameters) >= 1 and function and not family:
                    return parameters[0] if len(parameters) == 1 else None
        names = self.leaves(target)
        if names == [target.name] and len(self.usage.variables) == 1:
            return next(iter(self.usage.variables)).rstrip("_")
        variables = self.usage.variables  # x_ where the note differentiates by its entries
        wanted = [n for n in names if n in variables or f"{n}_" in variables or self.usage.differentials[n] > 0]
        functions = [p for f in self.usage.applied.values() for names_ in f for p in names_]
        for pool in (wanted, [name for name in names if name in functions]):
            distinct = list(dict.fromkeys(pool))
            if len(distinct) == 1:
                return distinct[0]
            for usual in ("x", "\\mathbf{x}", "w", "\\mathbf{w}", "\\theta", "\\beta", "X", "W"):
                if usual in distinct:
                    return usual
        if names and all(self.words.is_function(name) for name in names):  # u v of functions: the argument of others
            plain = [name for name in functions if not COMPOUND.search(name)]
            return Counter(plain).most_common(1)[0][0] if plain else USUAL[0]
        names = [name for name in names if not self.is_size(name)]
        usual = [name for name in USUAL if name in names and self.symbol(name).kind in ("column", "row", "matrix")]
        if len(usual) == 1:
            return usual[0]
        wide = [name for name in dict.fromkeys(names) if self.symbol(name).kind in ("column", "row", "matrix")]
        return wide[0] if len(wide) == 1 and len(set(names)) == 1 else None
