"""Recorded requests in every wrapping that requests come in.

The findings are those of the bare body, at the same characters.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from layout_samples import SAMPLES

from minimax_validate import Validator
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import ABSENT, Document
from minimax_validate.texts.placed import place
from minimax_validate.texts.readers import read
from minimax_validate.values.pointer import Pointer

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
NAMES = sorted(path.name for path in CORPUS.glob("*.jsonl") if path.name != "index.jsonl")
VALIDATOR = Validator()

pytestmark = pytest.mark.skipif(not NAMES, reason="the shared corpus is not beside this checkout")


class Wrapping(NamedTuple):
    """How bodies become a file, and where each of them is in it.

    ``unquoted`` makes what stands at a place in it bare again.
    """

    name: str
    wrap: Callable[[list[Any]], str]
    pointer: Callable[[int], Pointer]
    unquoted: Callable[[str], str] = str


def _text(body: object) -> str:
    return json.dumps(body, ensure_ascii=False)


def _cassette(bodies: list[Any]) -> Any:
    return {
        "version": 1,
        "interactions": [
            {
                "request": {
                    "method": "POST",
                    "uri": "https://api.example.com/v1/chat/completions",
                    "body": _text(body),
                    "headers": {},
                },
                "response": {"status": {"code": 200, "message": "OK"}, "body": {"string": "{}"}},
            }
            for body in bodies
        ],
    }


def _ruby(bodies: list[Any]) -> Any:
    calls = [{"request": {"method": "post", "body": {"encoding": "UTF-8", "string": _text(body)}}} for body in bodies]
    return {"http_interactions": calls, "recorded_with": "VCR 6.3.1"}


def _from_json_string(text: str) -> str:
    return str(json.loads(f'"{text}"'))


WRAPPINGS: tuple[Wrapping, ...] = (
    Wrapping("array.json", _text, lambda index: (index,)),
    Wrapping(
        "array.jsonc", lambda bodies: f"// recorded\n{json.dumps(bodies, indent=1)[:-1]},]", lambda index: (index,)
    ),
    Wrapping(
        "batch.json",
        lambda bodies: _text([{"custom_id": "a", "body": body} for body in bodies]),
        lambda index: (index, "body"),
    ),
    Wrapping("rest.json", lambda bodies: _text([{"input": body} for body in bodies]), lambda index: (index, "input")),
    Wrapping(
        "tape.json",
        lambda bodies: json.dumps(_cassette(bodies)),
        lambda index: ("interactions", index, "request", "body"),
        _from_json_string,
    ),
    Wrapping(
        "log.json",
        lambda bodies: _text(
            [{"method": "POST", "url": "/v1/chat/completions", "body": _text(body)} for body in bodies]
        ),
        lambda index: (index, "body"),
        _from_json_string,
    ),
    Wrapping("flow.yaml", _text, lambda index: (index,)),
)
_LAYOUTS = frozenset({"HAR", "Postman", "Insomnia 5", "Azure", "Pact 4", "WireMock", "LiteLLM", "universal", "bundle"})
WRAPPINGS += tuple(
    Wrapping(
        f"{layout}.json",
        lambda bodies, sample=sample: json.dumps(  # type: ignore[misc]
            sample.wrap(list(map(_text, bodies)) if sample.has_texts else bodies), ensure_ascii=False
        ),
        sample.pointer,
        _from_json_string if sample.has_texts else str,
    )
    for layout, sample in SAMPLES.items()
    if layout in _LAYOUTS
)
WRAPPINGS += (
    Wrapping(
        "page.md",
        lambda bodies: "# Ask\n" + "".join(f"\n```json\n{_text(body)}\n```\n" for body in bodies),
        lambda index: (index,),
    ),
    Wrapping(
        "script.sh",
        lambda bodies: "".join(f"curl $URL/chat/completions -d {shlex.quote(_text(body))}\n" for body in bodies),
        lambda index: (index,),
        lambda text: text.replace("'\"'\"'", "'"),
    ),
    Wrapping(
        "ask.http",
        lambda bodies: "".join(f"### Ask\nPOST {{{{url}}}}/chat/completions\n\n{_text(body)}\n\n" for body in bodies),
        lambda index: (index,),
    ),
)
YAML_WRAPPINGS = (
    Wrapping(
        "block.yaml", lambda bodies: yaml.dump(bodies, allow_unicode=True, sort_keys=False), lambda index: (index,)
    ),
    Wrapping(
        "tape.yaml",
        lambda bodies: yaml.dump(_cassette(bodies)),
        lambda index: ("interactions", index, "request", "body"),
    ),
    Wrapping(
        "ruby.yml",
        lambda bodies: yaml.dump(_ruby(bodies), width=10**6, allow_unicode=True),
        lambda index: ("http_interactions", index, "request", "body", "string"),
    ),
)


def bodies_of(name: str) -> list[Any]:
    """The bodies of one corpus file."""
    return [json.loads(line) for line in (CORPUS / name).read_text("utf-8").splitlines() if line.strip()]


def document_of(name: str, text: str) -> Document:
    """The one document of a text."""
    (document,) = read(name, BytesIO(text.encode()))
    assert document.value is not ABSENT
    return document


def found(document: Document) -> Iterator[tuple[str, Pointer, str, str]]:
    """The code, pointer and message of each finding of a document, and the characters at its place."""
    text = document.source.text
    checked = Checked(document, check_document(VALIDATOR, document))
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
    for finding in place(checked).findings:
        line, column, end_line, end_column = finding.location
        start, end = (
            starts[line - document.source.first_line] + column - 1,
            starts[end_line - document.source.first_line] + end_column - 1,
        )
        yield finding.diagnostic.code, finding.diagnostic.pointer, finding.diagnostic.message, text[start:end]


def bare(body: Any, pointer: Pointer) -> set[tuple[str, Pointer, str, str]]:
    """What is found in a body by itself, with its pointers moved to where it is wrapped."""
    (document,) = read("body.json", BytesIO(_text(body).encode()))
    return {(code, pointer + inside, message, characters) for code, inside, message, characters in found(document)}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("wrapping", WRAPPINGS, ids=lambda wrapping: wrapping.name)
def test_findings_are_those_of_the_bare_body(name: str, wrapping: Wrapping) -> None:
    """Code, pointer, message and characters agree in formats that spell values as JSON does."""
    bodies = bodies_of(name)
    expected = set().union(*(bare(body, wrapping.pointer(index)) for index, body in enumerate(bodies)))
    actual = {
        (code, pointer, message, _compact(wrapping.unquoted(characters)))
        for code, pointer, message, characters in found(document_of(wrapping.name, wrapping.wrap(bodies)))
    }
    assert actual == {(code, pointer, message, _compact(characters)) for code, pointer, message, characters in expected}


def _compact(text: str) -> str:
    """JSON without the spaces that one wrapping has and another has not."""
    try:
        return json.dumps(json.loads(text), sort_keys=True)
    except ValueError:
        return text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("wrapping", YAML_WRAPPINGS, ids=lambda wrapping: wrapping.name)
def test_findings_in_yaml_are_those_of_the_bare_body(name: str, wrapping: Wrapping) -> None:
    """Code, pointer and message agree, and what stands at the place is spelled as YAML has it."""
    bodies = bodies_of(name)
    expected = set().union(*(bare(body, wrapping.pointer(index)) for index, body in enumerate(bodies)))
    actual = list(found(document_of(wrapping.name, wrapping.wrap(bodies))))
    assert {finding[:3] for finding in actual} == {finding[:3] for finding in expected}
    # Numbers and words look the same in every spelling.
    plain = {finding for finding in expected if finding[3].isalnum()}
    assert plain <= {(*finding[:3], finding[3]) for finding in actual}
