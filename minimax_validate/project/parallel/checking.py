"""Check the pieces of a task, and say what they come to in values that are quick to send to another process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from minimax_validate.engine.settings import Settings
from minimax_validate.engine.validator import Validator
from minimax_validate.output.formats import load_format
from minimax_validate.output.formats.writer import Style, Writer
from minimax_validate.output.tally import Kind, Tally, fixable_in, kind_of, requests_of
from minimax_validate.project.checking import assuming, check_documents, proof
from minimax_validate.project.discover import Filters, Found
from minimax_validate.project.files import read_file, read_stretch
from minimax_validate.project.fixes import Fixes
from minimax_validate.project.fixing import Change, FixDocument, FixedFile, changes_of_documents, fix_file
from minimax_validate.project.ignoring.filter import Account, IgnoreFilter, Ignores
from minimax_validate.project.look import Look
from minimax_validate.project.options import counting_with
from minimax_validate.project.parallel.tasks import Piece, Step, Task
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.texts.checked import Checked
from minimax_validate.texts.document import Document
from minimax_validate.texts.placed import place
from minimax_validate.values.report import Report

if TYPE_CHECKING:
    from minimax_validate.project.forms import Form
    from minimax_validate.project.ignoring.baseline import Entry
    from minimax_validate.texts.document import Proof
    from minimax_validate.texts.readers.jsonl import Stretch

_MOST_FINDINGS = 256
"""Findings that are sent at once, at most."""

_MOST_CHARACTERS = 256 * 1024
"""Characters of rendered findings that are sent at once, and what the last finding has more."""

_MOST_CHANGES = 64
"""Changes of texts that are sent at once: each has what is there now and what comes in its place."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """How findings are written for one output: in which format, for whom, and with texts cut to excerpts or not."""

    format: str
    style: Style
    is_cut: bool

    def writer(self) -> Writer:
        """What renders findings so; it has nowhere to write them."""
        return load_format(self.format)(BY_CODE, StringIO(), self.style)


@dataclass(frozen=True, slots=True)
class Orders:
    """What a process has to know to check a part of a run.

    ``settings`` have no counter: it is made anew, by the name of the ``tokenizer``. ``codes`` are the rules that run.
    """

    settings: Settings
    tokenizer: str | None
    filters: Filters
    ignores: Ignores
    codes: frozenset[str]
    records: bool
    renderings: tuple[Rendering, ...]
    unsafe_fixes: bool = False


class Listed(NamedTuple):
    """What is to be known of a finding that a baseline lists: it may be told all the same if there are more of it.

    ``rank`` is its place in the report of its document.
    """

    entry: Entry
    rank: int
    kind: Kind
    is_writable: bool


class Shown(NamedTuple):
    """A finding as it is rendered for each output; one that is ``listed`` has not been counted."""

    rendered: tuple[Any, ...]
    listed: Listed | None


class Ended(NamedTuple):
    """A piece has been checked: how many requests it holds, and the form of what was passed over.

    Where it does not go on, the pieces of its file behind it do not count. ``fixed`` is what fixing made of the file.
    """

    requests: int
    form: Form | None
    goes_on: bool
    fixed: FixedFile | None


@dataclass(frozen=True, slots=True)
class Batch:
    """A part of what a task comes to: the findings of documents, each with their own in order, and the pieces done."""

    tally: Tally
    account: Account
    documents: tuple[tuple[Shown, ...], ...]
    ended: tuple[Ended, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What fixing changes in a part of a piece; ``applied`` and ``unwritable`` are as in ``FixedFile``.

    ``seen`` are the requests that were looked at. Where it does not go on, the pieces behind it do not count.
    """

    changes: tuple[Change, ...]
    applied: Counter[str]
    unwritable: Counter[str]
    seen: int
    goes_on: bool


def portable(settings: Settings) -> Settings:
    """Settings that can be sent to another process."""
    return replace(settings, counter=None, severities=dict(settings.severities))


class Checker:
    """Checks tasks, one after the other."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._validator = Validator(counting_with(orders.settings, orders.tokenizer))
        self._filter = IgnoreFilter(orders.ignores, orders.codes, record=orders.records, defers=True)
        self._fixes = Fixes(self._validator, self._filter, orders.unsafe_fixes)

    def __call__(self, task: Task) -> Iterator[Batch | Changed]:
        """What the pieces of a task come to."""
        return self._changed(task) if task.step is Step.CHANGE else self._batches(task)

    def _batches(self, task: Task) -> Iterator[Batch]:
        part = _Part(self._filter, tuple(rendering.writer() for rendering in self._orders.renderings), self._orders)
        for piece in task.pieces:
            fixed = fix_file(piece.found, self._fix(piece.found)) if task.step is Step.FIX else None
            look, reading, requests = Look(), self._read(piece, is_fixing=False), 0
            if reading.documents:
                documents = assuming(piece.found, reading.documents, self._orders.filters)
                for checked in check_documents(documents, self._validator, named=piece.found.named, passed=look):
                    part.add(self._filter.without_ignored(checked))
                    requests += requests_of(checked.document)
                    if part.findings >= _MOST_FINDINGS or part.characters >= _MOST_CHARACTERS:
                        yield part.batch()
            part.ended.append(Ended(requests, look.form, reading.goes_on, fixed))
        yield part.batch()

    def _changed(self, task: Task) -> Iterator[Changed]:
        for piece in task.pieces:
            reading, fixed, seen = self._read(piece, is_fixing=True), FixedFile(""), 0

            def counted(documents: Iterable[Document]) -> Iterator[Document]:
                nonlocal seen
                for document in documents:
                    seen += requests_of(document)
                    yield document

            changes = changes_of_documents(counted(reading.documents), self._fix(piece.found), fixed)
            while sent := tuple(islice(changes, _MOST_CHANGES)):
                yield Changed(sent, Counter(), Counter(), 0, True)
            yield Changed((), fixed.applied, fixed.unwritable, seen, reading.goes_on)

    def _read(self, piece: Piece, *, is_fixing: bool) -> _Reading:
        return _Reading(piece, None if is_fixing else proof(self._validator, named=piece.found.named))

    def _fix(self, found: Found) -> FixDocument:
        return partial(self._fixes.fix, named=found.named)


@dataclass(slots=True)
class _Reading:
    """The documents of a piece, and whether a reader of the whole file would go on behind it."""

    piece: Piece
    proof: Proof | None
    documents: Iterable[Document] = field(init=False)
    goes_on: bool = True

    def __post_init__(self) -> None:
        self.documents = (
            read_file(self.piece.found, self.proof) if self.piece.stretch is None else self._stretch(self.piece.stretch)
        )

    def _stretch(self, stretch: Stretch) -> Iterator[Document]:
        self.goes_on = yield from read_stretch(self.piece.found, stretch, self.piece.inode, self.proof)


def _length(shown: Shown) -> int:
    """The characters of a rendered finding, whether that is one text or has several."""
    return sum(
        len(text)
        for rendered in shown.rendered
        for text in ((rendered,) if isinstance(rendered, str) else rendered)
        if isinstance(text, str)
    )


@dataclass(slots=True)
class _Part:
    """What is to be sent of a task, and has not been yet."""

    ignore_filter: IgnoreFilter
    writers: tuple[Writer, ...]
    orders: Orders
    findings: int = 0
    characters: int = 0
    tally: Tally = field(default_factory=Tally)
    documents: list[tuple[Shown, ...]] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)

    def add(self, checked: Checked) -> None:
        """Count a document, and render its findings; what a baseline may ignore is not counted here."""
        found = checked.report.diagnostics
        listed = self._listed(checked) if self.orders.ignores.baseline and found else {}
        if listed:
            certain = tuple(diagnostic for rank, diagnostic in enumerate(found) if rank not in listed)
            self.tally.add(Checked(checked.document, Report(certain)))
        else:
            self.tally.add(checked)
        if found and self.writers:
            document = tuple(self._shown(checked, listed))
            self.documents.append(document)
            self.characters += sum(map(_length, document))
        elif listed:
            self.documents.append(tuple(Shown((), each) for each in listed.values()))
        self.findings += len(found)

    def batch(self) -> Batch:
        """All of it, and nothing is left."""
        batch = Batch(self.tally, self.ignore_filter.account(), tuple(self.documents), tuple(self.ended))
        self.tally, self.documents, self.ended, self.findings, self.characters = Tally(), [], [], 0, 0
        return batch

    def _listed(self, checked: Checked) -> dict[int, Listed]:
        """The findings that a baseline lists, by their places in the report."""
        fixable = fixable_in(checked)
        entries = zip(self.ignore_filter.listed(checked), checked.report.diagnostics, strict=True)
        return {
            rank: Listed(entry, rank, kind_of(diagnostic), id(diagnostic) in fixable)
            for rank, (entry, diagnostic) in enumerate(entries)
            if entry is not None
        }

    def _shown(self, checked: Checked, listed: Mapping[int, Listed]) -> Iterator[Shown]:
        placed = place(checked)
        is_cut = [rendering.is_cut for rendering in self.orders.renderings]
        views = [placed] * len(is_cut)
        if any(is_cut):
            from minimax_validate.output.redact import redacted  # few outputs are of excerpts

            cut = redacted(placed, checked.document)
            views = [cut if each else placed for each in is_cut]
        ranks = {id(diagnostic): rank for rank, diagnostic in enumerate(checked.report.diagnostics)} if listed else {}
        for number, finding in enumerate(placed.findings):
            known = listed.get(ranks[id(finding.diagnostic)]) if listed else None
            # A format that has room for so many findings counts those that it has rendered: this one may not count.
            writers = self.writers if known is None else tuple(each.writer() for each in self.orders.renderings)
            yield Shown(
                tuple(writer.render(view, view.findings[number]) for writer, view in zip(writers, views, strict=True)),
                known,
            )
