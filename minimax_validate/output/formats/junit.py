"""JUnit's XML: a suite for each file and a failed case for each finding; a clean run is one case that passes.

A run that found no request is one case that is skipped. Everything is escaped to ASCII, so that the encoding the text
declares is the right one whatever stream it is written to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from minimax_validate.output.color import Paint
from minimax_validate.output.escape import visible
from minimax_validate.output.formats.listing import listing
from minimax_validate.output.formats.writer import Writer

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Finding, Placed

_NAME = "minimax-validate"
_OPENED = f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="{_NAME}">\n'
_CLEAN = (
    f'<testsuite name="{_NAME}" tests="1" failures="0" errors="0">\n<testcase name="no findings" '
    f'classname="{_NAME}"/>\n</testsuite>\n'
)


class _Case(NamedTuple):
    """A case without its final name: the name of its file, its own so far, and its text behind that."""

    suite: str
    name: str
    rest: str


@dataclass(slots=True)
class Format(Writer):
    """Keeps the cases of one file until the next file, because a suite begins with their number."""

    opened: bool = False
    suite: str = ""
    cases: dict[str, str] = field(default_factory=dict)
    """The cases of the suite, by their names: readers pass over a second one of a name."""

    def render(self, document: Placed, finding: Finding) -> _Case:
        """The case of a finding."""
        place = f"{finding.location.line}:{finding.location.column}"
        name = f"{finding.diagnostic.code} {finding.diagnostic.name} ({place})"
        return _Case(document.name, name, "".join(self._case(document, finding)))

    def put(self, rendered: _Case) -> None:
        """Keep it, and write the suite of the file before."""
        if rendered.suite != self.suite:
            self._end_suite()
            self.suite = rendered.suite
        name = rendered.name
        number = 1
        while name in self.cases:
            number += 1
            name = f"{rendered.name} {number}"
        self.cases[name] = f"<testcase{_attribute('name', name)}{rendered.rest}"

    def finish(self, nothing: str = "", note: str = "") -> None:  # noqa: ARG002  # a note is no case
        """Write the last suite, or that all is well, or that nothing was checked."""
        self._end_suite()
        alone = _skipped(nothing) if nothing else _CLEAN
        self.stream.write("</testsuites>\n" if self.opened else f"{_OPENED}{alone}</testsuites>\n")

    def _end_suite(self) -> None:
        if self.cases:
            self.stream.write("" if self.opened else _OPENED)
            self.opened = True
            count = len(self.cases)
            self.stream.write(
                f'<testsuite{_attribute("name", self.suite)} tests="{count}" failures="{count}" errors="0">\n'
            )
            self.stream.writelines(self.cases.values())
            self.stream.write("</testsuite>\n")
            self.cases = {}

    def _case(self, document: Placed, finding: Finding) -> Iterator[str]:
        """The parts of the text of a case, from behind its name."""
        diagnostic = finding.diagnostic
        file = _attribute("file", document.name)
        yield f'{_attribute("classname", document.name)}{file} line="{finding.location.line}">\n'
        yield f"<failure{_attribute('type', diagnostic.severity.label)}{_attribute('message', diagnostic.message)}>"
        lines = listing(document, finding, self.rules[diagnostic.code], self.style.width, Paint(False))
        yield _ascii(escape("\n".join(lines)))
        yield "</failure>\n</testcase>\n"


def _skipped(why: str) -> str:
    return (
        f'<testsuite name="{_NAME}" tests="1" failures="0" errors="0" skipped="1">\n<testcase name="no requests" '
        f'classname="{_NAME}">\n<skipped{_attribute("message", why)}/>\n</testcase>\n</testsuite>\n'
    )


def _attribute(key: str, value: str) -> str:
    return f" {key}={_ascii(quoteattr(visible(value)))}"


def _ascii(xml: str) -> str:
    return xml.encode("ascii", "xmlcharrefreplace").decode()
