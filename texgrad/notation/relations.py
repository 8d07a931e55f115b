"""The spellings of relations: a command, or what stands above an equals sign, in; the normal text out."""

from __future__ import annotations

import re

RELATIONS = {
    "\\" + name: normal
    for normal, names in {
        "=": "eq Relbar longequal",
        ":=": "coloneqq coloneq colonequals triangleq doteq doteqdot defeq eqdef vartriangleq",
        "=:": "eqqcolon eqcolon equalscolon",
        "\\equiv": "equiv",
        "\\ne": "ne neq",
        "<": "lt",
        ">": "gt",
        "\\le": "le leq leqslant leqq lesssim",
        "\\ge": "ge geq geqslant geqq gtrsim",
        "\\approx": "approx approxeq thickapprox",
        "\\sim": "sim simeq cong thicksim asymp",
        "\\propto": "propto varpropto",
        "\\to": "to rightarrow longrightarrow hookrightarrow leadsto rightsquigarrow",
        "\\mapsto": "mapsto longmapsto",
        "\\leftarrow": "leftarrow gets longleftarrow",
        "\\Rightarrow": "Rightarrow implies Longrightarrow therefore",
        "\\Leftarrow": "Leftarrow impliedby Longleftarrow because",
        "\\Leftrightarrow": "Leftrightarrow iff Longleftrightarrow leftrightarrow longleftrightarrow",
        "\\in": "in isin",
        "\\ni": "ni owns",
        "\\notin": "notin",
        "\\subset": "subset subseteq subsetneq subseteqq",
        "\\supset": "supset supseteq supsetneq",
        "\\succ": "succ",
        "\\succeq": "succeq succcurlyeq",
        "\\prec": "prec",
        "\\preceq": "preceq preccurlyeq",
        "\\perp": "perp",
        "\\ll": "ll lll",
        "\\gg": "gg ggg",
    }.items()
    for name in names.split()
}
# Arrows and equals signs that carry a note above or below.
EXTENSIBLE = {
    "\\xlongequal": "=",
    "\\xequal": "=",
    "\\xrightarrow": "\\to",
    "\\xlongrightarrow": "\\to",
    "\\xmapsto": "\\mapsto",
    "\\xleftarrow": "\\leftarrow",
    "\\xRightarrow": "\\Rightarrow",
    "\\xLeftarrow": "\\Leftarrow",
    "\\xLeftrightarrow": "\\Leftrightarrow",
    "\\xleftrightarrow": "\\Leftrightarrow",
}
NEGATED = {"=": "\\ne", "\\in": "\\notin", "\\equiv": "\\ne"}
STACKED = frozenset(("\\overset", "\\stackrel", "\\underset", "\\stackbin"))
DEFINES = re.compile(
    r"(by)?(def|defn|define|defined|definition|denote|triangle|Delta|vartriangle|bigtriangleup|定义|记|记为|\.|≜|\^)+",
    re.IGNORECASE,
)
DEMANDS = re.compile(r"!|\?|set|setto|must|want|let|need|soll|令|需", re.IGNORECASE)
PAIRS = {
    (":", "="): ":=",
    ("=", ":"): "=:",
    ("=", "="): "=",
    ("<", "="): "\\le",
    (">", "="): "\\ge",
    ("=", ">"): "\\Rightarrow",
    ("-", ">"): "\\to",
}
# Operations on entries as in array languages.
DOTTED = {"*": "\\odot", "/": "\\oslash"}
