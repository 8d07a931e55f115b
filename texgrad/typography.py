"""A symbol's name and its use in, the kind that a reader takes it for out: bold, case, alphabet, transposes."""

from __future__ import annotations

import re

from texgrad.evidence import Usage

ACCENTED = re.compile(
    r"\\(?:hat|bar|tilde|widehat|widetilde|overline|check|dot|ddot|breve|mathring|acute|Delta|delta)\{(.*)\}$"
)
ACCENT = re.compile(r"(\\(?:hat|bar|tilde|widehat|widetilde))\{(\\?[a-zA-Z]+)\}")
TRANSPOSED = "transposed or in a norm"
SLOPED = "in a gradient"
IMAGINARY = frozenset(("i", "j", "\\operatorname{i}", "\\operatorname{j}"))
ZEROS = frozenset(("\\mathbf{0}", "\\mathbb{0}", "\\operatorname{0}"))
NORMAL = {"\\Phi": "normal_cdf", "\\phi": "normal_pdf"}  # where a note has both and explains neither
SIGMOIDS = frozenset(("\\sigma", "\\operatorname{\\sigma}"))
SCALAR_CAPITALS = frozenset("J L E N T F C I K".split())
MATRIX_GREEK = frozenset("\\Sigma \\Lambda \\Omega \\Phi \\Theta \\Gamma \\Psi \\Pi \\Delta \\Xi \\Upsilon".split())


def strip(name: str) -> str:
    """The letter under accents and scripts: y for \\hat{y}, W for W^{(l)}, S for S_{b}."""
    found = ACCENTED.match(name)
    if found:
        return strip(found[1])
    base = re.match(r"(\\[a-zA-Z]+\{(?:[^{}]|\{[^{}]*\})*\}|\\[a-zA-Z]+|.)", name)
    core = base[0] if base else name
    if core != name and core.startswith(("\\hat", "\\bar", "\\tilde", "\\wide", "\\overline", "\\Delta{", "\\delta{")):
        return strip(core)
    return core


def is_bold(name: str) -> bool:
    """Whether the letter of a symbol is bold, under accents and scripts."""
    return strip(name).startswith("\\mathbf{")


def letter(name: str) -> str:
    """The bare letter of a symbol, without font, accent and scripts: X for \\mathbf{X}_{1}."""
    return re.sub(r"^\\(?:mathbf|mathsf|mathcal|mathscr|mathfrak|operatorname|underline|vec)\{(.*)\}$", r"\1",
                  strip(name))  # fmt: skip


def guess_kind(name: str, usage: Usage) -> tuple[str, bool, str]:
    """(kind, whether the evidence is strong, the evidence in words)."""
    core = strip(name)
    keys = {name, core} if "_{" not in name else {name, name.partition("_{")[0] + "_"}
    for bracket in ("^{(", "^{[", "^{\\langle"):  # what is true of one layer is true of all
        if bracket in name:
            keys.add(f"{core}{bracket}}}")
    vector = any(usage.transposed.get(k) or k in usage.normed or k in usage.plain for k in keys)
    matrix = any(k in usage.matrices for k in keys)
    bold = core.startswith(("\\mathbf{", "\\mathsf{", "\\vec{", "\\underline{"))
    letter = re.sub(r"^\\(?:mathbf|mathsf|vec|mathcal|mathscr|mathfrak|operatorname|underline)\{(.*)\}$", r"\1", core)
    upper = letter[:1].isupper() or (letter[:2].startswith("\\") and letter[1:2].isupper())
    if core.startswith("\\vec{"):
        return "column", True, "an arrow"
    if bold:
        return ("matrix" if upper else "column"), True, "underlined" if "underline" in core else "bold"
    if matrix:
        return "matrix", True, "inverse, determinant or trace"
    if core.startswith("\\mathcal{") or core.startswith("\\mathscr{") or core.startswith("\\operatorname{"):
        return ("matrix", True, "transposed") if vector and upper else ("scalar", False, "typography")
    if upper and vector:
        return "matrix", True, "transposed"
    if vector:
        return "column", True, TRANSPOSED
    if name in usage.components and not bold and not vector and not matrix:
        return "scalar", True, "a component"
    if name in usage.angles:
        return "scalar", True, "an angle"
    if letter in MATRIX_GREEK:
        return "matrix", False, "typography"
    if name in usage.beside and name in usage.applied and not upper:
        return "column", False, "behind a transposed vector"  # the features in w^T \\phi(x)
    if letter.startswith("\\"):
        return "scalar", False, "typography"
    if upper:
        if letter in SCALAR_CAPITALS or core in usage.numerators:
            return "scalar", False, "typography"
        return "matrix", False, "typography"
    if name in usage.beside and name in usage.variables and len(letter) == 1:
        return "column", False, "behind a transposed vector"
    if name in usage.sloped and len(letter) == 1:
        return "column", False, SLOPED
    return "scalar", False, "typography"


def emboldened(name: str) -> tuple[str, str]:
    """The bold symbol beside a plain one, and its letter alone: \\mathbf{z}^{(l)} and \\mathbf{z} for z^{(l)}."""
    accented = ACCENT.match(name)
    if accented is not None:  # \hat{\mathbf{y}} beside the entries \hat{y}_i
        bold = f"{accented[1]}{{\\mathbf{{{accented[2]}}}}}"
        return bold + name[accented.end() :], bold
    letter = strip(name) if name.startswith(strip(name)) else name
    return f"\\mathbf{{{letter}}}{name[len(letter):]}", f"\\mathbf{{{letter}}}"
