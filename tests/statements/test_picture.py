"""Answers drawn: one mark a person, each end comparable from row to row, and all of it in words."""

import re

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.statements.measures.counts import Counts
from apps.statements.picture import BAR, MOST_MARKS, PLACE, Bar, Marks, picture_of

few = st.integers(0, MOST_MARKS // 3)
rooms = st.builds(Counts, few, few, few)
# A busy machine takes its time over them.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
crowds = st.builds(Counts, *[st.integers(0, 5_000)] * 3).filter(lambda c: c.answered > MOST_MARKS)


def marks(picture, row=0):
    """Return by side where the marks of a row stand, from left to right."""
    return {part.side: sorted(x for x, _ in part.at) for part in picture.rows[row].parts}


def test_who_agrees_stands_left_who_disagrees_right_and_who_is_unsure_between():
    picture = picture_of({"": Counts(12, 10, 3)}, members=27)
    at = marks(picture)
    assert at["agree"] == [PLACE * (n + 0.5) for n in range(12)]
    assert at["disagree"][-1] == picture.width - PLACE / 2
    apart = at["unsure"][0] - at["agree"][-1]
    assert apart == at["disagree"][0] - at["unsure"][-1] > PLACE
    # Two haven't answered: their places are empty, one on each side of those who are unsure.
    assert picture.width == (27 + 1) * PLACE


@unhurried
@given(rooms, st.none() | st.integers(0, MOST_MARKS))
def test_each_person_has_a_mark_and_no_two_stand_in_one_place(counts, members):
    [row] = picture_of({"": counts}, members=members).rows
    places = [place for part in row.parts if isinstance(part, Marks) for place in part.at]
    assert len(places) == counts.answered
    assert all(
        abs(x - other_x) >= PLACE - 1e-9 or y != other_y
        for n, (x, y) in enumerate(places)
        for other_x, other_y in places[:n]
    )
    for part in row.parts:
        assert isinstance(part, Marks)
        assert part.path.count("M") == part.count


@unhurried
@given(rooms | crowds)
def test_the_opposite_statement_is_the_mirror_image(counts):
    picture, mirrored = picture_of({"": counts}), picture_of({"": counts.swapped})
    assert picture.width == mirrored.width
    one, other = picture.rows[0].parts, mirrored.rows[0].parts
    for mine, theirs in ((one[0], other[2]), (one[2], other[0])):
        if isinstance(mine, Marks):
            assert isinstance(theirs, Marks)
            assert {(picture.width - x, y) for x, y in mine.at} == set(theirs.at)
        else:
            assert isinstance(theirs, Bar)
            assert mine.start == pytest.approx(BAR - theirs.start - theirs.length)


def test_groups_stand_under_each_other_to_one_scale():
    picture = picture_of({"scholars": Counts(10, 4, 0), "practitioners": Counts(2, 6, 3)})
    assert marks(picture, 0)["agree"][0] == marks(picture, 1)["agree"][0]
    assert marks(picture, 0)["disagree"][-1] == marks(picture, 1)["disagree"][-1]
    assert [row.title for row in picture.rows] == ["Scholars", "Practitioners"]
    for row in (0, 1):
        assert marks(picture, row)["agree"][-1] + PLACE <= marks(picture, row)["disagree"][0]


def test_a_large_room_stands_in_two_lines_and_a_crowd_is_bars():
    assert picture_of({"": Counts(40)}).height == PLACE
    assert picture_of({"": Counts(30, 41, 9)}).height == 2 * PLACE
    assert not picture_of({"": Counts(30, 41, 9)}).as_bars
    crowd = picture_of({"": Counts(50_000, 25_000, 25_000)}, members=200_000)
    assert crowd.as_bars
    agree, unsure, disagree = (part.length for part in crowd.rows[0].parts)
    assert agree == pytest.approx(2 * disagree)
    assert unsure == pytest.approx(disagree)
    # Half of them haven't answered.
    assert agree + unsure + disagree == pytest.approx((BAR - PLACE) / 2)


def test_nobody_at_all_is_an_empty_row():
    [row] = picture_of({"": Counts()}).rows
    assert row.words == "0 agree, 0 unsure, 0 disagree"
    assert [part.path for part in row.parts] == ["", "", ""]


@pytest.mark.parametrize("counts", [Counts(2, 1, 1), Counts(900, 1200, 1)])
def test_what_is_drawn_stands_in_words_beside_it_and_for_readers_who_see_no_drawing(counts):
    picture = picture_of({"scholars": counts}, name="first")
    page = render_to_string("statements/dots.html", {"picture": picture})
    assert '<title id="first-title-1">Scholars</title>' in page
    assert f">{picture.rows[0].words}</desc>" in page
    shown = " ".join(re.sub(r"<[^>]+>", " ", page.split("</svg>")[1]).split())
    assert shown == picture.rows[0].words.replace(", ", " ")
    assert len(re.findall(r'<path class="dots-', page)) == 3
