"""Whatever a workshop holds: its file, loaded and written again, is the same."""

import json
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.agendas.models import LinkKind, OutcomeKind
from apps.annotations.models import About, Basis, Kind, Modality, Quantifier, Strength
from apps.core.documents import Refused
from apps.core.documents.sections import plain
from apps.core.texts import as_line
from apps.memos.workshop_file import as_bytes, understand
from apps.statements.measures.counts import Counts
from apps.statements.models import Direction, Means, NextRound, Scale
from apps.themes.models import Descent, Placement
from apps.workshops.models import AttributionRule, Mode, OrganisationRole, SessionKind
from tests.workshop_file.asked import result, snapshot
from tests.workshop_file.conftest import again, loaded
from tests.workshop_file.test_references import missing

pytestmark = pytest.mark.django_db

# As people type, and as they don't: no control characters, and none that is half of one.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    lambda text: text.strip() == text
)
some = {"deadline": None, "max_examples": 25, "suppress_health_check": list(HealthCheck)}


def words(choices: Any) -> st.SearchStrategy[Any]:
    """Return one of the words of the house, one of somebody else's, or none."""
    return st.one_of(st.sampled_from(choices.values), texts, st.none())


def ids(number: int, prefix: str) -> st.SearchStrategy[list[str]]:
    """Return some of the ids of a list."""
    known = [f"{prefix}{n}" for n in range(number)]
    return st.lists(st.sampled_from(known), unique=True) if known else st.just([])


def one_of(number: int, prefix: str) -> st.SearchStrategy[str | None]:
    known = [f"{prefix}{n}" for n in range(number)]
    return st.sampled_from([*known, None]) if known else st.none()


@st.composite
def passages(draw: Any, notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return some words of some of `notes`, each once."""
    found = []
    for note in draw(st.lists(st.sampled_from(notes), max_size=4)) if notes else []:
        text = note["text"]
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        marked = {"note": note["id"], "start": start, "end": end, "text": text[start:end]}
        if marked not in found and marked["text"].strip():
            found.append(marked)
    return sorted(found, key=lambda each: (each["note"], each["start"], each["end"]))


# What is put to the room stands on one line.
lines = texts.filter(lambda text: as_line(text) == text)
counts = st.builds(Counts, *(st.integers(0, 40) for _ in range(3)))


@st.composite
def statements(draw: Any, themes: Any, annotations: list[str]) -> list[dict[str, Any]]:
    """Return some statements, asked or not, in one wording or more."""
    found = []
    for place in range(draw(st.integers(0, 3))):
        scale, means = draw(st.sampled_from(Scale.values)), draw(st.sampled_from(Means.values))
        wordings = draw(st.lists(lines, min_size=1, max_size=2, unique=True))
        named = [f"b{place}w{n}" for n in range(len(wordings))]
        rounds: list[dict[str, Any]] = []
        for number, text in enumerate(wordings, start=1):
            asked = result(
                draw(counts), text=text, wording=number, number=number, scale=scale, means=means,
                members=draw(st.one_of(st.none(), st.integers(0, 200))),
            )  # fmt: skip
            rounds.append(asked | ({"wording": named[number - 1]} if len(wordings) > 1 else {}))
        if draw(st.booleans()):
            rounds[-1] = {}
        tested = draw(st.lists(st.sampled_from(annotations), unique=True)) if annotations else []
        found.append(
            {
                "id": f"b{place}",
                "text": wordings[-1],
                "theme": draw(themes),
                "scale": scale,
                "withdrawn": draw(st.sampled_from([True, None])),
                "wordings": [
                    {"id": key, "text": text} for key, text in zip(named, wordings, strict=True)
                ] if len(wordings) > 1 else [],
                "tests": [
                    {"annotation": key, "direction": draw(st.sampled_from(Direction.values))}
                    for key in tested
                ],
                "rounds": rounds,
            }
        )  # fmt: skip
    return found


def snapshots_of(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the snapshot of what was revealed last of `listed` statements, if anything was."""
    revealed = [[each for each in one["rounds"] if "result" in each] for one in listed]
    last = [rounds[-1] for rounds in revealed if rounds]
    return [snapshot(*last)] if last else []


@st.composite
def workshops(draw: Any) -> dict[str, Any]:
    """Return a workshop as somebody may have encoded it."""
    sizes = {name: draw(st.integers(0, 3)) for name in "gsqtaopkm"}
    first = draw(st.dates(date(1950, 1, 1), date(2150, 1, 1)))

    def listed(letter: str, /, **fields: Any) -> list[dict[str, Any]]:
        return [
            {"id": f"{letter}{n}"}
            | {
                key: draw(each if isinstance(each, st.SearchStrategy) else each(n))
                for key, each in fields.items()
            }
            for n in range(sizes[letter])
        ]

    def above(name: str) -> Any:
        return lambda n: one_of(n, name)

    def part(name: str) -> Any:
        return lambda n: one_of(min(n, 1), name)

    positions = st.lists(
        st.fixed_dictionaries(
            {"text": texts, "quantifier": words(Quantifier), "groups": ids(sizes["g"], "g")}
        ),
        max_size=3,
    )
    sizes["m"] = sizes["m"] if sizes["s"] else 0
    notes = listed("m", session=st.sampled_from([f"s{n}" for n in range(sizes["s"])] or [""]),
                   text=texts)  # fmt: skip

    def came_from(n: int) -> st.SearchStrategy[Any]:
        others = [f"t{other}" for other in range(sizes["t"]) if other != n]
        source = {"how": st.sampled_from(Descent.values), "title": texts}
        return st.lists(
            st.fixed_dictionaries(source | {"theme": st.sampled_from([*others, None])}), max_size=2
        )

    themes = listed(
        "t", title=texts, parent=above("t"), printed_under=words(Placement), summary=texts,
        questions=ids(sizes["q"], "q"), own=st.one_of(st.none(), texts),
        notes=ids(sizes["m"], "m"), passages=passages(notes), came_from=came_from,
    )  # fmt: skip
    sizes["a"] = sizes["a"] if themes else 0
    theme = st.sampled_from([each["id"] for each in themes]) if themes else st.none()
    annotations = listed(
        "a", theme=theme, kind=words(Kind), claim=texts, about=words(About), basis=words(Basis),
        modality=words(Modality), strength=words(Strength), quantifier=words(Quantifier),
        groups=ids(sizes["g"], "g"), session=one_of(sizes["s"], "s"), positions=positions,
    )  # fmt: skip
    asked = draw(statements(theme, [each["id"] for each in annotations]))
    rests_on = st.one_of(ids(len(themes), "t"), ids(len(annotations), "a"))
    return {
        "workshop": {
            "title": draw(texts),
            "event_date": first.isoformat(),
            "event_end_date": (first + timedelta(days=draw(st.integers(0, 4)))).isoformat(),
            "mode": draw(words(Mode)),
            "attribution_rule": draw(st.sampled_from(AttributionRule.values)),
            "suggests": draw(st.one_of(st.booleans(), st.none())),
            "answer_scale": draw(st.sampled_from([*Scale.values, None])),
            "rounds_at_most": draw(st.one_of(st.none(), st.integers(1, 5))),
            "asked_again": draw(st.sampled_from([*NextRound.values, None])),
            "smallest_group": draw(st.one_of(st.none(), st.integers(3, 20))),
            "team_answers": draw(st.one_of(st.none(), st.booleans())),
            "hosts": draw(st.lists(texts, unique=True, max_size=2)),
            "groups": [
                {"id": f"g{n}", "label": f"{draw(texts)} {n}"} for n in range(sizes["g"])
            ],
            "of_others": draw(st.one_of(st.none(), texts, st.integers())),
        },
        "organisations": listed(
            "o", name=texts, role=words(OrganisationRole).filter(lambda role: role != "host")
        ),
        "sessions": listed("s", title=texts, kind=words(SessionKind), parent=above("s")),
        "guiding_questions": listed(
            "q", text=texts, parent=part("q"), session=one_of(sizes["s"], "s")
        ),
        "notes": notes,
        "themes": themes,
        "annotations": annotations,
        "statements": asked,
        "snapshots": snapshots_of(asked),
        "research_questions": listed("p", text=texts, parent=part("p"), origins=rests_on),
        "outcomes": listed(
            "k", text=texts, kind=words(OutcomeKind), modality=words(Modality), rests_on=rests_on,
            addressees=st.lists(texts.filter(lambda text: ";" not in text), max_size=2),
        ),
        "links": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "source": st.sampled_from([each["id"] for each in themes] or ["t0"]),
                        "target": st.sampled_from([each["id"] for each in annotations] or ["a0"]),
                        "type": words(LinkKind),
                        "phrase": st.one_of(st.none(), texts),
                    }
                ),
                max_size=2 if themes and annotations else 0,
            )
        ),
        "elsewhere": draw(st.dictionaries(texts, texts, max_size=2)),
    }  # fmt: skip


# Lists of ids, whose order says nothing.
SETS = {"questions", "groups", "rests_on", "origins", "notes"}


def in_order(content: Any) -> Any:
    """Return `content` with lists of ids, whose order says nothing, in one order."""
    if isinstance(content, dict):
        return {
            name: sorted(set(each)) if name in SETS
            and all(isinstance(one, str) for one in each) else in_order(each)
            for name, each in content.items()
        }  # fmt: skip
    return [in_order(each) for each in content] if isinstance(content, list) else content


@settings(**some)
@given(content=workshops())
def test_what_is_loaded_comes_back_and_comes_back_again(content):
    first = again(loaded(content))
    # Those named as hosts alone are listed behind the others.
    listed = first | {
        "organisations": first.get("organisations", [])[: len(content["organisations"])]
    }
    assert missing(plain(in_order(content)), plain(in_order(listed))) == []
    assert as_bytes(again(loaded(first))) == as_bytes(first)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@settings(**some)
@given(content=workshops(), value=json_values, data=st.data())
def test_whatever_stands_anywhere_is_read_or_refused_in_words(content, value, data):
    place: Any = content
    while True:
        steps = list(place) if isinstance(place, dict) else list(range(len(place)))
        step = data.draw(st.sampled_from(steps))
        inner = place[step]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            place[step] = value
            break
        place = inner
    with suppress(Refused):
        understand(json.dumps(content).encode())
