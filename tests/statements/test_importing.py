"""Conversations that Polis exported."""

import csv
import io
import random
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.core.exceptions import RuleViolation
from apps.core.files.limits import Unreadable
from apps.statements.exporting import as_polis, gather
from apps.statements.importing import read_archive, read_files
from apps.statements.models import AskingPlan, Response, RoundState, Statement
from apps.statements.selectors import last_revealed_in
from apps.statements.selectors.matrix import answers_by_person
from apps.statements.services import import_conversation, recount, reveal_rounds
from apps.workshops.models import AttributionRule
from apps.workshops.services import edit_basics
from tests.statements.conftest import make_room

OPEN_DATA = Path(settings.BASE_DIR).parent / "shared" / "reference" / "polis-open-data"
COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1,x,0,1,9,9,1,"Influence, in short, is an end."
2,x,1,1,0,0,-1,Rejected by the moderators.
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
3,x,0,7,1
1,x,0,7,-1
2,x,0,8,0
4,x,1,8,-1
"""


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"export/{name.replace('_', '-')}.csv", text)
    return out.getvalue()


def test_the_latest_vote_of_a_person_on_a_statement_stands():
    found = read_archive(packed(comments=COMMENTS, votes=VOTES))
    assert found.votes == {"0": {"7": 1, "8": 0}, "1": {"8": -1}}
    assert [each.rejected for each in found.comments] == [False, True]


def test_the_matrix_does_where_there_is_no_history():
    matrix = "participant,group-id,n-votes,0,1\n7,0,1,1,\n8,1,2,0,-1\n"
    found = read_archive(packed(comments=COMMENTS, participants_votes=matrix))
    assert found.votes == {"0": {"7": 1, "8": 0}, "1": {"8": -1}}


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"votes": VOTES}, "no comments.csv"),
        ({"comments": COMMENTS}, "neither votes.csv"),
        ({"comments": COMMENTS, "votes": VOTES + "5,x,0,9,2\n"}, "line 6: a vote is 1, 0 or -1"),
        ({"comments": COMMENTS, "votes": VOTES + "5,x,9,9,1\n"}, "no statement 9"),
        ({"comments": COMMENTS, "votes": "a,b\n1,2\n"}, "no column called"),
        ({"comments": COMMENTS, "votes": VOTES + "5,x\n"}, "more or fewer cells"),
        ({"comments": "x" * 140_000, "votes": VOTES}, "comments.csv, line .: it can’t be read"),
        ({"comments": COMMENTS, "votes": "x" * 140_000}, "votes.csv, line .: it can’t be read"),
        ({"comments": COMMENTS, "votes": VOTES.replace("3,x", "now,x")}, "no moment"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(files, says):
    with pytest.raises(Unreadable, match=says):
        read_archive(packed(**files))


def test_a_file_that_is_no_archive_is_refused():
    with pytest.raises(Unreadable, match="no zip file"):
        read_archive(b"nothing of the kind")


def test_a_conversation_comes_closed_and_belongs_to_nobody(room):
    done = import_conversation(
        actor=room.facilitator, conversation=read_archive(packed(comments=COMMENTS, votes=VOTES))
    )
    assert (done.statements, done.people, done.votes) == (2, 2, 3)
    first, rejected = Statement.objects.order_by("order")
    assert rejected.withdrawn_at is not None
    asked = room.round_of(first)
    assert (asked.state, asked.members) == (RoundState.CLOSED, None)
    assert recount(asked=asked).differing == {}
    assert not Response.objects.filter(participant__isnull=False).exists()


def test_from_then_on_rule_and_plan_stand(room):
    conversation = read_files({"comments.csv": COMMENTS, "votes.csv": VOTES})
    import_conversation(actor=room.facilitator, conversation=conversation)
    assert AskingPlan.objects.get(pk=room.workshop.pk).first_answer_at is not None
    with pytest.raises(RuleViolation, match="Say why"):
        edit_basics(actor=room.owner, consensus_at=67)


@pytest.mark.django_db
def test_anonymously_votes_of_one_person_do_not_belong_together():
    room = make_room(sizes={}, attribution_rule=AttributionRule.ANONYMOUS)
    found = read_archive(packed(comments=COMMENTS, votes=VOTES))
    import_conversation(actor=room.facilitator, conversation=found)
    assert Response.objects.values("key").distinct().count() == 3


def test_the_page_takes_a_file_and_says_what_is_wrong_with_another(room, browser_of):
    team = browser_of(room.facilitator)
    page = reverse("statements:polis", args=[room.workshop.slug])
    broken = team.post(page, {"file": SimpleUploadedFile("x.zip", b"nothing")})
    assert broken.status_code == 422
    assert "Nothing was taken" in broken.content.decode()
    data = packed(comments=COMMENTS, votes=VOTES)
    team.post(page, {"file": SimpleUploadedFile("x.zip", data)})
    assert Statement.objects.count() == 2


@pytest.mark.skipif(
    not OPEN_DATA.is_dir(), reason="the open data of Polis isn't beside the project"
)
@pytest.mark.parametrize(
    "name", ["london.youth.policing", "scoop-hivemind.freshwater", "scoop-hivemind.ubi"]
)
def test_open_conversations_give_every_participant_their_counts(room, name):
    folder = OPEN_DATA / name
    files = {path.name: path.read_text("utf-8") for path in folder.glob("*.csv")}
    import_conversation(actor=room.facilitator, conversation=read_files(files))
    statements = list(Statement.objects.filter(workshop=room.workshop))
    rounds = [room.round_of(each) for each in statements]
    counted = sorted(
        (len(given), [v for _, v in given].count(1), [v for _, v in given].count(-1))
        for given in answers_by_person([each.pk for each in rounds])
    )
    expected = sorted(
        (int(row["n-votes"]), int(row["n-agree"]), int(row["n-disagree"]))
        for row in csv.DictReader(io.StringIO(files["participants-votes.csv"]))
        if int(row["n-votes"])
    )
    assert counted == expected
    assert all(recount(asked=each).differing == {} for each in rounds)
    reveal_rounds(actor=room.facilitator, rounds=rounds)
    results = last_revealed_in(room.workshop).values()
    assert len(results) == len(rounds)
    assert sum(each.answered for each in results) == sum(each[0] for each in expected)
    again = read_archive(as_polis(gather(room.workshop, random.Random(1))))
    # Of what fewer than five answered no answer leaves the house.
    assert again.vote_count == sum(each.answered for each in results if each.counts)
