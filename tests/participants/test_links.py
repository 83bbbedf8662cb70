"""Personal links: what lets somebody in, once, and all that doesn't."""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from apps.accounts.services import replace_api_token, sign_in_link
from apps.accounts.tokens import digest
from apps.core.exceptions import Gone, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.participants.models import LinkPurpose, Participant, PersonalLink
from apps.participants.services import (
    LinkOver,
    invite,
    keep_place,
    renew_join_code,
    send_invitation,
    send_place,
    use_link,
)
from apps.workshops.models import AttributionRule, Phase, Role
from apps.workshops.services import move_phase
from tests.factories import (
    GroupFactory,
    JoinCodeFactory,
    ParticipantFactory,
    UserFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SITE = "https://rapporteur.example.edu"


@pytest.fixture
def workshop():
    today = timezone.localdate()
    return WorkshopFactory(slug="harbours", lobby=True, starts_on=today, ends_on=today)


@pytest.fixture
def owner(workshop):
    return ParticipantFactory(workshop=workshop, role=Role.OWNER)


@pytest.fixture
def ada(workshop):
    """Somebody on the list who hasn't come yet."""
    return ParticipantFactory(
        workshop=workshop, user=None, display_name="Ada", email="ada@example.org"
    )


@pytest.fixture
def link(owner, ada):
    """The path of an invitation of Ada's."""
    return invite(actor=owner, participant=ada)


def accept(client: Client, link: str, **values: str) -> Any:
    """Open `link` and press the button; returns the last answer."""
    client.get(link)
    return client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE, **values})


def gets_in(client: Client) -> bool:
    return client.get("/w/harbours/").status_code == 200


# -- it works ----------------------------------------------------------------------------------


def test_an_invitation_lets_the_invited_in_past_the_lobby(client, ada, link):
    page = client.get(link, follow=True)
    assert page.redirect_chain == [("/k/", 302)]
    shown = page.content.decode()
    assert "terms-of-joining" in shown
    assert "Ada" in shown
    assert not gets_in(client)
    assert accept(client, link).headers["Location"] == "/w/harbours/"
    assert gets_in(client)
    ada.refresh_from_db()
    assert ada.consented_at
    assert client.get("/api/v1/workshops/harbours/participants/me/").json()["id"] == str(ada.pk)


def test_a_kept_place_leads_back_to_oneself_on_another_device(client, ada, link):
    accept(client, link)
    ada.refresh_from_db()
    way_back = keep_place(actor=ada)
    other = Client()
    assert accept(other, way_back).status_code == 302
    assert gets_in(other)
    assert gets_in(client)
    assert Participant.objects.filter(user=None).count() == 1


def test_on_the_device_that_is_in_the_link_is_not_used_up(client, ada, link):
    accept(client, link)
    ada.refresh_from_db()
    way_back = keep_place(actor=ada)
    client.get(way_back)
    told = client.post("/k/", follow=True)
    assert "The link still works on another one" in told.content.decode()
    assert accept(Client(), way_back).status_code == 302


@pytest.mark.parametrize("role", Role)
def test_every_role_can_come_by_a_link(client, workshop, owner, role):
    person = ParticipantFactory(workshop=workshop, user=None, role=role)
    accept(client, invite(actor=owner, participant=person))
    me = client.get("/api/v1/workshops/harbours/participants/me/").json()
    assert me["role"] == role


def test_the_team_signs_in_where_a_second_factor_is_required(client, workshop, owner, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    rapporteur = ParticipantFactory(workshop=workshop, user=None, role=Role.RAPPORTEUR)
    link = invite(actor=owner, participant=rapporteur)
    shown = client.get(link, follow=True).content.decode()
    assert "Sign in to go on" in shown
    assert "/accounts/login/?next=/k/" in shown
    refused = accept(client, link)
    assert refused.status_code == 422
    assert not gets_in(client)
    # A participant needs none.
    other = ParticipantFactory(workshop=workshop, user=None)
    assert accept(Client(), invite(actor=owner, participant=other)).status_code == 302


# -- nothing but a press of the button uses it up ------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("times", [1, 5])
def test_a_scanner_that_follows_the_link_uses_nothing_up(client, link, method, times):
    for _ in range(times):
        scanner = Client(headers={"user-agent": "SafeLinks"})
        getattr(scanner, method)(link, follow=True)
    assert PersonalLink.objects.get().used_at is None
    assert accept(client, link).status_code == 302
    assert gets_in(client)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_address_of_the_link_takes_nothing_but_a_look(link, method):
    assert getattr(Client(), method)(link).status_code == 405
    assert PersonalLink.objects.get().used_at is None


def test_a_scanner_that_presses_buttons_without_the_page_gets_nowhere(link):
    scanner = Client(enforce_csrf_checks=True)
    scanner.get(link)
    assert scanner.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE}).status_code == 403
    assert PersonalLink.objects.get().used_at is None


def test_a_button_without_the_link_does_nothing(client, link):
    assert client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE}).status_code == 410
    assert PersonalLink.objects.get().used_at is None


# -- it works once -----------------------------------------------------------------------------


def test_used_it_lets_nobody_else_in(link):
    assert accept(Client(), link).status_code == 302
    thief = Client()
    assert accept(thief, link).status_code == 410
    assert not gets_in(thief)


def test_opened_by_two_the_second_to_press_stays_out(link):
    first, second = Client(), Client()
    for client in (first, second):
        client.get(link)
    assert first.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE}).status_code == 302
    assert second.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE}).status_code == 410
    assert not gets_in(second)


@pytest.mark.django_db(transaction=True)
def test_pressed_by_two_at_the_same_moment_one_is_in(link):
    kept = digest(link.split("/")[2])
    outcomes: list[str] = []
    together = threading.Barrier(4)

    def press() -> None:
        together.wait()
        try:
            use_link(kept=kept, rule=AttributionRule.CHATHAM_HOUSE)
            outcomes.append("in")
        except LinkOver:
            outcomes.append("out")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "out", "out", "out"]
    assert AuditEntry.objects.filter(verb="link.used").count() == 1


# -- what ends it --------------------------------------------------------------------------------


def its_time_is_over(ada: Participant, owner: Participant) -> None:
    PersonalLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def a_new_one_was_made(ada: Participant, owner: Participant) -> None:
    invite(actor=owner, participant=ada)


def a_new_one_was_sent(ada: Participant, owner: Participant) -> None:
    send_invitation(actor=owner, participant=ada, site=SITE)


def they_were_removed(ada: Participant, owner: Participant) -> None:
    Participant.objects.filter(pk=ada.pk).update(removed_at=timezone.now())


def they_were_removed_and_taken_back(ada: Participant, owner: Participant) -> None:
    they_were_removed(ada, owner)
    Participant.objects.filter(pk=ada.pk).update(removed_at=None)


def their_role_changed(ada: Participant, owner: Participant) -> None:
    Participant.objects.filter(pk=ada.pk).update(role=Role.FACILITATOR)


def their_account_was_attached(ada: Participant, owner: Participant) -> None:
    Participant.objects.filter(pk=ada.pk).update(user=UserFactory())


def the_person_is_gone(ada: Participant, owner: Participant) -> None:
    Participant.objects.filter(pk=ada.pk).delete()


def the_workshop_was_archived(ada: Participant, owner: Participant) -> None:
    type(owner.workshop).objects.update(phase=Phase.ARCHIVED)


def the_workshop_was_archived_and_opened(ada: Participant, owner: Participant) -> None:
    the_workshop_was_archived(ada, owner)
    owner.workshop.refresh_from_db()
    move_phase(
        actor=owner, workshop=owner.workshop, phase=Phase.PUBLISHED, reason="One more question"
    )


def the_workshop_was_purged(ada: Participant, owner: Participant) -> None:
    type(owner.workshop).objects.update(purged_at=timezone.now())


ENDS = [
    its_time_is_over,
    a_new_one_was_made,
    a_new_one_was_sent,
    they_were_removed,
    they_were_removed_and_taken_back,
    their_role_changed,
    their_account_was_attached,
    the_person_is_gone,
    the_workshop_was_archived,
    the_workshop_was_archived_and_opened,
    the_workshop_was_purged,
]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
@pytest.mark.parametrize("opened", ["before", "after"])
def test_it_lets_nobody_in_after(ada, owner, link, end: Callable[..., None], opened):
    client = Client()
    if opened == "before":
        client.get(link)
    end(ada, owner)
    if opened == "after":
        client.get(link)
    answer = client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE})
    assert answer.status_code == 410
    assert "This link works no more" in answer.content.decode()
    assert client.get("/w/harbours/").status_code in {302, 404}


def the_join_code_was_renewed(ada: Participant, owner: Participant) -> None:
    JoinCodeFactory(workshop=owner.workshop)
    renew_join_code(actor=owner)


def their_name_was_corrected(ada: Participant, owner: Participant) -> None:
    Participant.objects.filter(pk=ada.pk).update(display_name="Ada L.")


def the_phase_moved_on(ada: Participant, owner: Participant) -> None:
    move_phase(actor=owner, workshop=owner.workshop, phase=Phase.REVIEW)


def somebody_else_was_invited(ada: Participant, owner: Participant) -> None:
    invite(actor=owner, participant=ParticipantFactory(workshop=owner.workshop, user=None))


@pytest.mark.parametrize(
    "event",
    [
        the_join_code_was_renewed,
        their_name_was_corrected,
        the_phase_moved_on,
        somebody_else_was_invited,
    ],
    ids=lambda event: event.__name__,
)
def test_it_still_lets_them_in_after(client, ada, owner, link, event: Callable[..., None]):
    event(ada, owner)
    assert accept(client, link).status_code == 302


def test_it_ends_with_the_join_code_and_before_the_purge(workshop, owner, ada, time_machine):
    workshop.purge_on = workshop.ends_on + timedelta(days=3)
    workshop.save()
    invite(actor=owner, participant=ada)
    assert PersonalLink.objects.get().expires_at.date() == workshop.purge_on
    workshop.purge_on = None
    workshop.save()
    owner.refresh_from_db()
    ada.refresh_from_db()
    invite(actor=owner, participant=ada)
    assert PersonalLink.objects.get().expires_at.date() == workshop.ends_on + timedelta(days=7)


# -- what is no link -------------------------------------------------------------------------------


def cut_off(token: str) -> str:
    return token[:-1]


def with_more(token: str) -> str:
    return token + "A"


def in_capitals(token: str) -> str:
    return token.swapcase()


def its_digest(token: str) -> str:
    return digest(token)


def its_id(_token: str) -> str:
    return str(PersonalLink.objects.get().pk)


def the_id_of_the_person(_token: str) -> str:
    return str(PersonalLink.objects.get().participant_id)


def a_join_code(_token: str) -> str:
    return JoinCodeFactory(workshop=PersonalLink.objects.get().participant.workshop).code


def an_api_token(_token: str) -> str:
    return replace_api_token(user=UserFactory())


def a_sign_in_token(_token: str) -> str:
    return sign_in_link(UserFactory()).split("/")[-2]


def a_guess(_token: str) -> str:
    return "A" * 43


def odd_letters(_token: str) -> str:
    return "%00%ff%0d%0aé"


@pytest.mark.parametrize(
    "forge",
    [
        cut_off, with_more, in_capitals, its_digest, its_id, the_id_of_the_person, a_join_code,
        an_api_token, a_sign_in_token, a_guess, odd_letters,
    ],
    ids=lambda forge: forge.__name__,
)  # fmt: skip
def test_nobody_comes_in_by(client, link, forge: Callable[[str], str]):
    token = link.split("/")[2]
    client.get(f"/k/{forge(token)}/")
    assert client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE}).status_code == 410
    assert not gets_in(client)
    assert PersonalLink.objects.get().used_at is None


def test_a_link_is_no_key_to_anything_else(client, link):
    token = link.split("/")[2]
    assert client.get(f"/join/{token}/").status_code == 404
    assert client.get(f"/accounts/link/{token}/{token}/").status_code == 410
    header = {"Authorization": f"Token {token}"}
    assert client.get("/api/v1/workshops/", headers=header).status_code == 401


def test_the_browser_forgets_a_link_when_it_opens_one_that_is_none(client, link):
    client.get(link)
    client.get("/k/nothing/")
    assert client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE}).status_code == 410


def test_it_leads_into_its_own_workshop_and_no_other(client, owner, ada, link):
    other = ParticipantFactory()
    accept(client, link, workshop=str(other.workshop_id), participant=str(other.pk))
    assert gets_in(client)
    assert client.get(f"/w/{other.workshop.slug}/").status_code == 404


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "/w/elsewhere/"])
def test_it_leads_nowhere_else(client, link, next_):
    assert client.get(f"{link}?next={next_}").headers["Location"] == "/k/"
    page = client.get(f"/k/?next={next_}").content.decode()
    assert "evil" not in page
    used = client.post(f"/k/?next={next_}", {"rule": AttributionRule.CHATHAM_HOUSE, "next": next_})
    assert used.headers["Location"] == "/w/harbours/"


# -- what is kept of it, and where it shows ------------------------------------------------------


def test_only_its_digest_is_kept_anywhere_in_the_database(client, link):
    token = link.split("/")[2]
    assert len(token) >= 43  # 256 bits in base 64
    accept_page = client.get(link, follow=True)
    assert token not in accept_page.content.decode()
    assert PersonalLink.objects.get().digest == digest(token)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{token}%"]
            )
            assert cursor.fetchone() == (0,), table
    assert token not in str(dict(client.session.items()))


def test_a_copied_link_is_shown_once(browser_of, owner, ada):
    page = f"/w/harbours/people/{ada.pk}/invitation/"
    client = browser_of(owner)
    answer = client.post(page)
    shown = re.search(r'value="http://testserver(/k/[\w-]{43,}/)"', answer.content.decode())
    assert shown
    assert "no-store" in answer.headers["Cache-Control"]
    assert shown[1] not in client.get(page).content.decode()
    assert accept(Client(), shown[1]).status_code == 302


def test_the_token_reaches_no_other_page_by_the_referrer(client, link):
    opened = client.get(link)
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert (opened.status_code, opened.content) == (302, b"")
    page = client.get("/k/")
    assert page.headers["Referrer-Policy"] == "same-origin"
    for answer in (opened, page):
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_session_gets_a_new_key_when_the_link_is_used(client, link):
    client.get(link)
    before = client.session.session_key
    client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE})
    assert client.session.session_key not in {before, None}
    assert "link" not in client.session


def test_the_log_tells_that_it_was_made_sent_and_used_and_nothing_of_whom(client, owner, ada):
    send_invitation(actor=owner, participant=ada, site=SITE)
    accept(client, invite(actor=owner, participant=ada))
    entries = AuditEntry.objects.filter(verb__startswith="link.")
    verbs = set(entries.values_list("verb", flat=True))
    assert verbs == {"link.made", "link.sent", "link.used"}
    told = str([(e.before, e.after, e.reason) for e in entries])
    assert "ada" not in told.lower()


# -- consent -------------------------------------------------------------------------------------


def test_nobody_accepts_a_rule_that_they_were_not_told(client, workshop, ada, link):
    client.get(link)
    workshop.attribution_rule = AttributionRule.ON_RECORD
    workshop.save()
    refused = client.post("/k/", {"rule": AttributionRule.CHATHAM_HOUSE})
    assert refused.status_code == 422
    assert "The rule has changed" in refused.content.decode()
    assert PersonalLink.objects.get().used_at is None
    ada.refresh_from_db()
    assert ada.consented_at is None
    assert client.post("/k/", {"rule": AttributionRule.ON_RECORD}).status_code == 302


def test_a_group_is_asked_of_those_who_have_none(client, workshop, owner, ada, link):
    group = GroupFactory(workshop=workshop, singular="scholar")
    assert accept(client, link).status_code == 422
    assert accept(client, link, group=str(GroupFactory().pk)).status_code == 422
    assert accept(client, link, group=str(group.pk)).status_code == 302
    assert list(ada.groups.all()) == [group]
    grouped = ParticipantFactory(workshop=workshop, user=None, group=group)
    assert accept(Client(), invite(actor=owner, participant=grouped)).status_code == 302


# -- accounts ------------------------------------------------------------------------------------


def test_somebody_signed_in_may_keep_the_place_with_their_account(client, ada, link):
    user = UserFactory()
    client.force_login(user, backend=BACKEND)
    assert "with your account" in client.get(link, follow=True).content.decode()
    before = client.session.session_key
    assert accept(client, link, with_account="yes").status_code == 302
    assert client.session.session_key != before
    ada.refresh_from_db()
    assert ada.user == user
    elsewhere = Client()
    elsewhere.force_login(user, backend=BACKEND)
    assert gets_in(elsewhere)
    assert AuditEntry.objects.filter(verb="participant.account_attached").exists()


def test_somebody_signed_in_may_come_without_their_account(client, ada, link):
    client.force_login(UserFactory(), backend=BACKEND)
    accept(client, link)
    assert gets_in(client)
    ada.refresh_from_db()
    assert ada.user is None


def test_an_account_that_is_in_already_takes_no_second_place(browser_of, workshop, ada, link):
    other = ParticipantFactory(workshop=workshop, role=Role.FACILITATOR)
    client = browser_of(other)
    assert "takes part in this workshop already" in client.get(link, follow=True).content.decode()
    for values in ({}, {"with_account": "yes"}):
        assert accept(client, link, **values).status_code == 422
    assert PersonalLink.objects.get().used_at is None
    ada.refresh_from_db()
    assert ada.user is None
    with pytest.raises(RuleViolation):
        use_link(
            kept=digest(link.split("/")[2]),
            rule=AttributionRule.CHATHAM_HOUSE,
            user=other.user,
        )


def test_an_account_that_was_removed_takes_no_place(browser_of, workshop, link):
    removed = ParticipantFactory(workshop=workshop, removed_at=datetime.now(UTC))
    assert accept(browser_of(removed), link, with_account="yes").status_code == 422
    assert PersonalLink.objects.get().used_at is None


def test_whoever_waits_in_the_lobby_comes_in_by_their_link_and_waits_no_more(
    client, workshop, ada, link
):
    code = JoinCodeFactory(workshop=workshop)
    client.post(f"/join/{code.code}/", {"rule": AttributionRule.CHATHAM_HOUSE})
    assert workshop.participants.filter(admitted_at=None).count() == 1
    accept(client, link)
    assert gets_in(client)
    assert workshop.participants.filter(admitted_at=None).count() == 0


# -- who makes and sends them --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor_role", "their_role", "may"),
    [
        (Role.OWNER, Role.PARTICIPANT, True),
        (Role.OWNER, Role.FACILITATOR, True),
        (Role.OWNER, Role.OWNER, True),
        (Role.FACILITATOR, Role.PARTICIPANT, True),
        (Role.FACILITATOR, Role.OBSERVER, True),
        # The link would make more of them than they are.
        (Role.FACILITATOR, Role.RAPPORTEUR, False),
        (Role.FACILITATOR, Role.OWNER, False),
        (Role.RAPPORTEUR, Role.PARTICIPANT, False),
        (Role.PARTICIPANT, Role.PARTICIPANT, False),
        (Role.OBSERVER, Role.PARTICIPANT, False),
    ],
)
def test_who_may_invite_whom(browser_of, workshop, actor_role, their_role, may):
    actor = ParticipantFactory(workshop=workshop, role=actor_role)
    person = ParticipantFactory(
        workshop=workshop, user=None, role=their_role, email="x@example.org"
    )
    page = f"/w/harbours/people/{person.pk}/invitation/"
    client = browser_of(actor)
    assert client.get(page).status_code == (200 if may else 403)
    assert client.post(page).status_code == (200 if may else 403)
    assert client.post(page, {"send": "yes"}).status_code == (302 if may else 403)
    assert PersonalLink.objects.exists() == may


@pytest.mark.parametrize(
    "values",
    [
        {"removed_at": datetime(2026, 5, 13, tzinfo=UTC)},
        {"admitted_at": None},
        {"with_account": True},
        {"elsewhere": True},
    ],
    ids=["removed", "waiting", "with an account", "elsewhere"],
)
def test_there_is_no_invitation_for_somebody(browser_of, owner, workshop, values):
    values = {"user": None, "workshop": workshop, **values}
    if values.pop("with_account", False):
        values["user"] = UserFactory()
    if values.pop("elsewhere", False):
        values["workshop"] = WorkshopFactory()
    person = ParticipantFactory(**values)
    page = f"/w/harbours/people/{person.pk}/invitation/"
    assert browser_of(owner).get(page).status_code == 404
    if person.workshop == workshop:
        with pytest.raises(Gone):
            invite(actor=owner, participant=person)
    else:
        with pytest.raises(NotPermitted):
            invite(actor=owner, participant=person)


def test_a_link_to_copy_is_for_those_who_are_not_in_yet(browser_of, owner, ada):
    ada.consented_at = timezone.now()
    ada.save()
    page = f"/w/harbours/people/{ada.pk}/invitation/"
    refused = browser_of(owner).post(page)
    assert refused.status_code == 422
    assert "They are in already" in refused.content.decode()
    assert not PersonalLink.objects.exists()
    assert browser_of(owner).post(page, {"send": "yes"}).status_code == 302


@pytest.mark.parametrize("address", ["people/{id}/invitation/", "keep-place/"])
def test_in_an_archived_workshop_no_link_is_made(browser_of, owner, ada, link, address):
    client = Client()
    accept(client, link)
    who = client if address == "keep-place/" else browser_of(owner)
    type(owner.workshop).objects.update(phase=Phase.ARCHIVED)
    assert who.post(f"/w/harbours/{address.format(id=ada.pk)}").status_code == 403
    assert not PersonalLink.objects.filter(used_at=None).exists()


def test_whoever_has_an_account_signs_in_instead_of_keeping_their_place(browser_of, owner):
    assert browser_of(owner).get("/w/harbours/keep-place/").status_code == 403


def test_the_mail_holds_the_title_and_the_link_and_nobody_else(
    browser_of, owner, ada, workshop, deliver_mail
):
    ParticipantFactory(workshop=workshop, display_name="Somebody Else")
    browser_of(owner).post(f"/w/harbours/people/{ada.pk}/invitation/", {"send": "yes"})
    (sent,) = deliver_mail()
    assert sent.to == ["ada@example.org"]
    assert sent.subject == f"Invitation: {workshop.title}"
    assert workshop.title in sent.body
    for name in ("Somebody Else", owner.display_name, "Ada", "ada@example.org"):
        assert name not in sent.body
    (link,) = re.findall(r"http://testserver(/k/\S+/)", sent.body)
    assert accept(Client(), link).status_code == 302


def test_one_can_have_the_way_back_sent_to_an_address_that_is_not_kept(
    client, ada, link, deliver_mail
):
    accept(client, link)
    sent = client.post("/w/harbours/keep-place/", {"send": "yes", "to": "me@home.example"})
    assert sent.status_code == 302
    (mail,) = deliver_mail()
    assert mail.to == ["me@home.example"]
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', ["%home.ex%"])
            assert cursor.fetchone() == (0,), table
    (way_back,) = re.findall(r"http://testserver(/k/\S+/)", mail.body)
    assert accept(Client(), way_back).status_code == 302


@pytest.mark.parametrize("to", ["", "nowhere", "a@b\nBcc: c@example.org", "x" * 260 + "@e.org"])
def test_an_address_that_is_none_is_refused(client, link, to, mailoutbox):
    accept(client, link)
    refused = client.post("/w/harbours/keep-place/", {"send": "yes", "to": to})
    assert refused.status_code == 422
    assert not PersonalLink.objects.filter(purpose=LinkPurpose.KEEP_PLACE).exists()


def test_nobody_sends_mail_without_end(ada):
    for number in range(5):
        send_place(actor=ada, to=f"{number}@example.org", site=SITE)
    with pytest.raises(RuleViolation, match="a lot of mail"):
        send_place(actor=ada, to="6@example.org", site=SITE)


def test_the_way_back_is_shown_with_a_code_to_scan(client, link):
    accept(client, link)
    shown = client.post("/w/harbours/keep-place/").content.decode()
    assert 'class="qr"' in shown
    (way_back,) = re.findall(r'value="http://testserver(/k/\S+/)"', shown)
    assert accept(Client(), way_back).status_code == 302
