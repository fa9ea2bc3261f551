"""The server: the texts that an editor has open, what it can do, and what is sent to it unasked."""

from __future__ import annotations

import asyncio
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from minimax_validate import __version__
from minimax_validate.project.discover import Found, discover
from minimax_validate.server.diagnostics import SOURCE, problems_of
from minimax_validate.server.projects import Projects
from minimax_validate.server.views import OpenText, OvertakenError, View, Views, checked
from minimax_validate.texts.code_units import Encoding
from minimax_validate.texts.readers import READERS, is_known

_SUFFIXES = {
    "javascript": ".js",
    "javascriptreact": ".jsx",
    "jsonl": ".jsonl",
    "shellscript": ".sh",
    "typescriptreact": ".tsx",
    **{name: suffixes[0] for name, suffixes in READERS.items() if name != "typescript"},
    "typescript": ".ts",
}
"""What names of files end in that are in a language, by the names that editors have for languages."""


class Server(LanguageServer):
    """The language server, with the views of the texts that are open."""

    def __init__(self) -> None:
        super().__init__(SOURCE, __version__, types.TextDocumentSyncKind.Full)
        self.projects = Projects()
        self.views = Views(self.projects, "utf-16", Path.cwd(), self.open_text)
        self.shown_problems: dict[Path, str] = {}
        self.checks_workspace = False
        self.is_shut_down = False
        self.changed = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Write a defect of ours to standard error, which editors keep in a log."""
        if isinstance(error, JsonRpcInternalError):
            trace = error.data.get("traceback", ()) if isinstance(error.data, dict) else ()
            print(*trace, error.message, sep="", file=sys.stderr, flush=True)
        elif not isinstance(error, JsonRpcException):  # which is an answer, and of interest to the editor alone
            traceback.print_exception(error, file=sys.stderr)

    def prepare(self, params: types.InitializeParams) -> None:
        """Take up what the editor says of itself."""
        options = params.initialization_options
        self.checks_workspace = isinstance(options, dict) and options.get("workspaceDiagnostics") is True
        encoding = str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))
        known: Encoding = encoding if encoding in ("utf-8", "utf-32") else "utf-16"  # type: ignore[assignment]
        self.views = Views(self.projects, known, self.folders()[0], self.open_text)

    def folders(self) -> list[Path]:
        """The folders of the workspace; else the working directory."""
        uris = list(self.workspace.folders) or ([self.workspace.root_uri] if self.workspace.root_uri else [])
        paths = [path for path in map(to_fs_path, uris) if path]
        return [Path(path) for path in paths] or [Path.cwd()]

    def folder_of(self, path: str) -> Path:
        """The folder of the workspace that a file is in, the innermost; else the folder of the file."""
        around = Path(path).parents
        return max((folder for folder in self.folders() if folder in around), key=_depth, default=Path(path).parent)

    def open_text(self, uri: str) -> OpenText | None:
        """The text that is open under an address."""
        document = self.workspace.text_documents.get(uri)
        if document is None:
            return None
        path = to_fs_path(uri) if uri.startswith("file:") else None
        name = path or document.filename or "untitled"
        if not is_known(name):
            name += _SUFFIXES.get(document.language_id or "", "")
        # A name may not say what format a file is in: then the editor's language does.
        return OpenText(uri, name, path is not None, document.version, document.source)

    def read_file(self, path: Path) -> str | None:
        """The text of a file as the editor has it, or else the disk."""
        for document in self.workspace.text_documents.values():
            if (known := to_fs_path(document.uri)) and Path(known) == path:
                return str(document.source)
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                return stream.read()
        except (OSError, ValueError):
            return None

    @property
    def pulls(self) -> bool:
        """Whether the editor asks for diagnostics by itself."""
        text = self.client_capabilities.text_document
        return text is not None and text.diagnostic is not None

    @property
    def may_create(self) -> bool:
        """Whether an edit may create a file."""
        edit = self.client_capabilities.workspace and self.client_capabilities.workspace.workspace_edit
        return bool(
            edit and edit.document_changes and types.ResourceOperationKind.Create in (edit.resource_operations or ())
        )

    @property
    def resolves(self) -> bool:
        """Whether the editor asks for the edit of an action when it is chosen."""
        text = self.client_capabilities.text_document
        support = text and text.code_action and text.code_action.resolve_support
        return bool(support and "edit" in support.properties)

    async def view(self, uri: str) -> View | None:
        """The view of a text, after its configuration's problems are shown.

        Raises:
            OvertakenError: see ``Views.of``.
        """
        view = await self.views.of(uri)
        self.show_problems()
        return view

    def show_problems(self) -> None:
        """Show what keeps configurations from being used, each once, and take back what is mended."""
        errors = self.projects.errors()
        for path in [path for path in self.shown_problems if path not in errors]:
            del self.shown_problems[path]
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(path.as_uri(), []))
        for path, error in errors.items():
            if self.shown_problems.get(path) != str(error):
                self.shown_problems[path] = str(error)
                diagnostics = list(problems_of(error))
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(path.as_uri(), diagnostics))
                self.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(error)))

    def push(self, uri: str) -> None:
        """Send the editor the diagnostics of a text, if it does not ask for them."""
        if not self.pulls:
            task = asyncio.get_running_loop().create_task(self._push(uri))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _push(self, uri: str) -> None:
        try:
            view = await self.view(uri)
        except OvertakenError:
            return
        except Exception as error:  # nobody waits for it
            self.report_server_error(error, None)
            return
        found = list(view.diagnostics) if view else []
        version = view.open_text.version if view else None
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    def refresh(self) -> None:
        """Let all texts be checked again, by configurations that may have changed."""
        self.changed.set()
        if not self.pulls:
            for uri in list(self.workspace.text_documents):
                self.push(uri)
            return
        workspace = self.client_capabilities.workspace
        if workspace and workspace.diagnostics and workspace.diagnostics.refresh_support:
            self.workspace_diagnostic_refresh(None)

    def walk(self) -> Iterator[View]:
        """All files of the workspace that hold requests, checked; those that are open as the editor has them."""
        for folder in self.folders():
            project = self.projects.of(folder)
            if project is None:
                continue
            for found in discover([str(folder)], project.options.filters):
                view = self._checked(found)
                if view is not None:
                    yield view

    def _checked(self, found: Found) -> View | None:
        path = Path(os.path.abspath(found.path))
        project = self.projects.of(path.parent)
        known = self.open_text(path.as_uri())
        text = known.text if known else self.read_file(path)
        if project is None or text is None:
            return None
        return checked(known or OpenText(path.as_uri(), str(path), True, None, text), project, self.views.encoding)


def _depth(path: Path) -> int:
    return len(path.parts)
