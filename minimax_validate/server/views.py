"""Texts that are open in the editor, and what is known of each.

Each version is checked once, and given up for a newer one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from lsprotocol import types

from minimax_validate.analysis import Analysis, analyse_by
from minimax_validate.server.diagnostics import lsp_diagnostics, result_id
from minimax_validate.server.positions import Positions
from minimax_validate.server.projects import Project, Projects
from minimax_validate.texts.code_units import Encoding
from minimax_validate.texts.spans import Span

_T = TypeVar("_T")

_SHORT = 32 * 1024
"""Characters of a text that is checked at once: to hand it to a thread would take as long."""


class OvertakenError(Exception):
    """A newer version of a text has come."""


@dataclass(frozen=True, slots=True)
class OpenText:
    """A text of the editor: ``path`` is where it is, or, if it is no file, a name with the suffix of its format."""

    uri: str
    path: str
    is_file: bool
    version: int | None
    text: str

    @property
    def folder(self) -> Path | None:
        """The folder that it is in."""
        return Path(self.path).parent if self.is_file else None


@dataclass(frozen=True, slots=True)
class View:
    """One version of a text, checked, with its diagnostics as the editor gets them."""

    open_text: OpenText
    project: Project
    analysis: Analysis
    encoding: Encoding
    positions: Positions
    diagnostics: tuple[types.Diagnostic, ...]
    result_id: str

    @property
    def spans(self) -> tuple[Span, ...]:
        """What the editor marks for each finding."""
        return tuple(self.positions.span(diagnostic.range) for diagnostic in self.diagnostics)

    def analysed(self, text: str) -> Analysis:
        """Another text in the place of this one."""
        return _analysis(replace(self.open_text, text=text), self.project, lambda: None)


def checked(
    open_text: OpenText, project: Project, encoding: Encoding, go_on: Callable[[], object] = lambda: None
) -> View:
    """Check a text by a project; ``go_on`` is called between its documents, and may raise."""
    analysis = _analysis(open_text, project, go_on)
    positions = Positions(open_text.text, encoding)
    diagnostics = lsp_diagnostics(analysis, positions, open_text.uri)
    return View(open_text, project, analysis, encoding, positions, diagnostics, result_id(diagnostics))


def _analysis(open_text: OpenText, project: Project, go_on: Callable[[], object]) -> Analysis:
    path, text = open_text.path, open_text.text
    if not project.takes(path, text, is_file=open_text.is_file):
        return Analysis(path, text, (), (), project.validator, project.without_ignored)
    return analyse_by(
        lambda documents: project.check(path, documents, go_on), path, text, project.validator, project.without_ignored
    )


class Views:
    """The views of open texts, the newest of each.

    ``current`` gives the text that is open now under an address, or None.
    """

    def __init__(
        self, projects: Projects, encoding: Encoding, folder: Path, current: Callable[[str], OpenText | None]
    ) -> None:
        self.projects = projects
        self.encoding = encoding
        self._folder = folder
        self._current = current
        self._views: dict[str, View] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._threads = ThreadPoolExecutor(2, "check")

    async def of(self, uri: str) -> View | None:
        """The view of a text as it is when it is asked for; None if none is open, or if its configuration is at fault.

        Raises:
            OvertakenError: a newer version came before it was checked.
        """
        wanted = self._current(uri)
        if wanted is None:
            return None
        async with self._locks.setdefault(uri, asyncio.Lock()):

            def go_on() -> None:
                now = self._current(uri)
                if now is None or now.version != wanted.version:
                    raise OvertakenError

            # While this waited for the check of an older version, a newer one may have come.
            go_on()
            project = self.projects.of(wanted.folder or self._folder)
            if project is None:
                self._views.pop(uri, None)
                return None
            known = self._views.get(uri)
            if known is not None and known.project is project and known.open_text.text == wanted.text:
                view = known if known.open_text == wanted else replace(known, open_text=wanted)
            elif len(wanted.text) <= _SHORT:
                view = checked(wanted, project, self.encoding)
            else:
                view = await self.in_thread(lambda: checked(wanted, project, self.encoding, go_on))
                go_on()
            self._views[uri] = view
            return view

    async def in_thread(self, work: Callable[[], _T]) -> _T:
        """Do what takes long beside the traffic with the editor."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def forget(self, uri: str) -> None:
        """Forget a text that is closed."""
        self._views.pop(uri, None)
        self._locks.pop(uri, None)
