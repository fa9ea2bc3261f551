"""What a check costs beside parsing the same request: ``python -m benchmarks.checks``."""

from __future__ import annotations

import json

from benchmarks.payloads import VENDOR_EXAMPLE, Json, conversation, with_null_content
from benchmarks.ratio import HEADER, compare
from minimax_validate import Settings, Validator


def main() -> None:
    """Print the table."""
    validator = Validator()
    print(HEADER)

    def row(name: str, payload: Json, budget: float | None = None) -> None:
        text = json.dumps(payload)
        print(compare(lambda: validator.check(payload), lambda: json.loads(text)).row(f"{name} / json.loads", budget))

    row("vendor's example, 2 messages", VENDOR_EXAMPLE, 1)
    row("10 messages, 5 tools", conversation(), 1)
    row("1,000 messages, 40 tools", conversation(1_000, 40), 1)

    broken, half = with_null_content(conversation()), 0.0005
    result = compare(lambda: validator.check(broken), lambda: None)
    print(
        f"{'10 messages, 5 tools, one error of the contract':<46} {result.ours * 1e3:9.3f} ms "
        f" (at most {half * 1e3:g} ms)"
    )

    # In a window without end: where a prompt is too long, its tokens are counted, and the two would not do the same.
    patient = Validator(Settings(context_window=10**9))
    small, large = conversation(1_000), conversation(10_000)
    growth = compare(lambda: patient.check(large), lambda: patient.check(small), rounds=10)
    print(growth.row("10,000 messages / 1,000 messages", 11))
    larger = conversation(100_000)
    growth = compare(lambda: patient.check(larger), lambda: patient.check(large), rounds=10)
    print(growth.row("100,000 messages / 10,000 messages", 11))


if __name__ == "__main__":
    main()
