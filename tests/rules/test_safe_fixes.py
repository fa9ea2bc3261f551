"""What is safe: after safe fixes the model reads what the request was meant to say, and nothing else.

What a request means is written down here a second time, without a look at the rules: by what each of its habits says
where it comes from.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from chat_template import prompt_of
from hypothesis import assume, given
from jsonschema import Draft202012Validator

from minimax_validate import fix
from minimax_validate.json_schema import bundle
from minimax_validate.strategies import faulty_requests

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
NAMES = sorted(path.name for path in CORPUS.glob("*.jsonl") if path.name != "index.jsonl")
VENDOR = Draft202012Validator(bundle.load("minimax-m2.7/vendor.json"))
NOTHING = {"type": "object", "properties": {}}
REPAIRS = {
    "MM203": "a result that stands twice is read twice, and was one",
    "MM204": "results are read where they stand",
    "MM208": "an id that is missing is read nowhere",
    "MM215": "results are read by their order, and were meant for other calls",
    "MM304": "a tool that stands twice is read twice, and is one",
    "MM305": "a choice among no tools is read nowhere",
    "MM601": "a parameter is read nowhere",
}
"""Findings whose safe fixes put right what the model would read wrong, or does not read.

What they are to say is in their own examples.
"""


def meant(body: dict[str, Any]) -> dict[str, Any]:
    """A request as its author meant it, in the words of the contract."""
    body = copy.deepcopy(body)
    body["messages"] = [_message(message) for message in body["messages"]]
    leading = next(
        (number for number, message in enumerate(body["messages"]) if message["role"] != "system"),
        len(body["messages"]),
    )
    system = body["messages"][:leading]
    if len(system) > 1:
        # Prompts that were put one behind another are one prompt, each text of it once; blank ones say nothing.
        system[0]["content"] = _joined([message["content"] for message in system])
        body["messages"] = [system[0], *body["messages"][leading:]]
    if body.get("tools"):
        body["tools"] = [{"type": "function", "function": _function(tool["function"])} for tool in body["tools"]]
    return body


def _joined(contents: list[Any]) -> Any:
    if all(isinstance(content, str) for content in contents):
        return "\n\n".join(dict.fromkeys(content for content in contents if content.strip()))
    parts = [{"type": "text", "text": each} if isinstance(each, str) else each for each in contents]
    return [part for each in parts for part in (each if isinstance(each, list) else [each])]


def _message(message: dict[str, Any]) -> dict[str, Any]:
    content = message.get("content")
    role = {"developer": "system"}.get(message["role"], message["role"])
    if content is None:
        content = ""  # calls without words
    elif role == "tool" and not isinstance(content, str | list):
        content = json.dumps(content, ensure_ascii=False)
    elif isinstance(content, list):
        content = [{"type": "text", "text": part["text"]} if "text" in part else part for part in content]
    calls = [{**call, "function": _called(call["function"])} for call in message.get("tool_calls") or ()]
    return {**message, "role": role, "content": content, "tool_calls": calls}


def _called(function: dict[str, Any]) -> dict[str, Any]:
    arguments = function["arguments"]
    if isinstance(arguments, str):
        decoded = json.loads(arguments or "{}")
        return {**function, "arguments": decoded if isinstance(decoded, str) else arguments or "{}"}
    return {**function, "arguments": json.dumps(arguments, ensure_ascii=False)}


def _function(function: dict[str, Any]) -> dict[str, Any]:
    """A tool without what is an order to another vendor's server."""
    kept = {key: value for key, value in function.items() if key not in ("strict", "cache_control")}
    added = {"description": "", "parameters": NOTHING}
    return {
        key: value or added.get(key, value) for key, value in {**kept, **{key: kept.get(key) for key in added}}.items()
    }


def check_meaning(body: Any) -> bool:
    """Assert that safe fixes keep the meaning of a request; say whether it was one to tell by."""
    done = fix(body)
    fixed = done.payload
    codes = {finding.code for finding in done.applied}
    if not codes or codes & REPAIRS.keys() or not isinstance(fixed, dict) or not VENDOR.is_valid(fixed):
        return False
    try:
        expected = prompt_of(meant(body))
        actual = prompt_of(fixed)
    except (ValueError, LookupError, TypeError, AttributeError):
        return False  # its template has no words for it, as for arguments that are no JSON
    assert actual == expected, codes
    return True


@pytest.mark.skipif(not NAMES, reason="the shared corpus is not beside this checkout")
def test_recorded_requests() -> None:
    """No recorded request is read in another way after its safe fixes, but for fixes that put right how it is read."""
    lines = [line for name in NAMES for line in (CORPUS / name).read_text("utf-8").splitlines() if line.strip()]
    told = sum(check_meaning(json.loads(line)) for line in lines)
    assert told > 100


@given(faulty_requests())
def test_planted_faults(case: tuple[Any, Any]) -> None:
    """Nor is one with a planted fault."""
    assume(isinstance(case[0], dict) and "messages" in case[0])
    check_meaning(case[0])
