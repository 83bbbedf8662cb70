"""What is taken along and loaded again is the same; what was edited is all that differs."""

import copy

import pytest

from apps.agendas.services import revise_outcome
from apps.annotations.services import revise_annotation
from apps.core.documents import Refused
from apps.core.documents.sections import plain
from apps.memos.workshop_file import as_bytes
from apps.memos.workshop_file.example import load_example
from apps.participants.models import Participant
from apps.themes.services import edit_theme
from apps.workshops.models import Role
from apps.workshops.quantifiers import QuantifierTable
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
