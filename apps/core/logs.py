"""What stays out of the log."""

import logging
import re
from collections.abc import Sequence


class WithoutKeys(logging.Filter):
    """Cuts off addresses that let somebody in: whoever reads the log could use them."""

    def __init__(self, after: Sequence[str]) -> None:
        """`after` are the beginnings of such addresses, behind which the key stands."""
        super().__init__()
        beginnings = "|".join(map(re.escape, after))
        self._keys = re.compile(rf"({beginnings})[^\s\"']+")

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without keys."""
        record.msg, record.args = self._keys.sub(r"\1…", record.getMessage()), ()
        return True
