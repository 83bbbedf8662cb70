"""Setting up the guiding questions."""

import pytest

from apps.core.exceptions import Conflict, NotPermitted, RuleViolation
from apps.core.models import AuditEntry
from apps.workshops.models import GuidingQuestion, Role
from apps.workshops.services import (
    AskedQuestion,
    add_guiding_question,
    add_guiding_questions,
    change_guiding_question,
    move_guiding_question,
    remove_guiding_question,
)
from tests.factories import (
    GuidingQuestionFactory,
    ParticipantFactory,
    SessionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def wholes(owner) -> list[str]:
    found = GuidingQuestion.objects.filter(workshop=owner.workshop, parent=None)
    return [question.text for question in found]


def test_questions_frame_the_day_or_arise_in_it(owner):
    session = SessionFactory(workshop=owner.workshop)
    whole = add_guiding_question(actor=owner, text="When?")
    part = add_guiding_question(actor=owner, text="And who pays?", parent=whole)
    arisen = add_guiding_question(
        actor=owner, text="Why at all?", origin="emergent", session=session
    )
    assert list(whole.parts.all()) == [part]
    assert (arisen.session, whole.order, arisen.order, part.order) == (session, 0, 1, 0)
    changed = change_guiding_question(actor=owner, question=whole, version=1, text="When and how?")
    assert (changed.text, changed.version) == ("When and how?", 2)


def test_a_new_question_comes_last_though_others_were_removed(owner):
    first, second = (add_guiding_question(actor=owner, text=text) for text in ("A?", "B?"))
    remove_guiding_question(actor=owner, question=first)
    third = add_guiding_question(actor=owner, text="C?")
    assert third.order > second.order


def test_parts_have_no_parts(owner):
    whole = GuidingQuestionFactory(workshop=owner.workshop)
    part = GuidingQuestionFactory(workshop=owner.workshop, parent=whole)
    attempts = [
        lambda: add_guiding_question(actor=owner, text="?", parent=part),
        lambda: change_guiding_question(actor=owner, question=whole, parent=whole),
        lambda: change_guiding_question(actor=owner, question=whole, parent=part),
        lambda: add_guiding_questions(
            actor=owner, questions=[AskedQuestion("?", ["!"])], parent=whole
        ),
    ]
    for attempt in attempts:
        with pytest.raises(RuleViolation) as refusal:
            attempt()
        assert refusal.value.fields.keys() == {"parent"}
    assert GuidingQuestion.objects.count() == 2


TYPED = """
1. When do we begin?
  - Who pays for it?
  • And who decides?
2) What, if nobody does?

- A line with a dash
Why at all?
"""


def test_several_come_one_a_line_with_parts(owner, browser_of, setup):
    answer = browser_of(owner).post(
        f"{setup}questions/new/", {"questions": TYPED, "origin": "framing"}
    )
    assert answer.headers["Location"] == f"{setup}questions/"
    assert wholes(owner) == ["When do we begin?", "What, if nobody does?", "Why at all?"]
    parts = {
        question.text: [part.text for part in question.parts.all()]
        for question in GuidingQuestion.objects.filter(parent=None)
    }
    assert parts["When do we begin?"] == ["Who pays for it?", "And who decides?"]
    assert parts["What, if nobody does?"] == ["A line with a dash"]
    assert AuditEntry.objects.filter(verb="guiding_question.added").count() == 6


def test_several_become_parts_of_one(owner, browser_of, setup):
    whole = GuidingQuestionFactory(workshop=owner.workshop)
    url = f"{setup}questions/new/"
    page = browser_of(owner).get(f"{url}?parent={whole.pk}").content.decode()
    assert f'<option value="{whole.pk}" selected>' in page
    form = {"questions": "Who?\nWhen?", "origin": "framing", "parent": whole.pk}
    assert browser_of(owner).post(url, form).status_code == 302
    assert [part.text for part in whole.parts.all()] == ["Who?", "When?"]
    refused = browser_of(owner).post(url, {**form, "questions": "Who?\n- Really?"})
    assert refused.status_code == 422
    assert "leave out the dashes" in refused.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("  \n ", "Write at least one question."),
        ("Short?\n" + "x" * 501, "Line 2 has 501 characters; a question has 500 at most."),
    ],
)
def test_what_is_no_question_is_told_by_its_line(owner, browser_of, setup, typed, said):
    answer = browser_of(owner).post(
        f"{setup}questions/new/", {"questions": typed, "origin": "framing"}
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not GuidingQuestion.objects.exists()


def test_questions_move_among_those_beside_them(owner, browser_of, setup):
    a, b, c = (add_guiding_question(actor=owner, text=text) for text in "abc")
    arisen = add_guiding_question(actor=owner, text="d", origin="emergent")
    part = add_guiding_question(actor=owner, text="e", parent=a)
    assert move_guiding_question(actor=owner, question=b, by=-1)
    assert wholes(owner)[:3] == ["b", "a", "c"]
    c.refresh_from_db()
    assert not move_guiding_question(actor=owner, question=c, by=1)
    assert not move_guiding_question(actor=owner, question=arisen, by=-1)
    assert not move_guiding_question(actor=owner, question=part, by=1)
    url = f"{setup}questions/"
    answer = browser_of(owner).post(f"{url}{c.pk}/move/", {"to": "up"})
    assert answer.headers["Location"] == f"{url}?arrange=1#question-{c.pk}"
    assert "move/" in browser_of(owner).get(f"{url}?arrange=1").content.decode()


def test_a_question_put_under_another_comes_last_there(owner):
    a, b = (add_guiding_question(actor=owner, text=text) for text in "ab")
    add_guiding_question(actor=owner, text="part", parent=a)
    changed = change_guiding_question(actor=owner, question=b, parent=a)
    assert changed.order == 1
    back = change_guiding_question(actor=owner, question=b, parent=None)
    assert back.order == 1


def test_a_question_is_removed_with_its_parts(owner, browser_of, setup):
    whole = GuidingQuestionFactory(workshop=owner.workshop, text="When?")
    GuidingQuestionFactory(workshop=owner.workshop, parent=whole, text="Who pays?")
    ThemeFactory(workshop=owner.workshop).questions.add(whole)
    page = browser_of(owner).get(f"{setup}questions/{whole.pk}/").content.decode()
    assert "Its part goes with it. A theme answers it." in page
    change_guiding_question(actor=owner, question=whole, text="When, then?")
    with pytest.raises(Conflict):
        remove_guiding_question(actor=owner, question=whole, version=1)
    browser_of(owner).post(f"{setup}questions/{whole.pk}/remove/", {"version": "2"})
    assert not GuidingQuestion.objects.exists()
    entry = AuditEntry.objects.get(verb="guiding_question.removed")
    assert entry.before == {"text": "When, then?", "parts": ["Who pays?"]}


def test_the_form_offers_nothing_of_other_workshops(owner, browser_of, setup):
    foreign = GuidingQuestionFactory(text="A foreign question?")
    hidden = SessionFactory(title="A foreign session")
    browser = browser_of(owner)
    assert "foreign" not in browser.get(f"{setup}questions/new/").content.decode()
    answer = browser.post(
        f"{setup}questions/new/",
        {"questions": "Why?", "origin": "emergent", "session": hidden.pk, "parent": foreign.pk},
    )
    assert answer.status_code == 422
    assert "Why?" in answer.content.decode()
    for path in ("", "move/", "remove/"):
        answer = browser.post(f"{setup}questions/{foreign.pk}/{path}", {"text": "!"})
        assert answer.status_code == 404


def test_a_question_says_who_asked_whom_where_and_what_came_of_it(owner, browser_of, setup):
    session = SessionFactory(workshop=owner.workshop)
    asked = add_guiding_question(actor=owner, text="Why?", session=session)
    answer = browser_of(owner).post(
        f"{setup}questions/{asked.pk}/",
        {
            "text": "Why?", "origin": "framing", "session": session.pk, "asked_by": "staff",
            "asked_of": "users", "state": "partly", "answer": "For some of them",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    overview = browser_of(owner).get(f"/w/{owner.workshop.slug}/").content.decode()
    assert "asked by staff, put to users" in overview
    assert "Answered in part" in overview
    assert "For some of them" in overview


def test_others_set_up_no_questions(owner):
    question = GuidingQuestionFactory(workshop=owner.workshop)
    other = ParticipantFactory(workshop=owner.workshop, role=Role.FACILITATOR)
    attempts = [
        lambda: add_guiding_questions(actor=other, questions=[AskedQuestion("?")]),
        lambda: move_guiding_question(actor=other, question=question, by=1),
        lambda: remove_guiding_question(actor=other, question=question),
        lambda: remove_guiding_question(actor=owner, question=GuidingQuestionFactory()),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
