"""What a process does that does tasks for another one: they come through a pipe, and what they give goes back.

What comes first is a callable that makes the function of tasks. Everything is pickled: the two trust each other, as one
has started the other.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, NamedTuple

from minimax_validate.project.ending import end_once
from minimax_validate.project.traces import trace

Do = Callable[[Any], Iterable[object]]
"""What a worker does with a task: it gives messages, one after the other."""

YOUNG = 200_000
"""Objects that are made between two searches for garbage; a check makes next to none."""


class Message(NamedTuple):
    """Something that a task gives."""

    said: object


class Done(NamedTuple):
    """A task is done."""


class Failed(NamedTuple):
    """A task met a defect; where it is."""

    trace: tuple[str, ...]


def serve_standard_streams() -> None:
    """Do tasks that come on standard input; what they give goes to standard output."""
    # What libraries print is no message.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, output)


def serve(tasks: BinaryIO, output: BinaryIO) -> None:
    """Do tasks until there are no more, or whoever gives them has gone; then this process ends."""
    signal.signal(signal.SIGTERM, end_once)
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    code = 0
    try:
        for reply in _replies(tasks):
            pickle.dump(reply, output, pickle.HIGHEST_PROTOCOL)
            output.flush()
    except BrokenPipeError:
        pass
    except SystemExit as error:
        code = int(error.code or 0)
    finally:
        # No thread and no buffer keeps a process that nobody listens to any more.
        os._exit(code)


def _replies(stream: BinaryIO) -> Iterator[Message | Done | Failed]:
    try:
        do: Do = pickle.load(stream)()
        for task in _tasks(stream):  # pragma: no branch - they never end: the process does
            yield from map(Message, do(task))
            yield Done()
    except Exception as error:
        yield Failed(tuple(trace(error)))


def _tasks(stream: BinaryIO) -> Iterator[Any]:
    """The tasks as they come; that no more come ends the process at once, whatever it does."""
    waiting: SimpleQueue[Any] = SimpleQueue()

    def receive() -> None:
        with contextlib.suppress(EOFError, pickle.UnpicklingError, OSError):
            while True:
                waiting.put(pickle.load(stream))
        # A file that is being replaced is to be left whole, and without a draft beside it: that is for the main thread.
        os.kill(os.getpid(), signal.SIGTERM)

    # No one is to wait for this process to read, or two that wait for each other would do so forever.
    Thread(target=receive, daemon=True).start()
    while True:
        yield waiting.get()
