"""Code frames: what is marked, where the marks stand, and that nothing is wider than it may be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from minimax_validate.output.cells import stretch, wrapped
from minimax_validate.output.formats.frame import Mark, frame
from minimax_validate.texts.lines import Lines, Location
from minimax_validate.texts.spans import Span

LEAST = 40
CLUSTERS = [
    "a",
    "e\u0301",
    "你",
    "👩\u200d🚀",
    "❤\ufe0f",
    "한",
    "\u1112\u1161\u11ab",
    "🇳🇴",
    "👍🏽",
    "\t",
    "\x1b",
    "\u202e",
    "\u200b",
    " ",
]


def drawn(text: str, *spans: tuple[int, int, str, str], width: int = 60) -> list[str]:
    """The frame of a text with marks: start, end, sign and label each."""
    lines = Lines(text)
    marks = [Mark(lines.location(Span(start, end)), sign, label) for start, end, sign, label in spans]
    return [f"{'' if row.number is None else row.number:>2}|{row.text}" for row in frame(lines, marks, width)]


def at(text: str, part: str, sign: str = "^", label: str = "") -> tuple[int, int, str, str]:
    """A mark at a part of a text."""
    start = text.index(part)
    return start, start + len(part), sign, label


def test_marks_of_one_line_stand_in_rows_of_their_own() -> None:
    """Marks side by side, one inside the other and upon each other are told apart."""
    text = "one two three"
    assert drawn(
        text,
        at(text, "two", "-", "inner"),
        at(text, "one two three", "-", "outer"),
        at(text, "two"),
        at(text, "three", "-"),
    ) == [
        " 1|one two three",
        "  |------------- outer",
        "  |    --- inner",
        "  |    ^^^",
        "  |        -----",
    ]


TALL = """[
  {
    "a": 1,
    "b": 2
  },
  {"c": {
    "d": 3
  }}
]"""


INNER = TALL[TALL.index('{\n    "d"') : TALL.index("}}") + 1]


def test_a_mark_over_several_lines() -> None:
    """A bracket beside the lines takes the place of a line under them.

    An arm leads to a start or an end within a line.
    """
    first = TALL[TALL.index("{") : TALL.index("},") + 1]
    assert drawn(TALL, at(TALL, first, "-", "the first"), at(TALL, INNER)) == [
        " 2|/   {",
        ' 3||     "a": 1,',
        ' 4||     "b": 2',
        " 5||   },",
        "  ||___- the first",
        ' 6|    {"c": {',
        "  | _________^",
        ' 7||     "d": 3',
        " 8||   }}",
        "  ||___^",
    ]


def test_marks_over_several_lines_inside_each_other() -> None:
    """Each has a lane of its own, and of a long one the beginning and the end are shown."""
    assert drawn(TALL, at(TALL, TALL, "-", "all"), at(TALL, INNER)) == [
        " 1|/   [",
        " 2||     {",
        "  ||   ...",
        ' 6||     {"c": {',
        "  ||  _________^",
        ' 7|| |     "d": 3',
        " 8|| |   }}",
        "  || |___^",
        " 9||   ]",
        "  ||___- all",
    ]


def test_a_mark_does_not_go_on_to_the_next_line() -> None:
    """White space at the end of a mark, such as a block's in YAML, is left out, with lines of nothing else."""
    text = "a: |\n  one\n\n\nb: 1"
    assert drawn(text, (3, text.index("b"), "^", "")) == [" 1|  a: |", "  | ____^", " 2||   one", "  ||_____^"]
    assert drawn("one  \n \ntwo", (0, 7, "^", "")) == [" 1|one", "  |^^^"]


def test_what_a_bracket_opens_is_shown() -> None:
    """A bracket that ends its line is followed by the next line, or nobody knew what it opens."""
    assert drawn('[\n  {\n    "a": 1', (4, 5, "^", "")) == [" 2|  {", "  |  ^", ' 3|    "a": 1']
    assert drawn("[\n  {", (4, 5, "^", "")) == [" 2|  {", "  |  ^"]


def test_a_mark_as_wide_as_the_frame() -> None:
    """A mark without a label takes one row, also where it leaves no room for a label."""
    assert drawn("x" * 60, (0, 60, "^", "")) == [f" 1|{'x' * 60}", f"  |{'^' * 60}"]


def test_marks_far_apart_on_one_line() -> None:
    """Each is shown with what is around it, from left to right, and none is drawn where it is not."""
    text = "".join(f"{number:03}," for number in range(300))
    shown = drawn(text, at(text, "290,", "^"), at(text, "010,", "-", "here"), at(text, "012,", "-"), width=50)
    assert shown == [
        " 1|…004,005,006,007,008,009,010,011,012,013,014,015,…",
        "  |                         ---- here",
        "  |                                 ----",
        " 1|…284,285,286,287,288,289,290,291,292,293,294,295,…",
        "  |                         ^^^^",
    ]


def test_a_label_that_does_not_fit_beside_its_mark() -> None:
    """It goes below, to the left as far as it has to, and is broken between words where it is longer than a line."""
    text = "x" * 45
    label = "a label of several words"
    assert drawn(text, (30, 45, "-", label), width=50) == [
        f" 1|{text}",
        f"  |{' ' * 30}{'-' * 15}",
        f"  |{' ' * 26}{label}",
    ]
    *_, first, second = drawn(text, (30, 45, "-", f"{label} and {label}, {label}"), width=50)
    assert (first, second) == (
        "  |a label of several words and a label of several",
        "  |words, a label of several words",
    )


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("start", [0, 10, 150, 390])
def test_a_long_line(start: int, width: int) -> None:
    """A line that does not fit is cut on the sides, and the mark stays under the characters it means."""
    text = "".join(chr(ord("a") + index % 26) for index in range(400))
    line, marks = frame(Lines(text), [Mark(Location(1, start + 1, 1, start + 6), "^")], width)
    assert len(line.text) <= width
    found = marks.text.index("^")
    assert line.text[found : found + 5] == text[start : start + 5]


TEXTS = st.lists(
    st.sampled_from(CLUSTERS) | st.text(st.characters(exclude_characters="\r\n"), max_size=3), max_size=200
).map("".join)


@given(TEXTS, st.data(), st.integers(20, 100))
def test_marks_stand_under_what_they_mean(text: str, data: st.DataObject, width: int) -> None:
    """Whatever a line holds, the sign under it starts where the marked characters do, and nothing is too wide."""
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    line, signs = frame(Lines(text), [Mark(Location(1, start + 1, 1, end + 1), "^")], width)
    assert wcswidth(line.text) <= max(width, LEAST)
    assert len(signs.text) <= max(width, LEAST)
    before = signs.text.index("^")
    whole = stretch(text)
    if not line.text.startswith("…"):
        assert before == (whole.before[start] if start < len(text) else whole.columns)
        if not line.text.endswith("…"):
            assert signs.text.count("^") == max(1, (whole.after[end - 1] if end > start else 0) - before)


@given(
    st.lists(st.sampled_from(["a", "{", "  ", "\n", "你", "\t"]), max_size=60).map("".join),
    st.data(),
    st.integers(20, 90),
)
def test_frames_of_any_marks(text: str, data: st.DataObject, width: int) -> None:
    """Whatever is marked, each end of each mark is drawn, no row is too wide, and lines come in their order."""
    offsets = st.integers(0, len(text))
    spans = [Span(*sorted(pair)) for pair in data.draw(st.lists(st.tuples(offsets, offsets), min_size=1, max_size=4))]
    lines = Lines(text)
    marks = [Mark(lines.location(span), "^", f"label {number}") for number, span in enumerate(spans)]
    rows = list(frame(lines, marks, width))
    lanes = 2 * len(marks)
    assert all(wcswidth(row.text) <= max(width, LEAST + lanes) for row in rows)
    numbers = [row.number for row in rows if row.number is not None]
    assert all(first <= second for first, second in pairwise(numbers))
    labels = [row.text.rpartition("label ")[2] for row in rows if "label " in row.text]
    assert sorted(labels) == [str(number) for number in range(len(marks))]


@given(TEXTS)
def test_columns_grow(text: str) -> None:
    """Columns go up code point by code point, from 0 to the width of what is shown.

    Nothing shown acts on a terminal.
    """
    found = stretch(text)
    assert len(found.before) == len(found.after) == len(text)
    assert all(before <= after for before, after in zip(found.before, found.after, strict=True))
    assert all(first <= second for first, second in pairwise(found.after))
    assert found.columns == max(wcswidth(found.shown), 0)
    assert all(char.isprintable() or char in "\u200c\u200d\u00a0\u3000" or char.isspace() for char in found.shown)
    assert not set(found.shown) & set("\t\x1b\u202e\u200b")


@pytest.mark.parametrize(
    "text", ["short", "words that go on for a while and then some more of them", "你好世界 " * 20, "x" * 100]
)
def test_wrapped(text: str) -> None:
    """No line is wider than asked for, and all that is not white space is there."""
    lines = wrapped(text, 30, 10, 4)
    assert all(wcswidth(line) <= 30 for line in lines)
    assert lines[0].startswith(" " * 10)
    assert all(line.startswith("    ") for line in lines[1:])
    assert "".join("".join(lines).split()) == "".join(text.split())
