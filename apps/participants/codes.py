"""Join codes: eight characters of Crockford's base 32, which has no letter that looks like another.

40 random bits. See https://www.crockford.com/base32.html.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def make_code() -> str:
    """Return a new random code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalised(typed: str) -> str | None:
    """Return the code that somebody meant by `typed`, None if it can't be one.

    Lower case, spaces and hyphens are fine, and O, I and L are read as the digits they look like.
    """
    code = re.sub(r"[\s\-‐-―]", "", typed).upper().translate(LOOKALIKES)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
