"""How many hold something, as it may be told under any table."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.annotations.models import Annotation, Position
from apps.annotations.quantifying import Told, told
from apps.annotations.selectors import cards_on
from apps.annotations.services import PositionGiven, record_annotation, revise_annotation
from apps.core.exceptions import RuleViolation
from apps.participants.models import Participant
from apps.workshops.quantifiers import HOUSE, Amount, QuantifierTable
from apps.workshops.services import edit_basics
from tests.factories import AnnotationFactory, ParticipantFactory, PositionFactory

OPEN, CHATHAM = False, True
TABLES = {
    "of the house": HOUSE,
    "that is nearly all of them": QuantifierTable(nearly_all_at=99, most_at=98),
    "of the broadest": QuantifierTable(nearly_all_at=52, most_at=51, many_at=10, several_from=4),
    "of words alone": QuantifierTable(numbers_below=5),
    "of numbers alone": QuantifierTable(numbers_below=1_000),
}


def test_fewer_than_twelve_people_are_always_numbers():
    assert told(5, 9, table=HOUSE, discreetly=OPEN) == Told("5 of 9")
    assert told(8, 9, table=HOUSE, discreetly=CHATHAM) == Told("8 of 9")
    assert told(11, 11, table=HOUSE, discreetly=OPEN) == Told("11 of 11")
    assert told(11, 12, table=HOUSE, discreetly=OPEN) == Told(Amount.ALL_BUT_ONE, "11 of 12")


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("of", [12, 13, 19, 20, 27, 60, 200])
def test_no_dissenter_is_given_away_whatever_the_table(of, table):
    """Under the Chatham House Rule all but one reads as all but two do: without numbers."""
    assert told(of - 1, of, table=table, discreetly=CHATHAM) == Told(Amount.NEARLY_ALL)
    assert told(of - 2, of, table=table, discreetly=CHATHAM) == Told(Amount.NEARLY_ALL)
    others = {told(count, of, table=table, discreetly=CHATHAM) for count in range(1, of - 1)}
    assert not any(each.amount == Amount.NEARLY_ALL and each.figures for each in others)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_no_table_tells_more_of_few_than_that_of_the_house(table):
    for of in range(1, 5):
        for count in range(1, of + 1):
            expected = told(count, of, table=HOUSE, discreetly=CHATHAM)
            assert told(count, of, table=table, discreetly=CHATHAM) == expected
    for of in range(5, 12):
        hidden = Told(Amount.NEARLY_ALL)
        assert told(of, of, table=table, discreetly=CHATHAM, of_groups=True) == hidden
        assert told(of - 1, of, table=table, discreetly=CHATHAM, of_groups=True) == hidden


def test_numbers_are_told_as_the_table_says():
    table = QuantifierTable(numbers_below=30)
    assert told(20, 27, table=table, discreetly=OPEN) == Told("20 of 27")
    assert told(26, 27, table=table, discreetly=OPEN) == Told("26 of 27")
    assert told(20, 27, table=table, discreetly=CHATHAM) == Told("20 of 27")
    assert told(20, 30, table=table, discreetly=OPEN) == Told(Amount.MOST, "20 of 30")
    words = QuantifierTable(numbers_below=5)
    assert told(5, 9, table=words, discreetly=OPEN) == Told(Amount.MAJORITY, "5 of 9")
    assert told(8, 9, table=words, discreetly=CHATHAM) == Told(Amount.NEARLY_ALL)


def test_no_number_is_told_of_fewer_people_than_a_group_may_stand_for():
    for count in (2, 3):
        assert told(count, 4, table=HOUSE, discreetly=CHATHAM) == Told(Amount.SOME)
    assert told(1, 4, table=HOUSE, discreetly=CHATHAM) == Told(Amount.ONE)
    assert told(3, 4, table=HOUSE, discreetly=OPEN) == Told("3 of 4")


def test_a_group_of_few_is_never_told_to_be_of_one_mind_or_to_be_but_for_one():
    assert told(9, 9, table=HOUSE, discreetly=CHATHAM, of_groups=True) == Told(Amount.NEARLY_ALL)
    assert told(8, 9, table=HOUSE, discreetly=CHATHAM, of_groups=True) == Told(Amount.NEARLY_ALL)
    assert told(7, 9, table=HOUSE, discreetly=CHATHAM, of_groups=True) == Told("7 of 9")


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


def test_a_changed_table_changes_every_word_at_once(rapporteur, theme, api_of):
    owner = ParticipantFactory(workshop=theme.workshop, role="owner")
    record_annotation(
        actor=rapporteur, theme=theme, kind="consensus", claim="Words matter", basis="count",
        counted=18, counted_of=27,
    )  # fmt: skip
    assert cards_on(rapporteur, theme)[0].who == "Most participants"
    edit_basics(actor=owner, most_at=67, nearly_all_at=80)
    assert cards_on(Participant.objects.get(pk=rapporteur.pk), theme)[0].who == "Most participants"
    edit_basics(actor=owner, most_at=70)
    card = cards_on(Participant.objects.get(pk=rapporteur.pk), theme)[0]
    assert card.who == "A majority of the participants"
    found = f"/api/v1/workshops/{theme.workshop.slug}/annotations/{card.annotation.pk}/"
    assert api_of(rapporteur).get(found).json()["how_many"] == "majority"


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
