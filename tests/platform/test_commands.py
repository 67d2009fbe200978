"""The command line: what it says, what it changes, and that it works beside a running server."""

import json
import re
import sqlite3
import stat
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner, Result

from companion.commands import cli
from tests.platform.phones import Phone
from tests.servers import ROOT, Server, companion


def run(*arguments: str, data_dir: Path, **settings: str) -> Result:
    """A command in this process: for what needs no database of its own."""
    told = {"COMPANION_DATA_DIR": str(data_dir), **settings}
    return CliRunner().invoke(cli.companion, list(arguments), env=told)


BUNDLED = ROOT / "companion" / "sheets"
FILM = BUNDLED / "three-minutes.json"


def bad_sheet(folder: Path) -> Path:
    document = json.loads(FILM.read_text(encoding="utf-8"))
    document["cues"][0]["scene"] = "nowhere"
    document["cues"][1]["id"] = document["cues"][0]["id"]
    file = folder / "bad.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_check_passes_the_bundled_sheets(tmp_path):
    ended = run("sheet", "check", *map(str, sorted(BUNDLED.glob("*.json"))), data_dir=tmp_path)
    assert ended.exit_code == 0, ended.stdout
    assert "0 errors" in ended.stdout


def test_check_names_every_fault_with_its_place_and_ends_with_1(tmp_path):
    ended = run("sheet", "check", str(bad_sheet(tmp_path)), data_dir=tmp_path)
    assert ended.exit_code == 1
    assert "nowhere" in ended.stdout and ended.stdout.count(": error: ") >= 2
    assert not (tmp_path / "companion.db").exists()


def test_check_speaks_json_to_programs(tmp_path):
    ended = run("sheet", "check", "--json", str(bad_sheet(tmp_path)), data_dir=tmp_path)
    told = json.loads(ended.stdout)
    assert ended.exit_code == 1 and told["errors"] >= 2
    assert {"code", "severity", "sentence", "cue_id"} <= set(next(iter(told["files"].values()))[0])


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"x"', "\x00", "[" * 100_000, '{"format": "companion-sheet/1"}']
)
def test_check_reads_any_file_without_falling_over(tmp_path, text):
    (tmp_path / "x.json").write_text(text)
    ended = run("sheet", "check", str(tmp_path / "x.json"), data_dir=tmp_path)
    assert ended.exit_code == 1 and "Traceback" not in ended.stderr and "1 errors" not in ended.stderr


def slugs(server: Server) -> list[str]:
    return [sheet["slug"] for sheet in requests.get(f"{server.url}/api/sheets", timeout=10).json()["sheets"]]


@pytest.fixture(scope="module")
def server():
    with Server() as started:
        yield started


def test_a_start_brings_the_bundled_films(server):
    assert set(slugs(server)) >= {path.stem for path in BUNDLED.glob("*.json")}


def test_a_bad_sheet_is_not_brought_in_and_changes_nothing(server, tmp_path):
    before = slugs(server)
    ended = run("sheet", "import", str(bad_sheet(tmp_path)), data_dir=server.data_dir)
    assert ended.exit_code == 1 and "Nothing was changed" in ended.stderr
    assert slugs(server) == before


def test_a_sheet_is_brought_into_the_running_server_and_comes_out_the_same(server, tmp_path):
    brought = run("sheet", "import", str(FILM), "--slug", "my-film", data_dir=server.data_dir)
    assert brought.exit_code == 0, brought.stderr
    assert brought.stdout.strip() == "my-film is revision 1 now."
    assert "my-film" in slugs(server)
    out = tmp_path / "out.json"
    assert run("sheet", "export", "my-film", "-o", str(out), data_dir=server.data_dir).exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8")) == json.loads(FILM.read_text(encoding="utf-8"))
    missing = run("sheet", "export", "no-such-film", data_dir=server.data_dir)
    assert (
        missing.exit_code == 1 and missing.stderr.strip() == "Error: There is no sheet called no-such-film."
    )


def test_a_lost_edit_link_is_renewed_by_the_operator(server):
    ended = run("sheet", "link", "three-minutes", data_dir=server.data_dir)
    found = re.search(r"/studio/three-minutes#([\w-]{22})", ended.stdout)
    assert ended.exit_code == 0 and found
    here = f"{server.url}/api/studio/three-minutes"
    assert requests.get(here, timeout=10).status_code in (401, 403, 404)
    opened = requests.Session()
    assert opened.post(f"{here}/authors", json={"author_token": found[1]}, timeout=10).status_code < 300
    assert opened.get(here, timeout=10).status_code == 200


def test_rooms_are_listed_and_one_is_deleted_at_once(server):
    made = requests.post(f"{server.url}/api/rooms", json={"sheet": "three-minutes"}, timeout=10).json()
    assert made["code"] in run("rooms", data_dir=server.data_dir).stdout
    gone = run("rooms", "delete", "--yes", made["code"], data_dir=server.data_dir)
    assert gone.exit_code == 0, gone.stderr
    assert requests.get(f"{server.url}/api/rooms/{made['code']}", timeout=10).status_code == 404
    again = run("rooms", "delete", "--yes", made["code"], data_dir=server.data_dir)
    assert again.exit_code == 1 and "no room with that code" in again.stderr


def test_a_backup_of_the_running_server_is_whole(server, tmp_path):
    made = requests.post(f"{server.url}/api/rooms", json={"sheet": "three-minutes"}, timeout=10).json()
    file = tmp_path / "copy.db"
    ended = run("backup", str(file), data_dir=server.data_dir)
    assert ended.exit_code == 0, ended.stderr
    with sqlite3.connect(file) as copy:
        assert copy.execute("SELECT count(*) FROM rooms WHERE code = ?", (made["code"],)).fetchone() == (1,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
    twice = run("backup", str(file), data_dir=server.data_dir)
    assert twice.exit_code == 1 and "exists already" in twice.stderr


def test_the_line_to_the_server_is_for_its_owner_only(server):
    assert stat.S_IMODE((server.data_dir / "control.sock").stat().st_mode) & 0o077 == 0


def test_a_deep_data_folder_has_a_line_as_well(tmp_path):
    deep = tmp_path / ("deep" * 12) / ("folder" * 12)
    with Server(data_dir=deep):
        assert run("rooms", data_dir=deep).stdout == "No rooms yet.\n"


def test_commands_do_their_work_themselves_when_no_server_runs(tmp_path):
    assert companion("db", "upgrade", data_dir=tmp_path).stdout.startswith("The database is at 0")
    assert companion("sheet", "import", str(FILM), data_dir=tmp_path).returncode == 0
    assert json.loads(companion("sheet", "export", "three-minutes", data_dir=tmp_path).stdout)["cues"]


def test_a_party_opens_tonights_room_and_tells_how_to_join(tmp_path):
    with Server("party", "--no-browser", "--sheet", "three-minutes", data_dir=tmp_path) as party:
        code, secret = party.says(r"/host/(\d{6})#([\w-]{22})").groups()
        assert f"/j/{code}" in party.log
        phone = Phone(party)
        assert "sid" in phone.joins(code=code, role="host", token=secret)
        phone.leaves()
        party.kill9()
        party.restart()
        assert party.says(r"(?s)tonight's room goes on.*/host/(\d{6})#")[1] == code
        again = re.findall(r"#([\w-]{22})", party.log)[-1]
        assert again != secret and "sid" in Phone(party).joins(code=code, role="host", token=again)


def test_a_party_on_a_taken_port_takes_the_next_one_and_says_so(server, tmp_path):
    with Server("party", "--no-browser", "--port", str(server.port), data_dir=tmp_path) as party:
        assert party.port > server.port
        party.says(f"Port {server.port} is taken, so this is another one")


def test_doctor_looks_at_everything_and_ends_well_on_a_good_machine(tmp_path):
    ended = run("doctor", data_dir=tmp_path, PORT="0")
    for word in ("Python 3", "SQLite 3", "Open files", "Data folder", "Port", "plain http"):
        assert word in ended.stdout, ended.stdout
    assert ended.exit_code == 0


def test_doctor_says_what_will_not_work(tmp_path):
    (tmp_path / "file").write_text("in the way")
    ended = run("doctor", data_dir=tmp_path / "file", PORT="0")
    assert ended.exit_code == 1 and "cannot be written" in ended.stdout
