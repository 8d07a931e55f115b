"""Notes in several languages in, the declarations that their words make out; and what must not be declared."""

from __future__ import annotations

import pytest

from texgrad import facts
from texgrad.errors import NoteError
from texgrad.facts.fact import Declaration
from texgrad.notation import tokenize
from texgrad.notation.macros import scopes
from texgrad.readers import read
from texgrad.source import Source


def facts_of(text: str, path: str = "note.md"):
    document = read(Source(path, text))
    macros = scopes(document)
    tokens = {}
    for index, piece in enumerate(document.pieces):
        if piece.kind == "math":
            try:
                tokens[index] = tokenize(piece, macros[index])
            except NoteError:
                continue
    return document, facts.find(document, tokens)


def declared(text: str, path: str = "note.md") -> list[str]:
    return [str(fact) for fact in facts_of(text, path)[1] if isinstance(fact, Declaration)]


# A sentence and all that it declares.
SENTENCES = {
    "en": {
        "$x$ is a column vector.": ["x vector"],
        "where $a$, $b$ are vectors and $A$, $B$ matrices.": ["a vector", "b vector", "A matrix", "B matrix"],
        "Let $A$ be a symmetric positive definite matrix of size $n \\times n$.": [
            "A matrix (n x n) positive-definite square symmetric"
        ],
        "The $n\\times k$ matrix $X$ holds the data.": ["X matrix (n x k)"],
        "$y$ and $u$ are $n\\times 1$, $\\beta$ is $k\\times 1$.": [
            "y vector (n)",
            "u vector (n)",
            "\\beta vector (k)",
        ],
        "Take $W$ diagonal and $S$ (symmetric).": ["W matrix diagonal", "S matrix square symmetric"],
        "$A$ is not symmetric.": ["A matrix not-symmetric"],
        "$A$ is not necessarily symmetric, $B$ is.": ["A matrix not-symmetric"],
        "We do not assume $A$ symmetric.": ["A matrix not-symmetric"],
        "Here $t$ is a scalar and $z$ an $n$-vector.": ["t scalar", "z vector (n)"],
        "$z$ is $n$-dimensional vector.": ["z vector (n)"],
        "$f$ acts elementwise.": ["f elementwise"],
        "$a = g(z)$ elementwise.": ["g elementwise"],
        "$J = J(W)$ is a differentiable scalar function of $W$.": ["J function scalar-valued of W"],
        "$a$ and $B$ do not depend on $x$.": ["a independent of x", "B independent of x"],
        "$p$ is a probability vector (its entries are positive and sum to one).": ["p vector probability"],
        "$X$ has full column rank.": ["X matrix full-column-rank"],
        "$E$ is the identity matrix, $\\mathbf{1}$ is the vector of ones.": [
            "E matrix identity",
            "\\mathbf{1} vector ones",
        ],
        "$y$ is a one-hot label.": ["y vector one-hot"],
        "$P$ and $R$, both symmetric, are given.": ["P matrix square symmetric", "R matrix square symmetric"],
        "With $Q$ orthogonal and $L$ lower triangular": ["Q matrix orthogonal square", "L matrix lower-triangular"],
        "Each token is a vector $x_t$ in $\\mathbb{R}^d$.": ["x[t] vector", "x[t] vector (d)"],
        "Let $x$ be in $\\mathbb{R}^n$.": ["x vector (n)"],
        "We call $W$ ($k\\times d$) the weights.": ["W matrix (k x d)"],
        "Let $S$ be a symmetric matrix and $x$ a vector.": ["S matrix square symmetric", "x vector"],
    },
    "zh": {
        "其中 $x$ 是 $n$ 维列向量，$A$ 为对称矩阵。": ["x vector (n)", "A matrix square symmetric"],
        "$A$ 是 $n$ 阶方阵，$m\\times n$ 矩阵 $B$ 给定。": ["A matrix (n x n) square", "B matrix (m x n)"],
        "设 $S$（对称）与 $c$ 无关。": ["S matrix square symmetric", "S independent of c"],
        "$A$ 不一定对称。": ["A matrix not-symmetric"],
        "$P,Q$ 都是对称阵。": ["P matrix square symmetric", "Q matrix square symmetric"],
        "$a,b$ 为常向量，$t$ 是标量。": ["a vector constant", "b vector constant", "t scalar"],
        "$E$ 为单位矩阵。": ["E matrix identity"],
        "設 $\\mathbf{S}$ 為對稱矩陣。": ["\\mathbf{S} matrix square symmetric"],
        "$\\mathbf 1$ 是全1的 $m$ 维列向量。": ["\\mathbf{1} vector (m) ones"],
        "若 $X$ 列满秩，则有解。": ["X matrix full-column-rank <sentence>"],
    },
    "fr": {
        "La matrice $A$ est symétrique et le vecteur $x$ est unitaire.": [
            "A matrix",
            "A matrix square symmetric",
            "x vector",
            "x unit",
        ],
        "Soit $S$ une matrice symétrique définie positive de taille $n\\times n$, où $a$ et $b$ sont des vecteurs.": [
            "S matrix (n x n) positive-definite square symmetric",
            "a vector",
            "b vector",
        ],
        "Pour la suite, $W$ est diagonale positive, $A$ n'est pas nécessairement symétrique.": [
            "W matrix diagonal positive <sentence>",
            "A matrix not-symmetric <sentence>",
        ],
        "On suppose que la matrice $A$ est inversible.": ["A matrix", "A matrix invertible square"],
    },
    "de": {
        "Sei $A$ symmetrisch und $x$ ein Spaltenvektor.": ["A matrix square symmetric", "x vector"],
        "Dabei sind $a$ und $b$ Vektoren, wobei $C$ eine beliebige $(k\\times k)$-Matrix ist.": [
            "a vector",
            "b vector",
            "C matrix (k x k) square",
        ],
        "Die Matrix $A$ ist nicht notwendig symmetrisch.": ["A matrix", "A matrix not-symmetric"],
    },
    "es": {
        "Sea $A$ una matriz simétrica y sean $a$, $b$ vectores.": ["A matrix square symmetric", "a vector", "b vector"],
        "donde $\\Sigma$ es simétrica y definida positiva, la matriz $B$ no es simétrica.": [
            "\\Sigma matrix positive-definite square symmetric",
            "B matrix",
            "B matrix not-symmetric",
        ],
    },
    "ja": {
        "ここで $A$ は $n$ 次の正方行列、$x$ は $n$ 次元列ベクトルとする。": [
            "A matrix (n x n) square",
            "x vector (n)",
        ],
        "$S$ は対称行列である。": ["S matrix square symmetric"],
        "$A$ は対称とは限らない。": [],
        "$A$ が対称なら簡単になる。": ["A matrix square symmetric <sentence>"],
    },
    "ru": {
        "Пусть $A$ — симметричная матрица порядка $n$, $x$ — вектор-столбец.": [
            "A matrix (n x n) square symmetric",
            "x vector",
        ],
        "где $B$ не обязательно симметричная матрица.": ["B matrix not-symmetric"],
    },
    "vi": {
        "với $A$ là ma trận vuông bất kỳ và $b$ là vector hằng số, trong đó $\\lambda$ là số dương.": [
            "A matrix square",
            "b vector constant",
            "\\lambda scalar positive",
        ],
    },
    "pt": {
        "Seja $A$ uma matriz simétrica; $x$ é um vetor coluna em que $c$ é constante.": [
            "A matrix square symmetric",
            "x vector",
            "c constant",
        ],
    },
    "it": {
        "Sia $A$ una matrice simmetrica e sia $x$ un vettore colonna.": ["A matrix square symmetric", "x vector"],
    },
}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [pair for table in SENTENCES.values() for pair in table.items()],
    ids=lambda value: str(value)[:40],
)
def test_what_a_sentence_declares(sentence, expected):
    assert sorted(declared(sentence)) == sorted(expected)


# Nothing is to be learned here about the property in question.
SILENT = [
    "The matrix $A^TA$ is symmetric.",
    "$X$ is symmetric iff $X = X^T$ holds entrywise.",
    "The derivative of $A$ is symmetric.",
    "The inverse of $A$ and the transpose of $B$ are symmetric.",
    "$d_i$ is the diagonal entry.",
    "$A$ may be singular or symmetric.",
    "$A$ is block diagonal.",
    "Show that $A$ is symmetric.",
    "$A$ is symmetric if $B$ is.",
    "Unless $A$ is symmetric this fails.",
    "$A$ 的转置是对称的。",
    "$A$ 是矩阵 $B$ 的逆。",
    "当且仅当 $A$ 对称。",
    "$W$ 的第 $i$ 行是向量的函数。",
    "Le gradient de $A$ est symétrique.",
    "Die Ableitung von $A$ ist symmetrisch.",
    "($64 \\times 10$) times ($10 \\times 1$) gives ($64\\times 1$).",
]


@pytest.mark.parametrize("sentence", SILENT)
def test_what_is_not_declared(sentence):
    bad = ("symmetric", "diagonal", "invertible", "not-symmetric")
    assert [said for said in declared(sentence) if any(word in said.split() for word in bad) or "64" in said] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "If $A$ is symmetric this is the familiar $2Ax$.",
        "For symmetric $A$ we get $2Ax$.",
        "When $A$ is symmetric, all is well.",
        "当 $A$ 对称时，结果为 $2Ax$。",
        "$A$ 对称时就是 $2Ax$。",
        "若 $A$ 对称，则得 $2Ax$。",
        "Si $A$ est symétrique, on retrouve $2Ax$.",
        "Falls $A$ symmetrisch ist, erhält man $2Ax$.",
        "Si $A$ es simétrica, se obtiene $2Ax$.",
        "Если $A$ симметрична, то получаем $2Ax$.",
        "Nếu $A$ đối xứng thì ta có $2Ax$.",
    ],
)
def test_a_condition_holds_in_its_sentence_alone(sentence):
    found = [fact for fact in facts_of(sentence)[1] if isinstance(fact, Declaration) and "symmetric" in fact.properties]
    assert found and all(fact.hold == "sentence" and fact.reach is not None for fact in found)


def test_the_formula_behind_a_condition_is_in_its_reach():
    text = "For symmetric $A$ we have\n\n$$\n\\nabla x^TAx = 2Ax\n$$\n\nand nothing else. Then $B$ is square.\n"
    _, found = facts_of(text)
    condition = next(fact for fact in found if "symmetric" in fact.properties)
    assert condition.reach.start <= text.index("\\nabla") < condition.reach.end
    assert condition.reach.end < text.index("Then")


def test_a_list_of_formulas_is_in_the_reach_of_the_words_that_open_it():
    text = "For symmetric $A$:\n\n- $\\nabla x^TAx = 2Ax$\n- $\\nabla^2 x^TAx = 2A$\n\nNow for $B$.\n"
    _, found = facts_of(text)
    condition = next(fact for fact in found if isinstance(fact, Declaration) and "symmetric" in fact.properties)
    assert condition.reach.end > text.index("\\nabla^2")


def test_words_in_a_formula_hold_in_their_row():
    rows = "\\nabla f &= 2Ax \\quad \\text{if } A \\text{ is symmetric} \\\\\n\\nabla g &= Bx\n"
    text = f"$$\n\\begin{{aligned}}\n{rows}\\end{{aligned}}\n$$\n"
    _, found = facts_of(text)
    condition = next(fact for fact in found if isinstance(fact, Declaration) and "symmetric" in fact.properties)
    assert condition.hold == "formula"
    assert condition.reach.end <= text.index("\\nabla g")


def test_tables_of_notation():
    text = """
| symbol | meaning | size |
|---|---|---|
| $y$, $u$ | outcome, error | $n\\times 1$ |
| $\\Sigma$ | covariance, symmetric and positive definite | $n \\times n$ |
"""
    assert sorted(declared(text)) == [
        "\\Sigma matrix (n x n) square",
        "\\Sigma matrix positive-definite square symmetric",
        "\\Sigma matrix square symmetric",
        "u vector (n)",
        "y vector (n)",
    ]


def test_tables_with_two_pairs_to_a_row_and_symbols_in_the_header():
    header = "| $\\mathbf{X}$ | 矩阵 | $f(\\cdot)$ | 输出为标量的函数 |\n|---|---|---|---|\n"
    text = header + "| $x,y$ | 标量 | $\\mathbf{z}$ | 向量 |\n"
    said = ["\\mathbf{X} matrix", "f function scalar-valued", "x scalar", "y scalar", "\\mathbf{z} vector"]
    assert declared(text) == said


def test_tables_of_cases_declare_nothing():
    text = "| matrix | case | gradient |\n|---|---|---|\n| $A$ | symmetric | $\\nabla x^TAx = 2Ax$ |\n"
    assert declared(text) == []


def test_contradictions_are_told_once_and_not_across_sections():
    text = "Data $X \\in \\mathbb{R}^{m\\times n}$. The matrix $X$ is $n\\times m$. Again $X$ is $n\\times m$.\n"
    document, found = facts_of(text)
    assert [(str(a), str(b)) for a, b in facts.contradictions(document, found)] == [
        ("X matrix (m x n)", "X matrix (n x m)")
    ]
    text = "Data $X \\in \\mathbb{R}^{m\\times n}$.\n\n## Next\n\nThe matrix $X$ is $n\\times m$.\n"
    assert facts.contradictions(*facts_of(text)) == []
    text = "Data $X \\in \\mathbb{R}^{m\\times n}$. Now let $X$ be $n\\times m$.\n"
    assert facts.contradictions(*facts_of(text)) == []
