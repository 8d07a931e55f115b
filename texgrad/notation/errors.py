"""The one exception of the notation stage: a message and the place in the note that it speaks of."""

from __future__ import annotations

from texgrad.source import Span


class NotationError(Exception):
    """A math piece that cannot be read: a lost brace, a macro that calls itself."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
