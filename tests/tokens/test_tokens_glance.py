"""What a glance at the JSON of a request lets pass, whole counts let pass too."""

from __future__ import annotations

import base64
import json
from random import Random
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from token_samples import SAMPLES
from token_texts import BODIES, TEXTS

from minimax_validate import Validator
from minimax_validate.json_schema.contract import contract
from minimax_validate.tokens import ESTIMATE, LOWER, count_prompt
from minimax_validate.tokens.bounds import count_cuts, cuts_at_most, cuts_of_pairs
from minimax_validate.tokens.costs import LEAST_COSTS
from minimax_validate.tokens.estimate import WEIGHTS_PER_TOKEN, weight_of
from minimax_validate.tokens.glance import SAMPLED_FROM, Glimpse, cuts_of_json, estimated
from minimax_validate.tokens.verdict import ESTIMATE_CONFIDENCE, Outcome, judge_closely

Json = dict[str, Any]

_keeps = contract().keeps
MARKS = "-\"\\/'\n\t .0"
"""Texts of one character for which the JSON has no cut to spare, or has escapes."""


KINDS = {
    **SAMPLES,
    "Chinese": "北欧的峡湾和冰川每年都吸引很多游客。渡船十点开往小岛,如果风不大,需要一个小时。",
    "Russian": "Паром на остров отходит в десять и идёт час, если ветер не мешает. На пристани никого не было.",
    "Base64": base64.b64encode(Random(1).randbytes(3_000)).decode(),
    "Digits": " ".join(str(Random(number).randint(0, 10**9)) for number in range(300)),
    "Escapes": 'a\n\tb: "c"\n',
}


def compact(value: object) -> bytes:
    """JSON as short as it can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def answered(body: Json) -> Json:
    """The body with one result for each of its calls, and no other."""
    messages: list[Json] = []
    for message in body["messages"]:
        if message.get("role") == "tool":
            continue
        messages.append(message)
        if message.get("role") == "assistant":
            messages += (
                {"role": "tool", "tool_call_id": call["id"], "content": call["function"]["name"]}
                for call in message.get("tool_calls", ())
            )
    return {**body, "messages": messages}


def glimpse(body: Json) -> Glimpse:
    """What the check of a request has in its hands."""
    messages = body["messages"]
    calls = [call for message in messages for call in message.get("tool_calls", ()) if message["role"] == "assistant"]
    tools = body.get("tools")
    return Glimpse.of(compact(body), len(messages), calls, compact(tools) if tools else b"")


def call(arguments: str, name: str = "f") -> Json:
    """A message with one call."""
    function = {"name": name, "arguments": arguments}
    return {"role": "assistant", "content": "-", "tool_calls": [{"id": "", "type": "function", "function": function}]}


def assert_no_room_below_the_lower_bound(body: Json) -> None:
    """With one token less than the lower bound, the cuts of the JSON are too many."""
    seen = glimpse(body)
    around = LEAST_COSTS.head + LEAST_COSTS.answer + (LEAST_COSTS.tools if body.get("tools") else 0)
    assert not seen.has_few_cuts(count_prompt(body, LOWER).total - 1 - around - seen.joints)


@given(BODIES)
@example({"messages": [call('{"":0}')] * 40})
@example({"messages": [call('{"-":"-"}', "-")] * 40})
@example({"messages": [call('{"-":[0,0,[0,0]]}', "-")] * 40})
@example({"messages": [{"role": "tool", "tool_call_id": "", "content": [{"type": "text", "text": "-"}] * 9}] * 40})
@settings(max_examples=300, deadline=None)
def test_the_cuts_of_the_json_are_not_fewer_than_those_of_the_prompt(body: Json) -> None:
    """Whatever a request is, its JSON has as many cuts as its lower bound needs."""
    body = answered(body)
    assume(_keeps(body))
    assert_no_room_below_the_lower_bound(body)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("role", ["system", "user", "assistant", "tool"])
def test_texts_of_one_mark_are_covered(role: str, mark: str) -> None:
    """Of the shortest texts, each is a token, and what is around them is covered by keys and marks."""
    parts = [{"type": "text", "text": mark}, {"type": "text", "text": f"{mark}a"}]
    for content in (mark, mark * 3, f"a{mark}A{mark}", parts):
        said = {"role": role, "content": content, **({"tool_call_id": mark} if role == "tool" else {})}
        calling = call(json.dumps({mark: mark, f"{mark}a": [mark, {mark: 0}]}), mark)
        calling["tool_calls"][0]["id"] = mark
        assert_no_room_below_the_lower_bound({"messages": [said] * 30})
        if role == "tool":
            assert_no_room_below_the_lower_bound({"messages": [calling, said] * 30})


@given(TEXTS, st.integers(0, 3))
@settings(max_examples=300, deadline=None)
def test_escapes_hide_no_cut(text: str, times: int) -> None:
    """The cuts of a text are in its JSON, and in the JSON of that, in whatever form it is escaped."""
    text = text.encode("utf-8", "ignore").decode()
    cuts = count_cuts(text.encode())
    assert cuts <= cuts_of_pairs(text.encode()) <= cuts_at_most(text.encode())
    for _ in range(times):
        text = json.dumps(text, ensure_ascii=False)
    assert cuts <= cuts_of_json(text.encode()) <= cuts_of_json(text.encode(), cuts_of_pairs)


@given(BODIES, st.integers(-200, 200))
@settings(max_examples=300, deadline=None)
def test_what_passes_is_within_the_budget(body: Json, more: int) -> None:
    """At budgets near its bytes and its counts, what passes has a lower bound and an estimate that pass."""
    body = answered(body)
    assume(_keeps(body))
    seen = glimpse(body)
    least, usual = count_prompt(body, LOWER).total, count_prompt(body, ESTIMATE).total
    for budget in (len(seen.encoded) + more, least + more, int(usual * ESTIMATE_CONFIDENCE) + more):
        if seen.is_clearly_short(budget):
            assert least <= budget
            assert usual * ESTIMATE_CONFIDENCE <= budget


@pytest.mark.parametrize("number", ["1e15", "1E5", "-2.5e3", "[1e15]", "123456789012345680.0"])
@pytest.mark.parametrize("space", ["", " ", "\n"])
def test_numbers_that_are_written_longer_are_counted(number: str, space: str) -> None:
    """Nothing is said of arguments with a number that the template writes in a longer form."""
    arguments = f'{{"a":{space}{number}}}'
    assert not Glimpse(b"", 0, arguments=arguments).is_clearly_short(10**9)
    assert not Glimpse(b"", 0, tools=arguments.encode()).is_clearly_short(10**9)


def test_what_only_looks_like_such_a_number_is_no_obstacle() -> None:
    """Letters behind digits are an exponent in a number alone."""
    assert Glimpse(b"", 0, arguments='{"id":"a1e5","key":"12345678901234567"}').is_clearly_short(10**9)


@pytest.mark.parametrize("name", KINDS)
def test_a_sample_estimates_the_whole(name: str) -> None:
    """What a long text weighs by a sample is a tenth off at most, so that the reserve is enough."""
    for length in (SAMPLED_FROM, 300_000):
        encoded = (KINDS[name] * (length // len(KINDS[name]) + 1)).encode()
        assert estimated(encoded) == pytest.approx(weight_of(encoded) // WEIGHTS_PER_TOKEN, rel=0.1)


@pytest.mark.parametrize("name", KINDS)
def test_the_verdict_is_that_of_whole_counts(name: str) -> None:
    """Around both limits a check reports the outcome of whole counts, whatever the kind of text."""
    sample, validator = KINDS[name], Validator()
    for part in (0.9, 1.0, 1.1, 1.25):
        for measure in (LOWER, ESTIMATE) if sample.isascii() else (ESTIMATE,):
            per_sample = count_prompt({"messages": [{"role": "user", "content": sample * 40}]}, measure).total / 40
            text = sample * round(128_000 * part / per_sample)
            body = {"messages": [{"role": "user", "content": text}]}
            outcome = judge_closely(body).outcome
            codes = {found.code for found in validator.check(body).diagnostics} & {"MM701", "MM702"}
            expected = {Outcome.FITS: set(), Outcome.PROBABLY_EXCEEDS: {"MM702"}, Outcome.EXCEEDS: {"MM701"}}[outcome]
            assert codes == expected
