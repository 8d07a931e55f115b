"""The ways in which a claim can fail to be evaluated; each names the smallest guilty part of the note."""

from __future__ import annotations

from texgrad.source import Span


class NoteError(Exception):
    """Something in a note that texgrad cannot follow; `span` is where it stands (None: the claim as a whole).

    `code` is the rule that an undecided claim is reported under.
    """

    code = "TG501"

    def __init__(self, message: str, span: Span | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


class Unsupported(NoteError):
    """A notation, a symbol or a size that cannot be evaluated: the claim is undecided."""


class NeedsContext(Unsupported):
    """Something that the note does not say, though the claim cannot be checked without it."""

    code = "TG502"


class BeyondRange(Unsupported):
    """An index of a place that is not there: of x_{i+1} behind the last x."""


class BoundExceeded(Unsupported):
    """More than texgrad is willing to work through; the message names the bound."""

    code = "TG503"


class ShapeMismatch(NoteError):
    """Two parts of an expression whose shapes do not fit together."""


class IndexMismatch(ShapeMismatch):
    """An index over more or fewer places than there are: entries may be taken for members of a family."""

    code = "TG502"


class DefinitionMismatch(ShapeMismatch):
    """A definition of the note that does not fit together as texgrad reads it: what uses it is undecided."""

    code = "TG502"
