"""Tokens of one formula part in, a surface expression out: what is written, before anybody asks what it means.

The grammar knows atoms, scripts, flat terms and sums. A term is the flat list of its factors and of the marks
between them (a slash, \\cdot, \\odot ...), since what binds what depends on kinds and shapes that are not known yet.
"""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.errors import BoundExceeded, Unsupported
from texgrad.expr import Expr
from texgrad.notation import signs
from texgrad.notation.cursor import Cursor, balanced, split_condition
from texgrad.notation.scripts import signs_alone, with_script
from texgrad.notation.tokens import Token
from texgrad.ops import WORDS

MAX_DEPTH = 40


def parse(tokens: Sequence[Token]) -> Expr:
    """The surface expression of all the tokens; raises Unsupported at the first one that cannot be read."""
    parser = _Parser(balanced(tokens))
    result = parser.sum()
    if parser.peek() is not None:
        raise Unsupported(f"'{parser.peek()}' is not understood here", parser.peek().span)
    return result


class _Parser(Cursor):
    """Every method reads one construct and moves on."""

    def __init__(self, tokens: Sequence[Token], font: str = "", depth: int = 0, in_script: bool = False) -> None:
        super().__init__(tokens)
        self.in_script = in_script
        self.font = font
        self.depth = depth
        self.bars: list[str] = []
        if depth > MAX_DEPTH:
            raise BoundExceeded("nested too deeply", tokens[0].span if tokens else None)

    def inner(self, tokens: Sequence[Token], font: str | None = None) -> _Parser:
        return _Parser(tokens, self.font if font is None else font, self.depth + 1)

    # -- sums and terms --------------------------------------------------------------------------------------------

    def sum(self) -> Expr:
        start, terms = self.at, []
        negative = explicit = False
        while self.text() in signs.ADDITIVE:
            explicit, negative = True, negative ^ self._minus()
        while True:
            first = self.at
            term = self.term()
            terms.append(Expr("neg", (term,), span=self.since(max(first - 1, 0))) if negative else term)
            if self.text() not in signs.ADDITIVE:
                break
            negative = False
            while self.text() in signs.ADDITIVE:
                negative ^= self._minus()
        if len(terms) == 1 and not (explicit and not negative):
            return terms[0]
        return Expr("sum", tuple(terms), span=self.since(start))

    def _minus(self) -> bool:
        sign = self.take()
        if sign.text in ("\\pm", "\\mp"):
            raise Unsupported("a choice of signs cannot be checked", sign.span)
        return sign.text == "-"

    def term(self) -> Expr:
        start, items = self.at, []
        while (token := self.peek()) is not None:
            if token.kind == "char" and token.text in (",", ";", ")", "]", ":", "+", "-", "!"):
                break
            if token.kind in ("command", "char") and token.text in ("\\}", "\\rangle", "\\rceil", "\\rfloor", "\\quad"):
                break
            if token.kind in ("align", "row", "relation", "text", "close", "end"):
                break
            if self.bars and self._closes_bar():
                break
            if token.text in signs.MARKS and token.kind in ("char", "command"):
                items.append(Expr("mark", (), self.take().text, token.span))
                if self.text() == "-":  # a sign right behind a mark: a \cdot -b
                    sign = self.take()
                    rest = self.scripted()
                    items.append(Expr("group", (Expr("neg", (rest,), span=sign.span),), "(", sign.span))
                continue
            items.append(self.scripted())
        if not items:
            raise Unsupported("a term is missing", self.here())
        if len(items) == 1:
            return items[0]
        return Expr("term", tuple(items), span=self.since(start))

    def _closes_bar(self) -> bool:
        kind = self.bars[-1]
        if kind == "||":
            return self.text() == "|" and self.text(1) == "|"
        return self.text() == kind

    # -- factors ---------------------------------------------------------------------------------------------------

    def scripted(self) -> Expr:
        start = self.at
        if self.text() == "\\presup":
            return self._left_script(start)
        base = self.atom()
        while (token := self.peek()) is not None:
            if token.kind in ("sup", "sub"):
                self.take()
                content = self.script(token)
                base = with_script(token.kind, base, content, self.since(start))
            elif token.text == "'" and token.kind == "char":
                count = 0
                while self.text() == "'":
                    self.take()
                    count += 1
                base = Expr("prime", (base,), str(count), self.since(start))
            elif token.text == "!" and token.kind == "char":
                self.take()
                base = Expr("factorial", (base,), span=self.since(start))
            elif token.text == "\\limits":
                self.take()
            else:
                break
        return base

    def _left_script(self, start: int) -> Expr:
        """{}^t A: a superscript before its base."""
        self.take()
        mark = self.take()
        if mark.kind != "sup":
            raise Unsupported("a script without a base", mark.span)
        content = self.script(mark)
        base = self.scripted()
        return Expr("presup", (base, content), span=self.since(start))

    def script(self, mark: Token) -> Expr:
        """What stands in a sub- or superscript; signs alone (^+, ^*, ^\\dagger) are marks."""
        content = self.braces()
        if not content:
            return Expr("empty", (), span=mark.span)
        alone = signs_alone(content)
        if alone is not None:
            return alone
        if mark.kind == "sup" and len(content) > 2 and content[0].text in ("'", "\\prime") and content[1].text in "[(":
            layer = _Parser(content[1:], self.font, self.depth + 1, in_script=True).listing()
            return Expr("prime", (layer,), "1", content[0].span)
        return _Parser(content, self.font, self.depth + 1, in_script=True).listing()

    def listing(self) -> Expr:
        """Comma-separated expressions, also with relations (i=1, i<j), or just the one there is."""
        start, parts, name = self.at, [], ""
        while (token := self.peek()) is not None:
            if (token.kind == "char" and token.text in (",", ";")) or token.text == "\\quad":
                name = ";" if token.text == ";" else name  # of rows: [h; x]
                self.take()
                continue
            if token.kind == "char" and token.text == ":":
                self.take()
                parts.append(Expr("mark", (), ":", token.span))
                continue
            if token.kind == "relation":
                self.take()
                left = parts.pop() if parts else Expr("empty", (), span=token.span)
                right = self.sum() if self.peek() is not None else Expr("empty", (), span=token.span)
                parts.append(Expr("relation", (left, right), token.text, self.since(start)))
                continue
            if token.kind == "text":
                self.take()
                parts.append(Expr("words", (), token.text, token.span))
                continue
            if token.text in signs.SCRIPT_SIGNS and (self.peek(1) is None or self.peek(1).text == ","):
                self.take()
                parts.append(Expr("mark", (), token.text, token.span))
                continue
            if token.kind in ("row", "align"):
                self.take()
                continue
            before = self.at
            parts.append(self.sum())
            if self.at == before:
                raise Unsupported(f"'{token}' is not understood here", token.span)
        if len(parts) == 1:
            return parts[0]
        return Expr("list", tuple(parts), name, self.since(start))

    def atom(self) -> Expr:
        token = self.peek()
        if token is None:
            raise Unsupported("an expression is missing", self.here())
        reader = _ATOMS.get(token.kind)
        if reader is None:
            raise Unsupported(f"'{token}' is not understood here", token.span)
        return reader(self)

    def _number(self) -> Expr:
        token = self.take()
        return Expr("number", (), token.text, token.span)

    def _letter(self) -> Expr:
        start, word = self.at, self.letters()
        if len(word) > 1 and word in WORDS and self._applied(len(word)):
            self.at += len(word)
            return Expr("function", (), WORDS[word], self.since(start))
        name = "LL" if word == "LL" and not self.raised(2) else self.name()  # a log-likelihood beside L L^T
        if name:
            self.at += len(name)
            return Expr("symbol", (), f"\\operatorname{{{name}}}", self.since(start))
        token = self.take()
        if token.text == "d" and not self.font and not self.in_script:
            return Expr("dsign", (), "d", token.span)
        return Expr("symbol", (), self._styled(token.text), token.span)

    def _applied(self, run: int) -> bool:
        """Whether the letters from here are followed by an argument, as in tr(X) or diag(x)."""
        following = self.peek(run)
        return self.text(run) in ("(", "[", "\\{", "_") or (following is not None and following.kind == "sub")

    def _styled(self, name: str) -> str:
        return f"{self.font}{{{name}}}" if self.font and self.font not in signs.PLAIN_FONTS else name

    def _open(self) -> Expr:
        start = self.at
        content = self.braces()
        if not content:
            return Expr("empty", (), span=self.since(start))
        parser = self.inner(content)
        result = parser.listing()
        bare = result.op == "nabla" or (result.op == "mark" and result.name in signs.DOTS)
        return result if bare else Expr("brace", (result,), span=self.since(start))

    def _char(self) -> Expr:
        token = self.peek()
        if token.text in signs.CLOSERS:
            return self._group()
        if token.text == "|":
            return self._bars("||" if self.text(1) == "|" else "|")
        if token.text in (".", "*"):
            raise Unsupported(f"'{token.text}' is not understood here", token.span)
        raise Unsupported(f"'{token.text}' is not understood here", token.span)

    def _group(self) -> Expr:
        start = self.at
        opener = self.take().text
        closer, level = signs.CLOSERS[opener], 0
        begin = self.at
        while (token := self.peek()) is not None:
            if token.kind in ("char", "command"):
                if token.text == closer and level == 0:
                    break
                if token.text in signs.CLOSERS:
                    level += 1
                elif token.text in signs.CLOSERS.values():
                    level -= 1
            elif token.kind == "open":
                self.braces()
                continue
            self.at += 1
        if self.peek() is None:
            raise Unsupported(f"'{opener}' is never closed", self.tokens[start].span)
        content = self.tokens[begin : self.at]
        self.take()
        if not content:
            return Expr("group", (Expr("empty", (), span=self.since(start)),), opener, self.since(start))
        inside, mark = split_condition(content)
        parts = [self.inner(part).listing() for part in inside]
        body = parts[0] if len(parts) == 1 else Expr("list", tuple(parts), mark, self.since(begin))
        return Expr("group", (body,), opener, self.since(start))

    def _bars(self, kind: str) -> Expr:
        start = self.at
        self.at += len(kind) if kind == "||" else 1
        if kind == "|" and self.peek() is not None and self.peek().kind == "sub":  # nothing can be inside of it
            return Expr("mark", (), "\\evalbar", self.since(start))
        self.bars.append(kind)
        body = self.sum()
        parts = [body]
        while self.text() == ",":
            self.take()
            parts.append(self.sum())
        self.bars.pop()
        if not (self.text() == kind or (kind == "||" and self.text() == "|" and self.text(1) == "|")):
            raise Unsupported("a bar is never closed", self.tokens[start].span)
        self.at += 2 if kind == "||" else 1
        name = "\\|" if kind in ("||", "\\|") else "|"
        return Expr("bars", (body,), name, self.since(start))

    def _command(self) -> Expr:
        token = self.peek()
        name = token.text
        if name in signs.CLOSERS:
            return self._group()
        if name == "\\|":
            return self._bars("\\|")
        start = self.at
        self.take()
        if name in signs.ACCENTS:
            return self._accent(name, start)
        if name in signs.FONTS:
            return self._fonted(name, start)
        if name in ("\\partial", "\\differential"):
            return Expr("dsign", (), name, token.span)
        if name == "\\nabla":
            return Expr("nabla", (), name, token.span)
        if name == "\\frac" or name == "\\genfrac":
            return self._fraction(start)
        if name == "\\sqrt":
            return self._root(start)
        if name in signs.BIG:
            return Expr("big", (), name, token.span)
        if name in WORDS:
            return Expr("function", (), WORDS[name], token.span)
        if name in signs.GREEK:
            return Expr("symbol", (), self._styled(name), token.span)
        if name in ("\\evalopen", "\\evalbar", "\\cdots", "\\dots", "\\ldots", "\\vdots", "\\ddots", "\\infty"):
            return Expr("mark", (), name, token.span)
        if name in ("\\top", "\\intercal"):
            return Expr("symbol", (), name, token.span)
        if name.startswith("\\operatorname{"):
            return Expr("symbol", (), name, token.span)
        raise Unsupported(f"the command {name} is not known", token.span)

    def _accent(self, name: str, start: int) -> Expr:
        content = self.braces()
        inside = "".join(token.text for token in content)
        if inside == "\\nabla" and name in ("\\vec", "\\overrightarrow"):
            return Expr("nabla", (), inside, self.since(start))
        if inside == "\\nabla":  # the natural gradient, say
            raise Unsupported("a nabla with a mark is another gradient", self.since(start))
        font = self.font if self.font and self.font not in signs.PLAIN_FONTS else ""
        label = f"{name}{{{font}{{{inside}}}}}" if font else f"{name}{{{inside}}}"
        return Expr("symbol", (), label, self.since(start))

    def _fonted(self, name: str, start: int) -> Expr:
        content = self.braces()
        letters = "".join(token.text for token in content)
        if letters in WORDS and len(letters) > 1:
            return Expr("function", (), WORDS[letters], self.since(start))
        if (name in signs.PLAIN_FONTS or name == "\\mathsf") and letters == "d":
            return Expr("dsign", (), "\\differential", self.since(start))
        if name == "\\mathbf" or (len(content) == 1 and content[0].kind in ("letter", "command", "number")):
            result = self.inner(content, name).listing()
            if len(content) == 1 and result.op == "number":
                return Expr("symbol", (), f"{name}{{{letters}}}", self.since(start))
            return result if result.op in ("symbol", "term") else Expr("brace", (result,), span=self.since(start))
        if all(token.kind in ("letter", "number") for token in content):
            return Expr("symbol", (), f"\\operatorname{{{letters}}}", self.since(start))
        result = self.inner(content, name).listing()
        return Expr("brace", (result,), span=self.since(start))

    def _fraction(self, start: int) -> Expr:
        above, below = self.braces(), self.braces()
        if not above or not below:
            raise Unsupported("half a fraction is missing", self.since(start))
        return Expr("frac", (self.inner(above).listing(), self.inner(below).listing()), span=self.since(start))

    def _root(self, start: int) -> Expr:
        args: tuple[Expr, ...] = ()
        if self.text() == "[":
            group = self._group()
            args = (group.args[0],)
        return Expr("root", (self.inner(self.braces()).listing(), *args), span=self.since(start))

    def _environment(self) -> Expr:
        start, token = self.at, self.take()
        rows = self.rows(token)
        parsed = tuple(
            Expr("row", tuple(self._cell(tokens, token) for tokens in row), span=self.since(start)) for row in rows
        )
        return Expr("environment", parsed, token.text, self.since(start))

    def _cell(self, tokens: list[Token], opening: Token) -> Expr:
        while tokens and tokens[-1].kind == "char" and tokens[-1].text in ".,;":
            tokens = tokens[:-1]
        if not tokens:
            return Expr("empty", (), span=opening.span)
        return self.inner(tokens).listing()


_ATOMS = {
    "number": _Parser._number,
    "letter": _Parser._letter,
    "open": _Parser._open,
    "char": _Parser._char,
    "command": _Parser._command,
    "begin": _Parser._environment,
}
