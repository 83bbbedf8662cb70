"""Something good to send to each address that takes something."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from apps.notes.importing import Reading
from apps.notes.models import ImportDraft, Note, NoteImport
from apps.notes.selectors import undoing
from apps.participants.models import Participant, RosterDraft
from apps.participants.roster import guess_columns
from apps.participants.selectors import plan_for, table_of
from apps.themes.selectors.importing import plan_for as plan_for_notes
from apps.workshops.models import Phase
from apps.workshops.rules import TEAM
from tests.permissions.world import World

# What scripts send as JSON, and for whom it was written.
FROM_DEVICES = {"themes:queue"}

Body = Mapping[str, Any] | Callable[[World], Mapping[str, Any]]


def body_of(world: World, route: str, kind: str) -> dict[str, Any]:
    """Return the fields that `route` takes, as far as they are known."""
    body = BODIES.get(route, {})
    found = dict(body(world) if callable(body) else body)
    if route in FROM_DEVICES and kind in world.people:
        sent = "note" if world.people[kind].role in TEAM else "thought"
        found |= {"actor": world.people[kind].pk, "entries": [_kept(world, sent)]}
    if route == "themes:check_notes" and kind in world.people:
        found |= _taking(world, kind)
    return found


def _phase(world: World) -> dict[str, str]:
    order = list(Phase)
    place = order.index(Phase(world.workshop.phase))
    if place + 1 < len(order):
        return {"phase": order[place + 1]}
    return {"phase": order[place - 1], "reason": "More to say"}


def _basics(world: World) -> dict[str, Any]:
    workshop = world.workshop
    return {
        "title": "Another title", "starts_on": "2026-05-13", "ends_on": "2026-05-14",
        "mode": "hybrid", "time_zone": "UTC", "language": "en",
        "attribution_rule": workshop.attribution_rule,
    }  # fmt: skip


def _kept(world: World, kind: str) -> dict[str, Any]:
    entry = str(uuid4())
    said = {"text": "Said without a network"}
    return {
        "id": entry, "kind": kind, "note": entry, "session": world.id("session"), "fields": said,
    }  # fmt: skip


def _plan(world: World) -> dict[str, str]:
    draft = RosterDraft.objects.get(pk=world.id("draft"))
    columns = guess_columns(table_of(draft))
    return {"digest": plan_for(world.workshop, draft, columns).digest}


def _taking(world: World, kind: str) -> dict[str, Any]:
    actor = world.people[kind]
    # The workshop as it is at this moment, whose rule says what is kept.
    actor = Participant.objects.select_related("workshop").get(pk=actor.pk)
    draft = ImportDraft.objects.filter(made_by=actor).first()
    if draft is None:
        return {}
    session = actor.workshop.sessions.first()
    digest = plan_for_notes(actor, draft, Reading()).digest
    return {"digest": digest, "session": session.pk if session else "", "label_0": "nobody"}


def _undoing(world: World) -> dict[str, str]:
    return {"digest": undoing(NoteImport.objects.get(pk=world.id("import"))).digest}


PERSON = {"display_name": "Somebody", "role": "participant"}
SESSION = {"title": "After lunch", "kind": "plenary"}
ORGANISATION = {"name": "The university", "role": "partner"}
QUESTION = {"text": "What else?", "origin": "framing"}
GROUP = {"singular": "diplomat", "plural": "diplomats"}
COMMENT = {"text": "I see it otherwise."}
ANNOTATION = {"kind": "observation", "claim": "It rained", "modality": "is"}
TERM = {"name": "rain", "status": "contested"}
STATEMENT = {"text": "Rain is useful.", "scale": "three"}
RESEARCH = {"text": "Why?", "new": True}
OUTCOME = {"kind": "takeaway", "text": "It rains", "modality": "is", "new": True}
# What takes nothing but the wish.
NOTHING = [
    "participants:renew_join_code", "participants:leave", "participants:admit",
    "participants:turn_away", "participants:invitation", "participants:keep_place",
    "participants:use_link", "participants:remove_person",
    "participants:bring_back", "participants:drop_roster", "participants:erase_person",
    "api:person-bring-back",
    "themes:drop_notes",
    "themes:undo", "api:rearrangement-undo",
    "themes:delete", "themes:publish", "themes:unpublish", "annotations:withdraw",
    "annotations:detach", "annotations:term-remove", "annotations:term-take",
    "agendas:question-withdraw",
    "agendas:outcome-withdraw", "agendas:link-remove", "memos:make", "memos:retry",
    "api:theme-publish",
    "notes:take_back_thought", "notes:let_in_thought", "notes:set_aside_thought",
    "notes:bring_back_thought", "api:thought-detail", "api:thought-let-in",
    "api:thought-set-aside", "api:thought-bring-back",
    "api:theme-unpublish", "api:memo-list", "api:memo-file-retry", "accounts:make_api_token",
    "accounts:revoke_api_token", "account_logout", "accounts:use_sign_in_link",
    "accounts:end_session", "accounts:end_other_sessions", "accounts:single_sign_on",
]  # fmt: skip
# What only those can fill in who got a mail, know a password or have a file: others get no further
# than a form.
SECRET = [
    "account_login", "account_request_login_code", "account_confirm_login_code",
    "account_signup", "account_change_password", "account_set_password",
    "account_reset_password", "account_reset_password_from_key", "account_reauthenticate",
    "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_generate_recovery_codes", "accounts:make_api_token", "statements:polis",
]  # fmt: skip

BODIES: dict[str, Body] = {
    **{route: {} for route in [*NOTHING, *SECRET]},
    # workshops
    "workshops:move_phase": _phase,
    "workshops:edit_basics": _basics,
    "workshops:paste_programme": {"text": "09:00 Opening"},
    "workshops:move_session": {"to": "up"},
    "workshops:remove_session": {},
    "workshops:go_to_session": {},
    "workshops:open_session": {"has_feed": "on"},
    "workshops:move_guiding_question": {"to": "up"},
    "workshops:remove_guiding_question": {},
    "workshops:add_organisation": ORGANISATION,
    "workshops:change_organisation": ORGANISATION,
    "workshops:move_organisation": {"to": "up"},
    "workshops:remove_organisation": {},
    "workshops:attribution": lambda world: {"attribution_rule": world.workshop.attribution_rule},
    "workshops:consensus": {
        "consensus_at": 70, "opposed_at_most": 15, "divided_at": 30, "undecided_at": 33,
        "quorum": 50, "nearly_all_at": 80, "most_at": 65, "many_at": 33, "several_from": 5,
        "numbers_below": 12,
    },
    "workshops:privacy": {"lobby": "on"},
    "workshops:add_session": SESSION,
    "workshops:change_session": SESSION,
    "workshops:add_guiding_questions": {"questions": "What else?", "origin": "framing"},
    "workshops:change_guiding_question": QUESTION,
    "api:workshop-list": {"title": "A new one", "starts_on": "2026-05-13"},
    "api:workshop-phase": _phase,
    "api:workshop-detail": {"title": "Another title"},
    "api:session-move": {"by": -1},
    "api:session-go": {},
    "api:session-open": {"has_feed": True},
    "api:guiding-question-move": {"by": -1},
    "api:organisation-move": {"by": -1},
    "api:organisation-list": ORGANISATION,
    "api:organisation-detail": ORGANISATION,
    "api:session-list": SESSION,
    "api:session-detail": SESSION,
    "api:guiding-question-list": QUESTION,
    "api:guiding-question-detail": QUESTION,
    # participants
    "participants:add_group": {**GROUP, "axis": "role"},
    "participants:move_group": {"to": "up"},
    "participants:remove_group": {},
    "participants:oneself": {
        "display_name": "Another", "group": "none", "listing": "none", "attribution": "no",
    },
    "participants:erase": {"understood": "on"},
    "participants:change_deletion_date": {"purge_on": "2030-01-01", "reason": "As agreed"},
    "participants:purge": lambda world: {"title": world.workshop.title},
    "participants:change_group": GROUP,
    "participants:add_person": PERSON,
    "participants:person": PERSON,
    "participants:change_several": lambda world: {
        "people": [world.id("participant")], "role": "observer",
    },
    "participants:invite_several": lambda world: {"people": [world.id("participant")]},
    "participants:import_people": {"text": "Name\nBen Okri"},
    "participants:check_roster": _plan,
    "api:person-list": {"display_name": "Somebody"},
    "api:person-detail": {"affiliation": "Elsewhere"},
    "participants:admit_all": lambda world: {"shown": [world.id("participant", "waiting")]},
    "participants:start_workshop": lambda world: {
        **_basics(world), "title": "A new one", "attribution_rule": "chatham_house",
    },
    "memos:load_workshop": {
        "content": '{"workshop": {"title": "Loaded", "event_date": "2026-05-13"}}', "load": "1",
    },
    "participants:join_workshop": lambda world: {
        "rule": world.workshop.attribution_rule, "group": "neither", "display_name": "",
    },
    "api:group-move": {"by": -1},
    "api:participant-me": {"affiliation": "Elsewhere"},
    "api:group-list": GROUP,
    "api:group-detail": GROUP,
    # notes
    "notes:speaker": {"reason": "To ask her for the figures."},
    "notes:thoughts": lambda world: {"session": world.id("session"), "text": "From a phone"},
    "api:thought-list": lambda world: {"session": world.id("session"), "text": "From a phone"},
    "notes:redact": {"reason": "It names somebody."},
    "api:note-redact": {"reason": "It names somebody."},
    "notes:edit": {"text": "Said otherwise", "mark": "remark"},
    "api:note-list": lambda world: {"session": world.id("session"), "text": "Said"},
    "api:note-detail": {"text": "Said otherwise"},
    # themes
    "themes:import_notes": {"text": "- one"},
    "themes:check_notes": {},
    "themes:undo_import": _undoing,
    "themes:capture": lambda world: {
        "session": world.id("session"), "text": "Said", "mark": "remark",
    },
    "themes:queue": lambda world: {"entries": [_kept(world, "note")]},
    "themes:add": {"title": "A theme"},
    "themes:file": lambda world: {"notes": [world.id("note")], "theme": world.id("theme")},
    "themes:edit": {"title": "Another title", "placement": "auto"},
    "themes:refile": lambda world: {
        "notes": [world.id("note")], "theme": world.id("theme", "draft"),
    },
    "themes:place": {"placement": "context"},
    "themes:mark_passage": lambda world: {
        "text": Note.objects.get(pk=world.id("note")).text, "theme": world.id("theme"),
    },
    "themes:take_off_passage": lambda world: {"note": world.id("note"), "start": 0, "end": 1},
    "themes:merge": lambda world: {"into": world.id("theme", "draft")},
    "themes:split": lambda world: {"title": "Another", "notes": [world.id("note")]},
    "api:theme-merge": lambda world: {"into": world.id("theme", "draft")},
    "api:theme-split": lambda world: {"title": "Another", "notes": [world.id("note")]},
    "themes:shift": {"to": "up"},
    "themes:reparent": {"parent": ""},
    "themes:comment": COMMENT,
    "themes:answer": {**COMMENT, "state": "open"},
    "themes:edit_comment": COMMENT,
    "themes:hide_comment": {"reason": "It names somebody."},
    "themes:show_comment": {},
    "themes:support_comment": {},
    "themes:support": {},
    "themes:take_suggestion": {},
    "themes:take_group": {"label": "Ports, ships"},
    "api:comment-hide": {"reason": "It names somebody."},
    "api:comment-show": {},
    "api:comment-support": {},
    "api:theme-support": {},
    "api:theme-list": {"title": "A theme"},
    "api:theme-detail": {"title": "Another title"},
    "api:theme-notes": lambda world: {"notes": [world.id("note", "draft")]},
    "api:theme-passages": lambda world: {
        "text": Note.objects.get(pk=world.id("note")).text, "note": world.id("note"),
    },
    "api:theme-shift": {"by": 1},
    "api:comment-list": lambda world: {**COMMENT, "theme": world.id("theme")},
    "api:comment-detail": COMMENT,
    "api:comment-decide": {"state": "accepted"},
    # annotations
    "annotations:new": ANNOTATION,
    "annotations:edit": {**ANNOTATION, "kind": "divergence"},
    "agendas:link-new": lambda world: {"kind": "contrasts", "target": f"theme:{world.id('theme')}"},
    "annotations:choose": lambda world: {"pick": f"{world.id('note')}:illustrates"},
    "annotations:advice": ANNOTATION,
    "annotations:move": {"by": "-1"},
    "annotations:evidence": {"number": "1", "stance": "supports"},
    "annotations:comment": COMMENT,
    "annotations:support": {},
    "annotations:term-new": TERM,
    "annotations:term-edit": TERM,
    "api:annotation-list": lambda world: {**ANNOTATION, "theme": world.id("theme")},
    "api:annotation-detail": {"claim": "It snowed"},
    "api:annotation-comments": COMMENT,
    "api:annotation-support": {},
    "api:annotation-move": {"by": 1},
    "api:position-list": {"text": "Not so"},
    "api:position-detail": {"text": "Not so"},
    "api:evidence-list": lambda world: {"note": world.id("note")},
    "api:term-list": TERM,
    "api:term-detail": TERM,
    # statements
    "statements:new": STATEMENT,
    "statements:edit": STATEMENT,
    "statements:plan": {
        "scale": "three", "rounds": 2, "next_round": "all", "smallest_group": 5, "shared_at": 60,
    },
    "statements:open": lambda world: {"rounds": [world.id("round", "draft")]},
    "statements:close": lambda world: {"rounds": [world.id("round")]},
    "statements:reveal": lambda world: {"rounds": [world.id("round", "closed")]},
    "statements:move": {"to": "up"},
    "statements:withdraw": {},
    "statements:bring_back": {},
    "statements:again": {},
    "statements:next_round": {},
    "statements:opinions": {},
    "statements:export": {"kind": "polis"},
    "statements:propose": {"text": "Nobody asked the drivers."},
    "statements:accept_proposal": {},
    "statements:decline_proposal": {"why": "off_subject"},
    "statements:answer": {"value": "1", "reason": "Because it is so.", "key": "a" * 64},
    "statements:means": {"means": "hands"},
    "statements:console": lambda world: {"step": "close", "round": world.id("round")},
    "statements:hands": {"agree_rest": "3", "members": "4"},
    "statements:confirm_hands": {},
    "statements:show": lambda world: {
        "showing": "round", "round": world.id("round"), "at": world.id("statement"),
    },
    "statements:link": lambda world: {
        "annotation": world.id("annotation", "draft"), "direction": "disagree",
    },
    "statements:unlink": {},
    "api:statement-list": STATEMENT,
    "api:statement-detail": {"text": "Rain is useful."},
    "api:statement-bring-back": {},
    "api:statement-move": {"by": -1},
    "api:statement-again": {},
    "api:statement-plan": {"rounds": 3},
    "api:test-list": lambda world: {"annotation": world.id("annotation", "draft")},
    "api:round-means": {"means": "hands"},
    "api:round-open": {},
    "api:round-close": {},
    "api:round-reveal": {},
    "api:round-answer": {"value": 1, "key": "a" * 64},
    # agendas
    "agendas:question-new": RESEARCH,
    "agendas:question-edit": {"text": "Why?", "new": True},
    "agendas:question-move": {"to": "up"},
    "agendas:outcome-new": OUTCOME,
    "agendas:outcome-edit": OUTCOME,
    "agendas:outcome-move": {"to": "up"},
    "api:research-question-list": RESEARCH,
    "api:research-question-detail": {"text": "Why then?", "new": False},
    "api:outcome-list": OUTCOME,
    "api:outcome-detail": {"text": "It rains", "new": False},
    "api:link-list": lambda world: {
        "kind": "contrasts", "source_annotation": world.id("annotation"),
        "target_theme": world.id("theme"), "phrase": "relatedly",
    },
    # memos
    "memos:settings": {"authors": "A. Author"},
    "api:memo-set-up": {"authors": ["A. Author"]},
    # accounts
    "accounts:account": {"name": "A. Name"},
}  # fmt: skip
