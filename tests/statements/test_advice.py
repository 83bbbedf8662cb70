"""Help with the wording of statements."""

import pytest

from apps.statements.advice import advise


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Should partners be paid?", "question"),
        ("Why do partners leave?", "question"),
        ("Partners should be paid, and they should be trained.", "Two ideas"),
        ("It is not true that partners do not deliver.", "denied twice"),
        ("Conditionality isn’t ineffective without enforcement.", "denied twice"),
        ("Dr Miller is right about conditionality.", "somebody’s name"),
        ("Partners always deliver.", "no exception"),
        ("Partners may sometimes deliver.", "hedged"),
        (" ".join(["partners"] * 26), "long for a phone"),
    ],
)
def test_what_makes_an_answer_hard_to_read_is_pointed_out(text, about):
    assert any(about in each for each in advise(text))


@pytest.mark.parametrize(
    "text",
    [
        "Influence is an end in itself.",
        "Carrots work better than sticks.",
        "A partner that isn’t paid leaves.",
        "Research and practice need one another.",
        "",
    ],
)
def test_a_plain_sentence_is_left_alone(text):
    assert advise(text) == []


def test_somebody_on_the_list_is_found_for_those_who_read_it():
    assert advise("Training is what Ana Ruiz wants.", names=["Ana Ruiz"])
    assert advise("Training is what people want.", names=["Ana Ruiz"]) == []
