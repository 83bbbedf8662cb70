"""Mail leaves by a job: whoever asks for it doesn't wait for a mail server.

A mail often holds a link or a code that lets somebody in. So nothing is kept of it once the
server has taken it, and nothing but the reason once it is given up.
"""

import logging
import uuid
from collections.abc import Collection, Mapping
from datetime import timedelta
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.utils import timezone

from apps.core import jobs
from apps.core.models import JobState, OutgoingMail

logger = logging.getLogger(__name__)

# The n-th wait is twice as long as the one before: eight attempts take three quarters of an hour.
FIRST_WAIT = timedelta(seconds=20)
# How long it can be told of a mail that it wasn't delivered.
REMEMBERED = timedelta(days=30)
NOBODY = "nobody@nowhere.invalid"
REFUSED = "The mail server didn’t take it: there may be no such address."
UNREACHABLE = "The mail server couldn’t be reached for three quarters of an hour."


def send(
    *, to: str, template: str, context: Mapping[str, Any], about: uuid.UUID | None = None
) -> None:
    """Send a mail to the address `to` once the transaction has committed.

    Its texts are the templates `<template>_subject.txt` and `<template>_message.txt`, rendered
    now. `about` is the id of what it tells of, for `undelivered`; whatever can end before the mail
    has left takes it along, in the database.
    """
    values = dict(context)
    subject = render_to_string(f"{template}_subject.txt", values)
    text = render_to_string(f"{template}_message.txt", values)
    mail = OutgoingMail.objects.create(
        to=to, subject=" ".join(subject.split()), text=text.strip() + "\n", about=about
    )
    jobs.enqueue(mail)


def seem_to_send(*, template: str, context: Mapping[str, Any]) -> None:
    """Do the work of `send`, for a mail that nobody gets.

    Whoever asked could tell by the time that it takes whether there was anybody to send it to.
    """
    send(to=NOBODY, template=template, context=context)


def mailbox(address: str) -> str:
    """Return what is the same of all spellings of `address` that reach one person."""
    local, _, host = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def undelivered(about: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the ids `about` of which a mail told that couldn't be delivered."""
    failed = OutgoingMail.objects.filter(state=JobState.FAILED, about__in=about)
    return {each for each in failed.values_list("about", flat=True) if each is not None}


def deliver(*, job_id: uuid.UUID) -> None:
    """Hand the mail `job_id` to the mail server, unless it is done or somebody's already.

    For a worker. A mail that was taken is deleted; one that wasn't waits and is tried again, or
    fails after the last attempt, or at once when the server refuses the address.
    """
    mail = jobs.claim(OutgoingMail, job_id)
    if mail is None:
        return
    with jobs.kept(mail):
        try:
            if mail.to != NOBODY:
                _as_message(mail).send()
        except DatabaseError:
            raise
        except SMTPRecipientsRefused as refusal:
            codes = {code for code, _ in refusal.recipients.values()}
            permanent = all(code >= 500 for code in codes)  # noqa: PLR2004 - SMTP's "never"
            _not_sent(mail, refusal, REFUSED if permanent else "")
        except Exception as error:  # noqa: BLE001 - whatever a server or its library may say
            _not_sent(mail, error, "")
        else:
            OutgoingMail.objects.filter(pk=mail.pk).delete()
    OutgoingMail.objects.filter(
        state=JobState.FAILED, finished_at__lt=timezone.now() - REMEMBERED
    ).delete()


def _as_message(mail: OutgoingMail) -> EmailMessage:
    # The same id at every attempt: what arrives twice after a crash shows as one.
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(mail.subject, mail.text, to=[mail.to], headers=headers)


def _not_sent(mail: OutgoingMail, error: Exception, refused: str) -> None:
    # The error itself may quote the address.
    logger.warning("Mail %s not sent at attempt %s: %s", mail.pk, mail.attempt, type(error))
    if refused or mail.attempt >= mail.MAX_ATTEMPTS:
        jobs.fail(mail, refused or UNREACHABLE)
    else:
        jobs.postpone(mail, FIRST_WAIT * 2 ** (mail.attempt - 1))
