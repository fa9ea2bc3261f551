"""Request files as tests: pytest collects them, and one with errors fails with the lines they are in.

``pytest_minimax_validate``, which pytest loads by its entry point, brings this in where it is wanted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from minimax_validate.engine.selection import severities
from minimax_validate.engine.validator import Validator
from minimax_validate.output.color import Paint
from minimax_validate.output.escape import visible
from minimax_validate.output.formats.listing import listing
from minimax_validate.project.checking import meant
from minimax_validate.project.config import ConfigError
from minimax_validate.project.config_search import find_config
from minimax_validate.project.discover import Filters, Found, is_pattern, is_picked_up
from minimax_validate.project.files import display_name, read_file
from minimax_validate.project.forms import NO_READER, has_no_reader
from minimax_validate.project.ignoring.baseline import BaselineError, Entry, read_baseline
from minimax_validate.project.ignoring.filter import IgnoreFilter, Ignores
from minimax_validate.project.options import Given, Options, resolve, with_counter
from minimax_validate.rules.catalogue import BY_CODE, RULES
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.placed import Placed, place
from minimax_validate.texts.readers import PACKED, READERS
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.wording import count, quote

NAME = "minimax-validate-requests"
"""What the plugin is registered as, once."""

MARKER = "minimax_request"
WHOLE = "request"
"""The name of a test that is a whole file; one of several in a file goes by the line that it begins in."""

_WIDTH = 120


def switch_on(config: pytest.Config, patterns: Sequence[str]) -> None:
    """Let pytest collect the files of these patterns, as in ``.gitignore``, from the root directory on.

    Without any, all that look like it.

    Raises:
        UsageError: the patterns or the project's configuration cannot be used.
    """
    if config.pluginmanager.has_plugin(NAME):
        return
    for pattern in patterns:
        if not is_pattern(pattern):
            raise pytest.UsageError(f"minimax_requests: {quote(pattern)} is not a valid .gitignore pattern")
        if has_no_reader(pattern):
            raise pytest.UsageError(f"minimax_requests: {quote(pattern)} {NO_READER}")
    try:
        options = with_counter(resolve(Given(), find_config(config.rootpath)))
        plugin = Requests.of(options, patterns, config.rootpath, by_name=bool(config.getoption("minimax_requests")))
    except ConfigError as error:
        raise pytest.UsageError(error.told(display_name(error.path))) from error
    except ValueError as error:
        raise pytest.UsageError(str(error)) from error
    config.pluginmanager.register(plugin, NAME)


@dataclass(frozen=True, slots=True, eq=False)
class Requests:
    """The plugin: which files are meant, and what is to be said of them.

    ``are_named``: the files were named as requests, so that one without any is at fault. ``by_name``: so are files that
    pytest was started with.
    """

    filters: Filters
    are_named: bool
    by_name: bool
    validator: Validator
    ignore_filter: IgnoreFilter
    fail_on: Severity

    @classmethod
    def of(cls, options: Options, patterns: Sequence[str], root: Path, *, by_name: bool) -> Requests:
        """The plugin for a project.

        Raises:
            ValueError: the baseline cannot be used.
        """
        filters = options.filters
        if patterns:
            filters = filters._replace(include=tuple(patterns), include_root=root)
        ignores = Ignores(options.root, options.ignores)
        if options.baseline:
            ignores = replace(ignores, baseline_root=options.baseline.parent, baseline=_entries(options.baseline))
        ignore_filter = IgnoreFilter(ignores, severities(options.settings, RULES))
        return cls(filters, bool(patterns), by_name, Validator(options.settings), ignore_filter, options.fail_on)

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> RequestFile | None:
        """Collect a file, if it is meant."""
        is_named = self.by_name and parent.session.isinitpath(file_path)
        if not is_named and not is_picked_up(file_path, self.filters):
            return None
        return RequestFile.from_parent(parent, path=file_path, plugin=self, is_named=is_named or self.are_named)

    def check(self, document: Document) -> Checked:
        """A document with what is to be said of it."""
        return self.ignore_filter.without_ignored(Checked(document, check_document(self.validator, document)))


def _entries(baseline: Path) -> Counter[Entry]:
    try:
        return read_baseline(baseline)
    except BaselineError as error:
        raise ValueError(f"the baseline {display_name(baseline)} {error}") from error


class RequestFile(pytest.File):
    """A file, with a test for each document in it that holds a request."""

    def __init__(self, *, plugin: Requests, is_named: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plugin = plugin
        self.is_named = is_named

    def collect(self) -> Iterator[RequestItem]:
        """Read the file; what cannot be read is a test that fails."""
        found = read_file(Found(self.path, self.is_named))
        documents = [document for document in (found if self.is_named else map(meant, found)) if document is not None]
        one_a_line = self.path.name.lower().removesuffix(PACKED).endswith(READERS["jsonl"])
        for document in documents:
            name = str(document.source.first_line) if one_a_line or len(documents) > 1 else WHOLE
            yield RequestItem.from_parent(self, name=name, document=document, plugin=self.plugin)


class FoundError(Exception):
    """A document has findings that it fails for."""

    def __init__(self, checked: Checked) -> None:
        super().__init__(count(len(checked.report.diagnostics), "finding"))
        self.checked = checked


class RequestItem(pytest.Item):
    """A test that a document has no findings as severe as the project fails on."""

    def __init__(self, *, document: Document, plugin: Requests, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.document = document
        self.plugin = plugin
        self.add_marker(MARKER)

    def runtest(self) -> None:
        """Check it; what does not fail it is a section of the report (``pytest -rP``).

        Raises:
            FoundError: it fails.
        """
        checked = self.plugin.check(self.document)
        diagnostics = checked.report.diagnostics
        if any(diagnostic.severity >= self.plugin.fail_on for diagnostic in diagnostics):
            raise FoundError(checked)
        if diagnostics:
            self.add_report_section("call", "findings", str(Listing(place(checked))))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings, as the command prints them."""
        if isinstance(excinfo.value, FoundError):
            return Listing(place(excinfo.value.checked))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it begins, lines counted from 0."""
        return self.path, self.document.source.first_line - 1, self.nodeid


@dataclass(frozen=True, slots=True)
class Crash:
    """A failure in a line, with the names that pytest has for its parts."""

    path: str
    lineno: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.lineno}: {self.message}"


@dataclass(frozen=True, slots=True)
class Listing:
    """The findings of a test, to be printed; pytest asks for no more than these names."""

    placed: Placed

    @property
    def reprcrash(self) -> Crash:
        """The first of the worst findings, for the summary."""
        worst = max(self.placed.findings, key=lambda finding: finding.diagnostic.severity)
        diagnostic, more = worst.diagnostic, len(self.placed.findings) - 1
        message = f"{diagnostic.code} {diagnostic.severity.label}: {visible(diagnostic.message)}"
        return Crash(
            visible(self.placed.name), worst.location.line, f"{message} (and {more:,} more)" if more else message
        )

    def toterminal(self, tw: Any) -> None:
        """Print them, to pytest's own writer."""
        for line in self._lines(tw.fullwidth, Paint(tw.hasmarkup)):
            tw.line(line)

    def __str__(self) -> str:
        return "\n".join(self._lines(_WIDTH, Paint(False)))

    def _lines(self, width: int, paint: Paint) -> Iterator[str]:
        for number, finding in enumerate(self.placed.findings):
            if number:
                yield ""
            yield from listing(self.placed, finding, BY_CODE[finding.diagnostic.code], width, paint)
