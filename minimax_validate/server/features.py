"""What an editor says and asks for, and the answers it gets."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.uris import to_fs_path

from minimax_validate.project.config import OWN_FILE, SHARED_FILE
from minimax_validate.project.options import BASELINE
from minimax_validate.server.diagnostics import SOURCE
from minimax_validate.server.kinds import KINDS
from minimax_validate.server.server import Server
from minimax_validate.server.views import OvertakenError, View
from minimax_validate.texts.readers import READERS

_WATCHED = (OWN_FILE, SHARED_FILE, BASELINE)


class GivenUpError(JsonRpcException):
    """An answer that is of no use any more: the editor asks again."""

    CODE = types.LSPErrorCodes.ServerCancelled.value
    MESSAGE = "the text has changed since the request"

    def __init__(self) -> None:
        super().__init__(data={"retriggerRequest": True})


def build() -> Server:
    """A server that is ready to be started."""
    server = Server()

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.prepare(params)
        if server.checks_workspace:
            server.feature(types.WORKSPACE_DIAGNOSTIC)(workspace_diagnostic)

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace and workspace.did_change_watched_files
        if watching and watching.dynamic_registration:
            patterns = [f"**/{name}" for name in _WATCHED]
            if server.checks_workspace:
                patterns += [f"**/*{suffix}" for suffixes in READERS.values() for suffix in suffixes]
            watchers = [types.FileSystemWatcher(pattern) for pattern in patterns]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            registration = types.Registration("watch", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([registration]))

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.is_shut_down = True
        server.changed.set()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.push(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.push(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.changed.set()
        path = to_fs_path(params.text_document.uri)
        if path and Path(path).name in _WATCHED:
            server.refresh()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.views.forget(uri)
        server.changed.set()
        if not server.pulls:
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(_: types.DidChangeWatchedFilesParams) -> None:
        server.refresh()

    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False, identifier=SOURCE),
    )
    async def diagnostic(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        try:
            view = await server.view(params.text_document.uri)
        except OvertakenError as error:
            raise GivenUpError from error
        if view is None:
            return types.RelatedFullDocumentDiagnosticReport(items=[])
        if params.previous_result_id == view.result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(view.result_id)
        return types.RelatedFullDocumentDiagnosticReport(list(view.diagnostics), result_id=view.result_id)

    async def workspace_diagnostic(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        known = {previous.uri: previous.value for previous in params.previous_result_ids}
        if known and not server.changed.is_set():
            # The editor asks again at once: the answer can wait until there is something to say.
            await server.changed.wait()
        server.changed.clear()
        views = await server.views.in_thread(lambda: list(server.walk()))
        server.show_problems()
        return types.WorkspaceDiagnosticReport([_report(view, known.pop(view.open_text.uri, None)) for view in views])

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=list(KINDS), resolve_provider=True)
    )
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        from minimax_validate.server.actions import actions  # an editor waits for the start, and not for this

        view = await _view_or_none(params.text_document.uri)
        if view is None:
            return []
        span = view.positions.span(params.range)
        offered = list(actions(view, span, params.context.only))
        if server.resolves:
            return offered
        return [action for action in offered if action.edit or (resolve(view, action) and action.edit)]

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def code_action_resolve(action: types.CodeAction) -> types.CodeAction:
        uri = action.data.get("uri") if isinstance(action.data, dict) else None
        view = await _view_or_none(uri) if isinstance(uri, str) else None
        if view is None or not await server.views.in_thread(lambda: resolve(view, action)):
            raise JsonRpcException(
                "the text has changed since this action was offered", types.LSPErrorCodes.ContentModified.value
            )
        return action

    def resolve(view: View, action: types.CodeAction) -> bool:
        from minimax_validate.server.actions import resolved  # as above

        root = server.folder_of(view.open_text.path)
        return resolved(view, action, server.read_file, root, may_create=server.may_create)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        from minimax_validate.server.hover import page_at, tokens_at  # as above

        view = await _view_or_none(params.text_document.uri)
        if view is None:
            return None
        offset = view.positions.offset(params.position)
        analysis, limits = view.analysis, view.project.options.settings
        shown = page_at(analysis, view.spans, offset) or await server.views.in_thread(
            lambda: tokens_at(analysis, offset, limits)
        )
        if shown is None:
            return None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, shown.text), view.positions.range(shown.span))

    async def _view_or_none(uri: str) -> View | None:
        try:
            return await server.view(uri)
        except OvertakenError:
            return None

    return server


def _report(
    view: View, known: str | None
) -> types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport:
    text = view.open_text
    if known == view.result_id:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(text.uri, known, version=text.version)
    return types.WorkspaceFullDocumentDiagnosticReport(
        text.uri, list(view.diagnostics), version=text.version, result_id=view.result_id
    )


def serve() -> bool:
    """Serve an editor over standard input and output until it ends; whether it said so before."""
    # What is given up is no news; what is a defect of ours is reported above.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server = build()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as stream:
        # What else is written to standard output must not get between the messages.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        server.start_io(stdout=stream)
    return server.is_shut_down
