"""Guards: nothing but ``InvalidRequestError`` leaves them, and what they let through is what was sent."""

from __future__ import annotations

import logging
from functools import cache

from fuzz import seeds
from fuzz.harness import Harness, Seen, expect
from fuzz.laws.values import codes
from minimax_validate import InvalidRequestError, Settings, Validator
from minimax_validate.integrations.guard import Guard
from minimax_validate.values.contracts import MAY

PATHS = (
    "/ai/run/minimax/m2.7",
    "/client/v4/accounts/a/ai/v1/chat/completions",
    "/v1/account/gateway",
    "/ai/v1/messages",
    "",
)


@cache
def _guards() -> tuple[Guard, ...]:
    logging.getLogger("minimax_validate.integrations.guard").setLevel(logging.CRITICAL)
    of_may = Validator(Settings(contract=MAY))
    return (*(Guard(mode) for mode in ("raise", "warn", "fix")), *(Guard(mode, of_may) for mode in ("raise", "fix")))


def _seeds() -> tuple[bytes, ...]:
    steps = (
        b'[{"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": %s}]' % each
        for each in seeds.requests()[::9]
    )
    return (*seeds.requests(), *seeds.texts(), *seeds.short(steps))


def _run(data: bytes) -> Seen:
    seen = []
    for path in PATHS:
        for guard in _guards():
            guard.watches("POST", "api.cloudflare.com", path, {"content-type": "application/json"})
            try:
                sent = guard.release(path, {}, data)
            except InvalidRequestError as error:
                expect(guard.mode != "warn", "a guard that warns raises nothing")
                seen.append(codes(error.report))
                continue
            expect(guard.mode == "fix" or sent is data, "what is sent is the very same object")
            if sent is not data:
                expect(Guard("raise", guard.validator).release(path, {}, sent) is sent, "what was fixed passes")
                seen.append(frozenset({"fixed"}))
    return frozenset(seen)


HARNESS = Harness("guards", _seeds, _run, is_json=True)
