"""From bytes to documents: values, faults, and where they are."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import chain, repeat
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from spelling import Members, documents, spell

import minimax_validate.texts.readers.json_document as json_reader
from minimax_validate.texts.document import ABSENT, PROVEN, Document, Source
from minimax_validate.texts.json.syntax import first_problem
from minimax_validate.texts.lines import Lines
from minimax_validate.texts.readers import READERS, SUFFIXES, encoding, load_reader, reader_for
from minimax_validate.texts.readers.encoding import decode, read_text, wide_encoding
from minimax_validate.texts.readers.json_document import PROOF_PAYS, READABLE_DEPTH, read_json
from minimax_validate.texts.readers.jsonl import Stretch, read_jsonl, read_stretch
from minimax_validate.texts.spans import BYTE_ORDER_MARK
from minimax_validate.values.codec import orjson
from minimax_validate.values.plain import MAX_DEPTH
from minimax_validate.values.pointer import Pointer

needs_fast_parser = pytest.mark.skipif(orjson is None, reason="only that parser proves what a text has lost")

SEEDS = st.integers(0, 2**32)
NEAR_JSON = st.text(st.sampled_from("{}[]\",:\\/ 1-+.eEatrufnlNI\n\t\x01\ufeff\u00a0'#"), max_size=12)


def read(text: str) -> Document:
    """The document of a text that a file holds alone."""
    return read_json(Source("request.json", text))


def fault(text: str) -> tuple[str, str, str]:
    """The one finding of a text that cannot be read: its code, its message, and the characters that it points at."""
    document = read(text)
    assert document.value is ABSENT
    (only,) = document.faults
    return only.diagnostic.code, only.diagnostic.message, text[slice(*only.span)]


def repeats(text: str) -> int:
    """How many keys the objects of a text give more than once, by the standard parser."""
    counts: list[int] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        counts.append(sum(keys.count(key) > 1 for key in set(keys)))
        return dict(pairs)

    json.loads(text, object_pairs_hook=members)
    return sum(counts)


class TestValues:
    """What a text holds."""

    @given(documents(), SEEDS, st.sampled_from(["", "\ufeff"]))
    def test_is_what_the_standard_parser_reads(self, document: Any, seed: int, mark: str) -> None:
        """Whichever way a text is read, its value is the standard parser's, and so are the keys that come again."""
        text = spell(document, Random(seed))
        found = read(mark + text)
        assert repr(found.value) == repr(json.loads(text))
        assert [fault.diagnostic.code for fault in found.faults] == ["MM004"] * repeats(text)

    @given(documents(), SEEDS)
    def test_does_not_hang_on_the_fast_parser(self, document: Any, seed: int) -> None:
        """Without the fast parser the documents are the same."""
        text = spell(document, Random(seed))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(json_reader, "orjson", None)
            slow = read(text)
        fast = read(text)
        assert (repr(fast.value), fast.faults) == (repr(slow.value), slow.faults)

    @given(documents(), SEEDS)
    def test_is_the_same_in_a_long_text(self, document: Any, seed: int) -> None:
        """Long texts are read another way than short ones, with the same outcome."""
        text = spell(document, Random(seed))
        short, long = read(text), read(text + " " * PROOF_PAYS)
        assert (repr(short.value), short.faults) == (repr(long.value), long.faults)
        of_many_members = json.dumps([{str(number): number for number in range(10)}] * 200)
        beside = read(f"[{text}, {of_many_members}]").value
        assert isinstance(beside, list)
        assert repr(beside[0]) == repr(short.value)

    @given(st.integers(2**62, 2**66), st.booleans(), st.text(max_size=20), st.integers(0, 20))
    def test_long_integers_stay_whole(self, number: int, negative: bool, around: str, zeros: int) -> None:
        """Integers beyond 64 bits do not become floats, wherever they stand in the text."""
        value = {"around": around, "number": -number if negative else number, "fraction": [0.1, 10**zeros]}
        assert repr(read(json.dumps(value)).value) == repr(value)

    def test_an_escaped_colon_hides_no_lost_member(self) -> None:
        """One colon less for the lost member, one more for the escape: the count is right, and the key is found."""
        text = '{"a": "\\u003a", "b": 1, "b": 2}'
        assert [fault.diagnostic.pointer for fault in read(text).faults] == [("b",)]

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("1e999", "inf"),
            ("-1e999", "-inf"),
            ("[NaN, Infinity, -Infinity]", "[nan, inf, -inf]"),
            ('"\\ud800"', "'\\ud800'"),
            ('"\ud800"', "'\\ud800'"),
            ("9" * 5000, "inf"),
            ("-" + "9" * 5000, "-inf"),
            (f"[18446744073709551616, {'9' * 5000}]", "[18446744073709551616, inf]"),
            ("null", "None"),
        ],
        ids=lambda text: text[:20],
    )
    def test_are_read_where_other_parsers_refuse(self, text: str, value: str) -> None:
        """What JSON parsers disagree about is read here, and judged by its value elsewhere."""
        assert repr(read(text).value) == value
        assert not read(text).faults

    @pytest.mark.parametrize("depth", [MAX_DEPTH, MAX_DEPTH + 1, 300, READABLE_DEPTH])
    def test_may_be_deeper_than_a_request(self, depth: int) -> None:
        """A text that is too deep for a request, but not for a parser, has a value, in which the fault can be found."""
        document = read('{"a": ' * depth + "1" + "}" * depth)
        assert document.value is not ABSENT
        assert not document.faults


class TestDepth:
    """Text that nests deeper than parsers can read."""

    @pytest.mark.parametrize(
        "text",
        [
            "[" * 100_000,
            "[" * 100_000 + "]" * 100_000,
            '{"a":' * 100_000 + "1" + "}" * 100_000,
            '[{"":' * 50_000,
            "[" * (READABLE_DEPTH + 1) + "]" * (READABLE_DEPTH + 1),
        ],
        ids=["open", "arrays", "objects", "both", "just"],
    )
    def test_is_one_finding_at_the_bracket_that_goes_too_deep(self, text: str) -> None:
        """The finding names the limit, and points at the first bracket beyond it, by its pointer and in the text."""
        (only,) = read(text).faults
        assert only.diagnostic.code == "MM006"
        assert str(MAX_DEPTH) in only.diagnostic.message
        assert len(only.diagnostic.pointer) == MAX_DEPTH
        assert only.span.end == only.span.start + 1
        assert sum(text[: only.span.end].count(bracket) for bracket in "[{") == MAX_DEPTH + 1

    def test_has_the_pointer_of_the_value_there(self) -> None:
        """The pointer leads through the keys and indexes of the text."""
        text = '{"a": [0, 1, {"b\\u0063": ' + "[" * 1000
        (only,) = read(text).faults
        assert only.diagnostic.pointer == ("a", 2, "bc", *(0,) * (MAX_DEPTH - 3))

    def test_comes_second_to_a_mistake_before_it(self) -> None:
        """Only the first thing that is wrong is told."""
        assert fault("[,] " + "[" * 100_000) == ("MM001", "expected a value or ] here, found a comma", ",")

    def test_does_not_count_brackets_in_strings(self) -> None:
        """Text in strings has no depth."""
        text = json.dumps(["[" * 100_000, '"{' * 1000, 18446744073709551616])
        assert read(text).value == json.loads(text)

    def test_is_caught_where_the_stack_is_nearly_used_up(self) -> None:
        """A caller that is deep in calls itself gets a finding too, not an exception."""
        text = '{"a":' * 400 + "1" + "}" * 400

        def call(depth: int) -> Document:
            return call(depth - 1) if depth else read(text)

        limit = sys.getrecursionlimit()
        codes = {tuple(fault.diagnostic.code for fault in call(depth).faults) for depth in range(0, limit - 200, 100)}
        assert codes <= {(), ("MM006",)}

    def test_that_is_allowed_is_a_finding_where_the_stack_is_used_up(self) -> None:
        """What is not too deep, but deeper than what is left of the stack, is not read, and raises nothing."""
        text = '{"a":1,"a":' * 200 + "1" + "}" * 200

        def call(depth: int) -> Document:
            return call(depth - 1) if depth else read(text)

        documents = [call(depth) for depth in range(0, sys.getrecursionlimit() - 150, 10)]
        assert documents[0].value is not ABSENT
        unread = [document for document in documents if document.value is ABSENT]
        # Since Python 3.12, the stack of parsers in C is not that of Python.
        assert unread or sys.version_info >= (3, 12)
        assert all(len(document.faults) == 1 for document in unread)

    def test_ends_no_process(self) -> None:
        """In a thread with a small stack, where deep recursion would be the end, there is a finding like anywhere."""
        program = """
import threading
from minimax_validate.texts.json.places import locate_json
from minimax_validate.texts.readers.json_document import read_json
from minimax_validate.texts.document import Source
def work():
    for depth in (450, 1_000, 5_000, 100_000):
        text = "[NaN," * depth + "1" + "]" * depth
        print(*(fault.diagnostic.code for fault in read_json(Source("", text)).faults), locate_json(text, [((0,), "value")])[(0,), "value"])
threading.stack_size(256 * 1024)
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert run.stdout.split("\n")[1:-1] == ["MM006 Span(start=1, end=4)"] * 3


# Each with the message in full: it is what people read.
SYNTAX = [
    ("", "expected a JSON value, found nothing: the text is empty", ""),
    (" \n", "expected a JSON value, found nothing: the text contains only white space", ""),
    (
        '{"a": 1,}',
        "expected a key in double quotes after this comma, found }: JSON does not accept a trailing comma",
        ",",
    ),
    ("[1,\n]", "expected a value after this comma, found ]: JSON does not accept a trailing comma", ","),
    ("[1,,2]", "expected a value here, found a comma", ","),
    ("[1 2]", "expected a comma or ] here, found 2: a comma is missing", "2"),
    ('{"a": 1 "b": 2}', "expected a comma or } here, found a string: a comma is missing before it", '"'),
    ("[{} {}]", "expected a comma or ] here, found an object: a comma is missing before it", "{"),
    ('["say "hi" now"]', 'expected a comma or ] here, found "hi": escape a double quote inside a string as \\"', "hi"),
    ('{"a" 1}', "expected a colon after the key here, found 1", "1"),
    ('{"a" "b"}', "expected a colon after the key here, found a string: a colon is missing before it", '"'),
    ('{"a" = 1}', "expected a colon after the key here, found =", "="),
    ('{"a"}', "expected a colon after the key here, found }", "}"),
    ('{"a", "b"}', "expected a colon after the key here, found a comma: every key needs a value", ","),
    ('{"a":}', "expected a value after the colon here, found }", "}"),
    (
        "{'a': 1}",
        "expected a key in double quotes or } here, found a single quote: JSON accepts only double quotes",
        "'a'",
    ),
    ("{a: 1}", 'expected a key in double quotes or } here, found "a": put keys in double quotes', "a"),
    ("{1: 1}", "expected a key in double quotes or } here, found 1: put keys in double quotes", "1"),
    (
        "{“a”: 1}",
        'expected a key in double quotes or } here, found “, U+201C, left double quotation mark: JSON accepts only the plain double quote "',
        "“",
    ),
    ("[True]", 'expected a value or ] here, found "True": use true in JSON', "True"),
    ("[None]", 'expected a value or ] here, found "None": use null in JSON', "None"),
    ("[undefined]", 'expected a value or ] here, found "undefined": use null in JSON', "undefined"),
    ("[nan]", 'expected a value or ] here, found "nan": JSON does not accept NaN and infinity', "nan"),
    ("[tru", 'expected a value or ] here, found "tru": did you mean true?', "tru"),
    ("[Hello]", 'expected a value or ] here, found "Hello": put strings in double quotes', "Hello"),
    (
        "[1, // one\n2]",
        "expected a value here, found a comment: JSON does not accept comments; .jsonc files may contain them",
        "//",
    ),
    (
        "/* */ {}",
        "expected a JSON value here, found a comment: JSON does not accept comments; .jsonc files may contain them",
        "/*",
    ),
    ("{} # end", "expected the end of the text here, found a comment: JSON does not accept comments", "#"),
    ("[...]", "expected a value or ] here, found an ellipsis: replace it with the omitted text", "..."),
    ("[…]", "expected a value or ] here, found an ellipsis: replace it with the omitted text", "…"),
    ("[+1]", "expected a value or ] here, found +1: JSON numbers must not have a plus sign", "+1"),
    ("[01]", "expected a value or ] here, found 01: JSON numbers must not have leading zeros", "01"),
    ("[0x1F]", "expected a value or ] here, found 0x1F: JSON numbers must be decimal", "0x1F"),
    ("[.5]", "expected a value or ] here, found .5: a decimal point must have digits on both sides", ".5"),
    ("[5.]", "expected a value or ] here, found 5.: a decimal point must have digits on both sides", "5."),
    ("[1_000]", "expected a value or ] here, found 1_000: JSON numbers must not have separators", "1_000"),
    ("[1e+]", "expected a value or ] here, found 1e+: this is not a valid JSON number", "1e+"),
    ("[１]", "expected a value or ] here, found １: JSON accepts only the digits 0 to 9", "１"),
    ("[-NaN]", "expected a value or ] here, found -NaN: this is not a valid JSON number", "-NaN"),
    (
        '["a\nb"]',
        "expected a closing double quote before the end of the line; escape a line break inside a string as \\n",
        "",
    ),
    ('["a\tb"]', "found a tab inside a string; escape it as \\t", "\t"),
    ('["\x01"]', "found the control character U+0001 inside a string; escape it as \\u0001", "\x01"),
    (
        '["C:\\Users"]',
        'expected an escape after the backslash, one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u, found U; escape a backslash as \\\\',
        "\\U",
    ),
    (
        '["it\\\'s"]',
        "expected an escape after the backslash, one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u, found '; do not escape an apostrophe",
        "\\'",
    ),
    ('["\\u12G4"]', "expected four hexadecimal digits after \\u, found G", "\\u12"),
    ('["\\u12', "expected four hexadecimal digits after \\u, found the end of the text", "\\u12"),
    ('["a', "expected a closing double quote, found the end of the text: a string is not closed", ""),
    ('["a\\', "expected a closing double quote, found the end of the text: a string is not closed", ""),
    ('{"a": [1', "expected a comma or ], found the end of the text: an array is not closed", ""),
    ('{"a": 1\n', "expected a comma or }, found the end of the text: an object is not closed", ""),
    ('{"a":', "expected a value after the colon, found the end of the text: an object is not closed", ""),
    ("[1}", "expected a comma or ] here, found }", "}"),
    ("[1]]", "expected the end of the text here, found ]: it closes no bracket", "]"),
    (
        "{}{}",
        "expected the end of the text here, found an object after the value;"
        " concatenated JSON is not supported, so write one value per line in a .jsonl file",
        "{",
    ),
    (
        '{"a": 1}\n{"b": 2}\n',
        "expected the end of the text here, found an object after the value;"
        " one value per line is JSON Lines, so name the file .jsonl or .ndjson",
        "{",
    ),
    (
        "[\n1]\n[\n2]",
        "expected the end of the text here, found an array after the value;"
        " concatenated JSON is not supported, so write one value per line in a .jsonl file",
        "[",
    ),
    (
        "\x1e{}\n",
        "expected a JSON value here, found a record separator, U+001E: JSON text sequences (RFC 7464)"
        " are not supported; use JSON Lines, which has no separators",
        "\x1e",
    ),
    (
        "\ufeff\ufeff{}",
        "expected a JSON value here, found a byte order mark: it is accepted only at the start of a file; were files joined?",
        "\ufeff",
    ),
    (
        "[\u00a01]",
        "expected a value or ] here, found U+00A0, no-break space: only space, tab and line break are white space",
        "\u00a0",
    ),
    ("\x00", "expected a JSON value here, found the control character U+0000", "\x00"),
    ("<html>", "expected a JSON value here, found <: this looks like HTML or XML", "<"),
    ("[é]", 'expected a value or ] here, found "é": put strings in double quotes', "é"),
    (
        "[" + "x" * 90 + "]",
        'expected a value or ] here, found "' + "x" * 39 + '…": put strings in double quotes',
        "x" * 90,
    ),
]


class TestSyntax:
    """Text that is not JSON."""

    @pytest.mark.parametrize(("text", "message", "at"), SYNTAX, ids=lambda part: repr(part)[:30])
    def test_is_explained(self, text: str, message: str, at: str) -> None:
        """The message says what was expected, what was found and what to do; the span holds what was found."""
        assert fault(text) == ("MM001", message, at)

    @pytest.mark.parametrize(
        ("text", "opening"),
        [
            ('{"a": [1', "["),
            ('{"a": "b', '"'),
            ('{"a": [1}', "["),
            ('["a\nb"]', '"'),
            ('{"a": "\\x"}', '"'),
            ("[1, [2], {]", "{"),
        ],
    )
    def test_shows_what_is_still_open(self, text: str, opening: str) -> None:
        """The bracket or quote that waits for its end is a related place."""
        (only,) = read(text).faults
        (place,) = only.related
        assert text[slice(*place)] == opening
        assert [related.message for related in only.diagnostic.related] == ["opened here"]

    @given(NEAR_JSON | st.text(max_size=8))
    def test_is_what_the_standard_parser_refuses(self, text: str) -> None:
        """There is a problem exactly if the standard parser finds one, its span is in the text, its message one line."""
        assume(not text.startswith(BYTE_ORDER_MARK))
        try:
            json.loads(text, parse_int=float)
        except ValueError:
            code, message, _ = fault(text)
            assert code == "MM001"
            assert message.isprintable()
        else:
            assert first_problem(text) is None

    @given(documents(), SEEDS, st.data())
    def test_is_found_in_any_broken_document(self, document: Any, seed: int, data: st.DataObject) -> None:
        """One character more, less or other is one finding or none, as for the standard parser, and no later."""
        text = spell(document, Random(seed))
        at = data.draw(st.integers(0, len(text)))
        broken = text[:at] + data.draw(NEAR_JSON.map(lambda some: some[:1])) + text[at + data.draw(st.integers(0, 1)) :]
        assume(not broken.startswith(BYTE_ORDER_MARK))
        refused_at = None
        try:
            json.loads(broken)
        except json.JSONDecodeError as error:
            refused_at = error.pos
        faults = read(broken).faults
        if refused_at is None:
            assert all(fault.diagnostic.code == "MM004" for fault in faults)
            return
        (only,) = faults
        assert only.diagnostic.code == "MM001"
        assert 0 <= only.span.start <= only.span.end <= len(broken)
        # The standard parser stops at the opening quote of a string that is not closed; here that is a related place.
        assert only.span.start <= refused_at or only.related

    def test_after_a_byte_order_mark_is_where_it_is(self) -> None:
        """A mark at the start is skipped, and does not move the places after it."""
        text = "\ufeff[1,]"
        (only,) = read(text).faults
        assert Lines(text).location(only.span)[:2] == (1, 3)


class TestRepeatedKeys:
    """Keys that an object gives more than once."""

    @given(
        st.lists(st.tuples(st.sampled_from(["a", ":", "é"]), documents()), min_size=4, max_size=6).map(Members), SEEDS
    )
    def test_are_shown_at_both_places(self, document: Any, seed: int) -> None:
        """Each finding's span and its related span are tokens of the key, and findings are in their order."""
        text = spell(document, Random(seed))
        faults = read(text).faults
        assert len(faults) == repeats(text) > 0
        for fault in faults:
            (first,) = fault.related
            key = fault.diagnostic.pointer[-1]
            assert json.loads(text[slice(*first)]) == json.loads(text[slice(*fault.span)]) == key
            assert first.end <= fault.span.start
            assert fault.diagnostic.focus == "key"
        assert [fault.span for fault in faults] == sorted(fault.span for fault in faults)

    def test_are_told_once_for_a_key(self) -> None:
        """A key that comes three times is one finding, about its first and its last place."""
        text = '[{"a": {"b": 1, "b": 2, "\\u0062": 3}}]'
        (only,) = read(text).faults
        assert only.diagnostic.message == 'duplicate key "b" (3 times); most parsers keep only the last value'
        assert only.diagnostic.pointer == (0, "a", "b")
        assert text[slice(*only.span)] == '"\\u0062"'

    def test_are_found_in_a_value_that_is_lost_itself(self) -> None:
        """What the first of two values repeats is told too: it is a mistake of its own, in another place."""
        found: list[tuple[Pointer, int]] = [
            (fault.diagnostic.pointer, fault.span.start) for fault in read('{"a": {"b": 1, "b": 2}, "a": 3}').faults
        ]
        assert found == [(("a", "b"), 15), (("a",), 24)]


class TestEncoding:
    """Bytes that are not the text they should be."""

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_is_named_where_it_can_be_told(self, encoding: str, mark: str) -> None:
        """UTF-16 and UTF-32 are known by their mark or their zero bytes; the text is still shown."""
        text, fault = decode((mark + '{"a": "ü"}').encode(encoding))
        assert text == mark + '{"a": "ü"}'
        assert fault is not None
        assert (
            fault.diagnostic.message
            == f"the text is encoded in {encoding[:6].upper()}, but JSON must be UTF-8; save it as UTF-8"
        )

    @pytest.mark.parametrize(
        ("data", "message", "at"),
        [
            (
                b'"\xc3\xa9 \xe9"',
                "the text must be UTF-8; byte 0xE9 at offset 4 is invalid, because it does not encode a character",
                3,
            ),
            (
                b'"\xe2\x82',
                "the text must be UTF-8; byte 0xE2 at offset 1 is invalid, because the text ends inside a character",
                1,
            ),
            (
                b"\xed\xa0\x80",
                "the text must be UTF-8; byte 0xED at offset 0 is invalid, because it does not encode a character",
                0,
            ),
        ],
    )
    def test_is_wrong_at_a_byte(self, data: bytes, message: str, at: int) -> None:
        """The first byte that is not UTF-8 is named with its offset, and pointed at in the text that can be shown."""
        text, fault = decode(data)
        assert fault is not None
        assert (fault.diagnostic.code, fault.diagnostic.message) == ("MM002", message)
        assert text[slice(*fault.span)] == "\ufffd"
        assert fault.span.start == at

    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (b"", None),
            (b"{}", None),
            (b"\0", None),
            (b"a\0", None),
            (b"\xef\xbb\xbf{", None),
            (b"\xff\xfe", "utf-16-le"),
            (b"\xfe\xff", "utf-16-be"),
            (b"\xff\xfe\0\0", "utf-32-le"),
            (b"\0\0\xfe\xff", "utf-32-be"),
            (b"\xff\xfea\0", "utf-16-le"),
            (b"{\0}\0", "utf-16-le"),
            (b"\0{\0}", "utf-16-be"),
            (b"{\0\0\0", "utf-32-le"),
            (b"\0\0\0{", "utf-32-be"),
            (b"{}\0\0", None),
            (b"\0\0\0\0", None),
            (b"\0{}{", None),
            (b"{}{}\0", None),
            (b"\xff\xff\xff", None),
        ],
    )
    def test_is_told_by_the_first_four_bytes(self, data: bytes, name: str | None) -> None:
        """A mark, or the places of zero bytes, which no text in UTF-8 has there."""
        assert wide_encoding(data) == name
        assert wide_encoding(bytearray(data)) == name

    def test_of_a_text_that_is_too_large_is_not_looked_at(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The limit is in the message, in megabytes."""
        monkeypatch.setattr(encoding, "LARGEST", 3 << 20)
        text, fault = read_text(BytesIO(b" " * ((3 << 20) + 1)))
        assert text == ""
        assert fault is not None
        assert fault.diagnostic.message == "the text is larger than 3 MB, which is too large for a request"
        assert fault.span == (0, 0)

    def test_offset_of_a_wrong_byte_is_easy_to_read(self) -> None:
        """Thousands are told apart, and the place in the text is that of its character."""
        text, fault = decode("é".encode() * 1500 + b"\xff")
        assert fault is not None
        assert "byte 0xFF at offset 3,000 is invalid" in fault.diagnostic.message
        assert (fault.span, len(text)) == ((1500, 1501), 1501)

    @given(st.text(max_size=20))
    def test_is_no_matter_for_text_of_any_language(self, text: str) -> None:
        """UTF-8 text comes out as it went in, a byte order mark included."""
        assume("\0" not in text[:4])
        assert decode(text.encode()) == (text, None)

    @given(st.binary(max_size=20))
    def test_of_any_bytes_ends_in_a_text(self, data: bytes) -> None:
        """Whatever the bytes, there is a text to show, and a place in it."""
        text, fault = decode(data)
        if fault is not None:
            assert 0 <= fault.span.start <= fault.span.end <= len(text)

    def test_of_a_file_is_its_only_fault(self) -> None:
        """What stands in a file that is not UTF-8 is not looked at."""
        (document,) = reader_for_name("a.json").read("a.json", BytesIO(b"{\xff"))
        assert document.value is ABSENT
        assert [fault.diagnostic.code for fault in document.faults] == ["MM002"]


def reader_for_name(name: str) -> Any:
    """The reader of a name, which must have one."""
    reader = reader_for(name)
    assert reader is not None
    return reader


def numbered(data: bytes) -> list[tuple[int, Any]]:
    """The documents of JSON Lines: first line, and value or code of the fault."""
    return [
        (document.source.first_line, document.faults[0].diagnostic.code if document.faults else document.value)
        for document in read_jsonl("a.jsonl", BytesIO(data))
    ]


class TestLines:
    """JSON Lines."""

    def test_are_documents_of_their_own(self) -> None:
        """Each line is a document that knows its number; blank lines are counted and no more."""
        assert numbered(b'{"a": 1}\n\n \t\r\n[2]\r\n3') == [(1, {"a": 1}), (4, [2]), (5, 3)]

    def test_at_fault_stop_nothing(self) -> None:
        """A line that is not JSON, or not UTF-8, is one finding, and the next line is read."""
        assert numbered(b'1\n{"a": 1,}\n"\xff"\n{"a": 1, "a": 2}\n4\n') == [
            (1, 1),
            (2, "MM001"),
            (3, "MM002"),
            (4, "MM004"),
            (5, 4),
        ]

    @pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\r\n", b"\xef\xbb\xbf\n"])
    def test_may_be_none(self, data: bytes) -> None:
        """A file of blank lines has no documents."""
        assert numbered(data) == []

    def test_may_start_with_a_byte_order_mark(self) -> None:
        """A mark starts a file, and no other line: there it shows that files were joined."""
        assert numbered(b"\xef\xbb\xbf1\n\xef\xbb\xbf2\n3") == [(1, 1), (2, "MM001"), (3, 3)]

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
    def test_of_another_encoding_are_one_finding(self, encoding: str) -> None:
        """Where lines cannot be told apart, the file has one finding, not one for each line."""
        assert numbered('{"a": 1}\n{"a": 2}\n'.encode(encoding)) == [(1, "MM002")]

    def test_count_like_an_editor(self) -> None:
        """A lone carriage return is white space inside a record, and a line more for everything after it."""
        assert numbered(b"[1,\r2]\n3\r\n\r4") == [(1, [1, 2]), (3, 3), (4, 4)]
        _, _, last = read_jsonl("", BytesIO(b"[1,\r2]\n3\r\n\r4"))
        span = last.locate(last.source.text, [((), "value")])[(), "value"]
        assert Lines(last.source.text, last.source.first_line).location(span)[:2] == (5, 1)

    def test_with_two_values_are_a_fault(self) -> None:
        """A line holds one value."""
        assert numbered(b"{} {}\n{}") == [(1, "MM001"), (2, {})]

    def test_are_read_as_they_come(self) -> None:
        """A file without end gives its documents all the same: no more than a line is held."""
        lines: Iterator[bytes] = chain(repeat(b"{}\n", 1000), iter([b"[]\n"]), repeat(b"{\n"))
        documents = read_jsonl("endless", lines)
        assert [next(documents).value for _ in range(1001)] == [{}] * 1000 + [[]]
        assert next(documents).value is ABSENT

    @given(st.lists(st.tuples(documents(repeats=False), SEEDS, st.sampled_from(["\n", "\r\n", "\n\n"])), max_size=5))
    def test_hold_what_their_values_hold(self, records: list[tuple[Any, int, str]]) -> None:
        """Any values, one a line, are read as if each were a file."""
        texts = [(spell(document, Random(seed)).translate({10: " ", 13: " "}), end) for document, seed, end in records]
        data = "".join(text + end for text, end in texts).encode()
        assert [repr(value) for _, value in numbered(data)] == [repr(json.loads(text)) for text, _ in texts]

    @pytest.mark.parametrize(
        "line",
        [
            b"x" * 5,
            b"x" * 4 + b"\r",
            b"x\rxxxx\r",
            b"xxxx\rx",
            b"xxxxx\rx\r\r",
            b"\r" * 7,
            b"x" * 20 + b"\r\rx",
            b"xxxxxx\r",
        ],
    )
    @pytest.mark.parametrize("end", [b"\n", b"\r\n"])
    def test_behind_one_that_is_too_long_are_where_they_are(
        self, line: bytes, end: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """However a long line is read in parts, the next one has the number that an editor shows, and its own offset."""
        monkeypatch.setattr(encoding, "LONGEST_LINE", 4)
        monkeypatch.setattr(encoding, "_PART", 3)
        data = b"[0]\n" + line + end + b"[1]\n"
        first, long, last = read_jsonl("a.jsonl", encoding.read_lines(BytesIO(data)))
        assert (first.value, long.value, last.value) == ([0], ABSENT, [1])
        assert (long.source.first_line, long.source.start) == (2, 4)
        before = data.removesuffix(b"[1]\n")
        assert last.source.start == len(before)
        assert last.source.first_line == len(before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))

    @pytest.mark.parametrize(
        ("line", "is_read"),
        [(b"1111", True), (b"11111", False), (b"111111", False), (b"1111\r1", False), (b"\r\r\r\r\r1", False)],
    )
    def test_of_the_longest_kind_are_read(self, line: bytes, is_read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        """The end of a line is none of its length, and what stands behind a carriage return is a part of it."""
        monkeypatch.setattr(encoding, "LONGEST_LINE", 4)
        for end in (b"", b"\n", b"\r\n"):
            (document,) = read_jsonl("a.jsonl", encoding.read_lines(BytesIO(line + end)))
            assert [fault.diagnostic.code for fault in document.faults] == ([] if is_read else ["MM002"])

    def test_say_how_long_they_may_be(self) -> None:
        """The limits are in the messages."""
        (document,) = read_jsonl("a.jsonl", [b"1" * (encoding.LONGEST_LINE + 1)])
        (fault,) = document.faults
        assert fault.diagnostic.message == "the line is larger than 64 MB, which is too large for a request"
        assert (fault.span, document.source.text) == ((0, 0), "")

    @needs_fast_parser
    def test_that_are_proven_are_counted(self) -> None:
        """Those in a row are one document, up to a few hundred; what is not proven ends a row and is read as it is."""
        lines = [b'{"a": 1}\n', b"\n", b'{"a": 2}\r\n', b'{"b": 1}\n', b"[3]\n", b'{"a": 4, "a": 5}\n', b'{"a": 6}']
        asked: list[object] = []

        def proof(value: object, text: bytes) -> bool:
            asked.append(json.loads(text))
            assert asked[-1] == value
            return isinstance(value, dict) and "a" in value

        found = list(read_jsonl("a.jsonl", lines, proof=proof))
        assert [(document.value is PROVEN, len(document.requests), document.source.first_line) for document in found] == [
            (True, 1, 1), (True, 1, 1), (False, 1, 4), (False, 1, 5), (False, 1, 6), (True, 1, 1),
        ]  # fmt: skip
        assert [document.value for document in found[2:5]] == [{"b": 1}, [3], {"a": 5}]
        assert asked == [{"a": 1}, {"a": 2}, {"b": 1}, {"a": 6}]
        many = [b'{"a": 1}\n'] * 600
        assert [len(document.requests) for document in read_jsonl("a.jsonl", many, proof=proof)] == [256, 256, 88]

    def test_behind_proven_ones_may_be_a_template(self) -> None:
        """Tags that do not begin a text are at fault by themselves."""
        lines = [b'{"a": 1}\n', b"{% for %}\n", b'{"a": 2}\n']
        for proof in (None, lambda _value, _text: True):
            found = list(read_jsonl("a.jsonl", lines, proof=proof))
            assert [document.value is ABSENT for document in found] == [False, True, False]

    def test_may_be_read_in_parts(self) -> None:
        """A part ends where another one begins, counts lines and bytes from its own start, and says whether it is all."""
        data = b'[1]\n\n[2]\n{"a":\n1}\n'
        whole = [
            (document.value, document.source.first_line, document.source.start)
            for document in read_jsonl("", BytesIO(data))
        ]

        def part(stretch: Stretch) -> tuple[list[tuple[object, int, int]], bool]:
            found: list[tuple[object, int, int]] = []
            documents = read_stretch("", BytesIO(data), stretch)
            while True:
                try:
                    document = next(documents)
                except StopIteration as end:
                    return found, end.value
                found.append((document.value, document.source.first_line, document.source.start))

        assert part(Stretch()) == (whole, False)
        assert part(Stretch(0, 5)) == (whole[:1], True)
        assert part(Stretch(0, 4)) == (whole[:1], True)
        assert part(Stretch(5, 9, 3, begins=False)) == (whole[1:2], True)
        assert part(Stretch(5, 10, 3, begins=False)) == (whole[1:], False)
        assert part(Stretch(9, None, 4, begins=False)) == (whole[2:], False)
        assert part(Stretch(len(data), None, 6)) == ([], True)

    def test_behind_a_part_are_not_read(self) -> None:
        """The lines of the next part are left to whoever reads it, but for the first of them."""
        lines = iter([b"[1]\n", b"[2]\n", b"[3]\n", b"[4]\n"])
        assert [document.value for document in read_jsonl("", lines, Stretch(0, 8))] == [[1], [2]]
        assert list(lines) == [b"[4]\n"]

    @pytest.mark.parametrize("data", ["[1]\n[2]\n".encode("utf-16"), b'{"a":\n1}\n', b"{% a %}\n[1]\n"])
    def test_that_are_one_text_end_the_reading(self, data: bytes) -> None:
        """Whoever reads in parts is told that no other part counts."""
        documents = read_jsonl("", BytesIO(data))
        assert next(documents).value is ABSENT
        with pytest.raises(StopIteration) as end:
            next(documents)
        assert end.value.value is False

    @pytest.mark.parametrize(("first_line", "begins", "number"), [(1, True, 1), (2, True, 1), (2, False, 3)])
    def test_of_a_template_are_one_text_from_its_beginning(self, first_line: int, begins: bool, number: int) -> None:
        """Only where nothing but blank lines stands before a part, it may begin a template."""
        data = b'{% for a in b %}\n{"c": {{ a }}}\n{% endfor %}\n'
        found = list(read_jsonl("", BytesIO(data), Stretch(0, None, first_line, begins)))
        assert len(found) == number

    def test_of_another_encoding_are_known_by_the_first(self) -> None:
        """A line further down that has zero bytes is at fault by itself."""
        assert numbered(b"[1]\n[\x00]\x00\n[2]\n") == [(1, [1]), (2, "MM002"), (3, [2])]


@needs_fast_parser
class TestProof:
    """What the fast parser has read for certain."""

    @pytest.mark.parametrize(
        ("text", "is_proven"),
        [
            ('{"a":1}', True),
            (' {"a" : [1, 2.5, "b:c"]}\n', True),
            ('{"a": 1, "a": 2}', False),
            ('[{"a": 1, "a": 2}, {"b": 3}]', False),
            ('{"a": "\\u003a", "b": 1, "b": 2}', False),
            ('{"a": "\\u003A"}', False),
            ('{"a": "\\n"}', True),
            ('{"a": 123456789012345678}', True),
            ('{"a": 1234567890123456789}', False),
            ('{ "a": 18446744073709551616}', False),
            ('{"a": "1234567890123456789", "b": 1}', False),
            (f'{{"a": "{"x" * 9000}"}}', True),
            (f'{{"a": "{"x" * 9000}", "a": ""}}', False),
            (f'{{"a": "{"x" * 9000}\\n"}}', False),
            (
                f'{{"a": "\\n", "b": [{", ".join(["{}"] * 90)}, {{{", ".join(f"{chr(34)}{n}{chr(34)}: 0" for n in range(1500))}}}]}}',
                True,
            ),
        ],
        ids=lambda part: str(part)[:40],
    )
    def test_is_given_where_nothing_can_be_lost(self, text: str, is_proven: bool) -> None:
        """No key came again, no colon is escaped, and no number is too long; a doubt is no proof."""
        parsed = json_reader.parse(text.encode())
        assert parsed is not None
        assert json_reader.loses_nothing(text.encode(), parsed[1]) is is_proven

    def test_is_not_needed_where_the_text_is_as_it_would_be_written(self) -> None:
        """What is written without a blank is the value, whatever digits it has."""
        text = b'{"a":"\\\\:","b":12345678901234567890}'
        parsed = json_reader.parse(text)
        assert parsed is not None
        assert json_reader.loses_nothing(text, parsed[1])

    @pytest.mark.parametrize("text", [b"", b"{", b"[NaN]", b'"\xff"', b"[" * 2000 + b"]" * 2000])
    def test_of_what_the_fast_parser_does_not_read(self, text: bytes) -> None:
        """There is none."""
        assert json_reader.parse(text) is None

    @pytest.mark.parametrize(
        ("text", "begins"),
        [("{", True), (" \t\r\n[", True), ("\ufeff{", True), ("\ufeff \ufeff[", True), ("", False), ("a {", False), ('"{"', False), ("\x0b{", False)],
    )  # fmt: skip
    def test_text_that_may_be_json(self, text: str, begins: bool) -> None:
        """The first thing in it opens an object or an array."""
        assert json_reader.begins_as_json(text) is begins


class TestReaderFor:
    """Which format a file is in."""

    @pytest.mark.parametrize(
        ("name", "head", "format_name"),
        [
            ("a.json", b"", "JSON"),
            ("A.JSON", b"", "JSON"),
            ("a.json", b"{}\n{}\n", "JSON"),
            ("a.jsonl", b"{", "JSON Lines"),
            ("folder/a.ndjson", b"", "JSON Lines"),
            ("-", b'{"a": 1}', "JSON"),
            ("-", b'{"a": 1}\n', "JSON"),
            ("-", b'\n{"a": 1}\r\n{"a": 2', "JSON Lines"),
            ("-", b'\xef\xbb\xbf{"a": 1}\n{"a": 2}', "JSON Lines"),
            ("-", b"[]\n[]\n", "JSON Lines"),
            ("-", b'{\n"a": 1}', "JSON"),
            ("-", b"\xef\xbb\xbf [", "JSON"),
            ("-", b"messages:\n", "YAML"),
            ("-", b"---\n", "YAML"),
            ("a.jsonc", b"", "JSON with comments"),
            ("a.YML", b"", "YAML"),
        ],
    )
    def test_is_told_by_name_then_content(self, name: str, head: bytes, format_name: str) -> None:
        """A suffix is believed; without one, a first line that is whole and not alone makes JSON Lines."""
        reader = reader_for(name, head)
        assert reader is not None
        assert reader.name == format_name

    @pytest.mark.parametrize("head", [b"", b"on: push\n", b"1\n2\n", b"\x89PNG"])
    def test_is_unknown_where_nothing_tells(self, head: bytes) -> None:
        """Neither the name nor the content of a text of another kind says what it is."""
        assert reader_for("notes.txt", head) is None

    def test_has_no_suffix_twice(self) -> None:
        """No two formats claim one suffix."""
        assert len(SUFFIXES) == len(set(SUFFIXES))
        assert len({load_reader(name).name for name in READERS}) == len(READERS)

    def test_reads_a_file(self) -> None:
        """A reader takes a name and a file, and gives documents of that name."""
        (document,) = reader_for_name("a.json").read("a.json", BytesIO(b'\xef\xbb\xbf{"a": 1}'))
        assert document == Document(Source("a.json", '\ufeff{"a": 1}'), {"a": 1}, rewriter=document.rewriter)
