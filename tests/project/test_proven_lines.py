"""Lines that are proven clean while they are read are counted as those that are checked, and nothing else changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from line_texts import GOOD, texts

from minimax_validate.engine.settings import Settings
from minimax_validate.engine.validator import Validator
from minimax_validate.output.tally import requests_of
from minimax_validate.project.checking import check_documents, check_file, proof
from minimax_validate.project.discover import Found
from minimax_validate.project.look import Look
from minimax_validate.texts.document import PROVEN, Document, Proof
from minimax_validate.texts.readers.encoding import read_lines
from minimax_validate.texts.readers.jsonl import WHOLE, Stretch, read_jsonl

STRICT = Validator()
LAX = Validator(Settings(ignore=("MM2", "MM3", "MM6", "MM7")))

CONTENTS = st.sampled_from(["Hi", "", " ", "<think>", "a:b\\", "\u00e9"]) | st.text(max_size=5)
MESSAGES = st.lists(
    st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant", "system", "tool"]), "content": CONTENTS}),
    max_size=3,
)
BODIES: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries(
    {"messages": MESSAGES},
    optional={
        key: st.sampled_from([1, 2**70, "minimax/m2.7", "{}", [], {}, None])
        for key in ("model", "max_tokens", "request", "requests", "data", "body", "input", "log", "extra", "success")
    },
)
_Around = Callable[[dict[str, object]], object]
AROUND: st.SearchStrategy[_Around] = st.sampled_from(
    [
        lambda body: body,
        lambda body: {"model": "minimax/m2.7", "input": body},
        lambda body: {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": body},
        lambda body: {"method": "POST", "url": "/v1/embeddings", "body": body},
        lambda body: {"method": "POST", "url": "/v1/chat/completions", "body": json.dumps(body)},
        lambda body: {"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": body},
        lambda body: {"requests": [body, body]},
        lambda body: {"data": json.dumps(body), "url": "/v1/chat/completions"},
        lambda body: body["messages"],
        lambda body: [body],
    ]
)
WRITE: st.SearchStrategy[Callable[[object], str]] = st.sampled_from(
    [
        json.dumps,
        lambda value: json.dumps(value, separators=(",", ":"), ensure_ascii=False),
        lambda value: json.dumps(value).replace(":", "\\u003a"),
        lambda value: json.dumps(value).replace('{"messages"', '{"messages": [], "messages"', 1),
        lambda value: json.dumps(value).replace(" ", "\r"),
    ]
)


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """A text of lines, each a request of some kind, or near one, in some notation."""
    values = draw(st.lists(st.builds(lambda body, around: around(body), BODIES, AROUND), max_size=6))
    return "\n".join(draw(WRITE)(value) for value in values).encode(errors="surrogatepass")


Seen = tuple[int, list[object], int, object]


def seen(data: bytes, validator: Validator, found: Proof | None, *, named: bool, stretch: Stretch = WHOLE) -> Seen:
    """What a run would say: how many requests there are, the findings and their places, and what was skipped."""
    look, skipped = Look(), 0

    def passed(document: Document) -> None:
        nonlocal skipped
        skipped += 1
        look(document)

    documents = read_jsonl("a.jsonl", read_lines(BytesIO(data)), stretch, found)
    checked = list(check_documents(documents, validator, named=named, passed=passed))
    findings: list[object] = [
        (each.document.source, each.document.faults, each.report) for each in checked if each.report.diagnostics
    ]
    return sum(requests_of(each.document) for each in checked), findings, skipped, look.form


@settings(max_examples=1500)
@given(lines() | texts(), st.booleans(), st.sampled_from([STRICT, LAX]))
@example(b'{"messages": []}\n', False, LAX)
@example(b'{"messages": [{"role": "user", "content": "Hi"}], "data": "{}"}', True, LAX)
@example(json.dumps({"messages": [], **GOOD}).encode() * 2, True, STRICT)
def test_proven_as_checked(data: bytes, named: bool, validator: Validator) -> None:
    """A text read with a proof has as many requests as without, and the same findings at the same places."""
    expected = seen(data, validator, None, named=named)
    assert seen(data, validator, proof(validator, named=named), named=named) == expected


def test_lines_are_counted_together() -> None:
    """Clean lines in a row are one document, up to a few hundred, and a faulty one has its own number and place."""
    clean, faulty = json.dumps(GOOD), json.dumps({"messages": [{"role": "user", "content": None}]})
    text = "\n".join([clean] * 300 + [faulty] + [clean] * 2).encode()
    documents = list(read_jsonl("a.jsonl", read_lines(BytesIO(text)), proof=proof(STRICT, named=True)))
    assert [len(document.requests) for document in documents] == [256, 44, 1, 2]
    assert [document.value is PROVEN for document in documents] == [True, True, False, True]
    assert (documents[2].source.first_line, documents[2].source.start) == (301, 300 * (len(clean) + 1))
    assert not list(documents[0].payloads())


def test_finding_does_not_wait() -> None:
    """The document of a faulty line is there before the next line is read, whatever stands before it."""
    clean, faulty = json.dumps(GOOD).encode(), b'{"messages": 5}'
    given_lines = iter([clean + b"\n", faulty + b"\n", clean])
    documents = read_jsonl("a.jsonl", given_lines, proof=proof(STRICT, named=True))
    next(documents)
    assert next(documents).value == {"messages": 5}
    assert next(given_lines) == clean


def test_files_of_a_walk_are_proven(tmp_path: Path) -> None:
    """The lines of a file that nobody named are proven too, if they look like requests."""
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(GOOD) + '\n{"messages": {"welcome": "Hi"}}\n', "utf-8")
    (checked,) = check_file(Found(file, named=False), STRICT)
    assert (checked.document.value, len(checked.document.requests)) == (PROVEN, 1)
