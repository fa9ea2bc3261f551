"""What an output format is, and what it is given."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from minimax_validate.rules.rule import Rule

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Finding, Placed


@dataclass(frozen=True, slots=True)
class Style:
    """How to write for the reader at hand: ``color`` with ANSI escapes, ``width`` in columns.

    ``folder`` is the working directory as seen from the root of its repository, for readers that know no other place.
    ``wraps`` says that words are broken into lines of that width, as on a terminal.
    """

    color: bool = False
    width: int = 120
    folder: str = ""
    wraps: bool = False


@dataclass(slots=True)
class Writer(ABC):
    """Writes findings in one format; nothing else writes to ``stream``. ``rules`` are all there are, by code.

    Several can be told of one run: each is given the documents that have findings one at a time, in their order.

    A finding is rendered, and what is rendered is put. Rendering needs no stream and knows nothing of other findings:
    another process may do it. Putting happens where the stream is, in the order of the findings.
    """

    rules: Mapping[str, Rule]
    stream: TextIO
    style: Style

    def write(self, document: Placed) -> None:
        """Write what was found in a document, or keep what is needed of it."""
        for finding in document.findings:
            self.put(self.render(document, finding))

    @abstractmethod
    def render(self, document: Placed, finding: Finding) -> Any:
        """What a finding of a document comes to: texts and numbers, which are quick to send to another process."""

    @abstractmethod
    def put(self, rendered: Any) -> None:
        """Write the next finding, or keep what is needed of it."""

    def finish(self, nothing: str = "", note: str = "") -> None:  # noqa: B027  # what people read ends with a finding
        """Write what comes after the last document; where there was none, that is the format's empty document.

        ``nothing`` says, where a run found no request at all, that nothing was checked. A ``note`` says what of the
        run is ignored by configuration; formats with a place for words of the run itself hold it.
        """
