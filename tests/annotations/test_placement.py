"""Where in the memo a theme goes because of what it holds, and what can't go there yet."""

import pytest
from django.core.management import call_command

from apps.annotations.models import Annotation, Kind
from apps.annotations.selectors import problems_for_memo, section_of
from apps.themes.models import Placement, Theme
from apps.themes.selectors import placements
from apps.workshops.models import Workshop
from tests.factories import AnnotationFactory, PositionFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kinds", "section", "because"),
    [
        ([], Placement.CONTEXT, "it holds neither a consensus nor a divergence"),
        ([Kind.EXAMPLE], Placement.CONTEXT, "it holds neither a consensus nor a divergence"),
        ([Kind.EXAMPLE, Kind.CONSENSUS], Placement.CONSENSUS, "it holds a consensus"),
        ([Kind.CONSENSUS, Kind.DIVERGENCE], Placement.DIVERGENCE, "it holds a divergence"),
        (
            [Kind.GROUP_DIFFERENCE],
            Placement.DIVERGENCE,
            "it holds a difference between groups",
        ),
    ],
)
def test_the_section_follows_from_the_annotations(kinds, section, because):
    theme = ThemeFactory()
    annotations = [AnnotationFactory(theme=theme, kind=kind) for kind in kinds]
    found = section_of(theme, annotations)
    assert (found.section, found.because, found.by_hand) == (section, because, False)
    # The theme's own page says the same.
    placed = placements([theme])[theme.pk]
    assert (placed.section, placed.because) == (section, because)


@pytest.mark.parametrize(
    ("placement", "kinds", "contradicting"),
    [
        (Placement.AUTO, [Kind.CONSENSUS, Kind.DIVERGENCE], [Kind.CONSENSUS]),
        (Placement.CONSENSUS, [Kind.CONSENSUS, Kind.GROUP_DIFFERENCE], [Kind.GROUP_DIFFERENCE]),
        (Placement.CONSENSUS, [Kind.CONSENSUS, Kind.TENSION], []),
        (Placement.DIVERGENCE, [Kind.CONSENSUS], [Kind.CONSENSUS]),
        (Placement.CONTEXT, [Kind.CONSENSUS, Kind.DIVERGENCE], []),
        (Placement.OMITTED, [Kind.CONSENSUS, Kind.DIVERGENCE], []),
    ],
)
def test_what_says_otherwise_than_its_section_contradicts_it(placement, kinds, contradicting):
    theme = ThemeFactory(placement=placement)
    annotations = [AnnotationFactory(theme=theme, kind=kind) for kind in kinds]
    found = section_of(theme, annotations)
    assert [each.kind for each in found.contradictions] == contradicting
    assert found.by_hand == (placement != Placement.AUTO)


def test_in_the_example_three_themes_contradict_their_section():
    call_command("load_example", verbosity=0)
    workshop = Workshop.objects.get(slug="security-partnerships")
    contradicted = {
        theme.title
        for theme in Theme.objects.filter(workshop=workshop).prefetch_related("annotations")
        if section_of(theme, theme.annotations.all()).contradictions
    }
    assert contradicted == {
        "Carrots, Sticks, or Something Else?",
        "Influence",
        "Legitimacy & Consistency",
    }
    assert problems_for_memo(workshop) == []


def test_a_divergence_without_two_positions_can_not_enter_a_memo():
    theme = ThemeFactory()
    one = PositionFactory(
        annotation__theme=theme, annotation__kind=Kind.DIVERGENCE, annotation__claim="Whether"
    ).annotation
    none = AnnotationFactory(theme=theme, kind=Kind.GROUP_DIFFERENCE, claim="Which")
    two = AnnotationFactory(theme=theme, kind=Kind.DIVERGENCE)
    PositionFactory.create_batch(2, annotation=two)
    AnnotationFactory(theme=theme)
    AnnotationFactory(
        theme__workshop=theme.workshop, theme__placement=Placement.OMITTED, kind=Kind.DIVERGENCE
    )
    AnnotationFactory(kind=Kind.DIVERGENCE)
    problems = {
        problem.annotation_id: problem.text for problem in problems_for_memo(theme.workshop)
    }
    assert problems == {
        one.pk: "The divergence “Whether” has only one position.",
        none.pk: "The difference between groups “Which” has no positions.",
    }
    assert Annotation.objects.count() == 6
