"""The texts of JSONTestSuite.

What must be read is read, what must be refused is one finding, and nothing ends in a crash.
"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from minimax_validate import Validator
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.placed import Finding, place
from minimax_validate.texts.readers.json import READER

TEXTS = Path(__file__).parents[3] / "shared" / "third_party" / "JSONTestSuite" / "test_parsing"
VALIDATOR = Validator()
# Two of the texts that must be read give a key twice.
REPEATS = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts of JSONTestSuite are not beside the project")


def texts(kind: str) -> list[str]:
    """The names of the texts that must be read (y), must be refused (n), or may be either (i)."""
    return sorted(path.name for path in TEXTS.glob(f"{kind}_*.json"))


def read(name: str) -> Document:
    """The one document of a text."""
    (document,) = READER.read(name, BytesIO((TEXTS / name).read_bytes()))
    return document


def findings(name: str) -> tuple[Finding, ...]:
    """All that is found in a text, with places."""
    document = read(name)
    return place(Checked(document, check_document(VALIDATOR, document))).findings


@pytest.mark.parametrize("name", texts("y"))
def test_what_must_be_read_is_read(name: str) -> None:
    """The value is the standard parser's, and the text has no fault but a key that comes again."""
    document = read(name)
    assert repr(document.value) == repr(json.loads((TEXTS / name).read_bytes()))
    assert [fault.diagnostic.code for fault in document.faults] == ["MM004"] * (name in REPEATS)


@pytest.mark.parametrize("name", texts("n"))
def test_what_must_be_refused_is_one_finding(name: str) -> None:
    """There is one finding, of the document's family, with a place."""
    (finding,) = findings(name)
    assert finding.diagnostic.code.startswith("MM0")
    assert finding.diagnostic.message.isprintable()
    line, column, end_line, end_column = finding.location
    assert (1, 1) <= (line, column) <= (end_line, end_column)


@pytest.mark.parametrize("name", texts("i"))
def test_what_may_be_either_ends_in_findings(name: str) -> None:
    """None of these is a request, so each has at least one finding, and none raises."""
    assert findings(name)


def test_the_texts_are_all_there() -> None:
    """A folder that is there is whole, so that no test is empty without anybody noticing."""
    assert [len(texts(kind)) for kind in "yni"] == [95, 188, 35]
