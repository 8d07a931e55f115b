"""The commands that the grammar tells apart: letters, fonts, accents, brackets, the signs between factors."""

from __future__ import annotations

from texgrad.notation.relations import RELATIONS
from texgrad.ops import INFIX, WORDS

CLOSERS = {"(": ")", "[": "]", "\\{": "\\}", "\\langle": "\\rangle", "\\lceil": "\\rceil", "\\lfloor": "\\rfloor"}
ACCENTS = frozenset(
    "\\hat \\widehat \\bar \\overline \\tilde \\widetilde \\vec \\dot \\ddot \\check \\breve \\underline "
    "\\overrightarrow \\mathring \\acute \\grave".split()
)
FONTS = frozenset(
    "\\mathbf \\mathrm \\mathit \\mathsf \\mathtt \\mathcal \\mathscr \\mathfrak \\mathbb \\mathnormal \\mathds "
    "\\textbf \\textrm \\textsf \\mathbbm".split()
)
# costs and scores that are typed as plain letters
ACRONYMS = frozenset("RSS SSE SSR SST TSS ESS MSE MAE RMSE NLL BCE ELBO LSE GCV SSD RSE".split())
# ... and words that nobody means as a product of their letters
PLAIN_WORDS = frozenset("loss Loss cost Cost dist error Error err Err risk Risk score cache output input bias reward "
                        "target label logit logits pred prob probs weight weights".split())  # fmt: skip
KNOWN = PLAIN_WORDS.union(WORDS)
PLAIN_FONTS = frozenset(("\\mathrm", "\\mathit", "\\mathnormal", "\\textrm"))
BIG = frozenset(("\\sum", "\\prod", "\\int", "\\max", "\\min", "\\sup", "\\inf", "\\lim", "\\bigoplus", "\\bigotimes"))
GREEK = frozenset(
    "\\" + name
    for name in (
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi omicron pi varpi "
        "rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon "
        "Phi Psi Omega varGamma varDelta varTheta varLambda varXi varPi varSigma varPhi varPsi varOmega ell hbar "
        "imath jmath Alpha Beta digamma wp"
    ).split()
)
DOTS = frozenset(("\\cdots", "\\dots", "\\ldots", "\\vdots", "\\ddots"))
ADDITIVE = frozenset(("+", "-", "\\pm", "\\mp"))
MARKS = frozenset(INFIX) | {"/"}
SCRIPT_SIGNS = frozenset(
    ("+", "*", "-", "\\dagger", "\\star", "\\prime", "\\top", "\\intercal", "\\perp", "\\ast", "\\circ", "\\bot",
     "\\infty", "\\sharp", "\\dag", "\\bullet", "\\ddagger", "\\times", "\\wedge", "\\odot", "\\|", *RELATIONS.values())
)  # fmt: skip
