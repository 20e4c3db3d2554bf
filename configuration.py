"""The program's configuration: one typed object, read once at the edge and handed down.

An option of the command line (or ``-s`` of Scrapy) wins over the environment, the environment
over ``coopwatch.toml`` in the working folder, and that over the defaults here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_data_path
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ByteSize,
    Field,
    TypeAdapter,
    ValidationError,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

FILE_NAME = "coopwatch.toml"


_HASH = re.compile(r"scrypt\$[A-Za-z0-9+/]+=*\$[A-Za-z0-9+/]+=*")


def _words(value: Any) -> Any:
    """Several values in one environment variable, between spaces or commas."""
    return tuple(re.split(r"[,\s]+", value.strip(", \t"))) if isinstance(value, str) else value


def _hash(value: str) -> str:
    if not _HASH.fullmatch(value):
        raise ValueError("expected what `coopwatch password` prints, never the password itself")
    return value


Hash = Annotated[str, AfterValidator(_hash)]


def parse_age(text: str) -> timedelta:
    """An age in days such as 365d; raises ValueError."""
    match = re.fullmatch(r"([1-9]\d{0,4})d", text.strip())
    if match is None:
        raise ValueError(f"expected a number of days such as 365d, got {text!r}")
    return timedelta(days=int(match[1]))


def parse_size(text: str) -> int:
    """Bytes of a size such as 5GB or 500MiB; raises ValueError."""
    try:
        size = TypeAdapter(ByteSize).validate_python(text)
    except ValidationError:
        size = ByteSize(0)
    if size <= 0:
        raise ValueError(f"expected a size such as 5GB or 500MB, got {text!r}")
    return int(size)


def _or_as_it_is(parse: Callable[[str], Any]) -> BeforeValidator:
    return BeforeValidator(lambda value: parse(value) if isinstance(value, str) else value)


class ConfigurationError(Exception):
    """The configuration cannot be used; the message says which key and what was expected."""


class Configuration(BaseSettings):
    """What an operator can set. Each field is also ``COOPWATCH_<FIELD>`` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix="COOPWATCH_", toml_file=FILE_NAME, extra="forbid", frozen=True
    )

    data_dir: Annotated[Path, AfterValidator(Path.expanduser)] = Field(
        default_factory=lambda: user_data_path("coopwatch"),
        description="folder of the default database",
    )
    database_url: str | None = Field(
        default=None,
        description="SQLAlchemy URL; empty: no database; unset: SQLite in the data folder",
    )
    sources_dir: Annotated[Path, AfterValidator(Path.expanduser)] | None = Field(
        default=None,
        description="folder of your own source files; a key there replaces the shipped one",
    )
    contact: str = Field(
        default="", description="operator's e-mail or web page, named in the User-Agent"
    )
    web_host: str = Field(
        default="127.0.0.1",
        description="address of the reading room; any but loopback needs a password or token",
    )
    web_port: int = Field(
        default=8000, ge=0, le=65535, description="port of the reading room; 0: any free one"
    )
    web_names: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = Field(
        default=(), description="host names under which it is reached, behind a proxy for example"
    )
    web_password: Hash | None = Field(
        default=None, repr=False, description="hash that `coopwatch password` prints"
    )
    web_tokens: Annotated[tuple[Hash, ...], NoDecode, BeforeValidator(_words)] = Field(
        default=(), repr=False, description="hashes that `coopwatch password --token` prints"
    )
    full_text: bool = Field(
        default=False,
        description="whether feeds, exports and published databases carry whole texts",
    )
    archive_max_age: Annotated[timedelta, _or_as_it_is(parse_age)] | None = Field(
        default=None,
        description="such as 365d: older archived pages that a later one replaced go every night",
    )
    archive_max_size: Annotated[int, _or_as_it_is(parse_size)] | None = Field(
        default=None, description="such as 5GB: so much of archived pages stays every night"
    )

    @property
    def database(self) -> str:
        """The database's URL; empty where none is wanted."""
        if self.database_url is not None:
            return self.database_url
        return f"sqlite:///{self.data_dir / 'coopwatch.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the base class's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options, then environment, then the file: the order of the module's docstring."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_configuration(**options: Any) -> Configuration:
    """The configuration for this process; ``options`` that are None count as not given.

    Raises ConfigurationError with the key at fault and what was expected.
    """
    given = {key: value for key, value in options.items() if value is not None}
    try:
        return Configuration(**given)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(
            f"configuration ({FILE_NAME}, environment or option): {key}: {first['msg']}"
        ) from error
    except ValueError as error:  # tomllib's error for a file that is not TOML
        raise ConfigurationError(f"{FILE_NAME}: {error}") from error
