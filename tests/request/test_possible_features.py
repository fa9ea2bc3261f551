"""The features that a request may have, whatever is wrong with it, leave out no rule that finds something."""

from __future__ import annotations

import copy
import json
from functools import cache
from random import Random
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz import seeds
from fuzz.mutate import mutated_value
from minimax_validate import Report, Settings, Validator
from minimax_validate.request.dialects import DIALECTS
from minimax_validate.request.features import Feature
from minimax_validate.request.native import is_native as is_native_message
from minimax_validate.request.possible_features import is_native, possible_features
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.examples import assistant, calling, request, result, system, tool, user
from minimax_validate.rules.rule import Invalid, Valid
from minimax_validate.values.model import CONTEXT_WINDOW
from minimax_validate.values.plain import to_plain

Json = Any

ALL_EXAMPLES: list[tuple[str, Valid | Invalid]] = [
    *((rule.code, example) for rule in RULES for example in rule.valid),
    *((rule.code, example) for rule in RULES for example in rule.invalid),
]
EXAMPLES = [
    pytest.param(example.payload, id=f"{code}: {example.why}") for code, example in ALL_EXAMPLES if example.text is None
]

POSSIBLE = "minimax_validate.request.possible_features.possible_features"


@cache
def everything() -> Validator:
    """All rules, those that only inform among them."""
    return Validator(Settings(select=("ALL",)))


def explained(payload: object) -> Report:
    """What the rules say that the possible features of a payload call for."""
    return everything()._explain(payload)


def explained_by_all(payload: object) -> Report:
    """What all rules say of a payload."""
    with mock.patch(POSSIBLE, return_value=int(Feature.ALL)):
        return everything()._explain(payload)


def possible(body: Json) -> Feature:
    """The features that a request may have."""
    return Feature(possible_features(body, json.dumps(body).encode(), CONTEXT_WINDOW))


@pytest.mark.parametrize("payload", EXAMPLES)
def test_no_rule_is_left_out_of_its_examples(payload: object) -> None:
    """The examples of each rule have the same findings if every rule is asked."""
    assert explained(payload) == explained_by_all(payload)


@given(st.sampled_from(seeds.payloads()), st.sampled_from(seeds.payloads()), st.integers(0, 2**32), st.integers(1, 5))
@settings(max_examples=400, deadline=None)
def test_no_rule_is_left_out_of_mutated_requests(payload: Json, other: Json, seed: int, times: int) -> None:
    """Requests and histories in dialects, changed anywhere, have the same findings if every rule is asked."""
    random = Random(seed)
    value, part = (copy.deepcopy(to_plain(each)[0]) for each in (payload, other))
    for _ in range(times):
        value = mutated_value(value, part, random)
    assert explained(value) == explained_by_all(value)


def test_features_decide_which_rules_are_asked() -> None:
    """Without any feature no check runs: the laws above compare two things."""
    faulty = request(user(), stop="END")
    assert {found.code for found in explained(faulty).diagnostics} == {"MM601"}
    with mock.patch(POSSIBLE, return_value=0):
        assert explained(faulty).ok


def test_each_check_has_a_feature_that_calls_it() -> None:
    """A rule whose check no feature calls would never run."""
    assert [rule.code for rule in RULES if rule.check is not None and not rule.when] == []


@pytest.mark.parametrize(
    ("body", "features"),
    [
        pytest.param(request(user()), Feature.NONE, id="a message"),
        pytest.param(request(system(), user(), assistant(), user()), Feature.NONE, id="a conversation"),
        pytest.param(request(user(), {"content": "No role."}), Feature.NONE, id="a message without a role"),
        pytest.param(request(user(), {"role": "user", "content": None}), Feature.NONE, id="content that is null"),
        pytest.param(request(user(), {"role": 5, "content": 5}), Feature.NONE, id="values of wrong types"),
        pytest.param(
            request(user(), calling(), result(), tools=[tool()], temperature=5),
            Feature.TOOLS | Feature.TOOL_CALLS | Feature.LONG_MESSAGES | Feature.BLANK_CONTENT | Feature.SAMPLING,
            id="sound calls beside a fault",
        ),
        pytest.param({"messages": 5}, Feature.NONE, id="messages that are no array"),
    ],
)
def test_what_is_sound_has_few_features(body: Json, features: Feature) -> None:
    """What a request surely does not have is left out although it breaks the contract."""
    assert possible(body) == features
    assert is_native(body, features)


@pytest.mark.parametrize("dialect", [dialect for dialect in DIALECTS if dialect.messages], ids=lambda each: each.name)
def test_messages_in_a_dialect_are_not_native(dialect: Any) -> None:
    """A message of each dialect's examples that the dialect recognises is not taken for one of the chat format."""
    for example in dialect.messages.examples:
        for message in filter(dialect.messages.recognises, example.given):
            assert not is_native_message(message)
            assert possible({"messages": [message]}) & Feature.DIALECT_KEYS


def test_parts_that_are_no_objects_are_not_native() -> None:
    """Parts of content that may be anything need a closer look."""
    assert not is_native_message({"role": "user", "content": ["text"]})
    assert is_native_message("no message at all")


@pytest.mark.parametrize("limit", ["max_tokens", "max_completion_tokens"])
def test_the_greatest_limit_counts(limit: str) -> None:
    """A limit beyond the window is seen whichever key has it."""
    other = "max_completion_tokens" if limit == "max_tokens" else "max_tokens"
    body = request(user(), **{limit: CONTEXT_WINDOW + 1, other: 10})
    assert possible(body) & Feature.LARGE
    assert "MM703" in {found.code for found in explained(body).diagnostics}


def test_a_request_without_a_text_may_be_large() -> None:
    """Where no JSON text of the request is at hand, nothing is known of its length and of what it says."""
    body = request(user())
    assert Feature(possible_features(body, b"", CONTEXT_WINDOW)) == Feature.LARGE | Feature.CONTROL_TOKENS
