"""Every setting is read once, checked, and told in docs/SETTINGS.md."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from companion.config import Settings, WrongSetting
from tests.servers import companion

PAGE = Path(__file__).parent.parent.parent / "docs" / "SETTINGS.md"


def rows() -> dict[str, tuple[str, str]]:
    found = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    return {name: (default, meaning) for name, default, meaning in found}


def test_the_page_of_settings_tells_every_setting_and_no_other():
    told = {
        row.metadata["name"]: (
            f"`{row.metadata['shown']}`"
            if row.metadata["shown"] == row.metadata["default"]
            else row.metadata["shown"],
            row.metadata["meaning"],
        )
        for row in fields(Settings)
    }
    assert rows() == told


def test_nothing_set_hosts_a_party_on_a_laptop():
    settings = Settings.from_environment({})
    assert settings.uses_sqlite and settings.is_private and settings.code_length == 6
    assert settings.database == "sqlite:///.data/companion.db"


def test_a_public_server_has_longer_codes():
    assert Settings.from_environment({"COMPANION_NETWORK": "public"}).code_length == 9


@pytest.mark.parametrize(
    "spelling", ["postgres://u:p@h/d", "postgresql://u:p@h/d", "postgresql+psycopg2://u:p@h/d"]
)
def test_every_spelling_of_a_postgresql_address_is_understood(spelling):
    settings = Settings.from_environment({"DATABASE_URL": spelling})
    assert settings.database == "postgresql+psycopg2://u:p@h/d" and not settings.uses_sqlite


WRONG = [
    ("PORT", "eighty"),
    ("PORT", "65536"),
    ("PORT", "-1"),
    ("COMPANION_CODE_LENGTH", "3"),
    ("COMPANION_CODE_LENGTH", "13"),
    ("COMPANION_ASYNC", "gevent"),
    ("COMPANION_NETWORK", "home"),
    ("COMPANION_GUESTS_PER_ROOM", "0"),
    ("COMPANION_PROXY_HOPS", "many"),
    ("COMPANION_TRUSTED_HOSTS", "https://party.example.org"),
    ("COMPANION_PUBLIC_URL", "party.example.org"),
    ("COMPANION_PUBLIC_URL", "https://party.example.org/room"),
    ("COMPANION_STUDIO", "ajar"),
    ("COMPANION_ROOMS_BY", "guests"),
    ("DATABASE_URL", "mysql://u:secret@h/d"),
    ("REDIS_URL", "memcached://u:secret@h"),
]


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_a_wrong_setting_is_named_in_one_sentence(name, text):
    with pytest.raises(WrongSetting) as wrong:
        Settings.from_environment({name: text})
    said = str(wrong.value)
    assert said.startswith(f"{name} must be ") and said.endswith(".") and "\n" not in said
    assert "secret" not in said


def test_a_wrong_setting_stops_the_start_with_that_sentence_and_status_2(tmp_path):
    ended = companion("serve", data_dir=tmp_path, PORT="eighty")
    assert ended.returncode == 2
    assert ended.stderr.strip() == "companion: PORT must be a whole number from 0 to 65535, not “eighty”."
    assert not list(tmp_path.iterdir())
