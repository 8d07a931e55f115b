"""Facts, usage and definitions of a note in, what a reader knows at one place out: `Context.at(place)` is a Scope."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from texgrad.adjoints import Adjoint
from texgrad.called import Called
from texgrad.declared import DISTRIBUTIONS, WIDE, Declared, Place
from texgrad.defined import Defined
from texgrad.evidence import ONES, Usage
from texgrad.explanations import Explanations
from texgrad.expr import Expr
from texgrad.facts.fact import Declaration, Fact
from texgrad.forms.densities import NAME as DENSITY
from texgrad.instanced import Instanced
from texgrad.layers import layerless, shift_between, shift_text
from texgrad.ops import TABLE
from texgrad.scripted import Scripted
from texgrad.shapes import VALUED, Definition, Symbol
from texgrad.shorthand import Mean
from texgrad.typography import IMAGINARY, SLOPED, TRANSPOSED, ZEROS, guess_kind, is_bold, letter, strip

SMALL = frozenset(("\\epsilon", "\\varepsilon"))
IDENTITIES = frozenset(("I", "\\mathbf{I}", "\\mathbb{I}", "\\operatorname{I}", "\\mathds{1}", "\\operatorname{Id}",
                        "\\mathbf{Id}", "\\operatorname{id}"))  # fmt: skip
SETTLED = "the note's formulas"  # why a symbol is of its kind, where formulas do not multiply out otherwise
BINDERS = frozenset(("sum_over", "mean_over", "product_over", "sequence", "grid"))
OF_INDICES = frozenset(("member", "single_entry", "unit_vector", "delta", "commutation", "duplication"))
INDEXED = frozenset(("entry", "row", "row_upright", "column"))
ALIKE = ("\\hat", "\\tilde", "\\bar", "\\widehat", "\\Delta{", "\\delta{")  # as large as what they mark
WEIGHTS = frozenset(("w", "a", "b", "\\beta", "\\theta", "\\alpha"))  # whose index 0 is that of a constant term
OF_NUMBERS = frozenset(("symbol", "number", "pi", "euler", "sum", "neg", "product", "divide", "power", "block", "list"))
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
    chapters: Sequence[int] = ()  # the headings of the highest level that has several
    breaks: Sequence[int] = ()  # the ends of paragraphs, unless the next one goes on with the sentence
    examples: Sequence[tuple[int, int]] = ()  # examples and propositions, from their first piece to the next
    explanations: Explanations = field(default_factory=Explanations)
    steps: set[str] = field(default_factory=set)  # letters that count the steps of a recursion
    iterates: set[str] = field(default_factory=set)  # x_{k} where the note has x_{k+1} = x_k + ...
    updated: set[str] = field(default_factory=set)  # P where the note has P^+ = (I - K H) P
    dashes: bool = False  # formulas stand behind the dashes of a list
    costs: Sequence[tuple[Place, str]] = ()  # each J where the note writes dZ for the derivative of J by Z
    adjoint: Adjoint | None = None  # the accent that stands for a gradient
    disputed: list[tuple[Place, str]] = field(default_factory=list)  # equations that give a defined name another value
    coded: frozenset[Place] = frozenset()  # definitions that code blocks give
    mean: Mean | None = None  # where dZ is the derivative of the sum over the samples and J their mean

    def settle(self, kinds: dict[str, str]) -> None:
        """Take over kinds that the note's formulas force; a layer's kind is that of all layers."""
        for name, kind in kinds.items():
            self.settled.setdefault(name, kind)
            if layerless(name) != name:
                self.settled.setdefault(layerless(name) + LAYER, kind)

    def at(self, place: Place, source: object = None) -> Scope:
        return Scope(self, place, source)


class Scope(Defined, Scripted, Instanced, Called):
    """What is known at one place of a note; answers the questions of the resolver and of inference."""

    def __init__(self, context: Context, place: Place, source: object = None) -> None:
        self.context = context
        self.usage = context.usage
        self.place = place
        self.bound_names: list[str] = []
        self.bound_ranges: dict[str, str] = {}
        self.words = Declared(context.facts, context.usage, place, source, context.breaks, context.headings,
                              context.examples)  # fmt: skip
        self._symbols: dict[str, Symbol] = {}
        self._definitions: dict[str, Definition | None] = {}
        self._floors: dict[str, tuple[int, int]] = {}
        self.steps: Callable[[Expr], Expr] | None = None
        self._ties: dict[str, Definition | None] = {}
        self._costs: dict[Place, bool] = {}
        self._of_numbers: dict[str, bool] = {}
        self._sought: dict[str, list[str]] = {}
        self._varied: set[str] = set()
        self._instances: dict[str, Definition | None] = {}

    # -- declarations ----------------------------------------------------------------------------------------------

    def declared(self, name: str) -> Symbol | None:
        found = self.words.symbol(name)
        far = found is not None and name in self.words.distant  # "with a number \\sigma" in a later section
        if far and (found.kind == "scalar" or self._is_argument(name)):
            return None
        left = found is not None and name in self.words.left  # the vectors x, before the place (x, y) of a robot
        return None if left and (self._is_argument(name, ("block", "list")) or self._is_defined_anew(name)) else found

    def _is_defined_anew(self, name: str) -> bool:
        here = [at for at, each in self.context.definitions if each.name == name and each.parameters]
        return bool(self.words.signature(name)) and any(self._in_section(at) and not self.is_behind(at) for at in here)

    def _is_argument(self, name: str, made_of: tuple[str, ...] = ()) -> bool:
        """Whether this section defines a function of several numbers, one of which has this name."""
        return not is_bold(name) and any(
            name in definition.parameters and len(definition.parameters) > 1 and self._in_section(place)
            and (not made_of or any(part.op in made_of for part in definition.body.walk()))
            and all(part.op in OF_NUMBERS or TABLE[part.op].elementwise for part in definition.body.walk())
            and not self._leads_on(definition, name) for place, definition in self.context.definitions
        )  # fmt: skip

    def _leads_on(self, definition: Definition, name: str) -> bool:
        """Whether a function of a letter is made of another one: l(\\beta, s) = Q(\\beta) / s, of vectors \\beta."""
        made_of = {part.name for part in definition.body.walk()} - {name}
        return any(other.name in made_of and any(part.name == name for part in other.body.walk())
                   for _, other in self.context.definitions if other is not definition)  # fmt: skip

    def symbol(self, name: str) -> Symbol:
        if name not in self._symbols:
            found = self._symbol(name)
            curve = None if found.arguments or "noise" in found.properties else self.curve(name)
            found = replace(found, arguments=(curve,)) if curve else found
            if found.kind == "matrix" and self.is_summand(name):
                found = replace(found, properties=found.properties | {"symmetric", "square"})
            self._symbols[name] = found
        return self._symbols[name]

    def _symbol(self, name: str) -> Symbol:
        found = self.declared(name)
        if found is not None and found.kind in ("column", "matrix") and self.is_scalar_here(name):
            return Symbol(name, "scalar", None, frozenset(), sure=True, why="the section")
        wide = found is not None and found.kind == "scalar" and self.is_wide_here(name)
        if wide or (found is not None and name in self.usage.entrywise and self._is_elsewhere(name)):
            found = None  # f: R^n -> R^m of the rules, and \\odot f'(z) of the networks behind them
        if found is not None and found.family and not found.dims and self.holds_numbers(name):
            found = replace(found, kind="scalar")  # A = [a^{(1)}, ..., a^{(m)}] of numbers
        if found is not None and found.kind == "matrix" and not found.dims:
            found = replace(found, kind=self.stack_of_numbers(name) or "matrix")
        if found is not None and found.kind == "column" and not (found.dims or found.family):
            found = replace(found, dims=self.taken_as(name, True))
        if found is not None and found.kind not in ("unknown", "function"):
            governing = self._governing(name)
            if governing is not None and governing.body.op == "abstract":
                return replace(found, arguments=tuple(arg.name for arg in governing.body.args))
            return replace(found, properties=found.properties | {"row-stochastic"}) if self._has_labels(name) else found
        properties = found.properties if found else frozenset()
        governing = self._governing(name)
        abstract = governing is not None and governing.body.op == "abstract"
        arguments = tuple(arg.name for arg in governing.body.args) if abstract else found.arguments if found else ()
        family = found.family if found else ()
        if self.is_size(name):
            return Symbol(name, "scalar", None, frozenset(("integer",)), sure=True, why="a size")
        if DENSITY.match(name):
            return Symbol(name, "scalar", None, properties | {"positive"}, arguments, sure=True, why="a density")
        base = strip(name)
        inverted = self._inverted(name)
        if inverted is not None:
            return inverted
        if base != name:
            relative = self._relative(name, base)
            own = "^" in name or name.startswith(ALIKE) or base in self.words.distant
            own = own or len(name.rstrip("}").rpartition("_{")[2]) == 3
            if relative is not None and not (own and self.definition(name) is not None):
                return relative  # x_{uij} of a triple, \\bar{x} = 1^T x / m: what is said of x says nothing of it
        primed = name in self.usage.primed and self.is_function(name)
        if (primed or self.acts_on_a_layer(name)) and not properties & VALUED:
            properties = properties | {"elementwise"}  # f' of a vector is taken entry by entry
        if self.context.headings and self._is_argument(name):
            return Symbol(name, "scalar", None, properties, arguments, sure=True, why="an argument")
        kind, sure, why = guess_kind(name, self.usage)
        if kind == "scalar" and any(self._in_section((piece, 0)) for piece in self.usage.traced.get(name, ())):
            kind = "matrix"
        dims: tuple[str | int, ...] | None = None
        if not sure and (kind == "scalar" or why == SLOPED) and (taken := self.taken_as(name)) is not None:
            kind, why = ("column" if len(taken) == 1 else "matrix"), "an argument"
            dims = taken
        if not sure and kind == "scalar" and (passing := self.words.passing.get(name)) is not None:
            kind, why = WIDE[passing.kind], f"line {passing.span.line}"  # "for a vector t, f = ..."
        later = not self._in_section((self.usage.first.get(name, 0), 0), behind=True)  # only a later section has x^T
        if kind == "column" and why == TRANSPOSED and name == base and (later or self.is_scalar_here(name)):
            kind, sure, why = "scalar", False, "typography"
        if sure and len(name.rstrip("}").rpartition("_{")[2]) == 3 and self.definition(name) is not None:
            sure = False
        derived = name.endswith("^{*}") or name.startswith(ALIKE)
        if sure and why == TRANSPOSED and derived and self.definition(name) is not None:
            sure = False  # x^* = -a / 2b beside x'x
        settled = self.context.settled.get(name)
        if settled is None and layerless(name) != name:
            settled = self.context.settled.get(layerless(name) + LAYER)
        if settled and not sure:
            kind, sure, why = settled, True, SETTLED
        if name in SMALL and kind == "scalar" and found is None:
            properties = properties | {"positive"}  # the epsilon of a square root or a denominator
        if arguments and kind == "unknown":
            kind = "scalar"
        return Symbol(name, kind, dims if why == "an argument" else None, properties, arguments, family, sure, why)

    def _has_labels(self, name: str) -> bool:
        """Whether the rows of a matrix are labels or probabilities that sum to one."""
        rows = [member for whole, _, member in (v.partition("=") for v in self.words.values("rows-are-samples"))
                if whole == name and member]  # fmt: skip
        return any((row := self.declared(member)) and row.properties & DISTRIBUTIONS for member in rows)

    def in_chapter(self, piece: int) -> bool:
        """Whether a piece of the note stands in the chapter of this place."""
        return bisect(self.context.chapters, piece) == bisect(self.context.chapters, self.place[0])

    def redefined(self, name: str) -> bool:
        """Whether a letter is used again: defined in a later section than the one that declares or defines it."""
        governing = self._governing(name)
        places = [place for place, definition in self.context.definitions if definition is governing]
        said = [at for at, fact in self.context.facts if isinstance(fact, Declaration) and fact.name == name]
        said += [at for at, other in self.context.definitions if other.name == name and other is not governing]
        if not places or not said:
            return False
        between = (heading for heading in self.context.headings if heading < places[0][0])
        return any(all(at[0] < heading for at in said if at <= places[0]) for heading in between)

    def _inverted(self, name: str) -> Symbol | None:
        """\\Lambda of a note that has \\Lambda = \\Sigma^{-1} and differentiates by it: as symmetric as \\Sigma."""
        turned = self._turned() if self._sought else {}
        if name not in turned or turned[name] is not None:
            return None
        others = [other for other, found in turned.items() if found and found.body.op == "inverse"
                  and found.body.args[0].name == name]  # fmt: skip
        declared = self.declared(others[0]) if others else None
        return replace(declared, name=name, why=f"as {others[0]}") if declared and declared.kind == "matrix" else None

    def _relative(self, name: str, base: str) -> Symbol | None:
        """\\hat{y} has the kind of y, W^{(l+1)} what was said of W^{(l)}; sizes only along a shift."""
        shifted = self._shifted_declaration(name)
        if shifted is not None:
            return shifted
        other = self.declared(base)
        first = "1" in self.usage.subscripts.get(base, ()) or (base in self.usage.summed and letter(base) in WEIGHTS)
        if name == f"{base}_{{0}}" and first and other and other.kind == "column":
            return None  # \\beta_0 beside the entries \\beta_1 and \\beta_2
        if other is None or other.kind in ("unknown", "function"):
            return None
        if "_{" in name and self.words.is_function(base) and not self.usage.applied.get(name):
            return None  # a focal length f_x beside functions f
        same_dims = other.dims if name.startswith(ALIKE) else None
        # \\Sigma_1 and \\Sigma_2 are covariances where \\Sigma is one, or where the \\Sigma_i are
        alike = same_dims or letter(base) == "\\Sigma" or (other.family and name.removeprefix(base)[2:-1].isdigit())
        pair = name.removeprefix(base)[2:-1]
        if len(pair) == 2 and pair[0] != pair[1]:
            alike = False  # \\Sigma_{xy}, a block beside the diagonal
        kept = other.properties & {"symmetric"} if alike else frozenset()
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
        if name.endswith("_{}"):
            return "scalar"  # the N_k beside a size N, the x_j of (1, x_1, ..., x_d) beside vectors x_i
        symbol = self.symbol(name)
        if symbol.family or (symbol.sure and is_bold(name)) or (symbol.sure and symbol.kind == "column"):
            return symbol.kind
        key = name + "_"
        if key in self.context.settled:
            return self.context.settled[key]
        usage = self.usage
        vector = usage.transposed.get(key) or key in usage.normed | usage.plain | usage.sloped
        vector = vector and not self.squares(name)
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

    # -- transposes and differentials ------------------------------------------------------------------------------

    def small_t_transposes(self) -> bool:
        return "t" not in self.usage.shifted and "t" not in self.usage.bound and not any(
            text in ("T", "\\top") for text in self.usage.exponents
        )

    def prime_transposes(self, base: Expr) -> bool:
        if base.op == "symbol" and (self.alias(base.name) is not None or self.has_twin(base.name)):
            return False
        wide = base.op == "symbol" and self.symbol(base.name).kind in ("matrix", "column", "row")
        if base.op == "symbol" and self.is_function(base.name) and not wide and self.lone(base.name) is None:
            return False
        if self.usage.primes_transpose:
            return True
        function = base.op == "symbol" and self.is_function(base.name)
        if function or self.usage.transposes or self.convention("prime") == "derivative":
            return False
        if base.op == "symbol":
            return self.symbol(base.name).kind in ("matrix", "column", "row")
        return base.op in ("sum", "product", "member", "inverse", "column", "row")

    @property
    def cost(self) -> str | None:
        """The cost that dZ is a derivative of here: the last one differentiated."""
        before = [name for place, name in self.context.costs if place <= self.place]
        return before[-1] if before else next((name for _, name in self.context.costs), None)

    @property
    def mean(self) -> Mean | None:
        """What the section says of the mean over the samples that its shorthand leaves out."""
        said, section = self.context.mean, bisect(self.context.headings, self.place[0])
        return said if said is not None and section in said.sections else None

    def has_differentials(self) -> bool:
        """Whether a plain d can be a differential sign: not where it is a vector of the note."""
        declared = self.declared("d")
        if declared is not None and declared.kind in ("column", "row", "matrix"):
            return False
        own = [definition for name in ("d", "d_") if (definition := self.definition(name)) is not None]
        # d_k of Newton's method says nothing of the dX of another section
        return all(definition.parameters or self.is_foreign(definition) for definition in own)

    def leaves(self, expr: Expr, bound: frozenset[str] = frozenset(), depth: int = 0,
               hidden: frozenset[str] = frozenset()) -> list[str]:  # fmt: skip
        """The symbols without definitions that an expression is made of, through the definitions; no indices."""
        result: list[str] = []
        if expr.op in BINDERS:
            bound = bound | set(expr.name.split())
        if expr.op in ("symbol", "member") and expr.name not in bound and not expr.name.startswith(FRESH):
            definition = self.definition(expr.name) if expr.op == "symbol" else self.member_definition(expr.name)
            key = expr.name if expr.op == "symbol" else f"{expr.name}_"
            if definition is not None and depth < 12 and hidden.isdisjoint((expr.name, key)):
                inside = hidden | {key}  # two symbols that are defined by each other lead no further
                result.extend(self.leaves(definition.body, bound | set(definition.indices), depth + 1, inside))
            else:
                result.append(expr.name)
        indices = expr.args if expr.op in OF_INDICES else expr.args[1:] if expr.op in INDEXED else ()
        for part in expr.args:
            if not any(part is index for index in indices):
                result.extend(self.leaves(part, bound, depth, hidden))
        return result
