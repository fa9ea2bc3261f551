"""What a clean request needs is all that its check loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import json, sys
from click.testing import CliRunner
from minimax_validate.cli import cli

done = CliRunner().invoke(cli, ["check", "a.json"])
print(json.dumps([done.exit_code, list(sys.modules)]))
"""
CALL = {"name": "find", "arguments": '{"city": "Oslo"}'}
TOOL = {
    "name": "find",
    "description": "Find a city.",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}
REQUEST = {
    "messages": [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "", "tool_calls": [{"id": "a", "type": "function", "function": CALL}]},
        {"role": "tool", "tool_call_id": "a", "content": "here"},
    ],
    "tools": [{"type": "function", "function": TOOL}],
    "max_tokens": 500,
}
FOR_FEW = (
    "jsonschema",
    "minimax_validate.json_schema.pattern_size",
    "minimax_validate.request.dialects",
    "minimax_validate.request.endpoints",
    "minimax_validate.request.foreign_parameters",
    "minimax_validate.request.pairing",
    "minimax_validate.rules.contract",
    "minimax_validate.rules.history",
    "minimax_validate.rules.messages",
    "minimax_validate.rules.parameters",
    "minimax_validate.source_code",
    "minimax_validate.texts.readers.bodies",
    "minimax_validate.texts.source",
    "minimax_validate.tokens",
)
"""What is there for faulty requests, for requests in other dialects, for long ones, for recordings and for programs."""


def test_check_of_a_clean_file_loads_little(tmp_path: Path) -> None:
    """A check of a clean file loads nothing that is there for few requests: each module is time at every start."""
    (tmp_path / "a.json").write_text(json.dumps(REQUEST), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    code, loaded = json.loads(done.stdout)
    assert code == 0
    assert [name for name in loaded if name.startswith(FOR_FEW)] == []
