"""The local profile's own secret key: made once, kept beside the data."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def local_secret(var_dir: Path) -> str:
    """Return the secret key of this machine's instance, making it at the first call."""
    path = var_dir / "secret-key"
    if not path.exists():
        var_dir.mkdir(parents=True, exist_ok=True)
        # Written aside, then linked: two processes starting together must read the same key.
        with tempfile.NamedTemporaryFile("w", dir=var_dir) as draft:
            draft.write(secrets.token_urlsafe(48))
            draft.flush()
            with suppress(FileExistsError):
                os.link(draft.name, path)
    return path.read_text().strip()
