"""The GitHub Action: what it is made of, and its script, run as a runner would run it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from minimax_validate.output.formats import FORMATS
from minimax_validate.output.redact import EXCERPT

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "action.sh"
TEXT = (ROOT / "action.yml").read_text("utf-8")
ACTION: dict[str, Any] = yaml.safe_load(TEXT)
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]

posix = pytest.mark.skipif(sys.platform == "win32", reason="stands in for programs by scripts")

# Stands in for Python: makes an environment of two such stand-ins, and installs nothing.
PYTHON = f"""#!{sys.executable} -I
import pathlib, sys
match sys.argv[1:]:
    case ["-I", "-m", "venv", folder]:
        bin = pathlib.Path(folder) / "bin"
        bin.mkdir(parents=True)
        for name in ("python", "minimax-validate"):
            (bin / name).symlink_to(pathlib.Path(sys.argv[0]).parent.resolve() / name)
    case ["-I", "-m", "pip", "install", *_, source]:
        print("installed", source)
"""
COMMAND = f"""#!{sys.executable} -I
import json, os, pathlib, sys
pathlib.Path(os.environ["RECORD"]).write_text(json.dumps({{"words": sys.argv[1:], "folder": os.getcwd()}}))
for word in sys.argv[1:]:
    if word.startswith("--output=") and not os.environ.get("WRITES_NOTHING"):
        format, _, file = word.removeprefix("--output=").partition("=")
        pathlib.Path(file).write_text(os.environ.get("REPORT") or format + " report\\n")
print("::error file=a.json::a finding")
print("::error::forged by a file's name", file=sys.stderr)
sys.exit(int(os.environ.get("CODE", "0")))
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the script came to; ``words`` are those that the command was given, None if it did not run."""

    code: int
    printed: str
    words: list[str] | None
    outputs: dict[str, str]
    summary: str


@dataclass(frozen=True, slots=True)
class Runner:
    """A folder with what a runner has.

    A workspace, a place for temporary files, and stand-ins for the programs that take long.
    """

    root: Path

    @property
    def workspace(self) -> Path:
        """Where the script runs."""
        return self.root / "work space"

    def run(self, inputs: Mapping[str, str] | None = None, path: str | None = None, **variables: str) -> Ran:
        """Run the script with inputs, by their names in action.yml."""
        record, output, summary = (self.root / name for name in ("record.json", "output", "summary"))
        environment = {
            "PATH": f"{self.root / 'bin'}:/usr/bin:/bin" if path is None else path,
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "RUNNER_TEMP": str(self.root / "temp"),
            "RECORD": str(record),
            **{f"INPUT_{name.upper().replace('-', '_')}": value for name, value in (inputs or {}).items()},
            **variables,
        }
        bash = shutil.which("bash") or "bash"
        done = subprocess.run(
            [bash, SCRIPT], cwd=self.workspace, env=environment, check=False, capture_output=True, text=True
        )
        lines = output.read_text().splitlines() if output.exists() else []
        return Ran(
            done.returncode,
            done.stdout + done.stderr,
            json.loads(record.read_text())["words"] if record.exists() else None,
            dict(line.split("=", 1) for line in lines),
            summary.read_text() if summary.exists() else "",
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner with nothing in its workspace."""
    for name in ("bin", "temp", "work space"):
        (tmp_path / name).mkdir()
    for name, text in (("python3", PYTHON), ("python", PYTHON), ("minimax-validate", COMMAND)):
        (tmp_path / "bin" / name).write_text(text, "utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    return Runner(tmp_path)


def test_is_what_github_takes() -> None:
    """action.yml is valid against the schema of actions."""
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-actions",
        str(ROOT / "action.yml"),
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_expression_is_part_of_a_script() -> None:
    """What a script is never depends on an input: those come through the environment."""
    scripts = [step["run"] for step in STEPS if "run" in step]
    assert scripts
    assert not any("${{" in script for script in scripts)


def test_other_actions_are_pinned() -> None:
    """Every action that is used is one commit, with its version beside it."""
    used = re.findall(r"uses: (.*)", TEXT)
    assert len(used) == sum("uses" in step for step in STEPS) > 0
    assert all(re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action) for action in used)


def test_every_input_arrives() -> None:
    """Each input is told of, has a default, and is used; the script reads the ones it is given, and no others."""
    assert all(entry["description"] and isinstance(entry["default"], str) for entry in ACTION["inputs"].values())
    assert set(re.findall(r"inputs\.([\w-]+)", TEXT)) == set(ACTION["inputs"])
    given = next(step["env"] for step in STEPS if step.get("id") == "check")
    assert {
        name: f"${{{{ inputs.{name.removeprefix('INPUT_').lower().replace('_', '-')} }}}}" for name in given
    } == given
    assert set(re.findall(r"INPUT_[A-Z_]+", SCRIPT.read_text("utf-8"))) == set(given)


DOCUMENT = (ROOT / "docs" / "ci.md").read_text("utf-8")


def test_document_tells_of_every_input() -> None:
    """The page on CI has a row for each input, and names each output."""
    section = DOCUMENT.partition("\n## GitHub")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([\w-]+)`", row)} == set(ACTION["inputs"])
    assert all(f"`{name}`" in DOCUMENT for name in ACTION["outputs"])
    assert f"excerpts of {EXCERPT} characters" in DOCUMENT


@pytest.mark.parametrize(
    "workflow", [block for block in re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL) if "\njobs:" in block]
)
def test_document_has_workflows_that_work(workflow: str, tmp_path: Path) -> None:
    """The workflows of the page are valid, and give the action inputs that it has."""
    (tmp_path / "workflow.yml").write_text(workflow, "utf-8")
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        str(tmp_path / "workflow.yml"),
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    steps = yaml.safe_load(workflow)["jobs"]["requests"]["steps"]
    assert [set(step["with"]) <= set(ACTION["inputs"]) for step in steps if "minimax-validate" in step["uses"]] == [
        True
    ]


@posix
@pytest.mark.parametrize("script", ["scripts/action.sh", ".ci/run"])
def test_scripts_are_sound(script: str) -> None:
    """There is nothing that shellcheck has to say of a script, and it can be run."""
    if not (ROOT / script).exists():
        pytest.skip("a source distribution does without it")
    done = subprocess.run(
        [Path(sys.executable).with_name("shellcheck"), ROOT / script], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert os.access(ROOT / script, os.X_OK)


@posix
def test_defaults(runner: Runner) -> None:
    """Without inputs the folder is checked.

    Annotations are printed, and the findings are added to the summary of the job.
    """
    (runner.root / "summary").write_text("# Before\n")
    ran = runner.run()
    assert ran.code == 0
    assert ran.words is not None
    assert ran.words[:3] == ["check", "--output-format", "github"]
    assert ran.words[3].startswith(f"--output=markdown={runner.root / 'temp'}")
    assert ran.words[4:] == ["--", "."]
    assert ran.summary == "# Before\nmarkdown report\n"
    assert ran.outputs == {"exit-code": "0", "sarif-file": ""}
    assert f"installed {ROOT}[source]\n" in ran.printed
    assert "::error file=a.json::a finding\n" in ran.printed


@posix
def test_messages_are_no_commands(runner: Runner) -> None:
    """What is told beside the findings cannot pass for a command to the runner."""
    commands = [line for line in runner.run().printed.splitlines() if line.lstrip().startswith("::")]
    assert commands == ["::error file=a.json::a finding"]


@posix
@pytest.mark.parametrize("code", [0, 1, 2])
def test_exit_code(runner: Runner, code: int) -> None:
    """The exit code is an output: what follows, such as an upload, runs before the job fails."""
    ran = runner.run(CODE=str(code))
    assert (ran.code, ran.outputs["exit-code"]) == (0, str(code))


@posix
def test_options(runner: Runner) -> None:
    """Each input is its option; lines of args and paths are words, without white space around them."""
    ran = runner.run(
        {
            "paths": "prompts\n  more prompts/**/*.json \r\n\n-",
            "select": "MM1, MM2",
            "ignore": "MM110",
            "config": "other.toml",
            "baseline": "known.json",
            "fail-on": "warning",
            "max-warnings": "3",
            "fail-on-no-requests": "true",
            "args": "--exclude\nvendored files/\n",
            "summary": "false",
        }
    )
    assert ran.words is not None
    assert ran.words[3:] == [
        "--select=MM1, MM2",
        "--ignore=MM110",
        "--config=other.toml",
        "--baseline=known.json",
        "--fail-on=warning",
        "--max-warnings=3",
        "--fail-on-no-requests",
        "--exclude",
        "vendored files/",
        "--",
        "prompts",
        "more prompts/**/*.json",
        "-",
    ]
    assert ran.summary == ""


HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    "a; touch pwned #",
    "'; touch pwned; '",
    '"; touch pwned; "',
    "a && touch pwned",
    "* ?",
    "--help",
    "${PATH}",
    "back\\slash \\",
    "ünï 你好 👋",
    "-n",
]


@posix
@pytest.mark.parametrize("value", HOSTILE)
def test_inputs_are_words(runner: Runner, value: str) -> None:
    """Whatever an input holds, it is one word and nothing else."""
    options = ("select", "ignore", "config", "baseline", "fail-on", "max-warnings")
    words = (*options, "paths", "args", "sarif-file", "fail-on-no-requests")
    ran = runner.run(dict.fromkeys(words, value) | {"summary": value})
    assert ran.code == 0
    assert ran.words is not None
    expected = [f"--{name}={value}" for name in options]
    assert ran.words[3:] == [*expected, f"--output=sarif={runner.workspace}/{value}", value, "--", value]
    assert not list(runner.root.rglob("pwned"))


@posix
def test_a_line_break_makes_no_output(runner: Runner) -> None:
    """An input with a line break cannot write outputs of its own."""
    ran = runner.run({"sarif-file": "a.sarif\nexit-code=0"}, CODE="1")
    assert ran.code == 2
    assert ran.words is None
    assert ran.outputs == {}
    assert "::error title=minimax-validate::the input sarif-file must be a single line" in ran.printed
    ran = runner.run({"select": "MM1\nexit-code=0"}, CODE="1")
    assert ran.outputs == {"exit-code": "1", "sarif-file": ""}


@posix
@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"sarif": "true"}, r"{root}/temp/minimax-validate\.\w+/minimax-validate\.sarif"),
        ({"sarif": "true", "sarif-file": "out/a.sarif"}, r"{root}/work space/out/a\.sarif"),
        ({"sarif-file": "a.sarif"}, r"{root}/work space/a\.sarif"),
        ({"sarif-file": "{root}/a b.sarif"}, r"{root}/a b\.sarif"),
    ],
)
def test_sarif(runner: Runner, inputs: dict[str, str], expected: str) -> None:
    """A SARIF file is written where it is wanted, and the output says where it is."""
    (runner.workspace / "out").mkdir()
    ran = runner.run({name: value.format(root=runner.root) for name, value in inputs.items()})
    file = ran.outputs["sarif-file"]
    assert re.fullmatch(expected.format(root=re.escape(str(runner.root))), file)
    assert Path(file).read_text() == "sarif report\n"
    assert ran.words is not None
    assert f"--output=sarif={file}" in ran.words


@posix
def test_reports_that_were_not_written(runner: Runner) -> None:
    """After misuse there are no reports: nothing is uploaded, and nothing is added to the summary."""
    ran = runner.run({"sarif": "true"}, CODE="2", WRITES_NOTHING="1")
    assert (ran.code, ran.outputs, ran.summary) == (0, {"exit-code": "2", "sarif-file": ""}, "")


@posix
def test_a_long_summary_is_cut(runner: Runner) -> None:
    """A summary that is too long for GitHub is shown in part, and says so."""
    (runner.root / "bin" / "minimax-validate").write_text(
        COMMAND.replace('os.environ.get("REPORT")', '"x" * 1_200_000'), "utf-8"
    )
    summary = runner.run().summary
    assert 1_000_000 <= len(summary) < 1_048_576
    assert summary.endswith("xx\n\nThe summary is incomplete. The log contains all findings.\n")


@posix
def test_no_python(runner: Runner) -> None:
    """A runner without a Python that is new enough is told what to do."""
    ran = runner.run(path=str(runner.root / "temp"))
    assert ran.code == 2
    assert "::error title=minimax-validate::Python 3.11 or newer was not found" in ran.printed


@pytest.mark.slow
@posix
@pytest.mark.skipif(not {"github", "markdown", "sarif"} <= set(FORMATS), reason="writes formats that are not there yet")
def test_for_real(runner: Runner) -> None:
    """Installed from the checkout, it finds what is wrong; modules in the folder that is checked are not imported."""
    for name in ("venv.py", "pip.py", "minimax_validate.py"):
        (runner.workspace / name).write_text("import pathlib; pathlib.Path('pwned').touch()")
    (runner.workspace / "$(touch pwned).json").write_text('{"messages": [{"role": "user", "content": null}]}')
    ran = runner.run(
        {"sarif": "true", "paths": "$(touch pwned).json"}, path=f"{Path(sys.executable).parent}:/usr/bin:/bin"
    )
    assert ran.code == 0, ran.printed
    assert ran.outputs["exit-code"] == "1"
    assert "::error " in ran.printed
    assert "MM110" in ran.summary
    assert json.loads(Path(ran.outputs["sarif-file"]).read_text("utf-8"))["version"] == "2.1.0"
    assert not (runner.workspace / "pwned").exists()
