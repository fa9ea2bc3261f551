"""Programs that are parts of other texts: what they say, and where that stands in the text around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from minimax_validate.texts.replacement import Replacement
from minimax_validate.texts.spans import Locate, Span, Wanted


class Excerpt(Protocol):
    """A program that another text holds, maybe indented or escaped there."""

    @property
    def text(self) -> str:
        """What the program says."""
        ...

    def span(self, span: Span) -> Span:
        """A range of the program, as one of the text around it."""
        ...

    def replacement(self, replacement: Replacement) -> Replacement:
        """A change of the program, as one of the text around it.

        Raises:
            UnwritableError: it cannot be made there.
        """
        ...


@dataclass(frozen=True, slots=True)
class InExcerpt:
    """Finds places of an excerpt in the text around it; ``locate`` finds them in the excerpt."""

    locate: Locate
    excerpt: Excerpt

    def __call__(self, _: str, wanted: Iterable[Wanted]) -> Mapping[Wanted, Span]:
        """See ``Locate``."""
        found = self.locate(self.excerpt.text, wanted)
        return {place: self.excerpt.span(span) for place, span in found.items()}
