"""Facts, usage and definitions of a note in, what a reader knows at one place out: `Context.at(place)` is a Scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from texgrad.declared import STEPS, Declared, Place
from texgrad.errors import NoteError
from texgrad.expr import Expr, number
from texgrad.facts.fact import Fact
from texgrad.layers import SHIFT, layerless, level, shift, shift_between, shift_text
from texgrad.notation.names import label
from texgrad.ops import TABLE
from texgrad.scripts import STARS, TRANSPOSES
from texgrad.shapes import VALUED, Definition, Symbol, Typing
from texgrad.typography import guess_kind, strip
from texgrad.usage import Usage

IDENTITIES = frozenset(("I", "\\mathbf{I}", "\\mathbb{I}", "\\operatorname{I}", "\\mathds{1}", "\\operatorname{Id}",
                        "\\mathbf{Id}", "\\operatorname{id}"))  # fmt: skip
ONES = frozenset(("\\mathbf{1}", "\\mathbb{1}", "\\mathds{1}", "\\mathbbm{1}", "\\operatorname{1}"))
IMAGINARY = frozenset(("i", "j", "\\operatorname{i}", "\\operatorname{j}"))
ZEROS = frozenset(("\\mathbf{0}", "\\mathbb{0}", "\\operatorname{0}"))
UNITS = frozenset(("e", "\\mathbf{e}"))
NORMAL = {"\\Phi": "normal_cdf", "\\phi": "normal_pdf"}  # where a note has both and explains neither
SIGMOIDS = frozenset(("\\sigma", "\\operatorname{\\sigma}"))
FUNCTION_LETTERS = frozenset(("f", "g", "h", "F", "G", "\\mathbf{f}", "\\mathbf{g}", "\\phi", "\\psi", "\\varphi",
                              "\\ell", "p", "q"))  # fmt: skip
SETTLED = "the note's formulas"  # why a symbol is of its kind, where formulas do not multiply out otherwise
BINDERS = frozenset(("sum_over", "product_over", "sequence", "grid"))
OF_INDICES = frozenset(("member", "single_entry", "unit_vector", "delta", "commutation", "duplication"))
INDEXED = frozenset(("entry", "row", "row_upright", "column"))
LAYER = " of a layer"  # marks what is true of a letter with a layer, not of the letter alone
FRESH = ("\N{INCREMENT}", "\N{BULLET}", "\N{WHITE BULLET}")  # names that texgrad makes itself


@dataclass
class Context:
    """What one note says, in document order."""

    facts: Sequence[tuple[Place, Fact]] = ()
    usage: Usage = field(default_factory=Usage)
    definitions: list[tuple[Place, Definition]] = field(default_factory=list)
    settled: dict[str, str] = field(default_factory=dict)
    headings: Sequence[int] = ()
    steps: set[str] = field(default_factory=set)  # letters that count the steps of a recursion
    dashes: bool = False  # formulas stand behind the dashes of a list
    costs: Sequence[tuple[Place, str]] = ()  # each J where the note writes dZ for the derivative of J by Z

    def settle(self, kinds: dict[str, str]) -> None:
        """Take over kinds that the note's formulas force; a layer's kind is that of all layers."""
        for name, kind in kinds.items():
            self.settled.setdefault(name, kind)
            if layerless(name) != name:
                self.settled.setdefault(layerless(name) + LAYER, kind)

    def at(self, place: Place, source: object = None) -> Scope:
        return Scope(self, place, source)

    def define(self, place: Place, definition: Definition) -> None:
        self.definitions.append((place, definition))


class Scope:
    """What is known at one place of a note; answers the questions of the resolver and of inference."""

    def __init__(self, context: Context, place: Place, source: object = None) -> None:
        self.context = context
        self.usage = context.usage
        self.place = place
        self.bound_names: list[str] = []
        self.words = Declared(context.facts, context.usage, place, source)
        self._symbols: dict[str, Symbol] = {}
        self._definitions: dict[str, Definition | None] = {}
        self._floors: dict[str, tuple[int, int]] = {}
        self._ties: dict[str, Definition | None] = {}

    # -- declarations ----------------------------------------------------------------------------------------------

    def declared(self, name: str) -> Symbol | None:
        return self.words.symbol(name)

    def symbol(self, name: str) -> Symbol:
        if name not in self._symbols:
            self._symbols[name] = self._symbol(name)
        return self._symbols[name]

    def _symbol(self, name: str) -> Symbol:
        found = self.declared(name)
        if found is not None and found.kind not in ("unknown", "function"):
            governing = self._governing(name)
            if governing is not None and governing.body.op == "abstract":
                return replace(found, arguments=tuple(arg.name for arg in governing.body.args))
            return found
        properties = found.properties if found else frozenset()
        governing = self._governing(name)
        abstract = governing is not None and governing.body.op == "abstract"
        arguments = tuple(arg.name for arg in governing.body.args) if abstract else found.arguments if found else ()
        family = found.family if found else ()
        if self.is_size(name):
            return Symbol(name, "scalar", None, frozenset(("integer",)), sure=True, why="a size")
        base = strip(name)
        if base != name:
            relative = self._relative(name, base)
            if relative is not None:
                return relative
        if name in self.usage.primed and self.is_function(name) and not properties & VALUED:
            properties = properties | {"elementwise"}  # f' of a vector is taken entry by entry
        kind, sure, why = guess_kind(name, self.usage)
        settled = self.context.settled.get(name)
        if settled is None and layerless(name) != name:
            settled = self.context.settled.get(layerless(name) + LAYER)
        if settled and not sure:
            kind, sure, why = settled, True, SETTLED
        if arguments and kind == "unknown":
            kind = "scalar"
        return Symbol(name, kind, None, properties, arguments, family, sure, why)

    def _relative(self, name: str, base: str) -> Symbol | None:
        """\\hat{y} has the kind of y, W^{(l+1)} what was said of W^{(l)}; sizes only along a shift."""
        shifted = self._shifted_declaration(name)
        if shifted is not None:
            return shifted
        other = self.declared(base)
        if other is None or other.kind in ("unknown", "function"):
            return None
        same_dims = other.dims if name.startswith(("\\hat", "\\tilde", "\\bar", "\\widehat")) else None
        kept = other.properties & {"symmetric"} if same_dims else frozenset()
        return Symbol(name, other.kind, same_dims, kept, sure=True, why=f"as {base}")

    def _shifted_declaration(self, name: str) -> Symbol | None:
        for other in self.words.facts:
            step = shift_between(other, name)
            if step is not None:
                found = self.declared(other)
                if found is None or found.kind == "unknown":
                    continue
                dims = tuple(shift_text(dim, *step) if isinstance(dim, str) else dim for dim in found.dims or ())
                return Symbol(name, found.kind, dims or None, found.properties, found.arguments, sure=True,
                              why=found.why)  # fmt: skip
        return None

    def member_kind(self, name: str) -> str:
        """The kind of the members x_i: as declared, a vector where the note transposes or norms them, else scalar."""
        symbol = self.symbol(name)
        if symbol.family or (symbol.sure and name.startswith("\\mathbf")):
            return symbol.kind
        key = name + "_"
        vector = self.usage.transposed.get(key) or key in self.usage.normed or key in self.usage.plain
        upper = name.lstrip("\\")[:1].isupper()
        if upper and (vector or key in self.usage.matrices or symbol.kind == "matrix"):
            return "matrix"
        return "column" if vector else "scalar"

    def known(self, name: str) -> bool:
        """Whether the note declares or defines the name."""
        return name in self.words.facts or self.definition(name) is not None

    def explained(self, name: str) -> bool:
        """Whether the note says what a symbol is, itself or at another layer."""
        if self.declared(name) is not None or self.definition(name) is not None:
            return True
        core = layerless(name)
        return core != name and any(layerless(other) == core for other in self.words.facts)

    def constant(self, name: str) -> str | None:
        """identity, ones or zeros for a symbol that stands for one."""
        declared = self.declared(name)
        if declared is not None:
            for prop, op in (("identity", "identity"), ("ones", "ones"), ("zero", "zeros")):
                if prop in declared.properties:
                    return "ones_matrix" if op == "ones" and declared.kind == "matrix" else op
        if self.definition(name) is not None:
            return None
        if name in ONES:
            return "ones"
        if declared is not None:
            return None
        if name in IDENTITIES:
            return "identity"
        if name in IMAGINARY and self.is_complex() and not (name in self.usage.indices or name in self.bound_names):
            return "imaginary_unit"
        return "zeros" if name in ZEROS else None

    def convention(self, name: str) -> str | None:
        return self.words.conventions.get(name)

    def all_conventions(self, name: str) -> list[str]:
        """All that is said under the name of one convention."""
        return self.words.values(name)

    def superscript(self, mark: str) -> str | None:
        """What the note says that a superscript means: conjugate-transpose, pseudo-inverse ..."""
        for value in reversed(self.words.values("superscript")):
            sign, _, meaning = value.partition("=")
            if sign == mark:
                return meaning
        return None

    def is_independent(self, name: str, variable: str = "") -> bool:
        return self.words.is_independent(name, variable)

    def is_complex(self) -> bool:
        return any("complex" in fact.properties for facts in self.words.facts.values() for fact in facts)

    def is_size(self, name: str) -> bool:
        """Whether a letter is a dimension: it stands in a declared size or bounds a sum."""
        if name not in self.words.sizes and name not in self.usage.bounds:
            return False
        declared = self.declared(name)
        return declared is None or declared.kind in ("unknown", "scalar")

    # -- definitions -----------------------------------------------------------------------------------------------

    def definition(self, name: str) -> Definition | None:
        if name not in self._definitions:
            self._definitions[name] = None  # a definition in terms of itself is none
            self._definitions[name] = self._definition(name)
        return self._definitions[name]

    def _definition(self, name: str) -> Definition | None:
        governing = self._governing(name)
        if governing is not None:
            return None if governing.body.op == "abstract" else governing
        pair = self._eigenpair(name)
        if pair is not None and not pair.indices:
            return pair
        declared = self.declared(name)
        if declared is not None and declared.kind not in ("unknown", "function"):
            return None
        for _, definition in reversed(self.context.definitions):
            step = shift_between(definition.name, name)
            if step is not None and self._reaches(step[1]):
                body = shift(definition.body, *step)
                return Definition(name, body, definition.parameters, definition.indices, definition.line)
        return None

    def _governing(self, name: str) -> Definition | None:
        """The last definition before this place, else the next one that follows in the same section."""
        exact = [item for item in self.context.definitions if item[1].name == name]
        before = [definition for place, definition in exact if place <= self.place]
        if before:
            return before[-1]
        declared = self.words.symbol(name)
        given = declared is not None and declared.kind not in ("unknown", "function")
        solved_for = name in self.usage.variables or self.usage.differentials[name] > 0
        for place, definition in exact:
            if (given or solved_for) and not definition.parameters:
                continue  # data that the note ties up later, a variable that it solves for
            if not any(self.place[0] < heading < place[0] for heading in self.context.headings):
                return definition
        return None

    def member_definition(self, name: str) -> Definition | None:
        """What x_i is: a row of X where the note says so, else what a definition by entries says."""
        if name not in self._ties:
            pair = self._eigenpair(name)
            definition = self._tied_samples(name) or (pair if pair and pair.indices else None)
            own = self.definition(name)
            if own is not None and own.indices:
                definition = own
            self._ties[name] = definition
        return self._ties[name]

    def _tied_samples(self, name: str) -> Definition | None:
        """x_i as the i-th row (or column) of X, where the note says so."""
        for convention, op in (("rows-are-samples", "row_upright"), ("columns-are-samples", "column")):
            for value in self.words.values(convention):
                whole, _, member = value.partition("=")
                if whole and (member == name or (not member and whole.lower() == name and whole != name)):
                    if self.symbol(whole).kind != "matrix":
                        continue
                    index = Expr("symbol", (), "\N{BULLET}i")
                    body = Expr(op, (Expr("symbol", (), whole), index))
                    return Definition(name, body, (), ("\N{BULLET}i",))
        return None

    def _eigenpair(self, name: str) -> Definition | None:
        """\\lambda_i and v_i, where the note says that they are the eigenvalues and eigenvectors of A."""
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
        return self._floors != before

    def _reaches(self, index: str) -> bool:
        """Whether a layer lies within what the claim speaks of; the one below its first layer is given."""
        found = SHIFT.fullmatch(index)
        core, step = (found["core"], int(found["step"] or 0)) if found else ("", int(index))
        low, high = self._floors.get(core, (0, 0))
        return low < step <= high or step == 0 or (core == "" and step == low)

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
            return names
        return ()

    # -- functions -------------------------------------------------------------------------------------------------

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
            return "sigmoid"
        return None

    def _is_free_function(self, name: str) -> bool:
        """Whether the note applies a symbol as a function and never says which function it is."""
        applied = bool(self.usage.applied.get(name)) or name in self.usage.primed
        return applied and self.definition(name) is None and self.declared(name) is None

    def is_function(self, name: str, group: Expr | None = None) -> bool:
        if self.alias(name) is not None or name in self.all_conventions("matrix-functions"):
            return True
        definition = self.definition(name)
        if definition is not None:
            return bool(definition.parameters) and (group is None or self._fits(name, group, definition.parameters))
        declared = self.declared(name)
        if declared is not None:
            if declared.kind == "function" or "elementwise" in declared.properties:
                return True
            if not declared.arguments and self.words.is_function(name):
                return True
            return bool(declared.arguments) and (group is None or self._fits(name, group, declared.arguments))
        if name in FUNCTION_LETTERS:
            return bool(self.usage.applied.get(name)) or name in self.usage.primed
        return name.startswith("\\operatorname{") and group is not None

    def _fits(self, name: str, group: Expr, parameters: tuple[str, ...]) -> bool:
        body = group.args[0]
        return len(body.args if body.op == "list" else (body,)) == len(parameters)

    def is_function_family(self, name: str) -> bool:
        return name in FUNCTION_LETTERS

    # -- scripts ---------------------------------------------------------------------------------------------------

    def is_naming(self, name: str, part: Expr) -> bool:
        """Whether a superscript belongs to the name: a layer, a sample, a star; not a power or a transpose."""
        text = label(part)
        if part.op == "group":
            return part.name in ("(", "[") and len(text) < 12
        if part.op == "mark":  # P^- and P^+ before and after a measurement; a lone P^+ is a pseudo-inverse
            return part.name in ("-", "+") and "-" in self.usage.marks
        if text in TRANSPOSES:
            return False
        if self.known(f"{name}^{{{text}}}"):
            return True
        if text in STARS or text.lstrip("-").isdigit():
            return False
        core = part if part.op == "symbol" else part.args[0] if part.op == "sum" else None
        return core is not None and core.op == "symbol" and self._is_layer(core.name)

    def _is_layer(self, letter: str) -> bool:
        bases = self.usage.exponents.get(letter, set())
        if letter in self.bound_names or (letter == "n" and letter not in self.usage.shifted):
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

    def is_index(self, text: str) -> bool:
        """Whether a subscript can be an index: a bound letter, a free index letter, a number, i+1."""
        if text.isdigit():
            return True
        found = SHIFT.fullmatch(text)
        core = found["core"] if found else text
        return core in self.bound_names or core in self.usage.bound or core in ("i", "j", "k") or (
            core in self.usage.indices and core not in "tbwso"
        )

    def subscript(self, name: str, labels: list[str]) -> tuple[str, str]:
        """What a subscript does to a symbol: ("name" | "entry" | "member" | ..., the symbol it does it to)."""
        constant = self.constant(name)
        if constant is not None and not any(text in self.bound_names for text in labels):
            return "size", constant
        step = SHIFT.fullmatch(labels[0]) if len(labels) == 1 else None
        if step is not None and step["core"] in self.context.steps and step["core"] not in self.bound_names:
            return "name", name
        marks = [text in (":", "\\cdot", "*", "\\bullet") for text in labels]
        if any(marks) and len(labels) == 2:
            return "entry", self._matrix_of(name) or name
        if not all(self.is_index(text) for text in labels) or len(labels) > 2:
            if (len(labels) == 1 and labels[0].startswith("(")) or len(labels) > 2 or "," in "".join(labels):
                return ("function", name) if self.known(name) else ("name", name)
            return "name", name
        symbol = self.symbol(name)
        declared = self.declared(name) is not None and self.declared(name).kind != "unknown"
        definition = self.member_definition(name)
        if definition is not None:
            if len(definition.indices) == len(labels):
                return "member", name
            if len(labels) == 2 and len(definition.indices) == 1:
                return "member-entry", name
            return "name", name
        definition = self.definition(name)
        if definition is not None and not declared:
            if len(labels) == 1 and not labels[0].isdigit() and self._is_number(definition):
                return "member", name  # y of one formula, y_k of another
            return "entry", name
        if len(labels) == 2:
            return self._two(name, labels, symbol, declared)
        return self._one(name, labels[0], symbol, declared)

    def _is_number(self, definition: Definition) -> bool:
        """Whether a definition gives a number, which has no entries."""
        typing = Typing(self, {})
        try:
            shape = typing.infer(definition.body)
        except NoteError:
            return False
        return not definition.indices and typing.unifier.is_scalar(shape)

    def _two(self, name: str, labels: list[str], symbol: Symbol, declared: bool) -> tuple[str, str]:
        if name == "\\delta" and not declared and all(text.isalpha() for text in labels):
            return "delta", name
        if symbol.family and symbol.kind in ("column", "row"):
            return "member-entry", name
        return "entry", self._matrix_of(name) or name

    def _one(self, name: str, text: str, symbol: Symbol, declared: bool) -> tuple[str, str]:
        running = text in self.bound_names or text in self.usage.bound or not text.isdigit()
        if symbol.family:
            bold = f"\\mathbf{{{name}}}"
            if symbol.kind == "scalar" and bold in self.usage.names and self.symbol(bold).kind == "column":
                return "entry", bold
            return "member", name
        if name in UNITS and not declared and self.definition(name) is None and running:
            return "unit_vector", name
        if f"{name}_" in self.usage.plain or f"{name}_" in self.usage.transposed or f"{name}_" in self.usage.normed:
            return ("member", name) if running else ("name", name)
        if declared and symbol.kind in ("column", "row"):
            if name.startswith("\\mathbf") and running:
                return "member", name
            return "entry", name
        if symbol.kind == "matrix" and running and any(len(t) == 2 for t in self.usage.subscripts.get(name, ())):
            return "row", name  # U_i beside the entries U_{ia}
        if declared and symbol.kind == "matrix":
            return ("row", name) if running and name in self.words.values("rows") else ("name", name)
        bold = f"\\mathbf{{{name}}}"
        if not name.startswith("\\mathbf") and bold in self.usage.names and name not in self._standing_alone():
            return "entry", bold
        if symbol.kind == "column" and symbol.sure:
            if name.startswith("\\mathbf"):
                return ("member", name) if running else ("name", name)
            return "entry", name
        if running and not declared and symbol.kind != "matrix":
            return "member", name
        return "name", name

    def _standing_alone(self) -> set[str]:
        return {name for name in self.usage.variables if not name.endswith("_")}

    def _matrix_of(self, name: str) -> str | None:
        """The matrix whose entries a letter with two indices names: X for x_ij."""
        bold = f"\\mathbf{{{name}}}"
        if not self.known(name) and self.known(bold) and self.symbol(bold).kind == "matrix":
            return bold
        if self.symbol(name).kind == "matrix" and (self.known(name) or name[:1].isupper()):
            return name
        core = name.removeprefix("\\mathbf{").rstrip("}")
        if len(core) == 1 and core.islower():
            bold = f"\\mathbf{{{core.upper()}}}"
            for candidate in (bold, core.upper()) if name != core else (core.upper(), bold):
                if candidate in self.usage.names and self.symbol(candidate).kind == "matrix":
                    return candidate
        return name if self.known(name) else None

    @contextmanager
    def binding(self, names: Sequence[str]) -> Iterator[None]:
        self.bound_names.extend(names)
        try:
            yield
        finally:
            del self.bound_names[len(self.bound_names) - len(names) :]

    def unbound_index(self) -> str | None:
        """A sum without an index runs over the note's usual one."""
        return "i" if "i" in self.usage.indices else None

    # -- transposes and differentials ------------------------------------------------------------------------------

    def small_t_transposes(self) -> bool:
        return "t" not in self.usage.shifted and "t" not in self.usage.bound and not any(
            text in ("T", "\\top") for text in self.usage.exponents
        )

    def prime_transposes(self, base: Expr) -> bool:
        wide = base.op == "symbol" and self.symbol(base.name).kind in ("matrix", "column", "row")
        if base.op == "symbol" and self.is_function(base.name) and not wide:
            return False
        if self.convention("prime") == "transpose":
            return True
        if base.op == "symbol" and self.is_function(base.name):
            return False
        if self.usage.transposes or self.convention("prime") == "derivative":
            return False
        if base.op == "symbol":
            return self.symbol(base.name).kind in ("matrix", "column", "row")
        return base.op in ("sum", "product", "member", "inverse", "column", "row")

    @property
    def cost(self) -> str | None:
        """The cost that dZ is a derivative of here: the last one differentiated."""
        before = [name for place, name in self.context.costs if place <= self.place]
        return before[-1] if before else next((name for _, name in self.context.costs), None)

    def has_differentials(self) -> bool:
        """Whether a plain d can be a differential sign: not where it is a vector of the note."""
        declared = self.declared("d")
        if self.usage.letter_d or (declared is not None and declared.kind in ("column", "row", "matrix")):
            return False
        return self.definition("d") is None and self.definition("d_") is None

    def main_variable(self, target: Expr) -> str | None:
        """The variable of a gradient that names none: the function's argument, else what the note differentiates by."""
        for part in target.walk():
            if part.op in ("symbol", "call"):
                parameters = self.parameters(part.name)
                if len(parameters) >= 1 and self.is_function(part.name):
                    return parameters[0] if len(parameters) == 1 else None
        names = self.leaves(target)
        if names == [target.name] and len(self.usage.variables) == 1:
            return next(iter(self.usage.variables))
        wanted = [n for n in names if n in self.usage.variables or self.usage.differentials[n] > 0]
        functions = [p for f in self.usage.applied.values() for names_ in f for p in names_]
        for pool in (wanted, [name for name in names if name in functions]):
            distinct = list(dict.fromkeys(pool))
            if len(distinct) == 1:
                return distinct[0]
            for usual in ("x", "\\mathbf{x}", "w", "\\mathbf{w}", "\\theta", "\\beta", "X", "W"):
                if usual in distinct:
                    return usual
        names = [name for name in names if not self.is_size(name)]
        wide = [name for name in dict.fromkeys(names) if self.symbol(name).kind in ("column", "row", "matrix")]
        return wide[0] if len(wide) == 1 and len(set(names)) == 1 else None

    def leaves(self, expr: Expr, bound: frozenset[str] = frozenset(), depth: int = 0) -> list[str]:
        """The symbols without definitions that an expression is made of, through the definitions; no indices."""
        result: list[str] = []
        if expr.op in BINDERS:
            bound = bound | set(expr.name.split())
        if expr.op in ("symbol", "member") and expr.name not in bound and not expr.name.startswith(FRESH):
            definition = self.definition(expr.name) if expr.op == "symbol" else self.member_definition(expr.name)
            if definition is not None and depth < 12:
                result.extend(self.leaves(definition.body, bound | set(definition.indices), depth + 1))
            else:
                result.append(expr.name)
        indices = expr.args if expr.op in OF_INDICES else expr.args[1:] if expr.op in INDEXED else ()
        for part in expr.args:
            if not any(part is index for index in indices):
                result.extend(self.leaves(part, bound, depth))
        return result
