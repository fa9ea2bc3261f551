"""The text must be JSON, or YAML in a YAML file.

A text that does not parse is not sent at all, or is answered with a bare 400 that does not say where it went wrong.
Most such texts were edited by hand: a comma is left behind after the last element, a comment or single quotes came over
from another language, a line break stands inside a string, or a paste was cut short. Parsers name the character that
stopped them; this finding says what was expected there, and shows the bracket or quote that still waits for its end.
Only the first mistake of a text is reported, because what follows it would be guesswork. `NaN` and `Infinity` are read
here, as many parsers do, and reported as MM005.

A file that is named and in another format, such as JSON5, TOML, Markdown or a template of JSON, is one finding that
says so; so are JSON Lines whose values go over several lines.

It is reported whatever rules are selected, unless it is ignored by itself, and no baseline lists it: what does not
parse was not checked.

Ignore it for files that are not meant to be JSON, such as templates; better, leave those out of the check.
"""

from minimax_validate.rules.rule import Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity

RULE = Rule(
    code="MM001",
    name="syntax-error",
    severity=Severity.ERROR,
    prose=__doc__,
    stops_reading=True,
    valid=(
        Valid(
            "White space of any kind is free.",
            text='{\n  "messages": [\n    {"role": "user", "content": "Hello"}\n  ]\n}\n',
        ),
        Valid(
            "What looks like a comment is text inside a string.",
            text='{"messages": [{"role": "user", "content": "See // and /* */"}]}',
        ),
    ),
    invalid=(
        Invalid("A comma after the last element.", text='{"messages": [{"role": "user", "content": "Hello"},]}'),
        Invalid("A comment.", text='{\n  // a greeting\n  "messages": [{"role": "user", "content": "Hello"}]\n}'),
        Invalid("Single quotes.", text="{'messages': [{'role': 'user', 'content': 'Hello'}]}"),
        Invalid("A line break inside a string.", text='{"messages": [{"role": "user", "content": "Hello,\nworld"}]}'),
        Invalid("The end is missing.", text='{"messages": [{"role": "user", "content": "Hello"}'),
        Invalid("Two requests, one a line: that is JSON Lines.", text='{"messages": []}\n{"messages": []}\n'),
    ),
)
