"""Pages that a device may keep a copy of, to open them without a network.

Nobody else keeps any (`NoStoreMiddleware`): the copies are with the service worker, which drops
them when somebody signs in or out, and when the page isn't open to this browser any more.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any


def kept_on_device(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let the service worker of a browser keep what `view` answers, if it is a page."""

    @wraps(view)
    def page(request: Any, *args: Any, **kwargs: Any) -> Any:
        answer = view(request, *args, **kwargs)
        if request.method == "GET" and answer.status_code == 200:  # noqa: PLR2004
            answer["Kept-On-Device"] = "yes"
        return answer

    return page
