"""Inputs that once took the square of their size, or stopped the command: bounds are counts of work, not seconds."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minimax_validate import Validator
from minimax_validate.cli import cli
from minimax_validate.output.formats import load_format
from minimax_validate.output.formats.writer import Style
from minimax_validate.output.redact import redacted
from minimax_validate.project.checking import check_documents
from minimax_validate.project.files import read_stream
from minimax_validate.project.ignoring.comments import apply_comments
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.texts.placed import place
from minimax_validate.tokens.special import SPECIAL_TOKEN, count_special_tokens

_NULL = '{"role": "user", "content": null}'
_IGNORE = "minimax-validate: ignore[MM110]"


def calls_of(work: Callable[[], object]) -> int:
    """How many functions of Python work calls."""
    calls = 0

    def count(_: FrameType, event: str, __: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def grows_evenly(work: Callable[[int], object], number: int) -> None:
    """Four times as much takes at most five times the calls, once all is imported."""
    work(number)
    few, many = calls_of(lambda: work(number)), calls_of(lambda: work(4 * number))
    assert many <= 5 * few


def write(name: str, text: str, format_name: str = "text", *, redact: bool = False) -> str:
    """What a format writes of a text's findings, those left out that its comments ignore."""
    stream = io.StringIO()
    writer = load_format(format_name)(BY_CODE, stream, Style())
    for checked in check_documents(read_stream(name, io.BytesIO(text.encode())), Validator(), named=True):
        kept, _ = apply_comments(checked, set(BY_CODE))
        placed = place(kept)
        writer.write(redacted(placed, kept.document) if redact else placed)
    writer.finish()
    return stream.getvalue()


@pytest.mark.parametrize("redact", [False, True])
@pytest.mark.parametrize("format_name", ["sarif", "text", "json", "gitlab"])
def test_findings_of_one_line_take_their_number_in_work(format_name: str, redact: bool) -> None:
    """The edits and places of many findings in one text are found in one walk over it."""
    grows_evenly(
        lambda n: write("a.json", f'{{"messages": [{", ".join([_NULL] * n)}]}}', format_name, redact=redact), 100
    )


@pytest.mark.parametrize(
    ("name", "start", "part", "end"),
    [
        ("a.yaml", "messages:\n", f"- {_NULL} # {_IGNORE}\n", ""),
        ("a.jsonc", '{"messages": [\n', f"{_NULL}, // {_IGNORE}\n", "]}"),
        ("a.jsonc", '{"messages": [', f"{_NULL}, /* {_IGNORE} */", "]}"),
        ("a.jsonc", '{"messages": [\n', f"// {_IGNORE}\n{_NULL},\n", "]}"),
        ("a.jsonc", "[\n", f'// {_IGNORE}\n{{"messages": [{_NULL}]}},\n', "]"),
    ],
    ids=["yaml", "jsonc", "one line", "alone", "requests"],
)
def test_comments_that_ignore_take_their_number_in_work(name: str, start: str, part: str, end: str) -> None:
    """However many comments there are, the findings are sorted once, and each is looked up."""
    assert "MM110" not in write(name, start + part * 3 + end)
    grows_evenly(lambda n: write(name, start + part * n + end), 100)


def test_a_comment_ignores_the_findings_of_its_line_alone() -> None:
    """Of findings that are equal in words, those of other lines stay."""
    text = f"messages:\n- {_NULL} # {_IGNORE}\n- {_NULL}\n"
    assert write("a.yaml", text, "concise").count("MM110") == 1


def test_yaml_documents_take_their_number_in_work() -> None:
    """A document with a finding is walked by itself."""
    grows_evenly(lambda n: write("a.yaml", f"---\nmessages: [{_NULL}]\n" * n), 50)


def test_control_tokens_are_counted_without_an_object_for_each() -> None:
    """A text of nothing else takes no more calls than a short one, and the count is never less than there are."""
    for text in ("]~b]", "]~b]]~!b[ ", "<think>x", "]<]image[>["):
        assert calls_of(lambda text=text: count_special_tokens(text * 10_000)) < 500  # type: ignore[misc]
        assert count_special_tokens(text * 50) >= len(SPECIAL_TOKEN.findall(text * 50))


def run(*arguments: str) -> Result:
    """The result of the command."""
    return CliRunner().invoke(cli, ["check", *arguments])


@pytest.mark.parametrize(("line", "ignored"), [("x[w-f]y.json", "xwy.json"), ("x[w-fk]y.json", "xky.json"), ("!", "")])
def test_a_gitignore_is_read_as_git_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, ignored: str
) -> None:
    """A range that runs backwards holds its start alone, and no line stops the command."""
    monkeypatch.chdir(tmp_path)
    names = ["xgy.json", "xky.json", "xwy.json"]
    for name in names:
        (tmp_path / name).write_text('{"messages": [{"role": "user", "content": "hi"}]}')
    (tmp_path / ".gitignore").write_text(f"{line}\n")
    result = run(".", "--show-files")
    assert result.exit_code == 0
    shown = {row.partition(":")[0] for row in result.output.splitlines()}
    assert ignored not in shown
    assert {"xgy.json"} <= shown


@pytest.mark.parametrize("key", ["exclude", "include", "per-file-ignores"])
def test_a_pattern_of_the_configuration_that_runs_backwards_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """With the line that it stands on."""
    monkeypatch.chdir(tmp_path)
    setting = f'{key} = ["x[w-f]y"]' if key != "per-file-ignores" else '[per-file-ignores]\n"x[w-f]y" = ["MM110"]'
    (tmp_path / "minimax-validate.toml").write_text(f"\n{setting}\n")
    result = run(".")
    assert result.exit_code == 2
    assert f"minimax-validate.toml:{3 if key == 'per-file-ignores' else 2}: {key}: " in result.output + result.stderr
