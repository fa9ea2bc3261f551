"""Where shells look for the completion of a command in the user's own directories."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import click

from minimax_validate.project.atomic import writing
from minimax_validate.values.wording import words_of_os_error


@dataclass(frozen=True, slots=True)
class Place:
    """The file that a shell loads, and what a user still has to do."""

    path: Path
    hint: str


def _directory(environment: Mapping[str, str], variable: str, home: Path, default: str) -> Path:
    """A directory of the XDG base directory specification, which has relative ones ignored."""
    named = Path(environment.get(variable, ""))
    return named if named.is_absolute() else home / default


def _bash(program: str, environment: Mapping[str, str], home: Path) -> Place:
    data = _directory(environment, "XDG_DATA_HOME", home, ".local/share") / "bash-completion"
    folder = _directory(environment, "BASH_COMPLETION_USER_DIR", home, str(data)) / "completions"
    path = folder / program
    return Place(
        path,
        f"Start a new shell. The package bash-completion loads the file; without it, add to ~/.bashrc:\n  . '{path}'",
    )


def _zsh(program: str, environment: Mapping[str, str], home: Path) -> Place:
    folder = _directory(environment, "XDG_DATA_HOME", home, ".local/share") / "zsh" / "site-functions"
    return Place(
        folder / f"_{program}",
        f"Add to ~/.zshrc, before compinit, and start a new shell:\n  fpath=('{folder}' $fpath)",
    )


def _fish(program: str, environment: Mapping[str, str], home: Path) -> Place:
    folder = _directory(environment, "XDG_CONFIG_HOME", home, ".config") / "fish" / "completions"
    return Place(folder / f"{program}.fish", "Start a new shell.")


_PLACES: Mapping[str, Callable[[str, Mapping[str, str], Path], Place]] = MappingProxyType(
    {"bash": _bash, "zsh": _zsh, "fish": _fish}
)


def place_of(shell: str, program: str, environment: Mapping[str, str]) -> Place:
    """The place of the completion of a program.

    Raises:
        ClickException: the user has no home directory.
    """
    try:
        home = Path.home()
    except RuntimeError as error:
        raise click.ClickException("the home directory is not known; set HOME") from error
    return _PLACES[shell](program, environment, home)


def install(place: Place, script: str, mark: str) -> bool:
    """Write the script, and return whether that changed anything; ``mark`` is what each script of ours holds.

    Raises:
        ClickException: it cannot be written, or the file is somebody else's.
    """
    text = f"{script.strip()}\n"
    try:
        if place.path.exists():
            known = place.path.read_text("utf-8", "replace")
            if known == text:
                return False
            if mark not in known:
                raise click.ClickException(
                    f"{place.path} is not a completion script of this command; move it, and try again"
                )
        place.path.parent.mkdir(parents=True, exist_ok=True)
        with writing(place.path) as stream:
            stream.write(text.encode())
    except OSError as error:
        raise click.ClickException(f"{place.path} cannot be written: {words_of_os_error(error)}") from error
    return True
