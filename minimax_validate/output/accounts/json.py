"""For programs: an object for each request."""

from __future__ import annotations

from typing import Any

from minimax_validate.request.account import Account
from minimax_validate.tokens.prompt import ESTIMATE, LOWER, UPPER
from minimax_validate.values.pointer import Pointer, to_json_pointer

_KEYS = {LOWER.name: "lower_bound", ESTIMATE.name: "estimate", UPPER.name: "upper_bound"}


def account_object(filename: str, line: int, pointer: Pointer, account: Account) -> dict[str, Any]:
    """An account as a JSON object; each figure in tokens by each measure, ``count`` where a counter counted."""
    verdict, usual = account.verdict, account.counts[0]
    keys = [_KEYS.get(counted.measure, "count") for counted in account.counts]

    def figures(values: tuple[int, ...]) -> dict[str, int]:
        return dict(zip(keys, values, strict=True))

    return {
        "filename": filename,
        "line": line,
        "pointer": to_json_pointer(pointer),
        "messages": [
            {
                "index": message.index,
                "role": message.role,
                "tokens": figures(tuple(counted.messages[at].tokens for counted in account.counts)),
            }
            for at, message in enumerate(usual.messages)
        ],
        "images": usual.images,
        "tools": figures(account.by_measure(lambda counted: counted.tools)),
        "template": figures(account.by_measure(lambda counted: counted.template)),
        "total": figures(account.by_measure(lambda counted: counted.total)),
        "completion_limit": verdict.completion_limit,
        "context_window": verdict.window,
        "room": figures(account.rooms),
        "outcome": verdict.outcome.value,
        "decided_by": verdict.measure,
    }
