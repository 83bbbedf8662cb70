"""Moving a workshop through its phases."""

import pytest

from apps.annotations.models import Kind
from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.core.permissions import allowed
from apps.memos.models import MemoVersion
from apps.workshops.models import Phase, Role
from apps.workshops.services import move_phase
from tests.factories import AnnotationFactory, ParticipantFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    """The owner of a workshop in synthesis."""
    return ParticipantFactory(role=Role.OWNER)


def test_one_forward(owner):
    workshop = move_phase(actor=owner, workshop=owner.workshop, phase=Phase.REVIEW)
    assert (workshop.phase, workshop.version) == (Phase.REVIEW, 2)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.before, entry.after) == (
        "workshop.phase_moved",
        {"phase": "synthesis"},
        {"phase": "review"},
    )
    assert (entry.actor_id, entry.scope_id) == (owner.pk, owner.workshop_id)


def test_one_back_for_a_reason_that_is_kept(owner):
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.LIVE, reason=" One more talk ")
    assert AuditEntry.objects.get().reason == "One more talk"


@pytest.mark.parametrize("reason", ["", "  "])
def test_not_back_without_a_reason(owner, reason):
    with pytest.raises(RuleViolation) as refusal:
        move_phase(actor=owner, workshop=owner.workshop, phase=Phase.LIVE, reason=reason)
    assert refusal.value.fields.keys() == {"reason"}


@pytest.mark.parametrize("phase", [Phase.SETTING_UP, Phase.PUBLISHED, Phase.ARCHIVED, "nowhere"])
def test_none_is_skipped(owner, phase):
    with pytest.raises(RuleViolation):
        move_phase(actor=owner, workshop=owner.workshop, phase=phase, reason="Hurry")
    owner.workshop.refresh_from_db()
    assert owner.workshop.phase == Phase.SYNTHESIS


def test_asking_twice_moves_once(owner):
    for _ in range(2):
        move_phase(actor=owner, workshop=owner.workshop, phase=Phase.REVIEW)
    assert AuditEntry.objects.count() == 1


def test_the_archive_can_be_opened_again(owner):
    owner.workshop.phase = Phase.ARCHIVED
    owner.workshop.save()
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.PUBLISHED, reason="A mistake")
    with pytest.raises(RuleViolation):
        move_phase(actor=owner, workshop=owner.workshop, phase=Phase.SETTING_UP, reason="x")


@pytest.mark.parametrize("role", [Role.RAPPORTEUR, Role.PARTICIPANT, Role.OBSERVER])
def test_others_move_nothing(owner, role):
    other = ParticipantFactory(workshop=owner.workshop, role=role)
    with pytest.raises(NotPermitted):
        move_phase(actor=other, workshop=owner.workshop, phase=Phase.REVIEW)


def test_the_owner_of_another_workshop_moves_nothing(owner):
    with pytest.raises(NotPermitted):
        move_phase(
            actor=ParticipantFactory(role=Role.OWNER), workshop=owner.workshop, phase=Phase.REVIEW
        )


def test_the_overview_offers_both_ways_and_moves(owner, browser_of):
    browser, overview = browser_of(owner), f"/w/{owner.workshop.slug}/"
    page = browser.get(overview).content.decode()
    assert "Go on to “Review”" in page
    assert "Go back to “Live”" in page
    refused = browser.post(f"{overview}phase/", {"phase": "live", "reason": " "})
    assert refused.status_code == 422
    assert "Say in a few words why" in refused.content.decode()
    assert browser.post(f"{overview}phase/", {"phase": "review"}).status_code == 302
    assert 'aria-current="step"><strong>Review' in browser.get(overview).content.decode()


def test_the_overview_offers_it_to_nobody_else(owner, browser_of):
    participant = ParticipantFactory(workshop=owner.workshop)
    overview = f"/w/{owner.workshop.slug}/"
    assert "Go on to" not in browser_of(participant).get(overview).content.decode()
    assert browser_of(participant).post(f"{overview}phase/", {"phase": "review"}).status_code == 403
    assert browser_of(owner).get(f"{overview}phase/").status_code == 405


def test_publishing_makes_the_final_version(owner, browser_of):
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.REVIEW)
    page = browser_of(owner).get(f"/w/{owner.workshop.slug}/").content.decode()
    assert "This makes the memo’s final version" in page
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.PUBLISHED)
    assert MemoVersion.objects.get().content["draft"] is False
    reader = ParticipantFactory(workshop=owner.workshop)
    shown = browser_of(reader).get(f"/w/{owner.workshop.slug}/memo/").content.decode()
    assert "being finished" not in shown


def test_what_cant_be_in_a_memo_isnt_published(owner, browser_of):
    theme = ThemeFactory(workshop=owner.workshop)
    AnnotationFactory(theme=theme, kind=Kind.DIVERGENCE, claim="They differ")
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.REVIEW)
    browser, overview = browser_of(owner), f"/w/{owner.workshop.slug}/"
    page = browser.get(overview).content.decode()
    assert "Before “Published”, something has to be mended" in page
    assert "Go on to “Published”</button>" not in page
    refused = browser.post(f"{overview}phase/", {"phase": "published"})
    assert refused.status_code == 422
    owner.workshop.refresh_from_db()
    assert (owner.workshop.phase, MemoVersion.objects.count()) == (Phase.REVIEW, 0)


def test_the_overview_says_what_each_phase_allows(owner, browser_of):
    for actor in (owner, ParticipantFactory(workshop=owner.workshop)):
        page = browser_of(actor).get(f"/w/{owner.workshop.slug}/").content.decode()
        assert "What each phase allows" in page
        assert "nobody joins; who is here reads what is published" in page


@pytest.mark.parametrize("phase", Phase)
def test_the_words_say_what_the_rules_hold(owner, phase):
    owner.workshop.phase = phase
    participant = ParticipantFactory(workshop=owner.workshop)
    participant.workshop = owner.workshop
    theme = ThemeFactory.build(workshop=owner.workshop, published=True, notes=None)
    open_phases = {Phase.SETTING_UP, Phase.LIVE, Phase.SYNTHESIS, Phase.REVIEW}
    from_publication = {Phase.PUBLISHED, Phase.ARCHIVED}

    def may(actor, permission, subject=owner.workshop):
        return allowed(actor, permission, subject)

    for verb in ("workshops.set_up", "notes.record", "themes.edit", "themes.publish"):
        assert may(owner, verb) is (phase in open_phases), verb
    assert may(participant, "themes.comment", theme) is (phase in open_phases)
    assert may(participant, "agendas.view") is (phase not in {Phase.SETTING_UP, Phase.LIVE})
    assert may(participant, "memos.read") is (phase in from_publication)
    assert may(owner, "participants.renew_join_code") is (phase != Phase.ARCHIVED)


def test_the_phase_moves_over_the_api(owner, api_of):
    url = f"/api/v1/workshops/{owner.workshop.slug}/phase/"
    moved = api_of(owner).post(url, {"phase": "review"})
    assert (moved.status_code, moved.json()["phase"]) == (200, "review")
    back = api_of(owner).post(url, {"phase": "synthesis"})
    assert (back.status_code, list(back.json()["errors"])) == (422, ["reason"])
    assert api_of(owner).post(url, {"phase": "setting_up", "reason": "x"}).status_code == 422
    assert api_of(owner).post(url, {"phase": "nowhere"}).status_code == 400
    rapporteur = ParticipantFactory(workshop=owner.workshop, role=Role.RAPPORTEUR)
    assert api_of(rapporteur).post(url, {"phase": "published"}).status_code == 403
