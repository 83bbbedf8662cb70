"""What participants send from their phones: who reads it, what is kept, what becomes of it."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from apps.core.exceptions import Conflict, Gone, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.notes import speakers
from apps.notes.models import Note, Source, Thought, ThoughtState
from apps.notes.selectors import thoughts_by_state, thoughts_visible_to, what_becomes_of_thoughts
from apps.notes.services import (
    bring_back_thought,
    correct_note,
    let_in_thought,
    redact_note,
    send_thought,
    set_aside_thought,
    take_back_thought,
)
from apps.participants.services.forgetting import forget_person
from apps.participants.services.purging import purge_now
from apps.workshops.models import AttributionRule, Phase, Role
from apps.workshops.services import remove_session
from tests.factories import (
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    SessionFactory,
    ThoughtFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
CANARY = "thought-canary"


@pytest.fixture
def session(rapporteur):
    """A session that takes thoughts, of a workshop whose speakers may be kept for a month."""
    workshop = rapporteur.workshop
    workshop.purge_on = timezone.localdate() + timedelta(days=30)
    workshop.save()
    return SessionFactory(workshop=workshop, takes_thoughts=True)


@pytest.fixture
def author(session):
    group = GroupFactory(workshop=session.workshop, singular="scholar")
    # As many as it takes for the group to be named.
    about = {"workshop": session.workshop, "group": group, "consented_at": timezone.now()}
    return ParticipantFactory.create_batch(5, **about)[0]


def under(rule, session, **values):
    for name, value in {"attribution_rule": rule, **values}.items():
        setattr(session.workshop, name, value)
    session.workshop.save()


def page(browser, name, *arguments):
    return browser.get(reverse(name, args=arguments)).content.decode()


def traces_of(person):
    """Return the tables in which somebody's id stands, beside those that are about people."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names():
            quoted = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT count(*) FROM {quoted} t WHERE t::text LIKE %s", [f"%{person.pk}%"]
            )
            if cursor.fetchone() != (0,) and not table.startswith("participants_"):
                found.append(table)
    return found


# -- sending ------------------------------------------------------------------------------------


def test_a_thought_is_no_note_before_the_team_saw_it(author, session):
    thought = send_thought(actor=author, session=session, text=CANARY)
    assert (thought.author, thought.group.singular) == (author, "scholar")
    assert not Note.objects.exists()


def test_a_group_that_would_give_its_author_away_isnt_kept(session, rapporteur):
    group = GroupFactory(workshop=session.workshop, singular="judge")
    judge = ParticipantFactory(workshop=session.workshop, group=group)
    thought = send_thought(actor=judge, session=session, text=CANARY)
    [shown] = thoughts_by_state(rapporteur)["waiting"]
    assert (thought.group, shown.said_by) == (None, "")
    assert let_in_thought(actor=rapporteur, thought=thought).group is None


def test_sent_twice_it_is_one(author, session):
    known = uuid.uuid4()
    first = send_thought(actor=author, session=session, text=CANARY, id=known)
    assert send_thought(actor=author, session=session, text=CANARY, id=known) == first
    with pytest.raises(Conflict):
        send_thought(actor=author, session=session, text="In other words", id=known)
    assert Thought.objects.count() == 1


def test_sent_again_after_the_session_closed_or_it_was_let_in_it_is_taken(
    author, session, rapporteur
):
    thought = send_thought(actor=author, session=session, text=CANARY)
    session.takes_thoughts = False
    session.save()
    again = {"actor": author, "session": session, "text": CANARY, "id": thought.pk}
    assert send_thought(**again) == thought
    let_in_thought(actor=rapporteur, thought=thought)
    assert send_thought(**again) is None
    assert not Thought.objects.exists()


def test_other_words_under_the_id_of_one_that_was_let_in_are_refused(author, session, rapporteur):
    thought = send_thought(actor=author, session=session, text=CANARY)
    let_in_thought(actor=rapporteur, thought=thought, text="Put shorter")
    again = {"actor": author, "session": session, "id": thought.pk}
    with pytest.raises(Conflict):
        send_thought(**again, text="In other words")
    for words in (CANARY, "Put shorter"):
        assert send_thought(**again, text=words) is None
    redact_note(actor=rapporteur, note=Note.objects.get(), reason="Asked")
    assert send_thought(**again, text=CANARY) is None
    assert not Thought.objects.exists()


def test_an_id_tells_nothing_of_what_it_is_of(author, session, rapporteur):
    known = [
        NoteFactory(session=session, source=Source.FACILITATOR),
        NoteFactory(session=session, source=Source.PHONE),
        NoteFactory(source=Source.PHONE),
        ThoughtFactory(session=session),
        ThoughtFactory(session=session, author=None, group=None),
        ThoughtFactory(),
    ]
    corrected = NoteFactory(session=session, text=CANARY)
    correct_note(actor=rapporteur, note=corrected, text="Put shorter")
    told = set()
    for each in [*known, corrected]:
        with pytest.raises(Conflict) as refusal:
            send_thought(actor=author, session=session, text=CANARY, id=each.pk)
        told.add((str(refusal.value), refusal.value.current))
    assert len(told) == 1
    # Whoever repeats what all can read learns nothing either.
    for note in known[:2]:
        repeated = {"session": session, "text": note.text, "id": note.pk}
        assert send_thought(actor=author, **repeated) is None


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.RAPPORTEUR, Role.OWNER])
def test_only_participants_send_some(session, role):
    with pytest.raises(NotPermitted):
        send_thought(
            actor=ParticipantFactory(workshop=session.workshop, role=role),
            session=session,
            text=CANARY,
        )


def test_only_to_a_session_that_takes_some_and_while_it_is_open(author, session):
    with pytest.raises(RuleViolation):
        send_thought(actor=author, session=SessionFactory(workshop=session.workshop), text=CANARY)
    session.workshop.phase = Phase.PUBLISHED
    session.workshop.save()
    with pytest.raises(NotPermitted):
        send_thought(actor=author, session=session, text=CANARY)


# -- what is kept of whoever sent it --------------------------------------------------------------


@pytest.mark.parametrize("whole", [True, False])
def test_anonymously_nothing_leads_to_whoever_sent_it(author, session, rapporteur, whole):
    if whole:
        under(AttributionRule.ANONYMOUS, session)
    else:
        session.attribution_rule = AttributionRule.ANONYMOUS
        session.save()
    before = traces_of(author)
    thought = send_thought(actor=author, session=session, text=CANARY)
    assert traces_of(author) == before
    assert thought.group is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Thought.objects.filter(pk=thought.pk).update(author=author)
    with pytest.raises(IntegrityError), transaction.atomic():
        Thought.objects.filter(pk=thought.pk).update(group=GroupFactory(workshop=session.workshop))
    let_in_thought(actor=rapporteur, thought=thought)
    assert traces_of(author) == before


def test_a_rule_that_becomes_anonymous_forgets_who_sent_what_waits(author, session):
    thought = send_thought(actor=author, session=session, text=CANARY)
    other = ThoughtFactory(author__workshop=session.workshop, session__workshop=session.workshop)
    session.attribution_rule = AttributionRule.ANONYMOUS
    session.save()
    thought.refresh_from_db()
    other.refresh_from_db()
    assert (thought.author, thought.group) == (None, None)
    assert other.author is not None
    under(AttributionRule.ANONYMOUS, session)
    other.refresh_from_db()
    assert other.author is None


@pytest.mark.parametrize(
    ("rule", "keeps", "kept"),
    [
        (AttributionRule.ON_RECORD, False, 1),
        (AttributionRule.CHATHAM_HOUSE, True, 1),
        (AttributionRule.CHATHAM_HOUSE, False, 0),
    ],
)
def test_let_in_who_sent_it_is_kept_as_the_rule_lets_it_be(session, rule, keeps, kept):
    under(rule, session, keep_speakers=keeps)
    author = ParticipantFactory(workshop=session.workshop)
    thought = send_thought(actor=author, session=session, text=CANARY)
    rapporteur = ParticipantFactory(workshop=session.workshop, role=Role.RAPPORTEUR)
    note = let_in_thought(actor=rapporteur, thought=thought)
    assert speakers.notes_of(author) == [note.pk] * kept
    # Nothing else leads there, least of all the log, which nobody can delete from.
    assert traces_of(author) == ["notes_speakerlink"] * kept


@pytest.mark.parametrize(
    ("rule", "keeps", "says"),
    [
        (AttributionRule.ON_RECORD, False, "The team sees that it is yours"),
        (AttributionRule.CHATHAM_HOUSE, True, "say why they ask"),
        (AttributionRule.CHATHAM_HOUSE, False, "is forgotten when it is let in"),
        (AttributionRule.ANONYMOUS, False, "it can’t be taken back"),
    ],
)
def test_what_is_kept_is_said(session, rule, keeps, says):
    under(rule, session, keep_speakers=keeps)
    assert says in what_becomes_of_thoughts(session)[1]


def test_the_page_says_who_reads_it_and_what_is_kept(author, session, browser_of):
    shown = page(browser_of(author), "notes:thoughts", session.workshop.slug)
    assert all(line in shown for line in what_becomes_of_thoughts(session))


# -- what the team makes of it --------------------------------------------------------------------


def test_let_in_it_is_a_note_of_the_same_id(author, session, rapporteur):
    thought = send_thought(actor=author, session=session, text=CANARY)
    note = let_in_thought(actor=rapporteur, thought=thought)
    assert (note.pk, note.text, note.source) == (thought.pk, CANARY, Source.PHONE)
    assert (note.recorded_by, note.group.singular) == (rapporteur, "scholar")
    assert not Thought.objects.exists()
    assert AuditEntry.objects.get(verb="thought.let_in").actor_id == rapporteur.pk


def test_let_in_with_a_change_keeps_what_was_sent(author, session, rapporteur):
    thought = send_thought(actor=author, session=session, text=CANARY)
    note = let_in_thought(actor=rapporteur, thought=thought, text="Put shorter")
    assert note.text == "Put shorter"
    assert [revision.text for revision in note.revisions.all()] == [CANARY]


def test_let_in_with_no_words_it_goes_on_waiting(author, session, rapporteur):
    thought = send_thought(actor=author, session=session, text=CANARY)
    with pytest.raises(RuleViolation):
        let_in_thought(actor=rapporteur, thought=thought, text=" ")
    assert Thought.objects.get() == thought
    assert not Note.objects.exists()


def test_set_aside_it_isnt_lost(author, session, rapporteur):
    thought = send_thought(actor=author, session=session, text=CANARY)
    set_aside_thought(actor=rapporteur, thought=thought)
    assert [each.thought for each in thoughts_by_state(rapporteur)["aside"]] == [thought]
    bring_back_thought(actor=rapporteur, thought=thought)
    assert [each.thought for each in thoughts_by_state(rapporteur)["waiting"]] == [thought]


def test_who_comes_second_is_told(author, session, rapporteur):
    thought = send_thought(actor=author, session=session, text=CANARY)
    let_in_thought(actor=rapporteur, thought=thought)
    for late in (let_in_thought, set_aside_thought):
        with pytest.raises(Gone):
            late(actor=rapporteur, thought=thought)
    with pytest.raises(Gone):
        take_back_thought(actor=author, thought=thought)
    assert Note.objects.count() == 1


def test_nobody_else_reads_or_decides_it(author, session):
    thought = send_thought(actor=author, session=session, text=CANARY)
    for role in (Role.PARTICIPANT, Role.OBSERVER):
        other = ParticipantFactory(workshop=session.workshop, role=role)
        assert not thoughts_visible_to(other).exists()
        for service in (let_in_thought, set_aside_thought, take_back_thought):
            with pytest.raises(NotPermitted):
                service(actor=other, thought=thought)
    assert list(thoughts_visible_to(author)) == [thought]
    foreign = ParticipantFactory(role=Role.OWNER)
    assert not thoughts_visible_to(foreign).exists()


def test_the_team_reads_the_group_and_no_name(author, session, rapporteur):
    send_thought(actor=author, session=session, text=CANARY)
    [shown] = thoughts_by_state(rapporteur)["waiting"]
    assert (shown.said_by, shown.speaker) == ("a scholar", "")


@pytest.mark.parametrize(
    ("rule", "named"), [(AttributionRule.ON_RECORD, True), (AttributionRule.CHATHAM_HOUSE, False)]
)
def test_the_team_reads_the_name_on_the_record_alone(session, browser_of, rule, named):
    under(rule, session, keep_speakers=True)
    author = ParticipantFactory(workshop=session.workshop, display_name="Name-Canary")
    send_thought(actor=author, session=session, text="Words")
    rapporteur = ParticipantFactory(workshop=session.workshop, role=Role.RAPPORTEUR)
    shown = page(browser_of(rapporteur), "notes:waiting_thoughts", session.workshop.slug)
    assert "Words" in shown
    assert ("Name-Canary" in shown) == named


# -- what goes ------------------------------------------------------------------------------------


def test_its_author_reads_that_it_is_held_and_erasing_deletes_it(author, session, api_of):
    send_thought(actor=author, session=session, text=CANARY)
    ThoughtFactory(session=session, text="Another’s")
    held = api_of(author).get(
        f"/api/v1/workshops/{session.workshop.slug}/participants/me/held/"
    )  # fmt: skip
    assert CANARY in held.content.decode()
    assert "Another" not in held.content.decode()
    forget_person(actor=author, participant=author)
    assert Thought.objects.get().text == "Another’s"


def test_the_deletion_day_takes_all_and_lets_none_in(author, session):
    thought = send_thought(actor=author, session=session, text=CANARY)
    set_aside_thought(
        actor=ParticipantFactory(workshop=session.workshop, role=Role.RAPPORTEUR), thought=thought
    )
    owner = ParticipantFactory(workshop=session.workshop, role=Role.OWNER)
    report = purge_now(actor=owner, title=owner.workshop.title)
    assert {"what": "thoughts that nobody let in", "count": 1} in report.deleted
    with pytest.raises(IntegrityError), transaction.atomic():
        ThoughtFactory(session=session, author=None)


def test_a_session_in_which_some_wait_isnt_removed(session):
    ThoughtFactory(session=session)
    SessionFactory(workshop=session.workshop)
    owner = ParticipantFactory(workshop=session.workshop, role=Role.OWNER)
    with pytest.raises(RuleViolation, match="thought"):
        remove_session(actor=owner, session=session)


# -- pages ----------------------------------------------------------------------------------------


def test_a_participant_sends_one_sees_it_wait_and_takes_it_back(author, session, browser_of):
    browser = browser_of(author)
    url = reverse("notes:thoughts", args=[session.workshop.slug])
    sent = browser.post(
        url, {"session": session.pk, "text": CANARY, "id": uuid.uuid4()}, follow=True
    )
    assert "It waits for the facilitation team" in sent.content.decode()
    assert CANARY in sent.content.decode()
    thought = Thought.objects.get()
    back = reverse("notes:take_back_thought", args=[session.workshop.slug, thought.pk])
    browser.post(back)
    assert not Thought.objects.exists()
    assert browser.post(back).status_code == 404


def test_what_cannot_be_sent_stays_in_the_box(author, session, browser_of):
    browser = browser_of(author)
    url = reverse("notes:thoughts", args=[session.workshop.slug])
    refused = browser.post(url, {"session": session.pk, "text": "x" * 10_001})
    assert (refused.status_code, "x" * 10_001 in refused.content.decode()) == (422, True)
    session.takes_thoughts = False
    session.save()
    closed = browser.post(url, {"session": session.pk, "text": CANARY})
    assert (closed.status_code, CANARY in closed.content.decode()) == (422, True)


def test_it_is_offered_while_a_session_takes_some(author, session, browser_of):
    overview = ["workshops:overview", session.workshop.slug]
    url = reverse("notes:thoughts", args=[session.workshop.slug])
    assert page(browser_of(author), *overview).count(f'href="{url}"') == 2
    session.takes_thoughts = False
    session.save()
    assert url not in page(browser_of(author), *overview)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_team_decides_on_the_page_and_in_the_panel(
    author, session, rapporteur, browser_of, headers
):
    browser, slug = browser_of(rapporteur), session.workshop.slug
    thoughts = [ThoughtFactory(session=session, author=author) for _ in range(3)]
    assert "3 thoughts wait" in page(browser, "notes:waiting_thoughts", slug)

    def post(name, thought, **body):
        answer = browser.post(
            reverse(f"notes:{name}", args=[slug, thought.pk]), body, headers=headers, follow=True
        )
        assert answer.status_code == 200
        return answer.content.decode()

    assert "Let in as note 1" in post("let_in_thought", thoughts[0])
    assert "Let in as note 2" in post("let_in_thought", thoughts[1], text="Put shorter")
    assert "Set aside." in post("set_aside_thought", thoughts[2])
    assert "No thought waits" in page(browser, "notes:waiting_thoughts", slug)
    assert "It waits again" in post("bring_back_thought", thoughts[2])
    assert list(Note.objects.values_list("text", flat=True)) == [thoughts[0].text, "Put shorter"]


def test_the_count_stands_in_the_navigation_of_the_team(session, rapporteur, browser_of):
    ThoughtFactory.create_batch(2, session=session)
    url = reverse("notes:waiting_thoughts", args=[session.workshop.slug])
    overview = page(browser_of(rapporteur), "workshops:overview", session.workshop.slug)
    assert f'<a href="{url}">Thoughts <span class="count">2</span></a>' in overview
    assert "2 thoughts wait" in overview


# -- API and queue --------------------------------------------------------------------------------


def test_over_the_api(author, session, rapporteur, api_of):
    base = f"/api/v1/workshops/{session.workshop.slug}/thoughts/"
    known, api, team = str(uuid.uuid4()), api_of(author), api_of(rapporteur)
    body = {"id": known, "session": str(session.pk), "text": CANARY}
    assert [api.post(base, body).status_code for _ in range(2)] == [201, 200]
    set_aside = team.post(f"{base}{known}/set-aside/").json()
    assert set_aside["state"] == ThoughtState.SET_ASIDE
    assert api.get(f"{base}{known}/").json()["state"] == "waiting"
    assert str(author.pk) not in team.get(base).content.decode()
    note = team.post(f"{base}{known}/let-in/", {"text": "Put shorter"}).json()
    assert (note["id"], note["text"], note["source"]) == (known, "Put shorter", "phone")
    assert api.post(base, body).status_code == 204
    assert api.post(base, body | {"text": "In other words"}).status_code == 412
    other = ThoughtFactory(session=session, author=author)
    assert api.delete(f"{base}{other.pk}/").status_code == 204
    assert team.get(base).json()["count"] == 0


def test_a_device_sends_what_it_kept(author, session, browser_of):
    url = reverse("themes:queue", args=[session.workshop.slug])
    entry = {
        "id": str(uuid.uuid4()), "note": str(uuid.uuid4()), "kind": "thought",
        "session": str(session.pk), "fields": {"text": CANARY},
        "written_at": timezone.now().isoformat(),
    }  # fmt: skip
    other = {**entry, "id": str(uuid.uuid4()), "note": str(uuid.uuid4())}
    other["session"] = str(SessionFactory(workshop=session.workshop).pk)
    body = {"actor": str(author.pk), "entries": [other, entry]}
    for _ in range(2):
        answer = browser_of(author).post(url, body, content_type="application/json")
        states = [each["state"] for each in answer.json()["results"]]
        assert states == ["refused", "saved"]
    thought = Thought.objects.get()
    assert (str(thought.pk), thought.text, thought.author) == (entry["note"], CANARY, author)


def test_taken_back_it_isnt_sent_again_by_a_device_that_never_heard(author, session, browser_of):
    url = reverse("themes:queue", args=[session.workshop.slug])
    known = str(uuid.uuid4())
    entry = {
        "id": known, "note": known, "kind": "thought", "session": str(session.pk),
        "fields": {"text": CANARY}, "written_at": timezone.now().isoformat(),
    }  # fmt: skip
    body = {"actor": str(author.pk), "entries": [entry]}
    for there in (True, False):
        answer = browser_of(author).post(url, body, content_type="application/json")
        assert [each["state"] for each in answer.json()["results"]] == ["saved"]
        assert Thought.objects.exists() == there
        if there:
            take_back_thought(actor=author, thought=Thought.objects.get())
