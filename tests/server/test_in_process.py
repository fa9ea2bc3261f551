"""What the language server works out for an editor, without the protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcInternalError, JsonRpcInvalidParams

from minimax_validate import Settings
from minimax_validate.server.actions import actions, resolved
from minimax_validate.server.hover import Shown, tokens_at
from minimax_validate.server.projects import Projects
from minimax_validate.server.server import Server
from minimax_validate.server.views import OpenText, View, checked
from minimax_validate.tokens.counter import TokenCounter

NULL = '{"messages": [{"role": "assistant", "content": null}, {"role": "user", "content": "Hi"}]}'
CLEAN = '{"messages": [{"role": "user", "content": "Hi"}], "tools": []}'
STOP = 'messages:\n- role: user\n  content: Hi\nstop: "a\n  b"\n'
"""A finding whose line cannot have a comment: a string goes on behind its end."""


def view_of(folder: Path, name: str, text: str, *, is_file: bool = True) -> View:
    """The view of a text as though it were open."""
    project = Projects().of(folder)
    assert project is not None
    path = folder / name
    return checked(OpenText(path.as_uri(), str(path), is_file, 1, text), project, "utf-16")


def told(view: View, place: str, limits: Settings | None = None) -> Shown | None:
    """What is shown of the tokens at a place of a text."""
    return tokens_at(view.analysis, view.open_text.text.index(place), limits or Settings())


def ignored(view: View, read_file: Callable[[Path], str | None], *, may_create: bool) -> types.CodeAction:
    """The action that ignores the first finding of a text, with what it would change."""
    (action, *_) = (found for found in actions(view, view.spans[0], None) if found.title.startswith("Ignore"))
    assert resolved(view, action, read_file, Path(view.open_text.path).parent, may_create=may_create)
    return action


def test_finding_whose_fix_cannot_be_written_has_no_fix(tmp_path: Path) -> None:
    """Of a recorded request, whose text is not rewritten, a finding can be ignored, and not fixed."""
    view = view_of(tmp_path, "a.http", f"POST https://api.example.com/ai/run/minimax/m2.7\n\n{NULL}\n")
    (finding,) = view.analysis.findings
    assert finding.diagnostic.fix is not None
    assert [action.title for action in actions(view, view.spans[0], ["quickfix"])] == ["Ignore MM110 here"]


def test_action_of_another_server_is_not_resolved(tmp_path: Path) -> None:
    """What no action of this text asks for is answered as one of another text."""
    view = view_of(tmp_path, "a.json", NULL)
    for data in (None, {"result": "other", "action": "fix-all"}, {"result": view.result_id, "action": "other"}):
        action = types.CodeAction("x", data=data)
        assert not resolved(view, action, lambda _: None, tmp_path, may_create=True)
        assert action.edit is None


def test_finding_that_no_comment_ignores_is_ignored_by_the_configuration(tmp_path: Path) -> None:
    """If the line of a finding has no room for a comment, the edit is one of the configuration."""
    action = ignored(view_of(tmp_path, "a.yaml", STOP), lambda _: "# mine\n", may_create=False)
    assert action.edit is not None
    assert action.edit.changes is not None
    ((uri, (edit,)),) = action.edit.changes.items()
    assert uri == (tmp_path / "minimax-validate.toml").as_uri()
    assert edit.new_text == '\n[ignore-at]\n"a.yaml#/stop" = ["MM601"]\n'


def test_finding_of_a_text_without_a_file_is_ignored_by_comments_alone(tmp_path: Path) -> None:
    """A configuration cannot name a text that is no file."""
    assert ignored(view_of(tmp_path, "a.yaml", STOP, is_file=False), lambda _: "", may_create=True).edit is None
    assert ignored(view_of(tmp_path, "a.yaml", STOP), lambda _: None, may_create=False).edit is None


def test_configuration_at_fault_is_not_edited(tmp_path: Path) -> None:
    """An entry cannot be added to a configuration that cannot be read."""
    assert ignored(view_of(tmp_path, "a.json", NULL), lambda _: "x = ", may_create=True).edit is None


def test_tokens_are_those_of_tools_and_messages(tmp_path: Path) -> None:
    """On tools their tokens are shown; on what does not reach the model and outside of requests, nothing is."""
    tools = told(view_of(tmp_path, "a.json", CLEAN), "[]")
    assert tools is not None
    assert tools.text.startswith("Tools: about ")
    for text, place in (
        ('{"messages": [{"type": "reasoning", "summary": ["mark"]}, {"role": "user", "content": "Hi"}]}', "mark"),
        ('{"messages": "mark", "model": "minimax/m2.7"}', "mark"),
        ('["messages", "mark"]', "mark"),
        ('{"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": "messages mark"}', "mark"),
    ):
        assert told(view_of(tmp_path, "a.json", text), place) is None
    request = CLEAN.replace('"tools": []', '"model": "minimax/m2.7"')
    fenced = f"Mark\n\n```json\n{request}\n```\n\n```json\n{request.replace('Hi', 'Ho')}\n```\n"
    both = view_of(tmp_path, "a.md", fenced)
    assert told(both, "Mark") is None
    found = told(both, "Ho")
    assert found is not None
    assert fenced[found.span.start : found.span.end] == '{"role": "user", "content": "Ho"}'


def test_programs_have_no_tokens(tmp_path: Path) -> None:
    """The request of a program may have unknown parts, which nobody can count."""
    text = 'create(model="minimax/m2.7", messages=[{"role": "user", "content": "Hi"}])\n'
    assert told(view_of(tmp_path, "a.py", text), "Hi") is None


def test_tokens_are_counted_by_the_tokenizer_of_the_configuration(tmp_path: Path) -> None:
    """A counter of the project gives one number, with its name; one that fails gives nothing."""
    view = view_of(tmp_path, "a.json", CLEAN)
    found = told(view, "Hi", Settings(counter=TokenCounter("letters", len)))
    assert found is not None
    assert " tokens (letters)\n\nPrompt: " in found.text
    assert told(view, "Hi", Settings(counter=TokenCounter("broken", lambda _: -1))) is None


def test_files_are_checked_as_a_walk_checks_them(tmp_path: Path) -> None:
    """A file that is included counts with requests for any model; one of which the model is assumed, for ours."""
    page = f"```json\n{NULL}\n```\n"
    program = "const other = 'minimax/m2.7';\nenv.AI.run(pick(), { messages: [{ role: 'usr', content: 'Hi' }] })\n"

    def codes() -> list[list[str]]:
        return [
            [found.diagnostic.code for found in view_of(tmp_path, name, text).analysis.findings]
            for name, text in (("a.md", page), ("a.ts", program))
        ]

    assert codes() == [[], []]
    (tmp_path / "minimax-validate.toml").write_text('include = ["*.md"]\n', "utf-8")
    assert codes() == [["MM110"], []]
    (tmp_path / "minimax-validate.toml").write_text('assume-model = ["*.ts"]\n', "utf-8")
    assert codes() == [[], ["MM112"]]


def test_configuration_whose_tokenizer_is_gone_is_a_problem(tmp_path: Path) -> None:
    """A tokenizer that cannot be loaded is shown as a problem of the configuration that names it."""
    config = tmp_path / "minimax-validate.toml"
    config.write_text('tokenizer = "gone.json"\n', "utf-8")
    projects = Projects()
    assert projects.of(tmp_path) is None
    assert "gone.json" in str(projects.errors()[config])


def test_defects_are_written_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """A defect is written with its place; an answer that is an error is the editor's alone."""
    server = Server()
    server.report_server_error(JsonRpcInvalidParams(), None)
    assert capsys.readouterr().err == ""
    server.report_server_error(JsonRpcInternalError("broken", data={"traceback": ["at line 1\n"]}), None)
    assert capsys.readouterr().err == "at line 1\nbroken\n"
    server.report_server_error(JsonRpcInternalError("broken", data="x"), None)
    assert capsys.readouterr().err == "broken\n"
    server.report_server_error(ValueError("torn"), None)
    assert capsys.readouterr().err.endswith("ValueError: torn\n")


def test_defect_while_findings_are_pushed_is_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody waits for findings that are pushed: a defect while they are sought is written, and the server goes on."""

    async def fail(_: str) -> None:
        raise ValueError("torn")

    server = Server()
    monkeypatch.setattr(server, "view", fail)
    asyncio.run(server._push("file:///a.json"))
    assert capsys.readouterr().err.endswith("ValueError: torn\n")
