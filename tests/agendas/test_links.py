"""What leads from one thing to another stays in its workshop, and leads to one thing."""

import pytest
from django.db import IntegrityError, connection, transaction

from apps.agendas.models import ENDS, Link
from tests.factories import (
    AnnotationFactory,
    GuidingQuestionFactory,
    OutcomeFactory,
    PositionFactory,
    ResearchQuestionFactory,
    ThemeFactory,
    WorkshopFactory,
)

MAKE = {
    "annotation": lambda workshop: AnnotationFactory(theme__workshop=workshop),
    "position": lambda workshop: PositionFactory(annotation__theme__workshop=workshop),
    "theme": lambda workshop: ThemeFactory(workshop=workshop),
    "guiding_question": lambda workshop: GuidingQuestionFactory(workshop=workshop),
    "research_question": lambda workshop: ResearchQuestionFactory(workshop=workshop),
    "outcome": lambda workshop: OutcomeFactory(workshop=workshop),
}


def refused(**values):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(**values)


@pytest.fixture
def workshop(db):
    return WorkshopFactory()


@pytest.mark.parametrize("end", ENDS)
def test_every_end_is_one_of_the_own_workshop(workshop, end):
    source, other = MAKE["theme"](workshop), MAKE[end](WorkshopFactory())
    Link.objects.create(
        workshop=workshop, source_theme=source, **{f"target_{end}": MAKE[end](workshop)}
    )
    refused(workshop=workshop, source_theme=source, **{f"target_{end}": other})
    refused(workshop=workshop, target_theme=source, **{f"source_{end}": other})


@pytest.mark.parametrize("end", ENDS)
def test_nothing_leads_to_itself(workshop, end):
    thing = MAKE[end](workshop)
    refused(workshop=workshop, **{f"source_{end}": thing, f"target_{end}": thing})


def test_there_is_one_source_and_one_target(workshop):
    one, two = MAKE["theme"](workshop), MAKE["annotation"](workshop)
    refused(workshop=workshop, source_theme=one)
    refused(workshop=workshop, target_theme=one)
    refused(
        workshop=workshop,
        source_theme=one,
        target_annotation=two,
        target_theme=MAKE["theme"](workshop),
    )


def test_the_same_is_not_said_twice(workshop):
    ends = {
        "source_theme": MAKE["theme"](workshop),
        "target_annotation": MAKE["annotation"](workshop),
    }
    Link.objects.create(workshop=workshop, kind="contrasts", **ends)
    Link.objects.create(workshop=workshop, kind="answers", **ends)
    refused(workshop=workshop, kind="contrasts", **ends)
