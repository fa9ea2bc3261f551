"""Processes that do tasks, and what they give, in the order of the tasks."""

from __future__ import annotations

import contextlib
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any, Generic, TypeVar

from minimax_validate.project.parallel.processes import Process, start
from minimax_validate.project.parallel.tasks import cut_here
from minimax_validate.project.parallel.worker import Do, Done, Failed, Message
from minimax_validate.project.traces import RemoteError
from minimax_validate.values.wording import words_of_os_error

AHEAD = 3
"""Tasks for each worker that are given out before the first of them is done."""

_MOST_WAITING = 32
"""Messages of a worker that wait to be taken; with more, it has to wait itself."""

_SECONDS_TO_END = 5.0

_T = TypeVar("_T")


class LostWorkerError(Exception):
    """A worker could not be started, or ended in the middle; the text of the exception says how."""


class _Lost:
    """What stands in the place of messages that do not come any more."""


@dataclass(slots=True)
class _Worker:
    process: Process
    messages: Queue[Message | Done | Failed | _Lost] = field(default_factory=lambda: Queue(_MOST_WAITING))
    given: int = 0
    done: int = 0
    """Tasks; the one number is changed by the thread that gives them, the other by the one that listens."""
    listener: Thread = field(init=False)

    def __post_init__(self) -> None:
        self.listener = Thread(target=self._listen, daemon=True)
        self.listener.start()

    @property
    def unfinished(self) -> int:
        """Tasks that it has not done yet."""
        return self.given - self.done

    def give(self, task: object) -> None:
        """Give it a task; whether it is still there shows when its messages are taken."""
        with contextlib.suppress(OSError):
            stream = _pipe(self.process.stdin)
            pickle.dump(task, stream, pickle.HIGHEST_PROTOCOL)
            stream.flush()

    def taken(self) -> Iterator[Any]:
        """The messages of its next task.

        Raises:
            LostWorkerError: it ended before the task was done.
            RemoteError: it failed.
        """
        while not isinstance(reply := self.messages.get(), Done):
            if isinstance(reply, Message):
                yield reply.said
            elif isinstance(reply, Failed):
                raise RemoteError(reply.trace)
            else:
                raise LostWorkerError(_how_it_ended(self.process.wait()))

    def end(self) -> None:
        """End it, whatever it does, and wait until it has ended: one that replaces a file clears up before."""
        self.process.terminate()
        with contextlib.suppress(OSError):
            _pipe(self.process.stdin).close()
        late = time.monotonic() + _SECONDS_TO_END
        # What it has said is thrown away, or it could not end.
        while self.listener.is_alive():
            with contextlib.suppress(Empty):
                self.messages.get(timeout=0.01)
            if time.monotonic() > late:
                self.process.kill()
        self.process.wait()
        _pipe(self.process.stdout).close()

    def _listen(self) -> None:
        try:
            while True:
                reply = pickle.load(_pipe(self.process.stdout))
                self.done += isinstance(reply, Done)
                self.messages.put(reply)
        except Exception:  # whatever a message is cut short to
            # One that is still there ends when it says something that nobody hears.
            _pipe(self.process.stdout).close()
            self.messages.put(_Lost())


class Workers(Generic[_T]):
    """Up to so many processes, started when there are tasks for them; to be used in a ``with`` block.

    ``make`` is called in each of them, and makes what does the tasks. Like those and the messages, it has to be of
    something that can be pickled.
    """

    cut = staticmethod(cut_here)

    def __init__(self, number: int, make: Callable[[], Do]) -> None:
        self._number = number
        self._make = make
        self._workers: list[_Worker] = []
        self._waiting: deque[_Worker | Callable[[], Iterable[_T]]] = deque()
        """What is to be asked for messages, in the order of the tasks."""

    def __enter__(self) -> Workers[_T]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            with contextlib.suppress(OSError):
                worker.process.terminate()
        for worker in self._workers:
            worker.end()

    def run(self, tasks: Iterable[object | Callable[[], Iterable[_T]]]) -> Iterator[_T]:
        """What tasks give, in their order; one that can be called is called in this process, when it is its turn.

        No more than a few tasks are ahead of the one whose messages are given.

        Raises:
            LostWorkerError: a worker could not be started, or ended in the middle.
            RemoteError: a task failed in a worker.
        """
        waiting = self._waiting
        while waiting:  # nobody wanted the rest of an earlier run
            self._rest_of(waiting.popleft())
        coming = iter(tasks)
        exhausted = False
        while waiting or not exhausted:
            while not exhausted and len(waiting) < AHEAD * self._number:
                try:
                    task = next(coming)
                except StopIteration:
                    exhausted = True
                    break
                waiting.append(task if callable(task) else self._given(task))
            if waiting:
                first = waiting[0]
                yield from first() if callable(first) else first.taken()
                waiting.popleft()

    def _rest_of(self, first: _Worker | Callable[[], Iterable[_T]]) -> None:
        if not callable(first):
            deque(first.taken(), maxlen=0)

    def _given(self, task: object) -> _Worker:
        """The worker that a task was given to: the one that has least to do."""
        least = self._least()
        if least is None or (least.unfinished and len(self._workers) < self._number):
            self._start()
            least = self._least() or self._workers[0]
        least.given += 1
        least.give(task)
        return least

    def _least(self) -> _Worker | None:
        return min(self._workers, key=lambda worker: worker.unfinished, default=None)

    def _start(self) -> None:
        try:
            processes = start(self._number - len(self._workers))
        except OSError as error:
            raise LostWorkerError(f"cannot be started: {words_of_os_error(error)}") from error
        for process in processes:
            worker = _Worker(process)
            self._workers.append(worker)
            worker.give(self._make)


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise ValueError("the process has no such pipe")
    return stream


def _how_it_ended(code: int) -> str:
    if code >= 0:
        return f"ended with code {code} before it was done"
    try:
        return f"was ended by {signal.Signals(-code).name} before it was done"
    except ValueError:
        return f"was ended by signal {-code} before it was done"
