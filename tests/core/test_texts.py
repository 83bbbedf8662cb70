"""What people type is trimmed, and nothing to see is nothing."""

import pytest

from apps.core.texts import as_line, cleaned


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a word \r\n and another\n", "a word \n and another"),
        ("nul\x00byte", "nulbyte"),
        ("\u200b\u200d\ufeff", ""),
        (" \u2028\u00a0\u2060 ", ""),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("…", "…"),
    ],
)
def test_what_is_typed_is_cleaned(typed, kept):
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada\nLovelace", "Ada Lovelace"),
        ("Ada\r\n\tLovelace\u2028", "Ada Lovelace"),
        ("Ada \u202e(owner)\u202c", "Ada (owner)"),
        ("\u2066Ada\u2069 \u200f\u061c", "Ada"),
        ("\u202e\u2069", ""),
        # What joins letters, in Persian or in an emoji, is part of them.
        ("می\u200cخواهم 👩\u200d🔬", "می\u200cخواهم 👩\u200d🔬"),
    ],
)
def test_a_line_is_one_and_turns_nothing(typed, kept):
    assert as_line(typed) == kept
