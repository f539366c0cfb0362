"""Reading /proc, and servers that are always ended."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.load.machine import cpu_model, number_in
from tests.load.processes import (
    Engine,
    ServerDied,
    anonymous_of_rollup,
    cpu_of_stat,
    free_port,
    pin,
    running,
    tree,
)

SERVE = (
    "import socket, sys; s = socket.create_server(('127.0.0.1', int(sys.argv[1])))\nwhile True: s.accept()"
)


def test_the_time_of_a_process_is_read_behind_a_name_with_brackets_and_blanks() -> None:
    ticks = os.sysconf("SC_CLK_TCK")
    fields = ["S", *("0" for _ in range(10)), str(2 * ticks), str(ticks), "0", "0"]
    assert cpu_of_stat(f"42 (a) b) {' '.join(fields)}") == 3.0


def test_the_time_of_children_that_ended_is_not_lost() -> None:
    ticks = os.sysconf("SC_CLK_TCK")
    fields = ["S", *("0" for _ in range(10)), str(ticks), "0", str(ticks), str(2 * ticks)]
    assert cpu_of_stat(f"42 (postgres) {' '.join(fields)}") == 4.0


def test_a_process_that_is_gone_has_no_tree_and_no_time() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert tree(gone.pid) == [gone.pid]
    assert Engine(gone.pid).cpu_seconds() == 0.0


def test_a_process_is_kept_on_its_core_with_all_its_threads() -> None:
    core = min(os.sched_getaffinity(0))
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        pin(child.pid, None)
        assert os.sched_getaffinity(child.pid) == os.sched_getaffinity(0)
        pin(child.pid, core)
        assert os.sched_getaffinity(child.pid) == {core}
    finally:
        child.communicate(b"\n")


def test_memory_is_what_no_file_stands_behind() -> None:
    assert anonymous_of_rollup("Rss:    900 kB\nPss:    512 kB\nPss_Anon:  7 kB\n") == 7
    with pytest.raises(ValueError, match="Pss"):
        anonymous_of_rollup("Rss: 900 kB\n")


def test_the_processor_is_named_where_the_system_names_it() -> None:
    assert cpu_model("processor\t: 0\nmodel name\t: Some  CPU @ 2GHz\n") == "Some CPU @ 2GHz"
    assert cpu_model("processor\t: 0\n") == "unknown processor"


def test_a_version_is_the_number_in_what_a_program_says() -> None:
    assert number_in("postgres (PostgreSQL) 18.1") == "18.1"
    assert number_in("nats-server: v2.15.1") == "2.15.1"
    assert number_in("") == "unknown"


def test_a_server_runs_while_its_block_does(tmp_path: Path) -> None:
    port = free_port()
    with running([sys.executable, "-c", SERVE, str(port)], port, None, tmp_path / "log") as server:
        assert tree(server.pid) == [server.pid]
        assert server.anonymous_kib() > 0
        assert server.cpu_seconds() >= 0
    assert not Path(f"/proc/{server.pid}").exists()


def test_a_server_is_ended_when_its_block_fails(tmp_path: Path) -> None:
    pids: list[int] = []
    with pytest.raises(KeyError):
        _fail_beside_a_server(tmp_path, pids)
    assert not Path(f"/proc/{pids[0]}").exists()


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no room')"]
    with (
        pytest.raises(ServerDied, match="no room"),
        running(command, free_port(), None, tmp_path / "log"),
    ):
        pass


def _fail_beside_a_server(folder: Path, pids: list[int]) -> None:
    port = free_port()
    with running([sys.executable, "-c", SERVE, str(port)], port, None, folder / "log") as server:
        pids.append(server.pid)
        raise KeyError
