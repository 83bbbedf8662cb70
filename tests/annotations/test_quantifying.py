"""How many, in words: the table of the house, and what may not be told."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.annotations.models import Annotation, Position
from apps.annotations.quantifying import MEANINGS, Amount, Told, told, word_for
from apps.annotations.selectors import cards_on
from apps.annotations.services import PositionGiven, record_annotation, revise_annotation
from apps.core.exceptions import RuleViolation
from tests.factories import AnnotationFactory, PositionFactory

OPEN, CHATHAM = False, True


@pytest.mark.parametrize(
    ("of", "rows"),
    [
        (27, {
            Amount.ALL: {27}, Amount.ALL_BUT_ONE: {26}, Amount.NEARLY_ALL: {25},
            Amount.MOST: range(18, 25), Amount.MAJORITY: range(14, 18), Amount.MANY: range(9, 14),
            Amount.SEVERAL: range(5, 9), Amount.FEW: {3, 4}, Amount.TWO: {2}, Amount.ONE: {1},
        }),
        (40, {
            Amount.ALL: {40}, Amount.ALL_BUT_ONE: {39}, Amount.NEARLY_ALL: range(36, 39),
            Amount.MOST: range(26, 36), Amount.MAJORITY: range(21, 26),
            Amount.MANY: range(14, 21), Amount.SEVERAL: range(5, 14), Amount.FEW: {3, 4},
            Amount.TWO: {2}, Amount.ONE: {1},
        }),
    ],
)  # fmt: skip
def test_the_words_are_those_of_the_table(of, rows):
    found = {count: word_for(count, of) for count in range(1, of + 1)}
    assert found == {count: word for word, counts in rows.items() for count in counts}


def test_fewer_than_twelve_people_are_always_numbers():
    assert told(5, 9, discreetly=OPEN) == Told("5 of 9")
    assert told(8, 9, discreetly=CHATHAM) == Told("8 of 9")
    assert told(11, 11, discreetly=OPEN) == Told("11 of 11")
    assert told(11, 12, discreetly=OPEN) == Told(Amount.ALL_BUT_ONE, "11 of 12")


@pytest.mark.parametrize("of", range(12, 60))
def test_no_dissenter_is_given_away(of):
    """Under the Chatham House Rule all but one reads as nearly all does: without numbers."""
    assert told(of - 1, of, discreetly=CHATHAM) == Told(Amount.NEARLY_ALL)
    others = {told(count, of, discreetly=CHATHAM) for count in range(1, of - 1)}
    assert not any(each.amount == Amount.NEARLY_ALL and each.figures for each in others)


def test_no_number_is_told_of_fewer_people_than_a_group_may_stand_for():
    assert told(3, 4, discreetly=CHATHAM) == told(2, 4, discreetly=CHATHAM) == Told(Amount.SOME)
    assert told(1, 4, discreetly=CHATHAM) == Told(Amount.ONE)
    assert told(3, 4, discreetly=OPEN) == Told("3 of 4")


def test_a_group_of_few_is_never_told_to_be_of_one_mind_or_to_be_but_for_one():
    assert told(9, 9, discreetly=CHATHAM, of_groups=True) == Told(Amount.NEARLY_ALL)
    assert told(8, 9, discreetly=CHATHAM, of_groups=True) == Told(Amount.NEARLY_ALL)
    assert told(7, 9, discreetly=CHATHAM, of_groups=True) == Told("7 of 9")


def test_every_word_has_its_meaning_in_print():
    assert set(MEANINGS) == set(Amount)


def test_a_card_says_the_word_that_follows_from_the_count_and_another_once_the_count_changed(
    rapporteur, theme
):
    annotation = record_annotation(
        actor=rapporteur, theme=theme, kind="consensus", claim="Words matter", basis="count",
        counted=20, counted_of=27,
    )  # fmt: skip
    assert cards_on(rapporteur, theme)[0].who == "Most participants"
    revise_annotation(actor=rapporteur, annotation=annotation, counted=15)
    assert cards_on(rapporteur, theme)[0].who == "A majority of the participants"


def test_a_count_takes_the_place_of_an_estimate(rapporteur, theme):
    annotation = AnnotationFactory(theme=theme, quantifier="many")
    revise_annotation(actor=rapporteur, annotation=annotation, counted=20, counted_of=27)
    annotation.refresh_from_db()
    assert annotation.quantifier == ""
    with pytest.raises(RuleViolation, match="needs no word"):
        revise_annotation(actor=rapporteur, annotation=annotation, quantifier="many")


@pytest.mark.parametrize(
    "values",
    [
        {"counted": 5},
        {"counted_of": 5},
        {"counted": 6, "counted_of": 5},
        {"counted": 0, "counted_of": 5},
        {"counted": 5, "counted_of": 9, "quantifier": "many"},
        {"quantifier": "most"},
    ],
)
@pytest.mark.parametrize("make", [AnnotationFactory, PositionFactory])
def test_the_database_refuses_half_a_count_and_what_nobody_counted_above_many(db, make, values):
    row = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**values)


def test_the_database_refuses_a_position_that_says_nothing_unless_it_is_not_recorded(db):
    position = PositionFactory()
    Position.objects.filter(pk=position.pk).update(text="", unrecorded=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.filter(pk=position.pk).update(unrecorded=False)


@pytest.mark.parametrize("answered", ["itself", "of another"])
def test_the_database_refuses_a_position_that_answers_itself_or_one_elsewhere(db, answered):
    position = PositionFactory()
    target = position if answered == "itself" else PositionFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.filter(pk=position.pk).update(answers=target)


def test_positions_answer_one_another_and_one_may_not_be_recorded(rapporteur, theme):
    annotation = record_annotation(
        actor=rapporteur, theme=theme, kind="divergence", claim="Whether to grow on site",
        positions=[
            PositionGiven(text="Grow on site", polarity="for"),
            PositionGiven(text="Grow at home", polarity="against", answers=0),
            PositionGiven(unrecorded=True, quantifier="one", answers=1),
        ],
    )  # fmt: skip
    first, second, third = annotation.positions.all()
    assert [first.answers, second.answers, third.answers] == [None, first, second]
    revise_annotation(
        actor=rapporteur, annotation=annotation, withdrawn={second.pk},
        positions=[
            PositionGiven(id=first.pk, text="Grow on site"),
            PositionGiven(id=third.pk, unrecorded=True, answers=first.pk),
        ],
    )  # fmt: skip
    assert [each.answers for each in annotation.positions.all()] == [None, first]


def test_a_position_can_not_answer_one_of_another_finding(rapporteur, theme):
    elsewhere = PositionFactory(annotation__theme=theme)
    with pytest.raises(RuleViolation) as refusal:
        record_annotation(
            actor=rapporteur, theme=theme, kind="divergence", claim="Whether",
            positions=[PositionGiven(text="So"), PositionGiven(text="No", answers=elsewhere.pk)],
        )  # fmt: skip
    assert list(refusal.value.fields) == ["positions-1-answers"]
    assert not Annotation.objects.filter(claim="Whether").exists()
