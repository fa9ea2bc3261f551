"""Redacted text, character for character: where an excerpt ends, and what is masked beside it."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minimax_validate import Settings, Validator
from minimax_validate.output.redact import EXCERPT, _joined, _without, cut_pointer, redacted, redacted_message
from minimax_validate.project.checking import check_documents
from minimax_validate.project.files import read_stream
from minimax_validate.texts.checked import Checked
from minimax_validate.texts.placed import Placed, place
from minimax_validate.texts.spans import Span
from minimax_validate.values.diagnostic import Diagnostic, Related, Severity
from minimax_validate.values.report import Report

LONG = "abcdefghijklmnopqrstuvwxyz0123456789"
SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda ends: Span(min(ends), max(ends))))


def placed(name: str, text: str) -> Placed:
    """The findings of a file with one request, redacted."""
    documents = read_stream(name, BytesIO(text.encode()))
    (found,) = check_documents(documents, Validator(Settings()), named=True)
    return redacted(place(found), found.document)


def shown(name: str, text: str) -> list[str]:
    """The lines of a file with one request, as redacted findings show them."""
    lines = placed(name, text).lines
    return [lines.text(number + 1) for number in range(text.count("\n") + 1)]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "a.json",
            f'{{"messages": [{{"role": "usr", "content": "{LONG}", "{LONG}": 1}}]}}',
            [
                '{"messages": [{"role": "usr", "content": "abcdefghijklmnopqrstuvw*************", '
                '"abcdefghijklmnopqrstuvw*************": 1}]}'
            ],
        ),
        (
            "a.yaml",  # a line of blanks within what is hidden
            "messages:\n- role: usr\n  content: |\n    Hello there, this is a long text.\n     \n    More of it.\n",
            [
                "messages:",
                "- role: usr",
                "  content: |",
                "    Hello there, this ***************",
                "     ",
                "    ***********",
                "",
            ],
        ),
        (
            "a.json",
            '{"messages": [{"role": "usr", "content": 12345678901234567890123456789012345}]}',
            ['{"messages": [{"role": "usr", "content": 123456789012345678901234***********}]}'],
        ),
        (
            "a.json",
            f'{{\n  "messages": [\n    {{"role": "usr", "content": "{LONG}"}}\n  ]\n}}',
            [
                "{",
                '  "messages": [',
                '    {"role": "usr", "content": "abcdefghijklmnopqrstuvw*************"}',
                "  ]",
                "}",
            ],
        ),
        (
            "a.json",
            f'{{"messages": [{{"role": "usr", "content": "{LONG[: EXCERPT - 2]}"}}]}}',
            [f'{{"messages": [{{"role": "usr", "content": "{LONG[: EXCERPT - 2]}"}}]}}'],
        ),
        (
            "a.jsonc",
            f'{{"messages": [ // why, {LONG}\n  {{"role": "usr", "content": "x"}}]}}',
            ['{"messages": [ ** ***, ************************************', '  {"role": "usr", "content": "x"}]}'],
        ),
        (
            "a.yaml",
            f"messages:\n  - role: usr\n    content: |\n      {LONG}\n      more, {LONG}\n    name: short\n",
            [
                "messages:",
                "  - role: usr",
                "    content: |",
                "      abcdefghijklmnop********************",
                "      ******************************************",
                "    name: short",
                "",
            ],
        ),
        (
            "a.yaml",
            f"messages:\n  - role: usr\n    content: '{LONG}'\n",
            ["messages:", "  - role: usr", "    content: 'abcdefghijklmnopqrstuvw*************'", ""],
        ),
        (
            "a.yaml",
            f"messages:\n  - &same {{role: usr, content: {LONG}}}\n  - *same\n",
            ["messages:", "  - ***** {role: usr, content: abcdefghijklmnopqrstuvwx************}", "  - *****", ""],
        ),
    ],
)
def test_what_is_shown_of_a_line(name: str, text: str, expected: list[str]) -> None:
    """Each key and value is shown up to an excerpt; the rest, comments and anchors are masked, and columns stay."""
    assert shown(name, text) == expected


FAULTY = '{"messages": [{"role": "usr", "content": "one"}]}'
SOUND = '{"messages": [{"role": "user", "content": "two"}]}'
MASKED = '{"********": [{"****": "****", "*******": "***"}]}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"[{FAULTY}, {SOUND}]", f"[{FAULTY}, {MASKED}]"),
        (f"[{SOUND}, {FAULTY}]", f"[{MASKED}, {FAULTY}]"),
        (f"[{FAULTY}, {SOUND}, {FAULTY}]", f"[{FAULTY}, {MASKED}, {FAULTY}]"),
        (f'{{"note": 5, "requests": [{SOUND}, {FAULTY}]}}', f'{{"****": *, "********": [{MASKED}, {FAULTY}]}}'),
        (
            f'{{"requests": [], "requests": [{SOUND}, {SOUND}]}}',
            f'{{"********": [], "********": [{SOUND}, {SOUND}]}}',
        ),
        (f'{{"note": 1, "note": 2, "requests": [{SOUND}]}}', f'{{"****": *, "****": *, "********": [{MASKED}]}}'),
    ],
    ids=["first", "last", "two", "in an object", "above them all", "beside them"],
)
def test_other_requests_of_a_file_are_masked(text: str, expected: str) -> None:
    """A finding shows its own request, or all requests below its place, and nothing else of the file."""
    assert shown("a.json", text) == [expected]


def test_a_related_place_is_shown_too() -> None:
    """A request that a finding of another request points to is shown with it."""
    document = next(read_stream("a.json", BytesIO(f"[{SOUND}, {SOUND}, {SOUND}]".encode())))
    diagnostic = Diagnostic(
        "MM001", "not-json", Severity.ERROR, "", (0, "messages"), (Related((2, "messages", 0), "here"),)
    )
    (line,) = [redacted(place(Checked(document, Report((diagnostic,)))), document).lines.text(1)]
    assert line == f"[{SOUND}, {MASKED}, {SOUND}]"


def test_a_line_can_be_asked_for_again() -> None:
    """The lines are the same in any order, as often as they are asked for."""
    text = json.dumps({"messages": [{"role": "usr", "content": LONG}]}, indent=1)
    lines = placed("a.json", text).lines
    forwards = [lines.text(number + 1) for number in range(text.count("\n") + 1)]
    backwards = [lines.text(number) for number in range(text.count("\n") + 1, 0, -1)]
    assert backwards[::-1] == forwards


@pytest.mark.parametrize("depth", [50, 56, 57, 58, 59, 60, 61, 62, 70])
def test_what_lies_deep_is_masked(depth: int) -> None:
    """A value 64 levels deep is shown, and one that is deeper is not."""
    value = '{"a": ' * depth + '"harmless"' + "}" * depth
    function = f'{{"name": "f", "parameters": {value}}}'
    messages = '"messages": [{"role": "usr", "content": "x"}]'
    text = f'{{{messages},\n"tools": [{{"type": "function", "function": {function}}}]}}'
    # tools, its first item, function, parameters, and as many as there are objects
    first, second = shown("a.json", text)
    assert ("harmless" in second) is (4 + depth <= 64)
    assert "usr" in first


@pytest.mark.parametrize("depth", [60, 61])
def test_depth_counts_from_the_request(depth: int) -> None:
    """In a request of an array, as much is shown as in one that is alone."""
    value = '{"a": ' * depth + '"harmless"' + "}" * depth
    tools = f'[{{"type": "function", "function": {{"name": "f", "parameters": {value}}}}}]'
    (line,) = shown("a.json", f'[{{"messages": [{{"role": "usr", "content": "x"}}], "tools": {tools}}}]')
    assert ("harmless" in line) is (4 + depth <= 64)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ('"', '"'),
        ('say "', 'say "'),
        (f'"{LONG}', '"abcdefghijklmnopqrstuvw…"'),
        (f'"{LONG}"', '"abcdefghijklmnopqrstuvw…"'),
        (f'"{"a" * EXCERPT}" "{"b" * (EXCERPT + 1)}"', f'"{"a" * EXCERPT}" "{"b" * (EXCERPT - 1)}…"'),
        (f'"{"a" * EXCERPT}', f'"{"a" * EXCERPT}'),
        (f'"{"a" * (EXCERPT + 1)}', f'"{"a" * (EXCERPT - 1)}…"'),
        ("['abc", "['abc"),
        (f"messages['{LONG}'].x", "messages['abcdefghijklmnopqrstuvw…'].x"),
        (f"messages['{'a' * EXCERPT}']", f"messages['{'a' * EXCERPT}']"),
        (f'at \\" {LONG}', 'at \\" abcdefghijklmnopqrstuvw…'),
        ("a" * EXCERPT, "a" * EXCERPT),
        ("a" * (EXCERPT + 1), "a" * (EXCERPT - 1) + "…"),
        ("1" * (EXCERPT + 1), "1" * (EXCERPT - 1) + "…"),
    ],
)
def test_what_stays_of_a_message(message: str, expected: str) -> None:
    """A quoted text, a key in a path and a word are cut where they are longer than an excerpt, and the rest stays."""
    assert redacted_message(message) == expected


def test_a_pointer_keeps_its_indexes_and_short_keys() -> None:
    """Only long keys of a pointer are cut."""
    pointer = ("messages", 12345678901234567890123456789, "a" * EXCERPT, "a" * (EXCERPT + 1))
    assert cut_pointer(pointer) == (*pointer[:3], "a" * (EXCERPT - 1) + "…")


def characters(spans: list[Span]) -> set[int]:
    """All places that are inside of spans."""
    return {at for span in spans for at in range(span.start, span.end)}


@given(SPANS, SPANS)
@example([Span(0, 9)], [Span(2, 4), Span(6, 8)])
@example([Span(2, 4), Span(4, 6)], [])
@example([Span(5, 6)], [Span(0, 4), Span(6, 9)])
def test_what_is_masked_is_never_shown(spans: list[Span], holes: list[Span]) -> None:
    """Joined spans hold the same places and do not touch; what is left beside holes is all that is outside of them."""
    joined, masked = _joined(spans), _joined(holes)
    assert characters(joined) == characters(spans)
    assert all(one.end < other.start for one, other in pairwise(joined))
    left = list(_without(joined, masked))
    assert characters(left) == characters(spans) - characters(holes)
    assert all(one.end <= other.start for one, other in pairwise(left))
    assert all(span.start < span.end for span in left)


def test_program_shows_what_its_request_says() -> None:
    """Of a program the keys and values of the request are shown, its rests too, and no comment between them."""
    text = (
        "env.AI.run('minimax/m2.7', {\n  /* a secret */ ...rest, messages: [\n"
        "    { role: 'usr', content: 'short' }, // another\n  ],\n  ...more,\n})"
    )
    assert shown("a.ts", text) == [
        "***********'minimax/m2.7', {",
        "  ** * ****** ** ...rest, messages: [",
        "    { role: 'usr', content: 'short' }, ** *******",
        "  ],",
        "  ...more,",
        "}*",
    ]
