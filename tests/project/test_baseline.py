"""Baselines: written, heeded, renewed, and found out of date."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minimax_validate.cli import cli
from minimax_validate.output.redact import EXCERPT
from minimax_validate.project.ignoring.baseline import BaselineError, Entry, read_baseline, write_baseline
from minimax_validate.project.options import BASELINE

GOOD = {"messages": [{"role": "user", "content": "Is the ferry late?"}]}
BAD = {"messages": [{"role": "user", "content": None}]}
WORSE = {"messages": [{"role": "user", "content": None}], "model": "gpt-4o"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, *payloads: object) -> Path:
    """A file with a payload a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(payload) + "\n" for payload in payloads), "utf-8")
    return path


def run(*arguments: str) -> Result:
    """The check command, run in this process."""
    return CliRunner().invoke(cli, ("check", *arguments))


def findings(path: Path) -> list[dict[str, Any]]:
    """What a baseline file lists."""
    listed: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["findings"]
    return listed


def listed(path: Path) -> list[tuple[str, str, int]]:
    """What a baseline file lists, in short."""
    return [(item["file"], item["code"], item["count"]) for item in findings(path)]


def test_written_and_heeded(folder: Path) -> None:
    """What --write-baseline lists is left out from then on, and only that."""
    write(folder / "log.jsonl", BAD, GOOD, BAD)
    write(folder / "a" / "worse.json", WORSE)
    done = run(".", "--write-baseline")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == (
        f"4 findings written to {BASELINE}; to ignore them, set the key baseline in the configuration to this file, "
        f"or use --baseline {BASELINE}\n"
    )
    assert listed(folder / BASELINE) == [
        ("a/worse.json", "MM009", 1),
        ("a/worse.json", "MM110", 1),
        ("log.jsonl", "MM110", 2),
    ]
    assert findings(folder / BASELINE)[2]["pointer"] == "/messages/0/content"
    assert run(".").exit_code == 1
    assert run(".", "--baseline", BASELINE).output.startswith("no findings in 4 requests")
    write(folder / "log.jsonl", GOOD, BAD, BAD, BAD)
    done = run("log.jsonl", "--baseline", BASELINE, "--output-format", "concise")
    assert done.stdout.count("MM110") == 1
    assert "warning" not in done.stderr


def test_survives_moved_lines(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the layout of a file nor the working directory makes a known finding a new one."""
    write(folder / "sub" / "bad.json", BAD)
    run(".", "--write-baseline")
    (folder / "sub" / "bad.json").write_text("\n\n" + json.dumps(BAD, indent=4), "utf-8")
    monkeypatch.chdir(folder / "sub")
    assert run(".", "--baseline", str(folder / BASELINE)).exit_code == 0


def test_same_bytes_each_time(folder: Path) -> None:
    """Writing twice gives the same file, with no draft left beside it."""
    write(folder / "worse.jsonl", WORSE, BAD)
    run(".", "--write-baseline", "--baseline", "known.json")
    first = (folder / "known.json").read_bytes()
    run(".", "--write-baseline", "--baseline", "known.json")
    assert (folder / "known.json").read_bytes() == first
    assert sorted(path.name for path in folder.iterdir()) == ["known.json", "worse.jsonl"]


def test_configured(folder: Path) -> None:
    """The configuration may name the baseline; what it ignores is not listed in it."""
    write(folder / "sub" / "worse.json", WORSE)
    (folder / "minimax-validate.toml").write_text(
        'baseline = "known.json"\nignore-at = { "sub/worse.json" = ["MM009"] }\n', "utf-8"
    )
    assert "the baseline known.json cannot be read: no such file" in run(".").stderr
    assert run(".", "--write-baseline").stderr == "1 finding written to known.json\n"
    assert listed(folder / "known.json") == [("sub/worse.json", "MM110", 1)]
    assert run(".").output.startswith("no findings")


def test_stale_entries(folder: Path) -> None:
    """What is listed and no longer found is told at the end, where the file was checked for it, and fails nothing."""
    write(folder / "worse.json", WORSE)
    write(folder / "bad.json", BAD)
    run(".", "--write-baseline")
    write(folder / "worse.json", GOOD)
    write(folder / "bad.json", GOOD)
    done = run("worse.json", "--baseline", BASELINE)
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        f'{BASELINE}: warning: worse.json no longer has MM009 at "/model"',
        f'{BASELINE}: warning: worse.json no longer has MM110 at "/messages/0/content"',
        f"{BASELINE}: warning: 2 baseline entries no longer match a finding; run --write-baseline to update the file",
    ]
    assert run("worse.json", "--baseline", BASELINE, "--select", "MM1").stderr.splitlines()[-1] == (
        f"{BASELINE}: warning: 1 baseline entry no longer matches a finding; run --write-baseline to update the file"
    )
    assert run(".", "--baseline", BASELINE, "--quiet").output == ""
    (folder / "worse.json").write_text("{", "utf-8")
    assert "warning" not in run("worse.json", "--baseline", BASELINE).stderr


def test_with_other_settings_of_a_run(folder: Path) -> None:
    """Known findings count for nothing, not for --max-warnings, --fail-on or statistics either.

    To write a baseline is no failure.
    """
    write(folder / "worse.jsonl", WORSE, WORSE)
    assert run(".", "--write-baseline", "--max-warnings", "0", "--fail-on", "info").exit_code == 0
    done = run(".", "--baseline", BASELINE, "--max-warnings", "0", "--fail-on", "info", "--statistics")
    assert done.exit_code == 0
    assert done.output.startswith("no findings in 2 requests (1 file)")
    write(folder / "new.json", WORSE)
    assert run(".", "--baseline", BASELINE, "--max-warnings", "1", "--ignore", "MM110").exit_code == 0
    assert run(".", "--baseline", BASELINE, "--max-warnings", "0", "--ignore", "MM110").exit_code == 1


def test_redacted_findings_are_known_too(folder: Path) -> None:
    """What a baseline knows a finding by does not depend on how the finding is shown."""
    write(folder / "bad.json", {"messages": [{"role": "a role that is longer than an excerpt", "content": "Hi"}]})
    run(".", "--write-baseline", "--redact")
    assert run(".", "--baseline", BASELINE, "--no-redact").exit_code == 0


@pytest.mark.parametrize("option", ["--redact", "--no-redact"])
def test_long_keys_of_stale_entries(folder: Path, option: str) -> None:
    """The place of a stale entry is shown whole, up to 200 characters; with redacted output, each key is cut.

    A baseline that was written by hand may have longer keys than ours.
    """
    key = "k" * 100
    cut = f"{'k' * (EXCERPT - 1)}…" if option == "--redact" else key
    write(folder / "good.json", GOOD)
    for pointer, shown in (
        (f"/metadata/{key}/role", f"/metadata/{cut}/role"),
        (f"/{'k/' * 98}kkk", f"/{'k/' * 98}kkk"),
        (f"/{'k/' * 98}kkkk", f"/{'k/' * 98}kk…"),
    ):
        write_baseline(folder / "known.json", {Entry("good.json", "MM110", pointer, "0"): 1})
        lines = run("good.json", "--baseline", "known.json", option).stderr.splitlines()
        assert lines[0] == f'known.json: warning: good.json no longer has MM110 at "{shown}"'


def test_many_stale_entries_are_counted(folder: Path) -> None:
    """Not every stale entry is named where there are many."""
    write_baseline(
        folder / "known.json", {Entry("good.json", "MM110", f"/messages/{index}", "0"): 1 for index in range(50)}
    )
    write(folder / "good.json", GOOD)
    lines = run("good.json", "--baseline", "known.json").stderr.splitlines()
    assert len(lines) == 11
    assert lines[9].endswith(' no longer has MM110 at "/messages/17"')
    assert "50 baseline entries" in lines[-1]


def test_renewed_in_part(folder: Path) -> None:
    """Writing after a check of some files or rules keeps what is known of the others, but for files that are gone."""
    for name in ("a.json", "b.json", "c.json"):
        write(folder / name, WORSE)
    run(".", "--write-baseline")
    write(folder / "a.json", GOOD)
    (folder / "c.json").unlink()
    run("a.json", "--write-baseline", "--select", "MM110")
    assert listed(folder / BASELINE) == [("a.json", "MM009", 1), ("b.json", "MM009", 1), ("b.json", "MM110", 1)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a baseline: it must be an object"),
        ('{"findings": 3}', "is not a baseline: it must be an object"),
        ('{"version": 2, "findings": []}', "supported version is 1"),
        ('{"version": 1, "findings": [{"file": "a.json"}]}', "findings[0] must have"),
        (
            '{"version": 1, "findings": [{"file": "a", "code": "MM110", "pointer": "", "fingerprint": "",'
            ' "count": true}]}',
            "findings[0] must have",
        ),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_malformed(folder: Path, text: str, message: str) -> None:
    """A file that is no baseline is misuse, said so, and never written over."""
    write(folder / "good.json", GOOD)
    path = folder / "known.json"
    path.write_text(text, "utf-8")
    for arguments in ((), ("--write-baseline",)):
        done = run("good.json", "--baseline", "known.json", *arguments)
        assert done.exit_code == 2
        assert "the baseline known.json " in done.stderr
        assert message in done.stderr
    assert path.read_text("utf-8") == text


def test_bytes_are_no_baseline(tmp_path: Path) -> None:
    """A file that is no text is no baseline."""
    (tmp_path / "known.json").write_bytes(b"\xff")
    with pytest.raises(BaselineError):
        read_baseline(tmp_path / "known.json")


def test_place_that_cannot_be_written(folder: Path) -> None:
    """A baseline in a folder that is not there is misuse."""
    write(folder / "bad.json", BAD)
    done = run(".", "--baseline", "nowhere/known.json", "--write-baseline")
    assert done.exit_code == 2
    assert "cannot write the baseline" in done.stderr


def test_every_name_survives(tmp_path: Path) -> None:
    """Names and pointers come back as they were, whatever characters they hold."""
    entries = Counter({Entry("ä \udcff.json", "MM103", "/\ud800/~1", "0"): 3})
    write_baseline(tmp_path / "known.json", entries)
    assert read_baseline(tmp_path / "known.json") == entries
