"""What lets people join: a code to be typed, or the key in a link or a QR code.

A code is eight characters of Crockford's base 32, which has no letter that looks like another: 40
random bits, see https://www.crockford.com/base32.html. It can be guessed if one may try often. A
key has 128 random bits, and can't.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
KEY = re.compile(r"[A-Za-z0-9_-]{22}")
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def make_code() -> str:
    """Return a new random code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def make_key() -> str:
    """Return a new random key."""
    return secrets.token_urlsafe(16)


def is_key(given: str) -> bool:
    """Say whether `given` looks like a key, which nobody types."""
    return KEY.fullmatch(given) is not None


def as_given(given: str) -> dict[str, str]:
    """Return by which field of a join code, and which value, to look for what somebody gave."""
    return {"key": given} if is_key(given) else {"code": normalised(given) or ""}


def normalised(typed: str) -> str | None:
    """Return the code that somebody meant by `typed`, None if it can't be one.

    Lower case, spaces and hyphens are fine, and O, I and L are read as the digits they look like.
    """
    code = re.sub(r"[\s\-‐-―]", "", typed).upper().translate(LOOKALIKES)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
