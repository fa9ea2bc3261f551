"""Requests in YAML: documents, aliases, tags and comments, and what is wrong with them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from yaml_engines import ENGINES, use

from minimax_validate import Validator
from minimax_validate.cli import cli
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.placed import place
from minimax_validate.texts.readers.yaml import read_yaml
from minimax_validate.texts.replacement import UnwritableError
from minimax_validate.texts.yaml import compose, walk
from minimax_validate.texts.yaml.stream import events

CALLING = """\
messages:
  - &ask {role: user, content: Is the ferry late?}
  - role: assistant
    content: ""
    tool_calls:
      - id: call_1
        type: function
        function: {name: ferries, arguments: '{"line": 3}'}
  - role: tool
    tool_call_id: call_2
    content: It is.
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)


def check(text: str, *arguments: str, name: str = "a.yaml") -> list[str]:
    """Line, column and code of each finding of a text."""
    Path(name).write_text(text, "utf-8", newline="")
    done = CliRunner().invoke(cli, ("check", name, "--output-format", "concise", "--quiet", *arguments))
    assert done.exit_code in (0, 1), done.output
    return [" ".join((*line.split(":")[1:3], line.split()[1])) for line in done.stdout.splitlines()]


def pointers(text: str) -> list[str]:
    """The pointer of each finding of a text."""
    Path("a.yaml").write_text(text, "utf-8")
    done = CliRunner().invoke(cli, ("check", "a.yaml", "--output-format", "json"))
    return [finding["pointer"] for finding in json.loads(done.stdout)]


def test_findings_stand_where_the_text_says_it() -> None:
    """Block and flow, with lines and columns of the file."""
    assert check(CALLING) == ["10 19 MM217"]
    assert check(CALLING.replace("\n", "\r\n")) == ["10 19 MM217"]
    assert check("\ufeff" + CALLING) == ["10 19 MM217"]


def test_documents_are_requests_of_their_own() -> None:
    """Each document is checked, lines go on, and empty documents are none."""
    good = "messages: [{role: user, content: Hi.}]\n"
    bad = "messages: [{role: user, content: ~}]\n"
    assert check(f"---\n{good}---\n{bad}---\n# nothing\n---\n{bad}") == ["4 34 MM110", "8 34 MM110"]
    assert check("# nothing\n") == ["1 1 MM003"]


def test_a_list_of_requests_is_an_array() -> None:
    """As in JSON, pointers begin with the index."""
    assert pointers("- messages: [{role: user, content: Hi.}]\n- messages: [{role: user, content: ~}]\n") == [
        "/1/messages/0/content"
    ]


def test_a_finding_behind_an_alias_is_where_its_anchor_stands() -> None:
    """What an alias or a merge key brings in has its place there, and is told once."""
    text = "base: &base {role: user, content: null}\nmessages:\n  - *base\n  - {<<: *base}\n  - {<<: *base, content: Hi.}\n"
    assert check(text, "--select", "MM110") == ["1 35 MM110"]


def test_tags_construct_nothing() -> None:
    """A tag of another program is passed over, and the value taken as it stands."""
    text = (
        "messages:\n  - !ruby/object:Message\n    role: user\n    content: !!python/object/apply:os.system ['true']\n"
    )
    assert check(text) == ["4 47 MM106"]
    assert check("messages: [{role: user, content: !!binary SGku}]") == []


def test_values_are_those_of_yaml_1_2() -> None:
    """No day of the week is a boolean, and no time a number."""
    assert (
        check(
            "messages: [{role: user, content: no}, {role: user, content: 12:30:00}, {role: user, content: 2001-01-01}]"
        )
        == []
    )
    assert check("messages: [{role: user, content: Hi.}]\nstream: yes\n") == ["2 9 MM102"]


def test_a_key_that_comes_again_is_told_with_both_places() -> None:
    """As in JSON, the last one is marked and the first one related."""
    assert check("messages: []\nmessages: [{role: user, content: Hi.}]\n") == ["2 1 MM004"]


def test_keys_that_are_no_texts_are_findings() -> None:
    """JSON has strings for keys: a number is told, a list ends the reading."""
    assert check("messages: [{role: user, content: Hi.}]\n3: x\n", "--select", "MM0") == ["1 1 MM005"]
    assert check("? [a]\n: 1\n") == ["1 3 MM001"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("messages: [\n", "MM001"),
        ("messages: &a [*a]\n", "MM001"),
        ("messages: *none\n", "MM001"),
        ("a: 'b\n", "MM001"),
        ("\ta: 1\n", "MM001"),
        ("[" * 100_000, "MM006"),
        ("- " * 3_000 + "x", "MM006"),
        (
            "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            + "".join(f"a{i}: &a [{', '.join(['*a'] * 10)}]\n" for i in range(9)),
            "MM001",
        ),
    ],
    ids=["open", "cycle", "no anchor", "open quote", "tab", "deep flow", "deep block", "a billion laughs"],
)
def test_what_cannot_be_read_is_one_finding(text: str, expected: str) -> None:
    """It has a place, and it takes no long time."""
    (found,) = check(text)
    assert found.endswith(expected)


def test_json_in_a_yaml_file_is_read() -> None:
    """JSON is YAML, but for corners that parsers of YAML do not take: such a text is read as JSON."""
    long_key = "k" * 2_000
    text = f'{{"messages"\n: [{{"role": "user", "content": null}}], "{long_key}": 1}}'
    assert check(text, "--ignore", "MM6") == ["2 32 MM110"]
    assert check('{"messages"\n: [{"role": "user", "content": nul}]}') == ["2 1 MM001"]


def test_what_was_read_before_a_fault_is_checked() -> None:
    """A broken document does not hide the findings of those before it."""
    assert check("messages: [{role: user, content: ~}]\n---\nmessages: [\n") == ["1 34 MM110", "4 1 MM001"]


def test_comments_silence_findings() -> None:
    """Beside a value they ignore its line, alone the request; an unused one is reported."""
    bad = "messages:\n  - role: user\n    content: null"
    assert check(f"{bad}  # minimax-validate: ignore[MM110]\n") == []
    assert check(f"# minimax-validate: ignore[null-content]\n{bad}\n") == []
    assert check(f"{bad}\n---\n# minimax-validate: ignore[MM110]\n{bad}\n") == ["3 14 MM110"]
    Path("a.yaml").write_text(
        "# minimax-validate: ignore[MM503]\nmessages: [{role: user, content: '# minimax-validate: ignore[MM1]'}]\n",
        "utf-8",
    )
    done = CliRunner().invoke(cli, ("check", "a.yaml"))
    assert done.stderr == "a.yaml:1: warning: ignore[MM503] matches no finding\n"


BODY = '{"messages": [{"role": "user", "content": "Is it \\"late\\"?"}, {"role": "user", "content": null}], "max_tokens": 0}'


@pytest.mark.parametrize(
    "scalar",
    [
        f"'{BODY}'",
        json.dumps(BODY),
        json.dumps(BODY).replace(", ", ", \\\n        "),
        f"|-\n        {BODY}",
        ">\n        " + BODY.replace("}, {", "},\n        {"),
    ],
    ids=["single", "double", "double over lines", "literal", "folded"],
)
def test_a_body_in_any_scalar(scalar: str) -> None:
    """Inside quotes and blocks a finding stands at its own characters."""
    text = f"interactions:\n- request:\n      body: {scalar}\n"
    lines = text.split("\n")
    places = [(int(line), int(column), code) for line, column, code in map(str.split, check(text))]
    assert [(lines[line - 1][column - 1 :][:2], code) for line, column, code in places] == [
        ("nu", "MM110"),
        ("0}", "MM105"),
    ]


def test_a_body_in_base64() -> None:
    """No character of the body stands in the file, so the whole of it is the place."""
    packed = base64.b64encode(BODY.encode()).decode()
    assert check(f"interactions:\n- request:\n      body: !!binary {packed}\n") == ["3 22 MM105", "3 22 MM110"]


def test_a_text_with_findings_is_parsed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Values are made in one pass; places, repeated keys, comments and edits share another one."""
    passes: list[str] = []

    def counted(text: str) -> Iterator[Any]:
        passes.append(text)
        return events(text)

    monkeypatch.setattr(walk, "events", counted)
    monkeypatch.setattr(compose, "events", counted)
    text = "messages:\n- role: user\n  role: user\n  content: null # minimax-validate: ignore[MM503]\n"
    (document,) = read_yaml("counted.yaml", text)
    placed = place(Checked(document, check_document(Validator(), document)))
    fixes = [finding.diagnostic.fix for finding in placed.findings if finding.diagnostic.fix]
    assert [placed.text_edits(fix) for fix in fixes] != []
    assert {finding.diagnostic.code for finding in placed.findings} == {"MM004", "MM110"}
    assert len(passes) == 2


@pytest.mark.parametrize(("longest", "times"), [(8, 1), (7, 2)])
def test_tokens_of_long_texts_are_not_kept(monkeypatch: pytest.MonkeyPatch, longest: int, times: int) -> None:
    """They take much more memory than the text, which is parsed again instead."""
    passes: list[str] = []

    def counted(text: str) -> Iterator[Any]:
        passes.append(text)
        return events(text)

    monkeypatch.setattr(walk, "events", counted)
    monkeypatch.setattr(walk, "LONGEST_KEPT", longest)
    walk._kept.cache_clear()
    text = "a: [b,c]"
    assert list(walk.walk(text)) == list(walk.walk(text)) != []
    assert passes == [text] * times


@pytest.mark.parametrize("engine", ENGINES)
def test_key_below_a_list_is_told_as_such(engine: str) -> None:
    """Where a list goes on as a mapping, a dash is what was expected, whichever parser says so."""
    with use(engine):
        (document,) = read_yaml("a.yaml", "- a\nb: 1\n")
        (fault,) = document.faults
    assert fault.diagnostic.message.startswith("expected a dash or the end of this list")


def test_merges_are_no_repeated_keys() -> None:
    """What is merged twice is merged, and a key that is given twice beside it is told."""
    (document,) = read_yaml("a.yaml", "a: &a {x: 1}\nb: {<<: *a, y: 1, y: 2}\nc: {<<: *a, <<: *a}\n")
    assert [fault.diagnostic.message.partition(";")[0] for fault in document.faults] == ['duplicate key "y"']


def test_a_document_that_was_rewritten_is_still_one() -> None:
    """What is read again keeps its place in the file, and a text of several documents, or of none, is refused."""
    first, second = read_yaml("a.yaml", "é: 1\n---\nb: 2\n")
    assert (second.source.first_line, second.source.start) == (2, 6)
    assert second.rewriter is not None
    again = second.rewriter.read(replace(second.source, text="---\nb: 3\n"))
    assert (again.value, again.source.first_line, again.source.start) == ({"b": 3}, 2, 6)
    with pytest.raises(UnwritableError, match="several"):
        second.rewriter.read(replace(second.source, text="b: 3\n---\nc: 4\n"))
    assert first.value == {"é": 1}
