"""The command that counts tokens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from syrupy.assertion import SnapshotAssertion

from minimax_validate.cli import cli

IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "A" * 400}}
REQUEST = {
    "messages": [
        {"role": "system", "content": "You are a harbour pilot."},
        {"role": "user", "content": [{"type": "text", "text": "Which light is this?"}, IMAGE]},
    ],
    "tools": [
        {
            "type": "function",
            "function": {"name": "lights", "description": "", "parameters": {"type": "object", "properties": {}}},
        }
    ],
    "max_tokens": 2048,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, stdin: str | None = None) -> Result:
    """The command, run in this process."""
    return CliRunner().invoke(cli, ("tokens", *arguments), input=stdin)


def write(path: Path, *payloads: object) -> None:
    """A file with a payload a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(payload) + "\n" for payload in payloads), "utf-8")


def test_table(folder: Path, snapshot: SnapshotAssertion) -> None:
    """A row for each message, for the tools, the template, the total, the limit and the room, by each measure."""
    write(folder / "request.json", REQUEST)
    assert run("request.json").output == snapshot


def test_json(folder: Path) -> None:
    """The same figures for programs, and they add up."""
    write(folder / "requests.jsonl", REQUEST, {"model": "minimax/m2.7", "input": REQUEST})
    bare, wrapped = json.loads(run("requests.jsonl", "--output-format", "json").output)
    assert {**bare, "line": 2} == wrapped
    for measure in ("lower_bound", "estimate", "upper_bound"):
        parts = [message["tokens"][measure] for message in bare["messages"]]
        assert sum(parts) + bare["tools"][measure] + bare["template"][measure] == bare["total"][measure]
        assert bare["room"][measure] == 128_000 - 2048 - bare["total"][measure]
    assert bare["total"]["lower_bound"] <= bare["total"]["estimate"] <= bare["total"]["upper_bound"]
    assert bare["images"] == 1


def test_an_image_is_no_text(folder: Path) -> None:
    """Its bytes count nothing, however many there are."""
    write(folder / "request.json", REQUEST)
    (found,) = json.loads(run("request.json", "--output-format", "json").output)
    assert found["messages"][1]["tokens"]["upper_bound"] < 30


def test_nothing_to_count(folder: Path) -> None:
    """What is no request, no JSON or no file is said, the rest is counted, and the exit code tells."""
    write(folder / "other.json", {"name": "package"})
    write(folder / "request.json", REQUEST)
    (folder / "broken.json").write_text('{"messages": [', "utf-8")
    done = run("other.json", "request.json", "broken.json", "none.json", "--output-format", "json")
    assert done.exit_code == 2
    assert len(json.loads(done.stdout)) == 1
    lines = done.stderr.splitlines()
    assert [line.split(":")[0] for line in lines] == ["other.json", "broken.json", "Error"]
    assert lines[0] == "other.json:1: not a chat request"


def test_a_folder_and_standard_input(folder: Path) -> None:
    """Folders are walked for requests, and - is standard input."""
    write(folder / "prompts" / "request.json", REQUEST)
    write(folder / "prompts" / "other.json", {"name": "package"})
    done = run("prompts", "-", "--output-format", "json", "--stdin-filename", "mine.json", stdin=json.dumps(REQUEST))
    assert (done.exit_code, [found["filename"] for found in json.loads(done.output)]) == (
        0,
        ["mine.json", "prompts/request.json"],
    )
    assert (
        json.loads(run("prompts/..", "--isolated", "--output-format", "json").output)[0]["filename"]
        == "prompts/request.json"
    )


@pytest.mark.usefixtures("folder")
def test_an_empty_folder_is_an_empty_array() -> None:
    """Programs get JSON even if there is nothing."""
    assert run(".", "--output-format", "json").output == "[]\n"


def test_the_window_of_the_configuration(folder: Path) -> None:
    """The room is that of the window that is configured."""
    write(folder / "request.json", REQUEST)
    (folder / "minimax-validate.toml").write_text("context-window = 3000\n", "utf-8")
    output = run("request.json").output
    assert "room left of 3,000" in output
    assert "798 of 952 left" in output


def test_a_tokenizer_counts_alone(folder: Path) -> None:
    """With a tokenizer there is one column, and its name in the verdict."""
    write(folder / "request.json", REQUEST)
    output = run("request.json", "--tokenizer", "o200k").output
    assert "at least" not in output
    assert "tokens (o200k (proxy))" in output
    (found,) = json.loads(run("request.json", "--tokenizer", "o200k", "--output-format", "json").output)
    assert list(found["total"]) == ["count"]


@pytest.mark.parametrize("command", ["check", "tokens"])
def test_a_tokenizer_that_cannot_be_read_is_misuse(folder: Path, command: str) -> None:
    """It is said at once, by its name, before anything is counted."""
    write(folder / "request.json", REQUEST)
    done = CliRunner().invoke(cli, (command, "request.json", "--tokenizer", "none.json"))
    assert done.exit_code == 2
    assert "none.json is not a readable tokenizer.json" in done.output


def test_a_tokenizer_by_its_path(folder: Path) -> None:
    """A tokenizer.json counts for both commands, named on the command line or beside the configuration."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"<unk>": 0}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "words.json"))
    write(folder / "prompts" / "request.json", {"messages": [{"role": "user", "content": "tide " * 90_000}]})
    (folder / "minimax-validate.toml").write_text('tokenizer = "words.json"\ncontext-window = 80_000\n', "utf-8")
    assert " 90,000\n" in run("prompts/request.json", "--tokenizer", "words.json").output
    checked = CliRunner().invoke(cli, ("check", "prompts", "--output-format", "concise"))
    assert "MM701 error: the prompt does not fit into the context window: it has 90," in checked.output
    assert "words.json" in checked.output
    shown = CliRunner().invoke(cli, ("check", "--show-settings")).output
    assert "context-window = 80000" in shown
    assert "words.json" in shown


def test_a_counter_that_fails_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A count that cannot be had is no count of nothing."""
    from minimax_validate.tokens import TokenCounter, exact

    def broken(_: str) -> int:
        raise OSError("no vocabulary")

    monkeypatch.setattr(exact, "o200k", lambda: TokenCounter("broken", broken))
    write(folder / "request.json", REQUEST)
    done = run("request.json", "--tokenizer", "o200k")
    assert done.exit_code == 1
    assert "broken failed on a text" in done.stderr


def test_another_dialect_is_counted_as_it_is_meant(folder: Path) -> None:
    """A history in another dialect counts by its own messages, with the prompt beside them and its tools."""
    use = {"type": "tool_use", "id": "toolu_1", "name": "lights", "input": {"pier": 3}}
    answer = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "Two red lights."}
    body = {
        "system": "You are a harbour pilot.",
        "messages": [
            {"role": "user", "content": "Which light is this?"},
            {"role": "assistant", "content": [use]},
            {"role": "user", "content": [answer, {"type": "text", "text": "Sure?"}]},
        ],
        "tools": [{"name": "lights", "description": "", "input_schema": {"type": "object", "properties": {}}}],
    }
    write(folder / "a.json", body)
    (account,) = json.loads(run("a.json", "--output-format", "json").stdout)
    assert [(each["index"], each["role"]) for each in account["messages"]] == [
        (None, "system"),
        (0, "user"),
        (1, "assistant"),
        (2, "tool"),
    ]
    assert all(each["tokens"]["estimate"] > 0 for each in account["messages"])
    assert account["tools"]["estimate"] > 96


@pytest.mark.parametrize(
    "arguments",
    [
        ("a.json", "b.jsonl"),
        ("none.json",),
        ("none.json", "--output-format", "json"),
        ("b.jsonl", "none.json", "--output-format", "json"),
    ],
    ids=" ".join,
)
def test_several_requests(folder: Path, snapshot: SnapshotAssertion, arguments: tuple[str, ...]) -> None:
    """Each request is counted under its place; what cannot be counted is named on standard error and fails the run."""
    short = {"messages": [{"role": "user", "content": "Hi"}]}
    (folder / "a.json").write_text(json.dumps([short, {"name": "package"}, short]), "utf-8")
    (folder / "b.jsonl").write_text(f'{json.dumps(short)}\n{{"messages": [\n{json.dumps(short)}\n', "utf-8")
    done = run(*arguments)
    assert f"exit code {done.exit_code}\n--- stdout\n{done.stdout}--- stderr\n{done.stderr}" == snapshot
