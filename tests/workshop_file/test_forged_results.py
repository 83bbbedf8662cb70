"""What a file can’t say of what the room was asked: refused by its place, and nothing is loaded."""

import copy

import pytest

from apps.core.documents import Refused
from apps.statements.measures.counts import Counts
from apps.statements.models import Round
from apps.statements.selectors import last_revealed_in
from apps.statements.services.revealing import digest
from apps.workshops.models import Workshop
from tests.workshop_file.asked import asked_once, snapshot
from tests.workshop_file.conftest import loaded

pytestmark = pytest.mark.django_db


def _changed(path, value):
    def change(content):
        *steps, last = path
        place = content["statements"][0]["rounds"][0]
        for step in steps:
            place = place[step]
        place[last] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _changed(["result", "counts", "agree"], 21),
        _changed(["result", "says"], "Consensus. All agreed."),
        _changed(["result", "members"], 40),
        _changed(["sha256"], "0" * 64),
        _changed(["sha256"], None),
        _changed(["sha256"], 7),
    ],
)
def test_what_was_changed_since_it_was_published_is_refused(change):
    content = asked_once()
    change(content)
    before = Round.objects.count()
    with pytest.raises(Refused) as refused:
        loaded(content)
    told = str(refused.value)
    assert told.startswith("statements[0].rounds[0].")
    assert any(each in told for each in ("one of them was changed", "add up", "make of the counts"))
    assert Round.objects.count() == before


def _forged(path, value):
    """A change that the SHA-256 goes along with."""
    change = _changed(["result", *path], value)

    def forge(content):
        change(content)
        asked = content["statements"][0]["rounds"][0]
        asked["sha256"] = digest(asked["result"])
        content["snapshots"] = [{"id": "j1", **snapshot(asked)}]

    return forge


MOVED = {
    "kept": 18,
    "both": 20,
    "says": "18 of the 20 who answered both rounds kept their answer: opinion is stable.",
}
GROUP = {"id": "05f7870e-2202-485c-a210-3f3bfba1ba88", "plural": "envoys", "says": ""}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (_forged(["counts", "agree"], 21), "result.counts: don’t add up to those who answered"),
        (_forged(["counts", "agree"], -1), "result.counts.agree: should be a whole number"),
        (_forged(["counts", "agree"], True), "result.counts.agree: should be a whole number"),
        (_forged(["counts"], None), "result.counts: is told from 5 answers on"),
        (_forged(["verdict"], "divided"), "result.verdict: isn’t what the rule makes of the cou"),
        (_forged(["verdict"], "sure"), "result.verdict: should be one of"),
        (_forged(["verdict"], []), "result.verdict: should be one of"),
        (_forged(["rule", "divided_at"], 90), "result.rule: isn’t one that a workshop can have"),
        (_forged(["says"], "x" * 1_001), "result.says: should be a text of up to 1000"),
        (_forged(["says"], ["<script>"]), "result.says: should be a text"),
        (_forged(["statement"], "b1"), "result.statement: should be an id as the site gave"),
        (_forged(["round"], 2), "result.round: isn’t what stands beside the result"),
        (_forged(["wording"], {"number": 1, "text": "No."}), "result.wording: isn’t what stands"),
        (_forged(["scale"], "five"), "result.scale: isn’t what stands beside the result"),
        (_changed(["means"], "hands"), "result.means: isn’t what stands beside the result"),
        (_forged(["means"], "hands"), "result.says: isn’t what the measures make of the counts"),
        (_forged(["says"], "Consensus. All agreed."), "says: isn’t what the measures make of the"),
        (_forged(["margin"], 7), "result.margin: isn’t what the measures make of the counts: “2”"),
        (_forged(["margin_says"], "Nobody can end it."), "result.margin_says: isn’t what the meas"),
        (_forged(["carry_over_says"], "It holds anywhere."), "carry_over_says: isn’t what the mea"),
        (_forged(["certainty", "level"], "settled"), "result.certainty: isn’t what the measures"),
        (_forged(["certainty", "probability"], 0.99), "result.certainty: isn’t what the measures"),
        (_forged(["certainty", "probability"], None), "result.certainty: isn’t what the measures"),
        (_forged(["values"], {"1": 25}), "result.values: aren’t those of the counts"),
        (_forged(["moved"], MOVED | {"kept": 21}), "result.moved: are more than answered"),
        (_forged(["moved"], MOVED | {"both": 26}), "result.moved: are more than answered"),
        (_forged(["moved"], MOVED | {"says": "All did."}), "moved.says: isn’t what the measures"),
        (_forged(["moved"], {"kept": 2, "both": 4, "says": ""}), "moved.says: isn’t what the meas"),
        (_forged(["values"], {"1": 4}), "result.values: don’t add up"),
        (_forged(["values"], {"3": 4}), "result.values.3: should be one of"),
        (_forged(["by"], "Ana"), "result.by: isn’t part of the format"),
        (_forged(["certainty", "probability"], 2), "certainty.probability: should be from 0 to 1"),
        (
            _forged(["groups"], [GROUP | {"counts": {"agree": 4, "disagree": 0, "unsure": 0}}]),
            "result.groups: tell of fewer people than are told of",
        ),
        (
            _forged(["groups"], [GROUP | {"counts": {"agree": 24, "disagree": 0, "unsure": 0}}]),
            "result.groups: are more than answered",
        ),
        (_forged(["groups"], [GROUP]), "result.groups[0].counts: is needed"),
        (_forged(["smallest_group"], 2), "result.smallest_group: should be a whole number from 3"),
    ],
)
def test_what_no_round_can_have_come_to_is_refused_even_with_its_digest(change, complaint):
    content = asked_once()
    change(content)
    with pytest.raises(Refused) as refused:
        loaded(content)
    assert complaint in str(refused.value)
    assert not Workshop.objects.exists()


def test_of_so_few_answers_no_values_are_told():
    content = asked_once(Counts(3, 1, 0))
    assert loaded(content).workshop.statements.get()
    _forged(["values"], {"1": 3, "-1": 1})(content)
    with pytest.raises(Refused, match="are told where the counts are"):
        loaded(content)


def test_how_many_kept_their_answer_comes_along():
    content = asked_once()
    _forged(["moved"], MOVED)(content)
    [found] = last_revealed_in(loaded(content).workshop).values()
    assert found.moved_says == MOVED["says"]


def _set(path, value):
    def change(content):
        *steps, last = path
        for step in steps:
            content = content[step]
        content[last] = value

    return change


def _snapshot(**wrong):
    """The snapshot, but for what is wrong with it, and with the right digest."""

    def change(content):
        found = content["snapshots"][0]
        found["content"] |= wrong
        found["sha256"] = digest(found["content"])

    return change


FIRST = ["statements", 0]
ROUND = [*FIRST, "rounds", 0]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (_set([*FIRST, "text"], ""), "statements[0].text: is needed"),
        (_set([*FIRST, "text"], "x" * 301), "statements[0].text: "),
        (_set([*FIRST, "theme"], "t9"), "statements[0].theme: “t9” there is no record"),
        (_set([*FIRST, "scale"], "nine"), "statements[0].scale: “nine” should be one of"),
        (_set([*FIRST, "withdrawn"], "yes"), "statements[0].withdrawn: “yes” should be true"),
        (_set([*FIRST, "answers"], [1, 1]), "statements[0].answers: isn’t taken: what isn’t part"),
        (_set([*FIRST, "wordings"], [{"text": "No."}]), "statements[0].text: isn’t the last of"),
        (_set([*ROUND, "state"], "open"), "rounds[0].state: “open” should be one of: draft, rev"),
        (_set([*ROUND, "state"], "draft"), "rounds[0].state: isn’t that of one with a result"),
        (_set([*ROUND, "means"], "post"), "rounds[0].means: “post” should be one of"),
        (_set([*ROUND, "result"], None), "rounds[0].result: is needed"),
        (_set([*ROUND, "result"], []), "rounds[0].result: should be an object"),
        (_set([*ROUND, "who"], ["Ana"]), "rounds[0].who: isn’t taken"),
        (_set([*FIRST, "rounds"], [{}, {}]), "rounds[0]: isn’t revealed, and another round"),
        (_set([*FIRST, "tests"], [{"annotation": "a9"}]), "tests[0].annotation: “a9” there is no"),
        (_set([*FIRST, "tests"], [{}]), "tests[0].annotation: is needed"),
        (
            _set([*FIRST, "tests"], [{"annotation": "a1", "position": "z1"}]),
            "tests[0].position: is of another annotation",
        ),
        (
            _set([*FIRST, "tests"], [{"annotation": "a1"}, {"annotation": "a1"}]),
            "tests[1]: is said already",
        ),
        (
            _set([*FIRST, "tests"], [{"annotation": "a1", "direction": "both"}]),
            "tests[0].direction: “both” should be one of",
        ),
        (_set(["snapshots"], []), "snapshots: are needed: what was revealed stands in one"),
        (_set(["snapshots", 0, "sha256"], "0" * 64), "snapshots[0].sha256: isn’t that of what"),
        (_set(["snapshots", 0, "number"], None), "snapshots[0].number: is needed"),
        (_set(["snapshots", 0, "on"], "soon"), "snapshots[0].on: “soon” should be a day"),
        (_snapshot(results={}), "snapshots[0].content.results: isn’t of all that was revealed"),
        (
            _snapshot(results={"05f7870e-2202-485c-a210-3f3bfba1ba88": "0" * 64}),
            "snapshots[0].content.results: names a result that isn’t in the file",
        ),
        (
            _snapshot(gaps={"05f7870e-2202-485c-a210-3f3bfba1ba88": []}),
            "snapshots[0].content.gaps: are of a round that isn’t among the results",
        ),
        (
            lambda content: content["snapshots"].append(copy.deepcopy(content["snapshots"][0])),
            "snapshots[1].id: “j1” stands for something else already",
        ),
        (
            lambda content: content["snapshots"].append({**content["snapshots"][0], "id": "j2"}),
            "snapshots[1].number: is that of another snapshot",
        ),
        (_set(["workshop", "smallest_group"], 2), "workshop: From 3 people, below which a number"),
        (_set(["workshop", "rounds_at_most"], 9), "workshop: From 1 to 5 rounds"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_what_was_asked_is_told_by_its_place(change, complaint):
    content = asked_once()
    change(content)
    with pytest.raises(Refused) as refused:
        loaded(content)
    assert complaint in str(refused.value)
    assert not Workshop.objects.exists()
