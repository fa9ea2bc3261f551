"""The figures that rules measure by, and counters of the user's own."""

from __future__ import annotations

import re
from typing import Any

import pytest

from minimax_validate import Report, Settings, Validator
from minimax_validate.tokens import TokenCounter

Json = dict[str, Any]


def asked(content: str = "Hello.", **parameters: object) -> Json:
    """A request with one message."""
    return {"messages": [{"role": "user", "content": content}], **parameters}


def named(length: int) -> Json:
    """A request for an answer by a schema with a name of some length."""
    schema = {"type": "object", "properties": {}}
    return asked(response_format={"type": "json_schema", "json_schema": {"name": "n" * length, "schema": schema}})


def codes(report: Report) -> list[str]:
    """The codes of a report."""
    return [finding.code for finding in report.diagnostics]


@pytest.mark.parametrize("limit", [-1, 0, 1.5, True, "128000", None])
@pytest.mark.parametrize("name", ["context_window", "json_schema_name_length", "small_token_limit"])
def test_a_limit_is_a_positive_whole_number(name: str, limit: object) -> None:
    """Anything else is refused before it can mean something."""
    with pytest.raises(ValueError, match=re.escape(f"{name} must be a positive whole number, not {limit!r}")):
        Settings(**{name: limit})  # type: ignore[arg-type]


def test_a_counter_can_be_called() -> None:
    """A path to a tokenizer is no counter yet."""
    with pytest.raises(
        TypeError, match=re.escape("counter must be a callable that accepts a string, not 'tokenizer.json'")
    ):
        Settings(counter="tokenizer.json")  # type: ignore[arg-type]


@pytest.mark.parametrize(("limit", "fits", "too_long"), [(10, 10, 11), (64, 64, 65), (100, 100, 101)])
def test_the_length_of_a_schema_name(limit: int, fits: int, too_long: int) -> None:
    """MM122 goes by the setting, whether that is below or above what the contract says, and its fix too."""
    validator = Validator(Settings(json_schema_name_length=limit))
    assert codes(validator.check(named(fits))) == []
    (finding,) = validator.check(named(too_long)).diagnostics
    assert (finding.code, finding.pointer) == ("MM122", ("response_format", "json_schema", "name"))
    assert finding.fix is not None
    assert finding.fix.edits[0].value == "n" * limit


def test_the_context_window() -> None:
    """MM703 goes by the setting."""
    assert codes(Validator(Settings(context_window=2_000)).check(asked(max_tokens=2_001))) == ["MM703"]
    assert codes(Validator(Settings(context_window=204_800)).check(asked(max_tokens=200_000))) == []


def test_the_small_token_limit() -> None:
    """MM606 goes by the setting, once it is on."""
    patient = Settings(extend_select=("MM606",), small_token_limit=100)
    assert codes(Validator(patient).check(asked(max_tokens=99))) == ["MM606"]
    assert codes(Validator(patient).check(asked(max_tokens=100))) == []


def by_letters(text: str) -> int:
    """As many tokens as characters, the most that there can be."""
    return len(text)


@pytest.mark.parametrize(
    ("counter", "expected"), [(by_letters, ["MM701"]), (lambda text: len(text) // 10, []), (None, [])]
)
def test_a_counter_decides_what_bounds_leave_open(counter: Any, expected: list[str]) -> None:
    """Any callable is a counter, and its count proves what an estimate cannot."""
    validator = Validator(Settings(context_window=10_000, counter=counter))
    assert codes(validator.check(asked("Low tide, high tide. " * 700))) == expected


def test_a_counter_goes_by_its_name() -> None:
    """The finding says who counted, and how far it is over."""
    counter = TokenCounter("tokenizer.json", by_letters)
    (finding,) = (
        Validator(Settings(context_window=10_000, counter=counter))
        .check(asked("Low tide, high tide. " * 700))
        .diagnostics
    )
    assert finding.code == "MM701"
    assert "14,7" in finding.message
    assert "(tokenizer.json), 4,7" in finding.message


def test_a_proxy_proves_nothing() -> None:
    """What a near relative counts is probable at most."""
    counter = TokenCounter("relative", by_letters, exact=False)
    assert codes(
        Validator(Settings(context_window=10_000, counter=counter)).check(asked("Low tide, high tide. " * 700))
    ) == ["MM702"]


def test_a_counter_is_not_asked_where_bounds_decide() -> None:
    """A short request costs no count."""

    def never(text: str) -> int:
        raise AssertionError(text)

    assert codes(Validator(Settings(counter=never)).check(asked())) == []


def test_a_counter_that_fails_leaves_the_estimate() -> None:
    """A check raises nothing: what could not be counted is estimated, and the finding says why."""

    def broken(_: str) -> int:
        raise OSError("no vocabulary")

    (finding,) = (
        Validator(Settings(context_window=10_000, counter=broken))
        .check(asked("北欧的峡湾和冰川。" * 3_000))
        .diagnostics
    )
    assert finding.code == "MM702"
    assert finding.message.endswith("characters: no vocabulary")


@pytest.mark.parametrize("kind", [{}, [], ["image_url"], None, 5, True])
def test_type_of_a_part_that_cannot_be_hashed(kind: object) -> None:
    """A content part whose `type` is no string is a finding, also in a request that is large enough to be counted."""
    content = [{"type": kind}, {"type": "text", "text": "word " * 200_000}]
    codes = {
        found.code for found in Validator().check({"messages": [{"role": "user", "content": content}]}).diagnostics
    }
    assert {"MM102", "MM701"} <= codes or {"MM101", "MM701"} <= codes
