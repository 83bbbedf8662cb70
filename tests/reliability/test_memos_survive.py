"""A memo that was asked for ends ready, once, whatever died on the way."""

import signal
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.core import jobs
from apps.core.models import JobState
from apps.memos import services
from apps.memos.assembling import assemble, gather
from apps.memos.models import MemoFile, MemoVersion
from apps.memos.workshop_file.example import load_example
from apps.workshops.models import Role
from tests.reliability.conftest import wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("reliability"),
]

# Enough that setting the memo takes seconds, and a test is quick enough to do something meanwhile.
MANY_NOTES = 600


@pytest.fixture
def workshop():
    return load_example()


@pytest.fixture
def team(workshop):
    return workshop.participants.get(role=Role.RAPPORTEUR)


@pytest.fixture
def small(team, workshop):
    """The file of an ordinary memo, sent to the broker."""
    return services.make_memo(actor=team, workshop=workshop)


@pytest.fixture
def big(team, workshop):
    """The file of a memo that takes long, not sent yet."""
    memo = workshop.memos.get()
    content = assemble(gather(memo), number=1, made_at=timezone.now())
    annex = next(block for block in content["blocks"] if block["type"] == "notes")
    session = annex["sessions"][0]
    session["notes"] += [
        {**session["notes"][0], "number": 1000 + number} for number in range(MANY_NOTES)
    ]
    version = MemoVersion.objects.create(memo=memo, number=1, content=content, sha256="0" * 64)
    return MemoFile.objects.create(version=version)


def state_of(file):
    return MemoFile.objects.values_list("state", flat=True).get(pk=file.pk)


def is_running(file):
    return state_of(file) == JobState.RUNNING


def has_ended(file):
    return state_of(file) in {JobState.READY, JobState.FAILED}


def assert_ready_once(file, attempt):
    file.refresh_from_db()
    assert (file.state, file.reason) == (JobState.READY, "")
    assert bytes(file.content).startswith(b"%PDF-")
    assert file.attempt == attempt
    assert file.lease_token is None
    assert MemoFile.objects.count() == 1


def test_a_worker_killed_while_rendering_leaves_the_memo_to_the_next(broker, start_worker, big):
    jobs.enqueue(big)
    first = start_worker()
    wait_for(lambda: is_running(big))
    first.kill()
    assert is_running(big)
    # The lease runs out; here it needn't be waited for.
    MemoFile.objects.filter(pk=big.pk).update(lease_until=timezone.now())
    start_worker()
    assert jobs.sweep() == 1
    wait_for(lambda: has_ended(big))
    assert_ready_once(big, attempt=2)


def test_messages_that_the_broker_lost_are_sent_again(broker, start_worker, small):
    broker.lose_messages()
    assert jobs.sweep() == 0, "a message that was sent just now isn’t taken for lost"
    long_ago = timezone.now() - jobs.FORGOTTEN - timedelta(seconds=1)
    MemoFile.objects.filter(pk=small.pk).update(queued_at=long_ago)
    worker = start_worker()
    assert jobs.sweep() == 1
    wait_for(lambda: has_ended(small))
    assert_ready_once(small, attempt=1)
    worker.kill()
    log = worker.log.read_text(encoding="utf-8")
    for said in (small.version.content["title"], "mirror-imaging", "Remi Okafor"):
        assert said not in log


def test_a_message_delivered_twenty_times_at_once_is_one_attempt(broker, start_worker, big):
    for _ in range(20):
        jobs.enqueue(big)
    start_worker()
    start_worker()
    wait_for(lambda: has_ended(big))
    wait_for(lambda: broker.waiting() == 0)
    assert_ready_once(big, attempt=1)


@pytest.mark.parametrize(
    ("killed_by", "reason"),
    [(signal.SIGXCPU, "computing time"), (signal.SIGKILL, "want of memory")],
)
def test_typesetting_that_is_stopped_by_a_limit_fails_and_can_be_tried_again(
    start_worker, team, big, killed_by, reason
):
    jobs.enqueue(big)
    worker = start_worker()
    wait_for(worker.typesetting).send_signal(killed_by)
    wait_for(lambda: has_ended(big))
    big.refresh_from_db()
    assert (big.state, big.attempt) == (JobState.FAILED, 1)
    assert reason in big.reason
    browser = Client()
    browser.force_login(team.user)
    for page in ("workshops:overview", "themes:outline", "memos:memo"):
        assert browser.get(reverse(page, args=[team.workshop.slug])).status_code == 200
    retry = reverse("memos:retry", args=[team.workshop.slug, big.pk])
    assert browser.post(retry).status_code == 302
    wait_for(lambda: has_ended(big))
    assert_ready_once(big, attempt=1)
