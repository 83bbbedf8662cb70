"""What can't be loaded: told by its place, in words, and nothing is written."""

import copy
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.core.documents import Refused
from apps.memos.workshop_file import as_bytes, load_workshop, understand
from apps.memos.workshop_file.example import example
from apps.workshops.models import Workshop
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def _set(path, value):
    def change(data):
        *steps, last = path
        for step in steps:
            data = data[step]
        data[last] = value

    return change


def _passage(**wrong):
    """A passage of the first note, but for what is `wrong` with it."""

    def change(data):
        text = data["notes"][0]["text"][:4]
        data["themes"][0]["passages"] = [
            {"note": "n001", "start": 0, "end": 4, "text": text} | wrong
        ]

    return change


def _from(**wrong):
    """That the first theme was merged of one that is gone, but for what is `wrong` with it."""
    return _set(["themes", 0, "came_from"], [{"how": "merged", "title": "Standing"} | wrong])


def _answer(**wrong):
    """The second comment answers the first, and says what an answer can't."""

    def change(data):
        first, second = data["comments"][:2]
        about = {name: first[name] for name in ("theme", "annotation") if name in first}
        for name in ("theme", "annotation"):
            second.pop(name, None)
        second |= {**about, "reply_to": first["id"], **wrong}

    return change


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (_set(["format"], "other"), "format: should be “rapporteur/workshop-2”"),
        (_set(["workshop"], []), "workshop: is needed, and should be an object"),
        (_set(["workshop", "title"], ""), "workshop.title: is needed"),
        (_set(["workshop", "title"], "x" * 201), "workshop.title: "),
        (_set(["workshop", "time_zone"], "Here"), "workshop.time_zone: “Here” “Here” isn't a"),
        (_set(["workshop", "time_zone"], "../etc"), "workshop.time_zone: isn’t a time zone"),
        (_set(["workshop", "event_date"], "soon"), "workshop.event_date: “soon” should be a day"),
        (_set(["workshop", "event_end_date"], "2022-05-12"), "workshop: The workshop can't end"),
        (_set(["workshop", "attribution_rule"], "loose"), "workshop.attribution_rule: “loose” sh"),
        (_set(["workshop", "groups", 1, "id"], "scholars"), "workshop.groups[1].id: “scholars” st"),
        (_set(["annotations", 3, "theme"], "t99"), "annotations[3].theme: “t99” there is no"),
        (_set(["annotations", 3, "theme"], None), "annotations[3].theme: is needed"),
        (_set(["annotations", 3, "claim"], "x" * 501), "annotations[3].claim: "),
        (_set(["annotations", 3, "speaker"], "Ana"), "annotations[3].speaker: isn’t taken"),
        (
            _set(["annotations", 5, "evidence", 0, "position"], "z"),
            "annotations[5].evidence[0].position: “z” there is no record",
        ),
        (_set(["notes", 1, "id"], "n001"), "notes[1].id: “n001” stands for something else"),
        (_set(["notes", 1, "id"], 7), "notes[1].id: should be a text"),
        (_set(["notes", 2, "at"], "25:00"), "notes[2].at: “25:00” should be a time"),
        (_set(["notes", 0, "text"], ""), "notes[0].text: is needed"),
        (_set(["notes", 0, "text"], "\x00"), "notes[0].text: holds a character that can’t"),
        (_set(["notes", 0, "text"], 7), "notes[0].text: should be a text"),
        (_set(["notes", 0, "speaker"], "Ana"), "notes[0].speaker: isn’t taken"),
        (_set(["themes", 0, "notes"], ["n001", "x"]), "themes[0].notes: there is no record"),
        (_set(["themes", 0, "parent"], "t1"), "themes[0].parent: stands, in the end, under"),
        (
            _passage(text="nobody", start=None, end=None),
            "themes[0].passages[0].text: doesn’t stand in the not",
        ),
        (_passage(text=" "), "themes[0].passages[0].text: should be some words"),
        (_passage(start=1), "themes[0].passages[0].start: isn’t where these words stand"),
        (_passage(start=-4), "themes[0].passages[0].start: isn’t where these words stand"),
        (_passage(start=False), "themes[0].passages[0].start: isn’t where these words stand"),
        (_passage(end=5), "themes[0].passages[0].end: isn’t where these words end"),
        (
            _passage(note="n999"),
            "themes[0].passages[0].note: there is no record with the id",
        ),
        (
            _passage(note="t2"),
            "themes[0].passages[0].note: is the id of something that isn’t a n",
        ),
        (_passage(by="Ana"), "themes[0].passages[0].by: isn’t part of the format"),
        (_set(["themes", 0, "passages"], "n001"), "themes[0].passages: “n001” should be a list"),
        (_set(["themes", 0, "passages"], ["n001"]), "themes[0].passages[0]: should be an object"),
        (
            lambda data: (
                _passage()(data)
                or data["themes"][0]["passages"].append(dict(data["themes"][0]["passages"][0]))
            ),
            "themes[0].passages[1]: stands here already",
        ),
        (
            _from(how="eaten"),
            "themes[0].came_from[0].how: should be one of: merged, split",
        ),
        (_from(title=""), "themes[0].came_from[0].title: should be a title"),
        (_from(title="x" * 201), "themes[0].came_from[0].title: should be a title of up to 200"),
        (_from(theme="t1"), "themes[0].came_from[0].theme: should be the id of another theme"),
        (_from(theme="n001"), "themes[0].came_from[0].theme: should be the id of another theme"),
        (_from(at="2022-05-13"), "themes[0].came_from[0].at: isn’t part of the format"),
        (_set(["comments", 0, "supports"], -1), "comments[0].supports: should be a whole number"),
        (_set(["comments", 0, "supports"], 10**9), "comments[0].supports: makes more than 50,000"),
        (_answer(supports=1), "comments[1].supports: are of no answer"),
        (_answer(kind="missing"), "comments[1].kind: isn’t that of an answer"),
        (_set(["notes"], "none"), "notes: should be a list"),
        (_set(["notes", 0], "none"), "notes[0]: should be an object"),
        (_set(["people", 0, "listing"], "maybe"), "people[0].listing: “maybe” should be one of"),
        (_set(["people", 3, "groups"], ["judges"]), "people[3].groups: there is no record"),
        (_set(["people", 3, "phone"], "1"), "people[3].phone: isn’t taken"),
        (_set(["research_questions", 0, "example"], True), "research_questions[0].example: An exa"),
        (_set(["outcomes", 0, "rests_on"], ["p99"]), "outcomes[0].rests_on: there is no record"),
        (_set(["comments", 0, "annotation"], None), "comments[0].theme: is needed"),
        (
            lambda data: (
                data["workshop"].update(hosts=["Ana"])
                or _set(["organisations", 0, "name"], ["Ana"])(data)
            ),
            "organisations[0].name: should be a text",
        ),
    ],
)
def test_what_is_wrong_is_told_by_its_place_and_nothing_is_written(change, complaint):
    data = copy.deepcopy(example())
    change(data)
    user = UserFactory()
    with pytest.raises(Refused) as refusal:
        load_workshop(user=user, data=as_bytes(data))
    assert complaint in str(refusal.value)
    assert not Workshop.objects.exists()
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "line 1, column 1"),
        (b"{", "line 1, column 2"),
        (b"\xff\xfe", "UTF-8"),
        (b"null", "should be an object"),
        (b"[]", "should be an object"),
        (b"{}", "workshop: is needed"),
        (b'{"workshop": {"title": NaN}}', "no number"),
        (b'{"workshop": {}, "workshop": {}}', "“workshop” twice"),
        (b'{"workshop": {"title": "\\ud800"}}', "half a character"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"workshop": ' + b"[" * 30 + b"]" * 30 + b"}", "nested too deeply"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "can’t be read as JSON"),
        (b" " * 1_600_000, "is larger than 1,500 KiB"),
    ],
)
def test_what_is_no_workshop_at_all_is_refused_in_words(data, complaint):
    with pytest.raises(Refused) as refusal:
        understand(data)
    assert complaint in str(refusal.value)


def test_all_places_are_told_at_once():
    data = example()
    for annotation in data["annotations"]:
        annotation["theme"] = "t99"
    with pytest.raises(Refused) as refusal:
        understand(as_bytes(data))
    assert len(refusal.value.problems) == len(data["annotations"])


def test_the_command_says_what_is_kept_and_what_is_wrong(tmp_path):
    UserFactory(email="ana@example.org")
    path, out, err = tmp_path / "workshop.json", StringIO(), StringIO()
    call = {"owner": "Ana@example.org", "stdout": out, "stderr": err}
    path.write_text(json.dumps({**example(), "weather": "fine"}))
    call_command("load_workshop", path, **call)
    workshop = Workshop.objects.get()
    assert f"/w/{workshop.slug}/" in out.getvalue()
    assert "weather: has no place here. It is kept as written." in err.getvalue()
    path.write_text("{")
    with pytest.raises(CommandError, match="can’t be read as JSON"):
        call_command("load_workshop", path, **call)
    with pytest.raises(CommandError, match="no account"):
        call_command("load_workshop", path, owner="nobody@example.org")
    with pytest.raises(CommandError, match="can’t be read"):
        call_command("load_workshop", tmp_path, **call)
