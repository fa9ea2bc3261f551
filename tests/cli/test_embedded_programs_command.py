"""Programs in notebooks and in fences of Markdown as the command checks them: named, on a walk, ignored and fixed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from minimax_validate.cli import cli
from minimax_validate.output.formats import FORMATS

ROOT = Path(__file__).parents[2]
FAULTY = "env.AI.run('minimax/m2.7', { messages: [{ role: 'developer', content: x }] })\n"
FAULTY_PYTHON = "env.AI.run('minimax/m2.7', {'messages': [{'role': 'developer', 'content': x}]})\n"
BODY = '{"model": "minimax/m2.7", "messages": [{"role": "user", "content": "Hi"}]}\n'
PAGE = f"# Page 🙂\n\n```json\n{BODY}```\n\n1. Call it:\n\n   ```ts\n   {FAULTY}   ```\n\n```py\n{FAULTY_PYTHON}```\n"


def notebook(*cells: str) -> str:
    """A notebook of Python, as Jupyter writes it."""
    value = {
        "cells": [
            {"cell_type": "code", "metadata": {}, "outputs": [], "source": cell.splitlines(keepends=True)}
            for cell in cells
        ],
        "metadata": {"kernelspec": {"language": "python"}},
        "nbformat": 4,
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def check(*arguments: str) -> tuple[int, list[str]]:
    """Run a check, and give its exit code and the lines that it says, those of findings first."""
    done = CliRunner().invoke(cli, ["check", "--output-format", "concise", *arguments])
    return done.exit_code, [*done.stdout.splitlines(), *done.stderr.splitlines()]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> None:
    """A file, its ends of lines as they are."""
    path.write_bytes(text.encode())


def test_walk_looks_at_notebooks_and_fences(folder: Path) -> None:
    """A walk checks them at their characters, and is silent about notebooks and pages that do not name the model."""
    write(folder / "ask.ipynb", notebook("!pip install x\n", "# 🙂 é\n" + FAULTY_PYTHON))
    write(folder / "other.ipynb", notebook("ask(model='gpt', messages=[{'role': 'usr'}])"))
    write(folder / "page.md", PAGE)
    code, lines = check()
    assert code == 1
    assert [line.split(" error: ")[0] for line in lines] == [
        "ask.ipynb:17:56: MM112",
        "page.md:10:52: MM112",
        "page.md:14:51: MM112",
        "3 errors in 4 requests (2 files); 3 fixable with --fix",
    ]


def test_page_with_programs_alone_is_a_page_with_requests(folder: Path) -> None:
    """A page that is named, and has no request but in a program, is at no fault for that."""
    write(folder / "page.md", "```py\n" + FAULTY_PYTHON.replace("developer", "user") + "```\n")
    assert check("page.md") == (0, ["no findings in 1 request (1 file)"])


def test_missing_parser(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the parser a named page says what to install, a walk says it once, and Python is checked all the same."""
    from minimax_validate.texts.source.typescript import parser

    parser._parser.cache_clear()
    monkeypatch.setitem(sys.modules, "tree_sitter", None)
    write(folder / "page.md", PAGE.replace("```py", f"```js\n{FAULTY}```\n\n```py"))
    write(folder / "ask.ipynb", notebook(f"%%javascript\n{FAULTY}", FAULTY_PYTHON))
    write(folder / "other.md", "```ts\nenv.AI.run('@cf/x', { messages: 5 })\n```\n")
    for name in ("page.md", "ask.ipynb"):
        code, lines = check(name)
        assert code == 1
        assert sorted(line.split(": ")[1].split(" ")[0] for line in lines[:-1]) == ["MM002", "MM112"]
        assert sum("minimax-validate[source]" in line for line in lines) == 1
    code, lines = check()
    assert sum("minimax-validate[source]" in line for line in lines) == 1
    assert "2 files not read: " in lines[-1]
    assert check("other.md")[1][0].startswith("other.md:1:1: MM003")  # it does not name the model


@pytest.mark.parametrize("output_format", FORMATS)
def test_every_format_tells_of_them(output_format: str, folder: Path) -> None:
    """Each output format tells a finding of a notebook and of a fence."""
    write(folder / "ask.ipynb", notebook(FAULTY_PYTHON))
    write(folder / "page.md", PAGE)
    done = CliRunner().invoke(cli, ["check", "--output-format", output_format])
    assert done.exit_code == 1
    assert done.output.count("MM112") >= 3
    assert "ask.ipynb" in done.output
    assert "page.md" in done.output


def test_ignoring(folder: Path) -> None:
    """Patterns of the configuration, baselines and comments ignore what is found there."""
    write(folder / "ask.ipynb", notebook(FAULTY_PYTHON))
    write(folder / "page.md", PAGE)
    assert check("--write-baseline")[0] == 0
    assert check("--baseline", ".minimax-validate-baseline.json")[0] == 0
    write(folder / "minimax-validate.toml", '[per-file-ignores]\n"*.ipynb" = ["MM112"]\n"page.md" = ["MM112"]\n')
    assert check()[0] == 0
    write(folder / "minimax-validate.toml", "")
    write(folder / "ask.ipynb", notebook(FAULTY_PYTHON.rstrip() + "  # minimax-validate: ignore[MM112]"))
    write(folder / "page.md", f"```ts\n// minimax-validate: ignore[MM112, MM105]\n{FAULTY}```\n")
    code, lines = check()
    assert code == 0
    assert [line for line in lines if "matches no finding" in line] == [
        "page.md:2: warning: ignore[MM105] matches no finding"
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_fixing(folder: Path, ends: str) -> None:
    """Fixing changes what is written in cells and fences, and not a byte more; JSON in a page stays as it is."""
    files = {"ask.ipynb": notebook("# 🙂 é\n" + FAULTY_PYTHON, FAULTY_PYTHON), "page.md": "\ufeff" + PAGE}
    for name, text in files.items():
        write(folder / name, text.replace("\n", ends))
    before = {name: (folder / name).read_bytes() for name in files}
    done = CliRunner().invoke(cli, ["check", "--diff"])
    assert done.output.count("+") - done.output.count("+++") * 3 >= 4
    assert check("--fix")[0] == 0
    for name, data in before.items():
        assert (folder / name).read_bytes() == data.replace(b"developer", b"system")


def test_notebook_that_is_no_json(folder: Path) -> None:
    """A broken notebook that is named and names the model is a finding; a walk leaves it alone."""
    write(folder / "ask.ipynb", '{"cells": [minimax')
    assert check("ask.ipynb")[0] == 1
    assert check()[0] == 0


def test_show_files(folder: Path) -> None:
    """What would be checked is shown with its requests."""
    write(folder / "ask.ipynb", notebook(FAULTY_PYTHON, FAULTY_PYTHON))
    write(folder / "page.md", PAGE)
    assert check("--show-files")[1] == ["ask.ipynb: 2 requests", "page.md: 3 requests"]


def test_hook_takes_notebooks() -> None:
    """The hook for programs is run for notebooks."""
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert "ipynb" in hooks["minimax-validate-source"]["files"]
