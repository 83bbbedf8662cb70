"""Saying what a finding relates to, and reading it from both ends."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.agendas.models import Link
from apps.agendas.relations import links_visible_to
from apps.agendas.services import make_link, remove_link
from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.workshops.models import Phase, Role
from tests.factories import (
    AnnotationFactory,
    OutcomeFactory,
    ParticipantFactory,
    PositionFactory,
    ThemeFactory,
)


@pytest.fixture
def theme(rapporteur):
    return ThemeFactory(workshop=rapporteur.workshop, title="Legitimacy", published=True)


@pytest.fixture
def page(rapporteur, browser_of, theme):
    def read(actor=rapporteur, on=theme):
        url = f"/w/{rapporteur.workshop.slug}/themes/{on.pk}/"
        return browser_of(actor).get(url).content.decode()

    return read


def test_both_ends_tell_of_each_other_in_words(rapporteur, theme, page):
    one = AnnotationFactory(theme=theme, claim="It is feasible")
    other = AnnotationFactory(theme=ThemeFactory(workshop=theme.workshop), claim="It is hard")
    make_link(
        actor=rapporteur, kind="answers", source=one, target=other, phrase="after  being called"
    )
    assert "Answers <a" in page()
    assert "“after being called”" in page()
    assert "Is answered by <a" in page(on=other.theme)


def test_the_page_relates_a_finding_to_a_position_from_its_end_and_takes_it_back(
    rapporteur, theme, browser_of, page
):
    annotation = AnnotationFactory(theme=theme)
    position = PositionFactory(annotation__theme=theme, label="A means")
    browser = browser_of(rapporteur)
    url = f"/w/{rapporteur.workshop.slug}/agenda/links/new/{annotation.pk}/"
    assert "— A means" in browser.get(url).content.decode()
    answer = browser.post(url, {"kind": "illustrates-by", "target": f"position:{position.pk}"})
    assert answer.url.endswith(f"#annotation-{annotation.pk}")
    link = Link.objects.get()
    assert (link.source_position, link.target_annotation) == (position, annotation)
    assert "“A means” illustrates <a" in page()
    browser.post(
        f"/w/{rapporteur.workshop.slug}/agenda/links/{link.pk}/remove/", {"from": annotation.pk}
    )
    assert not Link.objects.exists()
    assert [entry.verb for entry in AuditEntry.objects.order_by("at")] == [
        "link.made",
        "link.removed",
    ]


@pytest.mark.parametrize("data", [{"kind": "answers"}, {"kind": "no", "target": "x"}, {}])
def test_what_is_not_chosen_is_asked_for(rapporteur, theme, browser_of, data):
    annotation = AnnotationFactory(theme=theme)
    url = f"/w/{rapporteur.workshop.slug}/agenda/links/new/{annotation.pk}/"
    assert browser_of(rapporteur).post(url, data).status_code == 422


def test_nothing_is_related_to_itself_twice_or_elsewhere(rapporteur, theme):
    one, other = AnnotationFactory(theme=theme), AnnotationFactory(theme=theme)
    make_link(actor=rapporteur, kind="contrasts", source=one, target=other)
    for target in (one, other, AnnotationFactory()):
        with pytest.raises(RuleViolation):
            make_link(actor=rapporteur, kind="contrasts", source=one, target=target)
    assert Link.objects.count() == 1


def test_who_may_not_write_neither_relates_nor_takes_back(rapporteur, theme):
    reader = ParticipantFactory(workshop=rapporteur.workshop, role=Role.PARTICIPANT)
    one, other = AnnotationFactory(theme=theme), AnnotationFactory(theme=theme)
    link = make_link(actor=rapporteur, kind="contrasts", source=one, target=other)
    with pytest.raises(NotPermitted):
        make_link(actor=reader, kind="causes", source=one, target=other)
    with pytest.raises(NotPermitted):
        remove_link(actor=reader, link=link)


@pytest.mark.parametrize("begun_on", ["", "nothing", "a finding elsewhere"])
def test_what_is_taken_back_from_nowhere_leads_to_the_outline(
    rapporteur, theme, browser_of, begun_on
):
    one, other = AnnotationFactory(theme=theme), AnnotationFactory(theme=theme)
    link = make_link(actor=rapporteur, kind="contrasts", source=one, target=other)
    sent = {"from": AnnotationFactory().pk if begun_on == "a finding elsewhere" else begun_on}
    url = reverse("agendas:link-remove", args=[theme.workshop.slug, link.pk])
    answer = browser_of(rapporteur).post(url, sent)
    assert answer.url == reverse("themes:outline", args=[theme.workshop.slug])
    assert not Link.objects.exists()


@pytest.mark.parametrize("hidden", ["finding on a draft", "outcome while the day goes on"])
def test_a_link_to_what_is_hidden_is_hidden(rapporteur, theme, page, hidden):
    """The other end would say what stands where nobody may look."""
    workshop = rapporteur.workshop
    reader = ParticipantFactory(workshop=workshop, role=Role.PARTICIPANT)
    shown = AnnotationFactory(theme=theme)
    if hidden == "finding on a draft":
        draft = ThemeFactory(workshop=workshop)
        target = PositionFactory(annotation__theme=draft, label="A secret thing", text="Secret")
    else:
        target = OutcomeFactory(workshop=workshop, text="A secret thing")
        workshop.phase = Phase.LIVE
        workshop.save()
    for source, end in ((shown, target), (target, shown)):
        make_link(actor=rapporteur, kind="answers", source=source, target=end)
    assert "A secret thing" in page()
    assert "A secret thing" not in page(reader)
    reader.refresh_from_db()
    assert not links_visible_to(reader).exists()


def test_as_many_queries_for_thirty_links_as_for_one(rapporteur, theme, page):
    annotation = AnnotationFactory(theme=theme)

    def relate(count):
        for _ in range(count):
            make_link(
                actor=rapporteur, kind="answers", source=annotation,
                target=PositionFactory(annotation__theme=theme),
            )  # fmt: skip

    relate(1)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page()
    relate(29)
    with CaptureQueriesContext(connection) as many:
        page()
    assert len(many) == len(few)


def test_what_is_withdrawn_takes_its_links_along(rapporteur, theme):
    one, other = AnnotationFactory(theme=theme), AnnotationFactory(theme=theme)
    link = make_link(actor=rapporteur, kind="contrasts", source=one, target=other)
    other.delete()
    with pytest.raises(ObjectDoesNotExist):
        link.refresh_from_db()
