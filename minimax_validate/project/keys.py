"""Every key of the configuration: what it takes, what it is without it, and what it does.

The reference of settings, the command ``config`` and the JSON Schema of the configuration say the same, from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from minimax_validate.output.formats import FORMATS
from minimax_validate.project.config import EXTEND, MOST_JOBS, PROXY, SEVERITIES
from minimax_validate.values.contracts import APRIL, CONTRACTS
from minimax_validate.values.limits import DEFAULTS

_RULES = {"type": "array", "items": {"$ref": "#/definitions/rule"}}
_PATTERNS = {"type": "array", "items": {"$ref": "#/definitions/pattern"}}
_PATH = {"type": "string", "minLength": 1}
_SWITCH = {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Key:
    """One key; ``kind`` and ``default`` are words for people, ``schema`` is a JSON Schema (draft-07) of its values."""

    name: str
    kind: str
    default: str
    effect: str
    schema: Mapping[str, Any]


def _limit(name: str, unit: str, effect: str) -> Key:
    default = getattr(DEFAULTS, name.replace("-", "_"))
    return Key(name, f"integer, {unit}", f"`{default}`", effect, {"type": "integer", "minimum": 1, "default": default})


def _choice(values: tuple[str, ...], default: str | None = None) -> Mapping[str, Any]:
    return {"type": "string", "enum": list(values), **({"default": default} if default else {})}


KEYS = (
    Key(
        EXTEND,
        "path",
        "none",
        "Use the settings of another configuration file for all keys that are not set here.",
        {"type": "string", "pattern": r"[^/]\.toml$"},
    ),
    Key("select", "list of rules", "every rule whose severity is not info", "Run only these rules.", _RULES),
    Key(
        "extend-select",
        "list of rules",
        "`[]`",
        "Run these rules in addition to the selected ones.",
        {**_RULES, "default": []},
    ),
    Key("ignore", "list of rules", "`[]`", "Do not run these rules.", {**_RULES, "default": []}),
    Key(
        "severity",
        "table: rule to severity",
        "`{}`",
        "Replace the severity of a rule.",
        {
            "type": "object",
            "propertyNames": {"$ref": "#/definitions/rule"},
            "additionalProperties": _choice(tuple(SEVERITIES)),
            "default": {},
        },
    ),
    Key(
        "contract",
        "string",
        f"`{APRIL}`",
        f"The vendor's schema that requests must satisfy: {' or '.join(f'`{name}`' for name in CONTRACTS)}.",
        _choice(CONTRACTS, APRIL),
    ),
    Key(
        "exclude",
        "list of patterns",
        "`[]`",
        "Skip these files and directories. Patterns work as in `.gitignore`.",
        {**_PATTERNS, "default": []},
    ),
    Key(
        "include",
        "list of patterns",
        "`[]`",
        "When a directory is searched, check only files that match one of these patterns.",
        {**_PATTERNS, "default": []},
    ),
    Key(
        "assume-model",
        "list of patterns",
        "`[]`",
        "Assume that requests in these files are for this model even if they do not name it.",
        {**_PATTERNS, "default": []},
    ),
    Key(
        "fail-on",
        "string",
        "`error`",
        "Exit with 1 if a finding has this severity or a higher one.",
        _choice(tuple(SEVERITIES), "error"),
    ),
    Key(
        "fail-on-no-requests",
        "boolean",
        "`false`",
        "Exit with 1 if no request is found.",
        {**_SWITCH, "default": False},
    ),
    Key(
        "max-warnings",
        "integer",
        "no limit",
        "Exit with 1 if there are more warnings than this.",
        {"type": "integer", "minimum": 0},
    ),
    Key(
        "jobs",
        "integer",
        "all cores for much input, 1 for little",
        "Check in this many processes at once.",
        {"type": "integer", "minimum": 1, "maximum": MOST_JOBS},
    ),
    Key(
        "output-format",
        "string",
        "`text`; `github` in GitHub Actions",
        "Write findings in this format.",
        _choice(tuple(FORMATS)),
    ),
    Key(
        "redact",
        "boolean",
        "set by the output format",
        "Show only short excerpts of the text of requests.",
        _SWITCH,
    ),
    Key("baseline", "path", "none", "Ignore the findings that this file lists.", _PATH),
    Key("tokenizer", f"path or `{PROXY}`", "none", "Count tokens with this `tokenizer.json`.", _PATH),
    _limit("context-window", "tokens", "The context window that MM701 to MM703 compare with."),
    _limit("json-schema-name-length", "characters", "The longest name that MM122 accepts."),
    _limit("small-token-limit", "tokens", "MM606 reports completion limits below this."),
    Key(
        "per-file-ignores",
        "table: pattern to list of rules",
        "`{}`",
        "Ignore rules in some files.",
        {
            "type": "object",
            "propertyNames": {"pattern": r"^[^!#][\s\S]*$"},
            "additionalProperties": _RULES,
            "default": {},
        },
    ),
    Key(
        "ignore-at",
        "table: `file#/pointer` to list of rules",
        "`{}`",
        "Ignore rules at one place of a file, written as a JSON Pointer.",
        {
            "type": "object",
            "propertyNames": {"pattern": r"^(?!#/)[\s\S]"},
            "additionalProperties": _RULES,
            "default": {},
        },
    ),
)
"""All of them, in the order of the reference."""

BY_NAME: Mapping[str, Key] = MappingProxyType({key.name: key for key in KEYS})
