"""The root of a response schema has `type` and `properties`, and nothing else.

Schemas written for other vendors have `required`, `additionalProperties` or `$defs` at the root, as OpenAI's strict
mode demands. The vendor's schema refuses every keyword there but the two. Below `properties` all keywords are free, so
a nested object may keep its `required`.

The fix deletes the keyword. For `$schema`, `title` and `description` that is safe, as they demand nothing; for the rest
it is unsafe: what they demand has to be asked for in the prompt.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import answer_format, request, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import quote

_ROOT = ("response_format", "json_schema", "schema")
_NOTES = frozenset({"$schema", "$id", "$comment", "title", "description"})


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.pointer[:-1] != _ROOT:
        return False
    keyword = str(failure.pointer[-1])
    fix = removal(failure.pointer, f"delete {quote(keyword)}", safe=keyword in _NOTES)
    flag(
        failure.pointer,
        f"the root of a response schema takes `type` and `properties` only, not {quote(keyword)}",
        fix=fix,
        focus="key",
    )
    return True


def _asking(**keywords: object) -> dict[str, object]:
    schema = {"type": "object", "properties": {"city": {"type": "string"}}, **keywords}
    return request(user(), response_format=answer_format(schema=schema))


RULE = Rule(
    code="MM121",
    name="response-schema-keyword",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("additionalProperties",),
    claim=claim,
    valid=(Valid("The two.", _asking()),),
    invalid=(
        Invalid(
            "As strict mode demands.",
            _asking(required=["city"], additionalProperties=False),
            at=((*_ROOT, "required"), (*_ROOT, "additionalProperties")),
            fixed=_asking(),
        ),
        Invalid("A title.", _asking(title="Place"), at=((*_ROOT, "title"),), fixed=_asking()),
    ),
)
