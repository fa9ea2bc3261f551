"""Text in files of JSON Lines that is something else: one finding says so."""

from __future__ import annotations

import json
from io import BytesIO

import pytest

from minimax_validate.texts.document import ABSENT, Document, Walk
from minimax_validate.texts.readers.jsonl import read_jsonl
from minimax_validate.texts.readers.not_lines import Ahead

VALUE = {"messages": [{"role": "user", "content": "Is the ferry late?"}]}


def documents(text: str) -> list[Document]:
    """The documents of lines."""
    return list(read_jsonl("a.jsonl", BytesIO(text.encode())))


def messages(text: str) -> list[str]:
    """What is said of each document that cannot be read."""
    return [fault.diagnostic.message for document in documents(text) for fault in document.faults]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("indent", [0, 1, 4])
@pytest.mark.parametrize("value", [VALUE, [VALUE, VALUE]])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_values_over_several_lines(value: object, indent: int, newline: str, mark: str) -> None:
    """Values that are pretty-printed are one finding at the first bracket, however many there are."""
    text = mark + "\n".join([json.dumps(value, indent=indent)] * 2).replace("\n", newline)
    (document,) = documents(text)
    (fault,) = document.faults
    assert "spans several lines" in fault.diagnostic.message
    assert document.source.text[slice(*fault.span)] == text.lstrip("\ufeff")[0]


def test_an_array_with_an_item_a_line() -> None:
    """Brackets around lines make an array of them, also where it has one item."""
    assert ["an array spans several lines" in message for message in messages('[\n{"a": 1}\n]\n')] == [True]


def test_after_lines_that_are_sound() -> None:
    """The lines before are read."""
    found = documents(f"{json.dumps(VALUE)}\n{json.dumps(VALUE, indent=1)}\n")
    assert [document.value for document in found] == [VALUE, ABSENT]
    assert found[1].source.first_line == 2


@pytest.mark.parametrize("line", ["{", '{"a": [', '{"a": 1', '["a"', '{"a": "b'])
def test_a_line_that_is_cut_short(line: str) -> None:
    """Where the next line is whole, or none follows, the line alone is at fault."""
    values = [document.value for document in documents(f'{line}\n{{"a": 1}}\n')]
    assert values == [ABSENT, {"a": 1}]
    assert "several lines" not in messages(line)[0]


SEVERAL = "spans several lines"
TEXTS: list[tuple[str, list[object]]] = [
    ('{"a":\n1}\n', ["an object " + SEVERAL]),
    ('  {"a": [\n\n1]}\n{"b": 2}\n', ["an object " + SEVERAL]),
    ("[1,\n2]\n", ["an array " + SEVERAL]),
    ("[ \n1\n", ["an array " + SEVERAL]),
    ('{\n"a": 1}\n', ["an object " + SEVERAL]),
    ("[1,\n2\n", ["expected a value", 2]),
    ("{\n1\n", ["expected a key", 1]),
    ("[\n", ["expected a value"]),
    ("[\n \n\t\r\n", ["expected a value"]),
    ("1\n[\n1\n]\n", [1, "an array " + SEVERAL]),
    ('{"a": ,\n"b": 1}\n', ["expected a value", "expected the end"]),
    ('{"a": "b\nc"}\n', ["expected a closing double quote", "expected a JSON value"]),
    ('{"a": "b\n1\n', ["expected a closing double quote", 1]),
    ("{}}\n1\n", ["expected the end", 1]),
    ('{"a": [1}\n"b": 2\n', ["expected a comma or ]", "expected the end"]),
    ('{"a": "\\q"\n"b": 2\n', ["expected an escape", "expected the end"]),
    ("[1\n" + "[" * 100_000 + "\n", ["an array " + SEVERAL]),
]


@pytest.mark.parametrize(("text", "told"), TEXTS, ids=[repr(text[:30]) for text, _ in TEXTS])
def test_what_lines_are(text: str, told: list[object]) -> None:
    """A bracket that is open where a line ends makes one text of the lines, unless the next line is whole by itself."""
    found = [
        document.faults[0].diagnostic.message if document.faults else document.value for document in documents(text)
    ]
    assert len(found) == len(told)
    for each, expected in zip(found, told, strict=True):
        assert str(each).startswith(expected) if isinstance(expected, str) else each == expected


def test_the_bracket_is_the_one_that_opens_the_line() -> None:
    """White space before it and brackets inside of it are none of it, and the lines below are shown with it."""
    (document,) = documents('\ufeff {"a": [\r\n1,\n2]}')
    (fault,) = document.faults
    assert fault.span == (2, 3)
    assert document.source.text == '\ufeff {"a": [\n1,\n2]}'
    assert document.walk is Walk.GUESSES


def test_bytes_below_are_shown_as_far_as_they_are_text() -> None:
    """What follows a bracket may be in another encoding."""
    (document,) = read_jsonl("a.jsonl", [b"[\n", b'"\xe9",\n', b"1]"])
    assert document.source.text == '[\n"\ufffd",\n1]'


def test_a_sequence_is_one_finding() -> None:
    """Records of RFC 7464 are told once, with the lines below for whoever looks."""
    text = f"\x1e{json.dumps(VALUE)}\n" * 3
    (document,) = documents(text)
    (fault,) = document.faults
    assert "RFC 7464" in fault.diagnostic.message
    assert document.source.text == text.removesuffix("\n")


def test_a_template_is_one_finding() -> None:
    """Where tags stand on a line, the lines are those of a template."""
    assert len(messages('{% for a in b %}\n{"c": {{ a }}}\n{% endfor %}\n')) == 1


def test_a_tag_among_sound_lines_stops_nothing() -> None:
    """Behind a line that is sound, one with a tag is a line at fault, which a walk tells as well."""
    found = documents(f'{json.dumps(VALUE)}\n{{"messages": {{{{ a }}}}}}\n{json.dumps(VALUE)}\n')
    assert [document.value for document in found] == [VALUE, ABSENT, VALUE]
    assert found[1].walk is Walk.GUESSES


def test_long_text_is_not_held() -> None:
    """Of a text without an end no more is read than somebody looks at."""
    text = "[\n" + '{"a": 1},\n' * 400_000
    (document,) = documents(text)
    assert len(document.source.text) < 2 * 1024 * 1024


def test_lines_ahead_are_given_in_their_order() -> None:
    """A look at the next line that says something takes none away, wherever it is taken."""
    for looked_at in range(5):
        ahead = Ahead([b"0", b" ", b"2", b"", b"4"])
        given = []
        for number, line in enumerate(ahead):
            given.append(line)
            if number == looked_at:
                assert ahead.next_said() == [b"2", b"2", b"4", b"4", b""][number]
        assert given == [b"0", b" ", b"2", b"", b"4"]
    ahead = Ahead([b"", b"1"])
    assert ahead.next_said() == b"1"
    assert list(ahead) == [b"", b"1"]
