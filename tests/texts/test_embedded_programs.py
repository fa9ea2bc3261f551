"""Programs in fences of Markdown and in cells of notebooks: as in files of their own, at the characters around them."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from minimax_validate import Validator
from minimax_validate.project.ignoring.comments import apply_comments
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.fixing import fix_document
from minimax_validate.texts.placed import Finding, place
from minimax_validate.texts.readers import read
from minimax_validate.texts.readers.cells import Cell, Cells, pieces_at
from minimax_validate.texts.replacement import Replacement, UnwritableError, replaced
from minimax_validate.texts.source.typescript import parser
from minimax_validate.texts.spans import Span
from minimax_validate.values.diagnostic import Edit

PROGRAMS = (
    Path(__file__).parent.parent / "data" / "programs",
    Path(__file__).parents[3] / "shared" / "source",
)
FILES = sorted(path for folder in PROGRAMS if folder.is_dir() for path in folder.iterdir())
LANGUAGES = {
    ".py": "python",
    ".ts": "typescript",
    ".tsx": "tsx",
    ".js": "js",
    ".mjs": "mjs",
}
VALIDATOR = Validator()
FAULTY = "env.AI.run('minimax/m2.7', { messages: [{ role: 'usr', content: 'é🙂' }] })"
FAULTY_PYTHON = 'env.AI.run("minimax/m2.7", {"messages": [{"role": "usr", "content": "é🙂"}]})'


def documents(name: str, text: str) -> list[Document]:
    """The documents of a file."""
    return list(read(name, io.BufferedReader(io.BytesIO(text.encode()))))


def found(name: str, text: str) -> list[Finding]:
    """What is found in a file and not ignored in it."""
    results = [Checked(document, check_document(VALIDATOR, document)) for document in documents(name, text)]
    return [finding for result in results for finding in place(apply_comments(result, BY_CODE)[0]).findings]


Told = tuple[str, str, tuple[int, int, int, int]]


def told(findings: Iterable[Finding], down: int = 0, right: int = 0) -> list[Told]:
    """Codes, messages and places of findings, each moved."""
    return sorted(
        (
            finding.diagnostic.code,
            finding.diagnostic.message,
            (
                finding.location.line + down,
                finding.location.column + right,
                finding.location.end_line + down,
                finding.location.end_column + right,
            ),
        )
        for finding in findings
    )


def said_at(text: str, finding: Finding) -> str:
    """The characters that a finding stands at, which are in one line."""
    line, column, end_line, end_column = finding.location
    assert line == end_line
    return re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))[line - 1][column - 1 : end_column - 1]


def notebook(
    *cells: str | list[str], language: str = "python", ascii_only: bool = False, indent: int | None = 1
) -> str:
    """A notebook with cells of code."""
    written: list[dict[str, object]] = [
        {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
        for source in cells
    ]
    metadata = {"kernelspec": {"language": language, "name": language}}
    value = {"cells": written, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(value, ensure_ascii=ascii_only, indent=indent)


def lines_of(text: str) -> list[str]:
    """A source as notebooks keep it: a string a line."""
    return text.splitlines(keepends=True)


# What is in a file of its own is in fences and cells.


@pytest.mark.parametrize(
    ("before", "indent", "mark"),
    [("# A page 🙂\n\n", "", "```"), ("1. A list\n\n", "   ", "~~~~"), ("> Quoted\n>\n", "> ", "```")],
    ids=["plain", "in a list", "in a quote"],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_fence_is_as_file(path: Path, before: str, indent: str, mark: str, ends: str) -> None:
    """A program in a fence has the findings that it has in a file, at the places of the page."""
    text = path.read_text("utf-8").rstrip("\n") + "\n"
    body = "".join(f"{indent}{line}" for line in lines_of(text))
    page = f"{before}{indent}{mark}{LANGUAGES[path.suffix]} title=x\n{body}{indent}{mark}\nThe end\n".replace(
        "\n", ends
    )
    wanted = told(found(path.name, text.replace("\n", ends)), before.count("\n") + 1, len(indent))
    assert [one for one in told(found("page.md", page)) if one[0] != "MM003"] == wanted


@pytest.mark.parametrize("ascii_only", [False, True], ids=["UTF-8", "escaped"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_cell_is_as_file(path: Path, ascii_only: bool) -> None:
    """A program in a cell has the findings that it has in a file, at the same characters."""
    text = path.read_text("utf-8")
    language = {".py": "python", ".ts": "typescript"}.get(path.suffix, "javascript")
    for source in (text, lines_of(text)):
        whole = notebook("# 🙂 first\n" if language == "python" else "// 🙂 first\n", source, language=language,
                         ascii_only=ascii_only)  # fmt: skip
        wanted = told(found(path.name, text))
        here = found("ask.ipynb", whole)
        assert sorted(one.diagnostic.code for one in here) == sorted(code for code, _, _ in wanted)
        rows = text.split("\n")
        expected = sorted(
            rows[line - 1][column - 1 : end - 1] for _, _, (line, column, last, end) in wanted if line == last
        )
        ours = sorted(
            json.loads(f'"{said_at(whole, one)}"') for one in here if one.location.line == one.location.end_line
        )
        if isinstance(source, list):
            assert ours == expected
        else:
            assert set(expected) <= set(ours)


@pytest.mark.parametrize("language", ["ts", "typescript", "tsx", "js", "javascript", "jsx", "mjs"])
def test_languages_of_fences(language: str) -> None:
    """Fences in each name of TypeScript and JavaScript are programs."""
    page = f"Text\n\n```{language}\n{FAULTY}\n```\n"
    (finding,) = found("page.md", page)
    assert (finding.diagnostic.code, said_at(page, finding)) == ("MM112", "'usr'")


@pytest.mark.parametrize("language", ["python", "py"])
def test_python_needs_no_extra(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fences of Python are read without the parser of TypeScript."""
    monkeypatch.setitem(__import__("sys").modules, "tree_sitter", None)
    page = f"Text\n\n```{language}\n{FAULTY_PYTHON}\n```\n"
    (finding,) = found("page.md", page)
    assert (finding.diagnostic.code, said_at(page, finding)) == ("MM112", '"usr"')


def test_fences_are_independent() -> None:
    """A constant of one fence means nothing in another one, and a fence at fault hides none."""
    page = (
        "```ts\nconst MODEL = 'minimax/m2.7'\nconst role = 'usr'\n```\n"
        "```ts\nenv.AI.run('minimax/m2.7', { messages: [{ role, content: 'x' }] }\n```\n"
        f"```ts\n{FAULTY}\n```\n"
        '```json\n{"model": "minimax/m2.7", "messages": [{"role": "usr", "content": "x"}]}\n```\n'
    )
    assert [(one.location.line, one.diagnostic.code) for one in found("page.md", page)] == [(12, "MM112"), (9, "MM112")]


ELIDED = {
    "a comment for all messages": "{ messages: [/* ... */] }",
    "a line for all messages": "{\n  messages: [\n    // your messages\n  ],\n}",
    "a comment beside messages": "{ messages: [{ role: 'assistant', content: 'x' }, /* ... */] }",
    "a comment for messages": "{\n  // ...\n  temperature: 1,\n}",
    "a role": "{ messages: [{ role: '...', content: 'x' }] }",
    "dots that are no program": "{ messages: [...] }",
    "dots for the rest": "{ messages, ... }",
    "changed where the dots are": "inputs)\nconst inputs = { messages: [] }\n// …\nf(",
}


@pytest.mark.parametrize("inputs", ELIDED.values(), ids=ELIDED)
def test_elided_code_is_not_known(inputs: str) -> None:
    """What an example leaves out is a hole, or the site is not read: nothing is told of it."""
    page = f"```ts\nconst answer = await env.AI.run('minimax/m2.7', {inputs})\n```\n"
    assert found("page.md", page) == []
    (document,) = documents("page.md", page)
    assert document.program is not None
    assert len(document.program.sites) + document.program.unread == 1


def test_elided_python_is_not_known() -> None:
    """So it is with dots of Python."""
    inner = "{'messages': [..., {'role': 'user', 'content': ...}]}"
    page = f"```py\nenv.AI.run('minimax/m2.7', {inner})\n```\n"
    assert found("page.md", page) == []
    page = "```py\nmessages = []\n...\nenv.AI.run('minimax/m2.7', {'messages': messages})\n```\n"
    assert found("page.md", page) == []


def test_elided_code_keeps_what_is_certain() -> None:
    """What is written beside dots is judged, and is not rewritten where they are."""
    inputs = "{ messages: [{ role: 'usr', content: '...' }, /* ... */], temperature: 7 }"
    page = f"```ts\nenv.AI.run('minimax/m2.7', {inputs})\n```\n"
    assert sorted(said_at(page, one) for one in found("page.md", page)) == ["'usr'", "7"]


# Cells of a notebook are one program.


def test_cells_share_constants() -> None:
    """A later cell sees a name of an earlier one, and the finding stands where it is written."""
    text = notebook(["!pip install openai\n", "SYSTEM = {'role': 'sys', 'content': 'é'}\n"],
                    "# 🙂\nenv.AI.run('minimax/m2.7', {'messages': [SYSTEM]})")  # fmt: skip
    (finding,) = found("ask.ipynb", text)
    assert (finding.diagnostic.code, said_at(text, finding)) == ("MM112", "'sys'")
    assert [related.message for related in finding.diagnostic.related] == ["the call that sends it"]


ASSIGNED = {
    "twice": ("role = 'usr'", "role = 'user'"),
    "in a cell at fault": ("role = 'usr'", "role = 'user'\nthis is no Python"),
    "by a magic": ("role = 'usr'", "%env role\nrole = !echo user"),
    "only in a cell at fault": ("x = 1", "role = 'usr'\n(("),
}


@pytest.mark.parametrize("cells", ASSIGNED.values(), ids=ASSIGNED)
def test_name_that_is_assigned_again_is_not_known(cells: tuple[str, str]) -> None:
    """Cells may run in any order: of a name that has two values, or may have, nothing is told."""
    text = notebook(*cells, "env.AI.run('minimax/m2.7', {'messages': [{'role': role, 'content': 'x'}]})")
    assert found("ask.ipynb", text) == []


def test_cells_at_fault_hide_no_others() -> None:
    """Magics, commands and errors of syntax leave all other cells as they are."""
    text = notebook(
        "%%html\n<b>minimax</b>",
        "!pip install \\\n  openai\n%matplotlib inline\nif True:\n    !ls\nx = !ls\nobject?",
        "def broken(:\n",
        f"%%time\n{FAULTY_PYTHON}",
        f"TEXT = '''\n!no command\n%no magic\n'''\n%time 1\n{FAULTY_PYTHON}",
    )
    assert [(one.diagnostic.code, said_at(text, one)) for one in found("ask.ipynb", text)] == [
        ("MM112", r"\"usr\""),
        ("MM112", r"\"usr\""),
    ]


def test_cells_of_javascript_at_fault_hide_no_others() -> None:
    """So it is in notebooks of JavaScript and TypeScript, and a name in a cell at fault may have another value."""
    text = notebook("const role = 'usr'", "const other = 'usr'", "role = `${\n", "f({", "/* open",
                    "env.AI.run('minimax/m2.7', { messages: [{ role, content: 'x' }, { role: other, content: 'x' }] })",
                    language="deno")  # fmt: skip
    (finding,) = found("ask.ipynb", text)
    assert (finding.location.line, said_at(text, finding)) == (text[: text.index("other")].count("\n") + 1, "'usr'")


def test_cells_of_other_languages() -> None:
    """Cells of JavaScript in a notebook of Python are programs; those of a language that is not read are none."""
    text = notebook(f"%%javascript\n{FAULTY}", "x = 1")
    assert [said_at(text, one) for one in found("ask.ipynb", text)] == ["'usr'"]
    (document,) = documents("ask.ipynb", notebook(FAULTY_PYTHON, language="R"))
    assert document.program is None


def test_languages_that_an_editor_gives_cells() -> None:
    """A cell is in the language that its editor notes, whatever that of the notebook is."""
    value = json.loads(notebook(FAULTY, FAULTY_PYTHON, FAULTY))
    for cell, language in zip(value["cells"], ("TypeScript", "python", "csharp"), strict=True):
        cell["metadata"] = {"vscode": {"languageId": language}}
    text = json.dumps(value, indent=1)
    assert [said_at(text, one) for one in found("ask.ipynb", text)] == [r"\"usr\"", "'usr'"]


def test_parser_that_is_missing_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook with cells in two languages that an extra reads says once what has to be installed."""
    value = json.loads(notebook(FAULTY, FAULTY))
    for cell, language in zip(value["cells"], ("typescript", "javascript"), strict=True):
        cell["metadata"] = {"vscode": {"languageId": language}}
    monkeypatch.setitem(sys.modules, "tree_sitter", None)
    parser._parser.cache_clear()
    programs = [document.program for document in documents("ask.ipynb", json.dumps(value))]
    assert [program.missing != "" for program in programs if program is not None] == [True]


def test_model_that_is_named_nowhere_has_no_document() -> None:
    """A notebook without a word of the model is not looked into."""
    assert documents("ask.ipynb", notebook("x = 1")) == []


def test_edit_from_one_cell_to_another_is_refused() -> None:
    """What would change the end of a cell and the beginning of the next is not written."""
    text = notebook("a = 1", "b = 2")
    pieces = pieces_at(text, [(("cells", number, "source"), said) for number, said in enumerate(("a = 1", "b = 2"))])
    cells = Cells(text, [(Cell("code", "python", each), "".join(one.text for one in each)) for each in pieces])
    assert cells.replacement(Replacement(Span(4, 5), "3")).span == Span(text.index("1"), text.index("1") + 1)
    with pytest.raises(UnwritableError):
        cells.replacement(Replacement(Span(4, 8), "3"))


@pytest.mark.parametrize(("name", "make"), [("a.ts", str), ("a.md", lambda text: f"```ts\n{text}```\n")])
def test_later_text_of_a_program_is_edited(name: str, make: Callable[[str], str]) -> None:
    """An edit is made in the text that it is of, which may have changed since; one without a request is refused."""
    text = make("env.AI.run('minimax/m2.7', { messages: a, max_token: 5 })\n")
    later = text.replace("messages: a", "messages: [b, c]")
    (document,) = documents(name, text)
    edit = Edit("rename", (0, "input", "max_token"), "max_tokens")
    assert document.rewriter is not None
    inside = replace(document.source, text=document.source.text.replace("messages: a", "messages: [b, c]"))
    replacements = document.rewriter.rewrite(inside.text, [edit])
    assert replaced(inside.text, replacements) == inside.text.replace("max_token:", "max_tokens:")
    assert document.rewriter.read(inside).value == documents(name, later)[0].value
    with pytest.raises(UnwritableError):
        document.rewriter.read(replace(inside, text=inside.text.replace("AI.run", "AI.go")))
    unread = inside.text.replace("messages: [b", "messages: " + "[" * 2_000)
    assert document.rewriter.rewrite(unread, [edit]) == ()


def test_fence_of_tabs_and_blanks_is_as_it_stands() -> None:
    """A fence whose lines begin with tabs and with blanks is not moved to the left, and its places are right."""
    text = f"```ts\n\t{FAULTY}\n    {FAULTY}\n```\n"
    findings = found("page.md", text)
    assert [(one.location.line, said_at(text, one)) for one in findings] == [(2, "'usr'"), (3, "'usr'")]


def test_other_cells_are_read_as_their_own_files() -> None:
    """Fences in cells of Markdown and commands in cells of shell are read; outputs are not."""
    body = '{"model": "minimax/m2.7", "messages": [{"role": "usr", "content": "é"}]}'
    value = json.loads(notebook("%%bash\ncurl https://x -d '" + body + "'\n"))
    value["cells"].append({"cell_type": "markdown", "source": ["# Page\n", "```json\n", body + "\n", "```"]})
    value["cells"].append({"cell_type": "code", "source": "1", "outputs": [{"text": [FAULTY_PYTHON, body]}]})
    text = json.dumps(value)
    findings = found("ask.ipynb", text)
    assert [(one.diagnostic.code, said_at(text, one)) for one in findings] == [("MM112", r"\"usr\"")] * 2


def test_notebook_without_model_has_no_document() -> None:
    """The cells of a notebook that never names the model are not looked at."""
    assert documents("ask.ipynb", notebook("# the minimax algorithm\nx = 1")) == []


HOSTILE = {
    "no cells": '{"cells": 5, "minimax": 1}',
    "cells of all kinds": json.dumps({"cells": [1, {}, {"cell_type": "code", "source": 5}, {"cell_type": "code",
                                      "source": [1]}, {"cell_type": 5, "source": "minimax"}], "metadata": []}),
    "half a character": '{"cells": [{"cell_type": "code", "source": "x = \\"\\ud83d\\" # minimax"}]}',
    "half a character in a line": '{"cells": [{"cell_type": "code", "source": ["x = 1\\n", "\\ud83d # minimax"]}]}',
    "a cell of magics": notebook("%no\n" * 20_000 + "# minimax"),
    "a deep cell": notebook("minimax = " + "[" * 50_000),
    "a deep cell of JavaScript": notebook("minimax = " + "[" * 50_000, language="javascript"),
    "many cells": notebook(*["role = 'usr' # minimax"] * 5_000, indent=None),
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_notebook_ends(text: str) -> None:
    """Whatever a notebook is like, reading it ends, and nothing is told that is not certain."""
    assert [one.diagnostic.code for one in found("ask.ipynb", text)] in ([], ["MM003"])


# Ignoring and fixing.


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("page.md", lambda rows: "```py\n" + "\n".join(rows) + "\n```\n"),
        ("ask.ipynb", lambda rows: notebook("\n".join(rows))),
        ("ask.ipynb", lambda rows: notebook(lines_of("\n".join(rows)))),
    ],
    ids=["a fence", "a string", "lines"],
)
def test_comments_ignore(name: str, make: object) -> None:
    """A comment ignores what is on its line of the program, or the request that it stands above."""
    assert callable(make)
    rows = [
        f"{FAULTY_PYTHON}  # minimax-validate: ignore[MM112]",
        FAULTY_PYTHON,
        "# minimax-validate: ignore[MM112]",
        FAULTY_PYTHON,
        FAULTY_PYTHON,
    ]
    assert len(found(name, make([rows[1]] * 4))) == 4
    assert len(found(name, make(rows))) == 2


def fixed(name: str, text: str) -> str:
    """A file as fixing leaves its one document."""
    (document,) = documents(name, text)
    result = fix_document(document, lambda one: check_document(VALIDATOR, one).diagnostics, unsafe=True)
    return result.document.source.text


BEFORE = """answer = env.AI.run(
    "minimax/m2.7",
    {
        "messages": [{"role": "developer", "content": "é \\\\ 🙂"}],
        "max_token": 5,
        "temperature": None,
        "tools": [],
    },
)
"""
AFTER = """answer = env.AI.run(
    "minimax/m2.7",
    {
        "messages": [{"role": "system", "content": "é \\\\ 🙂"}],
        "max_tokens": 5,
    },
)
"""


@pytest.mark.parametrize("indent", [None, 1, 2])
@pytest.mark.parametrize("ascii_only", [False, True], ids=["UTF-8", "escaped"])
@pytest.mark.parametrize("is_lines", [False, True], ids=["a string", "lines"])
def test_cells_are_fixed(is_lines: bool, ascii_only: bool, indent: int | None) -> None:
    """What is written in a cell is fixed there, escaped as it has to be, and all else stays byte for byte."""
    texts: list[str] = []
    for program in (BEFORE, AFTER):
        source = lines_of(program) if is_lines else program
        texts.append(notebook("# é\n%time 1", source, "print('🙂')\n", ascii_only=ascii_only, indent=indent))
    assert fixed("ask.ipynb", texts[0]) == texts[1]


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("indent", ["", "   ", "> "], ids=["plain", "in a list", "in a quote"])
def test_fences_are_fixed(indent: str, ends: str) -> None:
    """What is written in a fence is fixed there, and the page around it stays."""
    texts: list[str] = []
    for program in (BEFORE, AFTER):
        body = "".join(f"{indent}{line}" for line in lines_of(program))
        texts.append(f"{indent}```py\n{body}{indent}```\n".replace("\n", ends))
    (document,) = documents("page.md", texts[0])
    result = fix_document(document, lambda one: check_document(VALIDATOR, one).diagnostics, unsafe=True)
    inside = result.document.source
    assert texts[0].replace(document.source.text, inside.text) == texts[1]


def test_lines_that_a_fix_adds() -> None:
    """A line that comes with a fix is one string more in a cell of lines, and has the marks of a quote around it."""
    call = (
        'env.AI.run("minimax/m2.7", {\n    "messages": [\n        {"role": "user", "content": "x"},\n'
        '        {"role": "assistant", "content": "", "tool_calls": [{"id": "a", "type": "function",'
        ' "function": {"name": "f", "arguments": "{}"}}]},\n'
        '        {"role": "user", "content": "y"},\n    ],\n})\n'
    )
    text = notebook(lines_of(call))
    again = json.loads(fixed("ask.ipynb", text))["cells"][0]["source"]
    assert "".join(again) != call
    assert all(line.count("\n") == 1 and line.endswith("\n") for line in again)
    page = "> ```py\n" + "".join(f"> {line}" for line in lines_of(call)) + "> ```\n"
    assert all(line.startswith("> ") for line in fixed("page.md", page).splitlines())
