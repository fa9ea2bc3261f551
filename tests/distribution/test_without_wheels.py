"""The library where there are no compiled packages, as in Pyodide and in Python Workers.

The same findings, but for patterns of tools.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TESTS = [
    f"tests/rules/test_{name}.py"
    for name in ("rules", "payloads", "fixtures", "tool_rules", "rule_messages", "not_findings")
]
TESTS += [f"tests/engine/test_{name}.py" for name in ("engine", "fixing", "limits")]
TESTS += [f"tests/texts/test_{name}.py" for name in ("readers", "yaml_reader", "recordings")]
TESTS += [f"tests/request/test_{name}.py" for name in ("pairing", "toolset")]
TESTS += [f"tests/property/test_{name}.py" for name in ("any_value", "laws", "planted_faults", "valid_requests")]

# Lets nothing be imported but the standard library and what Workers have beside it, and checks and mends requests then.
PROGRAM = """
import sys

ALLOWED = {"minimax_validate", "jsonschema", "jsonschema_specifications", "referencing", "rpds"}
ALLOWED |= {"attr", "attrs", "typing_extensions"}

class Blocker:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in ALLOWED and top not in sys.stdlib_module_names:
            raise ModuleNotFoundError(f"No module named {name!r}: it is blocked here", name=name)

sys.meta_path.insert(0, Blocker())

import json
from minimax_validate import InvalidRequestError, check, fix, is_valid, validate
from minimax_validate.testing import assert_valid_request

payload = {"messages": [{"role": "user", "content": None}]}
try:
    validate(payload)
except InvalidRequestError as error:
    told = str(error)
mended = fix(payload, unsafe=True)
assert_valid_request({"messages": [{"role": "user", "content": "Hello"}]})
print(json.dumps({
    "codes": [diagnostic.code for diagnostic in check(payload).diagnostics],
    "valid": [is_valid(payload), is_valid({"messages": [{"role": "user", "content": "Hello"}]})],
    "told": "messages[0].content: MM110 error" in told,
    "mended": mended.payload,
}))
"""


def test_needs_no_more_than_jsonschema() -> None:
    """Checking and mending a payload needs jsonschema and what that needs, and nothing else."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True, cwd=ROOT)
    assert json.loads(done.stdout) == {
        "codes": ["MM110"],
        "valid": [False, True],
        "told": True,
        "mended": {"messages": [{"role": "user", "content": ""}]},
    }


@pytest.mark.slow
def test_same_findings() -> None:
    """All examples of the rules, the fixtures and the laws hold where nothing compiled can be imported."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests")}
    environment.pop("PYTEST_ADDOPTS", None)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-m",
        "not slow",
        "-p",
        "without_wheels",
        "-p",
        "no:cacheprovider",
        *TESTS,
    ]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-10_000:] + done.stderr
