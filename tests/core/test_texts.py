"""What people type is trimmed, and nothing to see is nothing."""

import pytest

from apps.core.texts import cleaned


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
