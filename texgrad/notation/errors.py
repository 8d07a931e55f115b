"""The one exception of the notation stage: a message and the place in the note that it speaks of."""

from __future__ import annotations

from texgrad.errors import Unsupported


class NotationError(Unsupported):
    """A math piece that cannot be read: a lost brace, a macro that calls itself."""
