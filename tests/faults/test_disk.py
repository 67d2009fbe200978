"""A disk that is full or fails: what was acknowledged is stored, refusals are loud, and it recovers alone."""

import os
import resource
import shutil
import subprocess
import sys
import time

import pytest
import requests

from tests.platform.phones import Evening
from tests.servers import Server

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs prlimit, which is Linux's")


def limit_files(server: Server, to: int) -> None:
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (to, resource.RLIM_INFINITY))


@linux_only
def test_a_full_disk_refuses_loudly_keeps_what_was_said_and_recovers_alone():
    with Server() as server:
        evening = Evening(server)
        token = evening.guest_token("Ana")
        phone = evening.guest(token=token)
        assert phone.does("rename", name="Before")["ok"]
        wal = server.data_dir / "companion.db-wal"
        limit_files(server, max(wal.stat().st_size, server.log_path.stat().st_size + 65_536))
        refused = fill(phone)
        assert refused["code"] == "not_saved" and "Try again" in refused["sentence"]
        assert requests.get(f"{server.url}/readyz", timeout=5).ok, "reading goes on"
        assert phone.asks("snapshot")["snapshot"]["you"]["name"] == phone.kept
        limit_files(server, resource.RLIM_INFINITY)
        assert phone.does("rename", name="After")["ok"]
        server.kill9()
        server.restart()
        assert evening.guest(token=token).hears("snapshot")["you"]["name"] == "After"
        assert "not saved" in server.log


def fill(phone) -> dict[str, str]:
    """Rename until the disk is full; `phone.kept` is the last name that was acknowledged."""
    phone.kept = "Before"
    for n in range(400):
        answer = phone.does("rename", name=f"Name {n}")
        if answer["ok"]:
            phone.kept = f"Name {n}"
        elif answer["refused"]["code"] != "too_fast":
            return answer["refused"]
    raise AssertionError("the disk never became full")


@linux_only
@pytest.mark.parametrize("fault", ["fsync,fdatasync:error=EIO", "pwrite64:error=ENOSPC"])
def test_a_disk_that_fails_at_a_call_loses_nothing_that_was_acknowledged(fault):
    if not shutil.which("strace") or os.geteuid() != 0:
        pytest.skip("needs strace and the right to trace, to make system calls fail")
    with Server() as server:
        evening = Evening(server)
        token = evening.guest_token("Ana")
        phone = evening.guest(token=token)
        assert phone.does("rename", name="Before")["ok"]
        calls = fault.split(":")[0]
        traced = [
            "strace", "-f", "-q", "-o", "/dev/null", "-p", str(server.pid),
            "-e", f"trace={calls}", "-e", f"inject={fault}",
        ]  # fmt: skip
        tracer = subprocess.Popen(traced, stderr=subprocess.DEVNULL)
        try:
            give_up_at = time.monotonic() + 10
            while (answer := phone.does("rename", name="Meanwhile"))["ok"] and time.monotonic() < give_up_at:
                time.sleep(0.2)
            assert answer["refused"]["code"] == "not_saved"
        finally:
            tracer.terminate()
            tracer.wait(10)
        time.sleep(0.5)
        assert phone.asks("snapshot")["snapshot"]["you"]["name"] in ("Before", "Meanwhile")
        assert phone.does("rename", name="After")["ok"]
        server.kill9()
        server.restart()
        assert evening.guest(token=token).hears("snapshot")["you"]["name"] == "After"
