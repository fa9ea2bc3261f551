"""What the editor offers to do about findings: fixes, and ways to ignore them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from lsprotocol import types

from minimax_validate.analysis import TextFinding, difference
from minimax_validate.project.config import OWN_FILE, SHARED_FILE
from minimax_validate.project.ignoring.filter import relative
from minimax_validate.server.ignoring import comment, configured, may_hold_comments, place_of
from minimax_validate.server.kinds import FIX_ALL
from minimax_validate.server.positions import Positions
from minimax_validate.server.views import View
from minimax_validate.texts.replacement import Replacement
from minimax_validate.texts.spans import Span

ReadFile = Callable[[Path], str | None]
"""The text of a file as the editor or else the disk has it; None if there is none."""


def is_wanted(kind: str, only: Iterable[str] | None) -> bool:
    """Whether an action of a kind is asked for: a kind means those below it too."""
    return only is None or any(kind == asked or kind.startswith(f"{asked}.") for asked in only)


def actions(view: View, span: Span, only: Iterable[str] | None) -> Iterator[types.CodeAction]:
    """The actions for a span of a text; those without an edit get it from ``resolved``."""
    asked = None if only is None else tuple(only)
    if is_wanted(types.CodeActionKind.QuickFix, asked):
        at = [index for index, marked in enumerate(view.spans) if _touch(marked, span)]
        yield from sorted(_fixes(view, at), key=lambda action: not action.is_preferred)
        yield from (_ignore(view, index) for index in at)
        if sum(finding.diagnostic.fix is not None for finding in view.analysis.findings) > 1 and at:
            yield types.CodeAction(
                "Apply all fixes, including unsafe ones (minimax-validate)",
                types.CodeActionKind.QuickFix,
                data=_data(view, "fix-all-unsafe"),
            )
    if is_wanted(FIX_ALL, asked) and any(
        found.diagnostic.fix is not None and found.diagnostic.fix.safe for found in view.analysis.findings
    ):
        yield types.CodeAction("Apply all safe fixes (minimax-validate)", FIX_ALL, data=_data(view, "fix-all"))


def _fixes(view: View, at: Iterable[int]) -> Iterator[types.CodeAction]:
    for index in at:
        finding = view.analysis.findings[index]
        fix = finding.diagnostic.fix
        edits = view.analysis.edits(finding) if fix else ()
        if fix and edits:
            unsafe = "" if fix.safe else ", unsafe"
            yield types.CodeAction(
                f"{fix.message[:1].upper()}{fix.message[1:]} ({finding.diagnostic.code}{unsafe})",
                types.CodeActionKind.QuickFix,
                diagnostics=[view.diagnostics[index]],
                is_preferred=True if fix.safe else None,
                edit=_edit_of(view, edits),
            )


def _ignore(view: View, index: int) -> types.CodeAction:
    return types.CodeAction(
        f"Ignore {view.analysis.findings[index].diagnostic.code} here",
        types.CodeActionKind.QuickFix,
        diagnostics=[view.diagnostics[index]],
        data=_data(view, "ignore", index),
    )


def _data(view: View, action: str, finding: int = -1) -> dict[str, object]:
    text = view.open_text
    return {"uri": text.uri, "result": view.result_id, "action": action, "finding": finding}


def resolved(view: View, action: types.CodeAction, read_file: ReadFile, root: Path, *, may_create: bool) -> bool:
    """Give an action its edit; False if it was not offered for the text as it is now.

    ``root`` is the folder for a new configuration, if the editor ``may_create`` files.
    """
    data = action.data
    if not isinstance(data, dict) or data.get("result") != view.result_id:
        return False
    match data.get("action"):
        case "fix-all":
            action.edit = _edit_of(view, view.analysis.fixed_all().edits)
        case "fix-all-unsafe":
            action.edit = _edit_of(view, view.analysis.fixed_all(unsafe=True).edits)
        case "ignore":
            finding = view.analysis.findings[int(data["finding"])]
            action.edit = _ignoring(view, finding, read_file, root, may_create=may_create)
        case _:
            return False
    return True


def _ignoring(
    view: View, finding: TextFinding, read_file: ReadFile, root: Path, *, may_create: bool
) -> types.WorkspaceEdit | None:
    """The edit that ignores a finding: a comment if it holds, else an entry in the configuration."""
    if may_hold_comments(view.analysis.name):
        line_end = view.positions.line_end(finding.span.start)
        written = comment(view.analysis, finding, line_end, view.analysed)
        if written is not None:
            return _edit_of(view, (written,))
    if not view.open_text.is_file:
        return None
    path = view.project.options.source or root / OWN_FILE
    text = read_file(path)
    if text is None and not may_create:
        return None
    place = place_of(relative(view.open_text.path, path.parent), finding)
    new = configured(text or "", place, finding.diagnostic.code, is_shared=path.name == SHARED_FILE)
    if new is None:
        return None
    uri = path.as_uri()
    changes: list[types.CreateFile | types.TextDocumentEdit | types.RenameFile | types.DeleteFile] = []
    if text is None:
        changes.append(types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True)))
    edits = _text_edits(difference(text or "", new), Positions(text or "", view.encoding))
    changes.append(types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri), edits))
    return types.WorkspaceEdit(document_changes=changes) if may_create else types.WorkspaceEdit(changes={uri: edits})


def _edit_of(view: View, replacements: Iterable[Replacement]) -> types.WorkspaceEdit:
    return types.WorkspaceEdit(changes={view.open_text.uri: _text_edits(replacements, view.positions)})


def _text_edits(replacements: Iterable[Replacement], positions: Positions) -> list[types.TextEdit]:
    return [types.TextEdit(positions.range(span), text) for span, text in replacements]


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end
