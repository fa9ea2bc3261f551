"""Check the files of a run one by one, and keep account of what they hold."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from minimax_validate.cli.files import Files
from minimax_validate.cli.progress import Progress
from minimax_validate.engine.validator import Validator
from minimax_validate.output.tally import NOTHING, Tally
from minimax_validate.project.checking import assuming, check_documents, proof
from minimax_validate.project.discover import Found
from minimax_validate.project.files import read_file, read_stream
from minimax_validate.project.ignoring.filter import IgnoreFilter
from minimax_validate.project.look import Look
from minimax_validate.texts.readers import is_program
from minimax_validate.values.urls import is_url

if TYPE_CHECKING:
    from minimax_validate.cli.fixing import Fixer
    from minimax_validate.project.forms import Form
    from minimax_validate.texts.checked import Checked


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Checking:
    """Checks files in order, fixes them first if asked, skips ignored findings, and counts the rest."""

    stdin_filename: str
    files: Files
    validator: Validator
    ignore_filter: IgnoreFilter
    tally: Tally
    progress: Progress
    fixer: Fixer | None
    folders: dict[str, None] = field(default_factory=dict)
    """The folders of the files that hold requests, in the order of the first of each."""

    def of_stdin(self) -> Iterator[Checked]:
        """What standard input holds, document by document as it comes."""
        stream = _fixed_stream(self.stdin_filename, self.fixer) if self.fixer else sys.stdin.buffer
        documents = read_stream(self.stdin_filename, stream, proof(self.validator, named=True))
        yield from self._counted(check_documents(documents, self.validator, named=True))

    def of_files(self, files: Iterable[Found]) -> Iterator[Checked]:
        """What files hold, one after the other."""
        for found in files:
            if self.fixer:
                self.fixer.fix(found)
            documents = read_file(found, proof(self.validator, named=found.named))
            if documents:
                look = Look()
                documents = assuming(found, documents, self.files.filters)
                results = check_documents(documents, self.validator, named=found.named, passed=look)
                yield from self._counted(results, found, look)
            else:
                self.note_file(found, 0)  # most files of a walk

    def nothing(self) -> str:
        """That nothing was checked, if so, and in what forms messages are that are not read."""
        return "" if self.tally.requests else "; ".join(filter(None, (NOTHING, self.files.unread())))

    def _counted(
        self, results: Iterable[Checked], found: Found | None = None, look: Look | None = None
    ) -> Iterator[Checked]:
        """Count results, of a file or of standard input; a file that has none is counted as well."""
        before = self.tally.requests
        for result in results:
            kept = self.ignore_filter.without_ignored(result)
            self.tally.add(kept)
            self.progress.update(self.tally.requests)
            yield kept
        self.note_file(found, self.tally.requests - before, look.form if look else None)

    def note_file(self, found: Found | None, requests: int, form: Form | None = None) -> None:
        """Count a file, or standard input, by whether it holds requests; no program without one that a walk met.

        Of one without, ``form`` is the form that is not read and in which it holds messages, if it does.
        """
        if requests:
            self.tally.files += 1
            if found is not None and not is_url(found.path):
                self.folders[os.path.split(found.path)[0]] = None
            return
        is_counted = found is None or found.named or not is_program(os.fspath(found.path))
        self.tally.passed_over += is_counted
        if found is not None and (is_counted or form is not None):
            self.files.pass_over(found.path, form)


def _fixed_stream(name: str, fixer: Fixer) -> BinaryIO:
    """Standard input as fixing leaves it, which goes to standard output."""
    data = fixer.fixed(name, sys.stdin.buffer.read())
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    return BytesIO(data)
