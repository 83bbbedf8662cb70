"""Supporting themes and findings: the rules of comments, counted and never told whose."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.annotations.models import AnnotationSupport
from apps.annotations.selectors import cards_on
from apps.annotations.services import revise_annotation
from apps.core.exceptions import NotPermitted
from apps.core.models import AuditEntry
from apps.participants.selectors import held_on
from apps.participants.services import forget_person, purge_now
from apps.themes.models import Step, ThemeSupport
from apps.themes.selectors.supporting import support_now
from apps.themes.services import (
    delete_theme,
    merge_themes,
    support,
    undo_rearrangement,
    withdraw_support,
)
from apps.workshops.models import AttributionRule, Phase, Role
from apps.workshops.services import edit_basics
from tests.factories import AnnotationFactory, ParticipantFactory, ThemeFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def owner(rapporteur):
    return ParticipantFactory(workshop=rapporteur.workshop, role=Role.OWNER)


@pytest.fixture
def people(rapporteur):
    return ParticipantFactory.create_batch(
        3, workshop=rapporteur.workshop, consented_at=timezone.now()
    )


@pytest.fixture(params=["theme", "annotation"])
def by(request):
    """What is supported, as its supports call it."""
    return request.param


@pytest.fixture
def subject(by, published):
    return published if by == "theme" else AnnotationFactory(theme=published, claim="It rained")


@pytest.fixture
def table(by):
    return ThemeSupport if by == "theme" else AnnotationSupport


@pytest.fixture
def page(rapporteur, published):
    return f"/w/{rapporteur.workshop.slug}/themes/{published.pk}/"


@pytest.fixture
def form(rapporteur, by, subject):
    return f"/w/{rapporteur.workshop.slug}/{by}s/{subject.pk}/support/"


@pytest.fixture
def endpoint(rapporteur, by, subject):
    return f"/api/v1/workshops/{rapporteur.workshop.slug}/{by}s/{subject.pk}/"


def seen_by(actor, subject, by):
    return support_now(actor, subject, by=by).words


def test_support_counts_once_and_is_taken_back(people, subject, by):
    _, one, other = people
    assert support(actor=one, subject=subject)
    assert not support(actor=one, subject=subject)
    assert support(actor=other, subject=subject)
    assert seen_by(people[0], subject, by) == "2 participants support this."
    assert seen_by(one, subject, by) == "You and 1 other support this."
    assert withdraw_support(actor=one, subject=subject)
    assert not withdraw_support(actor=one, subject=subject)
    assert seen_by(one, subject, by) == "1 participant supports this."
    with pytest.raises(IntegrityError, match="once"), transaction.atomic():
        subject.supports.create(workshop=subject.workshop, participant=other)


def test_participants_support_what_is_published_and_nobody_else_does(
    rapporteur, owner, people, theme
):
    draft = AnnotationFactory(theme=theme)
    observer = ParticipantFactory(workshop=rapporteur.workshop, role=Role.OBSERVER)
    published = ThemeFactory(workshop=rapporteur.workshop, published=True)
    finding = AnnotationFactory(theme=published)
    for person in (rapporteur, owner, observer, ParticipantFactory()):
        for subject in (published, finding):
            with pytest.raises(NotPermitted):
                support(actor=person, subject=subject)
    for subject in (theme, draft):
        with pytest.raises(NotPermitted):
            support(actor=people[0], subject=subject)


def test_nothing_tells_who_supports_what(  # noqa: PLR0917 - fixtures
    rapporteur, owner, people, subject, by, browser_of, api_of, page, endpoint
):
    one = people[1]
    support(actor=one, subject=subject)
    entry = AuditEntry.objects.get(verb=f"{by}.supported")
    assert entry.actor_id is None
    assert str(one.pk) not in str((entry.before, entry.after, entry.subject_id))
    with pytest.raises(IntegrityError, match="nobody who supports"), transaction.atomic():
        AuditEntry.objects.create(
            verb=f"{by}.support_withdrawn", actor_id=one.pk, subject_type="x",
            subject_id=subject.pk,
        )  # fmt: skip
    for reader in (owner, rapporteur, people[2]):
        shown = browser_of(reader).get(page).content.decode()
        assert "1 participant supports this." in shown
        answer = api_of(reader).get(endpoint).json()
        assert (answer["supporters"], answer["supported_by_you"]) == (1, False)
        assert str(one.pk) not in str(answer)
        assert one.display_name not in shown
    assert api_of(one).get(endpoint).json()["supported_by_you"]


def test_under_the_anonymous_rule_numbers_stay_and_nothing_leads_to_anybody(
    owner, people, subject, by, table
):
    support(actor=people[1], subject=subject)
    edit_basics(actor=owner, attribution_rule=AttributionRule.ANONYMOUS)
    assert table.objects.get().participant is None
    assert seen_by(people[1], subject, by) == "1 participant supports this."
    with pytest.raises(NotPermitted):
        support(actor=people[2], subject=subject)
    with pytest.raises(IntegrityError, match="anonymous"), transaction.atomic():
        subject.supports.create(workshop=subject.workshop, participant=people[2])


def test_who_is_erased_leaves_a_number(people, subject, by, table):
    support(actor=people[1], subject=subject)
    key = "theme-supports" if by == "theme" else "finding-supports"
    [held] = [each for each in held_on(people[1]) if each.key == key]
    assert [item.text for item in held.items] == [str(subject)]
    assert not [each for each in held_on(people[2]) if each.key == key and each.items]
    forget_person(actor=people[1], participant=people[1])
    assert table.objects.get().participant is None
    assert seen_by(people[2], subject, by) == "1 participant supports this."


def test_on_the_day_of_deletion_all_supports_lead_to_nobody(owner, people, subject, table):
    support(actor=people[1], subject=subject)
    owner.workshop.phase = Phase.ARCHIVED
    owner.workshop.save()
    purge_now(actor=owner, title=owner.workshop.title)
    assert table.objects.get().participant is None


def test_one_tap_supports_and_another_takes_it_back(  # noqa: PLR0917 - fixtures
    people, subject, table, browser_of, page, form
):
    browser = browser_of(people[1])
    assert "Support<span" in browser.get(page).content.decode()
    part = browser.post(form, headers=HTMX).content.decode()
    assert "You support this." in part
    assert "Take it back" in part
    assert "<html" not in part
    answer = browser.post(form, {"back": "1"})
    assert answer.url.startswith(page)
    assert str(subject.pk) in answer.url
    assert not table.objects.exists()


def test_the_team_and_observers_read_the_number_and_are_offered_no_button(
    rapporteur, people, subject, browser_of, page
):
    assert 'class="support"' not in browser_of(rapporteur).get(page).content.decode()
    support(actor=people[1], subject=subject)
    shown = browser_of(rapporteur).get(page).content.decode()
    assert shown.count("1 participant supports this.") == 1
    assert "Support<span" not in shown


def test_over_the_api(people, subject, api_of, endpoint):
    api = api_of(people[1])
    assert api.post(f"{endpoint}support/").json()["supported_by_you"]
    assert api.post(f"{endpoint}support/").json()["supporters"] == 1
    answer = api.delete(f"{endpoint}support/").json()
    assert (answer["supporters"], answer["supported_by_you"]) == (0, False)


def test_the_page_of_a_theme_asks_as_much_for_thirty_supported_findings_as_for_one(
    people, published, browser_of, page
):
    browser, counts = browser_of(people[0]), []
    for more in (1, 29):
        for finding in AnnotationFactory.create_batch(more, theme=published):
            support(actor=people[1], subject=finding)
            support(actor=people[2], subject=finding)
        browser.get(page)
        with CaptureQueriesContext(connection) as queries:
            browser.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert {card.supported.count for card in cards_on(people[0], published)} == {2}


def test_what_is_merged_takes_its_support_along_and_undoing_gives_it_back(
    rapporteur, people, published
):
    into = ThemeFactory(workshop=rapporteur.workshop, published=True)
    one, other, gone = people
    for person in people:
        support(actor=person, subject=published)
    for person in (one, gone):
        support(actor=person, subject=into)
    forget_person(actor=gone, participant=gone)
    done = merge_themes(actor=rapporteur, theme=published, into=into)
    # One supports both and counts once; nobody can say whether two who went are the same.
    found = sorted(map(str, into.supports.values_list("participant", flat=True)))
    assert found == sorted(map(str, [one.pk, other.pk, None, None]))
    undo_rearrangement(actor=rapporteur, rearrangement=done)
    assert seen_by(one, published, "theme") == "You and 2 others support this."
    assert seen_by(other, published, "theme") == "You and 2 others support this."
    assert seen_by(one, into, "theme") == "You and 1 other support this."


def test_what_undoing_would_bring_back_leads_to_nobody_under_the_anonymous_rule(
    rapporteur, owner, people, published
):
    into = ThemeFactory(workshop=rapporteur.workshop, published=True)
    for subject in (published, into):
        support(actor=people[0], subject=subject)
    done = merge_themes(actor=rapporteur, theme=published, into=into)
    kept = Step.objects.filter(model="themes.themesupport", after__isnull=True)
    assert kept.get().person == people[0]
    edit_basics(actor=owner, attribution_rule=AttributionRule.ANONYMOUS)
    assert kept.get().person is None
    undo_rearrangement(actor=rapporteur, rearrangement=done)
    assert seen_by(people[0], published, "theme") == "1 participant supports this."


def test_another_wording_of_a_claim_begins_without_support(rapporteur, people, published):
    finding = AnnotationFactory(theme=published, claim="Ports matter more")
    support(actor=people[0], subject=finding)
    revise_annotation(actor=rapporteur, annotation=finding, claim="Ports matter more.")
    assert seen_by(people[0], finding, "annotation") == "You support this."
    revise_annotation(actor=rapporteur, annotation=finding, claim="Ports matter less.")
    assert seen_by(people[0], finding, "annotation") == ""
    assert support(actor=people[0], subject=finding)


def test_who_revises_a_supported_claim_is_told_what_that_does(
    rapporteur, people, published, browser_of
):
    finding = AnnotationFactory(theme=published)
    url = f"/w/{rapporteur.workshop.slug}/annotations/{finding.pk}/edit/"
    assert "begins without" not in browser_of(rapporteur).get(url).content.decode()
    support(actor=people[0], subject=finding)
    shown = browser_of(rapporteur).get(url).content.decode()
    assert "1 participant supports this. Another wording of the claim begins without" in shown


def test_an_empty_theme_goes_with_its_support_and_comes_back_with_it(rapporteur, people, published):
    support(actor=people[0], subject=published)
    done = delete_theme(actor=rapporteur, theme=published)
    assert not ThemeSupport.objects.exists()
    undo_rearrangement(actor=rapporteur, rearrangement=done)
    assert seen_by(people[0], published, "theme") == "You support this."
