"""The text must be valid JSON, or valid YAML in a YAML file.

If a text does not parse, the client does not send it, or the API answers with a bare 400 that does not show the
mistake. Most of these texts were edited by hand: they contain a trailing comma, a comment, single quotes from another
language, a line break inside a string, or they were cut short by a paste. Parsers name the character that stopped them;
this finding says what was expected there, and shows the bracket or quote that is not closed. Only the first mistake of
a text is reported, because what follows it would be guesswork. The check reads `NaN` and `Infinity`, like many parsers,
and reports them as MM005.

A named file in another format, such as JSON5, TOML, Markdown or a JSON template, is reported once, with its format.
The same applies to JSON Lines files with values that span several lines.

The rule runs even if it is not selected, unless it is ignored explicitly, and it cannot be recorded in a baseline,
because a text that does not parse was not checked.

Ignore it only for files that are not meant to be JSON, such as templates; it is better to exclude these files.
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
            "Any white space is accepted.",
            text='{\n  "messages": [\n    {"role": "user", "content": "Hello"}\n  ]\n}\n',
        ),
        Valid(
            "Comment characters inside a string.",
            text='{"messages": [{"role": "user", "content": "See // and /* */"}]}',
        ),
    ),
    invalid=(
        Invalid("A trailing comma.", text='{"messages": [{"role": "user", "content": "Hello"},]}'),
        Invalid("A comment.", text='{\n  // a greeting\n  "messages": [{"role": "user", "content": "Hello"}]\n}'),
        Invalid("Single quotes.", text="{'messages': [{'role': 'user', 'content': 'Hello'}]}"),
        Invalid("A line break inside a string.", text='{"messages": [{"role": "user", "content": "Hello,\nworld"}]}'),
        Invalid("The end of the text is missing.", text='{"messages": [{"role": "user", "content": "Hello"}'),
        Invalid("Two requests on two lines, which is JSON Lines.", text='{"messages": []}\n{"messages": []}\n'),
    ),
)
