"""An object must give each of its keys once.

JSON does not say what the same key twice means. Nearly all parsers keep the last value and drop the others without a
word, some keep the first, and a few refuse the text. So a request with two `messages` or two `temperature` sends only
one of them, and which one depends on who reads it. The usual causes are a merge of two versions and a fixture that was
extended by hand. Both places are shown, and the other rules see the last value. Only texts can have this fault: a
Python dict has lost the first value already.

There is no reason to ignore it.
"""

from minimax_validate.rules.rule import Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity

RULE = Rule(
    code="MM004",
    name="duplicate-key",
    severity=Severity.ERROR,
    prose=__doc__,
    stops_reading=True,
    valid=(
        Valid(
            "The same key in different objects.",
            text='{"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}]}',
        ),
        Valid(
            "Keys that differ in case are different keys.",
            text='{"messages": [{"role": "user", "content": "Hello"}],'
            ' "tools": [{"type": "function", "function": {"name": "find",'
            ' "description": "Find by number or by name.",'
            ' "parameters": {"type": "object", "properties": {"id": {"type": "integer"},'
            ' "ID": {"type": "string"}}}}}]}',
        ),
    ),
    invalid=(
        Invalid(
            "A parameter given twice.",
            text='{"temperature": 0.2, "messages": [{"role": "user", "content": "Hello"}], "temperature": 0.9}',
            at=(("temperature",),),
        ),
        Invalid(
            "A key of a message, written with an escape the second time.",
            text='{"messages": [{"role": "user", "content": "Hello", "r\\u006fle": "user"}]}',
            at=(("messages", 0, "role"),),
        ),
        Invalid(
            "Three times is still one finding.",
            text='{"top_p": 1, "top_p": 0.9, "top_p": 0.8, "messages": [{"role": "user", "content": "Hello"}]}',
            at=(("top_p",),),
        ),
    ),
)
