"""Mail: sent by a worker after the commit, tried again, and forgotten once it has left."""

import uuid
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from apps.core import jobs, mail
from apps.core.models import JobState, OutgoingMail
from apps.core.tasks import sweep

pytestmark = pytest.mark.django_db
SECRET = "PQ7XSECRET"
TO = "remi@example.org"


class Down(EmailBackend):
    """A mail server that can't be reached."""

    def send_messages(self, messages):
        raise ConnectionRefusedError(TO)


class Refusing(EmailBackend):
    """A mail server that takes nothing for anybody."""

    code = 550

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({TO: (self.code, b"no such user")})


class Busy(Refusing):
    """A mail server that asks to come again later."""

    code = 450


def write(about=None):
    mail.send(
        to=TO,
        template="account/email/login_code",
        context={"code": SECRET, "host": "r.example"},
        about=about,
    )
    return OutgoingMail.objects.get()


def server(settings, backend):
    settings.EMAIL_BACKEND = f"{backend.__module__}.{backend.__qualname__}"


def test_what_is_sent_leaves_nothing_behind(mailoutbox):
    job = write()
    mail.deliver(job_id=job.pk)
    mail.deliver(job_id=job.pk)
    [sent] = mailoutbox
    assert (sent.to, sent.subject) == ([TO], "Your sign-in code")
    assert SECRET in sent.body
    assert "Rapporteur, at r.example" in sent.body
    assert not OutgoingMail.objects.exists()


def test_nothing_is_sent_of_what_was_taken_back(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as sent, transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not sent
    assert not OutgoingMail.objects.exists()


def test_a_subject_is_one_line(tmp_path, settings):
    (tmp_path / "odd_subject.txt").write_text("{{ name }}\n")
    (tmp_path / "odd_message.txt").write_text("x")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    mail.send(to=TO, template="odd", context={"name": "A\r\nBcc: evil@example.org"})
    assert OutgoingMail.objects.get().subject == "A Bcc: evil@example.org"


@pytest.mark.parametrize("backend", [Down, Busy])
def test_a_server_that_is_down_is_tried_again_and_later_each_time(settings, mailoutbox, backend):
    usual = settings.EMAIL_BACKEND
    server(settings, backend)
    job = write()
    waits = []
    for _ in range(3):
        mail.deliver(job_id=job.pk)
        job.refresh_from_db()
        assert job.state == JobState.QUEUED
        waits.append(job.queued_at + jobs.FORGOTTEN - timezone.now())
        assert sweep() == 0
    assert [round(wait.total_seconds(), -1) for wait in waits] == [20, 40, 80]
    OutgoingMail.objects.update(queued_at=timezone.now() - jobs.FORGOTTEN - timedelta(seconds=1))
    assert sweep() == 1
    settings.EMAIL_BACKEND = usual
    mail.deliver(job_id=job.pk)
    assert len(mailoutbox) == 1


def test_what_is_given_up_keeps_no_word_and_no_address(settings, caplog):
    server(settings, Down)
    job = write(about := uuid.uuid4())
    for _ in range(OutgoingMail.MAX_ATTEMPTS):
        mail.deliver(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.to, job.subject, job.text) == (JobState.FAILED, "", "", "")
    assert mail.undelivered([about, uuid.uuid4()]) == {about}
    assert TO not in caplog.text
    assert SECRET not in caplog.text


def test_an_address_that_is_refused_isnt_tried_again(settings):
    server(settings, Refusing)
    job = write(about := uuid.uuid4())
    mail.deliver(job_id=job.pk)
    assert mail.undelivered([about]) == {about}


def test_what_dies_with_its_workers_keeps_no_word_either():
    job = write()
    past = timezone.now() - timedelta(seconds=1)
    jobs.claim(OutgoingMail, job.pk)
    OutgoingMail.objects.update(attempt=OutgoingMail.MAX_ATTEMPTS, lease_until=past)
    sweep()
    job.refresh_from_db()
    assert (job.state, job.to, job.text) == (JobState.FAILED, "", "")


def test_failures_are_forgotten_after_a_month(settings):
    server(settings, Refusing)
    old = write()
    mail.deliver(job_id=old.pk)
    OutgoingMail.objects.update(finished_at=timezone.now() - mail.REMEMBERED - timedelta(1))
    mail.send(to=TO, template="account/email/login_code", context={"code": "x", "host": "h"})
    mail.deliver(job_id=OutgoingMail.objects.exclude(pk=old.pk).get().pk)
    assert not OutgoingMail.objects.filter(pk=old.pk).exists()
