"""The film does not move when somebody moves the clock, nor when the server starts again."""

import json
import sys
import time

import pytest

from companion import clock
from companion.clock import Sources

HOUR, YEAR = 3600.0, 365 * 86_400.0


class Machine:
    """A machine whose wall clock people can step; its steady clock only runs, also while it sleeps."""

    def __init__(self, wall: float = 1_800_000_000.0, boot: str = "first-boot") -> None:
        self.offset, self.up, self.boot = wall, 100.0, boot
        self.sources = Sources(lambda: self.offset + self.up, lambda: self.up, lambda: self.boot)

    def wait(self, seconds: float) -> None:
        self.up += seconds

    def step_wall(self, seconds: float) -> None:
        self.offset += seconds


@pytest.fixture(autouse=True)
def afterwards():
    before = clock._clock.sources, clock._clock.anchor
    yield
    clock._clock.sources, clock._clock.anchor = before


@pytest.mark.parametrize("step", [HOUR, -HOUR, YEAR, -YEAR])
def test_a_stepped_wall_clock_moves_nothing(tmp_path, step):
    machine = Machine()
    clock.init(tmp_path, machine.sources)
    before = clock.now()
    machine.step_wall(step)
    machine.wait(10)
    assert clock.now() == pytest.approx(before + 10, abs=1e-6)
    assert machine.sources.wall() - clock.now() == pytest.approx(step, abs=1e-6)


@pytest.mark.parametrize("step", [HOUR, -HOUR, YEAR, -YEAR])
def test_a_step_between_two_starts_moves_nothing(tmp_path, step):
    machine = Machine()
    clock.init(tmp_path, machine.sources)
    before = clock.now()
    machine.step_wall(step)
    machine.wait(60)
    clock.init(tmp_path, machine.sources)
    assert clock.now() == pytest.approx(before + 60, abs=1e-6)


def test_two_processes_of_one_machine_share_the_time(tmp_path):
    machine = Machine()
    clock.init(tmp_path, machine.sources)
    first = clock.now()
    machine.step_wall(HOUR)
    clock.init(tmp_path, machine.sources)
    assert clock.now() == pytest.approx(first, abs=1e-6)


def test_after_the_machine_itself_started_again_the_wall_is_believed_afresh(tmp_path):
    machine = Machine()
    clock.init(tmp_path, machine.sources)
    machine.boot, machine.up = "second-boot", 5.0
    machine.step_wall(HOUR)
    clock.init(tmp_path, machine.sources)
    assert clock.now() == pytest.approx(machine.sources.wall(), abs=1e-6)


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"boot_id": "first-boot"}', '{"boot_id": 1, "anchor": "x"}']
)
def test_a_spoiled_anchor_file_is_replaced(tmp_path, kept):
    (tmp_path / "clock.json").write_text(kept)
    machine = Machine()
    clock.init(tmp_path, machine.sources)
    assert clock.now() == pytest.approx(machine.sources.wall(), abs=1e-6)
    assert json.loads((tmp_path / "clock.json").read_text())["boot_id"] == "first-boot"


def test_where_the_machine_has_no_boot_name_each_start_anchors_afresh(tmp_path):
    machine = Machine(boot="")
    clock.init(tmp_path, machine.sources)
    machine.step_wall(HOUR)
    clock.init(tmp_path, machine.sources)
    assert clock.now() == pytest.approx(machine.sources.wall(), abs=1e-6)


def test_the_time_is_the_time_and_counts_the_sleep_of_a_laptop(tmp_path):
    clock.init(tmp_path)
    assert clock.now() == pytest.approx(time.time(), abs=0.5)
    if sys.platform == "linux":
        assert clock.STEADY == time.CLOCK_BOOTTIME


def test_every_start_has_another_epoch(tmp_path):
    def started():
        clock.init(tmp_path)
        return clock.epoch()

    assert len({started() for _ in range(3)}) == 3
