"""Forms that hold messages and are not read: each is known by its name or keys, and what holds no messages is not."""

from __future__ import annotations

import json
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from minimax_validate.cli import cli
from minimax_validate.project.discover import NOTICED
from minimax_validate.project.files import read_stream
from minimax_validate.project.forms import Form, form_of, form_of_file, told

FILES = Path(__file__).parents[3] / "shared" / "files"
COUNTED = {
    "batch/anthropic.jsonl": "1 Anthropic batch",
    "batch/bedrock.jsonl": "1 Bedrock batch",
    "bruno/ask.bru": "1 Bruno request",
    "httprr/TestChat.httprr": "1 httprr recording",
    "evals/promptfooconfig.yaml": "1 promptfoo configuration",
    "evals/openai_evals.jsonl": "1 OpenAI eval",
    "evals/langsmith_dataset.jsonl": "1 LangSmith export",
    "evals/langfuse_export.jsonl": "1 Langfuse export",
    "evals/otel_span.json": "1 OpenTelemetry trace",
    "evals/inspect_log.json": "1 Inspect log",
    "text/lambda_event.json": "1 Lambda event",
    "text/session_wrapped.json": "1 file of another kind",
    "text/ask.json5": "1 JSON5 file",
    "text/ask.toml": "1 TOML file",
    "notebook/ask.ipynb": "",
    "noise/cloudflare_api_response.json": "",
    "noise/openapi_example.yaml": "",
    "noise/vcr_response_only.yaml": "",
    "text/slack_export.json": "",
    "text/i18n_commented.json": "",
    "training/preference.jsonl": "",
}
"""Files beside the checkout, each with what a walk counts it as."""

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
    assert told({notebook: 1}) == "1 file contains messages in an unsupported format: 1 notebook"
    assert told(Counter({notebook: 1, eval_: 1, batch: 2})) == (
        "4 files contain messages in an unsupported format: 2 Bedrock batches, 1 notebook, 1 OpenAI eval"
    )


@pytest.mark.skipif(not FILES.is_dir(), reason="the shared files are not beside this checkout")
@pytest.mark.parametrize("name", COUNTED)
def test_shared_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A walk counts each shared file that holds messages and is not read as what it is, and noise not at all."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / Path(name).name).write_bytes((FILES / name).read_bytes())
    _, counts, kind = CliRunner().invoke(cli, ("check", ".", "--isolated")).output.rpartition("unsupported format: ")
    assert kind.strip() == COUNTED[name] if counts else not COUNTED[name]
