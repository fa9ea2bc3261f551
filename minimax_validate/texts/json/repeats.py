"""Find keys that an object gives more than once; slow beside parsing, so it runs only on texts that have some."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from minimax_validate.texts.json.places import spelled
from minimax_validate.texts.spans import Repeat, Span

_TOKEN = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+")([ \t\n\r]*+:)?|[\[\]{},]', re.DOTALL)


@dataclass(slots=True)
class _Open:
    """A container that is being read: the key or index of the member it has come to, and the places of an object's keys."""

    step: str | int
    places: dict[str, list[Span]] = field(default_factory=dict)


def repeated_keys(text: str) -> tuple[Repeat, ...]:
    """The keys that objects of a text give more than once, in the order of their last places; the text must be JSON."""
    repeats: list[Repeat] = []
    around: list[_Open] = []
    for token in _TOKEN.finditer(text):
        match token[0][0]:
            case "{":
                around.append(_Open(""))
            case "[":
                around.append(_Open(0))
            case "}" | "]":
                places = around.pop().places
                for key, spans in places.items():
                    if len(spans) > 1:
                        pointer = (*(container.step for container in around), key)
                        repeats.append(Repeat(pointer, key, spans[0], spans[-1], len(spans)))
            case ",":
                step = around[-1].step
                around[-1].step = step + 1 if isinstance(step, int) else step
            case _ if token[2]:  # a string with a colon after it is a key
                key = spelled(token[1])
                around[-1].step = key
                around[-1].places.setdefault(key, []).append(Span(*token.span(1)))
    return tuple(sorted(repeats, key=lambda repeat: repeat.last))
