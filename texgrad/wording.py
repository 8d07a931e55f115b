"""The prose around a formula in, what it makes of the formula out: a case, a result, a condition to be met."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import inf

from texgrad.document import Document
from texgrad.notation.tokens import Token
from texgrad.shapes import Definition
from texgrad.source import Span
from texgrad.statements import Statement, member_of

# words that make an equation a condition, a constraint or an equation to solve
CONDITIONS = re.compile(
    r"(?i)\b(if|when|whenever|iff|suppose|assum\w*|such that|subject to|constraint\w*|satisf\w*|solv\w*|require\w*|"
    r"provided|si|lorsque|tel que|telle que|sous|wenn|falls|gelte|sofern|sujeto|cuando)\b|若|如果|当|假设|令|约束|满足|"
    r"使得|とき|ならば|если|когда|при условии|nếu|khi|sao cho"
)
# ... right in front of an equation: a special case of what the note has said, or one point of it
CASES = re.compile(
    r"(?i)(?:\b(?:if|when(?:ever)?|in (?:the|this) case(?: of)?|at|evaluated at|wenn|falls|im fall|bei|"
    r"an der stelle|si|lorsque|quand|dans le cas|cuando|en el caso|en el punto|se|quando|nel caso|no caso|"
    r"если|когда|при|в точке|в случае|nếu|khi|tại)\s+(?:[^\W\d_]+\s+){0,2}|(?:若|如果|当|在|もし)[^，。,]{0,3})$"
)
# "now set y = x": of two letters that both had a meaning before
SETTING = re.compile(
    r"(?i)(?<!\w)(?:set|put|setting|setze[n]?|posons|prenons|pongamos|tomemos|poniamo|положим)\s*$|[令取]\s*$"
)
# "if they differ", of two indices
APART = re.compile(
    r"(?i)(?<!\w)(?:if|when(?:ever)?|for|falls|wenn|für|bei|si|pour|lorsque|para|cuando|se|per|quando|если|при|для|nếu|khi)"
    r"(?!\w)[^.;]{0,30}(?<!\w)(?:differ(?:s|ent)?|distinct|unequal|verschieden\w*|(?:sich )?unterscheiden"
    r"|différents?|distint[oa]s|divers[ie]|diferentes|разны[ех]|различны[ех]|различаются|khác nhau)(?!\w)"
    r"|[若当对][^。；]{0,12}(?:不同|不相?等)|異なる(?:とき|場合)"
)
IF = re.compile(r"(?i)(?<!\w)(?:if|si|se|wenn|falls|если|nếu)(?:\s+\w+){0,2}\s*$|(?:若|如果|もし)[^，。,、]{0,12}$")
EQUIVALENCES = re.compile(
    r"(?i)\b(?:iff|if and only if|precisely (?:if|when)|exactly when|genau dann,? wenn|ssi|si et seulement si|"
    r"si y s[oó]lo si|se e solo se|se e somente se|тогда и только тогда,? когда|khi và chỉ khi)\s*$|当且仅当\s*$"
)
# "With dropout, i.e. z = W (m \odot x)": what holds with it, beside what the note goes on with
VARIANTS = re.compile(
    r"(?i)(?:^|[.!?]\s|\n)\s*(?:with|using|under|mit|bei|avec|sous|con|com|при|с)\s[^.!?]*"
    r"(?<!\w)(?:i\. ?e\.|that is|namely|d\. ?h\.|c['’]est-à-dire|es decir|ou seja|cioè|т\. ?е\.)[,:]?\s*$"
)
# ... and words that lead from an equation to its solution
RESULTS = re.compile(
    r"(?i)(?:\b(?:gives?|giving|yields?|yielding|we (?:get|find|obtain|have)|obtains?|implies|leads to|results? in|"
    r"follows?|solution(?: is)?|minimi[sz]er(?: is)?|maximi[sz]er(?: is)?|donne|obtient|trouve|déduit|d['’]où|"
    r"ergibt|liefert|folgt|erhält man|erhalten wir|da|obtenemos|resulta|se obtiene|obtemos|obtém-se|si ottiene|"
    r"otteniamo|segue|получаем|получим|да[её]т|следует|откуда|ta được|thu được|suy ra)\s*,?\s*|"
    r"(?:得到?|解得|可得|有|を得る?|となる)\s*)$"
)
# words that set a derivative to zero: what stands behind them is where it is zero
SOLVED = re.compile(
    r"(?i)\b(zero|zéro|null|nul|cero|nullo|ноль|нулю|нуля)\b|[为為等于於]\s*(零|\$?0)|ゼロ|bằng (0|không)"
)
# ... that tell of factors of a matrix: K = L L^T says what L is
FACTORED = re.compile(
    r"(?i)cholesky|decompos|factori[sz]|factoris|\bsvd\b|singular|spectral|\bqr\b|\blu\b|zerlegung|décompos|descompos|"
    r"scompos|fattorizz|разложен|分解|phân tích|phân rã"
)
# ... that speak of numbers, where the note has vectors: "like the rule in one variable"
NUMBERS = re.compile(
    r"(?i)\b(?:(?:in|of|with|for) (?:one|a single) (?:real )?(?:variable|dimension)|(?:single|one)[- ]variable|"
    r"univariate|one-dimensional|(?:the )?scalar (?:case|calculus|rule|version|analogue?)|one dimension|"
    r"(?:einer|eine) (?:reellen? )?(?:Veränderlichen?|Variablen?)|eindimensional\w*|"
    r"(?:à|d['’]|en) ?une (?:seule )?(?:variable|dimension)|(?:de |en |di |in )?una (?:sola )?(?:variable|variabile|"
    r"dimensi[oó]n)|(?:de |em )uma (?:só |única )?(?:variável|dimensão)|одной переменной|одномерн\w*|"
    r"скалярн\w* случа\w*|một biến)\b|一元|单变量|一变量|标量情形|標量|1変数|一変数|スカラーの場合"
)
# ... that suppose something in words before a formula: "if every entry is observed", "in the linear case"
SUPPOSING = re.compile(
    r"(?i)(?:^|[.;:,(]\s)\W*(?:(?:so|but|and|now|then|finally|also|aber|und|mais|et|pero|y|ma|e|mas|но|и),? )?"
    r"(?:(?:if|when(?:ever)?)(?! (?:we|you|one|\w+ing)\b)|assuming|provided|without|in the absence of"
    r"|in (?:the|this) (?:\w+ ){1,3}(?:case|limit|regime|setting)|(?:wenn|falls|sofern)(?! (?:wir|man)\b)|ohne"
    r"|im \w+ fall|(?:si|lorsque|quand)(?! (?:on|nous)\b)|sans|en l['’]absence|dans le cas|(?:si|cuando) |sin"
    r"|en el caso"
    r"|(?:se|quando) |senza|nel caso|sem|no caso|если|когда|без|в (?:\w+ )?случае"
    r"|при отсутствии)(?!\w)(?![^.;]*(?:(?<!\w)(?:not|nicht|kein\w*|pas|no|non|não|не|không)(?!\w)|n['’]t|depend"
    r"|differentiab|smooth|function|abhäng|differenzier|dépend|dépendent"
    r"|завис))[^.;]*\w{3}"
    r"|(?:若|如果|当|没有)[^。；]{2,}|[^。]{2,}(?:とき|場合|ならば)"
)
PARAGRAPH = re.compile(r"\n\s*\n")
SENTENCE = 200  # characters
END = re.compile(r"[.!?](?:\s|$)|[。！？]")  # of a sentence
CAPITAL = re.compile(r"[\W_]*[A-ZÀ-ÖØ-ÞА-ЯЁ]")
STOP = re.compile(r"[.!?][)\]\"'”»]?\s|[。！？]")  # ... with words behind it


def supposing(statement: Statement) -> bool:
    """Whether the sentence that leads to a formula supposes something in words, and gives no formula for it."""
    span = statement.members[0].span
    before = span.source.text[max(0, span.start - SENTENCE) : span.start].rstrip("$ \r\n\\[&")
    words = STOP.split(PARAGRAPH.split(before)[-1])[-1]
    match = SUPPOSING.search(words)
    return match is not None and "=" not in words[match.start() :]


def sentence_before(document: Document, number: int) -> str:
    """The prose between the last full stop, or the beginning of a paragraph in a capital letter, and a formula."""
    words = ""
    for piece in reversed(document.pieces[:number]):
        if piece.kind == "break" and CAPITAL.match(words):
            break
        if piece.kind == "heading" or (piece.kind == "prose" and re.search(r"[.。!?！？]\s*$", piece.text) and words):
            break
        if piece.kind == "prose":
            words = piece.text + words
            if STOP.search(piece.text):
                break
    return STOP.split(words)[-1]


def _right_before(document: Document, number: int) -> str:
    """The words of the sentence between the formula before this one and this one."""
    piece = document.pieces[number - 1] if number else None
    return STOP.split(piece.text)[-1] if piece is not None and piece.kind == "prose" else ""


def _sentence(document: Document, number: int) -> tuple[int, int]:
    """The first and the last piece of the sentence that a formula stands in."""
    first = last = number
    while first > 0 and document.pieces[first - 1].kind in ("prose", "math"):
        first -= 1
        if document.pieces[first].kind == "prose" and END.search(document.pieces[first].text):
            break
    while last + 1 < len(document.pieces) and document.pieces[last + 1].kind != "heading":
        if document.pieces[last + 1].kind == "break" and not _leads_on(document, last + 1):
            break
        last += 1
        if document.pieces[last].kind == "prose" and END.search(document.pieces[last].text):
            break
    return first, last


def _leads_on(document: Document, at: int) -> bool:
    """Whether the sentence before an empty line goes on with the display behind it."""
    before, behind = document.pieces[at - 1], document.pieces[at + 1 : at + 2]
    return before.kind == "prose" and bool(behind) and behind[0].kind == "math" and behind[0].display


def _row_of(document: Document, statement: Statement) -> list[int]:
    """The pieces of the row of a table that a formula stands in; none where it stands elsewhere."""
    span = statement.members[0].span
    headed = span.start == span.end  # what the head of a column names
    if not headed and not span.source.line_text(span.line).lstrip().startswith("|"):
        return []
    return [at for at, piece in enumerate(document.pieces) if piece.source is span.source and piece.offsets
            and span.source.position(piece.offsets[0])[0] == span.line]  # fmt: skip


def as_worded(
    document: Document, headings: Sequence[int], statement: Statement, definition: Definition, known: bool
) -> Definition | None:
    """A definition with how far it reaches; None where the words make none of it.

    "if K = c K_0" about a K that the note has spoken of is true in its sentence alone; an "if" about a new symbol up to
    the next heading, as are factors of a known matrix and a result ("gives w = ..."). A result and an "if" say
    nothing of what stands before them. What a row of a table says holds in that row.
    """
    row = _row_of(document, statement)
    if row:
        return replace(definition, reach=(min(row), max(row)))
    number = statement.piece
    words = _right_before(document, number)
    if EQUIVALENCES.search(words):
        return None
    piece = document.pieces[number - 1] if number else None
    varied = piece is not None and piece.kind == "prose" and VARIANTS.search(piece.text)
    renamed = definition.body.op == "symbol" and definition.indices == () and SETTING.search(words)
    if known and (varied or renamed or CASES.search(words)):
        return replace(definition, reach=_sentence(document, number))
    before = sentence_before(document, number)
    supposed = CASES.search(words) and _written_before(document, statement)  # "it is symmetric if A = B^T B"
    result = bool(RESULTS.search(words) or SOLVED.search(before) or supposed)
    factored = FACTORED.search(before) is not None
    passing = result or IF.search(words) or (factored and (known or _written_before(document, statement)))
    last = next((at for at in headings if at > number), inf) if passing else inf
    return replace(definition, last=last, result=result)


def _written_before(document: Document, statement: Statement) -> bool:
    """Whether the symbol that a statement begins with stands in a formula before it."""
    symbol = re.compile(rf"(?<![a-zA-Z\\]){re.escape(statement.members[0].text)}(?![a-zA-Z])")
    return any(piece.kind == "math" and symbol.search(piece.text) for piece in document.pieces[: statement.piece])


def defining(name: Sequence[Token], body: Sequence[Token], piece: int) -> Statement:
    """name := body, as a statement of its own."""
    between = Span(name[0].span.source, name[-1].span.end, name[-1].span.end)
    return Statement((member_of(name, 0), member_of(body, 0)), ((":=", between),), piece=piece)


def named_behind(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The definition of e in p - y =: e, and of m in f(x + d) \\approx m(d) = ..., as a statement of its own."""
    for statement in statements:
        if [relation for relation, _ in statement.relations[:2]] in (["\\approx", "="], ["\\approx", ":="]):
            yield replace(statement, members=statement.members[1:3], relations=statement.relations[1:2])
        for at, (relation, span) in enumerate(statement.relations):
            if relation == "=:":
                value, name = statement.members[at : at + 2]
                yield Statement((name, value), ((":=", span),), display=statement.display, piece=statement.piece)
