"""What the rule command says of a rule, in each format."""

from __future__ import annotations

import json
import shlex
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from syrupy.assertion import SnapshotAssertion

from minimax_validate.analysis import analyse
from minimax_validate.cli import cli
from minimax_validate.output.formats.writer import Style
from minimax_validate.output.rule_pages import FORMATS, load_format
from minimax_validate.output.rule_pages.page import page
from minimax_validate.project.config import Config
from minimax_validate.project.config_file import read_table
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.rule import Rule


def run(*arguments: str) -> Result:
    """The command, run in this process."""
    return CliRunner().invoke(cli, ("rule", *arguments))


@pytest.mark.parametrize("code", ["MM204", "MM207", "MM604"])
@pytest.mark.parametrize("format_name", FORMATS)
def test_page(code: str, format_name: str, snapshot: SnapshotAssertion) -> None:
    """A rule with a refusal, one that is off by default, and one with a short fix."""
    assert run(code, "--output-format", format_name).output == snapshot


@pytest.mark.parametrize("width", [40, 80, 100])
def test_prose_keeps_to_the_width(width: int) -> None:
    """Paragraphs are wrapped to the terminal, at most to what reads well."""
    stream = StringIO()
    load_format("text")(RULES, stream, Style(width=width))
    prose = [line for line in stream.getvalue().splitlines() if line.startswith("  ") and not line.startswith("    ")]
    assert all(len(line) <= width or " " not in line.strip() for line in prose if not line.endswith(":"))


def test_colour_is_asked_for() -> None:
    """Headings and changes are coloured on demand only."""
    assert "\x1b[" in run("MM204", "--color", "always").output
    assert "\x1b[" not in run("MM204").output


WAYS = [(rule, way) for rule in RULES for way in page(rule).ways]


def ways(language: str) -> list[object]:
    """The ways to enable or ignore rules that are written in a language."""
    return [
        pytest.param(rule, way.text, id=f"{rule.code}-{number}")
        for number, (rule, way) in enumerate(WAYS)
        if way.language == language
    ]


@pytest.mark.parametrize(("rule", "text"), ways("toml"))
def test_configuration_of_a_page_can_be_pasted(rule: Rule, text: str, tmp_path: Path) -> None:
    """It is TOML, the reader of the configuration accepts it, and it names the rule."""
    file = tmp_path / "pyproject.toml"
    file.write_text(text, "utf-8")
    assert read_table(file) not in (None, Config())
    assert rule.code in text


@pytest.mark.parametrize(("rule", "text"), ways("sh"))
def test_command_of_a_page_can_be_pasted(
    rule: Rule, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line accepts it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "request.json").write_text('{"messages": [{"role": "user", "content": "Hello"}]}', "utf-8")
    name, *arguments = shlex.split(text)
    assert name == "minimax-validate"
    assert rule.code in arguments or "--write-baseline" in arguments
    assert CliRunner().invoke(cli, arguments).exit_code == 0


@pytest.mark.parametrize(("rule", "text"), ways("python"))
def test_program_of_a_page_can_be_pasted(rule: Rule, text: str) -> None:
    """It runs, and its validator reports the rule if it enables it, else not."""
    names: dict[str, Any] = {}
    exec(text, names)
    payload = next((example.payload for example in rule.invalid if example.text is None), None)
    found = {diagnostic.code for diagnostic in names["validator"].check(payload).diagnostics}
    assert (rule.code in found) == (page(rule).is_off)


@pytest.mark.parametrize(("rule", "text"), ways("yaml"))
def test_comment_of_a_page_silences_its_findings(rule: Rule, text: str) -> None:
    """A YAML file with the comment above an example of the rule has no finding of that rule, and one without has."""
    request = json.dumps(next(example.payload for example in rule.invalid))

    def codes(yaml: str) -> set[str]:
        return {finding.diagnostic.code for finding in analyse("request.yaml", yaml).findings}

    assert rule.code in codes(request)
    assert rule.code not in codes(f"{text}\n{request}")


def test_a_rule_that_should_never_be_ignored_lists_no_ways() -> None:
    """Its page gives the reason instead; no other rule says so."""
    for rule in RULES:
        shown = page(rule)
        assert (not shown.ways) == (rule.never_ignore is not None)
        assert ("Do not ignore this rule:" in "\n".join(shown.paragraphs)) == (rule.never_ignore is not None)


def test_every_rule_is_told_in_every_format() -> None:
    """Nothing is left out: a page of each rule, an object of each rule."""
    told = json.loads(run("--all", "--output-format", "json").output)
    assert [rule["code"] for rule in told] == [rule.code for rule in RULES]
    assert all(rule["summary"] and rule["reported"] and rule["accepted"] for rule in told)
    pages = run("--all", "--output-format", "markdown").output
    assert all(f"# {rule.code} {rule.name}\n" in pages for rule in RULES)
    lines = run("--all").output.splitlines()
    assert all(any(line.startswith(f"{rule.code} {rule.name} - ") for line in lines) for rule in RULES)


def test_all_is_the_default_for_programs() -> None:
    """Without a rule, the list is a table for people; other formats have all there is to say."""
    assert run().output.startswith("code   name ")
    assert len(json.loads(run("--output-format", "json").output)) == len(RULES)


def test_control_characters_are_spelled() -> None:
    """An example may hold what must not act on the terminal."""
    assert all(char.isprintable() or char == "\n" for char in run("--all").output)


def test_list_is_aligned() -> None:
    """The list has each rule in columns, wrapped to 80 columns if it is not written to a terminal."""
    lines = run().output.splitlines()
    assert max(map(len, lines)) <= 80
    column = lines[0].index("requirement")
    assert all(line[column - 1] == " " and line[column] != " " for line in lines)
    starts = [line.split()[:3] for line in lines[1:] if line.startswith("MM")]
    assert starts == [[rule.code, rule.name, rule.severity.label] for rule in RULES]
    words = " ".join(line[column:] for line in lines[1:])
    assert words == " ".join(rule.summary for rule in RULES)


def test_examples_are_laid_out_for_the_width() -> None:
    """An example that is wider than the page is opened further, and is the same JSON."""
    narrow, wide = StringIO(), StringIO()
    rules = [rule for rule in RULES if rule.code == "MM302"]
    load_format("text")(rules, narrow, Style(width=80))
    load_format("text")(rules, wide, Style(width=400))
    texts = [stream.getvalue().partition("Accepted")[2].partition("More examples")[0] for stream in (narrow, wide)]
    examples = [json.loads(text[text.index("{") :]) for text in texts]
    assert examples[0] == examples[1]
    assert max(map(len, texts[0].splitlines())) <= 80 < max(map(len, texts[1].splitlines()))
