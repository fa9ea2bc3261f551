"""What is to become of one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from minimax_validate.project.atomic import Signature
from minimax_validate.values.wording import words_of_os_error

REPOSITORY = "https://github.com/minimax-validate/minimax-validate"
SITE = "https://minimax-validate.github.io/minimax-validate"


class CannotProposeError(Exception):
    """A file that is to be left as it is; the text of the exception says why, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file with its text before, None if it does not exist, and after; both are equal if all is there already.

    ``why`` is what is said of it. ``read`` is the signature that a file had when it was read.
    """

    path: Path
    before: str | None
    after: str
    why: str
    read: Signature | None = None

    @property
    def is_needed(self) -> bool:
        """Whether anything changes."""
        return self.before != self.after


def text_of(path: Path) -> tuple[str, Signature] | None:
    """The text of a file, None if there is none.

    Raises:
        CannotProposeError: it cannot be read.
    """
    if not path.exists() and not path.is_symlink():
        return None
    if not path.is_file():
        raise CannotProposeError("it is not a regular file")
    try:
        with path.open("rb") as stream:
            signature = Signature.of(path.stat())
            return stream.read().decode(), signature
    except UnicodeDecodeError as error:
        raise CannotProposeError("it is not UTF-8 text") from error
    except OSError as error:
        raise CannotProposeError(f"it cannot be read: {words_of_os_error(error)}") from error


def line_end_of(text: str) -> str:
    """How lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"
