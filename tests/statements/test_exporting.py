"""All answers as files: for Polis and its tools, and for R and SPSS."""

import csv
import io
import random
import zipfile

import pytest
from django.urls import reverse

from apps.core.exceptions import NotPermitted, RuleViolation
from apps.core.models import JobState
from apps.statements.exporting import as_polis, as_table, gather
from apps.statements.models import AnswersFile, OpinionMap, Scale
from apps.statements.services import (
    export_answers,
    look_for_opinion_groups,
    respond,
    write_answers,
)
from apps.workshops.models import AttributionRule
from apps.workshops.services import edit_basics
from tests.factories import ParticipantFactory
from tests.statements.conftest import make_room


def files_in(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows_of(data, name):
    return list(csv.DictReader(io.StringIO(files_in(data)[name])))


@pytest.fixture
def asked(room):
    statement, other = room.ask("=1+1 holds."), room.ask("Five may be said.", scale=Scale.FIVE)
    room.answer(statement, scholars=[1] * 5 + [-1], practitioners=[0, 1, 1, 1, -1, -1])
    room.answer(other, scholars=[2, 2, 1, 1, -1, -2], practitioners=[1, -1])
    room.reveal(statement, other)
    return room


def test_polis_reads_who_answered_what_without_who_they_are(asked):
    data = as_polis(gather(asked.workshop, random.Random(1)))
    votes = rows_of(data, "votes.csv")
    assert len(votes) == 20
    assert {row["vote"] for row in votes} == {"1", "0", "-1"}
    assert all(int(row["timestamp"]) % 86_400_000 == 0 for row in votes)
    people = rows_of(data, "participants-votes.csv")
    assert sum(int(row["n-agree"]) for row in people) == 8 + 5
    assert sum(int(row["n-votes"]) for row in people) == 20
    comments = rows_of(data, "comments.csv")
    assert [row["comment-body"] for row in comments] == ["'=1+1 holds.", "Five may be said."]
    assert [row["agrees"] for row in comments] == ["8", "5"]
    everything = " ".join(files_in(data).values())
    assert not any(str(person.pk) in everything for person in asked.everybody)
    assert not any(person.display_name in everything for person in asked.everybody)


def test_statistics_programs_read_a_column_a_statement_and_what_it_means(asked):
    data = as_table(gather(asked.workshop, random.Random(1)))
    answers = rows_of(data, "answers.csv")
    assert len(answers) == 12
    given = [row["s2"] for row in answers if row["s2"]]
    assert sorted(given, key=int) == ["-2", "-1", "-1", "1", "1", "1", "2", "2"]
    codebook = rows_of(data, "codebook.csv")
    scales = [(row["variable"], row["scale"]) for row in codebook]
    assert scales == [("s1", "three"), ("s2", "five")]


def test_people_are_numbered_otherwise_in_each_export(asked):
    one, other = (as_table(gather(asked.workshop, random.Random(seed))) for seed in (1, 2))
    assert rows_of(one, "answers.csv") != rows_of(other, "answers.csv")
    assert as_table(gather(asked.workshop, random.Random(1))) == one


def test_a_group_is_told_only_where_it_was_told_in_numbers_on_every_statement(asked):
    found = as_table(gather(asked.workshop, random.Random(1)))
    # Two practitioners answered the second statement: of them nothing was told there.
    assert {row["group"] for row in rows_of(found, "answers.csv")} == {""}


@pytest.mark.django_db
def test_groups_that_were_told_of_everywhere_are_named():
    room = make_room()
    for person in room.everybody:
        type(person).objects.filter(pk=person.pk).update(consented_at=room.workshop.created_at)
    statement = room.ask()
    room.answer(statement, scholars=[1] * 4 + [-1] * 2, practitioners=[1] * 3 + [-1] * 3)
    room.reveal(statement)
    found = as_table(gather(room.workshop, random.Random(1)))
    groups = [row["group"] for row in rows_of(found, "answers.csv")]
    assert sorted(groups) == ["practitioners"] * 6 + ["scholars"] * 6


@pytest.mark.django_db
def test_anonymously_there_are_counts_and_no_rows_of_people():
    room = make_room(sizes={}, attribution_rule=AttributionRule.ANONYMOUS)
    asked = room.round_of(statement := room.ask())
    for number in range(6):
        person = ParticipantFactory(workshop=room.workshop)
        respond(actor=person, asked=asked, value=1, key=f"{number:064x}")
    room.reveal(statement)
    found = gather(room.workshop, random.Random(1))
    assert set(files_in(as_polis(found))) == {"comments.csv", "about.txt"}
    assert set(files_in(as_table(found))) == {"codebook.csv", "about.txt"}
    assert rows_of(as_table(found), "codebook.csv")[0]["agree"] == "6"


def test_what_was_not_revealed_is_not_taken_along(room):
    room.answer(room.ask("Open still."), scholars=[1] * 6)
    with pytest.raises(RuleViolation, match="Nothing has been revealed"):
        export_answers(actor=room.facilitator, kind="polis")
    done = room.ask("Done.")
    room.answer(done, scholars=[1] * 6)
    room.reveal(done)
    assert [each.text for each in gather(room.workshop, random.Random(1)).statements] == ["Done."]


def test_what_too_few_answered_has_no_answers_in_any_file(asked):
    few = asked.ask("Hardly anybody says so.")
    asked.answer(few, scholars=[1, -1])
    asked.reveal(few)
    found = gather(asked.workshop, random.Random(1))
    assert [each.text for each in found.statements][-1] == "Hardly anybody says so."
    assert all(2 not in voter.given for voter in found.voters)
    assert rows_of(as_table(found), "codebook.csv")[2]["agree"] == ""


def test_what_stands_by_person_is_gone_once_the_rule_is_anonymous(asked):
    file = export_answers(actor=asked.facilitator, kind="table")
    write_answers(job_id=file.pk)
    look_for_opinion_groups(actor=asked.facilitator)
    edit_basics(actor=asked.owner, attribution_rule=AttributionRule.ANONYMOUS)
    assert not AnswersFile.objects.exists()
    assert not OpinionMap.objects.exists()


def test_a_worker_writes_the_file_that_the_team_downloads(asked, browser_of):
    with pytest.raises(NotPermitted):
        export_answers(actor=asked.everybody[0], kind="polis")
    team = browser_of(asked.facilitator)
    page = reverse("statements:export", args=[asked.workshop.slug])
    team.post(page, {"kind": "polis"})
    file = AnswersFile.objects.get()
    assert "Being written" in team.get(page).content.decode()
    write_answers(job_id=file.pk)
    file.refresh_from_db()
    assert file.state == JobState.READY
    address = reverse("statements:download", args=[asked.workshop.slug, file.pk])
    answer = team.get(address)
    assert "votes.csv" in files_in(answer.content)
    assert browser_of(asked.everybody[0]).get(address).status_code == 403
