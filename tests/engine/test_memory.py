"""A check that runs out of memory raises or finds everything: with less memory there are not fewer findings."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from minimax_validate import Settings, Validator
from minimax_validate.engine import validator as validator_module
from minimax_validate.json_schema import embedded
from minimax_validate.json_schema.faults import keywords
from minimax_validate.request import toolset
from minimax_validate.values.contracts import BodyFormat

TOO_LONG: dict[str, Any] = {"messages": [{"role": "user", "content": "fjord and glacier, " * 40_000}]}


def without_memory(*_: object, **__: object) -> Any:
    """What happens where there is none left."""
    raise MemoryError


class Starved:
    """An engine that takes a schema, and has no memory for values."""

    is_valid = staticmethod(without_memory)
    violations = staticmethod(without_memory)


def with_tool(schema: dict[str, Any], arguments: object) -> dict[str, Any]:
    """A request with a call of a tool, whose result has come."""
    tool = {"type": "function", "function": {"name": "measure", "description": "Measure it.", "parameters": schema}}
    call = {"id": "1", "type": "function", "function": {"name": "measure", "arguments": json.dumps(arguments)}}
    return {
        "messages": [
            {"role": "user", "content": "How deep is the lock?"},
            {"role": "assistant", "content": "", "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "1", "content": "4 m"},
        ],
        "tools": [tool],
    }


def of_object(name: str) -> dict[str, Any]:
    """A schema that no test has had before."""
    return {"type": "object", "properties": {name: {"type": "integer"}}, "required": [name]}


def test_the_whole_check_takes_the_place_of_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proof that memory runs out in is none: all rules are asked."""
    monkeypatch.setattr(validator_module, "features", without_memory)
    assert [finding.code for finding in Validator().check(TOO_LONG).diagnostics] == ["MM701"]


@pytest.mark.parametrize(
    ("name", "starve"),
    [
        ("made ready", lambda patch: patch.setattr(embedded, "engine_of", without_memory)),
        ("asked", lambda patch: patch.setattr(embedded, "engine_of", lambda _: Starved)),
    ],
)
def test_schemas_of_tools(
    name: str, starve: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Arguments are not taken to fit a schema that memory is missing for, and the next check has them against it."""
    payload = with_tool(of_object(name), {name: "deep"})
    with monkeypatch.context() as patch:
        starve(patch)
        with pytest.raises(MemoryError):
            Validator().check(payload)
        # The engine that stands in.
        embedded.compiled.forget()
        toolset._KEPT.clear()
    assert [finding.pointer[:3] for finding in Validator().check(payload).diagnostics] == [
        ("messages", 1, "tool_calls")
    ]


def test_a_schema_that_could_not_be_made_ready_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What memory was missing for is made anew, as soon as there is some."""
    schema = of_object("remembered")
    with monkeypatch.context() as patch:
        patch.setattr(embedded, "engine_of", without_memory)
        with pytest.raises(MemoryError):
            embedded.compiled(schema)
    assert not embedded.compiled(schema).passes({"remembered": "deep"}, 21)


def test_faults_of_schemas(monkeypatch: pytest.MonkeyPatch) -> None:
    """A schema is not taken to be sound where the metaschema could not be asked."""
    monkeypatch.setattr(keywords, "metaschema", lambda: without_memory)
    with pytest.raises(MemoryError):
        Validator().check(with_tool({"type": "obect", "title": "of memory"}, {}))


def test_a_proof_that_fails_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proof of a parsed value that memory runs out in says no, so that the value is checked."""
    value = {"messages": [{"role": "user", "content": "a"}]}
    encoded = json.dumps(value, separators=(",", ":")).encode()
    assert Validator().proves(value, encoded)
    monkeypatch.setattr(validator_module, "features", without_memory)
    assert not Validator().proves(value, encoded)


@pytest.mark.parametrize("contract", ["2026-05"])
def test_bodies_of_the_other_format_are_not_proven(contract: str) -> None:
    """Nothing is proven of a body that is read as one of the Messages format, parsed or not."""
    value = {"messages": [{"role": "user", "content": "a"}], "max_tokens": 5}
    validator = Validator(Settings(contract=contract), body_format=BodyFormat.MESSAGES)
    assert not validator.proves(value, json.dumps(value).encode())
