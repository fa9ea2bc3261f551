"""How near the token estimate and the bounds come, and what they cost: ``python -m benchmarks.tokens [FILE...]``.

The errors are against o200k, and need the package ``splintr-rs``. Files named on the command line are further kinds of
text.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import orjson

from benchmarks.kinds_of_text import kinds_of_text
from benchmarks.payloads import VENDOR_EXAMPLE, Json, conversation
from benchmarks.ratio import HEADER, compare
from minimax_validate.tokens import (
    CounterError,
    estimate_tokens,
    fits_surely,
    judge,
    lower_bound,
    o200k,
    upper_bound,
    upper_bound_from_encoded,
)

BUDGET = 127_000
MEGABYTE = 1_000_000


def characters_by_four(text: str) -> int:
    """The rule of thumb."""
    return len(text) // 4


def bytes_by_four(text: str) -> int:
    """The rule of thumb that knows of other scripts."""
    return len(text.encode("utf-8", "surrogatepass")) // 4


def print_errors(texts: dict[str, str], count: Callable[[str], int]) -> None:
    """Print, by kind of text, how far the estimates are off, and what part of the true count the lower bound finds."""
    estimates = (estimate_tokens, characters_by_four, bytes_by_four)
    print(f"{'kind of text':<26} {'o200k':>7} {'estimate':>9} {'chars/4':>9} {'bytes/4':>9} {'lower':>7} {'upper':>7}")
    errors: list[list[float]] = [[] for _ in estimates]
    for kind, text in texts.items():
        true = count(text)
        row = [estimate(text) / true - 1 for estimate in estimates]
        for error, column in zip(row, errors, strict=True):
            column.append(abs(error))
        shown = " ".join(f"{error:>+9.1%}" for error in row)
        print(f"{kind:<26} {true:>7,} {shown} {lower_bound(text) / true:>7.2f} {upper_bound(text) / true:>7.2f}")
    means = " ".join(f"{sum(column) / len(column):>9.1%}" for column in errors)
    print(f"{'mean, without the sign':<26} {'':>7} {means}\n")


def print_speeds(count: Callable[[str], int] | None) -> None:
    """Print what counting costs: a text beside encoding it to UTF-8, a request beside parsing it."""
    print(HEADER)
    for kind in ("English", "Russian", "Chinese", "spaces"):
        unit = kinds_of_text()[kind]
        text = unit * (MEGABYTE // len(unit.encode()) + 1)
        for measure in (lower_bound, upper_bound, estimate_tokens):
            # A lambda whose defaults bind the loop's values has no type that could be inferred.
            result = compare(lambda measure=measure, text=text: measure(text), text.encode, rounds=5)  # type: ignore[misc]
            print(result.row(f"{measure.__name__}, 1 MB of {kind} / encode"))
        if count:
            # A lambda whose defaults bind the loop's values has no type that could be inferred.
            print(compare(lambda text=text: count(text), text.encode, rounds=3).row(f"o200k, 1 MB of {kind} / encode"))  # type: ignore[misc]
    for name, body in (
        ("2 messages", VENDOR_EXAMPLE),
        ("10 messages, 5 tools", conversation()),
        ("1,000, 40", conversation(1_000, 40)),
    ):
        print_request(name, body)
    small, large = conversation(1_000), conversation(10_000)
    print(
        compare(lambda: judge(large), lambda: judge(small), rounds=5).row("judge, 10,000 messages / 1,000 messages", 11)
    )


def print_request(name: str, body: Json) -> None:
    """Print what the ways to find that a request fits cost beside parsing it."""
    messages, tools = body["messages"], body.get("tools", [])
    encoded = json.dumps(body)
    calls = sum(len(message.get("tool_calls", ())) + (message["role"] == "tool") for message in messages)

    def fits() -> bool:
        return fits_surely(messages, tools, BUDGET, orjson.dumps(tools) if tools else b"")

    def bound() -> int:
        return upper_bound_from_encoded(len(encoded), len(messages), len(tools), calls)

    for title, call in (("fits_surely", fits), ("bound by length", bound), ("judge", lambda: judge(body))):
        print(compare(call, lambda: json.loads(encoded), rounds=5).row(f"{title}, {name} / json.loads"))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Measure the token counting.")
    parser.add_argument("files", nargs="*", type=Path, help="further kinds of text, in UTF-8")
    texts = dict(kinds_of_text()) | {path.name: path.read_text("utf-8") for path in parser.parse_args().files}
    count = None
    try:
        count = o200k().count
        print_errors(texts, count)
    except CounterError as error:
        print(f"no table of errors: {error}\n")
    print_speeds(count)


if __name__ == "__main__":
    main()
