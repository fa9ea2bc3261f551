"""Regular expressions that no engine can read, told without one: the plainest of them, in linear time.

Where there is no engine that can be trusted with a stranger's pattern, this is what is left. The standard library's
reads many patterns otherwise than a JSON Schema means them.
"""

from __future__ import annotations

import re

_PART = re.compile(
    r"""
      \\. | (?P<escape> \\ )                                          # a backslash at the end escapes nothing
    | (?P<empty> \[ \^? \] )                                    # no character, or the first of a set: engines differ
    | \[ (?: [^\]\\] | \\. )+ \] | (?P<opened> \[ )                   # a set of characters, or the beginning of one
    | (?P<group> \( (?: \? (?: [:=!] | <[=!] | P?<\w+> )? )? )
    | (?P<closed> \) )
    | (?P<quantifier> [*+?] | \{ \d+ (?: , \d* )? \} )
    | (?P<choice> \| )
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


def is_hopeless(pattern: str) -> bool:
    """Whether a pattern certainly is no regular expression.

    A bracket or parenthesis is open or closed and the other one missing, a quantifier has nothing before it, or the
    last character is a lone backslash.
    """
    depth = 0
    is_something_before = False
    for part in _PART.finditer(pattern):
        match part.lastgroup:
            case "empty":
                return False
            case "escape" | "opened":
                return True
            case "quantifier" if not is_something_before:
                return True
            case "group":
                depth += 1
            case "closed":
                depth -= 1
        if depth < 0:
            return True
        is_something_before = part.lastgroup not in ("group", "choice")
    return depth > 0
