"""Forms that hold messages and are not read: each is known by its name or keys, and what holds no messages is not."""

from __future__ import annotations

import json
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from minimax_validate.project.discover import NOTICED
from minimax_validate.project.files import read_stream
from minimax_validate.project.forms import Form, form_of, form_of_file, told

MESSAGES = [{"role": "user", "content": "Hi"}]
FORMS: dict[str, object] = {
    "notebook": {"cells": [{"source": ["ask(messages=[{'role': 'user'}])"]}], "nbformat": 4},
    "LangSmith export": {"inputs": {"messages": MESSAGES}, "run_type": "llm"},
    "Langfuse export": {"input": MESSAGES, "modelParameters": {}},
    "OpenTelemetry trace": {"resourceSpans": [{"value": json.dumps({"messages": MESSAGES})}]},
    "promptfoo configuration": {"prompts": [MESSAGES], "providers": []},
    "OpenAI eval": {"input": MESSAGES, "ideal": "Hi"},
    "Inspect log": {"eval": {}, "samples": [{"messages": MESSAGES}]},
    "Anthropic batch": {"custom_id": "1", "params": {"messages": MESSAGES}},
    "Bedrock batch": {"recordId": "1", "modelInput": {"messages": MESSAGES}},
    "Lambda event": {"httpMethod": "POST", "body": json.dumps({"messages": MESSAGES})},
    "file of another kind": {"session": 1, "request": {"messages": MESSAGES}},
}
NONE: tuple[object, ...] = (
    {"openapi": "3.1.0", "paths": {"example": {"messages": MESSAGES}}},
    {"session": 1, "request": {"messages": [{"role": "Role"}]}},
    {"success": True, "errors": [], "messages": [], "result": {"role": "user"}},
    {"choices": [{"message": {"role": "assistant", "content": "Hi"}}]},
    {"chosen": MESSAGES, "rejected": MESSAGES},
    "messages: role: user",
    [],
)


def found(name: str, text: str) -> Form | None:
    """The form of the first document of a text."""
    return form_of(next(iter(read_stream(name, BytesIO(text.encode())))))


@pytest.mark.parametrize("form", FORMS)
def test_known_by_its_keys(form: str) -> None:
    """A form is known by keys at the top of a value, or of the first item of an array."""
    for value in (FORMS[form], [FORMS[form]]):
        known = found("a.json", json.dumps(value))
        assert known is not None
        assert known.one == form


@pytest.mark.parametrize("value", NONE)
def test_what_is_no_request_is_not_counted(value: object) -> None:
    """Examples, answers, rows of preferences and words that happen to stand there are no messages that go unread."""
    assert found("a.json", json.dumps(value)) is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('{"messages": [{% for m in all %}{"role": "user", "content": {{ m }}},{% endfor %}]}', "template"),
        ('{"messages": [{"role": "user", "content": "Hi"}', "file of another kind"),
        ("{broken", None),
    ],
)
def test_text_that_cannot_be_read(text: str, form: str | None) -> None:
    """A template is called so; any other text that holds messages and cannot be read is of another kind."""
    known = found("a.json", text)
    assert (known and known.one) == form


@pytest.mark.parametrize("suffix", NOTICED)
def test_known_by_its_name(tmp_path: Path, suffix: str) -> None:
    """Each name that a walk notices is one of a form, if the file holds messages."""
    path = tmp_path / f"ask{suffix}"
    path.write_text("messages: [{role: 'user'}]", "utf-8")
    assert form_of_file(path) is not None
    path.write_text("messages: [{level: 'info'}]", "utf-8")
    assert form_of_file(path) is None
    assert form_of_file(tmp_path / f"gone{suffix}") is None
    assert form_of_file(tmp_path / "ask.txt") is None


def test_told() -> None:
    """Forms are told with their number, the most frequent first, then by name."""
    notebook, batch, eval_ = Form("notebook"), Form("Bedrock batch", "Bedrock batches"), Form("OpenAI eval")
    assert told({}) == ""
    assert told({notebook: 1}) == "1 file holds messages in a form that is not read: 1 notebook"
    assert told(Counter({notebook: 1, eval_: 1, batch: 2})) == (
        "4 files hold messages in a form that is not read: 2 Bedrock batches, 1 notebook, 1 OpenAI eval"
    )
