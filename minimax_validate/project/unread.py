"""Guess whether a text that cannot be read is meant as a request."""

from __future__ import annotations

import json
import re

from minimax_validate.request.envelope import is_conversation, looks_like_request
from minimax_validate.request.lookalikes import COMPANIONS
from minimax_validate.texts.readers.jsonc import plain_json

_QUOTE = r"(?:\\?[\"'])?"
_MESSAGES = re.compile(rf"(?:[\"']|^[ \t{{,-]*|[{{,][ \t]*)messages{_QUOTE}\s*(?::?\s*[\[*&!-]|:?\s*\Z)", re.MULTILINE)
_TURNS = re.compile(
    rf"(?:[\"']|^[ \t{{,-]*|[{{,][ \t]*)(?:role|{'|'.join(sorted(COMPANIONS))}){_QUOTE}\s*:", re.MULTILINE
)
_COMMENT = re.compile(r"//|/\*|,\s*[\]}]")


def may_mean_request(text: str) -> bool:
    """Whether a text that is neither JSON nor YAML is probably a request at fault.

    Read with comments and commas too many, it must be one. Else it must speak of messages in an array, and of a role or
    a parameter as well, unless it ends before that: catalogues of translations and complaints of linters have messages
    too.
    """
    if _COMMENT.search(text) is not None:
        try:
            value = json.loads(plain_json(text.removeprefix("\ufeff")))
        except (ValueError, RecursionError):
            pass
        else:
            return looks_like_request(value) or is_conversation(value) or _any_request(value)
    found = _MESSAGES.search(text)
    if found is None:
        return False
    return _TURNS.search(text) is not None or not text[found.end() :].strip(" \t\r\n[{")


def _any_request(value: object) -> bool:
    return isinstance(value, list) and any(looks_like_request(item) or is_conversation(item) for item in value)
