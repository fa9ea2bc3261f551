"""Configuration files: a file is read or its problems are said, and what was read can be shown and read again."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from fuzz.harness import Harness, LawError, Seen, expect
from minimax_validate import Validator
from minimax_validate.engine.selection import NoRuleError, UnknownSelectorError
from minimax_validate.project.config import ConfigError
from minimax_validate.project.config_file import read_table
from minimax_validate.project.options import Given, resolve, shown

_TABLE = b"""select = ["ALL"]
extend-select = ["MM3"]
ignore = ["MM110", "null-content"]
exclude = ["a/**", "*.bak.json"]
include = ["logs/*.txt"]
assume-model = ["src/*.py"]
fail-on = "warning"
fail-on-no-requests = true
max-warnings = 3
output-format = "json"
redact = true
baseline = "b.json"
contract = "2026-05"
context-window = 1000
[severity]
MM110 = "info"
[per-file-ignores]
"tests/**" = ["MM1"]
[ignore-at]
"a.json#/messages/0" = ["MM110"]
"""
_SHARED = b"[project]\nname = 'a'\n[tool.minimax-validate]\n"
_SEEDS = (
    *(b"\x00" + _TABLE, b"\x01" + _SHARED + _TABLE.split(b"[severity]")[0]),
    *(
        b"\x01[tool.minimax_validate]\n",
        b"\x00exclude = ['x[w-f]y']\n",
        b"\x00[per-file-ignores]\n'x[w-f]y' = ['MM1']\n",
    ),
    *(b"\x00" + line + b"\n" for line in _TABLE.split(b"\n") if b"=" in line),
)


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


def _run(data: bytes) -> Seen:
    if not data:
        return None
    path = _folder() / ("pyproject.toml" if data[0] % 2 else "minimax-validate.toml")
    path.write_bytes(data[1:])
    try:
        config = read_table(path)
    except ConfigError as error:
        lines = data[1:].count(b"\n") + 1
        expect(all(1 <= problem.line <= lines for problem in error.problems), "a problem has a line of the file")
        return frozenset(problem.message[:12] for problem in error.problems)
    if config is None:
        return None
    options = resolve(Given(), config)
    with suppress(NoRuleError, UnknownSelectorError):
        Validator(options.settings)
    other = path.with_name("shown.toml")
    other.write_text(shown(options), "utf-8")
    try:
        again = read_table(other)
    except ConfigError as error:
        raise LawError(f"what is shown can be read: {error}") from error
    same = again is not None and shown(resolve(Given(), replace(again, path=path, origins={}))) == shown(options)
    expect(same, "and says the same")
    return frozenset(name for name in type(config).__dataclass_fields__ if getattr(config, name))


HARNESS = Harness("configuration", lambda: _SEEDS, _run)
