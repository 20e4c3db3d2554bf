"""The door: host names, sessions and tokens, foreign forms, and the headers of every answer."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
import time
from urllib.parse import quote, urlsplit

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problems import problem
from web.secrets import Brake, Signer, matches
from web.settings import WebSettings

SESSION_COOKIE = "coopwatch_session"
FORM_COOKIE = "coopwatch_form"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_OPEN = ("/login", "/static/", "/prefer")
_MACHINE = ("/api/", "/feed.")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """ASGI middleware that lets a request through, or answers it."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app = app
        self._settings = settings
        self._known: set[str] = (
            set()
        )  # digests of tokens that were right: scrypt is slow on purpose
        self.signer = Signer(settings.password_hash)
        self.brake = Brake()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or pass on; every answer carries HEADERS."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        nonce = request.cookies.get(FORM_COOKIE) or ""
        fresh = not 20 <= len(nonce) <= 100
        nonce = secrets.token_urlsafe(24) if fresh else nonce
        scope.setdefault("state", {}).update(
            form_token=self.signer.sign("form", nonce),
            signer=self.signer,
            brake=self.brake,
            is_right=self.is_right,
        )

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not request.url.path.startswith("/static/"):
                    headers.setdefault("Cache-Control", "private, no-cache")
                if fresh and headers.get("content-type", "").startswith("text/html"):
                    headers.append(
                        "Set-Cookie",
                        f"{FORM_COOKIE}={nonce}; Path=/; HttpOnly; SameSite=Strict",
                    )
            await send(message)

        refusal = await self._refusal(request)
        await (refusal or self._app)(scope, receive, with_headers)

    async def _refusal(self, request: Request) -> Response | None:
        if not self._is_our_name(request.headers):
            return problem(400, "unknown host name", "This name is not one of this server's.")
        if request.method not in _SAFE and not _is_own_page(request):
            return problem(403, "foreign request", "The request comes from another site.")
        if not self._settings.locked or request.url.path.startswith(_OPEN):
            return None
        session = request.cookies.get(SESSION_COOKIE)
        if session and self.signer.is_session(session, time.time()):
            return None
        return await self._by_secret(request)

    async def _by_secret(self, request: Request) -> Response | None:
        secret = _secret(request.headers)
        if secret is None:
            if request.url.path.startswith(_MACHINE):
                return problem(
                    401, "not logged in", "Send a token.", {"WWW-Authenticate": "Basic, Bearer"}
                )
            where = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/login?next={quote(where, safe='')}", 303)
        digest = hashlib.sha256(secret.encode()).hexdigest()
        if digest in self._known:
            return None
        address = request.client.host if request.client else ""
        if (wait := self.brake.wait(address)) > 0:
            return problem(
                429, "too many tries", "Wait and try again.", {"Retry-After": str(int(wait) + 1)}
            )
        if await run_sync(self.is_right, secret):
            self.brake.succeeded(address)
            self._known.add(digest)
            return None
        self.brake.failed(address)
        return problem(
            401, "wrong token", "This token is unknown.", {"WWW-Authenticate": "Basic, Bearer"}
        )

    def is_right(self, secret: str) -> bool:
        """Whether this is the password or one of the tokens. Takes its time."""
        kept = [*self._settings.token_hashes]
        if self._settings.password_hash:
            kept.append(self._settings.password_hash)
        return any(matches(secret, one) for one in kept)

    def _is_our_name(self, headers: Headers) -> bool:
        """Without a password a foreign name that resolves to this machine must not get in."""
        if self._settings.locked and not self._settings.names:
            return True
        name = urlsplit(f"//{headers.get('host', '')}").hostname
        ours = {"127.0.0.1", "localhost", "::1", self._settings.host, *self._settings.names}
        return name in ours


def _is_own_page(request: Request) -> bool:
    """What a browser says of where the request comes from; other programs say nothing."""
    if request.headers.get("sec-fetch-site") not in {None, "same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _secret(headers: Headers) -> str | None:
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or None
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2] or None
        except (binascii.Error, ValueError):
            return None
    return None
