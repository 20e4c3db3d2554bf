"""Passwords and tokens: kept as hashes, compared in constant time, guessed slowly."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

# scrypt with these takes 50 ms and 16 MB, as OWASP's password storage cheat sheet has it at least.
_N, _R, _P = 2**14, 8, 5
_MEMORY = 64 * 1024 * 1024

SESSION_SECONDS = 14 * 24 * 3600
_FREE_TRIES = 5
_LONGEST_WAIT = 15 * 60.0
_REMEMBERED = 10_000  # addresses


def hashed(secret: str) -> str:
    """What is kept of a password or token: ``scrypt$salt$digest``, in base64."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_text(salt)}${_text(_scrypt(secret, salt))}"


def matches(secret: str, kept: str) -> bool:
    """Whether this is the secret that was hashed."""
    try:
        scheme, salt, digest = kept.split("$")
        wanted = base64.b64decode(digest)
        given = _scrypt(secret, base64.b64decode(salt))
    except ValueError:
        return False
    return scheme == "scrypt" and hmac.compare_digest(given, wanted)


class Signer:
    """Signs what a browser keeps for us: sessions and form tokens."""

    def __init__(self, seed: str | None) -> None:
        # From the password's hash, so that a restart logs nobody out and a new password everybody.
        self._key = hashlib.sha256(f"coopwatch {seed or secrets.token_hex(32)}".encode()).digest()

    def session(self, now: float) -> str:
        """The value of a session cookie."""
        payload = f"{int(now) + SESSION_SECONDS}.{secrets.token_urlsafe(12)}"
        return f"{payload}.{self.sign('session', payload)}"

    def is_session(self, value: str, now: float) -> bool:
        """Whether we made this session, and it is not over."""
        payload, _, signature = value.rpartition(".")
        until = payload.partition(".")[0]
        return (
            hmac.compare_digest(signature.encode(), self.sign("session", payload).encode())
            and until.isdecimal()
            and int(until) > now
        )

    def sign(self, purpose: str, value: str) -> str:
        """A signature that holds for this purpose only."""
        digest = hmac.digest(self._key, f"{purpose}:{value}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass(slots=True)
class _Tries:
    failed: int
    free_at: float


class Brake:
    """After five wrong secrets each further try of an address has to wait twice as long."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, _Tries] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str) -> float:
        """Seconds for which this address has to wait; 0 when it may try."""
        with self._lock:
            tries = self._tries.get(address)
            return 0.0 if tries is None else max(0.0, tries.free_at - time.monotonic())

    def failed(self, address: str) -> None:
        """Remember a wrong secret."""
        with self._lock:
            tries = self._tries.pop(address, None) or _Tries(0, 0.0)
            tries.failed += 1
            beyond = tries.failed - _FREE_TRIES
            if beyond >= 0:
                tries.free_at = time.monotonic() + min(_LONGEST_WAIT, 2.0**beyond)
            self._tries[address] = tries
            while len(self._tries) > _REMEMBERED:
                self._tries.popitem(last=False)

    def succeeded(self, address: str) -> None:
        """Forget the wrong ones."""
        with self._lock:
            self._tries.pop(address, None)


def _scrypt(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY, dklen=32)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
