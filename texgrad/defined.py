"""The part of a Scope that answers what a symbol is defined as at its place: by formulas, by samples, by layers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from texgrad.batches import batched, in_a_row, of_one_row
from texgrad.called import COMPOUND
from texgrad.declared import Place
from texgrad.errors import NoteError
from texgrad.expr import Expr, number
from texgrad.folding import SYMMETRIC, evenly, folded, of_pairs
from texgrad.layers import SHIFT, layer_of, level, shift, shift_between
from texgrad.resolve import Resolver
from texgrad.shapes import Definition
from texgrad.summation import meaning
from texgrad.trajectories import dotted

INVERTIBLE = {"inverse": "inverse", "exp": "log", "log": "exp", "transpose": "transpose", "neg": "neg"}


def line_of(whole: str, op: str, name: str) -> Definition:
    """The members of a family as the rows (row_upright) or columns of a matrix."""
    index = Expr("symbol", (), "\N{BULLET}i")
    return Definition(name, Expr(op, (Expr("symbol", (), whole), index)), (), (index.name,))


class Defined:
    """Definitions in force at a place; a part of Scope, whose context, place, usage and words it reads."""

    def definition(self, name: str) -> Definition | None:
        if name not in self._definitions:
            self._definitions[name] = None  # a definition in terms of itself is none
            found = self._definition(name)
            for other in sorted(self._varied - {name}) if found is not None else ():
                variable = self._governing(other) or self._moved(other)
                body = found.body if variable is None else folded(found.body, variable)
                found = found if body is found.body else replace(found, body=body)
            if found is not None and of_pairs(found) and self.symbol(name).properties & SYMMETRIC:
                found = evenly(found)
            if found is not None and self.steps is not None:
                found = replace(found, body=self.steps(found.body))
            self._definitions[name] = None if found is not None and self._is_circular(name, found) else found
        return self._definitions[name]

    def _is_circular(self, name: str, found: Definition) -> bool:
        """Whether a definition leads back to its symbol: \\mu by \\gamma, \\gamma by \\mu is an equation to solve.

        What a claim differentiates by is not traced further, and of a = g(z) in one section and z = W a + b in a later
        one, about another layer, the later one stands.
        """
        given = self._varied - self._sought.keys()  # variables and nothing else
        seen, stack = {name} | (given - {name}), [("", found)]
        while stack:
            other, definition = stack.pop()
            for part in definition.body.walk():
                if part.op in ("symbol", "member") and part.name not in seen:
                    seen.add(part.name)
                    inner = self.definition(part.name)
                    if inner is not None:
                        stack.append((part.name, inner))
                elif part.name == name and self._leads_back(part, found, own=not other):
                    if not other or name in given or not self._is_older(definition, found):
                        return True
                    self._definitions[other] = None
        return False

    @staticmethod
    def _leads_back(part: Expr, found: Definition, own: bool) -> bool:
        """\\ell = \\sum_t \\ell_t is made of its steps, not of itself; z_i = \\sum_j W_{ij} a_j with a = g(z) is."""
        return part.op == ("member" if found.indices else "symbol") or (part.op == "symbol" and not own)

    def _is_older(self, definition: Definition, other: Definition) -> bool:
        """Whether a definition stands in a section before that of another one."""
        places = [at for each in (definition, other) for at, said in self.context.definitions if said is each]
        return len(places) == 2 and any(places[0][0] < start < places[1][0] for start in self.context.headings)

    def unroll(self, steps: Callable[[Expr], Expr], core: str, reach: tuple[int, int]) -> None:
        """Read definitions from the first step to the last; `steps` rewrites formulas with sums over all of them."""
        self.steps = steps
        self._floors = {core: reach}
        self._definitions.clear()
        self._ties.clear()

    def _turned(self) -> dict[str, Definition | None]:
        """\\Sigma as \\Lambda^{-1}, for a derivative by \\Lambda in a note that has \\Lambda = \\Sigma^{-1}."""
        found: dict[str, Definition | None] = {}
        for variable in dict.fromkeys(each for wanted in self._sought.values() for each in wanted):
            definition = self._governing(variable)
            if definition is None or definition.parameters or definition.indices:
                continue
            body, value = definition.body, Expr("symbol", (), variable)
            while body.op in INVERTIBLE:
                value, body = Expr(INVERTIBLE[body.op], (value,)), body.args[0]
            if body.op == "symbol" and value.op != "symbol" and self._governing(body.name) is None:
                found |= {variable: None, body.name: Definition(body.name, value, (), (), definition.line)}
        return found

    def _definition(self, name: str) -> Definition | None:
        turned = self._turned() if self._sought else {}
        if name in turned:
            return turned[name]
        derivative = self._adjoint(name) or dotted(self, name)
        if derivative is not None:
            return derivative
        governing = self._governing(name)
        if governing is not None and governing.indices and self.is_foreign(governing) and self.is_scalar_here(name):
            return None
        root = self._root(name)
        stands = governing is not None and not (root and governing.parameters and self.is_foreign(governing))
        if stands:  # and not s^2 = ... behind the section of a function s(z)
            abstract = governing.body.op == "abstract" or self.is_step(name, governing)
            return None if abstract else in_a_row(self, self._read_again(governing))
        pair, hot = self._eigenpair(name), self.one_hot(name)
        if hot is not None or (pair is not None and not pair.indices):
            return hot or pair
        stem, opener, number = name.rpartition("_{")
        counted = self.numbered(stem, number.removesuffix("}")) if opener else None
        if counted is not None:
            return counted
        stacked = root or self._stacked(name) or batched(self, name) or of_one_row(self, name)
        if stacked is not None:
            return stacked
        declared = self.declared(name)
        if declared is not None and declared.kind not in ("unknown", "function"):
            return None
        return self._moved(name) or self._mean(name) or self._in_bold(name) or self.stacked_behind_size(name)

    def _root(self, name: str) -> Definition | None:
        """\\sigma, where the section says what \\sigma^2 is."""
        square = self._governing(f"{name}^{{2}}") if name not in self.usage.variables else None
        if square is None or square.body.op == "abstract" or square.indices or square.parameters:
            return None
        root = Definition(name, Expr("sqrt", (Expr("symbol", (), square.name),)), line=square.line)
        return None if self.is_foreign(square) else root

    def _moved(self, name: str) -> Definition | None:
        """What the note says of the same symbol at another layer or step, moved to this one."""
        for pattern in dict.fromkeys(definition.name for _, definition in reversed(self.context.definitions)):
            step = shift_between(pattern, name) or layer_of(pattern, name)
            definition = self._governing(pattern) if step is not None and self._reaches(step[1]) else None
            if definition is not None and definition.body.op != "abstract":
                body = shift(definition.body, *step)
                return Definition(name, body, definition.parameters, definition.indices, definition.line)
        return None

    def _stacked(self, name: str) -> Definition | None:
        """P with the rows p_i, where the note says what the p_i are."""
        for convention, upright in (("rows-are-samples", False), ("columns-are-samples", True)):
            for whole, _, member in (value.partition("=") for value in self.words.values(convention)):
                line = self._governing(member) if whole == name and member else None
                known = line is not None and len(line.indices) == 1 and not line.parameters
                numbers = whole == name and self.holds_numbers(member)
                if not known and not numbers:
                    continue
                index = Expr("symbol", (), "\N{BULLET}i")
                stack = Expr("sequence", (Expr("member", (index,), member),), index.name)
                turned = stack if upright != numbers else Expr("transpose", (stack,))  # numbers stand in one column
                return Definition(name, turned, line=line.line if known else 0)
        return None

    def _adjoint(self, name: str) -> Definition | None:
        """\\bar{v} as the derivative of L by v, where the note has the bar for that."""
        said = self.context.adjoint
        under = said.under(name) if said is not None and said.place <= self.place else None
        if under is None:
            return None
        cost, variable = (Expr("symbol", (), each) for each in (said.cost, under))
        return Definition(name, Expr("derivative", (cost, variable)))

    def _read_again(self, definition: Definition) -> Definition | None:
        """h(x) = g(f(x)) with the f and g of this place, where the section defines them only behind h."""
        written, definitions = definition.written, self.context.definitions
        since = next((place for place, other in definitions if other is definition), self.place)
        names = {part.name for part in written.walk() if part.op == "symbol"} if written is not None else set()
        behind = [place for place, other in definitions
                  if since < place <= self.place and other.name in names and other.parameters]  # fmt: skip
        if not behind or any(since[0] < heading < self.place[0] for heading in self.context.headings):
            return definition
        try:
            return replace(definition, body=meaning(Resolver(self), written))
        except NoteError:
            return None

    def _governing(self, name: str, sampled: bool = False, count: int | None = None) -> Definition | None:
        """The last definition before this place, else the next one that follows in the same section."""
        found = [item for item in self.context.definitions if (item[1].name, item[1].sampled) == (name, sampled)]
        found = [item for item in found if count in (None, len(item[1].indices))]
        here = [item[1] for item in found if item[1].reach and item[1].reach[0] <= self.place[0] <= item[1].reach[1]]
        if here:
            return here[-1]
        lasting = [item for item in found if item[1].reach is None]
        exact = [item for item in lasting if item[1].last >= self.place[0]]
        if not exact and name in self._sought and name not in self._varied:
            exact = lasting  # the solution b of an earlier section, which is differentiated here
        if not any(at <= self.place or self._in_section(at) for at, _ in exact):  # \ln p of p(t | w) = ...
            densities = [item for item in self.context.definitions if item[1].name.startswith(f"{name}(")]
            exact = densities if len({each.name for _, each in densities}) == 1 else exact
        since = self.context.explanations.since
        before = [definition for place, definition in exact
                  if since.get(place, place) <= self.place and not self._superseded(definition, place)]  # fmt: skip
        beside = [place for place, _ in exact if place[0] == self.place[0]]  # in the same display
        if before and not (beside and all(place > self.place for place in beside)):
            return self._leading(name, before)
        declared = self.words.symbol(name)
        given = declared is not None and declared.kind not in ("unknown", "function")
        sought = {name, f"{name.partition('_{')[0]}_" if "_{" in name else name}  # W_ of d f / d W_1
        solved_for = bool(sought & self.usage.variables.keys()) or self.usage.differentials[name] > 0
        for place, definition in exact:
            if place <= self.place or (before and place not in beside):
                continue
            signed = definition.parameters and self.words.signature(name) is not None
            if (signed or self.words.is_function(name)) and self.is_behind(place):
                continue  # f: R^n -> R^m of a rule, and the f(x) = ... of an example behind it
            anew = bool(before) and bool(definition.indices)  # in a display with "\\mu_i = ..." at its end
            if (given or solved_for or definition.result) and not definition.parameters and not anew:
                continue  # data that the note ties up later, a variable that it solves for
            if self._in_section(place) and not self.is_formal(name, place):
                return definition
        return self._leading(name, before) if before else None

    def _in_section(self, place: Place, behind: bool = False) -> bool:
        """Whether a place stands in the section of this one; or, if that is asked, not in a later section."""
        if behind and place < self.place:
            return True
        first, last = sorted((place[0], self.place[0]))
        return not any(first < heading < last for heading in self.context.headings)

    def is_behind(self, place: Place) -> bool:
        """Whether a place stands in a later paragraph."""
        return any(self.place[0] < end <= place[0] for end in self.context.breaks)

    def is_foreign(self, definition: Definition) -> bool:
        """Whether a definition stands in another section."""
        place = next((at for at, each in self.context.definitions if each is definition), self.place)
        return not self._in_section(place)

    def _leading(self, name: str, stated: list[Definition]) -> Definition:
        """The last statement of a definition, or the equal one before it that leads to what the claim asks for."""
        at = len(stated) - 1
        for variable in self._sought.get(name, ()):
            while at and stated[at].restates and not self.leads(stated[at], variable):
                at -= 1
        return stated[at]

    def leads(self, definition: Definition, variable: str, depth: int = 0) -> bool:
        """Whether a definition leads to a variable, through others."""
        for part in definition.body.walk():
            if part.op in ("symbol", "member", "call"):
                inner = self.definition(part.name) if depth < 12 else None
                if part.name == variable or (inner is not None and self.leads(inner, variable, depth + 1)):
                    return True
        return False

    def seek(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Say which symbols a claim differentiates by which: of equal definitions one that leads there is meant."""
        for name, variable in pairs:
            self._sought.setdefault(name, []).append(variable)
            self._varied.add(variable)
        self._definitions.clear()
        for name, definition in self._turned().items():
            if definition is None:
                self._symbols.pop(name, None)

    def _is_cost(self, definition: Definition, place: Place) -> bool:
        """Whether a definition gives a number; it may lead back to itself while that is found out."""
        if place not in self._costs:
            self._costs[place] = False
            self._costs[place] = self.is_number(definition.body)
        return self._costs[place]

    def _superseded(self, definition: Definition, place: Place) -> bool:
        """Whether a later section says that a symbol is any one of its kind, h: R -> R, holds labels, or has members,
        the means \\mu_k behind \\mu(x), takes it for an argument, or for a matrix where it was a cost Q(\\beta)."""
        name, words = definition.name, self.words
        families = {} if definition.indices else words.families
        signed = max(words.signed.get(name, place), families.get(name, place))
        if definition.parameters and words.matrices.get(name, place) > signed and self._is_cost(definition, place):
            signed = words.matrices[name]
        curved = not definition.parameters and self.usage.curve(name) is not None  # A = df/dx, and A(t) from here on
        applied = max((at for at in self.usage.taken[name] if at <= self.place[0]), default=0) if curved else 0
        anew = any(place[0] < heading < max(signed[0], applied) for heading in self.context.headings)
        return anew or (not self._in_section(place) and self._is_argument(name))

    def member_definition(self, name: str, count: int | None = None) -> Definition | None:
        """What x_i is: a row of X where the note says so, else what a definition by entries says.

        `count` is how many indices it has: a note may define y_n, and elsewhere y_{nk}.
        """
        found = self._member_definition(name)
        if found is None or count in (None, len(found.indices)):
            return found
        return self._governing(name, count=count) or found

    def _member_definition(self, name: str) -> Definition | None:
        if name not in self._ties:
            pair = self._eigenpair(name)
            definition = self._tied_samples(name) or (pair if pair and pair.indices else None) or self._example_of(name)
            own = self.definition(name)
            if own is not None and own.indices:
                definition = own
            elif own is not None and own.reach:  # the p_k of "if p = softmax(z / T)", which are others elsewhere
                definition = line_of(name, "entry", name)
            definition = definition or self._governing(name, sampled=True)
            self._ties[name] = definition
            definition = definition or self.instance(name) or self.entries_apart(name)
            self._ties[name] = definition
        return self._ties[name]

    def _tied_samples(self, name: str) -> Definition | None:
        """x_i as the i-th row (or column) of X, where the note says so."""
        for convention, op in (("rows-are-samples", "row_upright"), ("columns-are-samples", "column")):
            said = self.words.earlier if self._is_vector(name) else self.words.values
            for value in said(convention):
                whole, _, member = value.partition("=")
                if whole and (member == name or (not member and whole.lower() == name and whole != name)):
                    if self.symbol(whole).kind != "matrix" or self.holds_numbers(name):
                        continue
                    return line_of(whole, op, name)
        return None

    def _example_of(self, name: str) -> Definition | None:
        """Z^{[l](i)} as the i-th column of a Z^{[l]} that the note defines, where it has its examples in columns."""
        if "^{" not in name or {*self.words.values("examples")} != {"columns"}:
            return None
        stack = self.definition(name)
        shape = self.shape_of(Expr("symbol", (), name)) if stack is not None and not stack.indices else None
        return line_of(name, "column", name) if shape is not None and 1 not in shape else None

    def _is_vector(self, name: str) -> bool:
        """Whether a letter is a vector by itself, so that w_j is an entry until W is said to have the columns w_j."""
        usage = self.usage
        return bool(usage.variables.get(name) or usage.transposed.get(name) or name in usage.normed)

    def _eigenpair(self, name: str) -> Definition | None:
        """\\lambda_i and v_i, where the note says that they are the eigenvalues and eigenvectors of A; the d_j of X."""
        spectrum = next((said for said in self.words.values("spectrum") if said.startswith(f"{name}=")), None)
        if spectrum is not None:
            op, _, whole = spectrum.partition("=")[2].removesuffix(")").partition("(")
            index = Expr("symbol", (), "\N{BULLET}i")
            return Definition(name, Expr("entry", (Expr(op, (Expr("symbol", (), whole),)), index)), (), (index.name,))
        for said in self.words.values("eigenpair"):
            lone = "_{" not in said.split(",")[0]
            value, vector, whole = (part.partition("_{")[0] for part in said.split(","))
            if name in (value, vector):
                index = Expr("symbol", (), "\N{BULLET}i")
                op = "eigenvalue" if name == value else "eigenvector"
                if lone:  # which one it is does not matter
                    return Definition(name, Expr(op, (Expr("symbol", (), whole), number(1))))
                return Definition(name, Expr(op, (Expr("symbol", (), whole), index)), (), (index.name,))
        return None

    def mention(self, names: Iterable[str]) -> bool:
        """Say which symbols a claim writes: layers are unrolled only between the first and the last it speaks of."""
        before = dict(self._floors)
        for name in names:
            found = level(name)
            if found is not None:
                core, step = found
                low, high = self._floors.get(core, (step, step))
                self._floors[core] = (min(step, low), max(step, high))
        self._definitions.clear()
        self._ties.clear()
        self._instances.clear()
        return self._floors != before

    def _reaches(self, index: str) -> bool:
        """Whether a layer lies within what the claim speaks of; the one below its first layer is given."""
        found = SHIFT.fullmatch(index)
        core, step = (found["core"], int(found["step"] or 0)) if found else ("", int(index))
        low, high = self._floors.get(core, (0, 0))
        return low < step <= high or step == 0 or (core == "" and step == low)

    def coordinates(self, name: str) -> tuple[str, ...]:
        """X, Y, Z where q = (X, Y, Z) of symbols that nothing defines: who varies q varies them."""
        definition = self.definition(name)
        body = definition.body if definition is not None else None
        while body is not None and body.op == "transpose":
            body = body.args[0]
        if body is None or body.op != "block" or 1 not in (len(body.args), *(len(row.args) for row in body.args)):
            return ()
        cells = [cell for row in body.args for cell in row.args]
        free = all(cell.op == "symbol" and self.definition(cell.name) is None for cell in cells)
        return tuple(cell.name for cell in cells) if free else ()

    def is_defined(self, name: str) -> bool:
        return self.definition(name) is not None

    def parameters(self, name: str) -> tuple[str, ...]:
        definition = self.definition(name)
        if definition is not None and definition.parameters:
            return definition.parameters
        arguments = self.symbol(name).arguments
        if arguments:
            return arguments
        for names in self.usage.applied.get(name, ()):
            if not any(COMPOUND.search(each) for each in names):
                return names  # u(F(x)) does not say what u is a function of
        return ()
