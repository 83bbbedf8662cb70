"""As many queries for thirty findings as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.annotations.models import Kind
from tests.factories import (
    AnnotationFactory,
    EvidenceFactory,
    GroupFactory,
    NoteFactory,
    PositionFactory,
    SenseFactory,
    SessionFactory,
    TermFactory,
)


@pytest.fixture
def found(rapporteur, published):
    """Return a function that adds findings with all that may belong to them."""
    group = GroupFactory(workshop=rapporteur.workshop)
    session = SessionFactory(workshop=rapporteur.workshop)

    def add(count):
        for _ in range(count):
            annotation = AnnotationFactory(theme=published, kind=Kind.DIVERGENCE, session=session)
            annotation.holders.add(group)
            side, _ = PositionFactory.create_batch(2, annotation=annotation)
            side.holders.add(group)
            note = NoteFactory(session=session, group=group)
            published.filings.create(workshop=published.workshop, note=note)
            EvidenceFactory(annotation=annotation, note=note)
            EvidenceFactory(annotation=annotation, note=note, position=side)
            term = TermFactory(workshop=published.workshop, annotation=annotation)
            SenseFactory(term=term).holders.add(group)

    return add


@pytest.fixture(params=["rapporteur", "reader"])
def actor(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("path", ["", "themes/", "themes/{theme}/", "terms/"])
def test_pages(actor, found, published, browser_of, path):
    client = browser_of(actor)
    address = f"/w/{actor.workshop.slug}/{path.format(theme=published.pk)}"
    counts = []
    for more in (1, 29):
        found(more)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", ["annotations/", "terms/"])
def test_lists_over_the_api(actor, found, api_of, path):
    api = api_of(actor)
    counts = []
    for more in (1, 29):
        found(more)
        with CaptureQueriesContext(connection) as queries:
            answer = api.get(f"/api/v1/workshops/{actor.workshop.slug}/{path}")
        counts.append(len(queries))
    assert answer.json()["count"] == 30
    assert counts[0] == counts[1]
