"""Recorded requests.

What was healthy elsewhere stays free of false alarms, and the contract's verdict is the vendor's schema's. The bodies
were sent to other vendors, so the contract refuses many of them, and rightly. Histories that were answered with status
200 are another matter: they pair their calls and results as all vendors want it.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from minimax_validate import Severity, Validator
from minimax_validate.json_schema import bundle
from minimax_validate.project.discover import Found
from minimax_validate.project.files import read_file
from minimax_validate.texts.checked import check_document
from minimax_validate.texts.document import ABSENT, Document

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
INDEX = CORPUS / "index.jsonl"
NAMES = sorted(path.name for path in CORPUS.glob("*.jsonl") if path != INDEX)
VENDOR: dict[str, Any] = bundle.load("minimax-m2.7/vendor.json")

EXPLAINED: dict[tuple[str, int, str], str] = {}
"""Errors in histories of bodies that were answered with 200, by corpus, line and code, each with its reason."""

pytestmark = pytest.mark.skipif(not INDEX.is_file(), reason="the shared corpus is not beside this checkout")

VALIDATOR = Validator()


@cache
def documents(name: str) -> tuple[Document, ...]:
    """The documents of one corpus file, as the command reads them."""
    return tuple(read_file(Found(CORPUS / name, named=True)))


@cache
def recorded() -> dict[tuple[str, int], dict[str, Any]]:
    """What was recorded of each body, by corpus and line."""
    records = map(json.loads, INDEX.read_text("utf-8").splitlines())
    return {(record["corpus"], record["line"]): record for record in records}


@pytest.mark.parametrize("name", NAMES)
def test_reader_takes_every_line(name: str) -> None:
    """Each line is a document of its own, without a fault, and holds what the standard library reads there."""
    lines = (CORPUS / name).read_text("utf-8").split("\n")
    numbered = [(number, json.loads(line)) for number, line in enumerate(lines, 1) if line.strip()]
    assert [(document.source.first_line, document.value) for document in documents(name)] == numbered
    assert not any(document.faults for document in documents(name))
    assert {(name, number) for number, _ in numbered} == {place for place in recorded() if place[0] == name}


@pytest.mark.parametrize("name", NAMES)
def test_library_and_command_agree(name: str) -> None:
    """A body gets the same findings as a value and as a line of a file, and is left as it was."""
    for document in documents(name):
        before = json.dumps(document.value)
        assert VALIDATOR.check(document.value) == check_document(VALIDATOR, document), document.source.first_line
        assert json.dumps(document.value) == before, document.source.first_line


@pytest.mark.parametrize("name", NAMES)
def test_contract_is_the_vendors_schema(name: str) -> None:
    """The contract has something to say of exactly the bodies that the vendor's schema refuses, by either engine."""
    engines: list[Callable[[Any], bool]] = [Draft202012Validator(VENDOR).is_valid]
    with contextlib.suppress(ImportError):  # there is one engine only on some platforms
        import jsonschema_rs

        engines.append(jsonschema_rs.Draft202012Validator(VENDOR, offline=True).is_valid)
    for document in documents(name):
        codes = {diagnostic.code for diagnostic in VALIDATOR.check(document.value).diagnostics}
        kept = not any(code.startswith("MM1") or code == "MM003" for code in codes)
        assert [engine(document.value) for engine in engines] == [kept] * len(engines), (
            document.source.first_line,
            codes,
        )


def test_healthy_histories_are_free_of_errors() -> None:
    """What was answered with 200 has no error in its tool history, but for those that are explained one by one."""
    answered = [place for place, record in recorded().items() if record["status"] == 200]
    assert len(answered) > 1000
    found = {
        (name, line, diagnostic.code)
        for name in NAMES
        for line, document in ((document.source.first_line, document) for document in documents(name))
        if recorded()[name, line]["status"] == 200
        for diagnostic in VALIDATOR.check(document.value).diagnostics
        if diagnostic.code.startswith("MM2") and diagnostic.severity is Severity.ERROR
    }
    assert found == set(EXPLAINED)


def test_every_body_is_read() -> None:
    """No body of the corpus is left without a value."""
    assert all(document.value is not ABSENT for name in NAMES for document in documents(name))
