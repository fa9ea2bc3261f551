"""Rules on JSON near the contract: ``check`` never raises, never changes the payload, and its proof tells no lie."""

from __future__ import annotations

from unittest import mock

from fuzz import seeds
from fuzz.harness import Harness, Seen, expect
from fuzz.laws.values import codes, everything, loaded, sound, spelled
from minimax_validate import Validator
from minimax_validate.request.features import Feature

_DEFAULT = Validator()


def _run(data: bytes) -> Seen:
    payload = loaded(data)
    before = spelled(payload)
    report = everything().check(payload)
    expect(spelled(payload) == before, "a check never changes the payload")
    sound(report, payload)
    expect(everything()._explain(payload) == report, "fast proof = whole check")
    with mock.patch("minimax_validate.request.possible_features.possible_features", return_value=int(Feature.ALL)):
        expect(everything()._explain(payload) == report, "possible features hide no finding")
    expect(_DEFAULT._explain(payload) == _DEFAULT.check(payload), "fast proof = whole check under the default rules")
    return codes(report)


HARNESS = Harness("rules", seeds.requests, _run, is_json=True)
