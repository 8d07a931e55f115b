"""The commands and environments of LaTeX that the reader knows, by what they mean for it."""

from __future__ import annotations

MATH = frozenset(
    name + star
    for name in [
        *("equation", "align", "aligned", "alignat", "alignedat", "gather", "gathered", "multline", "multlined"),
        *("split", "eqnarray", "flalign", "math", "displaymath", "dmath", "dgroup", "xalignat", "IEEEeqnarray"),
        "empheq",
    ]
    for star in ("", "*")
)
VERBATIM = frozenset(
    ("verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "comment", "filecontents", "filecontents*", "alltt",
     "tikzpicture", "thebibliography", "asy", "pycode", "Shaded", "Highlighting")
)  # fmt: skip
LISTINGS = frozenset(("verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "alltt", "pycode"))
# Environments with arguments that are no words.
ENVIRONMENT_ARGUMENTS = {"tabular": 1, "tabular*": 2, "tabularx": 2, "longtable": 1, "minipage": 1, "multicols": 1,
                          "wrapfigure": 2, "array": 1, "adjustbox": 1, "tabulary": 2}  # fmt: skip
TABLES = frozenset(("tabular", "tabular*", "tabularx", "longtable", "tabulary"))
HEADINGS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
             "subparagraph": 6, "frametitle": 3, "framesubtitle": 4}  # fmt: skip
INPUTS = frozenset(("input", "include", "subfile", "subfileinclude", "import", "subimport"))
