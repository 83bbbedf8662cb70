"""Mail that stays on the machine: in the local profile it is files, and a page shows them."""

import email
import email.policy
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage as Outgoing

# How many are kept.
MOST = 50


@dataclass(frozen=True)
class Letter:
    """A mail as its reader sees it."""

    to: str
    subject: str
    text: str
    at: datetime


class Backend(BaseEmailBackend):
    """Writes each mail to a file of its own, which nobody else who uses the machine may read."""

    def send_messages(self, email_messages: Sequence[Outgoing]) -> int:
        """Write the mails, and let the oldest ones go."""
        folder = settings.MAIL_FOLDER
        assert folder is not None  # noqa: S101 - who names this backend names the folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            file = folder / f"{uuid4()}.eml"
            with open(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as opened:  # noqa: PTH123 - by its descriptor
                opened.write(message.message().as_bytes())
        for file in _files(folder)[MOST:]:
            file.unlink(missing_ok=True)
        return len(email_messages)


def letters(folder: Path) -> Iterator[Letter]:
    """Yield the mails that were written to `folder`, the newest first."""
    return (_read(file) for file in _files(folder))


def telling_of(folder: Path, words: Collection[str]) -> list[Path]:
    """Return the files of the mails that say any of `words`, however their lines are broken."""
    wanted = [" ".join(each.split()) for each in words]
    return [file for file in _files(folder) if any(each in _said_in(file) for each in wanted)]


def drop(folder: Path, words: Collection[str]) -> int:
    """Delete the mails that say any of `words`; return how many there were."""
    files = telling_of(folder, words)
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)


def _said_in(file: Path) -> str:
    letter = _read(file)
    return " ".join(f"{letter.subject} {letter.text}".split())


def _read(file: Path) -> Letter:
    message: Any = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return Letter(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=str(body.get_content()) if body else "",
        at=datetime.fromtimestamp(file.stat().st_mtime, UTC),
    )


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
