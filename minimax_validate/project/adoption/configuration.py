"""The configuration of a repository: a table in its ``pyproject.toml`` if it has one, else a file of its own.

A Python project keeps the settings of its tools in ``pyproject.toml``, and needs no further file for this one. Other
projects get ``minimax-validate.toml``, whose first line names the schema for editors.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from minimax_validate.project.adoption.proposal import SITE, Proposal, line_end_of, text_of
from minimax_validate.project.adoption.survey import Survey
from minimax_validate.project.config import OWN_FILE, SHARED_FILE, TABLE, ConfigError
from minimax_validate.project.config_search import find_config

_SCHEMA = "https://raw.githubusercontent.com/minimax-validate/minimax-validate/main/schemas/config.json"

_KEYS = f"""\
# All settings: {SITE}/settings/

# Exit with 1 if a finding has this severity or a higher one: error, warning or info.
fail-on = "error"

# Skip these files and directories. Patterns work as in .gitignore.
exclude = []
"""


def configuration(found: Survey) -> Proposal:
    """The file that holds the configuration.

    Raises:
        CannotProposeError: it cannot be read.
    """
    own, shared = found.root / OWN_FILE, found.root / SHARED_FILE
    if known := text_of(own):
        return Proposal(own, known[0], known[0], "the configuration is there already")
    known = text_of(shared)
    if known is None:
        return Proposal(own, None, f"#:schema {_SCHEMA}\n{_KEYS}", f"the configuration; there is no {SHARED_FILE}")
    text, read = known
    table = _table(text)
    if table is not None and isinstance(table.get("tool"), dict) and TABLE in table["tool"]:
        return Proposal(shared, text, text, f"the table [tool.{TABLE}] is there already")
    after = _with_table(text)
    if table is None or not _adds(table, after):
        why = f"the configuration; no table can be added to {SHARED_FILE}"
        return Proposal(own, None, f"#:schema {_SCHEMA}\n{_KEYS}", why)
    return Proposal(shared, text, after, f"the table [tool.{TABLE}], next to the settings of other tools", read)


def _table(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _with_table(text: str) -> str:
    end = line_end_of(text)
    gap = "" if not text else end if text.endswith("\n") else 2 * end
    return text + gap + f"[tool.{TABLE}]\n{_KEYS}".replace("\n", end)


def _adds(before: dict[str, Any], text: str) -> bool:
    """Whether a text says the same as before, and has our table."""
    after = _table(text)
    if after is None or not isinstance(after.get("tool"), dict):
        return False
    ours = after["tool"].pop(TABLE, None)
    if "tool" not in before and not after["tool"]:
        del after["tool"]
    return ours is not None and after == before


def nearest_above(root: Path) -> Path | None:
    """A configuration in a folder above, which the new one takes the place of; None for none."""
    try:
        return find_config(root.parent).path
    except ConfigError as error:
        return error.path
