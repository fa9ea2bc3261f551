"""Offsets in bytes and in characters."""

from hypothesis import example, given
from hypothesis import strategies as st

from minimax_validate.texts.source.offsets import Offsets

CHARACTERS = st.lists(st.sampled_from("aé中😀\n"), max_size=5).map("".join)
TEXTS = st.builds(
    lambda mark, part, times: mark + part * times, st.sampled_from(["", "\ufeff"]), CHARACTERS, st.just(700)
)


@given(TEXTS, st.data())
@example("a" + "中" * 700, None)
def test_offsets_agree(text: str, data: st.DataObject | None) -> None:
    """The byte of a character is that of its UTF-8, and leads back to it, also if a block ends in a character."""
    offsets = Offsets(text)
    numbers = range(len(text) + 1) if data is None else [data.draw(st.integers(0, len(text)))]
    for number in numbers:
        byte = offsets.byte(text, number)
        assert byte == len(text[:number].encode())
        assert offsets.character(byte) == number
