"""What benchmarks measure, as rows of one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.ratio import Ratio


@dataclass(frozen=True, slots=True)
class Result:
    """One row: what was done, beside what, and the limit that the ratio has if any.

    ``is_least`` says that the ratio should be the limit or more.
    """

    section: str
    ours: str
    theirs: str
    ratio: Ratio
    limit: float | None = None
    is_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the ratio keeps its limit."""
        if self.limit is None:
            return True
        return self.ratio.middle >= self.limit if self.is_least else self.ratio.middle <= self.limit

    def limit_in_words(self) -> str:
        """The limit, as ``at most 1``."""
        return "" if self.limit is None else f"at {'least' if self.is_least else 'most'} {self.limit:g}"


def lines_of(results: Iterable[Result]) -> Iterator[str]:
    """The table for a terminal, section by section, each line when it is measured."""
    section = ""
    for result in results:
        if result.section != section:
            section = result.section
            yield f"\n{section}"
        ratio, missed = result.ratio, "" if result.is_met else "  NOT MET"
        name = f"{result.ours} / {result.theirs}"
        spread = f"[{ratio.low:.2f} to {ratio.high:.2f}]"
        yield f"  {name:<64} {ratio.middle:>8.2f}  {spread:<18} {result.limit_in_words()}{missed}"


def table(results: Iterable[Result]) -> Iterator[str]:
    """The lines of the tables in Markdown, one for each section."""
    section = ""
    for result in results:
        if result.section != section:
            section = result.section
            yield from ("", f"### {section}", "")
            yield "| work | compared with | ratio | lowest to highest | limit |"
            yield "| --- | --- | ---: | --- | --- |"
        ratio = result.ratio
        missed = "" if result.is_met else " (not met)"
        yield (
            f"| {result.ours} | {result.theirs} | {ratio.middle:.2f} | {ratio.low:.2f} to {ratio.high:.2f} "
            f"| {result.limit_in_words()}{missed} |"
        )
