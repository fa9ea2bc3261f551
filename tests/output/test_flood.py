"""A flood of findings of one rule: the first ones are shown, the others are counted, and the order stays."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate.output.formats.flood import Flood
from minimax_validate.output.formats.writer import AT_ONCE, Most

FEW = Most(whole=5, first=2)


@given(st.lists(st.sampled_from("abc"), max_size=40))
def test_what_is_shown_is_what_the_numbers_demand(codes: list[str]) -> None:
    """A rule with up to ``whole`` findings is shown whole, another by its ``first`` ones, all in their order."""
    flood = Flood(FEW)
    shown = [text for number, code in enumerate(codes) for text in flood.add(code, f"{number}")] + flood.rest()
    numbers = Counter(codes)
    assert shown == [
        f"{number}"
        for number, code in enumerate(codes)
        if numbers[code] <= FEW.whole or codes[:number].count(code) < FEW.first
    ]
    assert flood.hidden() == {code: numbers[code] - FEW.first for code in numbers if numbers[code] > FEW.whole}


def test_little_waits() -> None:
    """However many findings come, no more wait than ``whole`` of each rule."""
    flood = Flood(FEW)
    most = 0
    for number in range(3000):
        flood.add("abc"[number % 3], "")
        most = max(most, len(flood._waiting))
    assert 0 < most <= 3 * FEW.whole


@pytest.mark.parametrize("number", [1, 50, 51])
def test_endless_input_waits_for_nothing(number: int) -> None:
    """If input may never end, a finding is shown when it is found, or not at all."""
    flood = Flood(AT_ONCE)
    shown = [flood.add("a", f"{index}") for index in range(number)]
    assert shown == [[f"{index}"] if index < 50 else [] for index in range(number)]
    assert flood.rest() == []
    assert flood.hidden() == ({"a": 1} if number == 51 else {})
