"""Count what a run ignored because a setting says so: a configuration may be part of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.wording import count, listed


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Numbers of what the configuration, a baseline and comments exclude or ignore.

    ``rules`` do not run, and ``lowered`` ones are less severe, than they would be without the configuration.
    """

    rules: int = 0
    lowered: int = 0
    folders: int = 0
    files: int = 0
    by_configuration: int = 0
    by_baseline: int = 0
    by_comments: int = 0

    def told(self) -> str:
        """``2 rules and 14 files are ignored by configuration``; empty if nothing is ignored."""
        return "; ".join(self._clauses())

    def _clauses(self) -> Iterator[str]:
        numbers = {
            "rule": self.rules,
            "folder": self.folders,
            "file": self.files,
            "finding": self.by_configuration,
        }
        if any(numbers.values()):
            things = listed((count(number, noun) for noun, number in numbers.items() if number), "and")
            yield f"{things} {_verb(sum(numbers.values()))} ignored by configuration"
        if self.lowered:
            yield f"configuration lowers the severity of {count(self.lowered, 'rule')}"
        if self.by_baseline:
            yield f"{count(self.by_baseline, 'finding')} {_verb(self.by_baseline)} ignored by the baseline"
        if self.by_comments:
            yield f"{count(self.by_comments, 'finding')} {_verb(self.by_comments)} ignored by comments"


def _verb(number: int) -> str:
    return "is" if number == 1 else "are"


def rules_left_out(without: Mapping[str, Severity], within: Mapping[str, Severity]) -> tuple[int, int]:
    """How many rules a configuration keeps from running, and how many it makes less severe.

    Given are the severities of the rules that run ``without`` it and ``within`` it, by code.
    """
    return len(without.keys() - within.keys()), sum(within.get(code, least) < least for code, least in without.items())
