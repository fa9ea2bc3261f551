"""Cells of notebooks: what they say in Python, in which language they are, and where their characters stand."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from minimax_validate.texts.document import ABSENT, Document, Walk
from minimax_validate.texts.readers import read
from minimax_validate.texts.readers.cells import Cell, Cells, Piece, pieces_at
from minimax_validate.texts.readers.ipython import cleaned_python, magic_of, names_in, without_first_line
from minimax_validate.texts.replacement import Replacement, UnwritableError
from minimax_validate.texts.source.typescript import parser
from minimax_validate.texts.spans import Span, Wanted

CLEANED = {
    "plain": ("x = 5 % 3\n", "x = 5 % 3\n", ""),
    "a command": ("x = 1\n!ls a\ny = 2", "x = 1\n0    \ny = 2", ""),
    "pip": ("%pip install a\n%conda install b\nx", f"0{' ' * 13}\n0{' ' * 15}\nx", ""),
    "a magic": ("%run a.py\nx", "0        \nx", "a py run"),
    "commands in a block": ("if a:\n    !ls\n    %cd b\n", "if a:\n    0  \n    0    \n", "b cd"),
    "an output of a command": ("x = !ls {y}\nz", "0          \nz", "ls x y"),
    "an output of a magic": ("x =%env a\nz", "0        \nz", "a env x"),
    "a question": ("object?\nobject.a??  \n?object\nx", "0      \n0           \n0      \nx", ""),
    "a command over lines": ("!pip \\\n  a \\\n  b\nx", "0     \n     \n   \nx", ""),
    "a magic over lines": ("%run \\\n  a.py\nx", "0     \n      \nx", "a py run"),
    "Windows": ("!a \\\r\n b\r\nx\r\n", "0   \r\n  \r\nx\r\n", ""),
    "a command at the end": ("x\n!ls \\", "x\n0    ", ""),
    "a magic of a cell": ("%%time a\nx = 1", "        \nx = 1", "a time"),
    "a magic of a cell, indented": ("\n  %%capture b\nx", "\n             \nx", "b capture"),
    "another language": ("%%html\n<b>", "      \n   ", ""),
    "signs in a text": ("'''\n!no\n%no\n'''", "'''\n!no\n%no\n'''", ""),
    "a warning": ("x = '\\d' is 5\n!ls", "x = '\\d' is 5\n0  ", ""),
    "no Python": ("def f(:\n!ls", "       \n   ", "def f ls"),
    "no Python, with a question": ("a ? b", "     ", "a b"),
    "a zero": ("x\0", "  ", "x"),
    "many commands": ("!ls\n" * 29 + "x", "0  \n" * 29 + "x", ""),
    "too many commands": ("!ls\n" * 30 + "x", "   \n" * 30 + " ", "ls x"),
}


@pytest.mark.parametrize(("text", "expected", "names"), CLEANED.values(), ids=CLEANED)
def test_cells_without_their_commands(text: str, expected: str, names: str) -> None:
    """A line that Python does not read is left out if it is for the notebook; what may be assigned there is known."""
    cleaned = cleaned_python(text)
    assert cleaned.text == expected
    assert cleaned.names == frozenset(names.split())
    assert len(cleaned.text) == len(text)


@pytest.mark.parametrize(
    "magic",
    ["time", "timeit", "capture", "prun", "memit", "mprun", "lprun", "debug", "python", "python3"],
)
def test_magics_of_cells_of_python(magic: str) -> None:
    """These run the cell as it is, and all others may do what they like with it."""
    text = f"%%{magic} -a\nx = 1"
    assert magic_of(text) == magic
    assert cleaned_python(text).text == without_first_line(text) == f"{' ' * (len(magic) + 5)}\nx = 1"
    other = f"%%{magic}s -a\nx = 1"
    assert cleaned_python(other).text.split() == []
    assert cleaned_python(other).names == frozenset()


@pytest.mark.parametrize(
    ("text", "magic"), [("%%a b\nc", "a"), ("\n %%a", "a"), ("%a", ""), ("x\n%%a", ""), ("%% a", "")]
)
def test_magic_of_a_whole_cell(text: str, magic: str) -> None:
    """It stands before all else."""
    assert magic_of(text) == magic
    assert (without_first_line(text) == text) is (magic == "")


def test_words_that_may_be_names() -> None:
    """They begin with no digit, and are of any script."""
    assert names_in("a1 = é.b_2(3, 45) + 中") == {"a1", "é", "b_2", "中"}


CELL = 'env.AI.run("minimax/m2.7", {"messages": [{"role": "usr", "content": "x"}]})'
SCRIPT = "env.AI.run('minimax/m2.7', { messages: [{ role: 'usr', content: 'x' }] })"


def documents(metadata: Any, *cells: Any) -> list[Document]:
    """The documents of a notebook."""
    value = {"metadata": metadata, "cells": list(cells)}
    return list(read("a.ipynb", io.BytesIO(json.dumps(value).encode())))


def code(source: Any, **metadata: Any) -> dict[str, Any]:
    """A cell of code."""
    return {"cell_type": "code", "source": source, "metadata": metadata}


LANGUAGES = {
    "python": ("python", "python2", "python3", "ipython", "xpython", "Python"),
    "script": (
        "typescript", "tslab", "deno", "javascript", "jslab", "nodejs", "node", "TypeScript",
    ),
    "": ("R", "julia-1.9", "csharp"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in LANGUAGES.items() for name in names])
def test_a_notebook_says_its_language(kind: str, name: str) -> None:
    """By the language or by the name of its kernel; of one that is not read there is a document without requests."""
    places: list[dict[str, Any]] = [
        {"language_info": {"name": name}},
        {"kernelspec": {"language": name}},
        {"kernelspec": {"name": name}},
        {"language_info": {"name": "unknown"}, "kernelspec": {"language": 5, "name": name}},
        {"language_info": {"name": name}, "kernelspec": {"name": "python3"}}
        if kind
        else {"kernelspec": {"name": name}},
    ]
    for metadata in places:
        found = documents(metadata, code(f"# Python\n{CELL}"), code(f"// script\n{SCRIPT}"))
        if kind:
            (document,) = found
            place: Wanted = (0, "input", "messages", 0, "role"), "value"
            start, end = document.locate(document.source.text, [place])[place]
            assert document.source.text[start:end] == (r"\"usr\"" if kind == "python" else "'usr'")
        else:
            assert [document.program for document in found] == [None]
        assert kind or isinstance(found[0].value, dict)


@pytest.mark.parametrize("metadata", [{}, None, [], {"language_info": 5, "kernelspec": {"name": None}}])
def test_a_notebook_that_says_nothing_is_of_python(metadata: object) -> None:
    """So notebooks began."""
    (document,) = documents(metadata, code(CELL))
    assert document.program is not None
    assert len(document.program.sites) == 1


@pytest.mark.parametrize("magic", ["javascript", "js"])
def test_cells_of_a_magic_are_in_its_language(magic: str) -> None:
    """What is in another language than the notebook is not rewritten."""
    found = documents({}, code(CELL), code(f"%%{magic}\n{SCRIPT}"))
    assert [len(document.program.sites) for document in found if document.program] == [1, 1]
    assert [document.rewriter is not None for document in found] == [True, False]


@pytest.mark.parametrize("magic", ["bash", "sh"])
def test_cells_of_shell(magic: str) -> None:
    """Commands are read in cells of bash and sh, and fences in those of Markdown."""
    body = '{"model": "minimax/m2.7", "messages": [{"role": "usr", "content": "x"}]}'
    command = code(f"%%{magic}\ncurl /a -d '{body}'")
    page = {"cell_type": "markdown", "source": ["```json\n", body, "\n```"]}
    (document,) = documents({}, command, page)
    assert document.requests == ((0,), (1,))
    text = document.source.text
    for number in (0, 1):
        start, end = document.locate(text, [((number,), "value")])[(number,), "value"]
        assert json.loads(json.loads(f'"{text[start:end]}"' if number == 0 else json.dumps(body))) == json.loads(body)
    other = documents({}, code(f"%%{magic}x\ncurl /a -d '{body}'"), {"cell_type": "raw", "source": page["source"]})
    assert other == []


@pytest.mark.parametrize(
    "cell",
    [
        5, {}, {"cell_type": "code"}, {"cell_type": "code", "source": ""}, {"cell_type": "code", "source": []},
        {"cell_type": "code", "source": [CELL, 5]}, {"cell_type": "code", "source": {"a": CELL}},
        {"cell_type": 5, "source": CELL}, {"cell_type": "raw", "source": CELL}, {"source": CELL},
    ],
)  # fmt: skip
def test_cells_that_say_nothing(cell: object) -> None:
    """What is no cell of code is none of the program, and hides no other."""
    assert documents({}, cell, code("# minimax")) == []
    (document,) = documents({}, cell, code(CELL))
    assert document.program is not None
    assert len(document.program.sites) == 1


@pytest.mark.parametrize(
    ("data", "code_of_fault", "walk"),
    [
        (b'{"cells": [] minimax', "MM001", Walk.PASSES_OVER),
        (b'{"cells": "\xff minimax"}', "MM002", Walk.PASSES_OVER),
    ],
)
def test_notebooks_that_cannot_be_read(data: bytes, code_of_fault: str, walk: Walk) -> None:
    """They are told where they are named, and a walk leaves them."""
    (document,) = read("a.ipynb", io.BytesIO(data))
    assert document.value is ABSENT
    assert [fault.diagnostic.code for fault in document.faults] == [code_of_fault]
    assert document.walk is walk


@pytest.mark.parametrize("text", ['["minimax"]', '{"cells": {"a": "minimax"}}', '{"messages": [], "model": "minimax"}'])
def test_json_that_is_no_notebook(text: str) -> None:
    """It is read for what it is."""
    (document,) = read("a.ipynb", io.BytesIO(text.encode()))
    assert document.value == json.loads(text)


RESERVED = (
    "abstract async await break case catch class const continue debugger default delete do else enum export extends "
    "false finally for from function if implements import in instanceof interface let new null of package private "
    "protected public return static super switch this throw true try type typeof undefined var void while with yield"
)


@pytest.mark.parametrize("word", RESERVED.split())
def test_words_of_javascript_are_no_names(word: str) -> None:
    """A cell at fault that has a word of the language hides no other cell, whichever word it is."""
    (document,) = documents({"kernelspec": {"name": "deno"}}, code(f"{word} ½ ("), code(f"// {word} ½\n{SCRIPT}"))
    assert document.program is not None
    assert len(document.program.sites) == 1


@pytest.mark.parametrize("word", ["None", "class", "lambda", "5x", "½", "²x", "_"])
def test_words_of_python_are_no_names(word: str) -> None:
    """So it is in Python, whatever other cells say of the word."""
    (document,) = documents({}, code(f"{word} {word} ("), code(f"# {word}\n{CELL}"))
    assert document.program is not None
    assert len(document.program.sites) == 1


TEXT = '{"a": ["x = 1\\n", "y\\u00e9"], "b": "z\\nw"}'
SOURCES: list[Any] = [(("a",), ["x = 1\n", "yé"]), (("b",), "z\nw")]


def cells(text: str = TEXT, behind: str = "") -> Cells:
    """Two cells, the first of two strings."""
    pieces = pieces_at(text, SOURCES)
    return Cells(text, [(Cell("code", "python", each), "".join(one.text for one in each)) for each in pieces], behind)


def test_places_of_cells_are_those_of_their_strings() -> None:
    """A line ends behind each cell, and each character stands in the string that it is of."""
    found = cells(behind="q = 0\n")
    assert found.text == "x = 1\nyé\nz\nw\nq = 0\n"
    said = {said: found.text.index(said) for said in ("x", "1", "y", "é", "z", "w")}
    written = {said: TEXT[found.place(index) :] for said, index in said.items()}
    assert written["x"].startswith('x = 1\\n"')
    assert written["1"].startswith('1\\n"')
    assert written["y"].startswith('y\\u00e9"]')
    assert written["é"].startswith('\\u00e9"]')
    assert written["z"].startswith('z\\nw"')
    assert written["w"].startswith('w"')
    assert TEXT[found.place(5) :].startswith('\\n", ')
    assert TEXT[found.place(8) :].startswith('"], "b"')
    assert TEXT[found.place(len(found.text)) :] == '"}'
    for start, end, characters in ((6, 7, "y"), (9, 10, "z"), (0, 5, "x = 1"), (0, 6, "x = 1\\n"), (4, 7, '1\\n", "y'), (6, 8, "y\\u00e9"), (7, 8, "\\u00e9"),
                                   (6, 9, "y\\u00e9"), (9, 12, "z\\nw"), (11, 12, "w"), (11, 16, "w"), (7, 7, "")):  # fmt: skip
        span = found.span(Span(start, end))
        assert TEXT[slice(*span)] == characters


@pytest.mark.parametrize(
    ("start", "end", "new", "expected"),
    [
        (4, 5, "2", '{"a": ["x = 2\\n", "y\\u00e9"], "b": "z\\nw"}'),
        (0, 5, "é", '{"a": ["\\u00e9\\n", "y\\u00e9"], "b": "z\\nw"}'),
        (5, 5, '"', '{"a": ["x = 1\\"\\n", "y\\u00e9"], "b": "z\\nw"}'),
        (0, 0, "a\n", '{"a": ["a\\n", "x = 1\\n", "y\\u00e9"], "b": "z\\nw"}'),
        (6, 6, "a\nb\n", '{"a": ["x = 1\\n", "a\\n", "b\\n", "y\\u00e9"], "b": "z\\nw"}'),
        (0, 6, "", '{"a": ["y\\u00e9"], "b": "z\\nw"}'),
        (4, 7, "2\n3", '{"a": ["x = 2\\n", "3\\u00e9"], "b": "z\\nw"}'),
        (7, 8, "", '{"a": ["x = 1\\n", "y"], "b": "z\\nw"}'),
        (6, 7, "z", '{"a": ["x = 1\\n", "z\\u00e9"], "b": "z\\nw"}'),
        (9, 10, "a\nb", '{"a": ["x = 1\\n", "y\\u00e9"], "b": "a\\nb\\nw"}'),
        (11, 12, "\\", '{"a": ["x = 1\\n", "y\\u00e9"], "b": "z\\n\\\\"}'),
    ],
)
def test_changes_of_cells_are_written_in_their_strings(start: int, end: int, new: str, expected: str) -> None:
    """A line more is a string more where a cell has a string a line, and a part of the string elsewhere."""
    span, text = cells().replacement(Replacement(Span(start, end), new))
    assert TEXT[: span.start] + text + TEXT[span.end :] == expected
    json.loads(expected)


@pytest.mark.parametrize(("start", "end"), [(7, 10), (0, 12), (6, 10)])
def test_changes_of_two_cells_are_refused(start: int, end: int) -> None:
    """What stands in one cell is not written into another one."""
    with pytest.raises(UnwritableError, match="from one cell to another"):
        cells().replacement(Replacement(Span(start, end), ""))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_lines_more_in_the_last_cell(number: int) -> None:
    """A line more is a string more in a cell of several strings, also if no other cell follows."""
    lines = ["a\n", "b\n", "c"][:number]
    text = json.dumps({"a": lines}, indent=1)
    (pieces,) = pieces_at(text, [(("a",), lines)])
    alone = Cells(text, [(Cell("code", "python", pieces), "".join(lines))])
    for start in (0, len("".join(lines[:-1]))):
        span, written = alone.replacement(Replacement(Span(start, start), "x\ny\n"))
        found = json.loads(text[: span.start] + written + text[span.end :])["a"]
        assert "".join(found) == alone.text[:start] + "x\ny\n" + alone.text[start : len("".join(lines))]
        assert len(found) == (number + 2 if number > 1 else 1)


def test_a_cell_is_in_the_language_that_its_editor_notes() -> None:
    """Whatever that of the notebook is; of one that is not read the cell says nothing."""
    found = documents(
        {},
        code(SCRIPT, vscode={"languageId": "TypeScript"}),
        code(SCRIPT, vscode={"languageId": "csharp"}),
        code(f"%%js\n{CELL}", vscode={"languageId": "javascript"}),
        code(CELL, vscode={"languageId": 5}),
        code(CELL, vscode=5),
    )
    sites = [len(document.program.sites) for document in found if document.program]
    assert sites == [2, 1, 1]
    assert [document.rewriter is not None for document in found] == [True, False, False]


def test_a_parser_that_is_missing_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook with cells in languages that an extra reads says once what has to be installed."""
    monkeypatch.setitem(sys.modules, "tree_sitter", None)
    parser._parser.cache_clear()
    found = documents({}, code(CELL), code(f"%%js\n{SCRIPT}"), code(SCRIPT, vscode={"languageId": "typescript"}))
    programs = [document.program for document in found if document.program]
    assert [(len(program.sites), program.missing != "") for program in programs] == [(1, False), (0, True)]


def test_cells_of_python_need_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read in a notebook of TypeScript too, if its own cells cannot be."""
    monkeypatch.setitem(sys.modules, "tree_sitter", None)
    parser._parser.cache_clear()
    found = documents({"kernelspec": {"name": "deno"}}, code(SCRIPT), code(CELL, vscode={"languageId": "python"}))
    programs = [document.program for document in found if document.program]
    assert [(len(program.sites), program.missing != "") for program in programs] == [(0, True), (1, False)]


def test_escapes_are_those_of_the_notebook() -> None:
    """Where a notebook has other characters than those of ASCII as they are, so do changes."""
    text = TEXT.replace("\\u00e9", "é")
    assert cells(text).replacement(Replacement(Span(0, 1), "中")).text == "中"
    assert cells(TEXT).replacement(Replacement(Span(0, 1), "中")).text == "\\u4e2d"


def test_sources_whose_characters_are_unknown_have_no_pieces() -> None:
    """A cell with a string that is not found as it should be is left out in whole."""
    sources: list[Any] = [(("a",), ["x = 1\n", "other"]), (("b",), "z\nw"), (("c",), "none")]
    found = list(pieces_at(TEXT, sources))
    assert [[piece.text for piece in pieces] for pieces in found] == [[], ["z\nw"], []]
    assert isinstance(found[1][0], Piece)
