"""Reading programmes as people paste them. The examples are its description, too."""

import time as clock
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.workshops.programme import Entry, Programme, read_programme

FIRST, LAST = date(2026, 5, 12), date(2026, 5, 13)


def read(text: str) -> Programme:
    """Read the programme of a workshop on Tuesday 12 and Wednesday 13 May 2026."""
    return read_programme(text, first=FIRST, last=LAST)


def line(entry: Entry) -> str:
    """Tell an entry in one line: times, title, kind, room."""
    times = "–".join(f"{moment:%H:%M}" for moment in (entry.start, entry.end) if moment)
    kind = "break" if entry.is_break else str(entry.kind)
    return " | ".join(part for part in (times, entry.title, kind, entry.room) if part)


# One line typed, one session read.
LINES = [
    ("09:00–10:30 Opening plenary (Room A)", "09:00–10:30 | Opening plenary | plenary | Room A"),
    ("9.30 Coffee", "09:30 | Coffee | break"),
    # the hyphen, the dashes, words between two times
    ("09:00-10:30 Plenary", "09:00–10:30 | Plenary | plenary"),
    ("9:00 — 10:30: Plenary", "09:00–10:30 | Plenary | plenary"),
    ("from 9:00 to 10:30 Plenary", "09:00–10:30 | Plenary | plenary"),
    ("9.00 bis 10.30 Uhr Plenum", "09:00–10:30 | Plenum | plenary"),
    ("von 9 bis 10 Uhr Begrüßung", "09:00–10:00 | Begrüßung | plenary"),
    ("de 9h à 10h30 Séance plénière", "09:00–10:30 | Séance plénière | plenary"),
    ("0900-1030 Plenary", "09:00–10:30 | Plenary | plenary"),
    ("9–10 Registration", "09:00–10:00 | Registration | break"),
    # the clock of twelve hours
    ("9am-10:30am Keynote", "09:00–10:30 | Keynote | talk"),
    ("9–10:30 a.m. Keynote", "09:00–10:30 | Keynote | talk"),
    ("11–12:30 pm Panel", "11:00–12:30 | Panel | panel"),
    ("11 am – 1 Panel", "11:00–13:00 | Panel | panel"),
    ("1:30 PM Breakouts", "13:30 | Breakouts | breakout"),
    ("12 noon Closing lunch", "12:00 | Closing lunch | closing"),
    ("12:00 am Stars", "00:00 | Stars | plenary"),
    # German and French clocks
    ("14 Uhr Vortrag: Was wir wissen", "14:00 | Vortrag: Was wir wissen | talk"),
    ("09.00 Uhr – 09.30 Uhr Kaffeepause", "09:00–09:30 | Kaffeepause | break"),
    ("9h – 9h30 Accueil, café", "09:00–09:30 | Accueil, café | break"),
    ("10 h 30 Table ronde : la confiance", "10:30 | Table ronde : la confiance | panel"),
    ("midi Déjeuner", "12:00 | Déjeuner | break"),
    # the time behind the words, or among them
    ("Opening plenary, 14:00–15:00 (Room A)", "14:00–15:00 | Opening plenary | plenary | Room A"),
    ("Panel discussion (16:00 - 17:00)", "16:00–17:00 | Panel discussion | panel"),
    ("Session 4 (10:00-10:30, Room 2)", "10:00–10:30 | Session 4 | plenary | Room 2"),
    ("Bus leaves at 5 pm", "17:00 | Bus leaves | plenary"),
    ("Dinner at the old mill, 19:30", "19:30 | Dinner at the old mill | break"),
    ("10:00 Talk (45 min)", "10:00–10:45 | Talk | talk"),
    # rooms, and what stands in brackets and is none
    ("10:00 Talk, Room 12", "10:00 | Talk | talk | Room 12"),
    ("10:00 Talk @ The old mill", "10:00 | Talk | talk | The old mill"),
    ("10 Uhr Plenum (Seminarraum 2)", "10:00 | Plenum | plenary | Seminarraum 2"),
    ("10h Plénière – salle 12", "10:00 | Plénière | plenary | salle 12"),
    ("10:00 Plenary (B-201)", "10:00 | Plenary | plenary | B-201"),
    ("10:00 Keynote (Prof. Jane Doe)", "10:00 | Keynote (Prof. Jane Doe) | talk"),
    # rows of tables
    ("09:00\t10:30\tOpening plenary\tRoom A", "09:00–10:30 | Opening plenary | plenary | Room A"),
    ("| 11:00–12:00 | Talk | Jane Doe | B-201 |", "11:00–12:00 | Talk – Jane Doe | talk | B-201"),
    # marks of lists and of text with marks
    ("- 09:00 Plenary", "09:00 | Plenary | plenary"),
    ("**14:00** Plenary", "14:00 | Plenary | plenary"),
    ("1. 15:00 Plenary", "15:00 | Plenary | plenary"),
    # kinds
    ("16:00 Wrap-up and next steps", "16:00 | Wrap-up and next steps | closing"),
    ("16:00 Abschluss und Ausblick", "16:00 | Abschluss und Ausblick | closing"),
    ("14:00 World Café", "14:00 | World Café | cafe_table"),
    ("14:00 Nominal group technique", "14:00 | Nominal group technique | nominal_group"),
    ("14:00 Arbeitsgruppen", "14:00 | Arbeitsgruppen | breakout"),
    ("12:15 Lunch talk", "12:15 | Lunch talk | talk"),
    ("20:00 Podium", "20:00 | Podium | panel"),
]


@pytest.mark.parametrize(("typed", "understood"), LINES)
def test_a_line(typed, understood):
    programme = read(typed)
    assert [line(entry) for entry in programme.entries] == [understood]
    assert not programme.unread


@pytest.mark.parametrize(
    "typed",
    [
        "Workshop on security partnerships",
        "Chair: Jane Doe",
        "3–5 people share a table",
        "Rooms 3.14-3.16 are ours",
        "May we agree?",
        "So what?",
        "- Welcome by the hosts",
        "12–13 May 2026",
        "25:00 Nothing",
    ],
)
def test_a_line_that_says_no_time_is_kept_as_it_is(typed):
    programme = read(f"\n{typed}\n\n09:00 Opening")
    assert [(unread.number, unread.text) for unread in programme.unread] == [(2, typed)]
    assert [entry.line for entry in programme.entries] == [4]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("Wednesday", 13),
        ("Wednesday, 13 May 2026", 13),
        ("Wed 13 May", 13),
        ("13 May", 13),
        ("the 13th of May", 13),
        ("May 13, 2026", 13),
        ("## May 13", 13),
        ("2026-05-13", 13),
        ("13/05/2026", 13),
        ("05/13/2026", 13),
        ("5/13", 13),
        ("Mittwoch, 13.05.2026", 13),
        ("Mittwoch, den 13. Mai", 13),
        ("13.05.", 13),
        ("13.5.26", 13),
        ("mercredi 13 mai", 13),
        ("Mercredi 13 mai 2026 :", 13),
        ("Day 2", 13),
        ("Day 2 – Wednesday", 13),
        ("2. Tag", 13),
        ("Jour 2", 13),
        ("Tag 2 (Mittwoch, 13. Mai)", 13),
        ("Friday, 15 May", 15),
    ],
)
def test_a_day_stands_above_its_sessions(typed, day):
    programme = read(f"09:00 First\n{typed}\n09:00 Second")
    assert [(e.title, e.day.day) for e in programme.entries] == [("First", 12), ("Second", day)]
    assert not programme.unread


def test_a_day_and_a_session_on_one_line():
    programme = read("13 May, 09:00–10:00 Plenary\nDay 1: Foundations\n9:00 Talk")
    assert [(e.title, e.day.day) for e in programme.entries] == [("Plenary", 13), ("Talk", 12)]
    assert [unread.text for unread in programme.unread] == ["Day 1: Foundations"]


def test_the_new_year_between_two_days():
    found = read_programme(
        "31 December\n20:00 Old\n1 January\n10:00 New",
        first=date(2026, 12, 31),
        last=date(2027, 1, 1),
    )
    assert [e.day for e in found.entries] == [date(2026, 12, 31), date(2027, 1, 1)]


def test_without_am_and_pm_the_hours_go_on_in_the_afternoon():
    programme = read("9:00 Plenary\n12:00 Lunch\n1:30-3:00 Panel\n3:00 Coffee\n11:00-1:00 Odd")
    assert [(e.start, e.end) for e in programme.entries[2:]] == [
        (time(13, 30), time(15)),
        (time(15), None),
        (time(11), time(13)),
    ]
    assert read("22:00 Night\n01:00 Late").entries[1].start == time(1)


PARTS = [
    "14:00 Breakouts: - Table 1 - Table 2 (Room 3)",
    "14:00 Breakouts:\n- Table 1\n- Table 2 (Room 3)",
    "14:00 Breakouts\n\n   Table 1\n   Table 2 (Room 3)",
    "14:00 Breakouts\nTable 1\nTable 2, Room 3",
    "14:00 Breakouts: Table 1; Table 2 (Room 3)",
]


@pytest.mark.parametrize("typed", PARTS)
def test_breakouts(typed):
    whole, one, two = read(typed).entries
    assert (whole.title, whole.start, whole.under) == ("Breakouts", time(14), None)
    assert [(e.title, e.kind, e.room, e.start, e.under) for e in (one, two)] == [
        ("Table 1", "breakout", "", None, 0),
        ("Table 2", "breakout", "Room 3", None, 0),
    ]


def test_parts_of_other_kinds():
    cafe = read("14:00 World Café\n- Trust\n- Law").entries
    assert [(e.kind, e.under) for e in cafe] == [("cafe_table", n) for n in (None, 0, 0)]
    talks = read("09:00–12:00 Morning\n- 09:10 First talk\n- 13:00 Not of it").entries
    assert [e.under for e in talks] == [None, 0, None]
    welcome = read("09:00 Plenary\n- Welcome\n- Table 1")
    assert [e.under for e in welcome.entries] == [None, 0]
    assert [unread.text for unread in welcome.unread] == ["- Welcome"]
    german = read("14 Uhr Arbeitsgruppen:\n  AG 1: Recht (Raum 3.14)\n  AG 2: Technik").entries
    rooms = {e.title: e.room for e in german[1:]}
    assert rooms == {"AG 1: Recht": "Raum 3.14", "AG 2: Technik": ""}


def test_what_belongs_to_the_line_before():
    programme = read("09:00–10:30\nOpening plenary\nRoom: Aula\n11:00\n\nDay 2\n9:00 Talk")
    assert [line(e) for e in programme.entries] == [
        "09:00–10:30 | Opening plenary | plenary | Aula",
        "09:00 | Talk | talk",
    ]
    assert [(unread.number, unread.text) for unread in programme.unread] == [(4, "11:00")]


def test_headings_of_tables_and_rules_are_not_words_of_anyone():
    programme = read("| Time | Session | Room |\n|---|---|---|\n| 09:00 | Plenary | Aula |\n-----")
    assert (len(programme.entries), programme.unread) == (1, [])


def test_a_long_programme_keeps_the_rest_as_text():
    programme = read("\n".join(f"09:{n % 60:02} Talk {n}" for n in range(130)))
    assert len(programme.entries) == 100
    assert [unread.number for unread in programme.unread] == list(range(101, 131))
    assert programme.unread_text.startswith("09:40 Talk 100\n")


@given(st.text(alphabet="0123456789:.-–()/, \t\n|apmhABDMaynéü@", max_size=200))
def test_nothing_typed_makes_it_stumble_and_no_line_is_invented(text):
    programme = read(text)
    lines = text.splitlines()
    for entry in programme.entries:
        assert 1 <= entry.line <= len(lines)
        assert entry.under is None or programme.entries[entry.under].under is None
    for unread in programme.unread:
        assert unread.text == lines[unread.number - 1].rstrip()


@given(st.lists(st.text(alphabet="abcdefgh ", min_size=3, max_size=30), max_size=8))
def test_lines_without_a_time_are_all_kept(lines):
    kept = [text.rstrip() for text in lines if text.strip()]
    assert [u.text for u in read("\n".join(lines)).unread] == kept


@pytest.mark.parametrize("part", [" ", "-", ",", "9", "9:", "(", "- ", "\t|", "Table 1, ", "9-9 "])
def test_long_lines_cost_no_time(part):
    began = clock.perf_counter()
    read(f"{part * 10_000}x\n14:00 Breakouts: {part * 100}")
    assert clock.perf_counter() - began < 1
