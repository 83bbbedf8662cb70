"""Files that people send: skipped, but where a view asks for one of a certain size."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

View = TypeVar("View", bound=Callable[..., Any])


def takes_file(largest: int) -> Callable[[View], View]:
    """Let the decorated view take one file of up to `largest` bytes; put it above all others.

    `too_big(request)` says whether one was larger.
    """

    def mark(view: View) -> View:
        view.largest_file = largest  # type: ignore[attr-defined]
        return view

    return mark


def too_big(request: Any) -> bool:
    """Say whether somebody sent a larger file than the view takes."""
    return bool(getattr(request, "file_too_big", False))


class FileWhereAsked(FileUploadHandler):
    """Takes one file into memory where the view asks for one, and keeps nothing of others."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        match = getattr(request, "resolver_match", None)
        self._largest = getattr(match.func, "largest_file", 0) if match else 0
        self._taken = False
        self._data = bytearray()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Take the first file, if any is asked for, and let others pass by."""
        super().new_file(*args, **kwargs)
        if self._taken or not self._largest:
            raise SkipFile
        self._taken = True

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> None:
        """Keep a piece, as long as all of them are within the limit."""
        if len(self._data) + len(raw_data) > self._largest:
            self.request.file_too_big = True  # type: ignore[union-attr]
            self._data.clear()
            raise SkipFile
        self._data += raw_data

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand the file on."""
        return InMemoryUploadedFile(
            file=BytesIO(self._data),
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
        )
