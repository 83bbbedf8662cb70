"""Where in the memo a theme goes because of what it holds, and what can't go there yet."""

import pytest
from django.core.management import call_command

from apps.annotations.models import Annotation, Kind
from apps.annotations.selectors import problems_for_memo
from apps.themes.models import Placement
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
    for kind in kinds:
        AnnotationFactory(theme=theme, kind=kind)
    placed = placements([theme])[theme.pk]
    assert (placed.section, placed.because) == (section, because)


def test_in_the_example_nothing_keeps_the_memo_from_being_made():
    call_command("load_example", verbosity=0)
    assert problems_for_memo(Workshop.objects.get(slug="security-partnerships")) == []


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
