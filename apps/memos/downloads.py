"""A memo's file on its way to a reader."""

from django.http import HttpResponse  # noqa: TID251 - what both doors answer with
from django.utils.text import slugify

from apps.memos.models import FileKind, MemoFile
from apps.workshops.models import Workshop

TYPES = {FileKind.PDF: "application/pdf"}


def file_name(file: MemoFile, workshop: Workshop) -> str:
    """Return a name that says which version of which memo this is."""
    return f"{workshop.slug}-{slugify(file.version.content['version'])}.{file.kind}"


def as_download(file: MemoFile, workshop: Workshop) -> HttpResponse:
    """Answer with a file that is ready, to be stored by its reader and by nobody between."""
    return HttpResponse(
        bytes(file.content),
        headers={
            "Content-Type": TYPES[FileKind(file.kind)],
            "Content-Disposition": f'attachment; filename="{file_name(file, workshop)}"',
            "Cache-Control": "no-store, private",
            "X-Content-Type-Options": "nosniff",
        },
    )
