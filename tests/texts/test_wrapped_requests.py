"""Requests in every wrapping that they come in: the findings are those of the bare body, at the same characters.

``wrappings`` is the table of them. The bodies are the fixtures, the examples of the rules, and drawn ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from agreement import Told, actual, bare, disagreement, documents_of, expected
from hypothesis import assume, given
from hypothesis import strategies as st
from layout_samples import ALONE, PACKED, SAMPLES
from wrappings import WRAPPINGS, Wrapping

from minimax_validate.project.checking import meant
from minimax_validate.request.envelope import holds_request
from minimax_validate.rules.catalogue import RULES
from minimax_validate.strategies import faulty_requests, requests
from minimax_validate.texts.json.places import too_deep
from minimax_validate.texts.readers import READERS
from minimax_validate.texts.readers.bodies import without_variables
from minimax_validate.texts.readers.layouts import EACH, LAYOUTS, Layout, Nested
from minimax_validate.texts.readers.layouts import Path as LayoutPath
from minimax_validate.values.pointer import Pointer

FIXTURES = Path(__file__).parents[2] / "fixtures"
LEVELS = 100
"""How deep a request may nest counts its envelope, and so no deeper one is the same by itself."""


def spelled(value: object, **how: Any) -> str:
    """A value as JSON, in ASCII where nothing else can be written."""
    text = json.dumps(value, ensure_ascii=False, **how)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, **how)
    return text


def _texts() -> Iterator[str]:
    for number, rule in enumerate(RULES):
        example = rule.invalid[0]
        how: dict[str, Any] = {"indent": 2} if number % 2 else {}
        if isinstance(example.text, str):
            yield example.text
        elif example.text is None:
            try:
                yield spelled(example.payload, **how)
            except (TypeError, ValueError):  # no JSON: the example is about that
                continue
    for path in sorted(FIXTURES.glob("*/*.json")):
        yield path.read_text("utf-8")
    for path in sorted(FIXTURES.glob("*/*.jsonl")):
        yield from path.read_text("utf-8").splitlines()


def is_plain(text: str) -> bool:
    """Whether a text is one request as it is: in no envelope, and spelled as YAML spells it too."""
    (document,) = documents_of("body.json", text)
    value = document.value
    return (
        isinstance(value, dict)
        and "messages" in value
        and holds_request(value)
        and not text.startswith("\ufeff")
        and not too_deep(text, LEVELS)
        and "NaN" not in text  # a text in YAML
    )


@cache
def bodies() -> tuple[tuple[str, ...], tuple[list[Told], ...]]:
    """The bodies, and what is found in each."""
    texts = tuple(text for text in _texts() if is_plain(text))
    return texts, tuple(map(bare, texts))


def disagreements(wrapping: Wrapping, texts: Iterable[str], found: Iterable[list[Told]]) -> list[object]:
    """What the files of some bodies say more or less than the bodies by themselves."""
    several = [
        (text, told) for text, told in zip(texts, found, strict=True) if not wrapping.of_lines or "\n" not in text
    ]
    files = [[one] for one in several] if wrapping.of_one else [several]
    return [
        one for file in files for one in disagreement(wrapping, [text for text, _ in file], [told for _, told in file])
    ]


def by_name(wrappings: Iterable[Wrapping]) -> list[Any]:
    """Parameters of a test."""
    return [pytest.param(wrapping, id=wrapping.name) for wrapping in wrappings]


@pytest.mark.parametrize("wrapping", by_name(WRAPPINGS))
def test_findings_are_those_of_the_bare_body(wrapping: Wrapping) -> None:
    """Code, pointer, message, characters and what a finding is related to agree for fixtures and examples."""
    texts, found = bodies()
    assert len(texts) > len(RULES) / 2
    assert len({one.code for told in found for one in told}) > len(RULES) / 2
    assert disagreements(wrapping, texts, found) == []


KINDS = sorted({wrapping.name.rpartition(".")[2] for wrapping in WRAPPINGS})


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_findings_are_those_of_any_bare_body(kind: str, data: st.DataObject) -> None:
    """So it is for whatever may be sent, however it is spelled, with one fault or none."""
    wrapping = data.draw(st.sampled_from([one for one in WRAPPINGS if one.name.endswith(f".{kind}")]))
    payloads = requests() | faulty_requests().map(lambda drawn: drawn[0])
    ways: list[dict[str, Any]] = [{}, {"separators": (",", ":")}, *([] if wrapping.of_lines else [{"indent": 1}])]
    how = data.draw(st.sampled_from(ways))
    drawn = data.draw(st.lists(payloads, min_size=1, max_size=1 if wrapping.of_one else 3))
    try:
        texts = [spelled(value, **how) for value in drawn]
    except (TypeError, ValueError):  # no JSON: the fault is that
        assume(False)
    assume(all(map(is_plain, texts)))
    assume(all(without_variables(value) is value for value in drawn))
    assert disagreements(wrapping, texts, map(bare, texts)) == []


# --- envelopes in recordings
# ---------------------------------------------------------------------------------------------------------------


BAD = '{"messages": [{"role": "user", "content": "Łódź 🚋 \\"hi\\" it\'s"}, {"role": "user", "content": null}], "max_tokens": 0}'
ENVELOPED = (
    f'{{"model": "minimax/m2.7", "input": {BAD}}}',
    f'{{"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": {BAD}}}',
    f'[{{"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": {BAD}}}]',
    f'{{"requests": [{BAD}, {BAD}]}}',
    f'{{"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": {BAD}}}',
)
TRANSPARENT = [
    wrapping
    for wrapping in WRAPPINGS
    if wrapping.name.rpartition(".")[0]
    not in ("array", "flow", "batch", "REST", "REST, alone", "universal", "a step", "bundle")
    and not wrapping.name.endswith(".jsonl")
]  # fmt: skip
"""Wrappings whose bodies may be in an envelope: what else is one itself."""


@pytest.mark.parametrize("wrapping", by_name(TRANSPARENT))
@pytest.mark.parametrize("body", ENVELOPED, ids=["input", "step", "steps", "bundle", "line"])
def test_envelopes_in_other_files(wrapping: Wrapping, body: str) -> None:
    """What is sent in an envelope is recorded in it."""
    found = bare(body)
    assert [one.code for one in found].count("MM110") >= 1
    assert disagreements(wrapping, [body], [found]) == []


# --- broken bodies
# -------------------------------------------------------------------------------------------------------------------------


BROKEN = (
    '{"messages": [{"role": "user", "content": "Łódź \\"hi\\" it\'s"},, {"role": "user", "content": "a"}]}',
    '{"messages": [{"role": "user", "content": "Hi"}], "stream": true',
    '{"messages": [{"role": "user", "content": "Hi"}], }',
    '{"model": "minimax/m2.7", "messages": [{"role": "user", "content": "Hi"} {"role": "user", "content": "a"}]}',
)
AS_TEXTS = frozenset(name for table in (SAMPLES, ALONE, PACKED) for name, sample in table.items() if sample.has_texts)
CUT = frozenset(name for table in (SAMPLES, ALONE) for name, sample in table.items() if sample.may_be_cut)


def layout_name(wrapping: Wrapping) -> str:
    """The name of the layout that a wrapping is of."""
    name = wrapping.name.partition(".json")[0] if wrapping.name.endswith(".json") else wrapping.name
    return name.removesuffix(", double quotes.yaml").removesuffix(", quotes.har.yaml")


RECORDED = [one for one in WRAPPINGS if layout_name(one) in AS_TEXTS - CUT or one.name in ("block.yaml", "binary.yaml")]


@pytest.mark.parametrize("wrapping", by_name(RECORDED))
@pytest.mark.parametrize("body", BROKEN, ids=["commas", "cut", "trailing comma", "no comma"])
def test_broken_bodies_in_recordings(wrapping: Wrapping, body: str) -> None:
    """A body that was meant as a request and is no JSON is told as it is by itself, beside a sound one or alone."""
    sound = '{"messages": [{"role": "user", "content": "Hi"}]}'
    assert [one.code for one in bare(body)] == ["MM001"]
    assert disagreement(wrapping, [body], [bare(body)]) == []
    if not wrapping.of_one:
        assert disagreement(wrapping, [sound, body], [bare(sound), bare(body)]) == []
    (document,) = documents_of(f"a{wrapping.name}", wrapping.wrap([body]))
    assert meant(document) is document


@pytest.mark.parametrize("wrapping", by_name(one for one in WRAPPINGS if layout_name(one) in CUT))
@pytest.mark.parametrize("body", BROKEN[:2], ids=["commas", "cut"])
def test_broken_bodies_in_logs(wrapping: Wrapping, body: str) -> None:
    """What a log keeps may be a part of what was sent: nothing is said of it but that it holds no request."""
    assert {one.code for one in actual(wrapping, [body])} <= {"MM003"}


@pytest.mark.parametrize("wrapping", by_name(one for one in WRAPPINGS if one.name.endswith(".http")))
@pytest.mark.parametrize("body", BROKEN, ids=["commas", "cut", "trailing comma", "no comma"])
def test_broken_bodies_of_http(wrapping: Wrapping, body: str) -> None:
    """So it is in files of HTTP requests, where a broken body has no place in the value."""
    if wrapping.name == "a command.http":
        return
    wanted = [
        one._replace(pointer=(0,), related=tuple(((0,), characters) for _, characters in one.related))
        for one in expected(wrapping, [body], [bare(body)])
    ]
    assert actual(wrapping, [body]) == wanted


# --- the table
# -----------------------------------------------------------------------------------------------------------------------------


def leads_to(path: LayoutPath, pointer: Pointer) -> bool:
    """Whether a path of a layout leads to a pointer."""
    if not path or not pointer:
        return not path and not pointer
    step, rest = path[0], path[1:]
    if isinstance(step, Nested):
        if len(pointer) < 2 or pointer[0] != step.key:
            return False
        return leads_to(rest, pointer[2:]) or leads_to((Nested(step.again, step.again), *rest), pointer[2:])
    return (isinstance(pointer[0], int) if step == EACH else pointer[0] == step) and leads_to(rest, pointer[1:])


def ways(layout: Layout) -> Iterator[LayoutPath]:
    """Every place at which files of a layout keep a body."""
    return ((*layout.calls, *path) for path in layout.bodies)


def test_every_layout_has_a_writer() -> None:
    """Whatever place of a body is in the table of layouts, some wrapping puts bodies there."""
    written = [wrapping.pointer(0)[1:] for wrapping in WRAPPINGS]
    missing = [way for layout in LAYOUTS for way in ways(layout) if not any(leads_to(way, at) for at in written)]
    assert missing == []


def test_every_reader_has_a_writer() -> None:
    """So is every format that is read, but for programs and notebooks of them, whose requests have holes."""
    names = {wrapping.name for wrapping in WRAPPINGS}
    for format_name, suffixes in READERS.items():
        if format_name not in ("python", "typescript", "notebook"):
            assert any(name.endswith(suffixes) for name in names), format_name


def test_the_names_of_wrappings_are_their_own() -> None:
    """No wrapping hides another one."""
    assert len({wrapping.name for wrapping in WRAPPINGS}) == len(WRAPPINGS)


def test_a_place_without_a_writer_is_seen() -> None:
    """The test of the table can fail."""
    assert not leads_to(("log", "entries", EACH, "request", "postData", "bytes"), SAMPLES["HAR"].pointer(0))
    assert not leads_to((Nested("item", "item"), "request"), ("item", 0, "other", 1, "request"))
