"""The typesetting of memos: frozen content in, an accessible PDF out."""

from collections.abc import Mapping
from typing import Any

from apps.core import typesetting
from apps.core.typesetting import DEFAULT_LIMITS, Kind, Limits

MEMO = Kind("memo", "apps.memos.typesetting.arrange")


def typeset(
    content: Mapping[str, Any], *, timeout: float = 60, limits: Limits = DEFAULT_LIMITS
) -> bytes:
    """The PDF of a memo's content (see `content.MemoContent`): the same bytes for the same content.

    Raises `core.typesetting.TypesettingFailed`.
    """
    return typesetting.typeset(MEMO, content, timeout=timeout, limits=limits)
