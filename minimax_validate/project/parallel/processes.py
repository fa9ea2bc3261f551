"""Start a process that does tasks: as a copy of this one where that is safe, else as a program of its own.

A program of its own imports everything anew, which takes longer than to check many megabytes. It is started without
``multiprocessing``: with that, start-up takes half as long again and twice the work, as it runs the main module anew in
each process, and one process more that watches them.

A copy has the locks that other threads of this process hold, and nobody who ever releases them. So there is one only
where no other thread runs, of Python or of a library, and on Linux alone: the frameworks of macOS do not survive it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Protocol

from minimax_validate.project.parallel.worker import serve

_PROGRAM = """\
import sys
sys.path[:] = {path!r}
from minimax_validate.project.parallel.worker import serve_standard_streams
serve_standard_streams()
"""

_THREADS = Path("/proc/self/task")


class Process(Protocol):
    """A process that reads tasks from ``stdin`` and writes what they give to ``stdout``."""

    @property
    def stdin(self) -> IO[bytes] | None:
        """What it reads."""
        ...

    @property
    def stdout(self) -> IO[bytes] | None:
        """What it writes."""
        ...

    def terminate(self) -> None:
        """Ask it to end."""
        ...

    def kill(self) -> None:
        """End it."""
        ...

    def wait(self) -> int:
        """Wait until it has ended, and give its exit code; that of a signal is negative."""
        ...


class Copy:
    """A copy of this process, which does tasks and nothing else; ``others`` are copies that were made before."""

    def __init__(self, others: Iterable[Copy]) -> None:
        tasks, given = os.pipe()
        told, said = os.pipe()
        self.stdin: IO[bytes] = os.fdopen(given, "wb")
        self.stdout: IO[bytes] = os.fdopen(told, "rb")
        self._code: int | None = None
        try:
            self._number = os.fork()
        except OSError:
            self.stdin.close()
            self.stdout.close()
            os.close(tasks)
            os.close(said)
            raise
        if self._number == 0:  # pragma: no cover - branches of a copy are measured once it serves
            # As long as a copy has the end of a pipe, no other one hears that nobody writes to it any more.
            for copy in (*others, self):
                os.close(copy.stdin.fileno())
                os.close(copy.stdout.fileno())
            _serve(tasks, said)
        os.close(tasks)
        os.close(said)

    def terminate(self) -> None:
        """See ``Process``."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """See ``Process``."""
        self._send(signal.SIGKILL)

    def wait(self) -> int:
        """See ``Process``."""
        if self._code is None:
            _, status = os.waitpid(self._number, 0)
            self._code = os.waitstatus_to_exitcode(status)
        return self._code

    def _send(self, number: signal.Signals) -> None:
        if self._code is None:  # else the number may be that of another process by now
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._number, number)


def _serve(tasks: int, said: int) -> None:
    """Do tasks, in a copy, and end it, whatever happens: nothing of what this process was about to do is done twice."""
    try:
        # What libraries print is no message, and what this process has not written yet is not written twice.
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        serve(os.fdopen(tasks, "rb"), os.fdopen(said, "wb"))
    finally:
        os._exit(1)  # pragma: no cover - `serve` ends the process itself; this is for a copy that could not start it


def start(number: int) -> Sequence[Process]:
    """Start processes: so many copies at once, as the threads that listen to them are in the way of more, or a program.

    There may be fewer.

    Raises:
        OSError: none can be started.
    """
    with _no_interrupts():
        if not can_copy():
            return (_program(),)
        copies: list[Copy] = []
        try:
            for _ in range(number):
                copies.append(Copy(copies))
        except OSError:
            if not copies:
                raise
        return copies


def can_copy() -> bool:
    """Whether a copy of this process is safe: it runs on Linux, and has no thread but this one."""
    if sys.platform != "linux":
        return False
    try:
        return len(tuple(_THREADS.iterdir())) == 1
    except OSError:
        return False


def _program() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-c", _PROGRAM.format(path=sys.path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **_APART)


# Ctrl-C is for this process, which ends the others.
_APART: dict[str, Any] = {}
if sys.platform == "win32":
    _APART["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP


@contextlib.contextmanager
def _no_interrupts() -> Iterator[None]:
    """Hold interrupts back; a process that is started meanwhile never sees any."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
