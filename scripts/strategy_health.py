"""Draw many examples of each strategy, and say how healthy that is.

What is thrown away, what it costs, how small the simplest one is.

``python scripts/strategy_health.py`` draws 10,000 examples of each public strategy and of each rule's faults;
``requests MM204 --examples 500`` is for a few of them. Hypothesis's health checks are on. The exit code is 1 if one of
them fails, if more than a tenth of the draws is thrown away, or if faults of some rule that is on by default never
come.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hypothesis import Phase, find, given, settings
from hypothesis import statistics as hypothesis_statistics
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck

from minimax_validate import strategies
from minimax_validate.rules.catalogue import RULES
from minimax_validate.strategies.faults import PLANTERS
from minimax_validate.values.diagnostic import Severity

MOST_THROWN_AWAY = 0.1
"""Of the examples: what is given up, or drawn again."""

PUBLIC: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
    "requests": strategies.requests,
    "messages": strategies.messages,
    "tools": strategies.tools,
    "tool_conversations": strategies.tool_conversations,
    "json_schemas": strategies.json_schemas,
    "instances": lambda: strategies.json_schemas().flatmap(strategies.instances),
    "faulty_requests": strategies.faulty_requests,
}
DEFAULT = frozenset(rule.code for rule in RULES if rule.severity > Severity.INFO and rule.code in PLANTERS)
"""The rules whose faults come where no rule is named."""


@dataclass(slots=True)
class Health:
    """What drawing examples of one strategy was like.

    Sizes are in characters, as Python writes it, ``seconds`` those of the whole.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    drawn_again: int = 0
    sizes: list[int] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    failure: str = ""
    simplest: int = 0

    @property
    def thrown_away(self) -> float:
        """The part of the draws of which nothing came, or only at the second attempt."""
        return (self.statuses["invalid"] + self.drawn_again) / max(self.statuses["valid"], 1)


def examine(strategy: st.SearchStrategy[Any], examples: int) -> Health:
    """Draw so many examples, and find the simplest one."""
    health = Health()

    @settings(max_examples=examples, phases=[Phase.generate], deadline=None, database=None, derandomize=True)
    @given(strategy)
    def draw(example: Any) -> None:
        if isinstance(example, tuple):
            example, expected = example
            health.codes[expected.code] += 1
        health.sizes.append(_length(example))

    def count(report: Any) -> None:
        for case in report["generate-phase"]["test-cases"]:
            health.statuses[case["status"]] += 1
            health.drawn_again += sum("etried" in event for event in case["events"])

    collector: Any = hypothesis_statistics.collector
    start = time.perf_counter()
    try:
        with collector.with_value(count):
            draw()
    except FailedHealthCheck as failed:
        health.failure = str(failed).partition("\n")[0]
    health.seconds = time.perf_counter() - start
    few = settings(
        max_examples=10, phases=[Phase.generate, Phase.shrink], deadline=None, database=None, derandomize=True
    )
    simplest = find(strategy, lambda _: True, settings=few)
    health.simplest = _length(simplest[0] if isinstance(simplest, tuple) else simplest)
    return health


def _length(example: object) -> int:
    return len(repr(example))  # a fault may be a value that has no JSON text


def problems(name: str, health: Health, examples: int) -> Iterator[str]:
    """What is not as it has to be."""
    if health.failure:
        yield health.failure
    if health.thrown_away > MOST_THROWN_AWAY:
        yield f"{health.thrown_away:.0%} of the draws are thrown away"
    missing = DEFAULT - health.codes.keys()
    if name == "faulty_requests" and examples >= 50 * len(DEFAULT) and missing:
        yield f"no faults of {', '.join(sorted(missing))}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"{', '.join(PUBLIC)}, or the code of a rule; all where none is given"
    )
    parser.add_argument("--examples", type=int, default=10_000, help="how many of each (default: 10,000)")
    arguments = parser.parse_args()
    sys.set_int_max_str_digits(0)  # a fault may be a number of many thousands
    unknown = [name for name in arguments.names if name not in PUBLIC and name not in PLANTERS]
    if unknown:
        parser.error(f"{unknown[0]} is neither a strategy nor a rule whose faults are planted")
    healthy = True
    print("strategy              examples  invalid  again  overrun  ms each  median    largest  simplest")
    for name in arguments.names or (*PUBLIC, *PLANTERS):
        health = examine(PUBLIC[name]() if name in PUBLIC else strategies.faulty_requests(name), arguments.examples)
        statuses = health.statuses
        sizes = health.sizes or [0]
        each = 1000 * health.seconds / max(sum(statuses.values()), 1)
        print(
            f"{name:<20}{statuses['valid']:>10,}{statuses['invalid']:>9,}{health.drawn_again:>7,}{statuses['overrun']:>9,}"
            f"{each:>9.2f}{statistics.median(sizes):>8,.0f}{max(sizes):>11,}{health.simplest:>10,}",
            flush=True,
        )
        for problem in problems(name, health, arguments.examples):
            healthy = False
            print(f"  {problem}")
    return 0 if healthy else 1


if __name__ == "__main__":
    sys.exit(main())
