"""What evaluating a claim costs, counted rather than timed: the same claim comes to the same end on every machine."""

from __future__ import annotations

from dataclasses import dataclass

from texgrad.errors import BoundExceeded

OVERWORK = "more computing than a claim may cost"
MAX_WORK = 300_000_000
CALL = 500  # what one operation costs beside the entries of its result, in entries (of about 10 ns)


@dataclass
class Work:
    """The work spent on one claim, in entries of arrays."""

    spent: int = 0

    def spend(self, entries: int) -> None:
        """Count one operation with so many entries; BoundExceeded once they are too many."""
        self.spent += CALL + entries
        if self.exhausted:
            raise BoundExceeded(OVERWORK)

    @property
    def exhausted(self) -> bool:
        return self.spent > MAX_WORK
