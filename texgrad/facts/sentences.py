"""A document and the tokens of its math in, sentences out: cleaned prose with a placeholder for each run of math."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from texgrad.document import Document, Piece
from texgrad.facts.runs import Run
from texgrad.notation.tokens import Token
from texgrad.source import Source, Span

_MARKUP = re.compile(
    r"\\(?:label|ref|eqref|cite[a-z]*|cref|autoref|index|url|vspace|hspace)\*?(?:\[[^\]]*\])*\{[^{}]*\}"
    r"|\\([\"'`^~=.])\{?([A-Za-z])\}?"
    r"|\\[a-zA-Z]+\*?(?:\[[^\]]*\])?|\\[ ,;:!/]|\\\\|[{}~]|</?[a-zA-Z][^<>]*>"
    r"|(?<=[A-Za-z])\"(?=[aouAOU])([aouAOU])|\*+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|&nbsp;"
)
_ACCENTS = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
_KEPT = {"\\S": "§", "\\ss": "ß", "\\o": "ø", "\\ae": "æ", "\\oe": "œ", "\\textendash": "–", "\\times": "×"}
# Traditional characters are read as their simplified forms, but in Japanese.
_KANA = re.compile(r"[\u3040-\u30ff]")
_SIMPLIFIED = str.maketrans(
    "設陣對稱為數標實維與無關轉導佈矩範號稱單變換還則這個點樣間時從應後來會結寫錯誤並層級優權項損雙確義線連續階區負計圖證歸類學習經驗機總體積許當參預測輸訓練減遞們該",
    "设阵对称为数标实维与无关转导布矩范号称单变换还则这个点样间时从应后来会结写错误并层级优权项损双确义线连续阶区负计图证归类学习经验机总体积许当参预测输训练减递们该",
)
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef。、「」]")
_END = re.compile(r"[。．！？；]|[.!?](?=[\s\"'”’)\]]|$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:i\.?e|e\.?g|w\.?r\.?t|cf|c\.-à-d|c\.à\.d|resp|nec|p\.?s?\.?d|p\.d|a\.?s|s\.?t|vs|etc|approx|eqn?s?"
    r"|figs?|"
    r"sec|chap?|no|dim|def|prop|z\.\s?B|d\.\s?h|bzw|usw|ca|bspw|vgl|sog|symm?|pos|diag|т\.\s?е|т\.\s?к|т\.\s?д|напр|р"
    r"|ej|p\.\s?ej|i\.i\.d|n|s|p|z|d|т|см)\.$",
    re.IGNORECASE,
)
_DEFAULT = re.compile(  # what holds "unless said otherwise" is said, with no condition and no denial
    r"(?i)unless (?:explicitly |otherwise )?(?:stated|noted|said|specified|mentioned|indicated)(?: otherwise)?|"
    r"(?:if|when) not (?:stated|noted|said|specified) otherwise|(?:wenn|sofern|soweit|falls) nicht(?: anders|s anderes)"
    r" \w+(?: (?:ist|wird)(?=,))?|"
    r"sauf (?:mention|indication|précision|avis) contraire|salvo (?:que se (?:diga|indique) lo contrario|"
    r"(?:indicaci[oó]n|menci[oó]n|men[cç][aã]o) (?:en|de lo|em|del) contr[aá]rio|diversa indicazione|avviso contrario)|"
    r"(?:si|se) no(?:n)? (?:se (?:dice|indica) lo contrario|(?:è )?diversamente \w+)|"
    r"если не (?:оговорено|сказано|указано) (?:иное|иначе|обратное|противное)|"
    r"(?:除非(?:另有|特别)?|[若如](?:无|未)(?:特别|特殊|另行)?)(?:说明|注明|声明|指出)|(?:特に)?(?:断り|ことわり|断ら)[のが]?ない限り"
)
_CONNECTIVE = re.compile(
    r"[\s,:;.，：；、。]*(?:and(?: also| so| hence| therefore)?|so(?: that)?|hence|or|thus|with|以及|和|与|及|且|并且|"
    r"从而|et"
    r"|donc|und|y|e|и|và|ou)?[\s,:;.，：；、。]*",
    re.IGNORECASE,
)


@dataclass(eq=False)
class Sentence:
    """One sentence: `text` with ⟦k⟧ for runs[k]; `offsets[i]` is the place of text[i] in the source.

    `after` are the displayed formulas that belong to it and follow it, `before` the display that it goes on from.
    `formula` marks words inside a displayed formula; `section` counts headings, `place` sentences.
    """

    source: Source
    text: str = ""
    offsets: list[int] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    before: list[Run] = field(default_factory=list)
    after: list[Run] = field(default_factory=list)
    heading: bool = False
    formula: Span | None = None
    ends_paragraph: bool = False
    end: int = 0
    members: list[Sentence] = field(default_factory=list)

    def span(self, start: int = 0, stop: int | None = None) -> Span:
        stop = len(self.text) if stop is None else stop
        if not self.offsets:
            return Span(self.source, self.end, self.end)
        last = self.offsets[stop] if stop < len(self.offsets) else self.end
        return Span(self.source, self.offsets[min(start, len(self.offsets) - 1)], max(last, self.offsets[start]))

    def run_at(self, start: int) -> Run:
        """The run of math whose placeholder begins at this place of the text."""
        return self.runs[int(self.text[start + 1 : self.text.index("⟧", start)])]

    @property
    def reach(self) -> Span:
        """Where a hypothesis of this sentence holds: in it, in the formulas it belongs to, in the list it opens."""
        if self.formula is not None:
            return self.formula
        whole = self.span()
        for run in (*(() if self._begins_anew() else self.before), *self.after):
            whole = whole.to(run.span)
        for member in self.members:
            whole = whole.to(member.reach)
        return whole

    def _begins_anew(self) -> bool:
        """Whether the display before it ended the sentence before: with a full stop, "If A is not symmetric, ..."."""
        written = [token.text for run in self.before for token in run.tokens if token.kind != "end"]
        return written[-1:] in (["."], ["。"]) and not self.text.lstrip()[:1].islower()

    def __str__(self) -> str:
        return self.text


def sentences(
    document: Document, tokens: Mapping[int, Sequence[Token]], parts: Mapping[int, Sequence[Sequence[Run | Token]]]
) -> list[Sentence]:
    """All sentences in document order, words inside displayed formulas among them; `parts` are the rows of the math."""
    builder = _Builder(document.source)
    for index, piece in enumerate(document.pieces):
        builder.read(index, piece, tokens.get(index, ()), parts.get(index, ()))
    builder.flush(end_of_paragraph=True)
    _join_lists(builder.done)
    return builder.done


class _Builder:
    def __init__(self, source: Source) -> None:
        self.done: list[Sentence] = []
        self.current = Sentence(source)
        self.pending: Sentence | None = None  # the last sentence, while a display may still belong to it
        self.broken = False

    def read(self, index: int, piece: Piece, tokens: Sequence[Token], parts: Sequence[Sequence[Run | Token]]) -> None:
        if piece.kind == "break":
            self.flush(end_of_paragraph=True)
        elif piece.kind == "heading":
            self.flush(end_of_paragraph=True)
            self.prose(piece)
            self.current.heading = True
            self.flush(end_of_paragraph=True)
            self.pending = None
        elif piece.kind == "prose":
            self.prose(piece)
        elif piece.kind == "math" and piece.display:
            self.display(index, tokens, parts)
        elif piece.kind == "math":
            for row in parts:
                self.inline(row)

    def prose(self, piece: Piece) -> None:
        for char, offset in _cleaned(piece):
            self.add(char, offset, piece.source)
            if char in ".!?。．！？；" or (char.isspace() and len(self.current.text) > 1):
                self._end_here()

    def _end_here(self) -> None:
        text = self.current.text
        if text[-1].isspace():
            stripped = text.rstrip()
            if stripped[-1:] not in (".", "!", "?") or _ABBREVIATION.search(stripped):
                return
            self.flush()
        elif _END.match(text[-1]) and text[-1] not in ".!?":
            self.flush()

    def add(self, char: str, offset: int, source: Source) -> None:
        current = self.current
        if char.isspace() and (not current.text or current.text[-1].isspace()):
            return
        if not current.text:
            current.source = source
        current.text += char
        current.offsets.append(offset)
        current.end = offset + 1

    def place(self, run: Run) -> None:
        mark = f"⟦{len(self.current.runs)}⟧"
        self.current.runs.append(run)
        for char in mark:
            self.add(char, run.span.start, run.span.source)
        self.current.end = run.span.end

    def inline(self, parts: Sequence[Run | Token]) -> None:
        for part in parts:
            if isinstance(part, Run):
                self.place(part)
            else:
                for char in f" {part.text} ":
                    self.add(char, part.span.start, part.span.source)

    def display(self, index: int, tokens: Sequence[Token], parts: Sequence[Sequence[Run | Token]]) -> None:
        self.flush(before_display=True)
        if not tokens:
            return
        run = Run(tuple(tokens), index, True)
        if self.pending is not None and (not self.broken or not _full_stop(self.pending.text)):
            self.pending.after.append(run)
        self.current.before.append(run)
        for row, chain in zip(parts, chains(parts), strict=True):
            self._row(row, chain)

    def _row(self, parts: Sequence[Run | Token], chain: Span) -> None:
        """Words in a displayed formula are sentences of their own, true in their row and the chain that it ends."""
        if all(isinstance(part, Run) for part in parts):
            return
        outer, pending = self.current, self.pending
        self.current = Sentence(parts[0].span.source, formula=chain)
        self.inline(parts)
        self.done.append(self.current)
        self.current, self.pending = outer, pending

    def flush(self, end_of_paragraph: bool = False, before_display: bool = False) -> None:
        current = self.current
        if current.text.strip():
            current.text = _DEFAULT.sub(lambda found: " " * len(found[0]), current.text)
            joined = bool(current.before) and before_display and _CONNECTIVE.fullmatch(current.text) is not None
            current.ends_paragraph = end_of_paragraph
            self.done.append(current)
            self.pending = self.pending if joined and self.pending is not None else current
            self.broken = end_of_paragraph
            self.current = Sentence(current.source)
        elif end_of_paragraph:
            self.broken = True
            self.current = Sentence(current.source)


def _full_stop(text: str) -> bool:
    return text.rstrip()[-1:] in (".", "。", "．", "!", "?", "！", "？")


def _join_lists(found: list[Sentence]) -> None:
    """A sentence that ends with a colon and has no formula of its own opens the list of formulas after it."""
    for at, sentence in enumerate(found):
        if sentence.after or not sentence.ends_paragraph or sentence.text.rstrip()[-1:] not in (":", "："):
            continue
        for item in found[at + 1 : at + 20]:
            opens = re.match(r"\W*(?:\d+|[a-z])?\W*⟦", item.text)
            if item.heading or not opens:
                break
            sentence.members.append(item)


def _cleaned(piece: Piece) -> Iterator[tuple[str, int]]:
    """The characters of a prose piece with their places: without markup, white space in one form."""
    text, at = piece.text, 0
    wide = False
    for match in _MARKUP.finditer(text):
        yield from _plain(piece, at, match.start())
        at = match.end()
        if match[1]:
            yield unicodedata.normalize("NFC", match[2] + _ACCENTS[match[1]]), piece.offsets[match.start()]
        elif match[3]:
            yield unicodedata.normalize("NFC", match[3] + _ACCENTS['"']), piece.offsets[match.start()]
        elif match[0] in _KEPT:
            yield _KEPT[match[0]], piece.offsets[match.start()]
        elif match[0][0] in "\\~<&" and match[0] != "\\/":
            wide = match.start() > 0 and _WIDE.match(text[match.start() - 1]) is not None
            if not wide:
                yield " ", piece.offsets[match.start()]
    yield from _plain(piece, at, len(text))


def _plain(piece: Piece, start: int, stop: int) -> Iterator[tuple[str, int]]:
    read_as = {} if _KANA.search(piece.text) else _SIMPLIFIED
    for at in range(start, stop):
        char = piece.text[at]
        if char in "⟦⟧":
            continue
        yield (" " if char.isspace() else char.translate(read_as)), piece.offsets[at]


_ROWED = re.compile(r"align|gather|split|eqnarray|multline|equation|displaymath|math$|flalign")


def rows(tokens: Sequence[Token]) -> list[list[Token]]:
    """The rows of a displayed formula; those of a matrix inside stay together."""
    found: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind in ("begin", "end"):
            if _ROWED.match(token.text):
                continue
            depth += 1 if token.kind == "begin" else -1
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == "row" and depth == 0:
            found.append([])
        elif not (token.kind == "align" and depth == 0):
            found[-1].append(token)
    return [row for row in found if row]


def chains(parts: Sequence[Sequence[Run | Token]]) -> list[Span]:
    """Each row with those that it carries on: "&= 2 A x" is a step from the row above."""
    found: list[Span] = []
    for row in parts:
        carried = isinstance(row[0], Run) and row[0].tokens[0].kind == "relation"
        start = found[-1] if found and carried else row[0].span
        found.append(start.to(row[-1].span))
    return found


def runs_of(tokens: Sequence[Token], piece: int, display: bool) -> list[Run | Token]:
    """The runs of math between the words of a formula, and the words; parentheses that hold words count as words."""
    if not any(token.kind == "text" for token in tokens):
        return [Run(tuple(tokens), piece, display)]
    parts: list[Run | Token] = []
    run: list[Token] = []
    depth, brackets = 0, _worded_brackets(tokens)
    for at, token in enumerate(tokens):
        depth += (token.kind in ("open", "begin")) - (token.kind in ("close", "end"))
        if depth > 0 or (token.kind != "text" and at not in brackets):
            run.append(token)
            continue
        if run:
            parts.append(Run(tuple(run), piece, display))
        parts.append(token)
        run = []
    return [*parts, Run(tuple(run), piece, display)] if run else parts


def _worded_brackets(tokens: Sequence[Token]) -> set[int]:
    """The places of ( and ) with words between them."""
    found: set[int] = set()
    opened: list[tuple[int, bool]] = []
    for at, token in enumerate(tokens):
        if token.kind == "text" and opened:
            opened[-1] = (opened[-1][0], True)
        elif token.kind == "char" and token.text == "(":
            opened.append((at, False))
        elif token.kind == "char" and token.text == ")" and opened:
            start, words = opened.pop()
            if words:
                found |= {start, at}
    return found
