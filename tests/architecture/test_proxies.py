"""Who may say from which address a visitor comes: the proxy, and nobody else."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import yaml
from django.conf import settings
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

VISITOR = "203.0.113.7"


def compose() -> Any:
    return yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())


def address_seen(peer: str) -> str:
    """Return from where a request of `peer` seems to come that says it is of somebody else."""
    trusted = compose()["services"]["web"]["environment"]["FORWARDED_ALLOW_IPS"]
    default = trusted.partition(":-")[2].rstrip("}")
    seen = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])

    scope = {
        "type": "http",
        "client": (peer, 1),
        "headers": [(b"x-forwarded-for", VISITOR.encode())],
    }
    # In a thread: in that of the tests the loop of a browser may run.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, ProxyHeadersMiddleware(app, default)(scope, None, None)).result()
    return seen[0]


def test_the_proxy_on_the_machine_is_believed():
    [network] = compose()["networks"]["default"]["ipam"]["config"]
    assert address_seen(network["gateway"]) == VISITOR


@pytest.mark.parametrize(
    "peer", ["172.30.83.2", "172.17.0.1", "172.16.0.9", "192.168.1.20", "10.0.0.5", "198.51.100.1"]
)
def test_nobody_else_is(peer):
    assert address_seen(peer) == peer
