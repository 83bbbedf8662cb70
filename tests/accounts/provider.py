"""An OpenID Connect provider, as small as can be: a real server that signs real tokens."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from environ import Env

from config.settings.single_sign_on import single_sign_on

CLIENT, SECRET = "rapporteur", "the-secret-of-the-client"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """What it says of who signs in is in `claims`; how it misbehaves is in `faults`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.address = f"http://localhost:{self.server_address[1]}"
        self.issuer = self.address
        self.claims: dict[str, Any] = {}
        self.told: dict[str, Any] | None = None
        self.faults: set[str] = set()
        self.granted: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def id_token(self, request: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": "somebody-else" if "audience" in self.faults else request["client_id"],
            "iat": now,
            "exp": now - 60 if "expired" in self.faults else now + 60,
            **self.claims,
        }
        return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})


class Handler(BaseHTTPRequestHandler):
    """The provider's pages."""

    server: Provider

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        self.server.asked.append(path)
        if path in self.server.faults:
            self._send(500, b"down")
        elif path == "/.well-known/openid-configuration":
            self._json(self._discovery())
        elif path == "/jwks":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self._json({"keys": [{**key, "kid": "1", "alg": "RS256", "use": "sig"}]})
        elif path == "/authorize":
            # As federations do: over to another name first.
            other = self.server.address.replace("localhost", "127.0.0.1")
            self._redirect(f"{other}/consent?{urlencode(query)}")
        elif path == "/consent":
            self._consent(query)
        elif path == "/userinfo":
            told = self.server.told or {}
            self._json({"sub": self.server.claims.get("sub"), **told})
        else:
            self._send(404, b"")

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        request = dict(parse_qsl(self.rfile.read(size).decode()))
        self.server.asked.append("/token")
        if "/token" in self.server.faults:
            return self._json({"error": "invalid_client"}, status=401)
        granted = self.server.granted.pop(request.get("code", ""), None)
        challenge = hashlib.sha256(request.get("code_verifier", "").encode()).digest()
        expected = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        if (
            granted is None
            or request.get("client_secret") != SECRET
            or granted["redirect_uri"] != request["redirect_uri"]
            or granted.get("code_challenge") != expected
        ):
            return self._json({"error": "invalid_grant"}, status=400)
        answer = {"access_token": secrets.token_urlsafe(), "token_type": "Bearer"}
        if "no id token" not in self.server.faults:
            answer["id_token"] = self.server.id_token(request)
        return self._json(answer)

    def _discovery(self) -> dict[str, Any]:
        at = self.server.address
        found = {
            "issuer": self.server.issuer,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        if self.server.told is not None:
            found["userinfo_endpoint"] = f"{at}/userinfo"
        if "discovery" in self.server.faults:
            del found["token_endpoint"]
        return found

    def _consent(self, query: dict[str, str]) -> None:
        back = query["redirect_uri"]
        if "cancelled" in self.server.faults:
            answer = {"error": "access_denied", "state": query["state"]}
        else:
            code = secrets.token_urlsafe()
            self.server.granted[code] = query
            answer = {"code": code, "state": query["state"]}
        self._redirect(f"{back}?{urlencode(answer)}")

    def _json(self, content: Any, *, status: int = 200) -> None:
        self._send(status, json.dumps(content).encode(), kind="application/json")

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: int, content: bytes, *, kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Run a provider for as long as the block does."""
    with Provider() as provider:
        thread = threading.Thread(target=provider.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            provider.shutdown()
            thread.join()


def configure(settings: Any, provider: Provider, **more: str) -> None:
    """Set up single sign-on by `provider`, as the environment would."""
    env = Env()
    env.ENVIRON = {
        "OIDC_SERVER_URL": provider.address,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": SECRET,
        **more,
    }
    settings.OIDC_NAME = "Example University"
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on(env, settings.OIDC_NAME)
