"""Find keys that an object gives more than once; slow beside parsing, so it runs only on texts that have some."""

from __future__ import annotations

import re

from minimax_validate.texts.json.places import spelled
from minimax_validate.texts.repeats import RepeatedKeys
from minimax_validate.texts.spans import JSON_STRING, Repeat, Span

_TOKEN = re.compile(rf"({JSON_STRING})([ \t\n\r]*+:)?|[\[\]{{}},]", re.DOTALL)


def repeated_keys(text: str) -> tuple[Repeat, ...]:
    """The keys that objects of a text give more than once, in the order of their last places; the text must be JSON."""
    keys = RepeatedKeys()
    for token in _TOKEN.finditer(text):
        match token[0][0]:
            case "{" | "[":
                keys.opens(is_object=token[0] == "{")
            case "}" | "]":
                keys.closes()
            case ",":
                keys.next_item()
            case _ if token[2]:  # a string with a colon after it is a key
                keys.key(spelled(token[1]), Span(*token.span(1)))
    return keys.found()
