"""The VS Code extension agrees with the package and its pages; its own tests are run by npm (``editors/vscode``)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from minimax_validate import __version__
from minimax_validate.server.kinds import FIX_ALL
from minimax_validate.texts.readers import READERS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "editors" / "vscode"
MANIFEST: dict[str, Any] = json.loads((FOLDER / "package.json").read_text("utf-8"))
LOCK = (FOLDER / "package-lock.json").read_text("utf-8")
CONTRIBUTED = {command["command"] for command in MANIFEST["contributes"]["commands"]} | set(
    MANIFEST["contributes"]["configuration"]["properties"]
)


def test_version() -> None:
    """The extension has the version of the package."""
    assert MANIFEST["version"] == json.loads(LOCK)["packages"][""]["version"] == __version__


def test_licence() -> None:
    """The licence that is packaged is that of the project."""
    assert (FOLDER / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


@pytest.mark.parametrize("page", ["editors/vscode/README.md", "docs/editors.md"])
def test_page(page: str) -> None:
    """A page names all commands and settings, no others, and the action that is made on save."""
    text = (ROOT / page).read_text("utf-8")
    assert set(re.findall(r"`(minimax-validate\.(?!toml|vsix)[\w.]+)`", text)) == CONTRIBUTED
    assert f'"{FIX_ALL}"' in text


def test_commands_are_registered() -> None:
    """Each command of the manifest has a function, and each setting is read."""
    sources = "".join(path.read_text("utf-8") for path in (FOLDER / "src").iterdir())
    for name in CONTRIBUTED - {"minimax-validate.trace.server"}:  # which vscode-languageclient reads
        last = name.removeprefix("minimax-validate.")
        assert f"${{NAME}}.{last}`" in sources or f'get<boolean>("{last}"' in sources, name


def test_languages_start_it() -> None:
    """VS Code starts the extension for each language that it shows the server."""
    selector = (FOLDER / "src" / "selector.ts").read_text("utf-8")
    listed = re.search(r"LANGUAGES = \[(.*?)\]", selector, re.DOTALL)
    assert listed is not None
    languages = re.findall(r'"(\w+)"', listed[1])
    events = {event.removeprefix("onLanguage:") for event in MANIFEST["activationEvents"] if "onLanguage:" in event}
    assert set(languages) == events
    ours = {"shellscript" if name == "shell" else name for name in READERS if name != "notebook"}
    assert ours <= events


def test_lock_file_has_no_addresses() -> None:
    """The packages come from whatever registry is configured, in exactly these versions."""
    assert "resolved" not in LOCK
    assert all(re.fullmatch(r"[\d.]+", version) for version in MANIFEST["devDependencies"].values())
    assert "dependencies" not in MANIFEST
