"""What the playground's page asks of the library (``playground/python/page.py``); a browser drives the page itself."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
EMOJI = '{"messages": [{"role": "user", "content": "😀"}, {"role": "assistant", "content": null}]}'
INVALID = sorted(path for path in (ROOT / "fixtures" / "invalid").iterdir() if path.suffix != ".txt")


@cache
def _page() -> Any:
    spec = spec_from_file_location("page", ROOT / "playground" / "python" / "page.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _units(text: str, start: int, end: int) -> str:
    """What stands between two offsets that count as JavaScript does."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def _edited(text: str, edits: list[dict[str, Any]]) -> str:
    data = text.encode("utf-16-le")
    for edit in reversed(edits):
        data = data[: 2 * edit["from"]] + edit["text"].encode("utf-16-le") + data[2 * edit["to"] :]
    return data.decode("utf-16-le")


def test_findings() -> None:
    """A finding has its place in 16-bit units, and what its fix would do."""
    told = json.loads(_page().findings(EMOJI, "request.json"))
    (finding,) = told["findings"]
    assert (told["requests"], told["total"], finding["code"]) == (1, 1, "MM110")
    assert finding["path"] == "messages[1].content"
    assert _units(EMOJI, finding["from"], finding["to"]) == "null"
    assert finding["fix"] == {"message": 'set the content to ""', "safe": False}


def test_most_findings() -> None:
    """A list that nobody would read to its end is cut short, and all are counted."""
    messages = [{"role": "user", "content": None}] * (_page().MOST_FINDINGS + 5)
    told = json.loads(_page().findings(json.dumps({"messages": messages}), "request.json"))
    assert len(told["findings"]) == _page().MOST_FINDINGS
    assert told["total"] == len(messages)


@pytest.mark.parametrize("which", ["0", "safe", "all"])
def test_fixed(which: str) -> None:
    """Edits have their places in 16-bit units; safe ones leave alone what is fixed at one's own risk."""
    done = json.loads(_page().fixed(EMOJI, "request.json", which))
    fixed = "null" if which == "safe" else '""'
    assert _edited(EMOJI, done["edits"]) == EMOJI.replace("null", fixed)
    assert done["fixed"] == (which != "safe")


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.name)
def test_fixtures(path: Path) -> None:
    """Each fixture has the findings of the command here too; all fixes leave nothing to fix."""
    text = path.read_text()
    told = json.loads(_page().findings(text, path.name))
    expected = path.with_name(f"{path.name}.findings.txt").read_text()
    assert told["total"] == len(re.findall(r"^\S+ MM\d+ (?:error|warning|info): ", expected, re.MULTILINE))
    fixed = _edited(text, json.loads(_page().fixed(text, path.name, "all"))["edits"])
    assert json.loads(_page().fixed(fixed, path.name, "all")) == {"edits": [], "fixed": 0}
    json.loads(_page().tokens(text, path.name))


def test_tokens() -> None:
    """Each request of a text has an account, with the place of each message and how it begins."""
    body = '{"messages": [{"role": "user", "content": "Hello"}]}'
    text = f'{EMOJI}\n{{"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": {body}}}\n'
    first, second = json.loads(_page().tokens(text, "batch.jsonl"))
    assert [message["excerpt"] for message in first["messages"]] == ["😀", ""]
    assert _units(text, first["messages"][1]["from"], first["messages"][1]["to"]).startswith('{"role": "assistant"')
    (message,) = second["messages"]
    assert _units(text, message["from"], message["to"]) == '{"role": "user", "content": "Hello"}'
    assert _units(text, second["from"], second["to"]) == text.splitlines()[1]
    assert message["tokens"]["lower_bound"] <= message["tokens"]["estimate"] <= message["tokens"]["upper_bound"]


def test_tokens_of_calls() -> None:
    """A message that only calls is told by its calls; an array of messages is a request too."""
    call = {"id": "1", "type": "function", "function": {"name": "find", "arguments": "{}"}}
    messages = [{"role": "assistant", "content": "", "tool_calls": [call]}]
    (account,) = json.loads(_page().tokens(json.dumps(messages), "request.json"))
    assert account["messages"][0]["excerpt"] == "find({})"
    assert account["messages"][0]["from"] == 1


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "\ud83d", "messages:\n- &a [*a]\n", "\ufeff{}", "a\x00"])
@pytest.mark.parametrize("suffix", ["json", "jsonc", "jsonl", "yaml", "md", "sh", "py"])
def test_any_text(text: str, suffix: str) -> None:
    """Whatever is typed has an answer."""
    name = f"request.{suffix}"
    json.loads(_page().findings(text, name))
    json.loads(_page().tokens(text, name))
    assert json.loads(_page().fixed(text, name, "all"))["fixed"] >= 0
