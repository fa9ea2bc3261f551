"""Markdown as plain text: what a terminal shows has no marks of its own, and its columns are in line."""

from __future__ import annotations

import pytest

from minimax_validate.output.color import Paint
from minimax_validate.output.rule_pages.prose import prose
from minimax_validate.output.table import aligned

TABLE = """| tier | what it has |
| --- | :---: |
| a | `x \\| y` |
| longer | **one** two three four five |"""


def shown(markdown: str, width: int = 30, *, color: bool = False) -> list[str]:
    """The lines of a text."""
    return list(prose(markdown, width, Paint(color)))


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("one two three four five six seven", ["  one two three four five six", "  seven"]),
        ("first\n\nsecond", ["  first", "", "  second"]),
        ("## A heading\n\ntext", ["A heading", "", "  text"]),
        (
            "- one two three four five six seven\n- two\n  lines",
            [
                "  - one two three four five",
                "    six seven",
                "  - two lines",
            ],
        ),
        ("1. one\n   - inner", ["  1. one", "     - inner"]),
        ('```json\n{\n\n  "a": 1}\n```\n\nafter', ["    {", "", '      "a": 1}', "", "  after"]),
        (
            "see [the page](https://a.b/c) and **this**, not `**that**`",
            ["  see the page (https://a.b/c)", "  and this, not `**that**`"],
        ),
        (TABLE, ["  tier    what it has", "  a       `x | y`", "  longer  one two three four", "          five"]),
        ("a | b", ["  a | b"]),
    ],
)
def test_blocks(markdown: str, lines: list[str]) -> None:
    """Each kind of block has a plain form, wrapped to the width; code is as it was written."""
    assert shown(markdown) == lines


def test_headings_are_bold() -> None:
    """With color, headings and the first row of a table are bold."""
    assert shown("# Title", color=True) == ["\x1b[1mTitle\x1b[0m"]
    assert shown(TABLE, color=True)[0] == "  \x1b[1mtier    what it has\x1b[0m"


def test_columns_of_wide_characters() -> None:
    """Columns are in line for characters that take two of them, and a short row is filled."""
    rows = [("\u4f60\u597d", "x"), ("ab", "y"), ("abcdef",)]
    assert [line for lines in aligned(rows, 40) for line in lines] == ["\u4f60\u597d    x", "ab      y", "abcdef"]
