"""What somebody can read: everything that comes back, as text.

A new kind of thing that leaves the site is added here: a function that yields (where, text).
"""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
from django.conf import settings
from django.http import HttpResponse  # noqa: TID251 - what comes back is read here

from apps.core.logs import WithoutKeys
from apps.core.models import OutgoingMail
from apps.core.tracebacks import Line

# Shorter ones stand in for files where what they say doesn't matter.
SOMETHING = 100


def answer(response: HttpResponse) -> Iterator[tuple[str, str]]:
    """Yield the headers, the cookies and the body of an answer."""
    yield "header", "\n".join(f"{name}: {value}" for name, value in response.items())
    yield "cookie", response.cookies.output()
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"%PDF"):
        yield from pdf(body)
    else:
        yield "body", body.decode()


def pdf(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the text of a PDF, and all that it says beside it: metadata, titles, links."""
    yield "PDF as it is stored", content.decode("latin-1")
    if len(content) < SOMETHING:
        return
    document = pypdfium2.PdfDocument(content)
    # Without line ends, for a long word may be broken.
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    yield "PDF text", "".join(text.split())
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield "PDF metadata", str(opened.docinfo)
        for each in opened.objects:
            if isinstance(each, pikepdf.Stream):
                yield "PDF stream", each.read_bytes().decode("latin-1")
            else:
                yield "PDF object", repr(each)


def mails(before: set[Any]) -> Iterator[tuple[str, str]]:
    """Yield each mail that is on its way since `before`: to whom, and what it says."""
    for mail in OutgoingMail.objects.exclude(pk__in=before):
        yield mail.to, f"{mail.subject}\n{mail.text}"


class Log(logging.Handler):
    """Keeps each line that would be logged, as it would be."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.addFilter(WithoutKeys(settings.LOGGING["filters"]["without_keys"]["after"]))
        self.setFormatter(Line(settings.LOGGING["formatters"]["line"]["format"]))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.append(self.format(record))

    def taken(self) -> list[str]:
        """Return what was logged since this was last asked."""
        lines, self.lines = self.lines, []
        return lines
