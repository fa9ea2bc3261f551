"""``--diff`` in several processes: each shows what fixing would change in files, and they are told in order."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from minimax_validate.cli.files import Files
from minimax_validate.cli.fixing import Fixer
from minimax_validate.cli.parallel import LostWorker, orders_of, with_own
from minimax_validate.cli.progress import Progress
from minimax_validate.engine.validator import Validator
from minimax_validate.output.color import Paint
from minimax_validate.project.discover import Found
from minimax_validate.project.fixing import FixedFile
from minimax_validate.project.forms import Form
from minimax_validate.project.ignoring.filter import IgnoreFilter
from minimax_validate.project.look import Look
from minimax_validate.project.options import Options, counting_with
from minimax_validate.project.parallel.checking import Orders
from minimax_validate.project.parallel.tasks import Task, tasks
from minimax_validate.project.parallel.workers import LostWorkerError, Workers
from minimax_validate.values.diagnostic import Severity

_MOST_LINES = 500
"""Lines that are sent at once."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """What came of a file, as a ``Fixer`` remembers it, and the form of what was passed over in it."""

    seen: int
    done: tuple[FixedFile, ...]
    unread: tuple[str, ...]
    worst: Severity | None
    form: Form | None


_Message = tuple[str, ...] | _Compared


class _Differ:
    """Shows differences, one file after the other."""

    def __init__(self, orders: Orders, paint: Paint) -> None:
        self._validator = Validator(counting_with(orders.settings, orders.tokenizer))
        self._filter = IgnoreFilter(orders.ignores, orders.codes, defers=True)
        self._unsafe = orders.unsafe_fixes
        self._paint = paint

    def __call__(self, task: Task) -> Iterator[_Message]:
        for piece in task.pieces:
            fixer = Fixer(self._validator, self._filter, self._unsafe, Progress(sys.stderr, on=False))
            look = Look()
            lines = fixer.diff(piece.found, self._paint, look)
            while sent := tuple(islice(lines, _MOST_LINES)):
                yield sent
            yield _Compared(fixer.seen, tuple(fixer.done), tuple(fixer.unread), fixer.worst, look.form)


def differences(
    files: Files, coming: Iterable[Found], number: int, options: Options, fixer: Fixer, paint: Paint
) -> Iterator[str]:
    """The lines that show what fixing would change in files; what is found out beside goes to the fixer.

    Raises:
        LostWorker: one of the processes ended before it was done.
        RemoteError: one of them failed.
    """
    make = partial(_Differ, orders_of(options, fixer.ignore_filter, fixer), paint)
    waiting: deque[Found] = deque()

    def noted() -> Iterator[Task]:
        for task in tasks(coming, block=sys.maxsize):  # the difference of a file is that of the whole of it
            waiting.extend(piece.found for piece in task.pieces)
            yield task

    try:
        with Workers[_Message](number, make) as workers:
            for message in workers.run(with_own(noted(), make)):
                if not isinstance(message, _Compared):
                    yield from message
                    continue
                found = waiting.popleft()
                fixer.done += message.done
                fixer.unread += message.unread
                if message.worst is not None:
                    fixer.worst = max(fixer.worst or message.worst, message.worst)
                fixer.look_at(message.seen)
                if not message.seen:
                    files.pass_over(found.path, message.form)
    except LostWorkerError as error:
        raise LostWorker(error) from error
