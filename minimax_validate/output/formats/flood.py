"""Keep a flood of findings of one rule from burying the others: show the first ones, count the rest."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator

from minimax_validate.output.formats.writer import Most


class Flood:
    """Decides which findings are shown, in their order.

    A finding waits while it is not known if its rule has more than ``whole`` of them, and so do all findings after it.
    At most ``whole`` findings of each rule wait, so memory does not grow with the run.
    """

    def __init__(self, most: Most) -> None:
        self._most = most
        self._seen: Counter[str] = Counter()
        self._waiting: deque[tuple[str, bool, str]] = deque()  # rule, whether it is among the first ones, text

    def is_over(self, code: str) -> bool:
        """Whether the next finding of a rule is only counted, and needs no text."""
        return self._seen[code] >= self._most.whole

    def add(self, code: str, text: str) -> list[str]:
        """Add the next finding; the texts that can be shown now, in order."""
        if not self.is_over(code):
            self._waiting.append((code, self._seen[code] < self._most.first, text))
        self._seen[code] += 1
        return list(self._shown(to_the_end=False))

    def rest(self) -> list[str]:
        """The texts that still wait when there are no more findings."""
        return list(self._shown(to_the_end=True))

    def hidden(self) -> dict[str, int]:
        """How many findings of each rule were not shown, the largest number first."""
        numbers = {code: seen - self._most.first for code, seen in self._seen.items() if self._floods(code)}
        return dict(sorted(numbers.items(), key=lambda item: (-item[1], item[0])))

    def _floods(self, code: str) -> bool:
        return self._seen[code] > self._most.whole

    def _shown(self, *, to_the_end: bool) -> Iterator[str]:
        while self._waiting:
            code, is_first, text = self._waiting[0]
            floods = self._floods(code)
            if not (is_first or floods or to_the_end):
                return
            self._waiting.popleft()
            if is_first or not floods:
                yield text
