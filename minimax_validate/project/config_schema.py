"""The JSON Schema (draft-07) of a configuration, for editors: from the keys, the rules and the formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minimax_validate.engine.selection import EVERY
from minimax_validate.project.keys import KEYS
from minimax_validate.rules.catalogue import RULES

_PAGE = "https://minimax-validate.github.io/minimax-validate/settings/"


def config_schema(address: str) -> dict[str, Any]:
    """The schema, which calls itself by an address.

    It is that of ``minimax-validate.toml``, and of the table ``tool.minimax-validate`` of a ``pyproject.toml``.
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": address,
        "title": "Configuration of minimax-validate",
        "description": f"Settings of minimax-validate.\n{_PAGE}",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key.name: {"description": key.effect.replace("`", ""), **key.schema}
            for key in sorted(KEYS, key=lambda key: key.name)
        },
        "definitions": {
            "pattern": {
                "description": "A pattern as in .gitignore, relative to the directory of the configuration.",
                "type": "string",
                "pattern": r"^[^#]",
                "minLength": 1,
            },
            "rule": {
                "description": "A rule by its code, a prefix of codes, its name, or ALL.",
                "type": "string",
                "enum": list(_selectors()),
            },
        },
    }


def _selectors() -> Iterator[str]:
    yield EVERY
    yield from sorted({rule.code[:end] for rule in RULES for end in range(2, len(rule.code) + 1)})
    yield from sorted(rule.name for rule in RULES)
