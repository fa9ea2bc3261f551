"""Output formats: what they print."""

from __future__ import annotations

import json
from io import StringIO

import jsonschema
import pytest
from printing import BY_CODE, TEXTS, placed, printed, written
from syrupy.assertion import SnapshotAssertion

from minimax_validate import __version__, bundle
from minimax_validate.formats import FORMATS, load_format
from minimax_validate.formats.escape import visible
from minimax_validate.formats.format import Style
from minimax_validate.formats.frame import Mark, frame
from minimax_validate.lines import Lines, Location
from minimax_validate.rules import RULES


@pytest.mark.parametrize("case", TEXTS)
@pytest.mark.parametrize("output_format", FORMATS)
def test_output(output_format: str, case: str, snapshot: SnapshotAssertion) -> None:
    """Each format prints each case as it did before; the pages of all rules, which are in each log of SARIF, are shown but once."""
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
    "sarif": f"""{{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{{"tool": {{"driver": \
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
    assert list(map(json.loads, printed("json-lines", *TEXTS[case]).splitlines())) == json.loads(printed("json", *TEXTS[case]))


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


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("start", [0, 10, 150, 390])
def test_frame_of_a_long_line(start: int, width: int) -> None:
    """A line that does not fit is cut on the sides, and the mark stays under the characters it means."""
    text = "".join(chr(ord("a") + index % 26) for index in range(400))
    marked = Location(1, start + 1, 1, start + 6)
    line, marks = frame(Lines(text), [Mark(marked, "^")], width)
    assert len(line.text) <= max(width, 50)
    at = marks.text.index("^")
    assert line.text[at : at + 5] == text[start : start + 5]
