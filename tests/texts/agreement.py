"""What is found in a body by itself, and in the same body inside of a file: for tests that compare the two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import NamedTuple

from wrappings import Wrapping

from minimax_validate import Settings, Validator
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.lines import Location
from minimax_validate.texts.placed import place
from minimax_validate.texts.readers import read
from minimax_validate.values.pointer import Pointer

VALIDATOR = Validator(Settings(select=("ALL",)))
"""All rules, those that only inform among them."""


class Told(NamedTuple):
    """A finding with the characters at its place, and what else it speaks of."""

    code: str
    pointer: Pointer
    message: str
    characters: str
    related: tuple[tuple[Pointer, str], ...]


def documents_of(name: str, text: str) -> list[Document]:
    """The documents of a text."""
    return list(read(name, BytesIO(text.encode())))


def told(documents: Iterable[Document]) -> Iterator[Told]:
    """What is found; the pointers begin with the number of the document."""
    for number, document in enumerate(documents):
        text = document.source.text
        starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]

        def at(
            location: Location, text: str = text, starts: Sequence[int] = starts, document: Document = document
        ) -> str:
            line, column, end_line, end_column = location
            first = document.source.first_line
            return text[starts[line - first] + column - 1 : starts[end_line - first] + end_column - 1]

        for finding in place(Checked(document, check_document(VALIDATOR, document))).findings:
            said = finding.diagnostic
            related = zip(said.related, map(at, finding.related), strict=True)
            yield Told(
                said.code,
                (number, *said.pointer),
                said.message,
                at(finding.location),
                tuple(((number, *other.pointer), characters) for other, characters in related),
            )


def bare(body: str) -> list[Told]:
    """What is found in a body by itself."""
    return list(told(documents_of("body.json", body)))


def expected(wrapping: Wrapping, bodies: Sequence[str], found: Sequence[Sequence[Told]]) -> list[Told]:
    """What a file has to say of its bodies, in each of which this is found by itself."""
    return sorted(
        Told(
            one.code,
            (*wrapping.pointer(index), *one.pointer[1:]),
            one.message,
            _whole(wrapping, bodies[index], one.characters),
            tuple(
                ((*wrapping.pointer(index), *pointer[1:]), _whole(wrapping, bodies[index], characters))
                for pointer, characters in one.related
            ),
        )
        for index, of_body in enumerate(found)
        for one in of_body
    )


def actual(wrapping: Wrapping, bodies: Sequence[str]) -> list[Told]:
    """What the file of some bodies says, with the characters as they are in the bodies."""
    return sorted(
        Told(
            one.code,
            one.pointer,
            one.message,
            wrapping.unquoted(one.characters),
            tuple((pointer, wrapping.unquoted(characters)) for pointer, characters in one.related),
        )
        for one in told(documents_of(f"a{wrapping.name}", wrapping.wrap(bodies)))
    )


def _whole(wrapping: Wrapping, body: str, characters: str) -> str:
    if not wrapping.is_whole:
        return characters
    return body if wrapping.unquoted("e30=") else ""


def disagreement(wrapping: Wrapping, bodies: Sequence[str], found: Sequence[Sequence[Told]]) -> list[object]:
    """What one of both says and the other does not: nothing, if they agree."""
    wanted, got = Counter(expected(wrapping, bodies, found)), Counter(actual(wrapping, bodies))
    return [*(("missing", one) for one in wanted - got), *(("unexpected", one) for one in got - wanted)]
