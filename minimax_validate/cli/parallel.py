"""Check the files of a run in several processes, and tell what they find as one would."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

import click

from minimax_validate.cli.checking import Checking
from minimax_validate.cli.exits import MISUSE
from minimax_validate.cli.outputs import Teller
from minimax_validate.engine.selection import severities
from minimax_validate.project.discover import Found
from minimax_validate.project.fixing import Change, FixedFile, change_file
from minimax_validate.project.forms import Form
from minimax_validate.project.ignoring.filter import IgnoreFilter
from minimax_validate.project.options import Options
from minimax_validate.project.parallel.blocks import BLOCK
from minimax_validate.project.parallel.checking import (
    Batch,
    Changed,
    Checker,
    Ended,
    Orders,
    Rendering,
    Shown,
    portable,
)
from minimax_validate.project.parallel.tasks import Long, Piece, Step, Task, is_cut, tasks
from minimax_validate.project.parallel.worker import Do
from minimax_validate.project.parallel.workers import LostWorkerError, Workers
from minimax_validate.rules.catalogue import RULES

if TYPE_CHECKING:
    from minimax_validate.cli.fixing import Fixer

_T = TypeVar("_T")
_Given = Batch | Changed


class LostWorker(click.ClickException):
    """A process that checked a part of the run is gone: what was told is not all there is."""

    exit_code = MISUSE

    def __init__(self, error: LostWorkerError) -> None:
        super().__init__(
            f"a process that checks files {error}. Not everything was checked. --jobs 1 needs the least memory."
        )


class Runs(Protocol):
    """Does tasks elsewhere, and gives what they give in their order."""

    def run(self, tasks: Iterable[Task | Callable[[], Iterable[_Given]]]) -> Iterator[_Given]:
        """What tasks give; one that can be called is called in this process, when it is its turn."""
        ...

    def cut(self, coming: Iterable[Task | Long], block: int, /) -> Iterator[Task]:
        """Make tasks of long files; see ``Cut``."""
        ...


Start = Callable[[Callable[[], Do]], AbstractContextManager[Runs]]
"""Starts what runs tasks, by what is called there to make the function of tasks."""


def processes(number: int) -> Start:
    """So many processes of this machine."""
    return partial(Workers, number)


def check_in_parallel(
    checking: Checking, files: Iterable[Found], start: Start, options: Options, tell: Teller, block: int = BLOCK
) -> None:
    """Check files in other processes, keep account of what they hold, and write their findings, all in order.

    Long files are cut into parts of a ``block`` of bytes.

    Raises:
        LostWorker: one of the processes ended before it was done.
        RemoteError: one of them failed.
    """
    renderings = tuple(Rendering(target.output.format, target.writer.style, target.is_cut) for target in tell.targets)
    orders = orders_of(options, checking.ignore_filter, checking.fixer, renderings)
    gathering = _Gathering(checking, tell)
    make = partial(Checker, orders)

    def check(files: Iterable[Found], step: Step) -> None:
        for batch in workers.run(with_own(gathering.noted(tasks(files, step, block=block, cut=workers.cut)), make)):
            gathering.take(cast(Batch, batch))  # steps other than ``CHANGE`` give nothing else

    try:
        with start(make) as workers:
            if checking.fixer is None:
                check(files, Step.CHECK)
                return
            for is_long, group in groupby(files, is_cut):
                if not is_long:
                    check(group, Step.FIX)
                    continue
                for found in group:
                    checking.fixer.note(_fixed(found, workers, checking.fixer))
                    check((found,), Step.CHECK)
    except LostWorkerError as error:
        raise LostWorker(error) from error


def _fixed(found: Found, workers: Runs, fixer: Fixer) -> FixedFile:
    """Fix a long file by what workers would change in the parts of it."""

    def changes(_: object, fixed: FixedFile) -> Iterator[Change]:
        for changed in workers.run(tasks((found,), Step.CHANGE)):
            changed = cast(Changed, changed)  # that step gives nothing else
            fixed.applied.update(changed.applied)
            fixed.unwritable.update(changed.unwritable)
            fixer.look_at(changed.seen)
            yield from changed.changes
            if not changed.goes_on:
                return

    return change_file(found, changes)


def orders_of(
    options: Options, ignore_filter: IgnoreFilter, fixer: Fixer | None, renderings: tuple[Rendering, ...] = ()
) -> Orders:
    """What the processes of a run have to know."""
    return Orders(
        portable(options.settings),
        options.tokenizer,
        options.filters,
        ignore_filter.ignores,
        frozenset(severities(options.settings, RULES)),
        ignore_filter.records,
        renderings,
        unsafe_fixes=fixer is not None and fixer.unsafe,
    )


def with_own(
    coming: Iterable[Task], make: Callable[[], Callable[[Task], Iterable[_T]]]
) -> Iterator[Task | Callable[[], Iterable[_T]]]:
    """Tasks, and in the place of those that no other process can do, what does them here."""
    for task in coming:
        yield task if task.movable else partial(_do_here, make, task)


def _do_here(make: Callable[[], Callable[[Task], Iterable[_T]]], task: Task) -> Iterable[_T]:
    return make()(task)


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
            if ended.fixed and checking.fixer:
                checking.fixer.note(ended.fixed)
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
