"""Output formats: what they print."""

from __future__ import annotations

import json
from io import BytesIO, StringIO
from typing import Any

import jsonschema
import pytest
from printing import TEXTS, VALIDATOR, placed, printed, written
from syrupy.assertion import SnapshotAssertion

from minimax_validate import __version__
from minimax_validate.json_schema import bundle
from minimax_validate.output.escape import visible
from minimax_validate.output.formats import FORMATS, load_format
from minimax_validate.output.formats.frame import Mark, frame
from minimax_validate.output.formats.writer import Style
from minimax_validate.output.redact import redacted
from minimax_validate.project.checking import check_documents
from minimax_validate.project.files import read_stream
from minimax_validate.rules.catalogue import BY_CODE, RULES
from minimax_validate.rules.examples import call, calling, request, result, tool, user
from minimax_validate.texts.lines import Lines, Location
from minimax_validate.texts.placed import place


@pytest.mark.parametrize("case", TEXTS)
@pytest.mark.parametrize("output_format", FORMATS)
def test_output(output_format: str, case: str, snapshot: SnapshotAssertion) -> None:
    """Each format prints each case as it did before.

    The pages of all rules, which are in each log of SARIF, are shown but once.
    """
    output = printed(output_format, *TEXTS[case])
    if output_format == "sarif":
        log = json.loads(output)
        log["runs"][0]["tool"]["driver"]["rules"] = f"{len(RULES)} rules"
        output = json.dumps(log, indent=2)
    assert output == snapshot


def test_rule_in_sarif(snapshot: SnapshotAssertion) -> None:
    """A rule is told in SARIF in short, in full, and with all that its page says."""
    log = json.loads(written("sarif", (), rules={"MM204": BY_CODE["MM204"]}))
    assert log["runs"][0]["tool"]["driver"]["rules"] == snapshot


GOLDEN = {
    "text": "",
    "concise": "",
    "json": "[]\n",
    "json-lines": "",
    "github": "",
    "gitlab": "[]\n",
    "junit": """<?xml version="1.0" encoding="utf-8"?>
<testsuites name="minimax-validate">
<testsuite name="minimax-validate" tests="1" failures="0" errors="0">
<testcase name="no findings" classname="minimax-validate"/>
</testsuite>
</testsuites>
""",
    "markdown": "## minimax-validate\n\nNo findings.\n",
    "sarif": f"""{{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", \
"runs": [{{"tool": {{"driver": \
{{"name": "minimax-validate", "semanticVersion": "{__version__}", \
"informationUri": "https://github.com/minimax-validate/minimax-validate", "rules": []}}}}, \
"invocations": [{{"executionSuccessful": true}}], "columnKind": "unicodeCodePoints", "results": []}}]}}
""",
}
"""What each format prints of a run without findings, by a linter without rules."""


@pytest.mark.parametrize("output_format", FORMATS)
def test_clean_run(output_format: str) -> None:
    """A run without findings prints the empty document of its format, to the letter, and no byte order mark."""
    assert written(output_format, (), rules={}) == GOLDEN[output_format]


@pytest.mark.parametrize("output_format", FORMATS)
def test_several_at_once(output_format: str) -> None:
    """A format that is told of documents beside all others prints what it prints alone."""
    documents = [document for name, text in TEXTS.values() for document in placed(name, text)]
    streams = {name: StringIO() for name in FORMATS}
    writers = [load_format(name)(BY_CODE, stream, Style(width=100)) for name, stream in streams.items()]
    for document in documents:
        for writer in writers:
            writer.write(document)
    for writer in writers:
        writer.finish()
    assert streams[output_format].getvalue() == written(output_format, documents)


def test_output_in_color(snapshot: SnapshotAssertion) -> None:
    """Colour is laid over the text, and changes none of it."""
    assert printed("text", *TEXTS["related places"], color=True) == snapshot


@pytest.mark.parametrize("case", TEXTS)
def test_json_keeps_its_schema(case: str) -> None:
    """The JSON report is valid against the schema that is bundled for it."""
    report = json.loads(printed("json", *TEXTS[case]))
    jsonschema.Draft202012Validator(bundle.load("report.json")).validate(report)


@pytest.mark.parametrize("case", TEXTS)
def test_json_lines_are_the_items_of_json(case: str) -> None:
    """A line of the one is an item of the other."""
    assert list(map(json.loads, printed("json-lines", *TEXTS[case]).splitlines())) == json.loads(
        printed("json", *TEXTS[case])
    )


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
    request(
        user(), calling(call(HOSTILE)), user(HOSTILE, name=HOSTILE), result(HOSTILE, content=HOSTILE), tools=[tool()]
    ),
]


def assert_harmless(output: str) -> None:
    """No control character, no line and no order of a payload or file name is in an output."""
    assert output
    assert all(line.isprintable() for line in output.split("\n"))
    assert not any(line.lstrip().startswith("::error") for line in output.splitlines())


@pytest.mark.parametrize("width", [20, 60, 200])
@pytest.mark.parametrize("payload", HOSTILE_PAYLOADS)
def test_nothing_breaks_out_of_frames(payload: Any, width: int) -> None:
    """Nor does it in what is marked over several lines, cut, redacted, or broken into lines for a terminal."""
    name, text = f"fold\x1b[1m\n{HOSTILE}.json", json.dumps(payload, ensure_ascii=False, indent=2)
    shown = on_a_terminal(width, name, text)
    assert shown
    assert all(line.isprintable() for line in shown)
    assert_harmless(printed("text", name, text, width=width))
    checked = check_documents(read_stream(name, BytesIO(text.encode())), VALIDATOR, named=True)
    assert_harmless(written("text", (redacted(place(found), found.document) for found in checked), Style(width=width)))


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


DEVELOPER = '{"messages": [{"role": "developer", "content": "Hi"}]}'


def on_a_terminal(width: int, name: str = "file.json", text: str = DEVELOPER) -> list[str]:
    """The lines that are shown of a text on a terminal."""
    terminal = Terminal()
    writer = load_format("text")(BY_CODE, terminal, Style(width=width, wraps=True))
    for document in placed(name, text):
        writer.write(document)
    return terminal.getvalue().split("\n")


def test_first_line_on_a_terminal() -> None:
    """On a terminal the first line is broken between words.

    The place has one of its own where it leaves no room for them.
    """
    message = 'role "developer" is not accepted, only "system", "user", "assistant" or "tool"; use "system"'
    assert on_a_terminal(200)[0] == f"file.json:1:24: MM112 error: {message}"
    first, second, *_ = on_a_terminal(80)
    assert (
        first == 'file.json:1:24: MM112 error: role "developer" is not accepted, only "system", "user",'[: len(first)]
    )
    assert second.startswith("    ")
    assert f"{first} {second.strip()}".startswith("file.json:1:24: MM112 error: role")
    place, rest, *_ = on_a_terminal(60, "a/long/path/to/a/file.json")
    assert (place, rest[:23]) == ("a/long/path/to/a/file.json:1:24:", '    MM112 error: role "')
    assert all(len(line) <= 60 for line in on_a_terminal(60))


def test_first_line_elsewhere() -> None:
    """Where programs may read it, the first line is in one piece, however long it is."""
    assert 'only "system", "user", "assistant" or "tool"; use "system"\n' in printed(
        "text", "file.json", DEVELOPER, width=40
    )


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
        ("see ##[error]x", "see \\x23#[error]x"),
        ("###[group]", "#\\x23#[group]"),
        ("#\u200d#\ufe0f[error]x", "\\x23\u200d#\ufe0f[error]x"),
        ("##vso[task.complete]", "\\x23#vso[task.complete]"),
        ("## Title [1]", "## Title [1]"),
        ("::error::x", "\\x3a:error::x"),
        (" \u200c:\u200d:error::x", " \u200c\\x3a\u200d:error::x"),
        ("std::vector", "std::vector"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    """What acts on a terminal or on the runner of a job is spelled out, what people read is not."""
    assert visible(text) == expected


def test_frame_marks_what_is_spelled() -> None:
    """The marks stand under the characters they mean also behind one that takes more room than it should."""
    line, marks = frame(Lines("##[error]x = 5"), [Mark(Location(1, 14, 1, 15), "^")], 80)
    assert line.text == "\\x23#[error]x = 5"
    assert marks.text.index("^") == line.text.index("5")


@pytest.mark.parametrize(
    ("payload", "is_told"),
    [
        ({"prompt": "Hi"}, True),
        ({"model": "minimax/m2.7"}, True),
        ({"name": "weather"}, False),
        ({"cells": [], "nbformat": 4}, False),
        ({"messages": [{"author": "Ann", "content": "Hi"}]}, False),
        (["Hi"], False),
        ({"custom_id": "1", "url": "/v1/embeddings", "body": {"input": "Oslo"}}, False),
    ],
)
def test_what_nobody_sends_is_refused_by_nobody(payload: object, is_told: bool) -> None:
    """The provider's answer to what is no request is shown where somebody may send it, and not for other files."""
    assert ("rejected by the provider" in printed("text", "a.json", json.dumps(payload))) is is_told
