"""What an output format is, and what it is given."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from minimax_validate.rules.rule import Rule

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Finding, Placed


class Most(NamedTuple):
    """How many findings of one rule are shown: all of them up to ``whole``, only the ``first`` ones of more."""

    whole: int = 50
    first: int = 10


AT_ONCE = Most(50, 50)
"""For input that may never end: no finding waits until it is known how many others there are."""


class Style(NamedTuple):
    """How to write for the reader at hand: ``color`` with ANSI escapes, ``width`` in columns.

    ``folder`` is the working directory as seen from the root of its repository, for readers that know no other place.
    With ``hyperlinks``, rule codes are links (OSC 8) to the pages of the rules.
    ``wraps`` says that words are broken into lines of that width, as on a terminal.
    ``most`` limits how many findings of one rule ``text`` shows; None for all of them.
    """

    color: bool = False
    width: int = 120
    folder: str = ""
    hyperlinks: bool = False
    wraps: bool = False
    most: Most | None = None


@dataclass(slots=True, eq=False, repr=False)
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
