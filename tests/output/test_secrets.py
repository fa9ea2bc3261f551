"""No secret of a request gets out of a redacted run: by no format, no warning, no baseline, whatever it stands in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from test_redact import SECRET, SECRETS, TALKATIVE, assert_kept, hidden, is_json, texts

from minimax_validate.cli import cli
from minimax_validate.output.formats import FORMATS
from minimax_validate.strategies import faulty_requests

MODEL = "minimax/m2.7"


def _python(payload: Any) -> str:
    return f"client.chat.completions.create(**{payload!r})\nenv.AI.run({MODEL!r}, {payload!r})\n"


def _typescript(payload: Any) -> str:
    return f"const model = '{MODEL}';\nconst answer = await env.AI.run('{MODEL}', {json.dumps(payload)});\n"


def _har(payload: Any) -> str:
    post = {"mimeType": "application/json", "text": json.dumps(payload)}
    request = {"method": "POST", "url": "https://a/v1/chat/completions", "headers": [], "postData": post}
    return json.dumps({"log": {"version": "1.2", "entries": [{"request": request}]}})


def _notebook(payload: Any) -> str:
    cells = [
        {"cell_type": "code", "source": _python(payload).splitlines(keepends=True), "metadata": {}, "outputs": []},
        {"cell_type": "markdown", "source": _markdown(payload), "metadata": {}},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _markdown(payload: Any) -> str:
    return f"# {MODEL}\n\n```json\n{json.dumps(payload, indent=1)}\n```\n\n```python\n{_python(payload)}```\n"


def _shell(payload: Any) -> str:
    quoted = json.dumps(payload).replace("'", "'\\''")
    return f"curl https://a/v1/chat/completions -H 'content-type: application/json' -d '{quoted}'\n"


def _http(payload: Any) -> str:
    return f"POST https://a/v1/chat/completions\nContent-Type: application/json\n\n{json.dumps(payload)}\n"


KINDS: dict[str, Callable[[Any], str]] = {
    "a.json": json.dumps,
    "a.jsonl": lambda payload: f"{json.dumps(payload)}\n" * 2,
    "a.yaml": lambda payload: json.dumps(payload) + f"  # minimax-validate: ignore[{SECRET}]\n",
    "a.jsonc": lambda payload: json.dumps(payload, indent=1) + f" // minimax-validate: ignore[{SECRET}]\n",
    "a.har": _har,
    "a.ipynb": _notebook,
    "a.md": _markdown,
    "a.sh": _shell,
    "a.http": _http,
    "a.py": _python,
    "a.ts": _typescript,
}


def said(kind: str, payload: Any) -> str:
    """Everything that redacted runs say and write of a request in a kind of file, with the texts that JSON spells."""
    with TemporaryDirectory() as name, mock.patch("os.getcwd", return_value=name):
        folder = Path(name)
        file = folder / kind
        file.write_text(KINDS[kind](payload), "utf-8", "surrogatepass")
        every = [f"--output={each}={folder / each}" for each in FORMATS]
        common = ["check", str(file), "--select=ALL", "--redact", f"--baseline={folder / 'baseline'}"]
        done = [
            CliRunner().invoke(cli, [*common[:4], *every]),
            CliRunner().invoke(cli, [*common, "--write-baseline"]),
        ]
        written = [(folder / each).read_text("utf-8") for each in (*FORMATS, "baseline")]
        # Nothing of the baseline occurs any more: all of it is told.
        file.write_text(KINDS[kind]({"messages": [{"role": "user", "content": "Hi."}], "model": MODEL}), "utf-8")
        done += [CliRunner().invoke(cli, common), CliRunner().invoke(cli, [*common[:4], "--fix", "--show-fixes"])]
    assert all(each.exit_code in (0, 1) for each in done), done
    spelled = (
        text for report in ("json", "sarif", "gitlab") for text in texts(json.loads(written[FORMATS.index(report)]))
    )
    return "\n".join((*written, *(each.output for each in done), *spelled))


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_full_of_secrets(kind: str) -> None:
    """A secret at every place is kept in every kind of file."""
    output = said(kind, {**TALKATIVE, "model": MODEL} if kind in ("a.md", "a.py", "a.ts", "a.ipynb") else TALKATIVE)
    assert "MM1" in output
    assert_kept(SECRET, output)


@given(kind=st.sampled_from(sorted(KINDS)), case=faulty_requests().filter(is_json), secret=SECRETS, data=st.data())
def test_no_secret_at_any_place(kind: str, case: Any, secret: str, data: st.DataObject) -> None:
    """A long text in the place of any key or value is kept in every kind of file."""
    payload, _ = case
    copies = hidden(payload, secret) if isinstance(payload, dict) else []
    if copies:
        assert_kept(secret, said(kind, data.draw(st.sampled_from(copies))))
