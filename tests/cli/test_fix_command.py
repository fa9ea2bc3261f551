"""``check --fix`` and ``--diff``: what they change, what they show, and what they leave alone."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli
from minimax_validate.rules.examples import assistant, call, calling, request, result, tool, user

BAD = request(user(), calling(call(index=0), content=None), result(), tools=[tool(strict=True)])
"""Only safe fixes are needed."""
WORSE = request(user(), assistant(None), user("Go on."), tool_choice="required", tools=[tool()])
"""Only unsafe ones help."""
GOOD = request(user())
LEFT = request(user("Go on."), user(""))
"""Nothing can be fixed."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    """The check command, run in this process."""
    return CliRunner().invoke(cli, ("check", *arguments), input=stdin)


def write(path: str, *payloads: Any, indent: int | None = None) -> Path:
    """A file with a payload a line."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(payload, indent=indent) + "\n" for payload in payloads), "utf-8")
    return file


def test_safe_fixes() -> None:
    """--fix makes what is safe, tells the rest as usual, and exits by what is left."""
    bad, worse = write("bad.json", BAD), write("worse.json", WORSE)
    before = worse.read_bytes()
    done = run(".", "--fix")
    assert json.loads(bad.read_text()) == request(user(), calling(), result(), tools=[tool()])
    assert worse.read_bytes() == before
    assert done.exit_code == 1
    assert "bad.json:" not in done.stdout
    assert "worse.json:1:" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("fixed 3 findings in 1 file; 2 errors")


def test_unsafe_fixes() -> None:
    """--unsafe-fixes makes the others too, and a clean end is exit code 0."""
    worse = write("worse.json", WORSE)
    done = run("worse.json", "--fix", "--unsafe-fixes")
    assert (done.exit_code, done.stdout) == (0, "fixed 2 findings in 1 file; no findings in 1 request (1 file)\n")
    assert json.loads(worse.read_text()) == request(
        user(), assistant(""), user("Go on."), tool_choice="auto", tools=[tool()]
    )


def test_unsafe_fixes_alone_are_misuse() -> None:
    """Without --fix or --diff there is nothing to make unsafely."""
    done = run("--unsafe-fixes")
    assert (done.exit_code, "--unsafe-fixes requires --fix or --diff" in done.stderr) == (2, True)


def test_what_is_clean_is_not_written() -> None:
    """A file in which nothing is fixed stays the file it is."""
    good, left = write("good.json", GOOD), write("left.json", LEFT)
    before = [path.stat() for path in (good, left)]
    run(".", "--fix", "--unsafe-fixes")
    assert [(path.stat().st_ino, path.stat().st_mtime_ns) for path in (good, left)] == [
        (was.st_ino, was.st_mtime_ns) for was in before
    ]


def test_show_fixes() -> None:
    """--show-fixes lists what was fixed, file by file; beside a format for programs, on standard error."""
    write("a/bad.json", BAD)
    write("b.jsonl", BAD, GOOD, BAD)
    listing = (
        "a/bad.json:\n  1 x MM110 null-content\n  2 x MM116 foreign-key\nb.jsonl:\n  2 x MM110 "
        "null-content\n  4 x MM116 foreign-key\n"
    )
    done = run(".", "--fix", "--show-fixes")
    assert done.stdout == listing + "fixed 9 findings in 2 files; no findings in 4 requests (2 files)\n"
    write("a/bad.json", BAD)
    write("b.jsonl", BAD, GOOD, BAD)
    done = run(".", "--fix", "--show-fixes", "--output-format", "json")
    assert done.stdout == "[]\n"
    assert listing in done.stderr


def test_lines_of_a_log() -> None:
    """In JSON Lines, lines without a fix keep every byte, whatever they are, and so do line ends and blank lines."""
    good = json.dumps(GOOD, indent=None).replace(":", " :")
    lines = [
        good,
        "",
        "{broken",
        json.dumps(BAD),
        good,
        json.dumps(request(user(temperature=1e400), temperature=1e400)),
    ]
    path = Path("log.jsonl")
    path.write_bytes("\r\n".join(lines).encode())
    run("log.jsonl", "--fix")
    after = path.read_bytes().decode().split("\r\n")
    assert [*after[:3], *after[4:]] == [*lines[:3], *lines[4:]]
    assert json.loads(after[3]) == request(user(), calling(), result(), tools=[tool()])


def test_documents_of_yaml() -> None:
    """Each document of a YAML file is fixed in its place, and findings of later ones are told where they are now."""
    first = "# one\n---\nmessages:\n- role: user\n  content: Hi\n- role: assistant\n  content: Ho\n  tool_calls: []\n"
    text = f"{first}---\n# none\n---\nmessages: []\n...\n"
    path = Path("é.yaml")
    path.write_text(text, "utf-8")
    done = run("é.yaml", "--fix", "--output-format", "concise")
    assert path.read_text("utf-8") == text.replace("\n  tool_calls: []", "")
    assert done.stdout.startswith("é.yaml:11:11: MM501 error")


def test_difference() -> None:
    """--diff shows what would change as a unified difference, writes nothing, and exits with 1 where there is any."""
    path = write("a.json", request(user(), calling(content=None), result()), indent=2)
    write("left.json", LEFT)
    before = path.read_bytes()
    done = run(".", "--diff")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[:3] == ["--- a.json", "+++ a.json", "@@ -6,7 +6,7 @@"]
    assert [line for line in done.stdout.splitlines()[2:] if line[0] in "+-"] == [
        '-      "content": null,',
        '+      "content": "",',
    ]
    assert done.stderr == "would fix 1 finding in 1 file\n"
    assert path.read_bytes() == before
    done = run("left.json", "--diff", "--unsafe-fixes")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "nothing to fix\n")


def test_difference_in_color() -> None:
    """What goes is red, what comes is green."""
    write("a.json", BAD)
    lines = run("a.json", "--diff", "--color", "always").stdout.splitlines()
    assert [line[:7] for line in lines] == ["\x1b[1m---", "\x1b[1m+++", "\x1b[1;36m", "\x1b[1;31m", "\x1b[32m+{"]


@pytest.mark.parametrize("name", ["spread.jsonl", "last.jsonl"])
def test_difference_is_a_patch(name: str) -> None:
    """What --diff shows of a plain text is what patch makes --fix of."""
    lines = [json.dumps(BAD if number % 9 in (0, 1, 5) or number == 59 else GOOD) for number in range(60)]
    path = Path(name)
    path.write_text("\n".join(lines) + "\n" * (name == "spread.jsonl"))
    difference = run(name, "--diff").stdout
    Path("copy").write_bytes(path.read_bytes())
    subprocess.run(["patch", "--quiet", "copy"], input=difference, text=True, check=True)
    run(name, "--fix")
    assert Path("copy").read_bytes() == path.read_bytes()


def test_nothing_breaks_out_of_a_difference() -> None:
    """No line of a text, and no file's name, acts on a terminal or on the runner of a job.

    Tabs and line ends are themselves.
    """
    name = "::error::\x1b[1m.jsonc"
    remarks = [
        "// \x9b31m red",
        "\t::error::forged",
        " ##[error]forged",
        "// \u202e reversed",
        "::add-mask::x",
        "\u2028::stop-commands::y",
    ]
    text = "\r\n".join([f'{{"messages": [{json.dumps(assistant("", tool_calls=[]))}, /*', *remarks, "*/]}"])
    Path(name).write_bytes(text.encode())
    lines = run("--diff", "--", name).stdout_bytes.decode().split("\n")
    assert lines[0] == "--- \\x3a:error::\\x1b[1m.jsonc"
    assert all(line.replace("\t", "").removesuffix("\r").isprintable() for line in lines)
    assert not any(line[1:].lstrip().startswith("::") or "##[" in line for line in lines)
    assert [line[0] for line in lines[3:-1]] == ["-", "+", " ", " ", " "]
    assert all(line.endswith("\r") for line in lines[3:-1])


def test_standard_input() -> None:
    """A stream is fixed to standard output, and what is left is told on standard error."""
    done = run("-", "--fix", stdin=json.dumps([BAD, WORSE]).encode())
    assert json.loads(done.stdout) == [request(user(), calling(), result(), tools=[tool()]), WORSE]
    assert done.exit_code == 1
    assert "stdin.json:1:" in done.stderr
    done = run("-", "--diff", stdin=json.dumps(BAD).encode() + b"\n")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (1, "--- stdin.json")
    clean = json.dumps(GOOD, indent=3).encode()
    assert run("-", "--fix", stdin=clean).stdout_bytes == clean


def test_ignored_findings_are_not_fixed() -> None:
    """What a comment, the configuration or a baseline ignores stays as it is."""
    body = json.dumps(calling(content=None))
    text = (
        f'{{"messages": [{json.dumps(user())},\n{body}, // minimax-validate: ignore[MM110]\n{json.dumps(result())}]}}'
    )
    paths = [Path(name) for name in ("comment.jsonc", "at.json", "pattern.json", "known.json")]
    for path in paths:
        path.write_text(text if path.suffix == ".jsonc" else text.replace("// minimax-validate: ignore[MM110]", ""))
    Path("minimax-validate.toml").write_text(
        '[per-file-ignores]\n"pattern.*" = ["MM1"]\n[ignore-at]\n"at.json#/messages/1" = ["MM110"]\n'
    )
    run("known.json", "--write-baseline")
    before = [path.read_bytes() for path in paths]
    done = run(".", "--fix", "--baseline", ".minimax-validate-baseline.json")
    assert (done.exit_code, [path.read_bytes() for path in paths]) == (0, before)
    run(".", "--fix", "--isolated")
    assert [path.read_bytes() == was for path, was in zip(paths, before, strict=True)] == [True, False, False, False]


def test_only_selected_rules_fix() -> None:
    """A rule that does not run fixes nothing."""
    path = write("bad.json", BAD)
    run("bad.json", "--fix", "--select", "MM110")
    assert json.loads(path.read_text()) == request(user(), calling(call(index=0)), result(), tools=[tool(strict=True)])


def test_what_is_no_request_is_left_alone() -> None:
    """On a walk, an array's items that are no requests are not touched, nor are files without any."""
    path = write("mixed.json", [BAD, {"messages": {"de": None}, "stop": None}, GOOD])
    other = write("words.json", {"messages": {"hello": None}, "tool_calls": []})
    before = other.read_bytes()
    run(".", "--fix", "--unsafe-fixes")
    assert json.loads(path.read_text())[1] == {"messages": {"de": None}, "stop": None}
    assert other.read_bytes() == before


def test_recordings_are_reported() -> None:
    """A cassette is never rewritten, and that is said."""
    tape = {"interactions": [{"request": {"method": "POST", "uri": "", "body": json.dumps(BAD)}}]}
    path = write("tape.json", tape)
    before = path.read_bytes()
    done = run(".", "--fix")
    assert path.read_bytes() == before
    assert done.exit_code == 1
    assert done.stderr.startswith("tape.json: 3 fixes not applied: --fix does not change recordings,")


def test_what_belongs_to_a_file_stays() -> None:
    """Its mode stays, and a link to it stays a link."""
    real = write("real/bad.json", BAD)
    real.chmod(0o640)
    Path("link.json").symlink_to(real)
    run("link.json", "--fix")
    assert Path("link.json").is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert "null" not in real.read_text()
    assert [path.name for path in Path("real").iterdir()] == ["bad.json"]


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="there are no extended attributes here")
def test_extended_attributes_stay() -> None:
    """What somebody noted beside the content stays."""
    path = write("bad.json", BAD)
    try:
        os.setxattr(path, "user.note", b"keep")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    run("bad.json", "--fix")
    assert os.getxattr(path, "user.note") == b"keep"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser can give a file away")
def test_owner_stays() -> None:
    """Whoever fixes a file, it is still its owner's."""
    path = write("bad.json", BAD)
    os.chown(path, 12345, 54321)
    run("bad.json", "--fix")
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 54321)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_read_once() -> None:
    """What is no file is not fixed: it is checked, and that it was left is told."""
    os.mkfifo("pipe.json")
    with subprocess.Popen(["tee", "pipe.json"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as writer:
        assert writer.stdin
        writer.stdin.write(json.dumps(BAD).encode())
        writer.stdin.close()
        done = run("pipe.json", "--fix")
    assert "pipe.json: not fixed: it is not a regular file\n" in done.stderr
    assert "pipe.json:1:" in done.stdout
    assert done.exit_code == 2


def test_read_only_file() -> None:
    """A file that is not to be written is left alone and told of, and the exit code says that not all was done."""
    path, other = write("bad.json", BAD), write("other.json", BAD)
    path.chmod(0o444)
    before = path.read_bytes()
    done = run(".", "--fix")
    assert path.read_bytes() == before
    assert "null" not in other.read_text()
    assert "bad.json: not fixed: it is read-only\n" in done.stderr
    assert "bad.json:1:" in done.stdout
    assert done.exit_code == 2


def test_fixes_are_shown_of_files_that_have_any() -> None:
    """--show-fixes names no file in which nothing was fixed, even if something could have been."""
    write("bad.json", BAD)
    recorded = f"POST https://api.example.com/ai/run/minimax/m2.7\n\n{json.dumps(BAD)}\n"
    Path("recorded.http").write_text(recorded, "utf-8")
    shown = run(".", "--fix", "--show-fixes", "--output-format", "concise")
    assert [line for line in shown.output.splitlines() if line.endswith(":")] == ["bad.json:"]
    assert Path("recorded.http").read_text("utf-8") == recorded


def test_quiet_difference() -> None:
    """With --quiet a difference stands alone."""
    write("bad.json", BAD)
    loud, quiet = run(".", "--diff"), run(".", "--diff", "--quiet")
    assert (loud.stderr, quiet.stderr) == ("would fix 3 findings in 1 file\n", "")
    assert (quiet.stdout, quiet.exit_code) == (loud.stdout, loud.exit_code)


def test_exit_code_cannot_be_two_things() -> None:
    """--exit-zero and --exit-non-zero-on-fix contradict each other."""
    done = run(".", "--fix", "--exit-non-zero-on-fix", "--exit-zero")
    assert done.exit_code == 2
    assert "--exit-non-zero-on-fix and --exit-zero cannot be used together." in done.stderr
