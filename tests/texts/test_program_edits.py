"""Edits in the texts of programs: what is written where the request is can be changed, and nothing else."""

from __future__ import annotations

import io
from typing import Literal

import pytest

from minimax_validate.texts.document import Document
from minimax_validate.texts.readers import read
from minimax_validate.texts.replacement import UnwritableError, in_order, replaced
from minimax_validate.texts.source.outline import Places
from minimax_validate.texts.spans import Span
from minimax_validate.values.diagnostic import Edit
from minimax_validate.values.pointer import Pointer

Operation = Literal["set", "remove", "rename", "insert"]


def document_of(name: str, text: str) -> Document:
    """The one document of a program."""
    (document,) = read(name, io.BufferedReader(io.BytesIO(text.encode())))
    return document


def edited(name: str, text: str, operation: Operation, pointer: Pointer, value: object = None) -> str:
    """A program after an edit of its requests."""
    rewriter = document_of(name, text).rewriter
    assert rewriter is not None
    return replaced(text, in_order(rewriter.rewrite(text, [Edit(operation, pointer, value)])))


PROGRAM = """\
const LIMIT = 0
const OPTIONS = { response_format: { type: 'text' } }
const FIRST = [{ role: 'system', content: 'x' }]
env.AI.run('minimax/m2.7', {
  ...base,
  messages: [...FIRST, { role: c ? 'user' : d, content: 'y' }, ...history],
  max_tokens: LIMIT,
  ...(c && { stream: false }),
  ...OPTIONS,
})
env.AI.run('minimax/m2.7', { ...base, messages: [{ role: 'user', content: 'z' }], max_token: 5 })
"""
CALL = """\
client.chat.completions.create(model="minimax/m2.7", messages=a, extra_body={"stream": False}, **options)
env.AI.run("minimax/m2.7", {"messages": b, "stream": True})
"""
BODY = "BODY = {'top_p': 1}\nclient.chat.completions.create(model='minimax/m2.7', messages=a, extra_body=BODY)\n"

Case = tuple[str, str, Operation, Pointer, object]

UNWRITABLE: dict[str, Case] = {
    "no request": ("a.ts", PROGRAM, "set", (7, "stream"), True),
    "a request itself": ("a.ts", PROGRAM, "set", (1,), {}),
    "no value": ("a.ts", PROGRAM, "set", (1, "input", "tools", 0), {}),
    "in what is spread into an array": ("a.ts", PROGRAM, "set", (0, "input", "messages", 0, "role"), "user"),
    "in what is spread into an object": ("a.ts", PROGRAM, "set", (0, "input", "response_format", "type"), "x"),
    "in a rest": ("a.ts", PROGRAM, "set", (0, "input", "messages", 2, "role"), "user"),
    "in a text": ("a.ts", PROGRAM, "set", (1, "input", "max_token", "x"), 5),
    "in a choice": ("a.ts", PROGRAM, "set", (0, "input", "messages", 1, "role", "x"), "user"),
    "an item beside what is spread in": ("a.ts", PROGRAM, "remove", (0, "input", "messages", 1), None),
    "a key beside one that may be there": ("a.ts", PROGRAM, "remove", (0, "input", "max_tokens"), None),
    "a new argument": ("a.py", CALL, "set", (0, "top_p"), 1),
    "a rest of keywords": ("a.py", CALL, "remove", (0, "...0"), None),
    "the name of what has none": ("a.py", CALL, "rename", (1, "model"), "models"),
    "a keyword that is no name": ("a.py", CALL, "rename", (0, "messages"), "the messages"),
    "in a body that is written elsewhere": ("a.py", BODY, "set", (0, "top_p"), 0.5),
    "a value that is written elsewhere": (
        "a.ts",
        "const LIMIT = 0\nenv.AI.run('minimax/m2.7', { messages, max_tokens: LIMIT })",
        "set",
        (0, "input", "max_tokens"),
        1,
    ),
}


@pytest.mark.parametrize("case", UNWRITABLE.values(), ids=UNWRITABLE)
def test_what_is_not_written_there_is_unwritable(case: Case) -> None:
    """An edit of what is spread in, written elsewhere, or in no request of the program is refused."""
    with pytest.raises(UnwritableError):
        edited(*case)


WRITABLE: dict[str, tuple[str, str, Operation, Pointer, object, str]] = {
    "a key behind what is spread in": (
        "a.ts",
        "env.AI.run('minimax/m2.7', { ...base, messages, max_token: 5 })",
        "rename",
        (0, "input", "max_token"),
        "max_tokens",
        "env.AI.run('minimax/m2.7', { ...base, messages, max_tokens: 5 })",
    ),
    "the key of a constant": (
        "a.ts",
        "const LIMIT = 5\nenv.AI.run('minimax/m2.7', { messages, max_token: LIMIT })",
        "rename",
        (0, "input", "max_token"),
        "max_tokens",
        "const LIMIT = 5\nenv.AI.run('minimax/m2.7', { messages, max_tokens: LIMIT })",
    ),
    "values of Python": (
        "a.py",
        "env.AI.run('minimax/m2.7', {'messages': a, 'stream': 'x'})",
        "set",
        (0, "input", "stream"),
        {"a": True, "b": [None, 0.5]},
        "env.AI.run('minimax/m2.7', {'messages': a, 'stream': {'a': True, 'b': [None, 0.5]}})",
    ),
    "values of TypeScript": (
        "a.ts",
        "env.AI.run('minimax/m2.7', { messages, stream: 'x' })",
        "set",
        (0, "input", "stream"),
        {"a": True, "b-c": [None, 0.5]},
        "env.AI.run('minimax/m2.7', { messages, stream: { a: true, 'b-c': [null, 0.5] } })",
    ),
    "a keyword": (
        "a.py",
        "client.chat.completions.create(model='minimax/m2.7', messages=a, stream=None, n=1)",
        "set",
        (0, "stream"),
        True,
        "client.chat.completions.create(model='minimax/m2.7', messages=a, stream=True, n=1)",
    ),
}


@pytest.mark.parametrize(("name", "text", "operation", "pointer", "value", "after"), WRITABLE.values(), ids=WRITABLE)
def test_what_is_written_there_is_changed(
    name: str, text: str, operation: Operation, pointer: Pointer, value: object, after: str
) -> None:
    """An edit of a written key or value is spelled as the language spells it, and all around it stays."""
    assert edited(name, text, operation, pointer, value) == after


PLACES: dict[Pointer, tuple[str, str]] = {
    (0, "input", "...0"): ("...base", "...base"),
    (0, "input", "...1"): ("...base", "...base"),
    (0, "input", "messages", 0, "role"): ("role", "'system'"),
    (0, "input", "messages", 2): ("...history", "...history"),
    (0, "input", "messages", 1, "role"): ("role", "'user'"),
    (0, "input", "max_tokens"): ("max_tokens", "0"),
    (0, "input", "response_format", "type"): ("type", "'text'"),
}


def test_parts_of_a_program_stand_at_their_characters() -> None:
    """Each part of a request is located, also a rest, a branch and a constant; what is not there where its holder is."""
    text = PROGRAM.replace("...OPTIONS", "...OPTIONS, tool_choice: c ? 'none' : d ? 'auto' : e, [k]: 5")
    document = document_of("a.ts", text)

    def at(pointer: Pointer, focus: str = "value") -> str:
        span = document.locate(text, [(pointer, focus)])[pointer, focus]  # type: ignore[list-item, index]
        return text[span.start : span.end]

    for pointer, (key, value) in PLACES.items():
        if pointer != (0, "input", "...1"):
            assert (at(pointer, "key"), at(pointer)) == (key, value)
    assert at((0, "input", "...1")) == "[k]: 5"
    assert [at((0, key), "key") for key in ("model", "input")] == ["'minimax/m2.7'", "{"]
    assert [at((0, "input", "tool_choice", f"?{number}")) for number in (1, 2)] == ["'none'", "'auto'"]
    whole = at((0, "input", "tool_choice"))
    assert whole == "c ? 'none' : d ? 'auto' : e"
    assert [at((0, "input", "tool_choice", step)) for step in ("?3", "x", 0)] == [whole] * 3
    assert at((0, "input", "messages", 7)) == at((0, "input", "messages"))
    assert at((0, "input", "max_tokens", "x")) == "0"
    assert at((0, "input", "tools")) == at((0, "input"))
    assert Places(())("", [((), "value"), ((0,), "value")]) == {
        ((), "value"): Span(0, 0),
        ((0,), "value"): Span(0, 0),
    }
