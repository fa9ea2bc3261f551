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
from minimax_validate.redact import redacted
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


HOSTILE_PAYLOADS: list[Any] = [
    request(user(role=HOSTILE)),
    request(user(), tools=[{**tool(), HOSTILE: 1}]),
    request(user(), model=HOSTILE),
    request(user(), calling(call(HOSTILE))),
    request(user(), tool_choice=HOSTILE),
    {HOSTILE: 1},
    request(user([{"type": HOSTILE}])),
    request(user(), stream_options={HOSTILE: True}),
    request(user(), calling(call(HOSTILE)), user(HOSTILE, name=HOSTILE), result(HOSTILE, content=HOSTILE), tools=[tool()]),
]


def assert_harmless(output: str) -> None:
    """No control character, no line and no order of a payload or file name is in an output."""
    assert output
    assert all(line.isprintable() for line in output.split("\n"))
    assert not any(line.lstrip().startswith("::error") for line in output.splitlines())


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize("payload", HOSTILE_PAYLOADS)
def test_nothing_breaks_out_of_the_output(output_format: str, payload: Any) -> None:
    """Nothing of a payload or a file name acts on a terminal or on the lines of a log."""
    for ascii_only in (True, False):
        assert_harmless(printed(output_format, f"fold\x1b[1m\n{HOSTILE}.json", json.dumps(payload, ensure_ascii=ascii_only)))


@pytest.mark.parametrize("width", [20, 60, 200])
@pytest.mark.parametrize("payload", HOSTILE_PAYLOADS)
def test_nothing_breaks_out_of_frames(payload: Any, width: int) -> None:
    """Nor does it in what is marked over several lines, cut, redacted, or broken into lines for a terminal, where none is a command."""
    name, text = f"fold\x1b[1m\n{HOSTILE}.json", json.dumps(payload, ensure_ascii=False, indent=2)
    terminal = Terminal()
    load_format("text")(placed(name, text), BY_CODE, terminal, Style(width=width))
    assert terminal.getvalue()
    assert all(line.isprintable() for line in terminal.getvalue().split("\n"))
    assert_harmless(printed("text", name, text, width=width))
    checked = check_documents(read_stream(name, BytesIO(text.encode())), Validator(Settings()), named=True)
    stream = StringIO()
    load_format("text")((redacted(place(found), found.document) for found in checked), BY_CODE, stream, Style(width=width))
    assert_harmless(stream.getvalue())


@pytest.mark.parametrize("output_format", ["text", "concise"])
@pytest.mark.parametrize("name", ["::error::forged.json", " ::set-output name=a::b.json", "##[error]forged.json"])
def test_no_name_is_a_command(output_format: str, name: str) -> None:
    """A file whose name runners of CI would take for a command at the start of a line is told of by another spelling of its path."""
    output = printed(output_format, name, json.dumps(request(user(None))))
    assert output.startswith(f"./{name}:1:")


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def on_a_terminal(width: int, name: str = "file.json") -> list[str]:
    """The lines of a finding on a terminal."""
    terminal = Terminal()
    load_format("text")(placed(name, '{"messages": [{"role": "developer", "content": "Hi"}]}'), BY_CODE, terminal, Style(width=width))
    return terminal.getvalue().splitlines()


def test_first_line_on_a_terminal() -> None:
    """On a terminal the first line is broken between words; the place has one of its own where it leaves no room for them."""
    message = 'role "developer" is not accepted, only system, user, assistant or tool; the role is called system here'
    assert on_a_terminal(200)[0] == f"file.json:1:24: MM112 error: {message}"
    first, second, *_ = on_a_terminal(80)
    assert first == 'file.json:1:24: MM112 error: role "developer" is not accepted, only system, user,'[: len(first)]
    assert second.startswith("    ")
    assert f"{first} {second.strip()}".startswith("file.json:1:24: MM112 error: role")
    place, rest, *_ = on_a_terminal(60, "a/long/path/to/a/file.json")
    assert (place, rest[:23]) == ("a/long/path/to/a/file.json:1:24:", '    MM112 error: role "')
    assert all(len(line) <= 60 for line in on_a_terminal(60))


def test_first_line_elsewhere() -> None:
    """Where programs may read it, the first line is in one piece, however long it is."""
    text = '{"messages": [{"role": "developer", "content": "Hi"}]}'
    assert "only system, user, assistant or tool; the role is called system here\n" in printed("text", "file.json", text, width=40)


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
