"""The program's configuration: one typed object, read once at the edge and handed down.

An option of the command line (or ``-s`` of Scrapy) wins over the environment, the environment
over ``coopwatch.toml`` in the working folder, and that over the defaults here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
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
