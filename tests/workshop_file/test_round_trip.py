"""What is taken along and loaded again is the same; what was edited is all that differs."""

import copy

import pytest

from apps.agendas.services import revise_outcome
from apps.annotations.services import revise_annotation
from apps.core.documents import Refused
from apps.core.documents.sections import plain
from apps.memos.workshop_file import as_bytes
from apps.memos.workshop_file.example import load_example
from apps.notes.services import correct_note
from apps.participants.models import Participant
from apps.themes.selectors import Outline, relatives_of
from apps.themes.services import (
    edit_theme,
    file_passage,
    merge_themes,
    split_theme,
    unfile_notes,
)
from apps.workshops.models import Role
from apps.workshops.quantifiers import QuantifierTable
from tests.factories import NoteFactory, ParticipantFactory, ThemeFactory
from tests.workshop_file.conftest import NAMES, again, loaded, reference

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", NAMES)
def test_the_second_file_is_the_first(name):
    first = again(loaded(reference(name)))
    assert as_bytes(again(loaded(first))) == as_bytes(first)


def test_so_is_that_of_the_example():
    owner = load_example().participants.get(role=Role.OWNER)
    first = again(owner)
    second = again(loaded(first))
    # Nobody whom a file names has agreed to the rule of another workshop.
    people = first.pop("people")
    assert "people" not in second
    assert {person["name"] for person in people} >= {"Adaeze Nnoruka", "Priya Castellane"}
    # Beside notes groups stand for five who joined.
    for content in (first, second):
        for each in (*content["notes"], *content["comments"]):
            each.pop("group", None)
    assert second == first


@pytest.mark.parametrize("name", NAMES)
def test_only_what_was_edited_differs(name):
    owner = loaded(reference(name))
    before = again(owner)
    actor = Participant.objects.select_related("workshop").get(pk=owner.pk)
    themes = list(actor.workshop.themes.order_by("order"))
    edit_theme(actor=actor, theme=themes[0], title="Called otherwise")
    annotation = actor.workshop.annotations.order_by("order").first()
    revise_annotation(actor=actor, annotation=annotation, claim="Corrected", strength="general")
    outcome = actor.workshop.outcomes.order_by("order").first()
    revise_outcome(actor=actor, outcome=outcome, text="Said better")
    wanted = copy.deepcopy(before)
    wanted["themes"][0]["title"] = "Called otherwise"
    wanted["annotations"][0] |= {"claim": "Corrected", "strength": "general"}
    wanted["outcomes"][0]["text"] = "Said better"
    assert plain(again(owner)) == plain(wanted)


def test_what_takes_the_place_of_kept_words_is_written_in_their_stead():
    content = reference("network-management")
    owner = loaded(content)
    said = again(owner)["annotations"][1]
    assert said["quantifier"] == "one paper"
    actor = Participant.objects.select_related("workshop").get(pk=owner.pk)
    annotation = actor.workshop.annotations.order_by("order")[1]
    revise_annotation(actor=actor, annotation=annotation, quantifier="some")
    assert again(owner)["annotations"][1] == {**said, "quantifier": "some"}


def test_a_consensus_known_by_what_is_no_word_of_ours_keeps_it():
    content = {
        "workshop": {"title": "Floods", "event_date": "2024-05-02"},
        "themes": [{"id": "t1", "title": "Levees"}],
        "annotations": [
            {"theme": "t1", "kind": "consensus", "claim": "They leak", "basis": "a nod"}
        ],
    }
    owner = loaded(content)
    assert owner.workshop.annotations.get().basis == "rapporteur"
    assert again(owner)["annotations"][0]["basis"] == "a nod"


def test_words_for_how_many_come_along_where_they_are_not_those_of_the_house():
    content = {
        "workshop": {"title": "Floods", "event_date": "2024-05-02", "most_at": 80},
    }
    owner = loaded(content)
    assert QuantifierTable.of(owner.workshop) == QuantifierTable(most_at=80)
    told = again(owner)["workshop"]
    assert {name: told[name] for name in QuantifierTable.names() if name in told} == {"most_at": 80}
    assert as_bytes(again(loaded(again(owner)))) == as_bytes(again(owner))


def test_words_for_how_many_out_of_their_order_are_refused_in_words():
    content = {
        "workshop": {"title": "Floods", "event_date": "2024-05-02", "most_at": 95},
    }
    with pytest.raises(Refused) as refused:
        loaded(content)
    assert "Words for how many keep their order" in str(refused.value.problems)


SAID = "On 𝛼: they ask 👩‍🔬 twice, then they ask again.\nAnd so on."


def sorted_day(**about):
    """Return a workshop in which notes and passages stand under themes that were rearranged."""
    return {
        "workshop": {"title": "Floods", "event_date": "2024-05-02", **about},
        "sessions": [{"id": "s1", "title": "Opening"}],
        "notes": [
            {"id": "m1", "session": "s1", "text": SAID},
            {"id": "m2", "session": "s1", "text": "They leak"},
        ],
        "themes": [
            {
                "id": "t1",
                "title": "Levees",
                "notes": ["m1", "m2"],
                "passages": [
                    {"note": "m1", "start": SAID.index("👩"), "end": SAID.index(" twice"),
                     "text": "👩‍🔬"},
                    {"note": "m1", "start": SAID.rindex("they ask"), "end": SAID.index(" again"),
                     "text": "they ask"},
                ],
            },
            {
                "id": "t2",
                "title": "Asking",
                "came_from": [
                    {"how": "split", "title": "Dykes", "theme": "t1"},
                    {"how": "merged", "title": "Pumps"},
                    {"how": "merged", "title": "Pumps"},
                ],
            },
        ],
        "comments": [
            {"id": "c1", "theme": "t1", "kind": "missing", "text": "Who pays?", "supports": 3},
            {"id": "c2", "theme": "t1", "reply_to": "c1", "text": "All of us"},
        ],
    }  # fmt: skip


def test_passages_comments_and_where_themes_came_from_come_back():
    content = sorted_day(suggests=False, attribution_rule="on_record")
    owner = loaded(content)
    found = again(owner)
    for name in ("notes", "themes"):
        assert plain(found[name]) == plain(content[name])
    said = ("id", "kind", "text", "reply_to", "supports")
    for each, one in zip(found["comments"], content["comments"], strict=True):
        assert [each.get(name) for name in said] == [one.get(name) for name in said]
    assert found["workshop"]["suggests"] is False
    assert not owner.workshop.suggests
    assert as_bytes(again(loaded(found))) == as_bytes(found)


@pytest.mark.parametrize(("rule", "told"), [("on_record", (2, 3)), ("chatham_house", (None, None))])
def test_how_many_support_themes_and_findings_comes_back_on_the_record(rule, told):
    content = {
        "workshop": {"title": "Floods", "event_date": "2024-05-02", "attribution_rule": rule},
        "themes": [{"id": "t1", "title": "Levees", "supports": 2}],
        "annotations": [{"theme": "t1", "kind": "observation", "claim": "Leaky", "supports": 3}],
    }
    owner = loaded(content)
    theme, finding = owner.workshop.themes.get(), owner.workshop.annotations.get()
    for row, number in ((theme, 2), (finding, 3)):
        assert list(row.supports.values_list("participant", flat=True)) == [None] * number
    found = again(owner)
    assert (found["themes"][0].get("supports"), found["annotations"][0].get("supports")) == told


def test_what_was_rearranged_here_comes_back():
    actor = ParticipantFactory(role=Role.OWNER)
    note = NoteFactory(session__workshop=actor.workshop, text=SAID)
    gone, theme = ThemeFactory.create_batch(2, workshop=actor.workshop, notes=[note])
    file_passage(actor=actor, theme=gone, note=note, text="twice")
    merge_themes(actor=actor, theme=gone, into=theme)
    new = split_theme(actor=actor, theme=theme, title="On its own", notes=[note])
    first = again(actor)
    told = {each["title"]: each for each in first["themes"]}
    assert told[theme.title]["came_from"] == [{"how": "merged", "title": gone.title}]
    assert told[new.title]["came_from"] == [
        {"how": "split", "title": theme.title, "theme": told[theme.title]["id"]}
    ]
    assert [each["text"] for each in told[new.title]["passages"]] == ["twice"]
    owner = loaded(first)
    assert again(owner) == first
    split = owner.workshop.themes.get(title=new.title)
    assert [
        (each.how, each.title, each.theme_id is None)
        for each in relatives_of(split, Outline(owner))
    ] == [("Split from", theme.title, False)]


def test_a_passage_is_told_where_it_stands_now_and_its_note_where_it_stands_no_more():
    owner = loaded(sorted_day())
    note = owner.workshop.notes.get(text=SAID)
    theme = owner.workshop.themes.get(title="Levees")
    unfile_notes(actor=owner, theme=theme, notes=[note])
    for words, start in (("they ask", SAID.index("they ask")), ("twice", None)):
        file_passage(actor=owner, theme=theme, note=note, text=words, start=start)
    correct_note(actor=owner, note=note, text=f"Well. {SAID.replace('twice', 'thrice')}")
    told = again(owner)["themes"][0]
    start = SAID.index("they ask") + 6
    assert told["passages"] == [
        {"note": "m1", "start": start, "end": start + 8, "text": "they ask"}
    ]
    # Words of an earlier text stay in the house; what was filed for them stays filed.
    assert told["notes"] == ["m1", "m2"]
    assert "twice" not in as_bytes(again(owner)).decode()
    assert as_bytes(again(loaded(again(owner)))) == as_bytes(again(owner))


def test_words_that_stand_in_a_note_once_need_no_offsets():
    content = sorted_day()
    content["themes"][0]["passages"] = [{"note": "m1", "text": "twice"}]
    start = SAID.index("twice")
    assert again(loaded(content))["themes"][0]["passages"] == [
        {"note": "m1", "start": start, "end": start + 5, "text": "twice"}
    ]
