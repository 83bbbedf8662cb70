"""Commenting on themes, answering, deciding."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.themes.models import Comment, CommentState
from apps.themes.services import (
    comment_on_theme,
    decide_comment,
    edit_comment,
    reply_to_comment,
)
from apps.workshops.models import AttributionRule, Phase, Role, Workshop
from apps.workshops.services import edit_basics
from tests.factories import CommentFactory, ParticipantFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme(rapporteur):
    return ThemeFactory(workshop=rapporteur.workshop, published=True)


@pytest.fixture
def participant(rapporteur):
    return ParticipantFactory(workshop=rapporteur.workshop)


def test_participants_comment_on_published_themes(participant, theme):
    comment = comment_on_theme(actor=participant, theme=theme, text="  Two of us said so. ")
    assert (comment.text, comment.author, comment.state) == (
        "Two of us said so.",
        participant,
        CommentState.OPEN,
    )
    entry = AuditEntry.objects.get(verb="comment.written")
    assert "Two of us" not in str(entry.after)


@pytest.mark.parametrize("rule", AttributionRule)
def test_the_log_names_the_team_and_nobody_else(rapporteur, participant, theme, rule):
    rapporteur.workshop.attribution_rule = rule
    rapporteur.workshop.save()
    for author, logged in ((participant, None), (rapporteur, rapporteur.pk)):
        before = set(AuditEntry.objects.values_list("pk", flat=True))
        comment = comment_on_theme(actor=author, theme=theme, text="Said")
        reply_to_comment(actor=author, comment=comment, text="Answered")
        if comment.author is not None:
            edit_comment(actor=author, comment=comment, text="Mended")
        told = AuditEntry.objects.exclude(pk__in=before)
        assert {entry.actor_id for entry in told} == {logged}
        assert str(participant.pk) not in "".join(str((e.before, e.after)) for e in told)


def test_on_a_draft_only_the_team_comments(rapporteur, participant):
    draft = ThemeFactory(workshop=rapporteur.workshop)
    with pytest.raises(NotPermitted):
        comment_on_theme(actor=participant, theme=draft, text="Hm")
    assert comment_on_theme(actor=rapporteur, theme=draft, text="Check this")


def test_others_do_not_comment(rapporteur, theme):
    observer = ParticipantFactory(workshop=rapporteur.workshop, role=Role.OBSERVER)
    for outsider in (observer, ParticipantFactory(role=Role.OWNER)):
        with pytest.raises(NotPermitted):
            comment_on_theme(actor=outsider, theme=theme, text="Hm")
        with pytest.raises(NotPermitted):
            reply_to_comment(actor=outsider, comment=CommentFactory(theme=theme), text="Hm")


def test_nobody_comments_once_the_workshop_is_published(participant, theme):
    participant.workshop.phase = Phase.PUBLISHED
    with pytest.raises(NotPermitted):
        comment_on_theme(actor=participant, theme=theme, text="Too late")


@pytest.mark.parametrize("text", ["", " \n", "\x00", "x" * 5_001])
def test_an_empty_or_endless_comment_is_refused(participant, theme, text):
    comment = CommentFactory(theme=theme, author=participant)
    for say in (
        lambda: comment_on_theme(actor=participant, theme=theme, text=text),
        lambda: reply_to_comment(actor=participant, comment=comment, text=text),
        lambda: edit_comment(actor=participant, comment=comment, text=text),
    ):
        with pytest.raises(RuleViolation) as refusal:
            say()
        assert refusal.value.fields.keys() == {"text"}
    assert Comment.objects.get() == comment


def test_under_the_anonymous_rule_nothing_leads_to_a_participant(rapporteur, participant, theme):
    for person in (rapporteur, participant):
        person.workshop.attribution_rule = AttributionRule.ANONYMOUS
        person.workshop.save()
    said = comment_on_theme(actor=participant, theme=theme, text="Said")
    answered = reply_to_comment(actor=rapporteur, comment=said, text="Noted")
    assert (said.author, answered.author) == (None, rapporteur)
    assert AuditEntry.objects.get(verb="comment.written").actor_id is None


def test_what_counts_is_the_rule_as_it_is_now(participant, theme):
    Workshop.objects.update(attribution_rule=AttributionRule.ANONYMOUS)
    assert comment_on_theme(actor=participant, theme=theme, text="Said").author is None
    Workshop.objects.update(phase=Phase.PUBLISHED)
    with pytest.raises(NotPermitted):
        comment_on_theme(actor=participant, theme=theme, text="Too late")


def test_tightening_the_rule_takes_the_authors_off_the_comments(rapporteur, participant, theme):
    said = comment_on_theme(actor=participant, theme=theme, text="Said")
    answered = reply_to_comment(actor=rapporteur, comment=said, text="Noted")
    owner = ParticipantFactory(workshop=rapporteur.workshop, role=Role.OWNER)
    edit_basics(actor=owner, attribution_rule=AttributionRule.ANONYMOUS)
    assert Comment.objects.get(pk=said.pk).author is None
    assert Comment.objects.get(pk=answered.pk).author == rapporteur
    with pytest.raises(NotPermitted):
        edit_comment(actor=participant, comment=said, text="Said so")


def test_an_answer_stands_under_its_comment_and_is_not_answered_itself(
    rapporteur, participant, theme
):
    comment = CommentFactory(theme=theme)
    answer = reply_to_comment(actor=participant, comment=comment, text="So did I")
    assert (answer.reply_to, answer.theme) == (comment, theme)
    with pytest.raises(RuleViolation):
        reply_to_comment(actor=participant, comment=answer, text="Me too")
    with pytest.raises(RuleViolation):
        decide_comment(actor=rapporteur, comment=answer, state=CommentState.ACCEPTED)


def written_ago(comment, **ago):
    """Let the comment be so old, by the clock of the database."""
    Comment.objects.filter(pk=comment.pk).update(stamped_at=Now() - timedelta(**ago))
    comment.refresh_from_db()
    return comment


def test_one_mends_ones_own_comment_for_a_quarter_of_an_hour(rapporteur, participant, theme):
    comment = comment_on_theme(actor=participant, theme=theme, text="Mostly scolars")
    written_ago(comment, minutes=14)
    edit_comment(actor=participant, comment=comment, text="Mostly scholars", version=1)
    comment.refresh_from_db()
    assert comment.text == "Mostly scholars"
    assert comment.edited_at
    assert "scholars" not in str(AuditEntry.objects.get(verb="comment.edited").after)
    with pytest.raises(Conflict):
        edit_comment(actor=participant, comment=comment, text="Again", version=1)
    with pytest.raises(NotPermitted):
        edit_comment(actor=rapporteur, comment=comment, text="Words in their mouth")
    with pytest.raises(NotPermitted):
        edit_comment(actor=participant, comment=written_ago(comment, minutes=16), text="Too late")


def test_the_quarter_of_an_hour_is_measured_by_the_clock_of_the_database(participant, theme):
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        comment = comment_on_theme(actor=participant, theme=theme, text="By a clock gone wrong")
    with time_machine.travel(timezone.now() - timedelta(days=1), tick=False):
        edit_comment(actor=participant, comment=comment, text="Mended at once")
        written_ago(comment, minutes=16)
        with pytest.raises(NotPermitted):
            edit_comment(actor=participant, comment=comment, text="Too late")


def test_the_database_itself_lets_no_old_or_hidden_comment_be_mended(participant, theme):
    comment = written_ago(comment_on_theme(actor=participant, theme=theme, text="Said"), minutes=16)
    with pytest.raises(IntegrityError, match="within a quarter"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(text="Said otherwise")
    fresh = comment_on_theme(actor=participant, theme=theme, text="Said")
    Comment.objects.filter(pk=fresh.pk).update(hidden_at=Now(), hidden_because="Why")
    with pytest.raises(IntegrityError, match="within a quarter"), transaction.atomic():
        Comment.objects.filter(pk=fresh.pk).update(text="Said otherwise")


def test_a_comment_on_a_theme_that_was_taken_back_is_left_alone(participant, theme):
    comment = comment_on_theme(actor=participant, theme=theme, text="Said")
    theme.published_at = None
    theme.save()
    with pytest.raises(NotPermitted):
        edit_comment(actor=participant, comment=comment, text="Said more")


def test_the_team_accepts_declines_with_a_reason_and_opens_again(rapporteur, theme):
    comment = CommentFactory(theme=theme)
    accepted = decide_comment(actor=rapporteur, comment=comment, state=CommentState.ACCEPTED)
    assert (accepted.state, accepted.decided_by) == (CommentState.ACCEPTED, rapporteur)
    assert accepted.decided_at
    declined = decide_comment(
        actor=rapporteur, comment=comment, state=CommentState.DECLINED, decision=" Not held. "
    )
    assert (declined.state, declined.decision) == (CommentState.DECLINED, "Not held.")
    opened = decide_comment(actor=rapporteur, comment=comment, state=CommentState.OPEN)
    assert (opened.state, opened.decision, opened.decided_at, opened.decided_by) == (
        CommentState.OPEN,
        "",
        None,
        None,
    )


def test_declining_needs_a_reason(rapporteur, theme):
    comment = CommentFactory(theme=theme)
    with pytest.raises(RuleViolation) as refusal:
        decide_comment(
            actor=rapporteur, comment=comment, state=CommentState.DECLINED, decision="  "
        )
    assert refusal.value.fields.keys() == {"decision"}
    comment.refresh_from_db()
    assert comment.state == CommentState.OPEN


def test_a_state_that_does_not_exist_is_refused(rapporteur, theme):
    with pytest.raises(RuleViolation):
        decide_comment(actor=rapporteur, comment=CommentFactory(theme=theme), state="adapted")


def test_a_decision_on_a_comment_changed_meanwhile_is_a_conflict(rapporteur, theme):
    comment = CommentFactory(theme=theme)
    decide_comment(actor=rapporteur, comment=comment, state=CommentState.ACCEPTED, version=1)
    with pytest.raises(Conflict):
        decide_comment(actor=rapporteur, comment=comment, state=CommentState.OPEN, version=1)


def test_participants_decide_nothing(participant, theme):
    with pytest.raises(NotPermitted):
        decide_comment(
            actor=participant,
            comment=CommentFactory(theme=theme, author=participant),
            state=CommentState.ACCEPTED,
        )
