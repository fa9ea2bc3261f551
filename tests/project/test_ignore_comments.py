"""Comments that ignore findings where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli

NULL = '{"role": "user", "content": null}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(text: str, *arguments: str) -> Result:
    """A check of one text."""
    Path("a.jsonc").write_text(text, "utf-8")
    return CliRunner().invoke(cli, ("check", "a.jsonc", "--output-format", "concise", "--quiet", *arguments))


def places(text: str, *arguments: str) -> list[str]:
    """The line and code of each finding of a text."""
    return [f"{line.split(':')[1]} {line.split()[1]}" for line in check(text, *arguments).stdout.splitlines()]


def remarks(text: str, *arguments: str) -> list[str]:
    """What is said of its comments."""
    Path("a.jsonc").write_text(text, "utf-8")
    done = CliRunner().invoke(cli, ("check", "a.jsonc", "--output-format", "concise", *arguments))
    return [line for line in done.stderr.splitlines() if ": warning: " in line]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "comment",
    [
        "// minimax-validate: ignore[MM110]",
        "/* minimax-validate: ignore[null-content] */",
        "// because of it: minimax-validate: ignore[ MM503 , MM1 ]",
        "//minimax-validate:ignore[ALL]",
    ],
)
def test_beside_a_value_it_ignores_its_line(comment: str) -> None:
    """A code, a prefix or a name, alone or among others, and no other line."""
    assert places(f'{{"messages": [\n{NULL}, {comment}\n{NULL}]}}') == ["3 MM110"]


@pytest.mark.usefixtures("folder")
def test_alone_it_ignores_the_request_that_it_stands_in() -> None:
    """Above the request, within it, or behind it, where there is but one."""
    comment = "// minimax-validate: ignore[MM110]"
    request = f'{{"messages": [\n{NULL},\n{NULL}]}}'
    assert places(request) == ["2 MM110", "3 MM110"]
    assert places(f"{comment}\n{request}") == []
    assert places(request.replace(",\n", f",\n{comment}\n")) == []
    assert places(f"{request}\n  {comment}") == []


@pytest.mark.usefixtures("folder")
def test_alone_among_many_it_ignores_one_request() -> None:
    """In an array it is the request around the comment, or right below it."""
    request = f'{{"messages": [{NULL}]}}'
    comment = "// minimax-validate: ignore[MM110]"
    assert places(f"[\n{request},\n{comment}\n{request},\n{request}\n]") == ["2 MM110", "5 MM110"]
    assert places(f"[\n{request},\n{request},\n{request}\n{comment}\n]") == ["2 MM110", "3 MM110"]
    assert places(f'[\n{request},\n{{"messages": [\n{comment}\n{NULL}]}},\n{request}\n]') == ["2 MM110", "6 MM110"]


@pytest.mark.usefixtures("folder")
def test_other_rules_are_told_all_the_same() -> None:
    """What is not named is not ignored."""
    text = f'{{"messages": [{NULL}], "max_tokens": 0}} // minimax-validate: ignore[MM110]'
    assert places(text) == ["1 MM105"]


@pytest.mark.usefixtures("folder")
def test_what_ignores_nothing_is_said() -> None:
    """An unused comment, an unknown rule and a comment without one are told with their lines, and fail no run."""
    text = (
        '{"messages": [ // minimax-validate: ignore[MM503]\n'
        '{"role": "user", "content": "Hi."} // minimax-validate: ignore[nul-content]\n'
        "] // minimax-validate: ignore\n}"
    )
    assert remarks(text) == [
        "a.jsonc:1: warning: ignore[MM503] matches no finding",
        'a.jsonc:2: warning: unknown rule "nul-content"; did you mean "null-content"?',
        "a.jsonc:3: warning: name the rules to ignore, for example: minimax-validate: ignore[MM503]",
    ]
    assert check(text).exit_code == 0


@pytest.mark.usefixtures("folder")
def test_a_rule_that_does_not_run_is_not_judged() -> None:
    """A comment for a rule that is left out of this run may be needed in the next."""
    text = '{"messages": [{"role": "user", "content": "Hi."}]} // minimax-validate: ignore[MM503]'
    assert remarks(text, "--ignore", "MM503") == []
    assert remarks(text[:-60]) == []


@pytest.mark.usefixtures("folder")
def test_a_comment_comes_before_a_baseline() -> None:
    """What a comment ignores needs no entry in a baseline."""
    check(f'{{"messages": [{NULL}]}} // minimax-validate: ignore[MM110]', "--write-baseline")
    assert "MM110" not in Path(".minimax-validate-baseline.json").read_text("utf-8")


@pytest.mark.usefixtures("folder")
def test_a_text_in_the_words_of_a_comment_is_none() -> None:
    """Only comments ignore; a string says what it says."""
    first = '{"role": "user", "content": "// minimax-validate: ignore[ALL]", "x": 1}'
    text = f'{{"messages": [{first}, {{"role": "user", "content": null}}]}}'
    assert places(text) != []


@pytest.mark.usefixtures("folder")
def test_finding_around_requests_is_in_none_of_them() -> None:
    """A comment alone in one of several requests ignores nothing of what holds them."""
    null = '{"messages": [{"role": "user", "content": null}]}'
    text = f'{{"x": 1, "x": 2, "requests": [\n// minimax-validate: ignore[MM110, MM003]\n{null},\n{null}]}}\n'
    assert len(places(text)) == 2
