"""What we ship of other people's is what they published: byte for byte, with its licence beside it."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

VENDOR = Path(__file__).parent.parent / "static" / "vendor"
VENDORED = json.loads((VENDOR / "VENDORED.json").read_text())


def integrity(content: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def test_every_vendored_script_is_listed_with_its_licence():
    assert {p.name for p in VENDOR.glob("*.js")} == set(VENDORED)
    for name, origin in VENDORED.items():
        assert origin["version"] in name
        assert origin["license"] in (VENDOR / origin["license_file"]).read_text()


@pytest.mark.parametrize("name", VENDORED)
def test_a_vendored_script_is_unchanged(name):
    assert integrity((VENDOR / name).read_bytes()) == VENDORED[name]["integrity"]


@pytest.mark.parametrize("name", VENDORED)
def test_a_vendored_script_is_the_one_its_makers_published(name, tmp_path):
    """npm checks nothing here: the package's hash is the one its registry recorded when it was vendored."""
    origin = VENDORED[name]
    package = fetched(f"{origin['package']}@{origin['version']}", tmp_path)
    assert integrity(package.read_bytes()) == origin["package_integrity"]
    with tarfile.open(package) as archive:
        member = archive.extractfile(origin["path"])
        assert member is not None and member.read() == (VENDOR / name).read_bytes()


def fetched(spec: str, folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm:
        run = subprocess.run(
            [npm, "pack", "--silent", spec],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
        if run.returncode == 0:
            return folder / run.stdout.strip().splitlines()[-1]
    if os.environ.get("COMPANION_REQUIRE_ALL"):
        pytest.fail(f"npm could not fetch {spec}")
    pytest.skip(f"NOT RUN: comparing with the published {spec} needs npm and its registry")
