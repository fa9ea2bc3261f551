"""``check --add-ignores``: comments that ignore what is found, and nothing else."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import add_ignores, cli

NULL = '{"role": "user", "content": null}'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, a repository."""
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def check(*arguments: str, stdin: str | None = None) -> Result:
    """The check, run in this process."""
    return CliRunner().invoke(cli, ("check", *arguments), input=stdin)


def added(name: str, text: str, *arguments: str) -> str:
    """A text after comments were added to it."""
    Path(name).write_bytes(text.encode())
    check("--add-ignores", name, *arguments)
    return Path(name).read_bytes().decode()


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "a.yaml",
            "messages:\n  - role: user\n    content: null\ntemperature: 9\n",
            "messages:\n  - role: user\n    content: null  # minimax-validate: ignore[MM110]\n"
            "temperature: 9  # minimax-validate: ignore[MM105]\n",
        ),
        (
            "a.yml",
            "{messages: [{role: user, content: null}], temperature: 9}",
            "{messages: [{role: user, content: null}], temperature: 9}  # minimax-validate: ignore[MM105, MM110]",
        ),
        (
            "a.jsonc",
            f'\ufeff{{"messages": [ // one\r\n{NULL}, // two\r\n{NULL}]}}\r\n',
            f'\ufeff{{"messages": [ // one\r\n{NULL}, // two  // minimax-validate: ignore[MM110]\r\n'
            f"{NULL}]}}  // minimax-validate: ignore[MM110]\r\n",
        ),
        (
            "a.jsonc",
            f'{{"messages": [{NULL}], "temperature": 9}} // [1] minimax-validate: ignore[ MM110 ] because [2]',
            f'{{"messages": [{NULL}], "temperature": 9}} // [1] minimax-validate: ignore[ MM110 , MM105] because [2]',
        ),
        (
            "a.py",
            'create(model="minimax/m2.7", messages=[{"role": "user", "content": None}])\n',
            'create(model="minimax/m2.7", messages=[{"role": "user", "content": None}])'
            "  # minimax-validate: ignore[MM110]\n",
        ),
        (
            "a.ts",
            'env.AI.run("minimax/m2.7", {\n  messages: [{ role: "user", content: null }],\n});\n',
            'env.AI.run("minimax/m2.7", {\n  messages: [{ role: "user", content: null }],'
            "  // minimax-validate: ignore[MM110]\n});\n",
        ),
    ],
)
def test_comments(name: str, text: str, expected: str) -> None:
    """A comment goes to the end of the line, or into the one that is there; the file is then without findings."""
    assert added(name, text) == expected
    done = check(name)
    assert (done.exit_code, "ignored by comments" in done.output) == (0, True)
    assert "silences nothing" not in done.output
    assert added(name, expected) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", 'messages: [{role: user, content: null}, {role: user, content: "a\n b"}]\n'),
        ("a.ts", 'env.AI.run("minimax/m2.7", { messages: [{ role: "user", content: null }], user: `a\n` });\n'),
        ("a.py", 'create(model="minimax/m2.7", messages=[{"role": "user", "content": None}], user=\\\n "a")\n'),
        ("a.py", 'create(model="minimax/m2.7", messages=[{"role": "user", "content": None}], user="""\n""")\n'),
        ("a.jsonc", '{"messages": [{"role": "user", "content": null}]} // minimax-validate: ignore'),
    ],
)
def test_lines_without_room(name: str, text: str) -> None:
    """A comment is not written into a string, nor to one that says something else; what stays is told with its line."""
    Path(name).write_text(text, "utf-8")
    done = check("--add-ignores", "--select", "MM110", name)
    assert Path(name).read_text("utf-8") == text
    advice = "no comment fits on this line; use --write-baseline, or ignore-at in the configuration"
    assert done.stderr == f"{name}:1: MM110 not ignored: {advice}\nno comment added; 1 finding not ignored\n"
    assert done.exit_code == 1


def test_only_what_is_selected() -> None:
    """Rules that do not run, and findings that something else ignores, get no comment."""
    Path("minimax-validate.toml").write_text('[ignore-at]\n"a.jsonc#/messages/0" = ["MM110"]\n', "utf-8")
    text = f'{{"messages": [\n{NULL},\n{NULL}],\n"temperature": 9}}'
    expected = text.replace(f"{NULL}]", f"{NULL}]", 1).replace("],\n", "],  // minimax-validate: ignore[MM110]\n")
    assert added("a.jsonc", text, "--select", "MM110") == expected


def test_what_has_no_comments(folder: Path) -> None:
    """Files without comments stay as they are, and are listed with the way out; the run fails as a check does."""
    (folder / "a.json").write_text(f'{{"messages": [{NULL}]}}', "utf-8")
    (folder / "b.jsonl").write_text(f'{{"messages": [{NULL}]}}\n{{"messages": [\n', "utf-8")
    (folder / "c.yaml").write_text("messages: [{role: user, content: null}]\n", "utf-8")
    (folder / "d.jsonc").write_bytes(f'{{"messages": [{NULL}]}}'.encode("utf-16"))
    done = check("--add-ignores", ".")
    advice = "comments cannot be added to this format; use --write-baseline, or ignore-at in the configuration"
    assert done.stderr.splitlines() == [
        f"a.json: 1 finding not ignored: {advice}",
        "b.jsonl:2: MM001 not ignored: the text cannot be read",
        f"b.jsonl: 1 finding not ignored: {advice}",
        "c.yaml: 1 finding ignored on 1 line",
        "d.jsonc:1: MM002 not ignored: the text cannot be read",
        "1 finding ignored by comments on 1 line in 1 file; 4 findings not ignored",
    ]
    assert (done.exit_code, done.stdout) == (1, "")
    assert check("--add-ignores", ".", "--exit-zero").exit_code == 0
    assert check("--add-ignores", "c.yaml").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 0),
        (("--fail-on", "warning"), 1),
        (("--fail-on", "warning", "--exit-zero"), 0),
        (("--max-warnings", "2"), 0),
        (("--max-warnings", "1"), 1),
        (("--max-warnings", "0", "--fail-on", "error"), 1),
        (("--fail-on-no-requests",), 0),
        (("--fail-on-no-requests", "--exclude", "*"), 1),
        (("--fail-on-no-requests", "--exclude", "*", "--exit-zero"), 0),
        (("--exclude", "*"), 0),
        (("none.json",), 2),
    ],
)
def test_exit_code(arguments: tuple[str, ...], code: int) -> None:
    """The code is that of a check of what is not ignored: here of two warnings in files without comments."""
    for name in ("a.json", "b.json"):
        Path(name).write_text('{"messages": [{"role": "user", "content": "Hi"}], "model": "gpt-4o"}', "utf-8")
    assert check("--add-ignores", ".", *arguments).exit_code == code


def test_summary(folder: Path) -> None:
    """Findings, lines and files are counted, and each file with comments is named."""
    (folder / "a.yaml").write_text("messages: [{role: user, content: null}]\ntemperature: 9\n", "utf-8")
    (folder / "b.yaml").write_text("messages: [{role: user, content: null}, {role: user, content: null}]\n", "utf-8")
    (folder / "c.json").write_text(f'{{"messages": [{NULL}], "temperature": 9}}', "utf-8")
    done = check("--add-ignores")
    advice = "comments cannot be added to this format; use --write-baseline, or ignore-at in the configuration"
    assert done.stderr.splitlines() == [
        "a.yaml: 2 findings ignored on 2 lines",
        "b.yaml: 2 findings ignored on 1 line",
        f"c.json: 2 findings not ignored: {advice}",
        "4 findings ignored by comments on 3 lines in 2 files; 2 findings not ignored",
    ]
    assert check("--add-ignores", "a.yaml").stderr == "no comment added\n"


def test_a_page_without_comments(folder: Path) -> None:
    """A page of Markdown has comments for none of its requests, which stay as they are."""
    text = f'Ask minimax/m2.7:\n\n```json\n{{"messages": [{NULL}]}}\n```\n'
    (folder / "a.md").write_text(text, "utf-8")
    done = check("--add-ignores", "a.md")
    assert (done.exit_code, (folder / "a.md").read_text("utf-8")) == (1, text)
    assert "1 finding not ignored" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--fix",),
        ("--diff",),
        ("--write-baseline",),
        ("--statistics",),
        ("--show-files",),
        ("--output-file", "o"),
        ("--output", "json=o"),
        ("-",),
    ],
)
def test_what_it_is_not_used_with(arguments: tuple[str, ...]) -> None:
    """Other ways to write, and standard input, are refused."""
    done = check("--add-ignores", *arguments, stdin=f'{{"messages": [{NULL}]}}')
    assert done.exit_code == 2
    name = "standard input" if arguments == ("-",) else arguments[0]
    assert f"--add-ignores and {name} cannot be used together." in done.stderr
    assert not Path("o").exists()


def test_a_link_out_of_the_project(folder: Path) -> None:
    """A link that a walk meets and that leads out of the repository is not written through, and named it is."""
    outside = folder.parent / "outside.yaml"
    text = "messages: [{role: user, content: null}]\n"
    outside.write_text(text, "utf-8")
    (folder / "a.yaml").symlink_to(outside)
    done = check("--add-ignores", ".")
    assert (done.exit_code, outside.read_text("utf-8")) == (2, text)
    assert done.stderr.splitlines() == [
        "a.yaml: not changed: it is a link that leads out of the project, and nobody named it",
        "no comment added; 1 finding not ignored",
    ]
    assert check("--add-ignores", "a.yaml").exit_code == 0
    assert outside.read_text("utf-8") != text
    assert (folder / "a.yaml").is_symlink()


def test_a_read_only_file(folder: Path) -> None:
    """A file that nobody may write stays as it is, and the run is misuse."""
    path = folder / "a.yaml"
    path.write_text("messages: [{role: user, content: null}]\n", "utf-8")
    path.chmod(0o444)
    done = check("--add-ignores", ".")
    said = ["a.yaml: not changed: it is read-only", "no comment added; 1 finding not ignored"]
    assert (done.exit_code, done.stderr.splitlines()) == (2, said)
    assert sorted(each.name for each in folder.iterdir()) == [".git", "a.yaml"]


def test_a_file_that_is_missing() -> None:
    """A path that does not exist is misuse, as in a check."""
    assert check("--add-ignores", "none.yaml").exit_code == 2


def test_no_findings() -> None:
    """A file without findings is not written."""
    Path("a.json").write_text(json.dumps({"messages": [{"role": "user", "content": "Hi."}]}), "utf-8")
    before = Path("a.json").stat().st_mtime_ns
    assert check("--add-ignores", "a.json").stderr == "no comment added\n"
    assert Path("a.json").stat().st_mtime_ns == before


def test_walk_leaves_out_what_holds_no_request(folder: Path) -> None:
    """Of a folder, files without requests and links that lead nowhere are left alone."""
    (folder / "a.jsonc").write_text(f'{{"messages": [{NULL}]}}\n')
    (folder / "b.json").write_text("{}")
    (folder / "c.json").write_text('{"messages": "none"}')
    (folder / "d.py").symlink_to("nowhere.py")
    done = check("--add-ignores", ".")
    assert done.exit_code == 0, done.output
    assert done.stderr.splitlines()[0] == "a.jsonc: 1 finding ignored on 1 line"
    assert [(folder / name).read_text() for name in ("b.json", "c.json")] == ["{}", '{"messages": "none"}']


def test_quiet(folder: Path) -> None:
    """With --quiet nothing is said of the files."""
    (folder / "a.jsonc").write_text(f'{{"messages": [{NULL}]}}\n')
    assert check("--add-ignores", "--quiet", ".").output == ""
    assert "ignore[MM110]" in (folder / "a.jsonc").read_text()


def test_text_that_cannot_be_read_keeps_its_finding(folder: Path) -> None:
    """A text that is no YAML has a finding that no comment ignores, and is not changed."""
    (folder / "a.yaml").write_text("messages: [\n")
    done = check("--add-ignores", "a.yaml")
    assert done.exit_code == 1
    assert "a.yaml:" in done.stderr
    assert "the text cannot be read" in done.stderr
    assert (folder / "a.yaml").read_text() == "messages: [\n"


def test_messages_in_another_format_are_mentioned(folder: Path) -> None:
    """What a check says of files that hold messages in a form that is not read is said here too."""
    (folder / "a.json").write_text('{"session": 1, "request": {"messages": [{"role": "user", "content": "Hi"}]}}')
    said = "1 file contains messages in an unsupported format: 1 file of another kind"
    assert said in check("--add-ignores", ".").stderr.splitlines()


def test_lines_without_room_for_a_comment_keep_others_from_none() -> None:
    """Of many lines with findings, those that can have a comment get one, and the others are named."""
    null = "- role: user\n  content: null\n"
    text = f'messages:\n{null * 3}stop: "a\n  b"\ntop_p: 5\n'
    assert added("a.yaml", text) == text.replace("null", "null  # minimax-validate: ignore[MM110]").replace(
        "top_p: 5", "top_p: 5  # minimax-validate: ignore[MM105]"
    )
    assert "no comment fits on this line" in check("--add-ignores", "a.yaml").stderr


def test_file_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be read is a finding, and stays as it is."""

    def refuse(_: object) -> bool:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    Path("a.yaml").write_text("messages: 5\n", "utf-8")
    monkeypatch.setattr(add_ignores, "is_worth_reading", refuse)
    result = check("--add-ignores", "a.yaml")
    said = ["a.yaml: MM002 cannot be read: permission denied", "no comment added; 1 finding not ignored"]
    assert (result.exit_code, result.stderr.splitlines()) == (1, said)
    assert Path("a.yaml").read_text("utf-8") == "messages: 5\n"


def test_links_that_stay_inside(folder: Path) -> None:
    """A link that a search finds is written through if it stays in the project, and then it is still a link."""
    (folder / "real").mkdir()
    (folder / "real" / "a.yaml").write_text("messages: [{role: user, content: null}]\n", "utf-8")
    (folder / "b.yaml").symlink_to("real/a.yaml")
    done = check("--add-ignores", "--exclude", "real/")
    assert (done.exit_code, done.stderr.splitlines()[0]) == (0, "b.yaml: 1 finding ignored on 1 line")
    assert (folder / "b.yaml").is_symlink()
    assert "ignore[MM110]" in (folder / "real" / "a.yaml").read_text("utf-8")


def test_links_to_nowhere(folder: Path) -> None:
    """Of files that cannot be read, a search reports those that may hold requests."""
    (folder / "a.json").symlink_to("nowhere.json")
    (folder / "a.md").symlink_to("nowhere.md")
    lines = check("--add-ignores").stderr.splitlines()
    assert [line.partition(" cannot")[0] for line in lines[:-1]] == ["a.json: MM002"]


def test_text_in_another_encoding(folder: Path) -> None:
    """A text in another encoding is not changed."""
    data = "messages: [{role: user, content: null}]  # é\n".encode("latin-1")
    (folder / "a.yaml").write_bytes(data)
    assert check("--add-ignores", "a.yaml").exit_code == 1
    assert (folder / "a.yaml").read_bytes() == data
