"""A response format is a JSON schema.

Other vendors take `{"type": "json_object"}` for any JSON and `{"type": "text"}` for none. This contract takes
`json_schema` alone. At MiniMax itself `json_object` was seen to be ignored (terrylica/cc-skills, probe J4: a plain joke
came back), so ask for JSON in the prompt as well.

The fix deletes `response_format`. For `text` it is safe, as text is what comes without it; for `json_object` it is
unsafe, as a wish is given up. Where a `json_schema` stands beside the type, the fix makes the type `json_schema`
instead, which is unsafe, as one of the two was not meant. There is no fix if that has no name or no schema.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import answer_format, request, user
from minimax_validate.rules.fixes import assignment, removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import quote

_FOREIGN = frozenset({"text", "json_object"})


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.pointer != ("response_format", "type") or failure.instance not in _FOREIGN:
        return False
    way_out = (
        "leave it out for text" if failure.instance == "text" else "give a json_schema, or ask for JSON in the prompt"
    )
    flag(
        failure.pointer,
        f"response_format {quote(failure.instance)} is not accepted, only json_schema; {way_out}",
        fix=_fix(failure.instance, request),
    )
    return True


def _fix(kind: str, request: Request) -> Fix | None:
    beside = request.body["response_format"].get("json_schema")
    if isinstance(beside, dict):
        # With half of a schema, another error would take the place of this one.
        if not isinstance(beside.get("name"), str) or not isinstance(beside.get("schema"), dict):
            return None
        return assignment(("response_format", "type"), "json_schema", 'make the type "json_schema"', safe=False)
    return removal(("response_format",), "delete response_format", safe=kind == "text")


RULE = Rule(
    code="MM114",
    name="unsupported-response-format",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("const",),
    claim=claim,
    valid=(
        Valid("A schema.", request(user(), response_format=answer_format())),
        Valid("None at all.", request(user())),
    ),
    invalid=(
        Invalid(
            "Any JSON.",
            request(user(), response_format={"type": "json_object"}),
            at=(("response_format", "type"),),
            fixed=request(user()),
        ),
        Invalid(
            "Any JSON, with a schema beside it.",
            request(user("As JSON."), response_format={**answer_format(), "type": "json_object"}),
            at=(("response_format", "type"),),
            fixed=request(user("As JSON."), response_format=answer_format()),
        ),
        Invalid(
            "Any JSON, with half of a schema beside it.",
            request(
                user("As JSON."), response_format={"type": "json_object", "json_schema": {"schema": {"type": "object"}}}
            ),
            at=(("response_format", "type"),),
        ),
        Invalid(
            "Text.",
            request(user(), response_format={"type": "text"}),
            at=(("response_format", "type"),),
            fixed=request(user()),
        ),
    ),
)
