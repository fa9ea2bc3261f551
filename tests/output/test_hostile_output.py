"""Nothing that a payload or a file name holds can forge anything in any output.

Each is read back by whoever reads it, and told apart.
"""

from __future__ import annotations

import json
import posixpath
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from printing import placed, written

from minimax_validate.output.escape import visible
from minimax_validate.output.formats import FORMATS
from minimax_validate.output.formats.writer import Style
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.rules.examples import call, calling, request, result, tool, user
from minimax_validate.texts.placed import Finding, Placed
from minimax_validate.values.diagnostic import Fix

HOSTILE = (
    "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "\x9b31mred\r\n\x85\x0b\x0c",
    "\n::error file=forged.json,line=1::forged",
    "::error::forged",
    " \u200d:\u200c:warning::forged",
    "\u2028::notice::forged\u2029",
    "see ##[error]forged and ##[group]forged",
    "#\u200d#\ufe0f[error]forged",
    "##vso[task.complete result=Failed]forged ##teamcity[buildStop]",
    "%0A::error::forged,line=7:%25%0D",
    "a,line=9::x=y,title=forged",
    "]]><testcase name='forged'/><![CDATA[",
    '\'"/></testsuite><testsuite name="forged">&amp;&#10;<!--',
    "\x00\x01\x08\ufffe\uffff\U0001ffff",
    "\ud800 half \udfff",
    "\udce4.json",
    "\u202ereversed\u2066\u2069\u200f",
    "\U000e0001\U000e0061 tagged",
    "a | b | c |\n| --- | --- |\n| forged | cell |",
    "\\| \\` \\\\|",
    "` `` ``` `x",
    "|`|``|",
    "[click](https://evil.example) ![i](https://evil.example/i.png) [a]: https://evil.example",
    "<img src=x onerror=alert(1)><a href='https://evil.example'>x</a><!--",
    "https://evil.example www.evil.example evil@evil.example @everyone #1 :tada: 0123456789abcdef",
    "# heading\n\n* item\n\n> quote **bold** _it_ ~~x~~",
    "{0} {{1}} [text](0)",
    "\u3000\u00a0 \t spaced \t",
    "=x.json",
    "-- --output sarif=x",
)
PLACES = (
    lambda text: request(user(role=text)),
    lambda text: request(user(), tools=[{**tool(), text: 1}]),
    lambda text: request(user(), model=text),
    lambda text: request(user(), calling(call(text))),
    lambda text: request(user(), tool_choice=text),
    lambda text: {text: 1},
    lambda text: request(user([{"type": text}])),
    lambda text: request(user(), stream_options={text: True}),
    lambda text: request(user(), calling(call(id=text)), user(text), result(text)),
)
"""Payloads that hold a text where a finding speaks of it."""


def name_of(text: str) -> str:
    """A file's name with a hostile text in it: all but what no name holds."""
    return f"{text}.json".replace("\x00", "").lstrip("/")


Documents = tuple[Placed, ...]


def findings(documents: Documents) -> list[Finding]:
    """What is to be told."""
    return [finding for document in documents for finding in document.findings]


def printed(output_format: str, documents: Documents, *, color: bool = False) -> str:
    """What a format prints; of the rules, it is told those that are broken alone, as SARIF tells of all."""
    rules = {finding.diagnostic.code: BY_CODE[finding.diagnostic.code] for finding in findings(documents)}
    return written(output_format, documents, Style(color, 100), rules)


def saying(documents: Documents, text: str) -> Documents:
    """The same documents, where all that is said of them is a text: no rule is trusted to have made it harmless."""

    def said(finding: Finding) -> Finding:
        diagnostic = finding.diagnostic
        related = tuple(replace(other, message=text) for other in diagnostic.related)
        return finding._replace(
            diagnostic=replace(diagnostic, message=text, related=related, fix=Fix(text, (), safe=False))
        )

    return tuple(replace(document, findings=tuple(map(said, document.findings))) for document in documents)


def is_harmless(line: str) -> bool:
    """Whether a line holds nothing that acts on a terminal."""
    return all(char.isprintable() or unicodedata.category(char) == "Zs" or char in "\u200c\u200d" for char in line)


def seen(line: str) -> str:
    """A line as a comparison sees it that passes over characters without a look."""
    return re.sub(
        "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]",
        "",
        line,
    )


def check_lines(output_format: str, documents: Documents) -> str:
    """What a format prints, when no line of it acts on a terminal or on the runner of a job."""
    output = printed(output_format, documents)
    lines = output.split("\n")
    assert lines.pop() == ""
    assert output.splitlines() == lines
    for line in lines:
        assert is_harmless(line)
        assert not re.search(r"##\w*\[", seen(line))
        if output_format != "github":
            assert not seen(line).lstrip().startswith("::")
    return output


def check_concise(name: str, documents: Documents) -> None:
    """One line a finding, with its own place in front."""
    lines = check_lines("concise", documents).splitlines()
    for line, finding in zip(lines, findings(documents), strict=True):
        diagnostic, place = finding.diagnostic, finding.location
        head = f"{visible(name)}:{place.line}:{place.column}: {diagnostic.code} {diagnostic.severity.label}: "
        assert line.startswith(head)


COLORS = re.compile(r"\x1b\[(?:0|1|34|1;3[136])m")


def check_text(name: str, documents: Documents) -> None:
    """A block of lines a finding, each of its kind; the colours are ours alone."""
    output = check_lines("text", documents)
    blocks = output.split("\n\n")
    assert blocks.pop() == ""
    for block, finding in zip(blocks, findings(documents), strict=True):
        head, *rest = block.split("\n")
        place = finding.location
        assert head.startswith(f"{visible(name)}:{place.line}:{place.column}: {finding.diagnostic.code} ")
        assert all(re.match(r" *\d* \||  +\||  +=", line) for line in rest)
    assert COLORS.sub("", printed("text", documents, color=True)) == output


def check_json(name: str, documents: Documents) -> None:
    """An array with an object a finding, which tells the file and the message as they are."""
    expected = [(name, finding.diagnostic.message) for finding in findings(documents)]
    assert [(item["filename"], item["message"]) for item in json.loads(check_lines("json", documents))] == expected
    lines = [json.loads(line) for line in check_lines("json-lines", documents).splitlines()]
    assert [(item["filename"], item["message"]) for item in lines] == expected


def check_gitlab(name: str, documents: Documents) -> None:
    """An object a finding, with descriptions that stay on their line."""
    output = check_lines("gitlab", documents)
    assert output.isascii()
    for issue, finding in zip(json.loads(output), findings(documents), strict=True):
        assert is_harmless(issue["description"])
        assert issue["location"] == {"path": posixpath.normpath(name), "lines": {"begin": finding.location.line}}


def check_sarif(name: str, documents: Documents) -> None:
    """A result a finding, whose address leads to the file, and whose texts hold no links."""
    output = check_lines("sarif", documents)
    assert output.isascii()
    path = posixpath.normpath(name)
    try:
        file = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        file = path.encode("utf-8", "surrogatepass")
    for each, finding in zip(json.loads(output)["runs"][0]["results"], findings(documents), strict=True):
        uri = each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
        assert unquote(uri, errors="surrogateescape").encode("utf-8", "surrogateescape") == file
        assert each["ruleId"] == finding.diagnostic.code
        for message in (each["message"], *(other["message"] for other in each.get("relatedLocations", ()))):
            assert is_harmless(message["text"])
            assert "](" not in message["text"]


Command = tuple[str, dict[str, str], str]


def read_command(line: str) -> Command | None:
    """A line as the runner of GitHub Actions takes it: the name of a command, its properties, its message."""
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, told = line[2:end].partition(" ")
    pairs = dict(pair.split("=", 1) for pair in told.strip().split(","))
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        pairs = {key: value.replace(escape, char) for key, value in pairs.items()}
    return name, pairs, line[end + 2 :].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def check_github(name: str, documents: Documents) -> None:
    """A command a finding, with properties that are read back as they were meant."""
    lines = check_lines("github", documents).splitlines()
    for line, finding in zip(lines, findings(documents), strict=True):
        command = read_command(line)
        assert command is not None
        kind, properties, message = command
        assert kind == {"error": "error", "warning": "warning", "info": "notice"}[finding.diagnostic.severity.label]
        assert set(properties) <= {"title", "file", "line", "col", "endLine", "endColumn"}
        assert properties["file"] == visible(posixpath.normpath(name))
        assert properties["line"] == str(finding.location.line)
        assert properties["title"] == f"{finding.diagnostic.code} {finding.diagnostic.name}"
        assert message == visible(finding.diagnostic.message)


def check_junit(name: str, documents: Documents) -> None:
    """A failed case a finding in the suite of the file, and no other element."""
    output = check_lines("junit", documents)
    assert output.isascii()
    told = findings(documents)
    root = ET.fromstring(output)
    assert [element.tag for element in root.iter()] == ["testsuites", "testsuite", *["testcase", "failure"] * len(told)]
    (suite,) = root
    assert suite.attrib == {"name": visible(name), "tests": str(len(told)), "failures": str(len(told)), "errors": "0"}
    for case, finding in zip(suite, told, strict=True):
        assert set(case.attrib) == {"name", "classname", "file", "line"}
        assert case[0].attrib == {
            "type": finding.diagnostic.severity.label,
            "message": visible(finding.diagnostic.message),
        }
        assert is_harmless((case[0].text or "").replace("\n", ""))
    assert sum(1 for suite in JUnitXml.fromstring(output) for _ in suite) == len(told)


MARKDOWN = MarkdownIt("gfm-like", {"html": True})


def flat(tokens: Iterable[Token]) -> list[Token]:
    """Tokens with those inside of them."""
    return [each for token in tokens for each in (token, *flat(token.children or ()))]


def check_markdown(name: str, documents: Documents) -> None:
    """A row of four cells a finding.

    All that is not ours stands in code, and there are no links but those to the rules.
    """
    told = findings(documents)
    tokens = flat(MARKDOWN.parse(check_lines("markdown", documents)))
    kinds = [token.type for token in tokens]
    assert kinds.count("tr_open") == len(told) + 1
    assert kinds.count("td_open") == 4 * len(told)
    assert not {"image", "html_inline", "html_block", "fence", "code_block", "blockquote_open", "hr"} & set(kinds)
    assert [token.attrs["href"] for token in tokens if token.type == "link_open"] == [
        BY_CODE[each.diagnostic.code].url for each in told
    ]
    cells = [(f"{name}:{each.location.line}:{each.location.column}", each.diagnostic.message) for each in told]
    expected = [visible(text).replace("|", "\\x7c").strip() for row in cells for text in row]
    assert [token.content.strip() for token in tokens if token.type == "code_inline"] == expected
    ours = {"severity", "place", "rule", "finding", "minimax-validate", "error", "warning", "info", ""}
    ours |= {each.diagnostic.code for each in told} | {each.diagnostic.name for each in told}
    words = {token.content.strip() for token in tokens if token.type == "text"}
    assert {
        word for word in words - ours if not re.fullmatch(r"(\d+ (errors?|warnings?|notes?)(, )?)+ in 1 file\.", word)
    } == set()


CHECKS = {
    "concise": check_concise,
    "text": check_text,
    "json": check_json,
    "json-lines": check_json,
    "gitlab": check_gitlab,
    "sarif": check_sarif,
    "github": check_github,
    "junit": check_junit,
    "markdown": check_markdown,
}


def check_format(output_format: str, text: str, payload: Any) -> None:
    """See whether a text breaks out of a format, in a payload and in a file's name, with escapes and without."""
    for ascii_only in (True, False):
        for name, indent in ((name_of(text), None), ("plain.json", 2)):
            documents = tuple(placed(name, json.dumps(payload, ensure_ascii=ascii_only, indent=indent)))
            assert findings(documents), "nothing is found that speaks of it"
            CHECKS[output_format](name, documents)
            CHECKS[output_format](name, saying(documents, text))


def test_every_format_is_checked() -> None:
    """No format is left out here."""
    assert set(CHECKS) == set(FORMATS)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("output_format", FORMATS)
def test_nothing_breaks_out(output_format: str, text: str) -> None:
    """A hostile text that a finding speaks of is shown, and does nothing."""
    for place in PLACES:
        check_format(output_format, text, place(text))


FRAGMENTS = st.sampled_from(
    [*HOSTILE, *"\n\r\t|`[]()<>&'\"%:,#=\\", "::", "##", "]]>", "%0A", "\u200d", "\ufe0f"]
) | st.text(min_size=1, max_size=3)


@pytest.mark.parametrize("output_format", FORMATS)
def test_no_mixture_breaks_out(output_format: str) -> None:
    """Nor does any mixture of such texts."""

    @given(st.lists(FRAGMENTS, min_size=1, max_size=5).map("".join), st.sampled_from(PLACES))
    def no_mixture_breaks_out(text: str, place: Any) -> None:
        check_format(output_format, text, place(text))

    no_mixture_breaks_out()


def test_uri_leads_to_the_file() -> None:
    """The address of a file, decoded, is its name again, byte for byte also where it is no text."""
    for name in ("a b/ä#?%20:&.json", "\udce4\udcff.json", "c:d.json", "100%.json"):
        (found,) = json.loads(printed("sarif", tuple(placed(name, '{"messages": 5}'))))["runs"][0]["results"]
        uri = found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert unquote(uri, errors="surrogateescape") == name
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
