"""Static files in production: named by their content, compressed, cached for good."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.contrib.staticfiles.finders import FileSystemFinder
from django.templatetags.static import static
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What a page is made of; not what stands beside it to be read.
PARTS = {".css", ".js", ".svg", ".woff2"}
WORKER = "js/offline/worker.js"


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also names the modules that JavaScript modules import by their content."""

    support_js_module_import_aggregation = True


@cache
def addresses() -> tuple[str, list[str]]:
    """Return a version that changes with any of our own static files, and where each is served."""
    contents = hashlib.sha256()
    names = sorted(_names())
    for name, path in names:
        contents.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return contents.hexdigest()[:12], [static(name) for name, _ in names if name != WORKER]


def worker() -> str:
    """Return the script of the service worker, as it stands."""
    return next(path for name, path in _names() if name == WORKER).read_text()


def _names() -> Iterator[tuple[str, Path]]:
    for name, storage in FileSystemFinder().list([]):
        if Path(name).suffix in PARTS:
            yield name, Path(storage.path(name))
