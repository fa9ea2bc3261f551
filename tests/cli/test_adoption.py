"""What a team meets first: the version, suggestions, completion, and the exit code of a fix."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import COMMANDS, cli
from minimax_validate.rules.catalogue import RULES
from minimax_validate.values.contracts import APRIL


def run(*arguments: str, **environment: str) -> Result:
    """The command, run in this process."""
    return CliRunner().invoke(cli, arguments, env=environment, prog_name="minimax-validate")


def test_version_names_the_contract() -> None:
    """--version names the contract that requests are judged by."""
    assert run("--version").output.endswith(f"(contract {APRIL})\n")


def test_a_misspelled_command_gets_a_suggestion() -> None:
    """A misspelled command is refused with the nearest command."""
    done = run("chekc")
    assert done.exit_code == 2
    assert "did you mean" in done.output
    assert "check" in done.output


@pytest.mark.parametrize("spelled", ["mm110", "Null-Content"])
def test_rules_in_any_letter_case(spelled: str) -> None:
    """A rule is found by its code or name in any letter case."""
    assert run("rule", spelled).output == run("rule", "MM110").output


def test_short_help_is_not_cut() -> None:
    """The summary of each command fits the list of commands."""
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        assert command.short_help
        assert len(command.short_help) <= 45


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_completion_script(shell: str) -> None:
    """The script of a shell asks the command by the variable that click reads."""
    done = run("completion", shell)
    assert done.exit_code == 0
    assert "_MINIMAX_VALIDATE_COMPLETE" in done.output


def test_completion_of_rules() -> None:
    """A shell gets the codes of rules that begin as the word does."""
    done = run(_MINIMAX_VALIDATE_COMPLETE="zsh_complete", COMP_WORDS="minimax-validate rule mm11", COMP_CWORD="2")
    assert "MM110" in done.output


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("co", ["completion", "config"]),
        ("check --fail-on w", ["warning"]),
        ("check --output-format js", ["json", "json-lines"]),
        ("completion f", ["fish"]),
        ("config fail-on", ["fail-on", "fail-on-no-requests"]),
        ("config on", []),
        ("rule mm00", [rule.code for rule in RULES if rule.code.startswith("MM00")]),
        ("rule NULL-C", ["null-content"]),
        ("rule content", []),
        ("schema minimax-m2.7/vendor", ["minimax-m2.7/vendor-2026-05.json", "minimax-m2.7/vendor.json"]),
    ],
)
def test_completion_of_words(words: str, expected: list[str]) -> None:
    """A shell gets the commands, choices, settings, rules and schemas that begin as the word does."""
    line = f"minimax-validate {words}"
    done = run(_MINIMAX_VALIDATE_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=f"{len(line.split()) - 1}")
    assert sorted(found.partition(",")[2] for found in done.output.split()) == expected


def test_exit_non_zero_on_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --exit-non-zero-on-fix, a run that fixed everything exits with 1, and the next one with 0."""
    monkeypatch.chdir(tmp_path)
    from minimax_validate.rules.examples import call, calling, request, result, tool, user

    fixable = request(user(), calling(call(index=0), content=None), result(), tools=[tool(strict=True)])
    Path("a.json").write_text(json.dumps(fixable), "utf-8")
    assert run("check", "a.json", "--fix", "--exit-non-zero-on-fix").exit_code == 1
    assert run("check", "a.json", "--fix", "--exit-non-zero-on-fix").exit_code == 0
    assert run("check", "a.json", "--exit-non-zero-on-fix").exit_code == 2
