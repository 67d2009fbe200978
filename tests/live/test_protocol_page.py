"""docs/PROTOCOL.md says what the code does: every command, field, role, fact and refusal."""

import ast
import re
from pathlib import Path

import msgspec
import pytest

from companion import roles
from companion.sockets.calls import COMMANDS

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "PROTOCOL.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    part = re.split(rf"^#+ {heading}$", PAGE, flags=re.M)[1]
    table = re.split(r"^#", part, flags=re.M)[0]
    lines = [
        line.strip().removeprefix("|").removesuffix("|")
        for line in table.splitlines()
        if line.startswith("|")
    ]
    return [[cell.strip() for cell in line.split("|")] for line in lines[2:]]


def commands() -> dict[str, list[str]]:
    """By name; `play` and `pause` share no row."""
    return {name: row for row in rows("Commands") for name in re.findall(r"`(\w+)`", row[0])}


@pytest.mark.parametrize("name", sorted(roles.COMMANDS))
def test_the_fields_of_a_command_are_as_the_page_says(app, name):
    told = {field.strip() for field in commands()[name][1].split(",") if field.strip()}
    shape = COMMANDS[name].shape
    fields = {
        field.name + ("" if field.required else "?")
        for field in msgspec.structs.fields(shape)
        if field.name != "op_id"
    }
    assert told == fields


@pytest.mark.parametrize("name", sorted(roles.COMMANDS))
def test_who_may_send_a_command_is_as_the_page_says(app, name):
    told = commands()[name][2]
    said = {roles.MEMBERS: "all", roles.HOSTS: "host", roles.GUESTS: "guest"}
    expected = said.get(COMMANDS[name].who, "host; guests where the room allows it")
    assert told == expected


def test_every_fact_that_is_said_is_on_the_page():
    told = {re.findall(r"`(\w+)`", row[0])[0] for row in rows("Facts")}
    said = set()
    for path in [*(ROOT / "companion" / "broadcasts").glob("*.py"), ROOT / "companion" / "server.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            spoken = (
                node.args[:1]
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "emit"
                else []
            )
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                spoken = node.value.elts
            said |= {word.value for word in spoken if isinstance(word, ast.Constant)}
    assert said == told


def test_every_refusal_is_on_the_page():
    told = set(re.findall(r"`(\w+)`", PAGE.split("Refusals:")[1].split("###")[0])) - {
        "field",
        "playback",
        "playback_revision",
        "revision",
    }
    said = set()
    for folder in ("models", "live", "sockets"):
        for path in (ROOT / "companion" / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused" and node.args:
                    said |= {a.value for a in node.args[:1] if isinstance(a, ast.Constant)}
    assert said <= told


def keys_told(key: str) -> set[str]:
    row = next(row for row in rows("The snapshot") if row[0] == key)
    text = re.sub(r"\[.*?\]|\(.*?\)", "", row[1])
    return {name.strip() for name in re.split(r"[,;]", text) if re.fullmatch(r"\w+", name.strip())}


def test_the_snapshot_has_the_keys_of_the_page(evening, host, guest):
    told = {
        name.strip() for row in rows("The snapshot") for name in re.sub(r"\(.*?\)", "", row[0]).split(",")
    }
    snapshot = host.snapshot()
    assert set(snapshot) == told
    mine = guest.snapshot()
    hosts_only = {"alignment", "queue", "checkpoint", "moments", "to_reveal", "acts"}
    assert set(mine) == told - hosts_only
    assert set(mine["room"]) == keys_told("room") | {"reactions", "part", "timing", "revision_newer"}
    assert set(mine["you"]) == keys_told("you (guest)")
    assert set(snapshot["alignment"]) == keys_told("alignment (hosts)") | {"marks"}


def test_a_card_and_a_result_have_the_keys_of_the_page(evening, host, guest):
    card = PAGE.split("A **card**:")[1].split("`html` holds")[0]
    names = set(re.findall(r"\b([a-z_]+)\b", re.sub(r"\(.*?\)", "", card, flags=re.S)))
    assert set(guest.snapshot()["cards"][0]) == names
    host.do("start")
    evening.later(3)
    result = guest.heard("result_shown")[0]
    told = set(
        re.findall(
            r"\b([a-z_]+)\b", re.sub(r"\(.*?\)|\{.*?\}", "", PAGE.split("A **result**:")[1], flags=re.S)
        )
    )
    assert set(result) - {"revision"} <= told
