"""A response format must be of type `json_schema`.

Other vendors accept `{"type": "json_object"}` for any JSON and `{"type": "text"}` for plain text. This contract
accepts only `json_schema`. At MiniMax itself `json_object` was seen to be ignored (terrylica/cc-skills, probe J4: the
answer was a plain joke), so ask for JSON in the prompt as well.

The fix deletes `response_format`. This is safe for `text`, because plain text is the default. It is unsafe for
`json_object`, because the request no longer asks for JSON. If a `json_schema` is present, the fix sets the type to
`json_schema` instead, which is unsafe, because either the type or the `json_schema` may be the mistake. No automatic
fix if that `json_schema` has no name or no schema: the request would still be rejected.
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
        "omit it to get plain text"
        if failure.instance == "text"
        else "set a json_schema, or ask for JSON in the prompt"
    )
    flag(
        failure.pointer,
        f'response_format {quote(failure.instance)} is not accepted, only "json_schema"; {way_out}',
        fix=_fix(failure.instance, request),
    )
    return True


def _fix(kind: str, request: Request) -> Fix | None:
    beside = request.body["response_format"].get("json_schema")
    if isinstance(beside, dict):
        # With half of a schema, another error would take the place of this one.
        if not isinstance(beside.get("name"), str) or not isinstance(beside.get("schema"), dict):
            return None
        return assignment(("response_format", "type"), "json_schema", 'set the type to "json_schema"', safe=False)
    return removal(("response_format",), "delete response_format", safe=kind == "text")


RULE = Rule(
    code="MM114",
    name="unsupported-response-format",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("const",),
    claim=claim,
    valid=(
        Valid("A response schema.", request(user(), response_format=answer_format())),
        Valid("No response format.", request(user())),
    ),
    invalid=(
        Invalid(
            "Any JSON.",
            request(user(), response_format={"type": "json_object"}),
            at=(("response_format", "type"),),
            fixed=request(user()),
        ),
        Invalid(
            "Any JSON, together with a schema.",
            request(user("As JSON."), response_format={**answer_format(), "type": "json_object"}),
            at=(("response_format", "type"),),
            fixed=request(user("As JSON."), response_format=answer_format()),
        ),
        Invalid(
            "Any JSON, together with an incomplete `json_schema`.",
            request(
                user("As JSON."), response_format={"type": "json_object", "json_schema": {"schema": {"type": "object"}}}
            ),
            at=(("response_format", "type"),),
        ),
        Invalid(
            "Plain text.",
            request(user(), response_format={"type": "text"}),
            at=(("response_format", "type"),),
            fixed=request(user()),
        ),
    ),
)
