"""An object must contain each key only once.

JSON does not define the meaning of a repeated key. Nearly all parsers silently keep the last value, some keep the
first, and a few reject the text. So a request with two `messages` or two `temperature` keys sends only one of them,
and the result depends on the parser. This happens when two versions are merged, or when a fixture is extended by
hand. The finding shows both places, and the other rules check the last value. Only texts can contain repeated keys,
because a Python dict keeps only one value.
"""

from minimax_validate.rules.rule import Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity

RULE = Rule(
    code="MM004",
    name="duplicate-key",
    severity=Severity.ERROR,
    prose=__doc__,
    stops_reading=True,
    never_ignore="one of the values is lost, and no other rule checks it",
    valid=(
        Valid(
            "The same key in different objects.",
            text='{"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}]}',
        ),
        Valid(
            "Keys that differ in case are different.",
            text='{"messages": [{"role": "user", "content": "Hello"}],'
            ' "tools": [{"type": "function", "function": {"name": "find",'
            ' "description": "Find by number or by name.",'
            ' "parameters": {"type": "object", "properties": {"id": {"type": "integer"},'
            ' "ID": {"type": "string"}}}}}]}',
        ),
    ),
    invalid=(
        Invalid(
            "A repeated parameter.",
            text='{"temperature": 0.2, "messages": [{"role": "user", "content": "Hello"}], "temperature": 0.9}',
            at=(("temperature",),),
        ),
        Invalid(
            "A repeated key of a message, once written with an escape.",
            text='{"messages": [{"role": "user", "content": "Hello", "r\\u006fle": "user"}]}',
            at=(("messages", 0, "role"),),
        ),
        Invalid(
            "A key that occurs three times is reported once.",
            text='{"top_p": 1, "top_p": 0.9, "top_p": 0.8, "messages": [{"role": "user", "content": "Hello"}]}',
            at=(("top_p",),),
        ),
    ),
)
