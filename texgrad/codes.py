"""The rules: a code in, what it means out, with a wrong and a right example that the tests run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from texgrad.report import Severity, Verdict


@dataclass(frozen=True)
class Rule:
    """One thing that texgrad reports; `verdict` is None where it concerns no claim.

    The examples are whole Markdown notes: checking `wrong_example` reports this code, `right_example` does not.
    """

    code: str
    name: str
    verdict: Verdict | None
    severity: Severity
    summary: str
    explanation: str
    wrong_example: str
    right_example: str

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


RULES = (
    Rule(
        "TG101",
        "wrong derivative",
        "wrong",
        "error",
        "The stated derivative differs from the true one in every layout.",
        "Both sides were evaluated at random points. Their shapes can be compared, and their values differ at every "
        "point, in every layout and under every reading of the notation that texgrad admits.",
        r"""Let $A \in \mathbb{R}^{n \times n}$, $x \in \mathbb{R}^n$.

$$ \frac{\partial\, x^T A x}{\partial x} = 2 A x + A^T x $$
""",
        r"""Let $A \in \mathbb{R}^{n \times n}$, $x \in \mathbb{R}^n$.

$$ \frac{\partial\, x^T A x}{\partial x} = (A + A^T) x $$
""",
    ),
    Rule(
        "TG102",
        "wrong step",
        "wrong",
        "error",
        "One step of a derivation breaks the chain of equalities.",
        "In a chain `A = B = C` each link is compared with the one before it and with the head. The link that first "
        "leaves the value of the head is the one reported; a link that only carries the error on is not.",
        r"""Let $X \in \mathbb{R}^{n \times p}$, $w \in \mathbb{R}^p$, $y \in \mathbb{R}^n$.

$$
\begin{aligned}
\nabla_w \|Xw - y\|^2 &= 2 X^T (Xw - y) \\
&= 2 X^T X w - X^T y
\end{aligned}
$$
""",
        r"""Let $X \in \mathbb{R}^{n \times p}$, $w \in \mathbb{R}^p$, $y \in \mathbb{R}^n$.

$$
\begin{aligned}
\nabla_w \|Xw - y\|^2 &= 2 X^T (Xw - y) \\
&= 2 X^T X w - 2 X^T y
\end{aligned}
$$
""",
    ),
    Rule(
        "TG103",
        "wrong differential",
        "wrong",
        "error",
        "The stated differential is not the differential of the left side.",
        "Both sides of `df = ...` were evaluated for random increments `dx`; they differ for all of them.",
        r"""Let $X \in \mathbb{R}^{n \times n}$ be invertible.

$$ d(X^{-1}) = X^{-1} (dX) X^{-1} $$
""",
        r"""Let $X \in \mathbb{R}^{n \times n}$ be invertible.

$$ d(X^{-1}) = -X^{-1} (dX) X^{-1} $$
""",
    ),
    Rule(
        "TG104",
        "wrong identity",
        "wrong",
        "error",
        "An algebraic identity inside the derivation does not hold.",
        "The two sides contain no derivative; with the types that the note gives its symbols they differ at every "
        "random point.",
        r"""Let $X \in \mathbb{R}^{n \times p}$, $w \in \mathbb{R}^p$, $y \in \mathbb{R}^n$.

$$ J(w) = \|Xw - y\|^2 = w^T X^T X w - y^T X w + y^T y $$
""",
        r"""Let $X \in \mathbb{R}^{n \times p}$, $w \in \mathbb{R}^p$, $y \in \mathbb{R}^n$.

$$ J(w) = \|Xw - y\|^2 = w^T X^T X w - 2 y^T X w + y^T y $$
""",
    ),
    Rule(
        "TG201",
        "shape mismatch",
        "shape",
        "error",
        "The two sides cannot have the same shape, or one side cannot be multiplied out.",
        "The left side is given its shape first, from the note's declarations. No layout gives the right side the same "
        "shape, or a product, sum or inverse inside it does not fit.",
        r"""Let $X \in \mathbb{R}^{n \times p}$, $w \in \mathbb{R}^p$, $y \in \mathbb{R}^n$.

$$ \nabla_w \|Xw - y\|^2 = 2 X (Xw - y) $$
""",
        r"""Let $X \in \mathbb{R}^{n \times p}$, $w \in \mathbb{R}^p$, $y \in \mathbb{R}^n$.

$$ \nabla_w \|Xw - y\|^2 = 2 X^T (Xw - y) $$
""",
    ),
    Rule(
        "TG301",
        "other layout",
        "layout",
        "warning",
        "The claim holds, but in another layout than the one the note uses.",
        "A layout says how the entries of a derivative are arranged: in the numerator layout the gradient of a "
        "scalar is a row, in the denominator layout a column. The note's layout is the one it declares, else the one "
        "that explains most of its claims.",
        r"""We use the denominator layout. Let $A \in \mathbb{R}^{m \times n}$, $a, x \in \mathbb{R}^n$.

$$ \frac{\partial\, a^T x}{\partial x} = a $$

$$ \frac{\partial\, Ax}{\partial x} = A $$
""",
        r"""We use the denominator layout. Let $A \in \mathbb{R}^{m \times n}$, $a, x \in \mathbb{R}^n$.

$$ \frac{\partial\, a^T x}{\partial x} = a $$

$$ \frac{\partial\, Ax}{\partial x} = A^T $$
""",
    ),
    Rule(
        "TG401",
        "unstated hypothesis",
        "assumption",
        "warning",
        "The claim holds only under a hypothesis that the note does not state.",
        "As the note stands the claim is false; it becomes true when the hypothesis named in the message holds, "
        "such as a symmetric matrix. State the hypothesis before the claim.",
        r"""Let $A \in \mathbb{R}^{n \times n}$, $x \in \mathbb{R}^n$.

$$ \frac{\partial\, x^T A x}{\partial x} = 2 A x $$
""",
        r"""Let $A \in \mathbb{R}^{n \times n}$ be symmetric, $x \in \mathbb{R}^n$.

$$ \frac{\partial\, x^T A x}{\partial x} = 2 A x $$
""",
    ),
    Rule(
        "TG501",
        "notation not understood",
        "undecided",
        "info",
        "The claim was not checked: its notation was not understood.",
        "The message names the command or the construction. A command that texgrad does not know is never guessed at; "
        "a macro of your own can be named in a macro file (option `macros`).",
        r"""Let $x \in \mathbb{R}^n$.

$$ \frac{\partial \mystery{x}}{\partial x} = 2 x $$
""",
        r"""Let $x \in \mathbb{R}^n$.

$$ \frac{\partial\, x^T x}{\partial x} = 2 x $$
""",
    ),
    Rule(
        "TG502",
        "needs context",
        "undecided",
        "info",
        "The claim was not checked: the note does not say what a symbol is.",
        "The message names the symbol. Declare it where the note introduces it, in prose or in a comment such as "
        "`<!-- texgrad: x in R^n -->`.",
        r"""$$ \frac{\partial L}{\partial w} = \Xi + w $$
""",
        r"""Let $w, b \in \mathbb{R}^n$ and $L = b^T w$.

$$ \frac{\partial L}{\partial w} = b $$
""",
    ),
    Rule(
        "TG503",
        "bound exceeded",
        "undecided",
        "info",
        "The claim was not checked: it is larger than texgrad is willing to evaluate.",
        "Macro expansion, nesting depth, numbers, matrix sizes and the time for a claim are bounded, so that no note "
        "can hold the checker up. The message names the bound.",
        r"""Let $x \in \mathbb{R}$.

$$ \frac{d}{dx} \sum_{k=1}^{1000} x^k = \sum_{k=1}^{1000} k x^{k-1} $$
""",
        r"""Let $x \in \mathbb{R}$.

$$ \frac{d}{dx} \sum_{k=1}^{10} x^k = \sum_{k=1}^{10} k x^{k-1} $$
""",
    ),
    Rule(
        "TG504",
        "contradictory declarations",
        None,
        "warning",
        "The note declares a symbol in two ways that cannot both hold, or uses an m x n matrix as n x m.",
        "The message names the symbol and both declarations, or the declaration and the use. Claims are checked with "
        "the later one, or as they go together. A new section may declare a symbol anew.",
        r"""Let $x \in \mathbb{R}^n$. Let $A \in \mathbb{R}^{m \times n}$ and $A \in \mathbb{R}^3$.

$$ \frac{\partial\, A x}{\partial x} = A $$
""",
        r"""Let $x \in \mathbb{R}^n$ and $A \in \mathbb{R}^{m \times n}$.

$$ \frac{\partial\, A x}{\partial x} = A $$
""",
    ),
    Rule(
        "TG505",
        "no clear result",
        "undecided",
        "info",
        "The claim was not checked: its values at random points settle nothing.",
        "The values of a side are not finite at any point that was tried, or they agree at some points and differ at "
        "others.",
        r"""Let $x \in \mathbb{R}$.

$$ \frac{d}{dx} \log(-x^2) = \frac{2}{x} $$
""",
        r"""Let $x \in \mathbb{R}$.

$$ \frac{d}{dx} \log(x^2) = \frac{2}{x} $$
""",
    ),
    Rule(
        "TG601",
        "unused ignore",
        None,
        "warning",
        "A comment that silences findings silences none.",
        "An `ignore`, `ignore-next`, `ignore-file` or `off` comment covers no finding of the codes it names. Remove "
        "it, so that a later error in the same place is not hidden.",
        r"""Let $x \in \mathbb{R}^n$.

$\nabla_x\, x^T x = 2 x$ <!-- texgrad: ignore -->
""",
        r"""Let $x \in \mathbb{R}^n$.

$\nabla_x\, x^T x = 3 x$ <!-- texgrad: ignore -->
""",
    ),
    Rule(
        "TG602",
        "unreadable part",
        None,
        "warning",
        "A formula is never closed, a comment for texgrad is not understood, or a file that the note or the settings "
        "name cannot be read.",
        "What stands there was read as well as it could be, or not at all; the report may lack claims in it.",
        r"""Let $x \in \mathbb{R}^n$.

\begin{align}
\nabla_x\, x^T x &= 2 x
""",
        r"""Let $x \in \mathbb{R}^n$.

\begin{align}
\nabla_x\, x^T x &= 2 x
\end{align}
""",
    ),
    Rule(
        "TG901",
        "internal error",
        "undecided",
        "error",
        "The claim was not checked: texgrad has a bug that this claim brings out.",
        "The exit code is 2. Please report the claim together with the message; meanwhile the claim can be passed over "
        "with an `ignore` comment.",
        "",
        "",
    ),
)

BY_CODE = {rule.code: rule for rule in RULES}

# The code of a finding that names none itself: the first rule of its verdict.
BY_VERDICT: dict[str, Rule] = {}
for _rule in RULES:
    if _rule.verdict is not None:
        BY_VERDICT.setdefault(_rule.verdict, _rule)


class UnknownCode(ValueError):
    """A code, or the beginning of codes, that no rule has."""


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """The end of a message about an unknown word: the known one that is nearest to it."""
    # Imported when there is something to complain of: most runs need it not.
    import difflib

    return f"did you mean {difflib.get_close_matches(word, known, n=1, cutoff=0)[0]!r}?"


def check_prefix(text: str) -> str:
    """A code (`TG101`) or the beginning of one (`TG1`, `TG`) in upper case; UnknownCode names the nearest known one."""
    prefix = text.strip().upper()
    if prefix and any(rule.code.startswith(prefix) for rule in RULES):
        return prefix
    raise UnknownCode(f"unknown code {text.strip()!r}; {did_you_mean(prefix, list(BY_CODE))}")


def covers(prefixes: tuple[str, ...], code: str) -> bool:
    """Whether one of the codes or beginnings of codes names this code."""
    return any(code.startswith(prefix) for prefix in prefixes)


def longest_prefix(prefixes: tuple[str, ...], code: str) -> str | None:
    """The most specific of the codes or beginnings of codes that names this code."""
    return max((prefix for prefix in prefixes if code.startswith(prefix)), key=len, default=None)
