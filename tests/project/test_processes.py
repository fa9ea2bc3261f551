"""Tasks are done by copies of this process where that is safe, and else by programs of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from minimax_validate.project.parallel import processes
from minimax_validate.project.parallel.workers import LostWorkerError, Workers

_PROGRAM = """
import os, signal, sys
from collections.abc import Iterator
from minimax_validate.project.parallel.processes import can_copy
from minimax_validate.project.parallel.workers import LostWorkerError, Workers

class Do:
    def __call__(self, task):
        print("what a library prints", flush=True)
        if task == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        yield os.getpid(), os.getppid(), task

assert can_copy()
print("not written yet", end="")
with Workers(3, Do) as workers:
    found = list(workers.run(range(20)))
    assert [task for _, _, task in found] == list(range(20))
    assert {parent for _, parent, _ in found} == {os.getpid()}
    assert 1 < len({number for number, _, _ in found}) <= 3
    assert not can_copy()
    try:
        list(workers.run([1, "die", 2]))
    except LostWorkerError as error:
        print(";", error)
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("all have ended")
"""

_WAITS = """
import os, time
from minimax_validate.project.parallel.workers import Workers

class Do:
    def __call__(self, task):
        yield os.getpid()
        time.sleep(60)

with Workers(3, Do) as workers:
    for number in workers.run(range(3)):
        print(number, flush=True)
        time.sleep(60)
"""


class Numbers:
    """Does tasks, and says in which process."""

    def __call__(self, task: int) -> Iterator[tuple[int, int]]:
        """The process, and the task."""
        yield os.getpid(), task


@pytest.mark.skipif(sys.platform != "linux", reason="there are copies on Linux alone")
def test_copies() -> None:
    """Copies do tasks, give them in order, say that one was killed, write nothing of this process, and all end."""
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=False, timeout=60)
    expected = "not written yet; was ended by SIGKILL before it was done\nall have ended\n"
    assert (done.stdout, done.returncode) == (expected, 0), done.stderr
    assert done.stderr.replace("what a library prints", "").split() == []


@pytest.mark.skipif(sys.platform != "linux", reason="there are copies on Linux alone")
def test_copies_do_not_outlive() -> None:
    """Copies end when the process that they are of is killed, whatever they do."""
    with subprocess.Popen([sys.executable, "-c", _WAITS], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        copy = int(process.stdout.readline())
        assert Path(f"/proc/{copy}").exists()
        process.kill()
    for _ in range(1000):
        if not Path(f"/proc/{copy}").exists() or "\nState:\tZ" in Path(f"/proc/{copy}/status").read_text("utf-8"):
            break
        time.sleep(0.01)
    else:
        pytest.fail("the copy goes on")


def test_thread_is_no_copy() -> None:
    """A process with another thread is not copied."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert not processes.can_copy()
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("reason", ["platform", "threads"])
def test_no_copy_elsewhere(reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A process is not copied on another platform, nor if nobody knows how many threads there are."""
    if reason == "platform":
        monkeypatch.setattr(sys, "platform", "darwin")
    else:
        monkeypatch.setattr(processes, "_THREADS", tmp_path / "none")
    assert not processes.can_copy()


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.skipif(sys.platform != "linux", reason="there are copies on Linux alone")
def test_fewer_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the system makes no more copies, those that there are do the tasks, and no pipe stays open."""
    made: list[int] = []
    fork = os.fork

    def once() -> int:
        if made:
            raise BlockingIOError
        number = fork()
        made.append(number)
        return number

    monkeypatch.setattr(processes, "can_copy", lambda: True)
    monkeypatch.setattr(os, "fork", once)
    before = len(list(Path("/proc/self/fd").iterdir()))
    (copy,) = processes.start(3)
    assert len(list(Path("/proc/self/fd").iterdir())) == before + 2
    with pytest.raises(BlockingIOError):
        processes.start(3)
    assert copy.stdin
    assert copy.stdout
    copy.kill()
    assert copy.wait() == -signal.SIGKILL
    copy.stdin.close()
    copy.stdout.close()


def test_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs do the same; one that is killed is said to be."""
    monkeypatch.setattr(processes, "can_copy", lambda: False)
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parent), *sys.path])
    with Workers[tuple[int, int]](2, Numbers) as workers:
        found = list(workers.run(range(8)))
        assert [task for _, task in found] == list(range(8))
        assert os.getpid() not in {number for number, _ in found}
        os.kill(found[0][0], signal.SIGKILL)
        with pytest.raises(LostWorkerError, match="was ended by SIGKILL"):
            list(workers.run(range(8)))
