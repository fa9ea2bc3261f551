"""``minimax-validate init``: files that make every change of a repository be checked."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from syrupy.assertion import SnapshotAssertion

from minimax_validate import __version__
from minimax_validate.cli import cli
from minimax_validate.project.adoption import plan as planning
from minimax_validate.project.adoption.plan import plan
from minimax_validate.project.adoption.survey import survey
from minimax_validate.project.config_search import find_config

ROOT = Path(__file__).parents[2]
UNREADABLE = "/proc/self/mem"
"""A regular file whose beginning nobody can read."""
GOOD = {"messages": [{"role": "user", "content": "Hi."}]}
OWN = "minimax-validate.toml"
HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/minimax-validate.yml"
ENTRY: dict[str, Any] = {
    "repo": "https://github.com/minimax-validate/minimax-validate",
    "rev": f"v{__version__}",
    "hooks": [{"id": "minimax-validate"}, {"id": "minimax-validate-all"}],
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, a repository without files."""
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def init(*arguments: str) -> Result:
    """The command, run in this process."""
    return CliRunner().invoke(cli, ("init", *arguments))


def write(name: str, text: str) -> Path:
    """A file with a text."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def files(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_empty_repository(folder: Path) -> None:
    """All three files are written, said, and can be used; a second run changes nothing and says so."""
    done = init()
    assert done.exit_code == 0
    assert sorted(files(folder)) == [WORKFLOW, HOOKS, OWN]
    assert done.stderr.splitlines()[:4] == [
        "this repository has no request yet",
        f"wrote {OWN}: the configuration; there is no pyproject.toml",
        f"wrote {HOOKS}: 2 hooks: minimax-validate, minimax-validate-all",
        f"wrote {WORKFLOW}: a workflow that checks each push and pull request",
    ]
    assert "pre-commit install" in done.stderr
    assert find_config(folder).path == folder / OWN
    assert yaml.safe_load(Path(HOOKS).read_text("utf-8")) == {"repos": [ENTRY]}
    steps = yaml.safe_load(Path(WORKFLOW).read_text("utf-8"))["jobs"]["minimax-validate"]["steps"]
    assert steps[1] == {"uses": f"minimax-validate/minimax-validate@v{__version__}"}
    before = files(folder)
    again = init()
    assert files(folder) == before
    assert again.stderr.count("unchanged ") == 3


def test_what_the_survey_finds(folder: Path) -> None:
    """Requests and programs decide on hooks and on the guard of the workflow; ignored files do not count."""
    write("fixtures/a.json", json.dumps(GOOD))
    write("fixtures/b.jsonl", f"{json.dumps(GOOD)}\n{json.dumps(GOOD)}\n")
    write("other.json", "{}")
    write("src/a.ts", 'env.AI.run("minimax/m2.7", {messages: []})')
    write("src/b.py", "MODEL = 'minimax/m2.7'")
    write("src/c.py", "print()")
    write("build/d.json", json.dumps(GOOD))
    write(".gitignore", "build/\n")
    write("package.json", "{}")
    found = survey(folder)
    assert (found.requests, found.files, dict(found.programs)) == (3, 2, {"Python": 1, "TypeScript": 1})
    assert (found.is_for_node, found.is_on_gitlab) == (True, False)
    done = init()
    assert "pipx run pre-commit install" in done.stderr
    assert done.stderr.startswith(
        "this repository has 3 requests in 2 files, 1 Python file with the model's name and 1 TypeScript file with"
    )
    hooks = yaml.safe_load(Path(HOOKS).read_text("utf-8"))["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == ["minimax-validate", "minimax-validate-all", "minimax-validate-source"]
    assert "fail-on-no-requests: true" in Path(WORKFLOW).read_text("utf-8")


def test_from_a_folder_below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files belong to the root of the repository."""
    (folder / "src").mkdir()
    monkeypatch.chdir(folder / "src")
    init()
    assert sorted(files(folder)) == [WORKFLOW, HOOKS, OWN]


def test_hooks_are_those_of_this_project() -> None:
    """Each hook and each input that is written is one that this project has."""
    write("src/b.py", "MODEL = 'minimax/m2.7'")
    write("a.json", json.dumps(GOOD))
    init()
    known = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    (repository,) = yaml.safe_load(Path(HOOKS).read_text("utf-8"))["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= known
    inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    steps = yaml.safe_load(Path(WORKFLOW).read_text("utf-8"))["jobs"]["minimax-validate"]["steps"]
    assert set(steps[1]["with"]) <= set(inputs)
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    assert steps[0]["uses"] in page
    assert f"{repository['repo']}\n    rev: {repository['rev']}" in page


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_a_table_in_pyproject(folder: Path, end: str, last: str) -> None:
    """A pyproject.toml gets a table at its end, and keeps every character; its line ends are used."""
    before = f"# ours{end}[project]{end}name = 'a'  # b{end}[tool.ruff]{end}line-length = 100" + (end if last else "")
    path = write("pyproject.toml", before)
    init()
    after = path.read_bytes().decode()
    assert after.startswith(before)
    assert after.count("\n") == after.count(end)
    assert tomllib.loads(after)["tool"] == {
        "ruff": {"line-length": 100},
        "minimax-validate": {"fail-on": "error", "exclude": []},
    }
    assert find_config(folder).path == folder / path
    assert not Path(OWN).exists()


@pytest.mark.parametrize("text", ["tool = {}", "tool = 3", "broken =", "\ufeff[project]"])
def test_a_pyproject_without_room(text: str) -> None:
    """A pyproject.toml that takes no table stays as it is, and the configuration gets a file of its own."""
    path = write("pyproject.toml", text)
    init()
    assert path.read_bytes().decode() == text
    assert tomllib.loads(Path(OWN).read_text("utf-8"))["fail-on"] == "error"


def test_a_configuration_that_is_there() -> None:
    """A table or a file of ours stays as it is."""
    path = write("pyproject.toml", "[tool.minimax-validate]\nignore = []\n")
    assert "unchanged pyproject.toml: the table [tool.minimax-validate] is there already" in init().stderr
    assert path.read_text("utf-8") == "[tool.minimax-validate]\nignore = []\n"
    write(OWN, "")
    assert f"unchanged {OWN}" in init().stderr
    assert Path(OWN).read_text("utf-8") == ""


def test_a_configuration_above(folder: Path) -> None:
    """A configuration above the repository, which would apply no longer, is named."""
    (folder.parent / OWN).write_text("", "utf-8")
    assert "no longer applies here; to use it, add the key extend" in init().stderr


HOOK_FILES = (
    "repos:\n- repo: a\n  rev: b\n  hooks:\n  - id: c\n",
    "repos:\n  - repo: a\n    rev: b\n    hooks:\n      - id: c\n        args: [x,\n          y]",
    "# top\nci: {autofix: false}\nrepos:\n    - repo: local\n      hooks:\n      - id: c\n        entry: |\n"
    "          x\n\n        # of c\n# end\nexclude: a\n",
    "repos:\r\n- repo: a\r\n  rev: b\r\n  hooks:\r\n  - {id: c}\r\n  # - id: d\r\n\r\n# rest\r\nfail_fast: true\r\n",
    'repos:\n- repo: a\n  hooks: [{id: c, exclude: "x\n    y"}]\n- {repo: b, hooks: []}\n',
    "repos:\n- repo: a\n  rev: &v 'b'\n  hooks:\n  - id: c\n- repo: d\n  rev: *v\n  hooks: []\n",
    "---\nrepos:\n- repo: a\n  hooks:\n  - id: c\n    name: >-\n      folded\n      text\n\n\n\nfail_fast: true\n...\n",
)


@pytest.mark.parametrize("text", HOOK_FILES)
def test_hooks_in_a_file_that_is_there(text: str) -> None:
    """The entry goes to the end of repos; every line that was there stays, in its order."""
    path = write(HOOKS, text)
    before = yaml.safe_load(text)
    init()
    after = path.read_bytes().decode()
    expected = {**before, "repos": [*before["repos"], ENTRY]}
    assert yaml.safe_load(after) == expected
    rest = io.StringIO(after, newline="")
    for line in io.StringIO(text, newline=""):
        assert any(each.rstrip("\r\n") == line.rstrip("\r\n") for each in rest), line
    assert after.count("\r\n") == (after.count("\n") if "\r\n" in text else 0)
    assert "unchanged" in init().stderr
    assert path.read_bytes().decode() == after


@pytest.mark.parametrize(
    "text", ["repos: []\n", "repos: [{repo: a, hooks: []}]\n", "- a\n", "a: [\n", "", "repos: 3\n"]
)
def test_hooks_without_room(text: str) -> None:
    """A file whose list cannot be added to stays as it is; the other files are written."""
    path = write(HOOKS, text)
    done = init()
    assert (done.exit_code, path.read_text("utf-8")) == (0, text)
    assert f"unchanged {HOOKS}: it" in done.stderr
    if isinstance(yaml.safe_load(text.replace("[\n", "")), dict) and "repos: [" in text:
        assert "add these lines:\n  - repo: https://github.com/minimax-validate" in done.stderr
    assert Path(WORKFLOW).exists()


@pytest.mark.parametrize(
    "text", ["- repo: https://example.org/minimax-validate\n", "- repo: local\n  hooks: [{id: minimax-validate}]\n"]
)
def test_hooks_that_are_there(text: str) -> None:
    """Hooks of ours, from wherever, stay as they are."""
    path = write(HOOKS, f"repos:\n{text}")
    assert f"unchanged {HOOKS}: the hooks are there already" in init().stderr
    assert path.read_text("utf-8") == f"repos:\n{text}"


def test_a_workflow_that_is_there(folder: Path) -> None:
    """A workflow that runs this tool already is left alone, whatever its name."""
    write(".github/workflows/ci.yaml", "jobs: {a: {steps: [{run: minimax-validate check}]}}\n")
    assert "unchanged .github/workflows/ci.yaml: it runs minimax-validate already" in init().stderr
    assert not (folder / WORKFLOW).exists()


def test_gitlab(folder: Path) -> None:
    """A repository on GitLab gets no workflow of GitHub, but the address of the job."""
    write(".gitlab-ci.yml", "a: {script: b}\n")
    assert "/ci/#gitlab" in init().stderr
    assert not (folder / ".github").exists()


def test_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside of a repository only the configuration is written."""
    (tmp_path / "plain").mkdir()
    monkeypatch.chdir(tmp_path / "plain")
    assert init().stderr.startswith("this directory has no request yet\n")
    assert sorted(files(tmp_path / "plain")) == [OWN]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_dry_run(folder: Path) -> None:
    """--dry-run writes nothing; what it prints is a patch that git applies, and that has the same outcome."""
    shutil.rmtree(folder / ".git")
    subprocess.run(["git", "init", "--quiet", "."], check=True)
    write("pyproject.toml", "[project]\nname = 'a'\n")
    write(HOOKS, HOOK_FILES[1])
    before = sorted(path.name for path in folder.iterdir())
    done = init("--dry-run")
    assert (done.exit_code, sorted(path.name for path in folder.iterdir())) == (0, before)
    assert "Next:" not in done.output
    subprocess.run(["git", "apply", "-p0", "-"], input=done.stdout, encoding="utf-8", check=True)
    patched = {name: data for name, data in files(folder).items() if not name.startswith(".git/")}
    Path(WORKFLOW).unlink()
    write("pyproject.toml", "[project]\nname = 'a'\n")
    write(HOOKS, HOOK_FILES[1])
    init()
    assert {name: data for name, data in files(folder).items() if not name.startswith(".git/")} == patched


@pytest.mark.parametrize("name", [HOOKS, "pyproject.toml", ".github"])
def test_links_out_of_the_repository(folder: Path, name: str) -> None:
    """A file behind a link that leads out of the repository is not written; the others are."""
    outside = folder.parent / "outside"
    outside.mkdir()
    target = outside / name
    texts = {HOOKS: HOOK_FILES[0], "pyproject.toml": "[project]\n"}
    if name in texts:
        target.write_text(texts[name], "utf-8")
    else:
        target.mkdir()
    before = files(outside)
    (folder / name).symlink_to(target)
    done = init()
    assert "it is a link that leads out of the repository" in done.stderr
    assert (done.exit_code, files(outside)) == (0, before)


def test_what_is_no_file(folder: Path) -> None:
    """A folder or a pipe in the place of a file is left alone, and is not waited for."""
    (folder / HOOKS).mkdir()
    (folder / ".github" / "workflows").mkdir(parents=True)
    os.mkfifo(folder / WORKFLOW)
    done = init()
    assert done.stderr.count("it is not a regular file") == 2
    assert (folder / OWN).exists()


def test_a_file_that_changes_meanwhile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody writes after it was read is not overwritten, nor one that somebody made; that is misuse."""
    write(HOOKS, HOOK_FILES[1])
    planned = plan(survey(folder))

    def meanwhile(_: object) -> planning.Plan:
        write(HOOKS, "repos: []  # theirs\n")
        write(OWN, "# theirs\n")
        return planned

    monkeypatch.setattr("minimax_validate.cli.init.plan", meanwhile)
    done = init()
    assert done.exit_code == 2
    assert f"{HOOKS} cannot be written: it has changed since it was read" in done.stderr
    assert f"{OWN} cannot be written: " in done.stderr
    assert Path(HOOKS).read_text("utf-8") == "repos: []  # theirs\n"
    assert Path(OWN).read_text("utf-8") == "# theirs\n"
    assert f"wrote {WORKFLOW}" in done.stderr
    assert not [path for path in folder.rglob("*") if path.name.endswith(".tmp")]


def test_what_it_writes_works() -> None:
    """The configuration that is written is one by which a check runs, and has the schema in its first line."""
    write("a.json", json.dumps(GOOD))
    init()
    assert CliRunner().invoke(cli, ("check", ".")).exit_code == 0
    assert re.match(r"#:schema https://\S+/schemas/config\.json\n", Path(OWN).read_text("utf-8"))


@pytest.mark.slow
def test_pre_commit_takes_the_file(folder: Path) -> None:
    """pre-commit itself finds the file sound."""
    write(HOOKS, HOOK_FILES[2])
    init()
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", HOOKS],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "minimax-validate" not in done.stdout + done.stderr, done.stdout


def test_parser_of_typescript_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is TypeScript that names the model, and no parser for it, the next steps say what to install."""
    hint = "pip install 'minimax-validate[source]'"
    with monkeypatch.context() as patch:
        patch.setattr("minimax_validate.cli.init.find_spec", lambda _: None)
        assert hint not in init().stderr
        write("a.ts", "const model = 'minimax/m2.7';\n")
        assert hint in init().stderr
    assert hint not in init().stderr


def test_configuration_above_that_cannot_be_used(folder: Path) -> None:
    """A configuration above that is at fault no longer applies either."""
    (folder.parent / OWN).write_text("selekt = 1\n", "utf-8")
    assert f"{OWN} no longer applies here" in init().stderr


def test_hooks_that_cannot_be_read_are_left_alone(folder: Path) -> None:
    """A file that is no UTF-8, or cannot be read, is not written over, and the command says why."""
    (folder / HOOKS).write_bytes(b"repos: [] # \xff\n")
    assert "it is not UTF-8 text" in init().stderr
    assert (folder / HOOKS).read_bytes() == b"repos: [] # \xff\n"
    if Path(UNREADABLE).exists():
        (folder / HOOKS).unlink()
        (folder / HOOKS).symlink_to(UNREADABLE)
        assert "it cannot be read: " in init().stderr


def test_other_workflows_and_dead_links_are_no_matter(folder: Path) -> None:
    """A workflow of something else does not keep ours from being written, nor a program that leads nowhere."""
    write(".github/workflows/test.yml", "on: push\n")
    (folder / "a.py").symlink_to("nowhere.py")
    assert init().exit_code == 0
    assert (folder / WORKFLOW).exists()


def written(*arguments: str) -> str:
    """The exit code and both streams of a run, whatever the version and the folder above are."""
    done = init(*arguments)
    text = f"exit code {done.exit_code}\n--- stdout\n{done.stdout_bytes.decode()}--- stderr\n{done.stderr}"
    for found, shown in (
        (f"v{__version__}", "vVERSION"),
        (str(Path.cwd().parent), "ABOVE"),
        ("\r", "\\r"),
        ("\x1b", "\\x1b"),
    ):
        text = text.replace(found, shown)
    return text


FOLDERS: dict[str, dict[str, str]] = {
    "empty": {},
    "for Node.js": {"package.json": "{}", "a.ts": "const model = 'minimax/m2.7';\n", "a.json": json.dumps(GOOD)},
    "on GitLab": {".gitlab-ci.yml": "a: {script: b}\n", "pyproject.toml": "[project]\nname = 'a'"},
    "with hooks": {HOOKS: HOOK_FILES[3].replace("# rest", "#\trest"), OWN: ""},
    "without room": {HOOKS: "repos: []\n", "../pyproject.toml": "[tool.minimax-validate]\n"},
    "with all": {HOOKS: "repos:\n- repo: local\n  hooks: [{id: minimax-validate}]\n", OWN: "", WORKFLOW: "on: push\n"},
}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        *((name, ()) for name in FOLDERS),
        ("empty", ("--dry-run",)),
        ("with hooks", ("--dry-run",)),
        ("with hooks", ("--dry-run", "--color", "always")),
    ],
)
def test_what_it_says(name: str, arguments: tuple[str, ...], snapshot: SnapshotAssertion) -> None:
    """A patch is on standard output; what was found, what was done and what comes next are on standard error."""
    for file, text in FOLDERS[name].items():
        write(file, text)
    assert written(*arguments) == snapshot


def test_what_it_says_without_a_repository(folder: Path, snapshot: SnapshotAssertion) -> None:
    """Outside of a repository the next steps do not include a commit."""
    (folder / ".git").rmdir()
    write("a.json", json.dumps(GOOD))
    assert written() == snapshot
