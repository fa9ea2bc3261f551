"""``completion SHELL --install``: the file is where the shell looks for it, and the shell completes by it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli

PLACES = {
    "bash": ".local/share/bash-completion/completions/minimax-validate",
    "zsh": ".local/share/zsh/site-functions/_minimax-validate",
    "fish": ".config/fish/completions/minimax-validate.fish",
}
BIN = os.fspath(Path(sys.executable).parent)
BASH_COMPLETION = Path("/usr/share/bash-completion/bash_completion")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home directory of a user who has set nothing else."""
    home = tmp_path / "the home"
    home.mkdir()
    monkeypatch.setenv("HOME", os.fspath(home))
    monkeypatch.setenv("USERPROFILE", os.fspath(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "BASH_COMPLETION_USER_DIR"):
        monkeypatch.delenv(name, raising=False)
    return home


def install(shell: str) -> Result:
    """The command, run in this process."""
    return CliRunner().invoke(cli, ("completion", shell, "--install"))


def shell_of(name: str) -> str:
    """The path of a shell."""
    path = shutil.which(name)
    if path is None or shutil.which("minimax-validate", path=BIN) is None:
        pytest.skip(f"{name} or the command is not installed")
    return path


def run(shell: str, script: str) -> str:
    """What a script prints, with the command on the path."""
    path = os.pathsep.join((BIN, os.environ["PATH"]))
    done = subprocess.run(
        [shell, *(("--norc", "--noprofile") if shell.endswith("bash") else ()), "-c", script],
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("shell", PLACES)
def test_places(home: Path, shell: str) -> None:
    """The script goes to the user's directory of the shell, and the command says where; once more changes nothing."""
    path = home / PLACES[shell]
    done = install(shell)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"wrote {path}\n")
    assert path.read_text("utf-8").strip() == CliRunner().invoke(cli, ("completion", shell)).stdout.strip()
    assert install(shell).stdout.startswith(f"unchanged: {path}\n")
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("shell", "variable", "value", "expected"),
    [
        ("bash", "XDG_DATA_HOME", "{}/data", "{}/data/bash-completion/completions/minimax-validate"),
        ("bash", "BASH_COMPLETION_USER_DIR", "{}/own", "{}/own/completions/minimax-validate"),
        ("bash", "XDG_DATA_HOME", "relative", "{}/the home/" + PLACES["bash"]),
        ("zsh", "XDG_DATA_HOME", "{}/data", "{}/data/zsh/site-functions/_minimax-validate"),
        ("fish", "XDG_CONFIG_HOME", "{}/config", "{}/config/fish/completions/minimax-validate.fish"),
    ],
)
def test_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: str, variable: str, value: str, expected: str
) -> None:
    """The variables that shells go by are heeded, relative directories are not."""
    monkeypatch.setenv(variable, value.format(tmp_path))
    assert install(shell).exit_code == 0
    assert Path(expected.format(tmp_path)).is_file()


def test_an_older_script_is_replaced(home: Path) -> None:
    """A script of another version is replaced, somebody else's file is not."""
    path = home / PLACES["fish"]
    path.parent.mkdir(parents=True)
    path.write_text("# _MINIMAX_VALIDATE_COMPLETE, as it was\n", "utf-8")
    assert install("fish").stdout.startswith("wrote ")
    path.write_text("# mine\n", "utf-8")
    done = install("fish")
    assert (done.exit_code, path.read_text("utf-8")) == (1, "# mine\n")
    assert "is not a completion script of this command" in done.stderr


def test_a_directory_that_cannot_be_made(home: Path) -> None:
    """A file in the place of a directory is told."""
    (home / ".config").write_text("", "utf-8")
    done = install("fish")
    assert done.exit_code != 0
    assert "cannot be written" in done.stderr


def test_bash_completes(home: Path) -> None:
    """Bash itself completes commands, rules and settings by the file."""
    bash = shell_of("bash")
    install("bash")
    script = f"""
. '{home / PLACES["bash"]}'
complete -p minimax-validate
COMP_WORDS=(minimax-validate {{}}) COMP_CWORD={{}}
_minimax_validate_completion minimax-validate
printf '%s\\n' "${{{{COMPREPLY[@]}}}}"
"""
    assert run(bash, script.format("com", 1)).splitlines()[1:] == ["completion"]
    assert run(bash, script.format("rule null-c", 2)).splitlines()[1:] == ["null-content"]
    assert run(bash, script.format("config fail-on-", 2)).splitlines()[1:] == ["fail-on-no-requests"]


@pytest.mark.skipif(not BASH_COMPLETION.exists(), reason="the package bash-completion is not installed")
def test_bash_completion_finds_the_file() -> None:
    """The package bash-completion loads the file when the command is completed for the first time."""
    bash = shell_of("bash")
    install("bash")
    load = "_comp_load minimax-validate 2>/dev/null || _completion_loader minimax-validate"
    assert "-F _minimax_validate_completion minimax-validate" in run(
        bash, f". {BASH_COMPLETION}; {load}; complete -p minimax-validate"
    )


def test_zsh_finds_the_file(home: Path) -> None:
    """Zsh takes the function for the command's after the line that is printed."""
    zsh = shell_of("zsh")
    line = install("zsh").stdout.splitlines()[-1].strip()
    assert run(zsh, f"{line}\nautoload -U compinit; compinit -u -D; print $_comps[minimax-validate]") == (
        "_minimax-validate\n"
    )
    assert home.as_posix() in line


def test_fish_completes() -> None:
    """Fish finds the file by itself, and completes by it."""
    fish = shell_of("fish")
    install("fish")
    assert "completion" in run(fish, "complete -C 'minimax-validate com'")


def test_home_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a home directory there is no place for the script, and the command says what to set."""

    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", unknown)
    done = install("bash")
    assert done.exit_code == 1
    assert done.stderr == "Error: the home directory is not known; set HOME\n"


def completed(line: str) -> list[str]:
    """What a shell offers for the word behind a line."""
    words = {"_MINIMAX_VALIDATE_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    done = CliRunner().invoke(cli, [], env=words, prog_name="minimax-validate")
    return [offered.partition(",")[2] for offered in done.stdout.split()]


def test_names_of_schemas_are_completed() -> None:
    """Behind ``schema`` the shell offers the names of the schemas that begin so."""
    assert completed("minimax-validate schema con") == ["config.json"]


def test_unknown_command_has_no_completion() -> None:
    """Behind a word that is no command, the shell is offered commands alone, and nothing is raised."""
    assert "check" in completed("minimax-validate ")
    assert completed("minimax-validate chekc --fi") == []
