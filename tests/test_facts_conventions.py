"""Notes in, what they say of notation and layout, which formulas they call wrong, what their directives state."""

from __future__ import annotations

import pytest
from test_facts_phrases import facts_of

from texgrad.errors import NoteError
from texgrad.facts import parse_directive
from texgrad.facts.fact import Convention, LayoutStatement, Quotation
from texgrad.source import Source, Span

CONVENTIONS = {
    "A prime denotes the transpose.": ["prime transpose"],
    "Vertical bars denote the determinant.": ["bars determinant"],
    "$\\partial$ denotes the differential.": ["differential \\partial"],
    "$e$ with a matrix exponent is the matrix exponential.": ["matrix-exponential"],
    "$\\odot$ is the elementwise (Hadamard) product.": ["symbol \\odot=hadamard"],
    "$\\otimes$ is the Kronecker product.": ["symbol \\otimes=kronecker"],
    "A superscript $H$ denotes the conjugate transpose.": ["superscript H=conjugate-transpose"],
    "A superscript $+$ denotes the Moore-Penrose pseudo-inverse.": ["superscript +=pseudo-inverse"],
    "$\\operatorname{vec}$ stacks the columns of a matrix.": ["symbol vec=vec-columns"],
    "$\\sin$ and $\\cos$ are matrix functions (power series), not elementwise.": [
        "matrix-functions sin",
        "matrix-functions cos",
    ],
    "All vectors are columns.": ["vectors-are columns"],
    "$x_i^T$ is the $i$-th row of $X$.": ["rows-are-samples X=x"],
    "Features $a_i\\in\\mathbb{R}^n$ stacked as rows of $A$.": ["rows-are-samples A=a", "batch-rows A=a"],
    "Data $X\\in\\mathbb{R}^{d\\times n}$ (samples are columns).": ["columns-are-samples X"],
    "The derivative keeps the symmetry of $X$: more.": ["structured X"],
    "The entries of $X$ are treated as independent.": ["unstructured X"],
    "with the logistic $\\sigma$": ["named-function \\sigma=sigmoid", "output sigmoid"],
    "$f$ 为 Sigmoid 函数。": ["named-function f=sigmoid", "output sigmoid"],
    "$\\mathbf x_i^T$ 是 $\\mathbf X$ 的第 $i$ 行。": ["rows-are-samples \\mathbf{X}=\\mathbf{x}"],
    "On note ${}^tA$ la transposée de $A$.": ["left-superscript transpose"],
    "Transposes are primes here.": ["prime transpose"],
    "撇号表示转置。": ["prime transpose"],
    "O apóstrofo indica transposição.": ["prime transpose"],
    "Ein Strich bezeichnet die Transponierte.": ["prime transpose"],
    "上标 $k$ 是样本编号，不是幂。": ["superscript k=index"],
}


@pytest.mark.parametrize(("sentence", "expected"), CONVENTIONS.items(), ids=lambda value: str(value)[:40])
def test_conventions(sentence, expected):
    found = [str(fact) for fact in facts_of(sentence)[1] if isinstance(fact, Convention)]
    assert list(dict.fromkeys(found)) == expected


LAYOUTS = {
    "We use the *denominator layout*.": "layout denominator",
    "全文采用分子布局。": "layout numerator",
    "Gradients have the shape of the parameter.": "layout gradient-by-matrix: same, gradient-by-vector: column, "
    "scalar-by-matrix: same, scalar-by-vector: column",
    "Gradients are row vectors here.": "layout gradient-by-vector: row, scalar-by-vector: row",
    "We write gradients as columns.": "layout gradient-by-vector: column, scalar-by-vector: column",
    "The Jacobian has one row per component of the function.": "layout vector-by-vector: numerator",
    "标量对列向量求导得到列向量。": "layout scalar-by-vector: column",
    "$\\frac{\\partial y}{\\partial x}$ 的行对应 $x$ 的分量，列对应 $y$ 的分量。": "layout vector-by-vector: "
    "denominator",
    "Le gradient est un vecteur colonne.": "layout gradient-by-vector: column, scalar-by-vector: column",
    "Die Gradienten sind stets Spaltenvektoren.": "layout gradient-by-vector: column, scalar-by-vector: column",
    "スカラーを列ベクトルで微分した結果は列ベクトルである。": "layout scalar-by-vector: column",
    "Let $f$ be smooth with $\\nabla f(x)\\in\\mathbb{R}^n$ (a column).": "layout scalar-by-vector: column",
    "With $y\\in\\mathbb{R}^m$, $x\\in\\mathbb{R}^d$: "
    "$\\frac{\\partial y}{\\partial x}\\in\\mathbb{R}^{d\\times m}$.": "layout vector-by-vector: denominator",
    r"$$\frac{\partial y}{\partial x} = \begin{bmatrix} \frac{\partial y_1}{\partial x_1} & \cdots & \frac{\partial "
    r"y_1}{\partial x_n}"
    r"\\ \vdots & & \vdots \\ \frac{\partial y_m}{\partial x_1} & \cdots & \frac{\partial y_m}{\partial x_n} "
    r"\end{bmatrix}$$": "layout vector-by-vector: numerator",
    r"$$\frac{\partial y}{\partial x} = \begin{bmatrix} \frac{\partial y_1}{\partial x_1} & \cdots & \frac{\partial "
    r"y_m}{\partial x_1}"
    r"\\ \vdots & & \vdots \\ \frac{\partial y_1}{\partial x_n} & \cdots & \frac{\partial y_m}{\partial x_n} "
    r"\end{bmatrix}$$": "layout vector-by-vector: denominator",
}


@pytest.mark.parametrize(("text", "expected"), LAYOUTS.items(), ids=lambda value: str(value)[:40])
def test_layouts(text, expected):
    found = [str(fact) for fact in facts_of(text)[1] if isinstance(fact, LayoutStatement)]
    assert found and found[0] == expected


@pytest.mark.parametrize(
    "text", ["This is in contrast to the numerator layout.", "Unlike the denominator layout, we differ."]
)
def test_a_layout_named_for_contrast_is_not_the_notes(text):
    assert not [fact for fact in facts_of(text)[1] if isinstance(fact, LayoutStatement)]


QUOTED = [
    "A common mistake is to write $\\nabla x^TAx = 2Ax$.",
    "It is tempting to write $\\nabla x^TAx = 2Ax$ here.",
    "People often wrongly write $\\nabla x^TAx = 2Ax$.",
    "不要写成 $\\nabla x^TAx = 2Ax$。",
    "常见错误：$\\nabla x^TAx = 2Ax$。",
    "Une erreur fréquente est d'écrire $\\nabla x^TAx = 2Ax$.",
    "Falsch wäre $\\nabla x^TAx = 2Ax$.",
    "Then $\\nabla x^TAx = 2Ax$ (wrong!).",
    "Here ~~$\\nabla x^TAx = 2Ax$~~ is gone.",
    "A common mistake is to write\n\n$$\n\\nabla x^TAx = 2Ax\n$$\n",
]


@pytest.mark.parametrize("text", QUOTED)
def test_quoted_formulas(text):
    found = [fact for fact in facts_of(text)[1] if isinstance(fact, Quotation)]
    assert [fact.span.text.strip() for fact in found] == ["\\nabla x^TAx = 2Ax"]


NOT_QUOTED = [
    "To avoid mistakes we write $\\nabla x^TAx = (A + A^T)x$.",
    "A common mistake is to forget a transpose. The result is $\\nabla x^TAx = (A+A^T)x$.",
    "It is not $A$ but $\\nabla x^TAx = (A+A^T)x$ that matters.",
    "The sign was wrong last week; now $\\nabla f = Ax$.",
]


@pytest.mark.parametrize("text", NOT_QUOTED)
def test_formulas_that_are_claimed(text):
    assert not [fact for fact in facts_of(text)[1] if isinstance(fact, Quotation)]


DIRECTIVES = {
    "x in R^n": ["x vector (n)"],
    "x, y in R^n; A in R^{n x n} symmetric": ["x vector (n)", "y vector (n)", "A matrix (n x n) square symmetric"],
    "A in \\mathbb{R}^{m\\times n}": ["A matrix (m x n)"],
    "layout numerator": ["layout numerator"],
    "layout gradient row": ["layout scalar-by-vector: row"],
    "a, b vectors": ["a vector", "b vector"],
    "a, b and c are vectors": ["a vector", "b vector", "c vector"],
    "f elementwise": ["f elementwise"],
    "t scalar": ["t scalar"],
    "A not symmetric": ["A matrix not-symmetric"],
    "A n x n symmetric positive definite": ["A matrix (n x n) positive-definite square symmetric"],
    "f: R^n -> R^m": ["f function vector-valued from (n) to (m)"],
    "J function of W, b": ["J function of W, b"],
    "a independent of x": ["a independent of x"],
    "prime transpose": ["prime transpose"],
    "bars determinant": ["bars determinant"],
    "rows of X are x": ["rows-are-samples X=x"],
    "f is sigmoid": ["named-function f=sigmoid"],
    "W^{(l)} in R^{n_l x n_{l-1}}": ["W[l] matrix (n_{l} x n_{l-1})"],
    "y in {0,1}": ["y scalar binary integer"],
    "S in S^n_{++}": ["S matrix (n x n) positive-definite square symmetric"],
    "ignore": [],
    "ignore-next TG101; x in R^n": ["x vector (n)"],
    "off": [],
}


@pytest.mark.parametrize(("text", "expected"), DIRECTIVES.items(), ids=list(DIRECTIVES))
def test_directives(text, expected):
    source = Source("texgrad.toml", text)
    found = parse_directive(text, Span(source, 0, len(text)))
    assert [str(fact) for fact in found] == expected
    assert all(fact.directive for fact in found)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("x flurb", "flurb"),
        ("layout sideways", "sideways"),
        ("x in Q7", "Q7"),
        ("x", "x"),
        ("prime minister", "minister"),
    ],
)
def test_a_directive_that_cannot_be_understood_says_what(text, word):
    with pytest.raises(NoteError, match=word):
        parse_directive(text, Span(Source("note.md", text), 0, len(text)))


def test_directives_in_a_note_have_their_place():
    text = "Intro.\n\n<!-- texgrad: A in R^{n x n} symmetric -->\n\n$x$ is a vector.\n"
    fact = next(fact for fact in facts_of(text)[1] if getattr(fact, "directive", False))
    assert (str(fact), fact.span.line) == ("A matrix (n x n) square symmetric", 3)
