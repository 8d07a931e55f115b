"""What a note says of its symbols: the facts that context is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from texgrad.notation.tokens import Token
from texgrad.source import Span

# vector: a column unless the note says that its vectors are rows
Kind = Literal["scalar", "vector", "column", "row", "matrix", "function", "index", "set"]
Hold = Literal["note", "sentence", "formula"]
HYPOTHESES = frozenset(
    "symmetric skew-symmetric positive-definite positive-semidefinite orthogonal diagonal unit "
    "orthonormal-columns".split()
)
DISTRIBUTIONS = frozenset(("one-hot", "probability"))
VALUES = frozenset(("binary", "sign"))  # what the entries may be
NORMED = frozenset(("unit", "orthonormal-columns"))


@dataclass(frozen=True)
class Declaration:
    """A statement on one symbol: its kind, its dimensions, its properties; None and empty where nothing is said.

    `name` is the canonical name (texgrad.notation.names.label). `dims` holds one entry for a vector, two for a matrix;
    an entry is an int or the canonical spelling of a size, "n", "n_{l}", "n+1".
    `hold` says how far it reaches: from here to the end of the note (or its next declaration), this sentence with the
    formula that follows it, or the one formula it stands in.
    `family` is set where the name was declared through an indexed member: "x_i is a vector" declares x with family
    ("i",): every x_i is a vector.
    `member` is then that member in full, "x_{i}" or "W^{(l)}", and `count` how many there are; for an index, `count` is
    the end of its range.
    `arguments` are the names that a function was said to depend on (J is a differentiable function of W);
    `argument_dims` and `value_dims` its signature where the note gives it: f: R^n -> R^m has ((n,),) and (m,), a scalar
    is (). A function of whom only the value's kind is known has scalar-valued, vector-valued or matrix-valued.
    `reach` is the stretch of source in which a fact with hold "sentence" or "formula" is true; for a hypothesis on the
    rest of the note, the sentence that it is said in. `onward`: it says nothing of what stands before that sentence.
    `directive`: said in a directive or in the configuration, stronger than anything in the prose.
    `aside`: a size in a condition behind a formula, "(A B)^{-1} = ... if A is m x m"; it undoes no size said before.
    """

    name: str
    span: Span
    kind: Kind | None = None
    dims: tuple[str | int, ...] | None = None
    properties: frozenset[str] = frozenset()
    hold: Hold = "note"
    family: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    independent_of: tuple[str, ...] = ()
    member: str = ""
    count: str | int | None = None
    argument_dims: tuple[tuple[str | int, ...], ...] | None = None
    value_dims: tuple[str | int, ...] | None = None
    reach: Span | None = None
    directive: bool = False
    aside: bool = False
    onward: bool = False

    def __str__(self) -> str:
        """The fact in one line: x[i] vector (n) positive, for the sentence."""
        words = [self.name + "".join(f"[{index}]" for index in self.family)]
        words += [self.kind] if self.kind else []
        words += [f"({' x '.join(map(str, self.dims))})"] if self.dims else []
        words += sorted(self.properties)
        words += [f"of {', '.join(self.arguments)}"] if self.arguments else []
        if self.argument_dims is not None:
            words.append("from " + ", ".join(f"({' x '.join(map(str, dims))})" for dims in self.argument_dims))
        words += [f"to ({' x '.join(map(str, self.value_dims))})"] if self.value_dims is not None else []
        words += [f"independent of {', '.join(self.independent_of)}"] if self.independent_of else []
        words += [f"up to {self.count}"] if self.count is not None else []
        return " ".join(words) + (f" <{self.hold}>" if self.hold != "note" else "")


@dataclass(frozen=True)
class LayoutStatement:
    """What the note says of its layout.

    `choices` maps a kind of derivative to an option:
      "scalar-by-vector": "column" | "row"        "vector-by-scalar": "column" | "row"
      "vector-by-vector": "numerator" | "denominator"
      "scalar-by-matrix": "same" | "transposed"   "matrix-by-scalar": "same" | "transposed"
      "matrix-by-matrix": "vec" | "kronecker" | ...
    `name` is the layout's own name where the note uses it: numerator, denominator, mixed. `own`: its words say that
    this is the note's, "we use", "from here on"; `onward`: from its place on alone; `begins`: it is the heading of a
    section, or stands in front of what a section says, "Numerator layout: ...".
    """

    span: Span
    choices: dict[str, str] = field(default_factory=dict)
    name: str | None = None
    hold: Hold = "note"
    reach: Span | None = None
    directive: bool = False
    own: bool = False
    onward: bool = False
    begins: bool = False

    def __str__(self) -> str:
        choices = [f"{kind}: {option}" for kind, option in sorted(self.choices.items())]
        return "layout " + ", ".join(([self.name] if self.name else []) + choices)


@dataclass(frozen=True)
class Convention:
    """A statement on notation: its name, what it is said of, and where.

    name                     value
    differential             the sign that denotes the differential: "\\partial", "\\differential", "d"
    prime                    "transpose" | "derivative"
    superscript-T            "transpose"
    superscript              "MARK=MEANING", MEANING one of transpose, conjugate-transpose, conjugate, pseudo-inverse,
                             inverse, index (a number that is no power)
    left-superscript         "transpose": {}^tA
    bars                     "determinant" | "absolute" | "norm"
    matrix-exponential       "": e with a matrix exponent
    matrix-functions         the function's name: a power series, not elementwise
    elementwise              the function's name
    symbol                   "SIGN=MEANING": \\odot=hadamard, \\otimes=kronecker, vec=vec-columns, diag=diag ...
    named-function           "NAME=OPERATION": f=sigmoid
    rows-are-samples         "X" or "X=x": the rows of X are the family x
    columns-are-samples      "X" or "X=x"
    batch-rows               "P=p": the rows of P are what p is for one example
    batch-columns            "P=p"
    vectors-are              "columns" | "rows"
    structured               "X": the derivative keeps the structure of X
    unstructured             "X": the entries of X are independent ("" where no name is given)
    restricted               "X=diagonal": the derivative is taken within these matrices
    single-entry             the matrix's name
    commutation              the matrix's name
    duplication              the matrix's name
    elimination              the matrix's name
    submatrix                "": [A]_{ij} is A without row i and column j
    eigenpair                "VALUE,VECTOR,MATRIX"
    spectrum                 "VALUE=OPERATION(MATRIX)": the VALUE_j are its eigenvalues or singular values
    wirtinger                "": complex derivatives treat a variable and its conjugate as independent
    kronecker-delta          the symbol's name
    indicator                the symbol's name
    typography               "bold-lower=vector", "bold-upper=matrix", "upper=matrix", "lower=vector", "greek=scalar",
                             "else=scalar": which letters stand for what
    keeps-entries            "P_{\\Omega}=\\Omega": the function makes the entries zero for which the matrix has 0
    einstein                 "": repeated indices are summed
    entries                  "A=a": the entries of A are written a_{ij}, those of x are x_i
    examples                 "rows" | "columns": where a note has one example after the other
    softmax                  "rows" | "columns": what a softmax of a matrix acts on
    worked-sizes             "NAME": a row or a number in W X + b = (1 \\times 64)(64 \\times 1) + (1 \\times 1)
    derivatives              "K_jk": K with the indices j and k is a derivative of K, no entry
    away-from-kinks          "": what has a kink is not evaluated there
    """

    name: str
    value: str
    span: Span
    hold: Hold = "note"
    reach: Span | None = None
    directive: bool = False

    def __str__(self) -> str:
        return f"{self.name} {self.value}".rstrip()


@dataclass(frozen=True)
class Quotation:
    """A formula that the prose calls wrong ("a common mistake is ..."): not a claim. `span` is the formula's place."""

    span: Span


@dataclass(frozen=True)
class Withdrawal:
    """Hypotheses that hold no more, "we drop the symmetry of A": of these symbols, of all where none is named.

    From its place on, or within its `reach` alone. `unsure`: the words do not tell for certain.
    """

    span: Span
    names: frozenset[str]
    properties: frozenset[str]
    reach: Span | None = None
    unsure: bool = False

    @property
    def hold(self) -> Hold:
        return "note" if self.reach is None else "sentence"

    def __str__(self) -> str:
        return f"no more {', '.join(sorted(self.properties))} of {', '.join(sorted(self.names)) or 'all'} <{self.hold}>"


@dataclass(frozen=True)
class Unread:
    """Words on a hypothesis ("symmetric" or "other") that were not understood, and the symbols beside them.

    `general`: said of all there are.
    """

    span: Span
    names: frozenset[str]
    of: str
    general: bool = False

    def __str__(self) -> str:
        return f"unread {self.of} {', '.join(sorted(self.names))}".rstrip()


@dataclass(frozen=True)
class Shorthand:
    """A formula that a symbol is said to be short for: "S stands for S_\\mu". `span` reaches over both."""

    span: Span
    name: tuple[Token, ...]
    body: tuple[Token, ...]


Fact = Declaration | LayoutStatement | Convention | Quotation | Shorthand | Withdrawal | Unread


def values(facts: Iterable[Fact], name: str) -> set[str]:
    """All that facts say under the name of one convention."""
    return {fact.value for fact in facts if isinstance(fact, Convention) and fact.name == name}


def numbers(facts: Iterable[Fact]) -> set[str]:
    """The symbols that are called numbers and nothing else."""
    said = [fact for fact in facts if isinstance(fact, Declaration) and fact.kind is not None and not fact.family]
    return {fact.name for fact in said if fact.kind == "scalar"} - {fact.name for fact in said if fact.kind != "scalar"}
