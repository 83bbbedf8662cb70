"""The mail that one machine keeps to itself, in the local profile."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

MOST = 50
# What Django's file backend writes after each message.
END = "\n" + "-" * 79 + "\n"


@dataclass(frozen=True)
class Letter:
    """A mail as its reader sees it."""

    to: str
    subject: str
    text: str
    at: datetime


def letters(folder: Path) -> list[Letter]:
    """Return the mail that was written to `folder`, the newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [letter for file in files[:MOST] for letter in _letters_in(file)]


def _letters_in(file: Path) -> Iterator[Letter]:
    written = file.read_text(errors="replace").removesuffix(END)
    message = email.message_from_string(written, policy=email.policy.default)
    if isinstance(message, EmailMessage):
        yield Letter(
            to=str(message["To"]),
            subject=str(message["Subject"]),
            text=message.get_content() if message.get_content_maintype() == "text" else "",
            at=datetime.fromtimestamp(file.stat().st_mtime, UTC),
        )
