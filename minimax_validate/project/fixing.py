"""Fix what is in files: make the fixes of their documents, and put the new text in the place of the old one."""

from __future__ import annotations

import io
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from minimax_validate.project.atomic import NotReplacedError, Signature, replacing
from minimax_validate.project.confined import leads_outside
from minimax_validate.project.discover import Found
from minimax_validate.project.files import asked_for, display_name, is_worth_reading
from minimax_validate.texts.document import Document
from minimax_validate.texts.fixing import FixedDocument
from minimax_validate.texts.readers import read

FixDocument = Callable[[Document], FixedDocument]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one document.

    The text that it had from an offset of the file on, in bytes, and the one it gets.
    """

    start: int
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class FixedFile:
    """What fixing made of one file.

    ``applied`` are the codes of the findings that are gone, each with their number, and ``unwritable`` those of
    findings whose fix cannot be made in the text. With a ``problem`` the file is as it was, and nothing is gone.
    """

    name: str
    applied: Counter[str] = field(default_factory=Counter)
    unwritable: Counter[str] = field(default_factory=Counter)
    problem: str = ""


ChangesOf = Callable[[BinaryIO, FixedFile], Iterator[Change]]
"""The changes of a file that is open, in the order of their places; what they come to is counted in the other value."""


def fix_file(found: Found, fix: FixDocument) -> FixedFile:
    """Fix a file in its place; see ``change_file``."""
    return change_file(
        found, lambda stream, fixed: changes_of_documents(asked_for(read(fixed.name, stream), found), fix, fixed)
    )


def change_file(found: Found, changes_of: ChangesOf) -> FixedFile:
    """Make changes in a file, in its place.

    What is new is written as the file is read, so that no more than one of its documents is held at a time. A file that
    cannot be read is one without fixes: the check that comes after says so. What can be read but once, such as a pipe,
    is left to that check.
    """
    fixed = FixedFile(display_name(found.path))
    if not os.path.isfile(found.path):
        return replace(fixed, problem="it is no regular file") if os.path.exists(found.path) else fixed
    try:
        if is_worth_reading(found):
            _change_in_place(found, changes_of, fixed)
    except NotReplacedError as error:
        return FixedFile(fixed.name, problem=str(error))
    except OSError:
        return FixedFile(fixed.name)
    return fixed


def fix_bytes(
    name: str, data: bytes, fix: FixDocument, found: Found | None = None
) -> tuple[FixedFile, tuple[Change, ...]]:
    """Fix what bytes say, of the file that was ``found`` or of a stream: what is gone, and what changes for that."""
    fixed = FixedFile(name)
    # Readers look ahead in what they are given, as in a file.
    documents = read(name, io.BufferedReader(io.BytesIO(data)))
    return fixed, tuple(changes_of_documents(asked_for(documents, found) if found else documents, fix, fixed))


def changed(data: bytes, changes: tuple[Change, ...]) -> bytes:
    """Bytes with changes made."""
    target = io.BytesIO()
    splice = _Splice(io.BytesIO(data), target)
    for change in changes:
        splice.put(change)
    splice.finish()
    return target.getvalue()


def _change_in_place(found: Found, changes_of: ChangesOf, fixed: FixedFile) -> None:
    path = Path(found.path)
    with ExitStack() as stack:
        stream = stack.enter_context(path.open("rb"))
        read_as = Signature.of(os.fstat(stream.fileno()))
        splice: _Splice | None = None
        for change in changes_of(stream, fixed):
            if splice is None:
                if not found.named and path.is_symlink() and leads_outside(path, path.parent):
                    raise NotReplacedError("it is a link that leads out of the project, and nobody named it")
                again = stack.enter_context(path.open("rb"))
                splice = _Splice(again, stack.enter_context(replacing(path, read_as)))
            splice.put(change)
        if splice is not None:
            splice.finish()


def changes_of_documents(documents: Iterable[Document], fix: FixDocument, fixed: FixedFile) -> Iterator[Change]:
    """The changes of documents, in the order of their places; what they come to is counted."""
    for document in documents:
        result = fix(document)
        fixed.unwritable.update(finding.code for finding in result.unwritable)
        if result.applied:
            fixed.applied.update(finding.code for finding in result.applied)
            source = document.source
            yield Change(source.start, source.text.encode(), result.document.source.text.encode())


class _Splice:
    """Copies a file from one stream to another, with changes made on the way."""

    def __init__(self, source: BinaryIO, target: BinaryIO) -> None:
        self._source = source
        self._target = target

    def put(self, change: Change) -> None:
        """Copy what stands before a change, and put its new bytes in the place of the old ones.

        Raises:
            NotReplacedError: those are not there.
        """
        left = change.start - self._source.tell()
        while left > 0 and (part := self._source.read(min(left, io.DEFAULT_BUFFER_SIZE * 8))):
            self._target.write(part)
            left -= len(part)
        if self._source.read(len(change.before)) != change.before:
            raise NotReplacedError("it has changed since it was read")
        self._target.write(change.after)

    def finish(self) -> None:
        """Copy the rest."""
        shutil.copyfileobj(self._source, self._target)
