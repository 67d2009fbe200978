"""Every setting: read once from the environment, checked, with its default and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit


class WrongSetting(ValueError):
    """A setting that the server cannot start with; its text is one sentence that names it."""


def path(text: str) -> Path:
    return Path(text).expanduser()


def one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return text

    return read


def whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not least <= int(text) <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def names(text: str) -> tuple[str, ...]:
    found = tuple(name.strip().lower() for name in text.split(",") if name.strip())
    if any(not re.fullmatch(r"[a-z0-9.-]+", name) for name in found):
        raise ValueError("host names separated by commas, without https:// and without a port")
    return found


def public_address(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/")):
        raise ValueError("an address such as https://party.example.org, without a path")
    return text.rstrip("/")


def database_url(text: str) -> str:
    if not text or text.startswith(("sqlite:///", "postgresql+psycopg2://")):
        return text
    for spelling in ("postgres://", "postgresql://"):
        if text.startswith(spelling):
            return "postgresql+psycopg2://" + text.removeprefix(spelling)
    raise ValueError("an address that begins with postgresql:// or sqlite:///")


def redis_url(text: str) -> str:
    if text and not text.startswith(("redis://", "rediss://")):
        raise ValueError("an address that begins with redis:// or rediss://")
    return text


def anything(text: str) -> str:
    return text


def setting(
    name: str, default: str, read: Callable[[str], Any], meaning: str, shown: str | None = None
) -> Any:
    """One row of docs/SETTINGS.md; `default` as the environment spells it, `shown` as people read it."""
    told = {"name": name, "default": default, "read": read, "meaning": meaning, "shown": shown or default}
    return field(default=read(default), metadata=told)


@dataclass(frozen=True)
class Settings:
    """What this server was told, by `from_environment`; the defaults alone host a party on a laptop."""

    data_dir: Path = setting(  # noqa: RUF009
        "COMPANION_DATA_DIR", ".data", path, "Folder that keeps the database, the clock and the lock."
    )
    database_url: str = setting(
        "DATABASE_URL",
        "",
        database_url,
        "PostgreSQL address; `postgres://` is understood. Needed when several processes serve together.",
        "SQLite in the data folder",
    )
    redis_url: str = setting(
        "REDIS_URL",
        "",
        redis_url,
        "Redis address, through which several processes reach each other's phones.",
        "none",
    )
    host: str = setting("COMPANION_HOST", "0.0.0.0", anything, "Address to listen on.")
    port: int = setting("PORT", "8080", whole(0, 65535), "Port to listen on; 0 picks a free one.")
    concurrency: str = setting(
        "COMPANION_ASYNC",
        "eventlet",
        one_of("eventlet", "threading"),
        "How one process serves many phones. `threading` is for the test suite.",
    )
    network: str = setting(
        "COMPANION_NETWORK",
        "private",
        one_of("private", "public"),
        "`private`: a living room or a school, short codes and generous limits. `public`: the internet.",
    )
    code_digits: int = setting(
        "COMPANION_CODE_LENGTH",
        "0",
        whole(0, 12),
        "Digits in a room's code, 4 to 12.",
        "6 on a private network, 9 on a public one",
    )
    guests_per_room: int = setting(
        "COMPANION_GUESTS_PER_ROOM", "1000", whole(1, 20000), "Guests that fit in one room."
    )
    sockets_per_address: int = setting(
        "COMPANION_SOCKETS_PER_ADDRESS",
        "1000",
        whole(1, 20000),
        "Open connections from one network address (of IPv6: one /64 network); a whole party may share one.",
    )
    proxy_hops: int = setting(
        "COMPANION_PROXY_HOPS",
        "0",
        whole(0, 9),
        "Reverse proxies in front of this server whose `X-Forwarded-*` headers are believed.",
    )
    trusted_hosts: tuple[str, ...] = setting(
        "COMPANION_TRUSTED_HOSTS",
        "",
        names,
        "Host names this server answers to, separated by commas. Addresses in digits, `localhost`, "
        "this machine's own name and the public address always work.",
        "none",
    )
    public_url: str = setting(
        "COMPANION_PUBLIC_URL",
        "",
        public_address,
        "Address that guests open, when it is not this machine's own.",
        "none",
    )
    retention_days: int = setting(
        "COMPANION_RETENTION_DAYS", "30", whole(0, 3650), "Days until the data of an ended room is deleted."
    )
    rooms_by: str = setting(
        "COMPANION_ROOMS_BY",
        "anyone",
        one_of("anyone", "this-machine", "operator"),
        "Who may make rooms: `anyone`, browsers on `this-machine`, or only the command line (`operator`).",
    )
    sheets_dir: Path | None = setting(  # noqa: RUF009
        "COMPANION_SHEETS_DIR",
        "",
        lambda text: path(text) if text else None,
        "Folder with more cue sheets (*.json), loaded at start.",
        "none",
    )
    studio: str = setting(
        "COMPANION_STUDIO", "open", one_of("open", "closed"), "Whether people may write notes on this server."
    )
    demo: str = setting(
        "COMPANION_DEMO",
        "off",
        one_of("off", "on"),
        "Offers the demo page: two phones, a remote and a lobby in frames. `party` and `demo` turn it on.",
    )
    operator_token: str = setting(
        "COMPANION_OPERATOR_TOKEN",
        "",
        anything,
        "Secret that `/metrics` asks for as a bearer token. Without one, only this machine may read them.",
        "none",
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read every setting; raise WrongSetting with one sentence for the first that is wrong."""
        given = {}
        for row in fields(cls):
            text = environment.get(row.metadata["name"], "").strip()
            if text:
                given[row.name] = checked(row, text)
        if given.get("code_digits") in (1, 2, 3):
            raise WrongSetting("COMPANION_CODE_LENGTH must be at least 4.")
        return cls(**given)

    @property
    def code_length(self) -> int:
        return self.code_digits or (9 if self.network == "public" else 6)

    @property
    def is_private(self) -> bool:
        return self.network == "private"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'companion.db'}"

    @property
    def uses_sqlite(self) -> bool:
        return self.database.startswith("sqlite:")


def checked(row: Field[Any], text: str) -> Any:
    try:
        return row.metadata["read"](text)
    except ValueError as wrong:
        secret = "URL" in row.metadata["name"] or "TOKEN" in row.metadata["name"]
        said = "" if secret else f", not “{text[:60]}”"
        raise WrongSetting(f"{row.metadata['name']} must be {wrong}{said}.") from None


class InUse:
    """The settings of this process, whatever `use` was last given: attribute access reads through."""

    _settings = Settings()

    def __getattr__(self, name: str) -> Any:
        return getattr(InUse._settings, name)


def use(given: Settings) -> None:
    InUse._settings = given


settings = cast(Settings, InUse())
