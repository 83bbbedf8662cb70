"""What people type, before it is stored."""


def cleaned(text: str) -> str:
    """Return `text` trimmed, with plain line ends, and without what a database can't hold."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()
