"""Check the files of a run in several processes, and tell what they find as one would."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

import click

from minimax_validate.cli.checking import Checking
from minimax_validate.cli.exits import MISUSE
from minimax_validate.cli.outputs import Teller
from minimax_validate.engine.selection import severities
from minimax_validate.project.discover import Found
from minimax_validate.project.forms import Form
from minimax_validate.project.options import Options
from minimax_validate.project.parallel.checking import Batch, Checker, Ended, Orders, Rendering, Shown, portable
from minimax_validate.project.parallel.tasks import Piece, Task, tasks
from minimax_validate.project.parallel.workers import LostWorkerError, Workers
from minimax_validate.rules.catalogue import RULES


class LostWorker(click.ClickException):
    """A process that checked a part of the run is gone: what was told is not all there is."""

    exit_code = MISUSE

    def __init__(self, error: LostWorkerError) -> None:
        super().__init__(
            f"a process that checks files {error}. Not everything was checked. --jobs 1 needs the least memory."
        )


def check_in_parallel(checking: Checking, files: Iterable[Found], number: int, options: Options, tell: Teller) -> None:
    """Check files in so many processes, keep account of what they hold, and write their findings, all in order.

    Raises:
        LostWorker: one of the processes ended before it was done.
        RemoteError: one of them failed.
    """
    orders = _orders(options, checking, tell)
    gathering = _Gathering(checking, tell)
    try:
        with Workers[Batch](number, partial(Checker, orders)) as workers:
            for batch in workers.run(_with_own(gathering.noted(tasks(files)), orders)):
                gathering.take(batch)
    except LostWorkerError as error:
        raise LostWorker(error) from error


def _orders(options: Options, checking: Checking, tell: Teller) -> Orders:
    return Orders(
        portable(options.settings),
        options.tokenizer,
        options.filters,
        checking.ignore_filter.ignores,
        frozenset(severities(options.settings, RULES)),
        checking.ignore_filter.records,
        tuple(Rendering(target.output.format, target.writer.style, target.is_cut) for target in tell.targets),
    )


def _with_own(coming: Iterable[Task], orders: Orders) -> Iterator[Task | Callable[[], Iterable[Batch]]]:
    """Tasks, and in the place of those that no other process can do, what does them here."""
    for task in coming:
        yield task if task.movable else partial(_check_here, orders, task)


def _check_here(orders: Orders, task: Task) -> Iterator[Batch]:
    return Checker(orders)(task)


@dataclass(slots=True)
class _Gathering:
    """Puts together what the pieces of a run come to."""

    checking: Checking
    tell: Teller
    pieces: deque[Piece] = field(default_factory=deque)
    """Those of which it is not known yet."""
    requests: int = 0
    """Of the file that the next piece is of, in the pieces before."""
    form: Form | None = None
    is_over: bool = False
    """Whether the rest of that file does not count."""

    def noted(self, coming: Iterable[Task]) -> Iterator[Task]:
        """Tasks as they are given out."""
        for task in coming:
            self.pieces.extend(task.pieces)
            yield task

    def take(self, batch: Batch) -> None:
        """Count and write what the next pieces hold."""
        checking = self.checking
        # After a piece behind which a file is not read on, there are only pieces of that file until its last one, and
        # each is a task of its own.
        if not self.is_over:
            checking.tally.merge(batch.tally)
            checking.ignore_filter.add(batch.account)
            checking.progress.update(checking.tally.requests)
            for document in batch.documents:
                self._write(document)
        for ended in batch.ended:
            self._end(self.pieces.popleft(), ended)

    def _write(self, document: tuple[Shown, ...]) -> None:
        dropped: set[int] = set()
        for listed in sorted((shown.listed for shown in document if shown.listed), key=lambda listed: listed.rank):
            if self.checking.ignore_filter.take(listed.entry):
                dropped.add(listed.rank)
            else:
                self.checking.tally.count(listed.kind, is_writable=listed.is_writable)
        for shown in document:
            if shown.rendered and (shown.listed is None or shown.listed.rank not in dropped):
                self.checking.progress.clear()
                self.tell.put(shown.rendered)

    def _end(self, piece: Piece, ended: Ended) -> None:
        if not self.is_over:
            self.requests += ended.requests
            self.form = self.form or ended.form
            self.is_over = not ended.goes_on
        if piece.is_last:
            self.checking.note_file(piece.found, self.requests, self.form)
            self.requests, self.form, self.is_over = 0, None, False
