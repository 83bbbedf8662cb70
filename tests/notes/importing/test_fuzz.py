"""Whatever a file holds, it is read within bounds or refused in words; `make fuzz` for longer."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from apps.core.texts import cleaned
from apps.notes.importing import Format, Kind, Reading, Unreadable, entries_of, read_file
from apps.notes.importing.blocks import Document
from apps.notes.importing.deciding import Known, KnownSession
from apps.notes.importing.limits import BLOCKS, DEEPEST, TEXT
from apps.notes.importing.planning import Wishes, plan_of
from tests.notes.importing.sources import TRIES, document, etherpad, packed, paragraph
from tests.notes.importing.test_round_trip import SIGNS

KNOWN = Known(
    sessions={"s1": KnownSession("Opening", True, False), "s2": KnownSession("Keys", False, False)},
    themes={"t1": ("Influence",), "t2": ("Influence", "As a verb")},
    groups={"g1": ("scholar", "scholars", "a scholar")},
    people={"p1": "Anna Berg", "p2": "Ben Okri", "p3": ""},
    memberships={"p1": "g1"},
)
lines = st.lists(
    st.one_of(st.sampled_from([*SIGNS, "Anna Berg: so", "## Keys", "  - "]), st.text(max_size=30)),
    max_size=30,
).map("\n".join)
pieces = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=10)), max_size=40).map("".join)
encoded = st.builds(
    lambda text, encoding: text.encode(encoding, "replace"),
    st.one_of(lines, pieces),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1"]),
)
TAGS = (
    "<p>|</p>|<ul>|</ul>|<li>|</li>|<ol>|<h1>|</h1>|<br>|<br/>|<!--|-->|<script>|</script>|<style>|"
    "<td>|<tr>|&amp;|&#0;|&#xD800;|&#1114112;|<|>|</|<a href='|<![CDATA[|<?x"
)
tags = st.lists(st.one_of(st.sampled_from(TAGS.split("|")), st.text(max_size=10)), max_size=40).map(
    lambda found: f"<!DOCTYPE HTML>{''.join(found)}".encode("utf-8", "replace")
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["id", "title", "under", "text", "mark", "group", "themes", "session",
                             "number", "answers", "atext", "attribs", "pool", "numToAttrib", "0"]),
            inner, max_size=5,
        ),
    ),
    max_leaves=20,
)  # fmt: skip
own = st.builds(
    lambda **parts: json.dumps({"schema": "rapporteur/notes-1", **parts}).encode(),
    sessions=values, themes=values, notes=st.one_of(values, st.lists(values, max_size=5)),
)  # fmt: skip
pads = st.one_of(
    st.builds(lambda value: json.dumps({"pad:x": value}).encode(), values),
    st.builds(
        etherpad,
        lines,
        st.text("*|+=-0123abcz", max_size=30),
        st.dictionaries(st.sampled_from("01az"), st.lists(st.text(max_size=8), max_size=3)),
    ),
)
XML = (
    "<w:p>|</w:p>|<w:r>|</w:r>|<w:t>|</w:t>|<w:tbl>|<w:tr>|</w:tr>|<w:tc>|</w:tc>|</w:tbl>|<w:tab/>|"
    '<w:pStyle w:val="berschrift1"/>|<w:ilvl w:val="3"/>|<w:ilvl w:val="x"/>|<w:del>|</w:del>|'
    "words|&amp;|&lt;|&#0;|]]>|<!-- -->|<w:outlineLvl w:val='1'/>"
)
xml = st.lists(st.sampled_from(XML.split("|")), max_size=40)
words = st.one_of(
    st.builds(lambda found: document("".join(found)), xml),
    st.lists(st.builds(paragraph, pieces), max_size=10).map(lambda found: document(*found)),
)
packs = st.dictionaries(
    st.sampled_from(["a.md", "b.md", "c/d.md", "e.txt", "f.png", "word/document.xml"]),
    st.one_of(encoded, st.binary(max_size=50)), max_size=4,
).map(packed)  # fmt: skip
whole = st.one_of(encoded, tags, own, pads, words, packs, st.binary(max_size=200))


@st.composite
def damaged(draw: Any) -> bytes:
    """A file that was cut off, or in which something was written over."""
    data = draw(whole)
    if not data or draw(st.booleans()):
        return data[: draw(st.integers(0, len(data)))]
    place = draw(st.integers(0, len(data) - 1))
    return data[:place] + draw(st.binary(min_size=1, max_size=4)) + data[place + 1 :]


names = st.sampled_from(["", "x.md", "x.txt", "x.csv", "x.docx", "x.etherpad", "x.json", "x.html"])
readings = st.builds(
    Reading,
    joined=st.booleans(),
    names=st.booleans(),
    heading=st.booleans(),
    columns=st.lists(
        st.sampled_from(["text", "speaker", "session", "theme", "mark", "number", "answers", ""]),
        max_size=6,
    ),
    known=st.just(frozenset({"anna berg", "a scholar"})),
)


@pytest.mark.parametrize("source", [whole, damaged()], ids=["whole", "damaged"])
@given(data=st.data())
@TRIES
def test_whatever_a_file_holds(source, data):
    sent, name = data.draw(source), data.draw(names)
    try:
        read = read_file(sent, name, data.draw(st.sampled_from([None, *list(Format)[:2]])))
    except Unreadable as refusal:
        said = str(refusal)
        event(f"refused: {said[:40]}")
        assert said[-1] in ".?", said
        return
    event(f"read as {read.format}")
    # What is kept while it is looked at is the same when it comes back from the database.
    kept = json.loads(json.dumps(read.as_json()))
    assert Document.from_json(kept, read.format).blocks == read.blocks
    assert not any("\0" in words for words in words_in(kept))
    entries = entries_of(read, data.draw(readings))
    assert [entry.key for entry in entries] == list(range(len(entries)))
    assert len(entries) <= 2 * BLOCKS
    assert sum(len(entry.text) for entry in entries) <= 2 * TEXT
    for entry in entries:
        assert entry.answers is None or entry.answers < entry.key
        assert all(key < entry.key for key in entry.headings)
        assert len(entry.headings) <= 2 * DEEPEST
        assert entry.kind != Kind.NOTE or entry.error or entry.text == entry.text.strip()
    decide(entries, data)


def words_in(value: Any) -> Iterator[str]:
    """Yield every text within `value`: PostgreSQL keeps none with a NUL."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        yield from words_in(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from words_in(each)


def decide(entries: Any, data: Any) -> None:
    """Whatever is chosen, each note that is taken can be recorded."""
    plan = plan_of(entries, KNOWN)
    keys = st.sampled_from(["", "nobody", "text", "group:g1", "person:p1", "person:gone", "new:"])
    tops = st.sampled_from(["", "new", "nothing", "out", "session:s2", "theme:t1", "theme:gone"])
    wishes = Wishes(
        session="s1",
        places={place.key: data.draw(tops) for place in plan.places},
        labels={label.key: data.draw(keys) for label in plan.labels},
        left_out=frozenset(data.draw(st.sets(st.integers(0, 9), max_size=3))),
    )
    plan = plan_of(entries, KNOWN, wishes)
    new = {theme.key for theme in plan.new_themes}
    for place, theme in enumerate(plan.new_themes):
        assert theme.parent in {"", *KNOWN.themes, *(t.key for t in plan.new_themes[:place])}
        assert cleaned(theme.title)
    for line in plan.taken:
        assert line.session in KNOWN.sessions
        assert set(line.themes) <= new | set(KNOWN.themes)
        assert line.group in ({"", "g1"} if line.session == "s1" else {""})
        assert not line.speaker
        assert line.entry.error or cleaned(line.text), line
