"""Labelled notes: what is right is not reported, what is wrong is not verified, and most of what is right is."""

from __future__ import annotations

from functools import cache

import pytest
from labels import ERRORS, NOTES, matched

pytestmark = pytest.mark.xdist_group("labelled")  # each note is checked once for all tests

MOST = 0.7  # of the right equations of all notes


@cache
def found(note):
    return list(matched(note))


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.name)
def test_no_error_is_reported_where_there_is_none(note):
    quiet = [(label, finding) for label, finding in found(note)
             if finding is not None and (label is None or label.verdict in ("right", "notclaim"))]  # fmt: skip
    assert quiet
    assert not [str(finding) for label, finding in quiet
                if finding.verdict in ERRORS and not (label and label.either)]  # fmt: skip


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.name)
def test_nothing_wrong_is_verified(note):
    wrong = [finding for label, finding in found(note) if label is not None and label.verdict == "wrong"]
    assert wrong
    assert not [str(finding) for finding in wrong if finding is not None and finding.verdict == "verified"]


def test_most_of_what_is_right_is_verified():
    right = [finding for note in NOTES for label, finding in found(note)
             if label is not None and label.verdict == "right" and not label.either]  # fmt: skip
    verified = [finding for finding in right if finding is not None and finding.verdict == "verified"]
    assert len(verified) >= MOST * len(right)
