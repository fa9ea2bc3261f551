"""Edits that are certain can be made: the attempt that is saved would have gone well."""

from __future__ import annotations

import copy
import json
from io import BytesIO
from random import Random
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from fuzz import seeds
from fuzz.mutate import mutated_value
from minimax_validate import Settings, Validator
from minimax_validate.rules.examples import request, user
from minimax_validate.texts import fixing
from minimax_validate.texts.checked import check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.edits.certain import are_certain
from minimax_validate.texts.readers import read
from minimax_validate.values.codec import orjson
from minimax_validate.values.diagnostic import Diagnostic, Edit, Fix, Severity
from minimax_validate.values.plain import to_plain

Json = Any

VALIDATOR = Validator(Settings(select=("ALL",)))
INDENTS = st.sampled_from([None, 0, 1, 4, "\t"])
TEXTS = st.text(st.characters(codec="utf-8"), max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)
STEPS = TEXTS | st.integers(0, 3)


needs_fast_parser = pytest.mark.skipif(orjson is None, reason="only that parser proves what a text has lost")


def document_of(value: Json, indent: Any) -> Document:
    """The document of the JSON text of a value."""
    (document,) = read("a.json", BytesIO(json.dumps(value, indent=indent, ensure_ascii=False).encode()))
    return document


def can_be_made(document: Document, edits: tuple[Edit, ...]) -> bool:
    """Whether an attempt to make edits in a text goes well."""
    assert document.rewriter is not None
    finding = Diagnostic("MM000", "a", Severity.ERROR, "a", (), fix=Fix("a", edits, safe=True))
    return fixing._written(document, document.rewriter, (finding,)) is not None


@st.composite
def edits_of(draw: st.DrawFn, value: Json) -> Edit:
    """An edit of a place that is probably in a value."""
    pointer: tuple[str | int, ...] = ()
    while isinstance(value, dict | list) and value and (not pointer or draw(st.booleans())):
        step = draw(st.sampled_from(list(value)) if isinstance(value, dict) else st.integers(0, len(value) - 1))
        pointer, value = (*pointer, step), value[step]
    if draw(st.integers(0, 4)) == 0:
        pointer = (*pointer, draw(STEPS))
    operation: Any = draw(st.sampled_from(["set", "remove", "insert", "rename"]))
    return Edit(operation, pointer, draw(TEXTS if operation == "rename" else VALUES))


@given(st.data(), VALUES, INDENTS)
@settings(max_examples=500, deadline=None)
def test_certain_edits_can_be_made(data: st.DataObject, value: Json, indent: Any) -> None:
    """Of any edits of any value, those that are certain are made in its text."""
    document = document_of({"a": value, "b": [value]}, indent)
    edits = tuple(data.draw(st.lists(edits_of(document.value), min_size=1, max_size=3)))
    certain = are_certain(document.value, edits)
    event(f"{certain} of {len(edits)}")
    assert not certain or can_be_made(document, edits)


@given(st.sampled_from(seeds.payloads()), st.sampled_from(seeds.payloads()), st.integers(0, 2**32), INDENTS)
@settings(max_examples=200, deadline=None)
def test_certain_fixes_can_be_made(payload: Json, other: Json, seed: int, indent: Any) -> None:
    """Of the fixes of faulty requests, those that are certain are made in the text of the request."""
    value, part = (copy.deepcopy(to_plain(each)[0]) for each in (payload, other))
    document = document_of(mutated_value(value, part, Random(seed)), indent)
    if document.rewriter is None or document.rewriter.is_certain is None:
        return
    for finding in check_document(VALIDATOR, document).diagnostics:
        if finding.fix and document.rewriter.is_certain(document.value, finding.fix.edits):
            assert can_be_made(document, finding.fix.edits)


@needs_fast_parser
@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ('{"messages": [{"role": "user", "content": null}]}', True),
        ('{"messages": [{"role": "user", "content": null, "content": null}]}', False),
        ('{"messages": [{"role": "user", "content": null}], "seed": NaN}', False),
    ],
)
def test_only_texts_that_lose_nothing_have_certain_edits(text: str, certain: bool) -> None:
    """A key that is given twice, or a value that JSON cannot hold, leaves nothing certain."""
    (document,) = read("a.json", BytesIO(text.encode()))
    assert document.rewriter is not None
    assert (document.rewriter.is_certain is not None) is certain


@needs_fast_parser
def test_certain_edits_are_counted_without_an_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all fixes are certain, nothing is written to count them."""

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(fixing, "_written", refuse)
    document = document_of(request(user(None), {"role": "human", "content": "a"}), None)
    found = check_document(VALIDATOR, document).diagnostics
    assert [each.code for each in fixing.writable(document, found)] == ["MM110", "MM112"]


@pytest.mark.parametrize(
    ("edits", "certain"),
    [
        ((Edit("set", ("a", 0), 1),), True),
        ((Edit("set", ("a", 2), 1),), False),
        ((Edit("set", ("b",), 1),), True),
        ((Edit("set", (), 1),), False),
        ((Edit("remove", ("a", 1)),), True),
        ((Edit("remove", ("b",)),), False),
        ((Edit("insert", ("a", 2), 1),), True),
        ((Edit("insert", ("a", 3), 1),), False),
        ((Edit("insert", ("b",), 1),), False),
        ((Edit("rename", ("a",), "b"),), True),
        ((Edit("rename", ("a",), "c"),), False),
        ((Edit("rename", ("b",), "d"),), False),
        ((Edit("set", ("c", "d"), 1), Edit("remove", ("a",))), True),
        ((Edit("set", ("c",), 1), Edit("remove", ("a",))), False),
        ((Edit("set", ("a", 0), 1), Edit("remove", ("a",))), False),
        ((Edit("set", ("c", "d", "e"), 1),), False),
        ((Edit("set", ("a", -1), 1),), False),
        ((Edit("set", ("a", 1), 1),), True),
        ((Edit("set", ("a", "x"), 1),), False),
        ((Edit("set", ("c", 0), 1),), False),
        ((Edit("remove", ("a", 2)),), False),
        ((Edit("remove", ("c", "d")),), True),
        ((Edit("insert", ("a", 0), 1),), True),
        ((Edit("insert", ("a", -1), 1),), False),
        ((Edit("insert", ("a", "x"), 1),), False),
        ((Edit("insert", ("c", 0), 1),), False),
        ((Edit("rename", ("a", 0), "x"),), False),
        ((Edit("rename", ("a",), 5),), False),
        ((Edit("set", ("a", 0), 1), Edit("set", ("a", 1), 1)), False),
        ((Edit("set", ("c", "d"), 1), Edit("set", ("a", 5), 1)), False),
        ((Edit("set", ("a", 0), 1), Edit("set", ("c", "d"), 1), Edit("rename", ("c",), "x")), False),
    ],
)
def test_which_edits_are_certain(edits: tuple[Edit, ...], certain: bool) -> None:
    """Places must be there, each in a container of its own, and none inside of another."""
    assert are_certain({"a": [0, 1], "c": {"d": 0}}, edits) is certain


@needs_fast_parser
def test_a_fix_that_findings_share_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a fix of many edits is certain is not asked again for each of its findings."""
    asked: list[int] = []

    def judge(value: object, edits: tuple[Edit, ...]) -> bool:
        asked.append(len(edits))
        return are_certain(value, edits)

    monkeypatch.setattr("minimax_validate.texts.edits.certain.are_certain", judge)
    document = document_of(request(user(), *({"role": "system", "content": str(each)} for each in range(5))), None)
    found = [each for each in check_document(VALIDATOR, document).diagnostics if each.fix]
    assert len(fixing.writable(document, found)) == len(found) == 5
    assert len(asked) == 1


def test_edits_of_no_place_are_not_certain() -> None:
    """The whole value is in no container, and a container that is not there has no members."""
    value = {"a": [1]}
    assert not are_certain(value, [Edit("set", (), 5)])
    assert not are_certain(value, [Edit("set", ("b", "c"), 5)])
    assert not are_certain(value, [Edit("set", ("a", 0, "c"), 5)])
    assert are_certain(value, [Edit("rename", ("a",), "b")])
    assert not are_certain(value, [Edit("rename", ("a",), "a")])
