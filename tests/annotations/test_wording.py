"""Findings in words."""

import pytest

from apps.annotations import wording
from apps.annotations.models import Annotation, Basis, Kind, Position, Quantifier, Strength
from apps.participants.models import Group
from apps.workshops.models import Workshop
from apps.workshops.quantifiers import Amount

SCHOLARS = Group(singular="scholar", plural="scholars")
PRACTITIONERS = Group(singular="practitioner", plural="practitioners")
DONORS = Group(singular="donor", plural="donors")


def finding(kind=Kind.CONSENSUS, claim="Words matter", *, holders=(), positions=(), **fields):
    """An annotation that no database knows, with what belongs to it."""
    annotation = Annotation(workshop=Workshop(), kind=kind, claim=claim, **fields)
    annotation._prefetched_objects_cache = {"holders": list(holders), "positions": positions}
    return annotation


def side(text, *, quantifier="", holders=(), minority=False):
    position = Position(text=text, quantifier=quantifier, minority=minority)
    position._prefetched_objects_cache = {"holders": list(holders)}
    return position


@pytest.mark.parametrize(
    ("quantifier", "groups", "phrase"),
    [
        ("", [], ""),
        ("", [SCHOLARS], "Scholars"),
        ("", [SCHOLARS, PRACTITIONERS], "Both scholars and practitioners"),
        ("", [SCHOLARS, PRACTITIONERS, DONORS], "Scholars, practitioners and donors"),
        (Quantifier.SOME, [], "Some participants"),
        (Quantifier.MANY, [SCHOLARS], "Many scholars"),
        (Quantifier.MANY, [SCHOLARS, PRACTITIONERS], "Many scholars and practitioners"),
        (Amount.ALL_BUT_ONE, [], "All but one of the participants"),
        (Amount.MAJORITY, [DONORS], "A majority of the donors"),
        ("5 of 9", [], "5 of 9 participants"),
        ("5 of 9", [SCHOLARS], "5 of 9 scholars"),
        (Quantifier.ONE, [], "One participant"),
        (Quantifier.ONE, [SCHOLARS], "One participant"),
    ],
)
def test_who_holds_something(quantifier, groups, phrase):
    assert wording.holders_phrase(quantifier, groups) == phrase


@pytest.mark.parametrize("quantifier", Amount)
def test_every_word_for_how_many_has_its_phrase(quantifier):
    assert wording.holders_phrase(quantifier, []).endswith(("participants", "participant"))


@pytest.mark.parametrize(
    ("held_by", "phrases"),
    [
        ([("some", []), ("some", [])], ["Some participants", "Others"]),
        ([("many", []), ("some", [])], ["Many participants", "Some participants"]),
        (
            [("some", [PRACTITIONERS]), ("some", [SCHOLARS])],
            ["Some practitioners", "Some scholars"],
        ),
        ([("some", [SCHOLARS]), ("some", [SCHOLARS])], ["Some scholars", "Other scholars"]),
        ([("one", []), ("one", [])], ["One participant", "One other participant"]),
    ],
)
def test_those_of_a_second_position_are_others(held_by, phrases):
    sides = [side("…", quantifier=quantifier, holders=groups) for quantifier, groups in held_by]
    assert wording.holders_of_positions(sides) == phrases


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("The United States enters partnerships", "the United States enters partnerships"),
        ("US forces left", "US forces left"),
        ("US-led missions last", "US-led missions last"),
        ("McNamara was read", "McNamara was read"),
        ("Iraqi elites saw a chance", "Iraqi elites saw a chance"),
        ("Iraq’s elites saw a chance", "Iraq’s elites saw a chance"),
        ("Existing authorities bind", "existing authorities bind"),
        ("“Influence” is a verb", "“influence” is a verb"),
        ("A partner is moved", "a partner is moved"),
        ("I was there", "I was there"),
        ("影响力是手段", "影响力是手段"),
        ("27 people came", "27 people came"),
        ("", ""),
        ("…", "…"),
    ],
)
def test_a_claim_goes_on_small_unless_it_begins_with_a_name(text, result):
    assert wording.uncapitalised(text, {"Iraqi", "Iraq"}) == result


def test_names_are_what_a_text_writes_with_a_capital_in_mid_sentence():
    texts = [
        "Reform in Iraq was seen. Elites of Kabul took it up, and Influence was won",
        "The word was influence; China came later",
    ]
    assert wording.proper_names(texts) == {"Iraq", "Kabul", "China"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"basis": Basis.SENSE_OF_ROOM},
            "There was general agreement, in the rapporteur’s judgement, that words matter.",
        ),
        (
            # Nobody counted: never more than general.
            {"basis": Basis.SENSE_OF_ROOM, "strength": Strength.CONSENSUS},
            "There was general agreement, in the rapporteur’s judgement, that words matter.",
        ),
        (
            {"basis": Basis.SENSE_OF_ROOM, "strength": Strength.PARTIAL},
            "There was partial agreement, in the rapporteur’s judgement, that words matter.",
        ),
        (
            {
                "basis": Basis.SENSE_OF_ROOM,
                "holders": [SCHOLARS, PRACTITIONERS],
                "claim": "So it is",
            },
            "Both scholars and practitioners agreed, in the rapporteur’s judgement, that so it is.",
        ),
        (
            {"basis": Basis.COUNT, "counted": 20, "counted_of": 27},
            "Most participants agreed, by a count, that words matter.",
        ),
        (
            {"basis": Basis.SHOW_OF_HANDS, "strength": Strength.CONSENSUS},
            "There was consensus, by a show of hands, that words matter.",
        ),
        (
            {"basis": Basis.GROUP_STATEMENT, "holders": [PRACTITIONERS]},
            "Practitioners agreed, by their own account, that words matter.",
        ),
        (
            {"basis": Basis.COUNT, "strength": Strength.GENERAL, "holders": [SCHOLARS]},
            "Scholars generally agreed, by a count, that words matter.",
        ),
    ],
)
def test_a_consensus_says_how_it_is_known(fields, said):
    assert wording.sentence(finding(**fields)) == said


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        (Kind.OBSERVATION, {}, "It was noted that words matter."),
        (
            Kind.OBSERVATION,
            {"basis": Basis.RAPPORTEUR},
            "In the rapporteur’s reading, words matter.",
        ),
        (
            Kind.OBSERVATION,
            {"basis": Basis.REPEATED},
            "It was said more than once that words matter.",
        ),
        (Kind.OBSERVATION, {"quantifier": "some"}, "Some participants noted that words matter."),
        (Kind.SINGLE_VOICE, {}, "One participant suggested that words matter."),
        (
            Kind.SINGLE_VOICE,
            {"holders": [SCHOLARS]},
            "One participant suggested that words matter.",
        ),
        (Kind.SUGGESTION, {"holders": [SCHOLARS]}, "Scholars suggested that words matter."),
        (Kind.EXAMPLE, {}, "For example, words matter."),
        (
            Kind.EXAMPLE,
            {"basis": Basis.SINGLE_VOICE},
            "One participant gave an example: words matter.",
        ),
        (
            Kind.OPEN_ISSUE,
            {"claim": "Whether words matter"},
            "It was left open whether words matter.",
        ),
        (
            Kind.OPEN_ISSUE,
            {"claim": "Do words matter?"},
            "An issue was left open: do words matter?",
        ),
        (
            Kind.DIVERGENCE,
            {"claim": "Whether influence is a verb"},
            "Views differed on whether influence is a verb.",
        ),
        (
            Kind.DIVERGENCE,
            {"claim": "Is influence a means?"},
            "Views differed on one question: is influence a means?",
        ),
        (
            Kind.DIVERGENCE,
            {"claim": "The meaning of SFA"},
            "Views differed on this: the meaning of SFA.",
        ),
        (
            Kind.GROUP_DIFFERENCE,
            {"claim": "Which questions to ask", "holders": [SCHOLARS, PRACTITIONERS]},
            "Scholars and practitioners differed on which questions to ask.",
        ),
        (
            Kind.SUGGESTION,
            {"scope_conditions": "in peacetime"},
            "It was suggested that words matter. Where it holds: in peacetime.",
        ),
    ],
)
def test_what_else_was_found(kind, fields, said):
    assert wording.sentence(finding(kind, **fields)) == said


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("basis", ["", *Basis])
def test_every_kind_makes_one_sentence_whatever_its_basis(kind, basis):
    for strength in ["", *Strength]:
        said = wording.sentence(finding(kind, basis=basis, strength=strength))
        assert said.endswith(".")
        assert "  " not in said
        assert said[0].isupper()


def test_a_divergence_is_told_with_all_its_sides():
    annotation = finding(
        Kind.DIVERGENCE,
        "Whether influence is a verb or a noun",
        positions=[
            side("Influence is what the US does.", quantifier="some", holders=[PRACTITIONERS]),
            side("US influence is a stock", quantifier="some", holders=[SCHOLARS]),
            side("Neither", quantifier="one", minority=True),
            side("It depends."),
        ],
    )
    sides = annotation.positions.all()
    said = [
        wording.position_sentence(side, who, another=number > 0)
        for number, (side, who) in enumerate(
            zip(sides, wording.holders_of_positions(sides), strict=True)
        )
    ]
    assert " ".join([wording.sentence(annotation), *said]) == (
        "Views differed on whether influence is a verb or a noun. "
        "Some practitioners held that influence is what the US does. "
        "Some scholars held that US influence is a stock. "
        "One participant, a minority, held that neither. "
        "Another view was that it depends."
    )


def test_groups_that_differ_are_those_of_the_positions_where_none_is_named():
    annotation = finding(
        Kind.GROUP_DIFFERENCE,
        "What counts",
        positions=[side("This", holders=[SCHOLARS]), side("That", holders=[PRACTITIONERS])],
    )
    assert wording.sentence(annotation) == "Scholars and practitioners differed on what counts."


@pytest.mark.parametrize(
    ("text", "result"),
    [("Said", "Said."), ("Said?", "Said?"), ("He said “so.”", "He said “so.”"), ("So…", "So…")],
)
def test_a_sentence_gets_the_stop_it_lacks(text, result):
    assert wording.closed(text) == result


def test_the_basis_names_whose_statement_it_is():
    assert wording.basis_phrase(finding(basis=Basis.SENSE_OF_ROOM)) == "Sense of the room"
    assert (
        wording.basis_phrase(finding(basis=Basis.GROUP_STATEMENT, holders=[SCHOLARS]))
        == "A statement of scholars"
    )
    assert wording.basis_phrase(finding()) == ""
