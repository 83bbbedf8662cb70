"""What the room's answers hold against the memo: told to the team, and in nobody's way."""

import pytest
from django.urls import reverse

from apps.annotations.models import Kind, Quantifier
from apps.memos.doubts import doubts_for
from apps.memos.models import MemoVersion
from apps.statements.measures.counts import Counts
from apps.statements.models import StatementEvidence
from apps.themes.models import Placement
from apps.workshops.models import Phase, Role, Workshop
from apps.workshops.services import move_phase
from tests.factories import (
    AnnotationFactory,
    GroupFactory,
    ParticipantFactory,
    PositionFactory,
    ThemeFactory,
    WorkshopFactory,
)
from tests.factories.asking import revealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def rapporteur():
    workshop = WorkshopFactory(number_present=None, phase=Phase.SYNTHESIS)
    return ParticipantFactory(workshop=workshop, role=Role.RAPPORTEUR)


def found(rapporteur, *, counts, direction="agree", sides=(), **about):
    """Return a finding that a statement tests, or one of its `sides`."""
    theme = ThemeFactory(workshop=rapporteur.workshop)
    annotation = AnnotationFactory(theme=theme, **about)
    positions = [PositionFactory(annotation=annotation, **side) for side in sides]
    StatementEvidence.objects.create(
        workshop=rapporteur.workshop,
        statement=revealed(counts, workshop=rapporteur.workshop, text="Floods come late."),
        annotation=annotation,
        position=positions[0] if positions else None,
        direction=direction,
    )
    return annotation


def texts(rapporteur):
    return [doubt.text for doubt in doubts_for(rapporteur)]


def test_an_agreement_that_answers_contradict_is_told_with_who_differs_and_where_its_card_is(
    answered, browser_of
):
    rapporteur = answered.participants.get(role=Role.RAPPORTEUR)
    page = browser_of(rapporteur).get(reverse("memos:memo", args=[answered.slug])).content.decode()
    said = page.split('id="doubts-title"', 1)[1].split("</section>", 1)[0]
    assert "The answers contradict the consensus “The United States enters security" in said
    assert "9 of 25 disagreed, 8 of them practitioners" in said
    assert "Scholars and practitioners are opposed: 11 of 13 scholars agreed" in said
    finding = answered.annotations.get(claim__startswith="The United States enters")
    theme = reverse("themes:detail", args=[answered.slug, finding.theme_id])
    assert f'href="{theme}#annotation-{finding.pk}"' in said
    assert said.count("<li>") == 1


def test_it_can_be_made_and_published_all_the_same(answered, browser_of):
    Workshop.objects.filter(pk=answered.pk).update(phase=Phase.REVIEW)
    owner = answered.participants.get(role=Role.OWNER)
    page = browser_of(owner).get(reverse("workshops:overview", args=[answered.slug]))
    told = page.content.decode()
    assert "something has to be mended" not in told
    assert "The answers contradict the consensus" in told
    assert "See the finding" in told
    answered.refresh_from_db()
    owner.workshop = answered
    move_phase(actor=owner, workshop=answered, phase=Phase.PUBLISHED)
    assert MemoVersion.objects.filter(memo__workshop=answered).count() == 1


def test_a_divergence_over_which_the_room_is_at_one_is_told(rapporteur):
    sides = [{"text": "They do."}, {"text": "They don’t."}]
    found(
        rapporteur, counts={None: Counts(24, 1, 0)}, kind=Kind.DIVERGENCE, sides=sides,
        claim="Whether floods come late",
    )  # fmt: skip
    [told] = texts(rapporteur)
    assert told.startswith("The answers contradict the divergence “Whether floods come late”:")
    assert "24 of 25 agreed" in told


def test_what_answers_support_or_leave_open_is_no_doubt(rapporteur):
    found(rapporteur, counts={None: Counts(24, 1, 0)})
    found(rapporteur, counts={None: Counts(14, 4, 7)})
    assert texts(rapporteur) == []


def test_a_theme_that_is_left_out_of_the_memo_raises_none(rapporteur):
    finding = found(rapporteur, counts={None: Counts(10, 14, 1)})
    assert len(texts(rapporteur)) == 1
    finding.theme.placement = Placement.OMITTED
    finding.theme.save()
    assert texts(rapporteur) == []


@pytest.mark.parametrize(
    ("claim", "direction", "counts", "word"),
    [
        ("Most participants see floods coming", "agree", Counts(10, 3, 12), "many"),
        ("All participants see floods coming", "agree", Counts(22, 2, 1), "most"),
        ("A majority of participants doubts it", "disagree", Counts(1, 24, 0), "nearly all"),
        ("Several participants see floods coming", "agree", Counts(0, 13, 12), "nobody"),
    ],
)
def test_a_word_for_how_many_that_isnt_that_of_the_answers_is_told(
    rapporteur, claim, direction, counts, word
):
    found(
        rapporteur, counts={None: counts}, kind=Kind.OBSERVATION, basis="", claim=claim,
        direction=direction,
    )  # fmt: skip
    [told] = texts(rapporteur)
    assert f"which is “{word}”" in told
    assert "“Floods come late.”" in told


@pytest.mark.parametrize(
    ("claim", "counts"),
    [
        ("Most participants see floods coming", Counts(18, 3, 4)),
        ("Some participants see floods coming", Counts(2, 20, 3)),
        ("Floods come late in most years", Counts(2, 20, 3)),
    ],
)
def test_a_word_that_the_answers_bear_out_is_not(rapporteur, claim, counts):
    found(rapporteur, counts={None: counts}, kind=Kind.OBSERVATION, basis="", claim=claim)
    assert texts(rapporteur) == []


def test_words_are_held_against_the_answers_of_the_group_they_speak_of(rapporteur):
    scholars, others = (
        GroupFactory(workshop=rapporteur.workshop, plural=name) for name in ("scholars", "pilots")
    )
    found(
        rapporteur,
        counts={scholars: Counts(5, 8, 0), others: Counts(11, 2, 1)},
        kind=Kind.OBSERVATION, basis="", claim="Most scholars and most pilots see floods coming",
    )  # fmt: skip
    [told] = texts(rapporteur)
    assert told.startswith("“most scholars” isn’t what was answered: 5 of 13 scholars agreed")


def test_so_is_how_many_are_said_to_hold_a_position(rapporteur):
    sides = [
        {"text": "They do.", "quantifier": Quantifier.MANY},
        {"text": "They don’t.", "quantifier": Quantifier.MANY},
    ]
    found(rapporteur, counts={None: Counts(5, 18, 2)}, kind=Kind.DIVERGENCE, sides=sides)
    [told] = [text for text in texts(rapporteur) if text.startswith("“Many participants”")]
    assert told == (
        "“Many participants” isn’t what was answered: 5 of 25 agreed with “Floods come late.”, "
        "which is “several”. It stands in: Many participants: They do."
    )


def test_with_several_statements_no_word_is_held_against_one_of_them(rapporteur):
    finding = found(
        rapporteur, counts={None: Counts(10, 3, 12)}, kind=Kind.OBSERVATION, basis="",
        claim="Most participants see floods coming",
    )  # fmt: skip
    assert len(texts(rapporteur)) == 1
    StatementEvidence.objects.create(
        workshop=rapporteur.workshop,
        statement=revealed({None: Counts(9, 9, 4)}, workshop=rapporteur.workshop),
        annotation=finding,
    )
    assert texts(rapporteur) == []


def test_as_many_queries_for_many_findings_as_for_one(rapporteur, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def one():
        found(rapporteur, counts={None: Counts(10, 14, 1)}, claim="Most participants see it")

    one()
    with CaptureQueriesContext(connection) as queries:
        doubts_for(rapporteur)
    one()
    one()
    with django_assert_max_num_queries(len(queries)):
        assert len(texts(rapporteur)) == 6
