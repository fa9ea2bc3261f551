"""The checksum adds up what ``sum`` would."""

from __future__ import annotations

from random import Random

import pytest

from minimax_validate.tokens.sums import total


@pytest.mark.parametrize("largest", [1, 2, 63, 255])
@pytest.mark.parametrize("blocks", [0, 1, 2.5])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_total_is_the_sum(largest: int, blocks: float, more: int) -> None:
    """At the ends of what is added up at once, the total is that of the bytes, at their largest values and at any."""
    length = max(0, int(65_519 // largest * blocks) + more)
    rng = Random(length)
    for numbers in (bytes([largest]) * length, bytes(rng.randint(0, largest) for _ in range(length))):
        assert total(numbers, largest) == sum(numbers)
