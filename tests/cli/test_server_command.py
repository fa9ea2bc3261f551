"""The command that starts the language server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from minimax_validate.cli import cli

WITHOUT = """
import sys
for name in ("pygls", "lsprotocol", "tomlkit"):
    sys.modules[name] = None
from minimax_validate.cli import main
sys.argv = ["minimax-validate", "server"]
main()
"""


def test_missing_extra_is_named(tmp_path: Path) -> None:
    """Without the extra the command says what to install, and that is misuse."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=tmp_path, check=False, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 2
    assert "pip install 'minimax-validate[server]'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("is_shut_down", "code"), [(True, 0), (False, 1)])
def test_exit_code(monkeypatch: pytest.MonkeyPatch, is_shut_down: bool, code: int) -> None:
    """The command ends with 0 if the editor asked for the end, and else with 1."""
    features = SimpleNamespace(serve=lambda: is_shut_down)
    monkeypatch.setitem(sys.modules, "minimax_validate.server.features", features)
    for arguments in ([], ["--stdio"]):
        assert CliRunner().invoke(cli, ["server", *arguments]).exit_code == code


@pytest.mark.parametrize("name", ["pygls", "pygls.lsp", "lsprotocol.types", "tomlkit"])
def test_extra_that_is_missing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Without one of the packages of the extra the command says what to install."""

    class Missing:
        def __getattr__(self, _: str) -> None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setitem(sys.modules, "minimax_validate.server.features", Missing())
    done = CliRunner().invoke(cli, ["server"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "requires the `server` extra: pip install 'minimax-validate[server]'" in done.stderr


def test_defect_of_ours_is_no_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another module that is missing is not said to be the extra."""
    for name in ("features", "server"):
        monkeypatch.delitem(sys.modules, f"minimax_validate.server.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "minimax_validate.server.projects", None)
    assert isinstance(CliRunner().invoke(cli, ["server"]).exception, ModuleNotFoundError)


def test_editor_that_goes_without_a_word(tmp_path: Path) -> None:
    """When standard input ends, the server ends too, and its exit code says that nobody asked for it."""
    done = subprocess.run(
        [sys.executable, "-m", "minimax_validate", "server"],
        cwd=tmp_path,
        check=False,
        input=b"",
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
