"""Programs as the command checks them: named, on a walk, without their parser, and with a model that is not known."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from minimax_validate.cli import cli
from minimax_validate.output.tally import Tally

ROOT = Path(__file__).parents[2]
FAULTY = "env.AI.run('minimax/m2.7', { messages: [{ role: 'usr', content: x }] })\n"
UNKNOWN = "// minimax\nenv.AI.run(pick(), { messages: [{ role: 'usr', content: x }] })\n"


def check(*arguments: str) -> tuple[int, str]:
    """Run a check, and give its exit code and all that it says."""
    done = CliRunner().invoke(cli, ["check", "--output-format", "concise", *arguments])
    return done.exit_code, done.output


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_walk_looks_at_programs(folder: Path) -> None:
    """A walk checks the programs that name the model, and says nothing of all others."""
    (folder / "a.ts").write_text(FAULTY)
    (folder / "b.ts").write_text("env.AI.run(MODEL, { messages: 5 })")
    (folder / "c.d.ts").write_text(FAULTY)
    (folder / "d.ts").write_text(FAULTY)
    (folder / "gone.py").symlink_to("nowhere.py")
    (folder / ".gitignore").write_text("d.ts\n")
    code, output = check()
    assert code == 1
    assert sorted(output.splitlines(), reverse=True) == [
        'a.ts:1:49: MM112 error: role "usr" is not accepted, only "system", "user", "assistant" or "tool"; '
        'did you mean "user"?',
        "1 error in 1 request (1 file)",
    ]


def test_summary_counts_what_is_skipped(folder: Path) -> None:
    """Sites of other models and of unknown ones are counted, and ``assume-model`` takes the unknown ones for ours."""
    (folder / "a.ts").write_text(UNKNOWN + "env.AI.run('@cf/x', { messages: 5 })\n")
    code, output = check()
    assert code == 0
    assert output.splitlines()[-1].endswith("0 call sites checked, 1 for other models, 1 for an unknown model")
    (folder / "minimax-validate.toml").write_text('assume-model = ["*.ts"]\n')
    code, output = check()
    assert code == 1
    assert "a.ts:2:41: MM112" in output


def test_missing_parser(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the parser a named file says what to install, and a walk says it once, where a file names the model."""
    from minimax_validate.texts.source.typescript import parser

    parser._parser.cache_clear()
    monkeypatch.setitem(sys.modules, "tree_sitter", None)
    (folder / "a.ts").write_text(FAULTY)
    (folder / "b.ts").write_text(FAULTY)
    (folder / "c.ts").write_text("export {}")
    code, output = check("a.ts")
    assert (code, "MM002" in output, "minimax-validate[source]" in output) == (1, True, True)
    code, output = check()
    assert code == 0
    assert output.count("minimax-validate[source]") == 1
    assert "2 files not read: " in output


@pytest.mark.parametrize("name", ["json", "json-lines", "sarif", "github", "gitlab", "junit", "markdown", "text"])
def test_every_format_tells_of_programs(name: str, folder: Path) -> None:
    """Each output format tells a finding of a program."""
    (folder / "a.ts").write_text(FAULTY)
    done = CliRunner().invoke(cli, ["check", "--output-format", name])
    assert done.exit_code == 1
    assert "a.ts" in done.output
    assert "MM112" in done.output or "unsupported-role" in done.output


def test_baseline_knows_findings_of_programs(folder: Path) -> None:
    """What a baseline lists of a program is not told again."""
    (folder / "a.ts").write_text(FAULTY)
    assert check("--write-baseline")[0] == 0
    assert check("--baseline", ".minimax-validate-baseline.json")[0] == 0


def test_fix_writes_program(folder: Path) -> None:
    """Fixing changes the file itself."""
    (folder / "a.py").write_text(
        "# é 🙂\nenv.AI.run('minimax/m2.7', {'messages': [{'role': 'developer', 'content': x}]})\n"
    )
    assert check("--fix")[0] == 0
    assert "{'role': 'system', 'content': x}" in (folder / "a.py").read_text("utf-8")


def test_example_worker_is_sound() -> None:
    """The Worker among the examples has a request, and nothing is found in it."""
    code, output = check(str(ROOT / "examples" / "typescript_worker"))
    assert (code, output) == (0, "no findings in 1 request (1 file); skipped 1 file without a request\n")


def test_hook_names_files_that_are_read() -> None:
    """The hook of the page is there, and takes the files of programs."""
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert "minimax-validate-source" in (ROOT / "docs" / "programs.md").read_text()
    assert hooks["minimax-validate-source"]["additional_dependencies"]


def test_model_is_assumed_in_programs_alone(folder: Path) -> None:
    """``assume-model`` changes nothing in programs that name the model, nor in files that are no programs."""
    (folder / "a.ts").write_text(FAULTY)
    (folder / "b.json").write_text('{"messages": [{"role": "user", "content": null}]}')
    before = check()
    (folder / "minimax-validate.toml").write_text('assume-model = ["*.ts", "*.json"]\n')
    assert check() == before


def test_sites_that_cannot_be_read_are_counted() -> None:
    """The summary has a number for each kind of call site that there is."""
    tally = Tally()
    tally.sites.update(checked=1, unread=2)
    assert tally.summary().endswith("1 call site checked, 2 that cannot be read")
