"""What the language server gives an editor, over the protocol."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from editor import PULLS, PUSHED, AnswerError, applied, editing

from minimax_validate.rules.catalogue import BY_CODE

NULL = '{"messages": [{"role": "assistant", "content": null, "tool_calls": []}, {"role": "user", "content": "Hi"}]}'
CLEAN = '{"messages": [{"role": "user", "content": "Hi"}]}'
SEPARATED = """messages:
- role: user
  content: Hi
- role: assistant
  content: ""
  tool_calls:
  - id: a
    type: function
    function: {name: f, arguments: "{}"}
- role: user
  content: One moment.
- role: tool
  tool_call_id: a
  content: "42"
"""
DEVELOPER = "messages:\n- role: developer\n  content: Hi\n- role: user\n  content: Hi\n"


def codes(report: Any) -> list[str]:
    """The codes of a report."""
    return [found["code"] for found in report["items"]]


def place(line: int, start: int, end: int) -> dict[str, Any]:
    """A range on a line."""
    return {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}


def test_capabilities_are_told(tmp_path: Path) -> None:
    """The server says what it can do, and takes whole texts."""
    with editing(tmp_path) as editor:
        sent = editor.capabilities
        assert sent["textDocumentSync"]["change"] == 1
        assert sent["positionEncoding"] == "utf-16"
        assert sent["diagnosticProvider"] == {
            "interFileDependencies": False,
            "workspaceDiagnostics": False,
            "identifier": "minimax-validate",
        }
        assert sent["codeActionProvider"] == {
            "codeActionKinds": ["quickfix", "source.fixAll.minimax-validate"],
            "resolveProvider": True,
        }
        assert sent["hoverProvider"]


def test_pulled_report_has_all_of_a_finding(tmp_path: Path) -> None:
    """A diagnostic has its range, severity, code, the rule's page, the source, and its related places."""
    with editing(tmp_path) as editor:
        uri = editor.open("a.yaml", SEPARATED, "yaml")
        (found,) = editor.pull(uri)["items"]
        assert found["code"] == "MM204"
        assert found["codeDescription"] == {"href": BY_CODE["MM204"].url}
        assert found["source"] == "minimax-validate"
        assert found["severity"] == 1
        assert found["range"] == place(12, 16, 17)
        assert [other["location"]["uri"] for other in found["relatedInformation"]] == [uri] * 2
        assert {other["location"]["range"]["start"]["line"] for other in found["relatedInformation"]} == {6, 9}
        assert "tags" not in found


def test_report_is_unchanged_if_the_findings_are(tmp_path: Path) -> None:
    """A report that the editor has is not sent again, also for another version, until a finding changes."""
    with editing(tmp_path) as editor:
        uri = editor.open("a.json", NULL)
        full = editor.pull(uri)
        assert full["kind"] == "full"
        assert codes(full) == ["MM110", "MM209"]
        same = {"kind": "unchanged", "resultId": full["resultId"]}
        assert editor.pull(uri, full["resultId"]) == same
        editor.change(uri, NULL.replace("Hi", "Ho"))
        assert editor.pull(uri, full["resultId"]) == same
        editor.change(uri, f" {NULL}")
        moved = editor.pull(uri, full["resultId"])
        assert moved["kind"] == "full"
        assert moved["resultId"] != full["resultId"]


def test_diagnostics_are_pushed_to_older_editors(tmp_path: Path) -> None:
    """An editor that does not ask gets diagnostics of each version, and none once the text is closed."""
    with editing(tmp_path, PUSHED) as editor:
        uri = editor.open("a.json", NULL)
        sent = editor.note("textDocument/publishDiagnostics")
        assert (sent["uri"], sent["version"]) == (uri, 1)
        assert [found["code"] for found in sent["diagnostics"]] == ["MM110", "MM209"]
        editor.change(uri, CLEAN)
        sent = editor.note("textDocument/publishDiagnostics")
        assert (sent["version"], sent["diagnostics"]) == (2, [])
        editor.change(uri, NULL)
        assert editor.note("textDocument/publishDiagnostics")["version"] == 3
        editor.send("textDocument/didClose", {"textDocument": {"uri": uri}})
        assert editor.note("textDocument/publishDiagnostics") == {"uri": uri, "diagnostics": []}


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 54), ("utf-16", 51), ("utf-32", 50)])
def test_columns_are_in_the_units_of_the_editor(tmp_path: Path, encoding: str, column: int) -> None:
    """Behind an emoji and a letter with an accent, columns are counted as the editor wants them."""
    text = '{"messages": [{"role": "user", "content": "é😀"}], "tools": []}'
    with editing(tmp_path, PULLS, (encoding,)) as editor:
        assert editor.capabilities["positionEncoding"] == encoding
        uri = editor.open("a.json", text)
        (found,) = editor.pull(uri)["items"]
        assert found["range"] == place(0, column, column + len('"tools"'))
        assert editor.hover(uri, 0, column)["range"] == found["range"]
        assert "MM310" not in editor.hover(uri, 0, column - 5)["contents"]["value"]


def test_separators_of_unicode_end_no_line(tmp_path: Path) -> None:
    """U+2028 and U+0085 are characters of a line in the protocol, whatever else takes them for an end."""
    text = '{"messages": [{"role": "user", "content": "a\u2028b\u0085c"}],\r\n"tools": [],\r"stop": 1}'
    with editing(tmp_path) as editor:
        uri = editor.open("a.json", text)
        found = editor.pull(uri)["items"]
        assert [each["range"] for each in found] == [place(1, 0, 7), place(2, 0, 9)]
        assert editor.hover(uri, 1, 3)["contents"]["value"].find("MM310") >= 0


def test_fix_of_a_finding(tmp_path: Path) -> None:
    """A finding has a quick fix with its edit; safe ones come first and are preferred, unsafe ones say so."""
    with editing(tmp_path) as editor:
        text = NULL.replace("Hi", "😀").replace('"role": "user"', '"x": "😀", "role": "user"')
        uri = editor.open("a.json", text)
        whole = place(0, 0, len(text))
        fixes = [action for action in editor.actions(uri, whole, ["quickfix"]) if "edit" in action]
        assert [fix["title"] for fix in fixes][:2] == [
            "Delete `tool_calls` (MM209)",
            'Set the content to "" (MM110, unsafe)',
        ]
        assert [fix.get("isPreferred") for fix in fixes[:2]] == [True, None]
        assert [fix["diagnostics"][0]["code"] for fix in fixes[:2]] == ["MM209", "MM110"]
        assert fixes[0]["kind"] == "quickfix"
        assert applied(text, fixes[0]["edit"]["changes"][uri]) == text.replace(', "tool_calls": []', "")
        elsewhere = place(0, 0, 1)
        assert editor.actions(uri, elsewhere, ["quickfix"]) == []


def test_all_is_fixed_when_the_action_is_chosen(tmp_path: Path) -> None:
    """The edit that makes all safe fixes is worked out when it is asked for, and for this text alone."""
    with editing(tmp_path) as editor:
        uri = editor.open("a.json", NULL)
        (action,) = editor.actions(uri, place(0, 0, 0), ["source.fixAll"])
        assert action["kind"] == "source.fixAll.minimax-validate"
        assert "edit" not in action
        edit = editor.resolve(action)["edit"]["changes"][uri]
        assert applied(NULL, edit) == NULL.replace(', "tool_calls": []', "")
        editor.change(uri, f" {NULL}")
        with pytest.raises(AnswerError, match="changed") as raised:
            editor.resolve(action)
        assert raised.value.code == -32801
        editor.change(uri, CLEAN)
        assert editor.actions(uri, place(0, 0, 0), ["source.fixAll.minimax-validate"]) == []


def test_everything_is_fixed_if_that_is_chosen(tmp_path: Path) -> None:
    """Unsafe fixes are made together by an action of their own, which no fix on save picks up."""
    with editing(tmp_path) as editor:
        uri = editor.open("a.json", NULL)
        (action,) = [found for found in editor.actions(uri, place(0, 48, 48)) if "unsafe ones" in found["title"]]
        assert action["kind"] == "quickfix"
        edit = editor.resolve(action)["edit"]["changes"][uri]
        assert json.loads(applied(NULL, edit))["messages"][0] == {"role": "assistant", "content": ""}


def test_edits_come_at_once_without_resolving(tmp_path: Path) -> None:
    """An editor that cannot ask for edits later gets actions that have them, and no others."""
    with editing(tmp_path, {"textDocument": {"diagnostic": {}}}) as editor:
        uri = editor.open("a.json", NULL)
        found = editor.actions(uri, place(0, 0, len(NULL)))
        assert all("edit" in action for action in found)
        assert "source.fixAll.minimax-validate" in [action["kind"] for action in found]
        assert [action for action in found if "Ignore" in action["title"]] == []


@pytest.mark.parametrize(
    ("name", "language", "text", "mark"),
    [
        ("a.yaml", "yaml", DEVELOPER, "developer  # minimax-validate: ignore[MM112]\n"),
        ("a.jsonc", "jsonc", NULL.replace("null,", "null,\n"), "null,  // minimax-validate: ignore[MM110]\n"),
        (
            "a.py",
            "python",
            'create(\n    model="minimax/m2.7",\n    messages=[{"role": "developer", "content": "Hi"}],\n)\n',
            '"Hi"}],  # minimax-validate: ignore[MM112]\n',
        ),
    ],
)
def test_finding_is_ignored_by_a_comment(tmp_path: Path, name: str, language: str, text: str, mark: str) -> None:
    """Where the format has comments, one on the line of the finding makes it go away, and no other finding."""
    with editing(tmp_path) as editor:
        uri = editor.open(name, text, language)
        before = editor.pull(uri)["items"]
        ignore = next(
            action for action in editor.actions(uri, before[0]["range"]) if action["title"].startswith("Ignore")
        )
        new = applied(text, editor.resolve(ignore)["edit"]["changes"][uri])
        assert mark in new
        editor.change(uri, new)
        assert codes(editor.pull(uri)) == [found["code"] for found in before[1:]]


def test_second_rule_goes_into_the_comment_that_is_there(tmp_path: Path) -> None:
    """A line with such a comment gets no second one."""
    text = (
        "messages:\n- {role: developer, content: null} # minimax-validate: ignore[MM112]\n- {role: user, content: Hi}\n"
    )
    with editing(tmp_path) as editor:
        uri = editor.open("a.yaml", text, "yaml")
        (found,) = editor.pull(uri)["items"]
        ignore = editor.actions(uri, found["range"])[-1]
        assert ignore["title"] == f"Ignore {found['code']} here"
        new = applied(text, editor.resolve(ignore)["edit"]["changes"][uri])
        assert new == text.replace("[MM112]", f"[MM112, {found['code']}]")
        editor.change(uri, new)
        assert codes(editor.pull(uri)) == []


@pytest.mark.parametrize("name", ["minimax-validate.toml", "pyproject.toml"])
def test_finding_is_ignored_by_the_configuration(tmp_path: Path, name: str) -> None:
    """JSON has no comments: the configuration of the file gets an entry, and keeps what else it says."""
    head = "[tool.minimax-validate]" if name == "pyproject.toml" else "# ours"
    config = f'{head}\nignore = ["MM209"] # why\n'
    (tmp_path / name).write_text(config, "utf-8")
    (tmp_path / "requests").mkdir()
    with editing(tmp_path) as editor:
        uri = editor.open("requests/a.json", NULL)
        (found,) = editor.pull(uri)["items"]
        (ignore,) = [action for action in editor.actions(uri, found["range"]) if action["title"].startswith("Ignore")]
        (change,) = editor.resolve(ignore)["edit"]["documentChanges"]
        assert change["textDocument"]["uri"] == editor.uri(name)
        new = applied(config, change["edits"])
        assert config.rstrip() in new
        assert '"requests/a.json#/messages/0/content" = ["MM110"]' in new
        (tmp_path / name).write_text(new, "utf-8")
        assert codes(editor.pull(uri)) == []


def test_configuration_is_made_where_there_is_none(tmp_path: Path) -> None:
    """Without a configuration, one is created in the folder of the workspace, if the editor can."""
    with editing(tmp_path) as editor:
        uri = editor.open("a.json", NULL)
        ignore = next(found for found in editor.actions(uri, place(0, 48, 48)) if found["title"] == "Ignore MM110 here")
        create, change = editor.resolve(ignore)["edit"]["documentChanges"]
        assert (create["kind"], create["uri"]) == ("create", editor.uri("minimax-validate.toml"))
        (tmp_path / "minimax-validate.toml").write_text(applied("", change["edits"]), "utf-8")
        assert codes(editor.pull(uri)) == ["MM209"]


def test_configuration_that_is_open_is_edited_as_it_is_there(tmp_path: Path) -> None:
    """What ignores a finding is added to the configuration in the editor, which may not have been saved."""
    with editing(tmp_path) as editor:
        uri = editor.open("a.json", NULL)
        config = '# mine\n[ignore-at]\n"a.json#/messages/0" = ["MM209"]\n'
        editor.open("minimax-validate.toml", config, "toml")
        ignore = next(found for found in editor.actions(uri, place(0, 48, 48)) if found["title"] == "Ignore MM110 here")
        (change,) = editor.resolve(ignore)["edit"]["documentChanges"]
        assert applied(config, change["edits"]) == config.replace(
            '"]\n', '"]\n"a.json#/messages/0/content" = ["MM110"]\n'
        )


def test_texts_that_are_not_open_have_nothing_to_show(tmp_path: Path) -> None:
    """Asked for a text that it was not sent, the server has no findings, no actions and no words for it."""
    with editing(tmp_path) as editor:
        uri = editor.uri("a.json")
        assert editor.pull(uri) == {"kind": "full", "items": []}
        assert editor.actions(uri, place(0, 0, 0)) == []
        assert editor.hover(uri, 0, 0) is None


def test_hover_shows_the_page_of_a_rule(tmp_path: Path) -> None:
    """On a finding, the editor shows what the rule says, with the fix, in Markdown."""
    with editing(tmp_path) as editor:
        uri = editor.open("a.json", NULL)
        shown = editor.hover(uri, 0, NULL.index("null") + 1)
        assert shown["contents"]["kind"] == "markdown"
        assert shown["contents"]["value"].startswith('Fix (unsafe): set the content to ""\n\n# MM110 null-content\n')
        assert shown["range"] == place(0, NULL.index("null"), NULL.index("null") + 4)


def test_hover_shows_the_tokens_of_a_message(tmp_path: Path) -> None:
    """On a message without a finding, the editor shows its tokens, and those of the prompt."""
    text = "messages:\n- role: user\n  content: What is the answer?\ntools:\n- type: function\n"
    with editing(tmp_path) as editor:
        uri = editor.open("a.yaml", CLEAN, "yaml")
        shown = editor.hover(uri, 0, CLEAN.index("Hi"))["contents"]["value"]
        assert shown.startswith("Message 0 (user): about ")
        assert "Prompt: about " in shown
        assert "fits" in shown
        assert editor.hover(uri, 0, 3) is None
        editor.change(uri, text)
        assert "Message 0 (user)" in editor.hover(uri, 2, 15)["contents"]["value"]


def test_dropped_parts_are_tagged(tmp_path: Path) -> None:
    """What the model does not read is shown as unnecessary, over all of it."""
    text = CLEAN.replace('"Hi"}', '"Hi"},\n{"role": "system", "content": "Late."}').replace("]}", '],\n"stop": 1}')
    with editing(tmp_path) as editor:
        uri = editor.open("a.json", text)
        late, stop = editor.pull(uri)["items"]
        assert (late["code"], late["tags"]) == ("MM504", [1])
        assert late["range"] == place(1, 0, len('{"role": "system", "content": "Late."}'))
        assert "# MM504" in editor.hover(uri, 1, 30)["contents"]["value"]
        assert editor.actions(uri, place(1, 30, 30))
        assert (stop["code"], stop["tags"]) == ("MM601", [1])
        assert stop["range"] == place(2, 0, len('"stop": 1'))


def test_configuration_of_the_folder_is_reread(tmp_path: Path) -> None:
    """Each file is checked by the configuration of its folder, and by what that says now."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    config = tmp_path / "one" / "minimax-validate.toml"
    config.write_text('ignore = ["MM110"]\n', "utf-8")
    with editing(tmp_path) as editor:
        one, two = editor.open("one/a.json", NULL), editor.open("two/a.json", NULL)
        assert codes(editor.pull(one)) == ["MM209"]
        assert codes(editor.pull(two)) == ["MM110", "MM209"]
        config.write_text('ignore = ["MM209"] #\n', "utf-8")
        assert codes(editor.pull(one)) == ["MM110"]
        assert [message["method"] for message in editor.asked] == ["client/registerCapability"]
        editor.send("workspace/didChangeWatchedFiles", {"changes": [{"uri": config.as_uri(), "type": 2}]})
        editor.pull(one)
        assert [message["method"] for message in editor.asked][1:] == ["workspace/diagnostic/refresh"]


def test_open_texts_are_pushed_anew_by_a_new_configuration(tmp_path: Path) -> None:
    """An editor that does not ask gets new diagnostics when the configuration changes."""
    with editing(tmp_path, PUSHED) as editor:
        editor.open("a.json", NULL)
        assert len(editor.note("textDocument/publishDiagnostics")["diagnostics"]) == 2
        config = tmp_path / "minimax-validate.toml"
        config.write_text('ignore = ["MM110"]\n', "utf-8")
        editor.send("workspace/didChangeWatchedFiles", {"changes": [{"uri": config.as_uri(), "type": 1}]})
        assert len(editor.note("textDocument/publishDiagnostics")["diagnostics"]) == 1


def test_saved_configuration_holds_at_once(tmp_path: Path) -> None:
    """An editor that watches no files gets new diagnostics when a configuration is saved, and for no other file."""
    with editing(tmp_path, PUSHED) as editor:
        editor.open("a.json", NULL)
        assert len(editor.note("textDocument/publishDiagnostics")["diagnostics"]) == 2
        for name, text in (("other.toml", 'ignore = ["MM110"]\n'), ("minimax-validate.toml", 'ignore = ["MM209"]\n')):
            (tmp_path / name).write_text(text, "utf-8")
            editor.send("textDocument/didSave", {"textDocument": {"uri": editor.uri(name)}})
        (found,) = editor.note("textDocument/publishDiagnostics")["diagnostics"]
        assert found["code"] == "MM110"


def test_editor_that_cannot_refresh_is_not_asked_to(tmp_path: Path) -> None:
    """The server asks to be asked again only an editor that says that it can be; the next answer is the new one."""
    capabilities = {"textDocument": PULLS["textDocument"]}
    with editing(tmp_path, capabilities) as editor:
        uri = editor.open("a.json", NULL)
        assert codes(editor.pull(uri)) == ["MM110", "MM209"]
        config = tmp_path / "minimax-validate.toml"
        config.write_text('ignore = ["MM110"]\n', "utf-8")
        editor.send("workspace/didChangeWatchedFiles", {"changes": [{"uri": config.as_uri(), "type": 1}]})
        assert codes(editor.pull(uri)) == ["MM209"]
        assert editor.asked == []


def test_problem_of_the_configuration_is_shown_once(tmp_path: Path) -> None:
    """A problem that stays is not shown anew for each text that is checked; another one is."""
    config = tmp_path / "minimax-validate.toml"
    config.write_text("ignroe = []\n", "utf-8")
    with editing(tmp_path) as editor:
        for name in ("a.json", "b.json"):
            assert codes(editor.pull(editor.open(name, NULL))) == []
        config.write_text("selcet = []\n", "utf-8")
        assert codes(editor.pull(editor.uri("a.json"))) == []
        shown = [editor.note("window/showMessage")["message"] for _ in range(2)]
        assert ["ignroe" in shown[0], "selcet" in shown[1]] == [True, True]


def test_problems_of_the_configuration_are_told(tmp_path: Path) -> None:
    """What is wrong in the configuration is shown at its line, the last good one holds, and what is mended goes."""
    config = tmp_path / "minimax-validate.toml"
    config.write_text('ignore = ["MM110"]\n', "utf-8")
    with editing(tmp_path) as editor:
        uri = editor.open("a.json", NULL)
        assert codes(editor.pull(uri)) == ["MM209"]
        config.write_text('\nignroe = ["MM110"]\n', "utf-8")
        assert codes(editor.pull(uri)) == ["MM209"]
        sent = editor.note("textDocument/publishDiagnostics")
        assert sent["uri"] == config.as_uri()
        assert [found["range"]["start"]["line"] for found in sent["diagnostics"]] == [1]
        assert "ignroe" in editor.note("window/showMessage")["message"]
        config.write_text("ignore = []\n", "utf-8")
        assert codes(editor.pull(uri)) == ["MM110", "MM209"]
        assert editor.note("textDocument/publishDiagnostics") == {"uri": config.as_uri(), "diagnostics": []}


def test_nothing_is_checked_by_a_configuration_that_never_held(tmp_path: Path) -> None:
    """A baseline that is not there is a problem of the configuration, and no reason to report what it may list."""
    (tmp_path / "minimax-validate.toml").write_text('baseline = "gone.json"\n', "utf-8")
    with editing(tmp_path) as editor:
        uri = editor.open("a.json", NULL)
        assert codes(editor.pull(uri)) == []
        assert "baseline" in editor.note("window/showMessage")["message"]
        (tmp_path / "gone.json").write_text('{"version": 1, "findings": []}', "utf-8")
        assert codes(editor.pull(uri)) == ["MM110", "MM209"]
        (tmp_path / "gone.json").unlink()
        assert codes(editor.pull(uri)) == ["MM110", "MM209"]
        assert "baseline" in editor.note("window/showMessage")["message"]
        (tmp_path / "minimax-validate.toml").unlink()
        assert codes(editor.pull(uri)) == ["MM110", "MM209"]


BOTH = ["MM110", "MM209"]
POST = {"mimeType": "application/json", "text": NULL}
ENTRY = {"request": {"method": "POST", "url": "https://example.com/v1/chat/completions", "postData": POST}}
NAMED = f'{NULL[:-1]}, "model": "minimax/m2.7"}}'
FORMATS = [
    ("a.json", "json", NULL, BOTH),
    ("a.jsonc", "jsonc", f"// why\n{NULL}", BOTH),
    ("a.jsonl", "jsonl", f"{CLEAN}\n{NULL}\n", BOTH),
    ("a.yaml", "yaml", f"---\n{CLEAN}\n---\n{NULL}\n", BOTH),
    ("a.http", "http", f"POST https://example.com/ai/run/minimax/m2.7\n\n{NULL}\n", BOTH),
    ("a.md", "markdown", f"# A request\n\n```json\n{NAMED}\n```\n", BOTH),
    ("a.sh", "shellscript", f"curl https://example.com/ai/run/minimax/m2.7 -d '{NULL}'\n", BOTH),
    ("a.ts", "typescript", f'env.AI.run("minimax/m2.7", {NULL})\n', BOTH),
    ("a.har", "json", json.dumps({"log": {"entries": [ENTRY]}}), BOTH),
    ("package.json", "json", '{"name": "a"}', []),
    ("a.json", "json", NULL[:-1], ["MM001"]),
    ("request", "yaml", DEVELOPER, ["MM112"]),
    ("request", "plaintext", DEVELOPER, []),
]


def test_formats_are_known_by_name_or_by_language(tmp_path: Path) -> None:
    """Whatever a walk reads is checked, and what a walk skips has no findings."""
    with editing(tmp_path) as editor:
        for name, language, text, expected in FORMATS:
            uri = editor.open(name, text, language)
            assert (name, codes(editor.pull(uri))) == (name, expected)
            editor.send("textDocument/didClose", {"textDocument": {"uri": uri}})
        uri = editor.open("", DEVELOPER, "yaml", "untitled:Untitled-1")
        assert codes(editor.pull(uri)) == ["MM112"]


def test_excluded_files_have_no_findings(tmp_path: Path) -> None:
    """A file that the configuration leaves out is left out in the editor too."""
    (tmp_path / "minimax-validate.toml").write_text(
        'exclude = ["old"]\n[per-file-ignores]\n"b.json" = ["MM110"]\n[ignore-at]\n"c.json#/messages/0" = ["MM110"]\n',
        "utf-8",
    )
    (tmp_path / "old").mkdir()
    with editing(tmp_path) as editor:
        assert codes(editor.pull(editor.open("old/a.json", NULL))) == []
        assert codes(editor.pull(editor.open("b.json", NULL))) == ["MM209"]
        assert codes(editor.pull(editor.open("c.json", NULL))) == ["MM209"]


def test_overtaken_check_is_given_up(tmp_path: Path) -> None:
    """While one version is checked, a newer one comes: the answer for the older one says to ask again."""
    long = "".join(f"{NULL}\n" for _ in range(3000))
    with editing(tmp_path) as editor:
        uri = editor.open("a.jsonl", long, "jsonl")
        first = editor.ask_to_pull(uri)
        editor.change(uri, NULL)
        second = editor.ask_to_pull(uri)
        with pytest.raises(AnswerError) as raised:
            editor.answer(first)
        assert (raised.value.code, raised.value.data) == (-32802, {"retriggerRequest": True})
        assert codes(editor.answer(second)) == ["MM110", "MM209"]


def test_nothing_is_shown_of_an_overtaken_version(tmp_path: Path) -> None:
    """While the version that the pointer is on is checked, a newer one comes: there is nothing to show of the older."""
    with editing(tmp_path) as editor:
        uri = editor.open("a.jsonl", f"{NULL}\n" * 3000, "jsonl")
        at = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": NULL.index("null")}}
        first = editor.ask("textDocument/hover", at)
        editor.change(uri, NULL)
        second = editor.ask("textDocument/hover", at)
        assert editor.answer(first) is None
        assert "# MM110" in editor.answer(second)["contents"]["value"]


def test_overtaken_versions_are_not_pushed(tmp_path: Path) -> None:
    """Of many versions in a row not all are reported, but the last one, and no older one after a newer one."""
    with editing(tmp_path, PUSHED) as editor:
        uri = editor.open("a.jsonl", f"{NULL}\n" * 2000, "jsonl")
        for count in range(20):
            editor.change(uri, f"{NULL}\n" * (2000 + count))
        last = editor.change(uri, CLEAN)
        sent = editor.note("textDocument/publishDiagnostics")
        versions = [sent["version"]]
        while versions[-1] != last:
            sent = editor.note("textDocument/publishDiagnostics")
            versions.append(sent["version"])
        assert versions == sorted(versions)
        assert len(versions) < 22
        assert sent["diagnostics"] == []


def test_request_can_be_taken_back(tmp_path: Path) -> None:
    """A check that the editor does not want any more is answered as taken back."""
    with editing(tmp_path) as editor:
        uri = editor.open("a.jsonl", f"{NULL}\n" * 3000, "jsonl")
        asked = editor.ask_to_pull(uri)
        editor.send("$/cancelRequest", {"id": asked})
        with pytest.raises(AnswerError) as raised:
            editor.answer(asked)
        assert raised.value.code == -32800
        assert len(editor.pull(uri)["items"]) == 6000


def test_workspace_is_checked_if_asked_for(tmp_path: Path) -> None:
    """With the option, the files of the workspace are reported as a walk finds them, and open ones as they are open."""
    (tmp_path / "a.json").write_text(NULL, "utf-8")
    (tmp_path / "b.json").write_text(CLEAN, "utf-8")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "c.json").write_text(NULL, "utf-8")
    with editing(tmp_path, options={"workspaceDiagnostics": True}) as editor:
        assert editor.capabilities["diagnosticProvider"]["workspaceDiagnostics"]
        uri = editor.open("b.json", NULL)
        items = editor.request("workspace/diagnostic", {"previousResultIds": []})["items"]
        assert {item["uri"]: codes(item) for item in items} == {
            editor.uri("a.json"): ["MM110", "MM209"],
            uri: ["MM110", "MM209"],
        }
        previous = [{"uri": item["uri"], "value": item["resultId"]} for item in items]
        waiting = editor.ask("workspace/diagnostic", {"previousResultIds": previous})
        editor.change(uri, CLEAN)
        editor.send("textDocument/didSave", {"textDocument": {"uri": uri}})
        items = editor.answer(waiting)["items"]
        assert {item["uri"]: item["kind"] for item in items} == {editor.uri("a.json"): "unchanged", uri: "full"}
        assert codes(items[1]) == []


def test_workspace_without_a_usable_configuration_has_no_findings(tmp_path: Path) -> None:
    """A folder whose configuration is at fault is not searched, and the fault is shown."""
    (tmp_path / "minimax-validate.toml").write_text("ignroe = []\n", "utf-8")
    (tmp_path / "a.json").write_text(NULL, "utf-8")
    with editing(tmp_path, options={"workspaceDiagnostics": True}) as editor:
        assert editor.request("workspace/diagnostic", {"previousResultIds": []}) == {"items": []}
        assert "ignroe" in editor.note("window/showMessage")["message"]


def test_files_of_the_workspace_that_cannot_be_checked_are_skipped(tmp_path: Path) -> None:
    """A file that is no UTF-8, or whose folder has a configuration that is at fault, does not keep others from it."""
    (tmp_path / "a.json").write_text(NULL, "utf-8")
    (tmp_path / "b.json").write_bytes(NULL.encode() + b"\xff")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "c.json").write_text(NULL, "utf-8")
    (tmp_path / "c" / "minimax-validate.toml").write_text("ignroe = []\n", "utf-8")
    with editing(tmp_path, options={"workspaceDiagnostics": True}) as editor:
        items = editor.request("workspace/diagnostic", {"previousResultIds": []})["items"]
        assert [item["uri"] for item in items] == [editor.uri("a.json")]
