"""The day on one page: what it shows, to whom, and what it points out."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.annotations.doubts import doubts
from apps.annotations.models import Basis, Kind, Quantifier, Stance, Strength
from apps.annotations.picture import IN_LINE, TALLEST, plates
from apps.annotations.selectors.evidence_map import (
    Asked,
    EvidenceMap,
    Place,
    Row,
    headline,
    summary,
)
from apps.notes.models import Note
from apps.workshops.models import AttributionRule, Role, Workshop
from tests.factories import (
    AnnotationFactory,
    EvidenceFactory,
    GroupFactory,
    NoteFactory,
    ParticipantFactory,
    PositionFactory,
    SessionFactory,
    ThemeFactory,
)


@pytest.fixture
def address(rapporteur):
    return f"/w/{rapporteur.workshop.slug}/map/"


def divergence(theme, **about):
    found = AnnotationFactory(theme=theme, kind=Kind.DIVERGENCE, **about)
    PositionFactory.create_batch(2, annotation=found)
    return found


def claims(actor, **asked):
    return [each.annotation.claim for each in EvidenceMap(actor).found(Asked(**asked))]


def page(browser, address, **query):
    answer = browser.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_findings_stand_by_theme_from_agreement_to_divergence(rapporteur, theme, published):
    split = divergence(theme)
    partly = AnnotationFactory(theme=theme, strength=Strength.PARTIAL)
    noted = AnnotationFactory(theme=theme, kind=Kind.OBSERVATION)
    differ = AnnotationFactory(theme=theme, kind=Kind.GROUP_DIFFERENCE)
    agreed = AnnotationFactory(theme=theme, strength=Strength.CONSENSUS)
    other = AnnotationFactory(theme=published)
    found = EvidenceMap(rapporteur).findings
    assert [each.annotation for each in found] == [agreed, partly, noted, differ, split, other]
    assert [each.place for each in found] == [
        Place.AGREED, Place.PARTLY, Place.NEITHER, Place.GROUPS, Place.VIEWS, Place.BROADLY,
    ]  # fmt: skip


def test_participants_see_the_findings_of_published_themes_alone(
    rapporteur, reader, theme, browser_of, address
):
    published = ThemeFactory(workshop=rapporteur.workshop, published=True)
    AnnotationFactory(theme=theme, claim="Hidden as yet")
    AnnotationFactory(theme=published, claim="Told to all")
    assert claims(rapporteur) == ["Hidden as yet", "Told to all"]
    assert claims(reader) == ["Told to all"]
    shown = page(browser_of(reader), address)
    assert "Told to all" in shown
    assert "Hidden as yet" not in shown
    assert theme.title not in shown
    hidden = page(browser_of(reader), address, theme=str(theme.pk))
    assert "Told to all" in hidden, "a theme that isn't there to choose narrows nothing"


def test_filters_stand_in_the_address(rapporteur, theme, published, browser_of, address):
    group = GroupFactory(workshop=rapporteur.workshop, singular="baker", plural="bakers")
    split = divergence(published, claim="Whether to bake", about="means")
    split.positions.first().holders.add(group)
    AnnotationFactory(theme=theme, claim="Nothing is said of what it is about")
    assert claims(rapporteur, theme=published.pk) == ["Whether to bake"]
    assert claims(rapporteur, group=group.pk) == ["Whether to bake"]
    assert claims(rapporteur, about="means") == ["Whether to bake"]
    assert claims(rapporteur, about="none") == ["Nothing is said of what it is about"]
    shown = page(browser_of(rapporteur), address, group=str(group.pk), by="group")
    assert "1 of 2 findings" in shown
    assert "Nothing is said" not in shown
    assert f'<option value="{group.pk}" selected>' in shown


def test_rows_are_groups_or_topics_if_that_is_asked_for(rapporteur, theme):
    groups = [GroupFactory(workshop=rapporteur.workshop, plural=name) for name in ("as", "bs")]
    both = AnnotationFactory(theme=theme, about="facts")
    both.holders.set(groups)
    alone = AnnotationFactory(theme=theme)
    shown = EvidenceMap(rapporteur)

    def rows(by):
        return {
            row.label: [each.annotation for each in row.findings]
            for row in shown.rows(shown.findings, by)
        }

    assert rows("group") == {"As": [both], "Bs": [both], "No group named": [alone]}
    assert rows("about") == {"Facts": [both], "Not said": [alone]}
    assert rows("theme") == {theme.title: [both, alone]}


@pytest.mark.parametrize("rule", [AttributionRule.CHATHAM_HOUSE, AttributionRule.ANONYMOUS])
def test_a_group_that_may_not_be_named_is_neither_named_nor_asked_for(
    rapporteur, published, browser_of, address, rule
):
    workshop = rapporteur.workshop
    workshop.attribution_rule = rule
    workshop.save()
    group = GroupFactory(workshop=workshop, singular="baker", plural="bakers")
    members = [
        ParticipantFactory(workshop=workshop, group=group, consented_at=timezone.now())
        for _ in range(4)
    ]
    AnnotationFactory(theme=published, claim="Bread").holders.add(group)
    AnnotationFactory(theme=published, claim="Something else")
    browser = browser_of(members[0])
    for query in ({}, {"by": "group"}, {"group": str(group.pk)}):
        shown = page(browser, address, **query)
        assert "baker" not in shown.lower()
        assert "Bread" in shown
        assert "Something else" in shown, "a hidden group narrows nothing"


def test_the_heading_is_the_finding_and_the_sentence_what_it_rests_on(rapporteur, theme):
    shown = EvidenceMap(rapporteur)
    assert headline(shown.findings) == "Nothing is agreed or disputed so far"
    AnnotationFactory(theme=theme, basis=Basis.COUNT)
    assert headline(EvidenceMap(rapporteur).findings) == "Nothing is disputed: 1 agreement"
    divergence(theme)
    found = EvidenceMap(rapporteur).findings
    assert headline(found) == "As much is agreed as disputed: 1 agreement, 1 difference"
    divergence(theme)
    found = EvidenceMap(rapporteur).findings
    assert headline(found) == "Less is agreed than disputed: 1 agreement, 2 differences"
    assert summary(found) == (
        "3 findings in 1 theme; 1 of 1 agreement counted; 3 without a note to rest on."
    )


@pytest.mark.parametrize(
    ("about", "notes", "expected"),
    [
        ({"basis": Basis.SINGLE_VOICE}, (0, 0), "known from one voice"),
        ({"basis": Basis.RAPPORTEUR}, (0, 0), "inferred by the rapporteur"),
        (
            {"basis": Basis.SENSE_OF_ROOM, "strength": Strength.CONSENSUS}, (0, 0),
            "nobody counted",
        ),
        ({"basis": Basis.GROUP_STATEMENT}, (0, 0), "one group’s own statement"),
        ({"basis": Basis.COUNT, "quantifier": Quantifier.SOME}, (0, 0), "“some” isn’t most"),
        (
            {"basis": Basis.COUNT, "counted": 15, "counted_of": 27, "strength": "consensus"},
            (0, 0), "held by “a majority”",
        ),
        ({"basis": Basis.COUNT}, (1, 2), "speak against it"),
        ({"kind": Kind.SINGLE_VOICE, "basis": Basis.REPEATED}, (0, 0), "raised several times"),
        ({"kind": Kind.SINGLE_VOICE, "basis": "", "quantifier": "many"}, (0, 0), "held by “many”"),
        ({"kind": Kind.DIVERGENCE, "basis": ""}, (0, 0), "fewer than two sides"),
    ],
)  # fmt: skip
def test_a_label_that_its_basis_does_not_bear_is_pointed_out(theme, about, notes, expected):
    [found] = doubts(AnnotationFactory(theme=theme, **about), supporting=notes[0], against=notes[1])
    assert expected in found


@pytest.mark.parametrize(
    "about",
    [
        {"basis": Basis.SENSE_OF_ROOM},
        {"basis": Basis.COUNT, "strength": "consensus", "counted": 26, "counted_of": 27},
        {"kind": Kind.SINGLE_VOICE, "basis": Basis.SINGLE_VOICE, "quantifier": Quantifier.ONE},
        {"kind": Kind.OBSERVATION, "basis": Basis.RAPPORTEUR},
    ],
)
def test_a_label_that_its_basis_bears_is_not(theme, about):
    assert doubts(AnnotationFactory(theme=theme, **about), supporting=1, against=1) == []


def test_what_is_pointed_out_can_be_asked_for(rapporteur, theme, browser_of, address):
    AnnotationFactory(theme=theme, claim="Sound", basis=Basis.COUNT)
    AnnotationFactory(theme=theme, claim="Shaky", basis=Basis.SINGLE_VOICE)
    shown = page(browser_of(rapporteur), address, doubted="on")
    assert "Shaky" in shown
    assert "Sound" not in shown


def test_notes_count_by_what_they_do_and_redacted_ones_not(rapporteur, theme):
    found = AnnotationFactory(theme=theme)
    session = SessionFactory(workshop=rapporteur.workshop)
    for stance in (Stance.SUPPORTS, Stance.SUPPORTS, Stance.AGAINST, Stance.ILLUSTRATES):
        EvidenceFactory(annotation=found, note=NoteFactory(session=session), stance=stance)
    gone = NoteFactory(session=session)
    EvidenceFactory(annotation=found, note=gone)
    Note.objects.filter(pk=gone.pk).update(text="", redacted_at=timezone.now())
    [each] = EvidenceMap(rapporteur).findings
    assert (each.supporting, each.against, each.illustrating) == (2, 1, 1)


def test_the_picture_shows_each_finding_once_and_fits_a_page(rapporteur):
    for theme in ThemeFactory.create_batch(40, workshop=rapporteur.workshop):
        AnnotationFactory.create_batch(IN_LINE + 2, theme=theme)
        divergence(theme)
    shown = EvidenceMap(rapporteur)
    drawn = plates(shown.rows(shown.findings, "theme"))
    assert len(drawn) > 1
    marks = [
        (number, mark.down, mark.right, column.middle)
        for number, plate in enumerate(drawn)
        for column in plate.columns
        for mark in column.marks
    ]
    assert len(marks) == len(set(marks)) == len(shown.findings)
    assert all(plate.height <= TALLEST + 1 for plate in drawn)
    assert [label.text for plate in drawn for label in plate.labels] == [
        theme.title for theme in shown.themes
    ]


def test_no_mark_stands_over_the_next_row(rapporteur, theme):
    AnnotationFactory.create_batch(2 * IN_LINE + 1, theme=theme)
    shown = EvidenceMap(rapporteur)
    [row] = shown.rows(shown.findings, "theme")
    [plate] = plates([row, Row("Nothing much", row.findings[:1])])
    first, second = plate.labels
    of_first = [
        mark.down for column in plate.columns for mark in column.marks if mark.down < second.down
    ]
    assert max(of_first) < first.rule
    assert first.rule < second.down


def test_the_picture_says_in_words_what_it_shows(rapporteur, theme, browser_of, address):
    AnnotationFactory(theme=theme)
    shown = page(browser_of(rapporteur), address)
    [title] = re.findall(r"<title id=\"map-title-1\">([^<]*)</title>", shown)
    [told] = re.findall(r"<desc id=\"map-desc-1\">([^<]*)</desc>", shown)
    assert title == "Nothing is disputed: 1 agreement"
    assert "1 finding in 1 theme" in told
    assert f"{theme.title}, 1" in told


def test_numbers_are_drawn_alike_in_every_language(rapporteur, theme, browser_of, address):
    AnnotationFactory.create_batch(2, theme=theme)
    browser = browser_of(rapporteur)
    shown = browser.get(address, headers={"accept-language": "de"}).content.decode()
    assert "translate(-7.5 0)" in shown


@pytest.mark.parametrize("role", [Role.RAPPORTEUR, Role.PARTICIPANT])
def test_as_many_queries_for_three_hundred_findings_as_for_one(
    rapporteur, published, browser_of, address, role
):
    group = GroupFactory(workshop=rapporteur.workshop)
    browser = browser_of(ParticipantFactory(workshop=rapporteur.workshop, role=role))
    counts = []
    for more in (1, 299):
        for found in AnnotationFactory.create_batch(more, theme=published, kind=Kind.DIVERGENCE):
            found.holders.add(group)
            PositionFactory(annotation=found).holders.add(group)
        page(browser, address)
        with CaptureQueriesContext(connection) as queries:
            page(browser, address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_words_for_how_many_that_are_used_say_what_they_mean_here(
    rapporteur, theme, browser_of, address
):
    AnnotationFactory(theme=theme, counted=20, counted_of=27)
    PositionFactory(annotation=divergence(theme), quantifier=Quantifier.FEW)
    shown = page(browser_of(rapporteur), address)
    assert "<dt>Most</dt><dd>65 in a hundred or more, counted</dd>" in shown
    assert "<dt>A few</dt><dd>three or four people</dd>" in shown
    assert "<dt>Many</dt>" not in shown
    Workshop.objects.filter(pk=rapporteur.workshop_id).update(most_at=80, several_from=8)
    shown = page(browser_of(rapporteur), address)
    assert "<dt>A majority</dt><dd>more than half, counted</dd>" in shown
    assert "<dt>A few</dt><dd>three to seven people</dd>" in shown
    assert "<dt>Most</dt>" not in shown
