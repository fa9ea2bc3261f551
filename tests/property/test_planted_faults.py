"""Each known fault, planted in a valid request, is found with its code at its place, and nothing else appears."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate import Settings, Validator, check
from minimax_validate.strategies import Expected, faulty_requests
from minimax_validate.strategies.faults import PLANTERS
from minimax_validate.strategies.faults.planted import put


@cache
def validator(code: str) -> Validator:
    """The default rules and the one of the fault, which is off by default where it only informs."""
    return Validator(Settings(extend_select=(code,)))


def found(payload: object, code: str) -> list[Expected]:
    """What the rules say of a payload, as codes and pointers."""
    return [Expected(finding.code, finding.pointer) for finding in validator(code).check(payload).diagnostics]


@pytest.mark.parametrize("code", PLANTERS)
def test_planted_fault_is_the_only_finding(code: str) -> None:
    """A planted fault is found under its code at its pointer, and is all that is found."""

    @given(faulty_requests(code))
    def planted_fault_is_the_only_finding(case: tuple[object, Expected]) -> None:
        payload, expected = case
        assert found(payload, code) == [expected]

    planted_fault_is_the_only_finding()


@given(faulty_requests())
def test_faults_of_any_rule_are_found_by_default(case: tuple[object, Expected]) -> None:
    """Without a rule named, every fault is one that the default settings find."""
    payload, expected = case
    assert [(finding.code, finding.pointer) for finding in check(payload).diagnostics] == [expected]


@given(st.data())
def test_family_gives_faults_of_its_rules(data: st.DataObject) -> None:
    """A prefix of codes stands for the rules of the family."""
    payload, expected = data.draw(faulty_requests("MM2"))
    assert expected.code.startswith("MM2")
    assert found(payload, expected.code) == [expected]


WRONG_ADDRESSES = (
    st.sampled_from(
        (
            "",
            "square.png",
            "/tmp/a.png",
            "file:///tmp/a.png",
            "ftp://example.com/a.png",
            "https:/example.com",
            "iVBORw0KGgo=",
        )
    )
    | st.sampled_from(
        ("data:", "data:image/png", "data:image/png;base64", "data:,Hello", "data:application/pdf;base64,JVBERg==")
    )
    | st.sampled_from(
        (
            "data:text/html,image/png",
            "DATA:video/mp4;base64,",
            "data:image/png;base64,AAA",
            "data:image/png;base64,A=AA",
        )
    )
    | st.sampled_from(
        ("data:image/png;base64,AAAA\n", "data:image/png;base64,AA-_", "data:image/png;base64,%41%41%41%41")
    )
    | st.binary(min_size=1).map(lambda data: f"data:image/png;base64,{base64.b64encode(data).decode()[:-1]}")
)


@given(faulty_requests("image-ignored"), WRONG_ADDRESSES)
def test_wrong_address_is_told_beside_the_image(case: tuple[Any, Expected], address: str) -> None:
    """A wrong address of an image is found at its place, after the image that is dropped anyway, and nothing else."""
    payload, image = case
    place = (*image.pointer, "image_url", "url")
    assert found(put(payload, place, address), "MM507") == [image, Expected("MM507", place)]
