"""Programs in fences of pages: their characters in the page, what a page leaves out, and what else the page says."""

from __future__ import annotations

import io
import sys

import pytest

from minimax_validate import Validator
from minimax_validate.texts.checked import check_document
from minimax_validate.texts.document import Document, Source
from minimax_validate.texts.readers import read
from minimax_validate.texts.readers.fence_programs import dedented
from minimax_validate.texts.readers.program_documents import with_program
from minimax_validate.texts.readers.python import read_python
from minimax_validate.texts.readers.typescript import read_typescript
from minimax_validate.texts.replacement import Replacement
from minimax_validate.texts.source.typescript import parser
from minimax_validate.texts.spans import Span, Wanted

VALIDATOR = Validator()
CALL = "env.AI.run('minimax/m2.7', { messages: [{ role: 'usr', content: 'x' }] })\n"
BODY = '{"model": "minimax/m2.7", "messages": [{"role": "user", "content": "x"}]}\n'


def documents(text: str) -> list[Document]:
    """The documents of a page."""
    return list(read("page.md", io.BytesIO(text.encode())))


def codes(document: Document) -> list[str]:
    """The codes of what is found in a document."""
    return [diagnostic.code for diagnostic in check_document(VALIDATOR, document).diagnostics]


DEDENTED = [
    ("a\n b\n", False, "a\n b\n", ""),
    ("  a\n    b\n\n  c\n", False, "a\n  b\n\nc\n", "  "),
    ("   a\n  b\n", False, " a\nb\n", "  "),
    ("  a\n \n  b", False, "a\n\nb", "  "),
    ("  \n    a\n", False, "\na\n", "    "),
    ("\ta\n  b\n", False, "\ta\n  b\n", ""),
    ("\ta\n\t\tb\n", False, "a\n\tb\n", "\t"),
    ("> a\n> > b\n>c\n", True, " a\n   b\nc\n", ">"),
    (">   a\n>   b\n>\n", True, "a\nb\n\n", ">   "),
    ("> > a\n> >  b\n", True, "a\n b\n", "> > "),
    ("> a\n", False, "> a\n", ""),
    ("", False, "", ""),
    ("\n\n", False, "\n\n", ""),
]


@pytest.mark.parametrize(("text", "is_quoted", "said", "prefix"), DEDENTED)
def test_programs_begin_where_their_lines_do(text: str, is_quoted: bool, said: str, prefix: str) -> None:
    """What all lines of a fence begin with is left out, and each character knows its place in the fence."""
    found = dedented(text, is_quoted=is_quoted)
    assert (found.text, found.prefix) == (said, prefix)
    for index, character in enumerate(said):
        span = found.span(Span(index, index + 1))
        assert (text.replace(">", " ") if is_quoted else text)[slice(*span)] == character
        assert found.span(Span(index, index)) == (span.start, span.start)
        assert found.span(Span(0, index + 1)) == (found.span(Span(0, 0)).start, span.end)


def test_lines_that_are_written_have_the_marks_of_the_others() -> None:
    """A change may have lines, and what begins a line stands behind its marks."""
    text = "> >   a\n> >   b\n"
    found = dedented(text, is_quoted=True)
    for start, end, new, expected in (
        (0, 1, "c\nd", "> >   c\n> >   d\n> >   b\n"),
        (2, 2, "c\n", "> >   a\n> >   c\n> >   b\n"),
        (2, 4, "", "> >   a\n> >   "),
    ):
        span, written = found.replacement(Replacement(Span(start, end), new))
        assert text[: span.start] + written + text[span.end :] == expected


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_documents_of_a_page_know_where_they_begin(ends: str) -> None:
    """Each has its line and its byte in the page, and no more of the text than its fence."""
    page = f"# 中\n\n```ts\n{CALL}```\né\n```\n```\n```js\n{CALL}{CALL}```\n".replace("\n", ends)
    found = documents(page)
    assert len(found) == 2
    for document, line, sites in zip(found, (4, 10), (1, 2), strict=True):
        source = document.source
        assert source.name == "page.md"
        assert page.encode()[source.start :].decode().startswith(source.text)
        assert source.first_line == line
        assert document.program is not None
        assert len(document.program.sites) == sites
        assert codes(document) == ["MM112"] * sites


@pytest.mark.parametrize("language", ["ts", "typescript", "mts", "cts", "tsx", "js", "javascript", "jsx", "mjs", "cjs"])
def test_each_language_of_scripts(language: str) -> None:
    """Fences in any of them are programs; types are read in those of TypeScript."""
    (document,) = documents(f"```{language}\n{CALL}```\n")
    assert codes(document) == ["MM112"]
    typed = f"const a = <unknown>b\n{CALL}"
    (document,) = documents(f"```{language}\n{typed}```\n")
    assert (codes(document) == ["MM112"]) is (language in ("ts", "typescript", "mts", "cts"))


@pytest.mark.parametrize("language", ["python", "py", "python3"])
def test_each_language_of_python(language: str) -> None:
    """So it is in Python."""
    text = CALL.replace(
        "{ messages: [{ role: 'usr', content: 'x' }] }", "{'messages': [{'role': 'usr', 'content': 'x'}]}"
    )
    (document,) = documents(f"```{language}\n# it's Python\n{text}```\n")
    assert codes(document) == ["MM112"]


@pytest.mark.parametrize("language", ["", "text", "rust", "json", "python2"])
def test_programs_of_other_fences_are_not_read(language: str) -> None:
    """The page then has no request."""
    assert [codes(document) for document in documents(f"```{language}\n{CALL}```\n")] == [["MM003"]]


PAGES = {
    "a program": (f"```ts\n{CALL}```\n", [["MM112"]]),
    "a program and a request": (f"```ts\n{CALL}```\n```json\n{BODY}```\n", [[], ["MM112"]]),
    "a program that asks others": ("```ts\nenv.AI.run('minimax/m1', {})\n```\n", [["MM003"], []]),
    "a program that may ask": ("```ts\nenv.AI.run(minimax, { messages: [] })\n```\n", [[]]),
    "a program that is not understood": (f"```ts\n{CALL.replace('[', '(')}```\n", [[]]),
    "no program": ("```ts\n// minimax\n```\n", [["MM003"]]),
    "no model": (f"```ts\n{CALL.replace('minimax/m2.7', 'other')}```\n", [["MM003"]]),
    "a model in the prose": (f"minimax\n```ts\n{CALL.replace('minimax/m2.7', 'other')}```\n", [["MM003"]]),
    "a request alone": (f"```json\n{BODY}```\n", [[]]),
    "a page that is JSON": (BODY, [[]]),
}


@pytest.mark.parametrize(("page", "expected"), PAGES.values(), ids=PAGES)
def test_a_page_has_no_request_if_nothing_in_it_may_be_one(page: str, expected: list[list[str]]) -> None:
    """What a program does that is not understood may be a request, and the page is not said to have none."""
    assert [codes(document) for document in documents(page)] == expected


def test_a_parser_that_is_missing_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fences of Python are read all the same, and the page is not said to have no request."""
    monkeypatch.setitem(sys.modules, "tree_sitter", None)
    parser._parser.cache_clear()
    python = CALL.replace(
        "{ messages: [{ role: 'usr', content: 'x' }] }", "{'messages': [{'role': 'usr', 'content': 'x'}]}"
    )
    found = documents(f"```ts\n{CALL}```\n```py\n{python}```\n```js\n{CALL}```\n")
    assert [document.program.missing != "" for document in found if document.program] == [True, False]
    assert [codes(document) for document in found] == [[], ["MM112"]]
    (document,) = documents(f"```ts\n{CALL}```\n")
    assert document.program is not None
    assert "minimax-validate[source]" in document.program.missing
    alone = read_typescript(Source("a.ts", CALL))
    assert alone is not None
    assert alone.program is not None
    assert alone.program.missing == document.program.missing


@pytest.mark.parametrize("name", ["a.ts", "A.TS", "a.mts", "a.cts"])
def test_types_are_read_in_files_of_typescript(name: str) -> None:
    """What is a type in TypeScript is an element in JSX."""
    text = f"const a = <unknown>b\n{CALL}"
    document = read_typescript(Source(name, text))
    assert document is not None
    assert codes(document) == ["MM112"]
    other = read_typescript(Source("a.tsx", text))
    assert other is None or codes(other) == []


def test_a_text_that_is_no_program_is_one_that_was_not_read() -> None:
    """It has one request that was not read."""
    document = read_python(Source("a.py", "minimax = (\n"))
    assert document is not None
    assert document.program is not None
    assert document.program.unread == 1
    assert document.value == []
    assert read_python(Source("a.py", "minimax = 1\n")) is None


def test_a_model_that_is_assumed_has_its_places_in_the_page() -> None:
    """A request whose model is not known is checked like others where it is taken for ours."""
    text = CALL.replace("'minimax/m2.7'", "pick()")
    page = f"> ```ts\n> // minimax\n> {text}> ```\n"
    document = next(each for each in documents(page) if each.program)
    assert document.program is not None
    assert (len(document.program.sites), len(document.program.assumed)) == (0, 1)
    for each in (document, read_typescript(Source("a.ts", f"// minimax\n{text}"))):
        assert each is not None
        assert each.program is not None
        found = with_program(each, each.program.assuming())
        assert found.requests == ((0,),)
        wanted: Wanted = (0, "input", "messages", 0, "role"), "value"
        start, end = found.locate(found.source.text, [wanted])[wanted]
        assert found.source.text[start:end] == "'usr'"


ELIDED = {
    "nothing": ("{ messages: [] }", "", ["MM501"]),
    "any comment in an empty array": ("{ messages: [/* hi */] }", "", []),
    "any comment in an empty object": ("{ messages: [{ /* hi */ }] }", "", []),
    "no comment in an empty object": ("{ messages: [{ }] }", "", ["MM101"]),
    "a comment beside a member": ("{ messages: [{ role: 'user' /* hi */ }] }", "", ["MM111"]),
    "dots beside a member": ("{ messages: [{ role: 'user' /* ... */ }] }", "", []),
    "dots before a member": ("{ messages: [{ /* … */ role: 'user' }] }", "", []),
    "dots inside of a member": ("{ messages: [{ role: 'user' }, { role: 'user', /* ... */ }] }", "", ["MM111"]),
    "dots before the object": ("/* ... */ { messages: [] }", "", ["MM501"]),
    "dots behind the object": ("{ messages: [] } /* ... */", "", []),
    "what is written beside dots": ("{ messages: [{ role: 'usr', content: 'x' } /* ... */] }", "", ["MM112"]),
    "a text of dots": ("{ messages: [{ role: '...', content: ' … ' }] }", "", []),
    "a text with dots": ("{ messages: [{ role: 'a...', content: 'x' }] }", "", ["MM112"]),
    "a choice": ("{ messages: [{ role: c ? '...' : 'usr', content: 'x' }] }", "", ["MM112"]),
    "a choice of dots": ("{ messages: [{ role: c ? '...' : '…', content: 'x' }] }", "", []),
    "a spread": ("{ messages: [...a, { role: 'usr', content: 'x' }, ...b] }", "", ["MM112"]),
    "a constant": ("{ messages: M }", "const M = []\n", ["MM501"]),
    "a constant and a comment": ("{ messages: M }", "const M = []\n// then\n", ["MM501"]),
    "a constant and dots": ("{ messages: M }", "const M = []\n// ...\n", []),
    "a constant and a line of dots": ("{ messages: M }", "const M = []\n  … ;\r\n", []),
    "a constant and dots in a line": ("{ messages: M }", "const M = []\nconst b = '...'\n", ["MM501"]),
    "a message and dots": ("{ messages: [S] }", "const S = { role: 'usr', content: 'x' }\n// ...\n", []),
    "a message": ("{ messages: [S] }", "const S = { role: 'usr', content: 'x' }\n", ["MM112"]),
}


@pytest.mark.parametrize(("inputs", "before", "expected"), ELIDED.values(), ids=ELIDED)
def test_what_a_page_leaves_out_is_not_known(inputs: str, before: str, expected: list[str]) -> None:
    """Dots and comments stand for members that nobody sees; what is written beside them is judged."""
    (document,) = documents(f"```ts\n{before}env.AI.run('minimax/m2.7', {inputs})\n```\n")
    assert codes(document) == expected
    assert document.program is not None
    assert len(document.program.sites) == 1
