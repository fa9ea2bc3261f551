"""A process that is ended clears up, however often it is told to end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from minimax_validate.project.traces import trace

_PROGRAM = """
import os, signal, sys
from pathlib import Path
from minimax_validate.project.atomic import writing
from minimax_validate.project.ending import end_once
signal.signal(signal.SIGTERM, end_once)
def unlink(path, missing_ok=False, unlink=Path.unlink):
    os.kill(os.getpid(), signal.SIGTERM)
    unlink(path, missing_ok=missing_ok)
Path.unlink = unlink
with writing(Path(sys.argv[1])) as stream:
    stream.write(b"unfinished")
    os.kill(os.getpid(), signal.SIGTERM)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such signals")
def test_a_second_signal_does_not_keep_a_draft(tmp_path: Path) -> None:
    """One that comes while the draft of a file is removed changes nothing."""
    done = subprocess.run([sys.executable, "-c", _PROGRAM, str(tmp_path / "a.json")], check=False, timeout=60)
    assert done.returncode == 128 + 15
    assert list(tmp_path.iterdir()) == []


def test_trace_holds_what_came_before() -> None:
    """The trace of a defect holds the one that it comes of, in their order, and no words of either."""
    text = "secret"  # the lines below are in the trace, and do not hold the word

    def fail() -> None:
        try:
            int(text)
        except ValueError as error:
            raise KeyError(text) from error

    with pytest.raises(KeyError) as raised:
        fail()
    told = "".join(trace(raised.value))
    assert "secret" not in told
    omitted = "(message omitted because it may contain text of a request)"
    assert [line for line in told.splitlines() if omitted in line] == [f"ValueError: {omitted}", f"KeyError: {omitted}"]
