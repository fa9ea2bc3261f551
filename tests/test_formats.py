"""Output formats: what they print, and that nothing in a payload breaks out of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import BytesIO, StringIO
from typing import Any

import jsonschema
import pytest
from syrupy.assertion import SnapshotAssertion

from minimax_validate import Settings, Validator, bundle
from minimax_validate.examples import assistant, call, calling, request, result, tool, user
from minimax_validate.formats import FORMATS, load_format
from minimax_validate.formats.escape import visible
from minimax_validate.formats.format import Style
from minimax_validate.places import Placed, place
from minimax_validate.rules import RULES
from minimax_validate.run import check_documents, read_stream

BY_CODE = {rule.code: rule for rule in RULES}
SEPARATED = request(user(), calling(), user("One moment."), result(), tools=[tool()])
TEXTS = {
    "related places": ("separated.json", json.dumps(SEPARATED, indent=2)),
    "a long line": ("log.jsonl", json.dumps(request(user("x" * 400), assistant(None), user("y" * 400)))),
    "wide characters and tabs": ("wide.json", '{\n\t"messages":\t[{"role": "你好", "content": "e\u0301 👋", "role": "用户"}]\n}'),
    "a syntax error": ("broken.json", '{"messages": [\n  {"role": "user", "content": "Hi"},\n]}'),
    "a missing key": ("missing.json", '{"messages": [\n  {"content": "Hi"}\n]}'),
    "an unknown key": ("unknown.json", json.dumps(request(user(), calling(call(index=0)), result()), indent=2)),
    "several lines of JSONL": ("log.jsonl", '{"messages": [{"role": "user"}]}\n{\n{"messages": 5}\n'),
    "a clean text": ("clean.json", json.dumps(request(user()))),
}


def placed(name: str, text: str) -> Iterable[Placed]:
    """What the command hands to a format for one file."""
    documents = read_stream(name, BytesIO(text.encode("utf-8", "surrogatepass")))
    for checked in check_documents(documents, Validator(Settings()), named=True):
        if checked.report.diagnostics:
            yield place(checked)


def printed(output_format: str, name: str, text: str, *, color: bool = False, width: int = 100) -> str:
    """What a format prints of one file."""
    stream = StringIO()
    load_format(output_format)(placed(name, text), BY_CODE, stream, Style(color, width))
    return stream.getvalue()


@pytest.mark.parametrize("case", TEXTS)
@pytest.mark.parametrize("output_format", FORMATS)
def test_output(output_format: str, case: str, snapshot: SnapshotAssertion) -> None:
    """Each format prints each case as it did before."""
    assert printed(output_format, *TEXTS[case]) == snapshot


def test_output_in_color(snapshot: SnapshotAssertion) -> None:
    """Colour is laid over the text, and changes none of it."""
    assert printed("text", *TEXTS["related places"], color=True) == snapshot


@pytest.mark.parametrize("case", TEXTS)
def test_json_keeps_its_schema(case: str) -> None:
    """The JSON report is valid against the schema that is bundled for it."""
    report = json.loads(printed("json", *TEXTS[case]))
    jsonschema.Draft202012Validator(bundle.load("report.json")).validate(report)


HOSTILE = "\x1b[31mred\x1b[0m\n::error::forged\r\u202ereversed\u2028]]>\x00\x07\x85"


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize(
    "payload",
    [
        request(user(role=HOSTILE)),
        request(user(), tools=[{**tool(), HOSTILE: 1}]),
        request(user(), model=HOSTILE),
        request(user(), calling(call(HOSTILE))),
        request(user(), tool_choice=HOSTILE),
        {HOSTILE: 1},
        request(user([{"type": HOSTILE}])),
        request(user(), stream_options={HOSTILE: True}),
    ],
)
def test_nothing_breaks_out_of_the_output(output_format: str, payload: Any) -> None:
    """No control character, no line and no order of a payload or file name reaches the output."""
    for ascii_only in (True, False):
        text = json.dumps(payload, ensure_ascii=ascii_only)
        output = printed(output_format, f"fold\x1b[1m\n{HOSTILE}.json", text)
        assert output
        assert all(line.isprintable() for line in output.split("\n"))
        assert not any(line.lstrip().startswith("::error") for line in output.splitlines())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("Grüße 你好 👋", "Grüße 你好 👋"),
        ("\x1b[0m\n", "\\x1b[0m\\x0a"),
        ("\u202e\u2028\U000e0001", "\\u202e\\u2028\\U000e0001"),
        ("\ud800", "\\ud800"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("a\u00a0b", "a\u00a0b"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    """What acts on a terminal is spelled out, what people read is not."""
    assert visible(text) == expected
