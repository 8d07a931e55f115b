"""A Markdown note in, its pieces out: math wherever it stands, words between, nothing of code and comments."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import kinds, math, note, prose

FORMS = [
    ("inline", "Let $x$ and $y$.", ["x", "y"]),
    ("padded", "Let $ x + y $ be.", ["x + y"]),
    ("display", "$$\na = b\n$$", ["a = b"]),
    ("display on one line", "$$ a = b $$", ["a = b"]),
    ("display in a sentence", "so $$a$$ holds", ["a"]),
    ("display right after words", "we have\n$$\na\n$$\nand", ["a"]),
    ("display with a blank line", "$$\na\n\n= b\n$$", ["a\n\n= b"]),
    ("lines like blocks", "$$\na\n- b\n+ c\n> d\n= e\n# f\n1. g\n$$", ["a\n- b\n+ c\n> d\n= e\n# f\n1. g"]),
    ("brackets", r"\(x\) and \[y = 1\]", ["x", "y = 1"]),
    ("brackets over lines", "\\[\ny\n= 1\n\\]", ["y\n= 1"]),
    ("doubled brackets", "\\\\(x\\\\) and\n\n\\\\[\ny\n\\\\]", ["x", "y"]),
    ("fence", "```math\na = b\nc\n```", ["a = b\nc"]),
    ("MyST fence", "```{math}\n:label: eq\n\na = b\n```", ["a = b"]),
    ("GitLab", "so $`a_1`$ is", ["a_1"]),
    ("bare environment", "\\begin{align}\na &= b\n\\end{align}", ["\\begin{align}\na &= b\n\\end{align}"]),
    ("starred", "x\n\\begin{gather*}\na\n\\end{gather*}\ny", ["\\begin{gather*}\na\n\\end{gather*}"]),
    (
        "nested environments",
        "\\begin{equation}\\begin{split}a\\end{split}\\end{equation}",
        ["\\begin{equation}\\begin{split}a\\end{split}\\end{equation}"],
    ),
    ("list", "- a $x$\n- b $y$\n  $z$", ["x", "y", "z"]),
    ("display in a list", "1. a\n\n   $$\n   x\n   = y\n   $$\n2. b $z$", ["x\n= y", "z"]),
    ("deep indent in a list", "- a\n\n      $$x$$\n", ["x"]),
    ("nested list", "- a\n  - b $x$\n    - c\n\n      $$\n      y\n      $$\n", ["x", "y"]),
    ("quote", "> a $x$\n> $$\n> y\n> = z\n> $$\n> b", ["x", "y\n= z"]),
    ("quote in a list", "- a\n\n  > $$\n  > y\n  > $$\n", ["y"]),
    ("lazy quote", "> a $x$\nb $y$", ["x", "y"]),
    ("alert", "> [!NOTE]\n> is $x$", ["x"]),
    ("admonition", '!!! note "On $a$"\n\n    is $x$\n\n    $$\n    y\n    $$\n\nout $z$', ["a", "x", "y", "z"]),
    ("div", "::: {.note}\nis $x$\n:::\n", ["x"]),
    ("MyST note", "```{note}\nis $x$\n```\nout $y$", ["x", "y"]),
    ("footnote", "a[^1]\n\n[^1]: is $x$\n\n    more $y$", ["x", "y"]),
    ("heading", "## On $x$ and $y$ ##", ["x", "y"]),
    ("setext heading", "On $x$\n======\n", ["x"]),
    ("table", "| $a$ | b |\n|---|:-:|\n| $|x|$ | $y$ |\n", ["a", "|x|", "y"]),
    ("Chinese", "设$x$为向量，$y$，其中（$z$）。", ["x", "y", "z"]),
    ("CRLF", "a $x$\r\n\r\n$$\r\ny\r\n$$\r\n", ["x", "y"]),
    ("text with dollars", r"$a \text{ if $b$} c$", [r"a \text{ if $b$} c"]),
    ("digits after", "$x$2", ["x"]),
    ("HTML around", "<div>\n$$x$$\n</div>\n<p>$y$</p>", ["x", "y"]),
    ("byte order mark", "\ufeff# a\n\n$x$", ["x"]),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS])
def test_math_is_found(text, expected):
    assert math(text) == expected


NOTHING = [
    ("prices", "It costs $5 and $10."),
    ("a price and a formula sign", "from $5 to $10 or $15."),
    ("price range", "costs $5-$10 or $5/$10"),
    ("variables", "set $HOME and $PATH now"),
    ("escaped", r"a \$x\$ b"),
    ("inline code", "`$x$` and ``a ` $y$``"),
    ("fence", "```python\na = '$x$'\n```"),
    ("fence of tildes", "~~~\n$x$\n~~~"),
    ("fence in a list", "- a\n\n  ```\n  $$x$$\n  ```\n"),
    ("fence in a quote", "> ```\n> $x$\n> ```\n"),
    ("R chunk", "```{r, echo=FALSE}\ndf$x + df$y\n```"),
    ("unclosed fence", "```\n$x$\n"),
    ("indented code", "a\n\n    $x$\n\nb"),
    ("comment", "a <!-- $x$ --> b\n\n<!--\n$$\ny\n$$\n\n$z$\n-->\n"),
    ("script", "<script>\nvar a = '$x$';\n\n$y$\n</script>\n"),
    ("style", "<style>$x$</style>"),
    ("pre", "<pre>\n$x$\n\n$y$\n</pre>"),
    ("code element", "<code>$x$</code>"),
    ("front matter", "---\ntitle: On $x$ and $y$\n---\n"),
    ("TOML front matter", "+++\ntitle = 'On $x$'\n+++\n"),
    ("escaped brackets", r"see \[the note\] and \(as above\)"),
    ("lonely dollar", "the $ sign"),
]


@pytest.mark.parametrize("text", [case[1] for case in NOTHING], ids=[case[0] for case in NOTHING])
def test_what_is_no_math(text):
    assert math(text) == []


def test_list_continuation_is_no_code():
    assert math("1. a\n\n    is $x$\n\n    - b $y$\n") == ["x", "y"]


ESCAPES = [
    (r"$a\_i$", "a_i"),
    (r"$a \* b$", "a * b"),
    ("$$a \\\\\\\\ b$$", r"a \\ b"),
    (r"$$a \\ b$$", r"a \\ b"),
    (r"$\{x\}$", r"\{x\}"),
    ("$$\\\\{x\\\\} \\\\\\\\ y$$", r"\{x\} \\ y"),
    (r"$a \\_b$", r"a \\_b"),
    ("$a &lt; b$", "a < b"),
]


@pytest.mark.parametrize(("text", "expected"), ESCAPES)
def test_markdown_escapes_in_math(text, expected):
    assert math(text) == [expected]


def test_one_lost_dollar_does_not_swallow_the_rest():
    assert math("A lost $x = 1 here.\n\nThen $y$ and $z$.") == ["y", "z"]
    assert math("- lost $x_1 here\n- then $y$\n") == ["y"]


def test_one_lost_display_does_not_swallow_the_rest():
    text = "$$\na = b\n\nThen we have the next one with $x$:\n\n$$\nc = d\n$$\n\nEnd $y$.\n"
    assert math(text) == ["a = b", "x", "c = d", "y"]
    assert "never closed" in note(text).problems[0][1]
    text = "a = b\n$$\n\nThen we have the next one with $x$:\n\n$$\nc = d\n$$\n\nEnd $y$.\n"
    assert math(text) == ["x", "c = d", "y"]


def test_display_is_told_from_inline():
    pieces = [piece for piece in note("$$\na\n$$\n\nsee $$b$$ there $c$\n\n\\[d\\]\n").pieces if piece.kind == "math"]
    assert [piece.display for piece in pieces] == [True, False, False, True]


def test_order_and_breaks():
    assert kinds("# a\n\nb $x$ c\n\n- d\n- e\n") == "hbpmpbpbpb"
    assert kinds("| a | b |\n|---|---|\n| c | $d$ |\n") == "pbpbbpbmbb"


def test_levels_of_headings():
    pieces = note("# a\n\n### b $x$ c\n\nd\n---\n").pieces
    assert [(each.text.strip(), each.level) for each in pieces if each.kind == "heading"] == [
        ("a", 1), ("b", 3), ("c", 3), ("d", 2),
    ]  # fmt: skip


def test_directives():
    text = "<!-- texgrad: x in R^n; A symmetric -->\n\na <!-- texgrad: y --> b <!-- other -->\n"
    assert [each.text for each in note(text).pieces if each.kind == "directive"] == ["x in R^n; A symmetric", "y"]


def test_words_without_marks():
    text = "1. **Let** A be *not* symmetric, see [the book](http://a.b/c_d)[^1] and `code`.\n- [x] is\n"
    assert prose(text) == ["Let A be not symmetric, see the book and .", "is"]
    assert prose("a &amp; b\\_c &nbsp;d \\$5") == ["a & b_c d $5"]


PIECES = st.sampled_from(
    ["$", "$$", "\\[", "\\]", "\\(", "\\)", "\\\\[", "\\\\]", "\\begin{align}", "\\end{align}", "x", "a_1", " ", "\n",
     "\n\n", "- ", "1. ", "> ", "    ", "\t", "```\n", "```math\n", "~~~\n", "| a | b |\n", "|---|---|\n", "# ",
     "---\n", "<!--", "-->", "<!-- texgrad: y -->", "<div>", "<script>", "</script>", "`", "\\", "\\_", "\\\\", "&lt;",
     "words ", "设", "，", "\r\n", "!!! note\n", ":::\n", "[^1]: ", "[", "](", "*", "_", "{", "}", "\\text{",
     "\\newcommand{\\a}{b}"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60)), st.sampled_from([".md", ".tex"]))
def test_any_text_gives_a_document(text, suffix):
    document = note(text, "note" + suffix)
    for piece in document.pieces:
        assert len(piece.offsets) == len(piece.text) + 1
        assert all(0 <= offset <= len(text) for offset in piece.offsets)
        assert list(piece.offsets) == sorted(piece.offsets)
        if piece.kind == "math" and "&" not in text:
            assert all(char == text[offset] for char, offset in zip(piece.text, piece.offsets, strict=False))
    for span, _ in document.problems:
        assert 0 <= span.start <= span.end <= len(text)
