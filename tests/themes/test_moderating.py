"""Hiding comments, supporting them, and what reaches those who wrote them."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.memos.assembling import assemble, gather
from apps.participants.selectors import held_on
from apps.participants.services import forget_person, purge_now
from apps.themes.models import Comment, CommentKind, CommentSupport
from apps.themes.selectors import comments_to_answer, comments_visible_to, shown_comments
from apps.themes.services import (
    comment_on_theme,
    decide_comment,
    hide_comment,
    reply_to_comment,
    show_comment,
    support,
    withdraw_support,
)
from apps.workshops.models import AttributionRule, Phase, Role, Workshop
from apps.workshops.services import edit_basics
from tests.factories import CommentFactory, MemoFactory, ParticipantFactory, ThemeFactory

HTMX = {"HX-Request": "true"}
WORDS = "something that names somebody"


@pytest.fixture
def owner(rapporteur):
    return ParticipantFactory(workshop=rapporteur.workshop, role=Role.OWNER)


@pytest.fixture
def theme(rapporteur):
    return ThemeFactory(workshop=rapporteur.workshop, published=True)


@pytest.fixture
def people(rapporteur):
    return ParticipantFactory.create_batch(
        3, workshop=rapporteur.workshop, consented_at=timezone.now()
    )


@pytest.fixture
def said(theme, people):
    return comment_on_theme(actor=people[0], theme=theme, text=WORDS)


def seen_by(actor, comment):
    [shown] = shown_comments(actor, comments_visible_to(actor).filter(pk=comment.pk))
    return shown


def test_somebody_says_that_a_view_is_missing(people, theme):
    said = comment_on_theme(
        actor=people[0], theme=theme, text="Nobody asked the drivers", kind=CommentKind.MISSING
    )
    assert said.kind == CommentKind.MISSING
    with pytest.raises(RuleViolation):
        comment_on_theme(actor=people[0], theme=theme, text="Hm", kind="shout")
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentFactory(theme=theme, reply_to=said, kind=CommentKind.MISSING)


def test_what_is_hidden_the_team_and_its_author_read_and_others_read_why(
    owner, rapporteur, people, said
):
    hide_comment(actor=owner, comment=said, reason=" It names somebody. ")
    author, other, _ = people
    assert [seen_by(person, said).text for person in (owner, rapporteur, author, other)] == [
        WORDS, WORDS, WORDS, "",
    ]  # fmt: skip
    assert seen_by(other, said).comment.hidden_because == "It names somebody."
    show_comment(actor=owner, comment=said)
    assert seen_by(other, said).text == WORDS


@pytest.mark.parametrize("rule", [AttributionRule.CHATHAM_HOUSE, AttributionRule.ANONYMOUS])
def test_no_page_and_no_answer_of_the_api_gives_a_hidden_comment_away(  # noqa: PLR0917 - fixtures
    rapporteur, owner, people, said, browser_of, api_of, rule
):
    reply = reply_to_comment(actor=people[0], comment=said, text=f"and {WORDS} again")
    for each in (said, reply):
        hide_comment(actor=owner, comment=each, reason="Why it is hidden")
    Workshop.objects.update(attribution_rule=rule)
    base = f"/w/{rapporteur.workshop.slug}"
    reader = people[1]
    for path in (f"/themes/{said.theme_id}/", "/comments/yours/", "/", "/search/?q=names"):
        page = browser_of(reader).get(base + path).content.decode()
        assert WORDS not in page
    assert (
        "Why it is hidden"
        in browser_of(reader).get(f"{base}/themes/{said.theme_id}/").content.decode()
    )
    api = api_of(reader)
    for path in ("comments/", f"comments/{said.pk}/"):
        answer = api.get(f"/api/v1/workshops/{rapporteur.workshop.slug}/{path}").content.decode()
        assert WORDS not in answer
    for form in (
        f"{base}/themes/comments/{said.pk}/answer/",
        f"{base}/themes/comments/{said.pk}/support/",
    ):
        assert (
            WORDS not in browser_of(reader).post(form, {"text": ""}, headers=HTMX).content.decode()
        )


def test_a_hidden_comment_goes_into_no_memo(owner, said, theme):
    memo = MemoFactory(workshop=theme.workshop, with_record=True)

    def printed():
        return str(assemble(gather(memo), number=1, made_at=timezone.now()))

    assert WORDS in printed()
    hide_comment(actor=owner, comment=said, reason="It names somebody.")
    assert WORDS not in printed()


def test_hiding_needs_a_reason_and_says_so_in_the_log(owner, said):
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(RuleViolation) as refusal:
            hide_comment(actor=owner, comment=said, reason=reason)
        assert refusal.value.fields.keys() == {"reason"}
    hide_comment(actor=owner, comment=said, reason="It names somebody.", version=said.version)
    entry = AuditEntry.objects.get(verb="comment.hidden")
    assert (entry.actor_id, entry.reason) == (owner.pk, "It names somebody.")
    assert WORDS not in str((entry.before, entry.after))
    with pytest.raises(Conflict):
        hide_comment(actor=owner, comment=said, reason="Again", version=said.version)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=said.pk).update(hidden_because="")


@pytest.mark.parametrize("role", [Role.RAPPORTEUR, Role.PARTICIPANT, Role.OBSERVER])
def test_only_owner_and_facilitator_hide(rapporteur, said, role):
    person = ParticipantFactory(workshop=rapporteur.workshop, role=role)
    for do in (
        lambda: hide_comment(actor=person, comment=said, reason="Why"),
        lambda: show_comment(actor=person, comment=said),
    ):
        with pytest.raises(NotPermitted):
            do()


def test_the_owner_hides_after_publication_too(owner, said):
    facilitator = ParticipantFactory(workshop=owner.workshop, role=Role.FACILITATOR)
    for person in (owner, facilitator):
        person.workshop.phase = Phase.ARCHIVED
        person.workshop.save()
    with pytest.raises(NotPermitted):
        hide_comment(actor=facilitator, comment=said, reason="Why")
    assert hide_comment(actor=owner, comment=said, reason="Why").hidden_at


def test_support_counts_once_and_is_taken_back(people, said):
    _, one, other = people
    assert support(actor=one, subject=said)
    assert not support(actor=one, subject=said)
    assert support(actor=other, subject=said)
    assert seen_by(people[0], said).supported.words == "2 participants support this."
    assert seen_by(one, said).supported.words == "You and 1 other support this."
    assert withdraw_support(actor=one, subject=said)
    assert not withdraw_support(actor=one, subject=said)
    assert seen_by(one, said).supported.words == "1 participant supports this."
    assert seen_by(other, said).supported.words == "You support this."
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentSupport.objects.create(workshop=said.workshop, comment=said, participant=other)


def test_one_supports_what_others_said_and_can_be_read(rapporteur, owner, people, said):
    author, one, _ = people
    answer = reply_to_comment(actor=author, comment=said, text="And more")
    draft = CommentFactory(theme=ThemeFactory(workshop=rapporteur.workshop))
    with pytest.raises(RuleViolation):
        support(actor=one, subject=answer)
    for person, comment in ((author, said), (rapporteur, said), (one, draft)):
        with pytest.raises(NotPermitted):
            support(actor=person, subject=comment)
    hide_comment(actor=owner, comment=said, reason="Why")
    said.refresh_from_db()
    with pytest.raises(NotPermitted):
        support(actor=one, subject=said)


def test_nothing_tells_who_supports_what(  # noqa: PLR0917 - fixtures
    rapporteur, owner, people, said, browser_of, api_of
):
    one = people[1]
    support(actor=one, subject=said)
    entry = AuditEntry.objects.get(verb="comment.supported")
    assert entry.actor_id is None
    assert str(one.pk) not in str((entry.before, entry.after, entry.subject_id))
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.create(
            verb="comment.supported", actor_id=one.pk, subject_type="x", subject_id=said.pk
        )
    slug = rapporteur.workshop.slug
    for reader in (owner, rapporteur, people[2]):
        page = browser_of(reader).get(f"/w/{slug}/themes/{said.theme_id}/").content.decode()
        assert "1 participant supports this." in page
        answer = api_of(reader).get(f"/api/v1/workshops/{slug}/comments/{said.pk}/").json()
        assert (answer["supporters"], answer["supported_by_you"]) == (1, False)
        assert str(one.pk) not in str(answer)
        assert one.display_name not in page


def test_under_the_anonymous_rule_numbers_stay_and_nothing_leads_to_anybody(owner, people, said):
    support(actor=people[1], subject=said)
    edit_basics(actor=owner, attribution_rule=AttributionRule.ANONYMOUS)
    assert CommentSupport.objects.get().participant is None
    assert seen_by(people[1], said).supported.words == "1 participant supports this."
    with pytest.raises(NotPermitted):
        support(actor=people[2], subject=said)
    with pytest.raises(IntegrityError, match="anonymous"), transaction.atomic():
        CommentSupport.objects.create(workshop=said.workshop, comment=said, participant=people[2])


def test_who_is_erased_leaves_a_number(owner, people, said):
    support(actor=people[1], subject=said)
    [held] = [each for each in held_on(people[1]) if each.key == "comment-supports"]
    assert [item.text for item in held.items] == [WORDS]
    forget_person(actor=people[1], participant=people[1])
    assert CommentSupport.objects.get().participant is None
    assert seen_by(people[2], said).supported.count == 1


def test_on_the_day_of_deletion_all_supports_lead_to_nobody(owner, people, said):
    support(actor=people[1], subject=said)
    owner.workshop.phase = Phase.ARCHIVED
    owner.workshop.save()
    purge_now(actor=owner, title=owner.workshop.title)
    assert CommentSupport.objects.get().participant is None


def test_what_waits_for_an_answer(rapporteur, people, theme, owner):
    other = people[1]

    def comment():
        return comment_on_theme(actor=people[0], theme=theme, text="Hm")

    waits, talked_of, answered, decided, hidden = (comment() for _ in range(5))
    reply_to_comment(actor=other, comment=talked_of, text="Me too")
    reply_to_comment(actor=rapporteur, comment=answered, text="Because")
    decide_comment(actor=rapporteur, comment=decided, state="accepted")
    hide_comment(actor=owner, comment=hidden, reason="Why")
    CommentFactory()
    assert set(comments_to_answer(rapporteur)) == {waits, talked_of}


@pytest.mark.parametrize(
    ("show", "expected"),
    [("", "plain"), ("missing", "lacking"), ("hidden", "concealed"), ("nonsense", "plain")],
)
def test_the_team_chooses_which_comments_it_sees(  # noqa: PLR0917 - fixtures
    rapporteur, owner, people, theme, browser_of, show, expected
):
    plain = comment_on_theme(actor=people[0], theme=theme, text="plain")
    lacking = comment_on_theme(actor=people[0], theme=theme, text="lacking", kind="missing")
    decide_comment(actor=rapporteur, comment=lacking, state="accepted")
    hide_comment(
        actor=owner, reason="Why",
        comment=comment_on_theme(actor=people[0], theme=theme, text="concealed"),
    )  # fmt: skip
    page = browser_of(rapporteur).get(f"/w/{theme.workshop.slug}/comments/", {"show": show})
    shown = re.findall(r'<p class="comment-text">([^<]*)</p>', page.content.decode())
    assert shown == [expected]
    assert plain.theme.title in page.content.decode()


def test_a_decision_reaches_whoever_wrote(rapporteur, owner, people, theme, browser_of):
    author, other, _ = people
    slug = theme.workshop.slug
    declined = comment_on_theme(actor=author, theme=theme, text="Leave it out")
    decide_comment(actor=rapporteur, comment=declined, state="declined", decision="Many held it.")
    answered = comment_on_theme(actor=author, theme=theme, text="Who held it?")
    reply_to_comment(actor=rapporteur, comment=answered, text="Both groups did.")
    hidden = comment_on_theme(actor=author, theme=theme, text="It was Jan")
    hide_comment(actor=owner, comment=hidden, reason="It names somebody.")
    comment_on_theme(actor=other, theme=theme, text="Of another")
    page = browser_of(author).get(f"/w/{slug}/comments/yours/").content.decode()
    for told in ("Leave it out", "Many held it.", "Both groups did.", "It was Jan", "It names"):
        assert told in page
    assert "Of another" not in page
    overview = browser_of(author).get(f"/w/{slug}/").content.decode()
    assert "The team decided on 1 of 3" in overview


def test_under_the_anonymous_rule_the_page_says_why_it_is_empty(people, theme, browser_of):
    theme.workshop.attribution_rule = AttributionRule.ANONYMOUS
    theme.workshop.save()
    page = browser_of(people[0]).get(f"/w/{theme.workshop.slug}/comments/yours/").content.decode()
    assert "Under the anonymous rule nothing leads from comments to you" in page


def test_comments_hide_and_support_without_scripts(owner, people, said, browser_of):
    base = f"/w/{said.workshop.slug}/themes/comments/{said.pk}"
    answer = browser_of(people[1]).post(f"{base}/support/")
    assert answer.url.endswith(f"#comment-{said.pk}")
    assert CommentSupport.objects.count() == 1
    browser_of(people[1]).post(f"{base}/support/", {"back": "1"})
    assert not CommentSupport.objects.exists()
    browser = browser_of(owner)
    assert browser.post(f"{base}/hide/", {"reason": ""}).status_code == 422
    assert WORDS in browser.get(f"{base}/hide/").content.decode()
    browser.post(f"{base}/hide/", {"reason": "Why", "version": said.version})
    said.refresh_from_db()
    assert said.hidden_because == "Why"
    stale = browser.post(f"{base}/hide/", {"reason": "Otherwise", "version": 1})
    assert stale.status_code == 409
    assert "Otherwise" in stale.content.decode()
    browser.post(f"{base}/show/", {"version": said.version})
    said.refresh_from_db()
    assert said.hidden_at is None


def test_over_the_api(owner, people, theme, api_of):
    comments = f"/api/v1/workshops/{theme.workshop.slug}/comments/"
    given = {"theme": str(theme.pk), "text": "Nobody asked them", "kind": "missing"}
    said = api_of(people[0]).post(comments, given).json()
    assert (said["kind"], said["hidden"], said["supporters"]) == ("missing", False, 0)
    reply = {**given, "reply_to": said["id"]}
    assert api_of(people[1]).post(comments, reply).status_code == 400
    one = f"{comments}{said['id']}/"
    assert api_of(people[1]).post(f"{one}support/").json()["supported_by_you"]
    assert api_of(people[1]).delete(f"{one}support/").json()["supporters"] == 0
    assert api_of(owner).get(comments, {"unanswered": "true"}).json()["count"] == 1
    hidden = api_of(owner).post(f"{one}hide/", {"reason": "Why"}).json()
    assert (hidden["hidden"], hidden["hidden_because"]) == (True, "Why")
    assert api_of(owner).get(comments, {"unanswered": "true"}).json()["count"] == 0
    assert api_of(people[1]).get(one).json()["text"] == ""
    assert not api_of(owner).post(f"{one}show/").json()["hidden"]


@pytest.mark.parametrize("path", ["comments/?show=all", "comments/yours/", "themes/{}/"])
def test_as_many_queries_for_thirty_comments_as_for_one(  # noqa: PLR0917 - fixtures
    rapporteur, owner, people, theme, browser_of, path
):
    reader = people[0] if "yours" in path else rapporteur
    browser = browser_of(reader)
    address = f"/w/{theme.workshop.slug}/{path.format(theme.pk)}"
    counts = []
    for more in (1, 29):
        for number in range(more):
            said = comment_on_theme(actor=people[0], theme=theme, text=f"Said {number}")
            support(actor=people[1], subject=said)
            reply_to_comment(actor=people[1], comment=said, text="So it is")
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
