"""Every wrapping that requests come in, as a table: how bodies become a file, and where each of them is in it.

A wrapping takes the texts of bodies as they are spelled, so that every character of a body can be asked for.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import yaml
from layout_samples import ALONE, PACKED, SAMPLES, Sample
from passage_samples import HTTP, MARKDOWN, SHELL

from minimax_validate.values.pointer import Pointer

URL = "https://example.com/v1/chat/completions"
_MARK = "\ue000{}\ue001"
_MARKED = re.compile('"\ue000(\\d+)\ue001"')


class Wrapping(NamedTuple):
    """How the texts of bodies become a file, and where each of them is in it.

    A pointer begins with the number of the document. ``unquoted`` makes what stands at a place in the file what it is
    in the body. A wrapping that ``is_whole`` says of everything inside a body that it is at the whole body. A file
    ``of_one`` holds one body alone, and one ``of_lines`` bodies without line breaks.
    """

    name: str
    wrap: Callable[[Sequence[str]], str]
    pointer: Callable[[int], Pointer]
    unquoted: Callable[[str], str] = str
    is_whole: bool = False
    of_one: bool = False
    of_lines: bool = False


def with_values(value: Any, bodies: Sequence[str]) -> str:
    """A value as JSON, with the bodies as they are spelled in the place of their marks."""
    spelled = json.dumps(value, ensure_ascii=False)
    return _MARKED.sub(lambda mark: bodies[int(mark[1])], spelled)


def marks(bodies: Sequence[str]) -> list[str]:
    """A mark in the place of each body."""
    return [_MARK.format(index) for index in range(len(bodies))]


def from_json_string(text: str) -> str:
    """What a part of a string of JSON spells."""
    return str(json.loads(f'"{text}"', strict=False))


def _from_packed(text: str) -> str:
    return base64.b64decode(text.strip('"')).decode()


def _from_double_quotes_of_yaml(text: str) -> str:
    return str(yaml.safe_load(f'"{text}"'))


def _of_json(name: str, sample: Sample, *, of_one: bool) -> Wrapping:
    def wrap(bodies: Sequence[str]) -> str:
        if sample.has_texts:
            return json.dumps(sample.wrap(list(bodies)), ensure_ascii=False)
        return with_values(sample.wrap(marks(bodies)), bodies)

    unquoted = from_json_string if sample.has_texts else str
    return Wrapping(f"{name}.json", wrap, lambda index: (0, *sample.pointer(index)), unquoted, of_one=of_one)


def _of_yaml(name: str, sample: Sample) -> Iterator[Wrapping]:
    """A layout with texts in YAML, with each way of quoting them."""

    def pointer(index: int) -> Pointer:
        return (0, *sample.pointer(index))

    def escaped(bodies: Sequence[str]) -> str:
        return yaml.safe_dump(sample.wrap(list(bodies)), width=10**6, default_style='"', allow_unicode=True)

    def quoted(bodies: Sequence[str]) -> str:
        value = yaml.safe_dump(sample.wrap(marks(bodies)), width=10**6, default_style='"', allow_unicode=True)
        return _MARKED.sub(lambda mark: "'" + bodies[int(mark[1])].replace("'", "''") + "'", value)

    yield Wrapping(f"{name}, double quotes.yaml", escaped, pointer, _from_double_quotes_of_yaml)
    yield Wrapping(f"{name}, quotes.har.yaml", quoted, pointer, lambda text: text.replace("''", "'"), of_lines=True)


def _block(bodies: Sequence[str]) -> str:
    """A cassette as vcrpy's users edit them: the bodies are blocks."""
    calls = (
        f"- request:\n    method: POST\n    uri: {URL}\n    body: |-\n      " + body.replace("\n", "\n      ") + "\n"
        for body in bodies
    )
    return "version: 1\ninteractions:\n" + "".join(calls)


def _binary(bodies: Sequence[str]) -> str:
    """A cassette whose bodies are bytes."""
    return yaml.safe_dump({"interactions": [{"request": {"body": body.encode(), "uri": URL}} for body in bodies]})


def _joined(separator: str, write: Callable[[str, str], str]) -> Callable[[Sequence[str]], str]:
    return lambda bodies: separator.join(write(body, URL) for body in bodies)


def _in_shell(how: str, text: str) -> str:
    """What a part of a quoted word says."""
    if how == "double quotes":
        return re.sub(r'\\([\\"$`])', r"\1", text)
    if how == "C quotes":
        return re.sub(r"\\([\\'])", r"\1", text)
    if how == "one with escapes":
        return text.replace("\\\\", "\\")
    if how == "one behind tabs":
        return text.replace("\n\t\t", "\n")
    if how == "in backticks":
        text = re.sub(r"\\([\\$`])", r"\1", text)
    elif how == "in backticks in quotes":
        text = re.sub(r"\\([\\$`\"])", r"\1", text)
    return text.replace("'\"'\"'", "'").replace("'\\''", "'")


def _in_markdown(how: str, text: str) -> str:
    """What a part of a fence says."""
    before = {"a list": "\n   ", "a quote": "\n> "}.get(how)
    if before is not None:
        return text.replace(before, "\n")
    return _in_shell("quotes", text) if how == "a command" else text


def _passages() -> Iterator[Wrapping]:
    def pointer(index: int) -> Pointer:
        return (0, index)

    for how, write in SHELL.items():
        yield Wrapping(
            f"{how}.sh",
            _joined("\n", write),
            pointer,
            lambda text, how=how: _in_shell(how, text),  # type: ignore[misc]
        )
    for how, write in HTTP.items():
        quotes = str if how != "a command" else lambda text: _in_shell("quotes", text)
        yield Wrapping(f"{how}.http", _joined("\n\n###\n", write), pointer, quotes)
    for how, write in MARKDOWN.items():
        separator = "```\n" if how == "never closed" else "\n"
        yield Wrapping(
            f"{how}.md",
            _joined(separator, write),
            pointer,
            lambda text, how=how: _in_markdown(how, text),  # type: ignore[misc]
            of_lines=how == "lines",
        )


def _arrays() -> Iterator[Wrapping]:
    """Requests as they are, several in a file."""

    def array(bodies: Sequence[str]) -> str:
        return f"[{', '.join(bodies)}]"

    def inside(index: int) -> Pointer:
        return (0, index)

    def alone(index: int) -> Pointer:
        return (index,)

    yield Wrapping("array.json", array, inside)
    yield Wrapping("array.jsonc", lambda bodies: f"// recorded\n{array(bodies)[:-1]},]", inside)
    yield Wrapping("flow.yaml", array, inside)
    yield Wrapping("lines.jsonl", "\n".join, alone, of_lines=True)
    yield Wrapping("documents.yaml", lambda bodies: "".join(f"---\n{body}\n" for body in bodies), alone)


WRAPPINGS: tuple[Wrapping, ...] = (
    *_arrays(),
    *(_of_json(name, sample, of_one=False) for name, sample in SAMPLES.items()),
    *(_of_json(name, sample, of_one=True) for name, sample in ALONE.items()),
    *(
        Wrapping(
            f"{name}.json",
            lambda bodies, sample=sample: json.dumps(sample.wrap(list(bodies))),  # type: ignore[misc]
            lambda index, sample=sample: (0, *sample.pointer(index)),  # type: ignore[misc]
            _from_packed,
            is_whole=True,
        )
        for name, sample in PACKED.items()
    ),
    *(wrapping for name, sample in SAMPLES.items() if sample.has_texts for wrapping in _of_yaml(name, sample)),
    Wrapping(
        "block.yaml",
        _block,
        lambda index: (0, "interactions", index, "request", "body"),
        lambda text: text.replace("\n      ", "\n"),
    ),
    Wrapping(
        "binary.yaml", _binary, lambda index: (0, "interactions", index, "request", "body"), lambda _: "", is_whole=True
    ),
    *_passages(),
)
