"""What the operator decides about the web: where it listens, who may in, what may leave."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field


class WebError(Exception):
    """The reading room cannot be opened like this; the message says what to do."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """``password_hash`` and ``token_hashes`` come from `web.secrets.hashed`.

    ``full_text``: whether feeds and exports may carry whole texts. ``names`` are further host
    names under which it is reached (behind a proxy, for example).
    """

    host: str = "127.0.0.1"
    port: int = 8000
    password_hash: str | None = field(default=None, repr=False)
    token_hashes: tuple[str, ...] = field(default=(), repr=False)
    full_text: bool = False
    names: tuple[str, ...] = ()

    @property
    def locked(self) -> bool:
        """Whether a password or token is asked for."""
        return bool(self.password_hash or self.token_hashes)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def check(self) -> None:
        """Raise WebError for an address that others can reach without a password."""
        if not self.loopback and not self.locked:
            raise WebError(
                f"{self.host} can be reached by others: set web_password or web_tokens first "
                "(`coopwatch password` makes the line), or listen at 127.0.0.1"
            )
