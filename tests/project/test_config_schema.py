"""The JSON Schema of the configuration agrees with what reads the configuration."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from minimax_validate.json_schema import bundle
from minimax_validate.project.config import ConfigError
from minimax_validate.project.config_file import read_table
from minimax_validate.project.config_schema import config_schema
from minimax_validate.project.keys import BY_NAME, KEYS

ROOT = Path(__file__).parents[2]
SCHEMA = bundle.load(bundle.CONFIG)
VALIDATOR = jsonschema_rs.Draft7Validator(SCHEMA)
_BLOCK = re.compile(r"^```toml\n(.*?)^```", re.DOTALL | re.MULTILINE)


def samples() -> list[str]:
    """The configurations that the documentation shows, each as the text of minimax-validate.toml."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    blocks = [block for page in pages for block in _BLOCK.findall(page.read_text("utf-8"))]
    texts = []
    for block in blocks:
        table: Any = tomllib.loads(block)
        if "minimax-validate" in table.get("tool", {}):
            texts.append(re.sub(r"tool\.minimax-validate\.?", "", block).replace("[]\n", "\n"))
        elif set(table) <= set(BY_NAME):  # the others are of other programs
            texts.append(block)
    return texts


GOOD = (
    "",
    'select = ["ALL"]\nextend-select = ["MM3", "MM110"]\nignore = ["null-content"]\n',
    'exclude = ["a/**", "!b.json"]\ninclude = ["logs/*.txt"]\nassume-model = ["src/*.py"]\n',
    'extend = "base.toml"\nfail-on = "warning"\nfail-on-no-requests = true\nmax-warnings = 0\nredact = false\n',
    'output-format = "json"\nbaseline = "b.json"\ntokenizer = "o200k"\ncontract = "2026-05"\ncontext-window = 1\n',
    "json-schema-name-length = 1\nsmall-token-limit = 1\n",
    '[severity]\nMM110 = "info"\nMM2 = "warning"\n',
    '[per-file-ignores]\n"tests/**" = ["MM1"]\n[ignore-at]\n"a.json#/messages/0" = ["MM110"]\n"#a.json" = []\n',
)
BAD = (
    'selekt = ["MM1"]',
    'select = "MM1"',
    'select = ["MM99"]',
    'select = ["mm110"]',
    "ignore = [7]",
    'severity = { MM999 = "error" }',
    'severity = { MM110 = "fatal" }',
    "severity = 3",
    'contract = "2026-06"',
    'exclude = ["# no pattern"]',
    'exclude = [""]',
    'fail-on = "warnings"',
    "fail-on-no-requests = 1",
    "max-warnings = -1",
    "max-warnings = true",
    'output-format = "concize"',
    'redact = "yes"',
    "baseline = 3",
    'baseline = ""',
    'tokenizer = ""',
    "extend = []",
    'extend = ""',
    'extend = "base.json"',
    "context-window = 0",
    "small-token-limit = 1.5",
    'per-file-ignores = { "!a" = ["MM1"] }',
    'per-file-ignores = { "#a" = ["MM1"] }',
    'ignore-at = { "#/messages" = ["MM110"] }',
    'ignore-at = { "" = ["MM110"] }',
    'ignore-at = { "a.json" = "MM110" }',
    "[tool.minimax-validate]",
)


def is_read(path: Path, text: str) -> bool:
    """Whether a text is a configuration that can be used, as the command sees it."""
    (path.parent / ".git").mkdir(exist_ok=True)
    place = path.parent / "services" / "chat" / path.name  # the sample of extend names a file two folders above
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    try:
        read_table(place)
    except ConfigError:
        return False
    return True


def test_it_is_generated() -> None:
    """The bundled file is what the keys and rules come to."""
    assert json.loads(json.dumps(config_schema(bundle.uri(bundle.CONFIG)))) == SCHEMA
    assert set(SCHEMA["properties"]) == {key.name for key in KEYS}


@pytest.mark.parametrize("text", [*samples(), *GOOD])
def test_good_configurations(tmp_path: Path, text: str) -> None:
    """What the documentation shows, and every key in its forms, is accepted by the schema and by the command."""
    assert is_read(tmp_path / "minimax-validate.toml", text)
    VALIDATOR.validate(tomllib.loads(text))


@pytest.mark.parametrize("text", BAD)
def test_bad_configurations(tmp_path: Path, text: str) -> None:
    """What the command refuses, the schema refuses."""
    assert not is_read(tmp_path / "minimax-validate.toml", text)
    assert not VALIDATOR.is_valid(tomllib.loads(text))


def test_samples_are_found() -> None:
    """The documentation shows configurations, so the test above is not empty."""
    assert len(samples()) >= 3


def test_every_default_is_a_value() -> None:
    """The default of each key that has one is a value that the key accepts."""
    for key in KEYS:
        if "default" in key.schema:
            VALIDATOR.validate({key.name: key.schema["default"]})
