"""Make documents of the cells of a notebook: one of the program that they are, and one of the requests beside it."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from minimax_validate.rules.document import not_a_request
from minimax_validate.texts.document import Document, Source
from minimax_validate.texts.readers.cells import Cell, Cells, pieces_at
from minimax_validate.texts.readers.excerpt_documents import excerpt_document
from minimax_validate.texts.readers.ipython import (
    Cleaned,
    blank,
    cleaned_python,
    magic_of,
    names_in,
    without_first_line,
)
from minimax_validate.texts.readers.json_document import read_json
from minimax_validate.texts.readers.passages import Passage, document_of
from minimax_validate.texts.readers.program_documents import Parse, missing_document
from minimax_validate.texts.readers.programs import may_ask
from minimax_validate.texts.readers.python import parse_python
from minimax_validate.texts.readers.typescript import NEEDS, parse_of
from minimax_validate.texts.source.syntax import NotParsedError
from minimax_validate.values.pointer import Pointer

_PYTHON, _TYPESCRIPT, _JAVASCRIPT = "python", "typescript", "javascript"
_DIALECTS: Mapping[str, str] = {_TYPESCRIPT: "ts", _JAVASCRIPT: "tsx"}
_LANGUAGES: Mapping[str, str] = {
    **dict.fromkeys(("python", "python2", "python3", "ipython", "xpython"), _PYTHON),
    **dict.fromkeys(("typescript", "tslab", "deno"), _TYPESCRIPT),
    **dict.fromkeys(("javascript", "jslab", "nodejs", "node"), _JAVASCRIPT),
}
"""By the names of languages and kernels."""
_OF_JAVASCRIPT = frozenset({"javascript", "js"})
_OF_SHELL = frozenset({"bash", "sh"})
_RESERVED = re.compile(
    r"(?:abstract|async|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends"
    r"|false|finally|for|from|function|if|implements|import|in|instanceof|interface|let|new|null|of|package|private"
    r"|protected|public|return|static|super|switch|this|throw|true|try|type|typeof|undefined|var|void|while|with|yield)"
)
_END = "\n;minimax.run()"
"""A call behind a cell: it stands by itself, unless something before it is open."""


def documents_of(source: Source, notebook: Mapping[str, Any]) -> Iterator[Document]:
    """The documents of a notebook that names the model; of other languages than its own nothing is rewritten."""
    cells = _cells(source.text, notebook)
    own = _language(notebook)
    is_missing = False
    for language in sorted({cell.language for cell in cells if cell.kind == "code"}, key=lambda one: (one != own, one)):
        try:
            document = _program(source, cells, language)
        except ImportError:
            if not is_missing:
                is_missing = True
                yield missing_document(source, NEEDS)
            continue
        if document is not None:
            yield document if language == own else replace(document, rewriter=None)
    beside = document_of(source, _passages(source.text, cells), "the notebook")
    if [fault.diagnostic.code for fault in beside.faults] != [not_a_request.RULE.code]:
        yield beside


def is_unread(notebook: Mapping[str, Any]) -> bool:
    """Whether a notebook is in a language that is not read."""
    return not _language(notebook)


def _language(notebook: Mapping[str, Any]) -> str:
    """The language of a notebook, or nothing where it is none that is read; one that says nothing is of Python."""
    metadata = notebook.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    said: list[str] = []
    for part, key in (("language_info", "name"), ("kernelspec", "language"), ("kernelspec", "name")):
        inner = metadata.get(part)
        if isinstance(inner, dict) and isinstance(name := inner.get(key), str):
            said.append(name.lower())
    return next((_LANGUAGES[name] for name in said if name in _LANGUAGES), "" if said else _PYTHON)


def _cells(text: str, notebook: Mapping[str, Any]) -> list[Cell]:
    own = _language(notebook)
    found: list[tuple[Pointer, str | list[str]]] = []
    kinds: list[tuple[str, str]] = []
    for number, cell in enumerate(notebook["cells"]):
        kind, source = (cell.get("cell_type"), cell.get("source")) if isinstance(cell, dict) else (None, None)
        is_lines = isinstance(source, list) and all(isinstance(line, str) for line in source)
        if not source or not isinstance(kind, str) or not (isinstance(source, str) or is_lines):
            continue
        found.append((("cells", number, "source"), source))
        kinds.append((kind, _language_of(cell, own, source if isinstance(source, str) else "".join(source))))
    pieces = pieces_at(text, found)
    return [Cell(kind, language, parts) for (kind, language), parts in zip(kinds, pieces, strict=True) if parts]


def _language_of(cell: Mapping[str, Any], own: str, text: str) -> str:
    """The language of a cell: that of the notebook, unless it says another one."""
    metadata = cell.get("metadata")
    editor = metadata.get("vscode") if isinstance(metadata, dict) else None
    if isinstance(editor, dict) and isinstance(name := editor.get("languageId"), str):
        return _LANGUAGES.get(name.lower(), "")
    magic = magic_of(text)
    if magic in _OF_JAVASCRIPT:
        return _JAVASCRIPT
    return "shell" if magic in _OF_SHELL else own


def _program(source: Source, cells: Iterable[Cell], language: str) -> Document | None:
    """The document of the cells in one language.

    Raises:
        ImportError: its parser is not installed.
    """
    code = [cell for cell in cells if cell.kind == "code" and cell.language == language]
    if language not in (_PYTHON, *_DIALECTS) or not any(may_ask(cell.text) for cell in code):
        return None
    parse = parse_python if language == _PYTHON else parse_of(_DIALECTS[language])

    def reread(new: Source) -> Document | None:
        value = read_json(new).value
        return _program(new, _cells(new.text, value), language) if isinstance(value, dict) else None

    cleaned = [
        cleaned_python(cell.text) if language == _PYTHON else _cleaned_javascript(cell.text, parse) for cell in code
    ]
    lost: frozenset[str] = frozenset().union(*(one.names for one in cleaned))
    if lost:
        lost &= frozenset().union(*(names_in(one.text) for one in cleaned))
    excerpt = Cells(
        source.text,
        zip(code, (one.text for one in cleaned), strict=True),
        "".join(_assigned(name, language) for name in sorted(lost)),
    )
    return excerpt_document(source, excerpt, parse, reread, is_python=language == _PYTHON)


def _assigned(name: str, language: str) -> str:
    """A statement that says of a variable that its value is not known: it is assigned, and then again."""
    if not name.isidentifier():  # a word of other signs, such as ½
        return ""
    if language == _PYTHON:
        return "" if keyword.iskeyword(name) else f"{name} = {name} = 0\n"
    return "" if _RESERVED.fullmatch(name) else f"{name} = 0;\n"


def _cleaned_javascript(text: str, parse: Parse) -> Cleaned:
    """What a cell says in JavaScript or TypeScript; one with an error of syntax says nothing."""
    plain = without_first_line(text)
    try:
        syntax = parse(f"{plain}{_END}")
    except NotParsedError:
        return Cleaned(blank(text), names_in(text))
    last: Any = None
    for handle in syntax.calls():
        last = handle if syntax.span(handle).end == len(plain) + len(_END) else last
    while last is not None and (around := syntax.around(last)) is not None:
        last = around
    is_sound = last is not None and not syntax.is_broken(last)
    return Cleaned(plain) if is_sound else Cleaned(blank(text), names_in(text))


def _passages(text: str, cells: Iterable[Cell]) -> Iterator[Passage]:
    """The requests in cells of Markdown and of shell."""
    from minimax_validate.texts.readers.markdown import passages_of_markdown
    from minimax_validate.texts.readers.shell import passages_of_shell

    for cell in cells:
        said = cell.text
        if "messages" not in said or not (cell.kind == "markdown" or cell.language == "shell"):
            continue
        is_page = cell.kind == "markdown"
        found = passages_of_markdown(said) if is_page else passages_of_shell(without_first_line(said))
        at = Cells(text, [(cell, said)])
        for passage in found:
            yield replace(passage, offset=_Offset(passage, at))


@dataclass(frozen=True, slots=True)
class _Offset:
    """Where a character of a passage of a cell stands in the notebook."""

    passage: Passage
    cell: Cells

    def __call__(self, index: int) -> int:
        return self.cell.place(self.passage.offset(index))
