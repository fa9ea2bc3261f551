"""Fingerprints: the same finding has the same one tomorrow, and no two findings have one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printing import placed, written

from minimax_validate.output.formats.fingerprint import Fingerprints, likeness
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.examples import assistant, request, user
from minimax_validate.strategies import Expected, faulty_requests, requests


def fingerprints(text: str, name: str = "log.jsonl") -> list[str]:
    """The fingerprints of a file's findings, in their order."""
    known = Fingerprints()
    return [
        known.next(likeness(document.name, finding)) for document in placed(name, text) for finding in document.findings
    ]


def codes(text: str, name: str = "log.jsonl") -> list[str]:
    """The codes of a file's findings, in their order."""
    return [finding.diagnostic.code for document in placed(name, text) for finding in document.findings]


def lines(*payloads: Any) -> str:
    """A text with a payload a line."""
    return "".join(json.dumps(payload) + "\n" for payload in payloads)


Case = tuple[Any, Expected]
FAULTY = st.sampled_from(["MM1", "MM2", "MM3", "MM4", "MM5", "MM6", "MM7"]).flatmap(faulty_requests)
"""Faults of requests that have a text."""


@given(FAULTY, st.sampled_from([None, 1, 4, "\t"]), st.booleans(), st.integers(0, 3))
def test_layout_does_not_matter(case: Case, indent: int | str | None, ascii_only: bool, blank: int) -> None:
    """A file that is laid out anew, or moved down, has the same fingerprints."""
    payload, _ = case
    laid_out = "\n" * blank + json.dumps(payload, indent=indent, ensure_ascii=ascii_only)
    assert fingerprints(laid_out, "a.json") == fingerprints(json.dumps(payload), "a.json")


@given(FAULTY, st.lists(requests(), max_size=3), st.lists(requests(), max_size=3))
def test_healthy_neighbours_do_not_matter(case: Case, before: list[Any], after: list[Any]) -> None:
    """Requests that come before or after leave the fingerprints of a line alone."""
    payload, _ = case
    assert fingerprints(lines(*before, payload, *after)) == fingerprints(lines(payload))


@given(st.lists(FAULTY, min_size=2, max_size=6), st.data())
def test_other_findings_may_go(cases: list[Case], data: st.DataObject) -> None:
    """Where a line is mended, those alike it lose their last number, and no other finding is touched."""
    payloads = [payload for payload, _ in cases]
    gone = data.draw(st.integers(0, len(payloads) - 1))
    before = fingerprints(lines(*payloads))
    after = fingerprints(lines(*payloads[:gone], *payloads[gone + 1 :]))
    assert set(after) < set(before)
    alike, _, _ = fingerprints(lines(payloads[gone]))[0].partition(":")
    assert {each for each in before if not each.startswith(alike)} == {
        each for each in after if not each.startswith(alike)
    }


@given(st.lists(FAULTY, max_size=8))
def test_no_two_are_equal(cases: list[Case]) -> None:
    """However much alike findings are, their fingerprints differ."""
    found = fingerprints(lines(*(payload for payload, _ in cases)))
    assert len(set(found)) == len(found)


EARLIER = (user("Hello."), assistant("Hello! What can I do for you?"))
PAYLOADS = [
    (rule.code, example.payload)
    for rule in RULES
    for example in rule.invalid
    if isinstance(example.payload, dict) and isinstance(example.payload.get("messages"), list)
]


def test_messages_before_do_not_matter() -> None:
    """A history that has grown at its beginning has the same fingerprints, whatever indexes its messages tell.

    That holds for the examples of all rules, but for those about the beginning itself, where other findings are due.
    """
    compared = set()
    for code, payload in PAYLOADS:
        try:
            text, grown = json.dumps(payload), json.dumps({**payload, "messages": [*EARLIER, *payload["messages"]]})
        except (TypeError, ValueError):
            continue  # what has no text
        if codes(text, "a.json") == codes(grown, "a.json"):
            compared.add(code)
            assert fingerprints(grown, "a.json") == fingerprints(text, "a.json"), payload
    assert len(compared) > 50


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (json.dumps(request(user(role="bot"))), "a.json"),
        (json.dumps(request(user(role="human"))), "b.json"),
        (json.dumps(request(user(None))), "a.json"),
        (json.dumps(request(user([{"type": "text", "text": None}]))), "a.json"),
        (json.dumps(request({"content": "Hi"})), "a.json"),
        (json.dumps(request(user(), size=1)), "a.json"),
        (json.dumps(request(user(), sizes=1)), "a.json"),
    ],
)
def test_what_matters(text: str, name: str) -> None:
    """Another rule, another file, another kind of place or another value is another finding."""
    reference = json.dumps(request(user(role="human")))
    assert not {each.partition(":")[0] for each in fingerprints(text, name)} & {
        each.partition(":")[0] for each in fingerprints(reference, "a.json")
    }


def test_missing_keys_are_told_apart() -> None:
    """Two keys that are missing in one object are two findings, which have one place."""
    first, second = fingerprints(json.dumps(request(user(), tools=[{}])), "a.json")
    assert first.partition(":")[0] != second.partition(":")[0]


def test_form() -> None:
    """A fingerprint is short, and says which of those alike it is."""
    found = fingerprints(lines(request(user(None)), request(user(None))))
    assert [each.partition(":")[2] for each in found] == ["1", "2"]
    assert all(len(each.partition(":")[0]) == 32 for each in found)


@pytest.mark.parametrize("output_format", ["gitlab", "sarif"])
def test_services_get_them(output_format: str) -> None:
    """What is written for services holds the fingerprints, and moving every line changes none."""

    def told(text: str) -> list[str]:
        output = json.loads(written(output_format, placed("log.jsonl", text)))
        if output_format == "gitlab":
            return [issue["fingerprint"] for issue in output]
        return [each["partialFingerprints"]["primaryLocationLineHash"] for each in output["runs"][0]["results"]]

    text = lines(*[request(user(None))] * 3, request(user(role="bot")))
    assert told(text) == told("\n\n" + text) == fingerprints(text)
    assert len(set(told(text))) == 4
