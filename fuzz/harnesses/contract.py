"""The contract: the compiled engine, the reference and the proof in Python lead to the same findings."""

from __future__ import annotations

from functools import cache
from unittest import mock

from fuzz import seeds
from fuzz.harness import Harness, Seen, expect
from fuzz.laws.values import codes, everything, loaded
from minimax_validate import Settings, Validator
from minimax_validate.json_schema.contract.reference import ReferenceContract


@cache
def _reference() -> Validator:
    with mock.patch("minimax_validate.engine.validator.contract", ReferenceContract):
        return Validator(Settings(select=("ALL",)))


@cache
def _brief() -> Validator:
    return Validator(Settings(select=("ALL",)), is_brief=True)


def _run(data: bytes) -> Seen:
    payload = loaded(data)
    report = everything().check(payload)
    expect(_reference().check(payload) == report, "both contract engines agree")
    expect(_brief().check(payload) == report, "the proof in Python agrees with the compiled one")
    return codes(report)


HARNESS = Harness("contract", seeds.requests, _run, is_json=True)
