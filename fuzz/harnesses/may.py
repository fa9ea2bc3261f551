"""The contract of May 2026: bodies in either of its formats, by their shape and by the address."""

from __future__ import annotations

from functools import cache

from fuzz import seeds
from fuzz.harness import Harness, Seen, expect
from fuzz.laws.values import codes, loaded, sound, spelled
from minimax_validate import Settings, Validator
from minimax_validate.values.contracts import MAY, BodyFormat

_MESSAGES = (
    b'{"model": "minimax/m2.7", "max_tokens": 9, "system": "Be brief.", "messages": [{"role": "user", '
    b'"content": "Hi"}, '
    b'{"role": "assistant", "content": [{"type": "thinking", "thinking": "Hm", "signature": ""}, {"type": "tool_use", '
    b'"id": "a", "name": "f", "input": {"city": "Oslo"}}]}, {"role": "user", "content": [{"type": "tool_result", '
    b'"tool_use_id": "a", "content": [{"type": "text", "text": "5"}]}]}], "tools": [{"name": "f", "input_schema": '
    b'{"type": "object"}}], "tool_choice": {"type": "auto"}, "stop_sequences": ["a"], "metadata": {"user_id": "a"}}'
)


@cache
def _validators() -> tuple[Validator, ...]:
    settings = Settings(select=("ALL",), contract=MAY)
    return (Validator(settings), *(Validator(settings, body_format=each) for each in BodyFormat))


def _seeds() -> tuple[bytes, ...]:
    return (_MESSAGES, *seeds.requests())


def _run(data: bytes) -> Seen:
    payload = loaded(data)
    before = spelled(payload)
    seen = []
    for validator in _validators():
        report = validator.check(payload)
        expect(spelled(payload) == before, "a check never changes the payload")
        sound(report, payload)
        expect(validator._explain(payload) == report, "fast proof = whole check")
        seen.append(codes(report))
    return tuple(seen)


HARNESS = Harness("may", _seeds, _run, is_json=True)
