"""The request files under ``fixtures``.

The valid ones have no findings, the invalid ones exactly those that are written beside them. With ``UPDATE_FIXTURES=1``
in the environment the expected findings are written anew; read the difference before it is kept.
"""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path

import pytest

from minimax_validate import Validator
from minimax_validate.output.formats.concise import Format
from minimax_validate.output.formats.writer import Style
from minimax_validate.project.checking import check_file
from minimax_validate.project.discover import Filters, Found, discover
from minimax_validate.project.files import display_name
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.texts.placed import place

FIXTURES = Path(__file__).parents[2] / "fixtures"
VALID = FIXTURES / "valid"
INVALID = FIXTURES / "invalid"
VALIDATOR = Validator()
UPDATE = bool(os.environ.get("UPDATE_FIXTURES"))


def files(folder: Path) -> list[Path]:
    """The files of a folder that a walk picks up."""
    return [Path(found.path) for found in discover([os.fspath(folder)], Filters(folder))]


def findings(path: Path) -> str:
    """What the command says of a file in its ``concise`` format, without the file's name."""
    stream = StringIO()
    concise = Format(BY_CODE, stream, Style())
    for checked in check_file(Found(path, named=False), VALIDATOR):
        concise.write(place(checked))
    name = f"{display_name(path)}:"
    return "".join(line.removeprefix(name) for line in stream.getvalue().splitlines(keepends=True))


def expected(path: Path) -> Path:
    """The file of expected findings that belongs to an invalid request file."""
    return path.with_name(f"{path.name}.findings.txt")


@pytest.mark.parametrize("path", files(VALID), ids=lambda path: path.name)
def test_valid(path: Path) -> None:
    """A valid file holds requests, and the rules that are on by default find nothing in them."""
    assert list(check_file(Found(path, named=False), VALIDATOR)), "passed over: it holds nothing like a request"
    assert findings(path) == ""


@pytest.mark.parametrize("path", files(INVALID), ids=lambda path: path.name)
def test_invalid(path: Path) -> None:
    """An invalid file gets the findings that are written beside it, in their words, at their places, and no other."""
    found = findings(path)
    if UPDATE:
        expected(path).write_bytes(found.encode())
    assert found, "nothing was found in it"
    assert found == expected(path).read_text("utf-8")


def test_no_stray_files() -> None:
    """Every file of expected findings belongs to a request file, and there are no others."""
    assert {path for path in VALID.iterdir() if path.is_file()} == set(files(VALID))
    requests = files(INVALID)
    assert {path for path in INVALID.iterdir() if path.is_file()} == {*requests, *map(expected, requests)}
