"""A payload is an object with `messages`, or an envelope around one.

The model takes chat requests only. Bodies written for other interfaces, with `prompt`, `input_text` or `contents` in
place of `messages`, reach it without a conversation, and the answer is a refusal that does not say so.

Known are the bare inputs of `env.AI.run`, `{model, input}` as the REST endpoint `/ai/run` takes it, the parameters with
`model` beside them as `/ai/v1/chat/completions` does, and batch lines, `{custom_id, method, url, body}`.

Refused on public record in openclaw/openclaw#64644 (a body with `prompt` and `image`), and in the error fixtures of
terrylica/cc-skills (a body without `messages`: "binding: expr_path=messages, cause=missing required parameter").

Ignore it for files that hold something else: leave those out of the run instead.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import kind

_ELSEWHERE = {
    "prompt": "`prompt` is of a text-completion interface",
    "input_text": "`input_text` is of another vendor's interface",
    "contents": "`contents` is Gemini's word for messages",
    "requests": "`requests` is a batch of another interface",
}


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.expected == "an object":
        hint = (
            "; check each of its items by itself"
            if isinstance(failure.instance, list) and len(failure.instance) > 1
            else ""
        )
        flag(
            failure.pointer,
            f"a request must be an object with `messages`; this is {kind(failure.instance)}{hint}",
            focus="opening",
        )
        return True
    keys = [key for key in failure.instance if key in _ELSEWHERE]
    near = next((clause for key in failure.instance if (clause := did_you_mean(key, ("messages",)))), "")
    hint = f": {_ELSEWHERE[keys[0]]}, here each turn is a message with `role` and `content`" if keys else near
    flag(
        failure.pointer,
        f"no chat request: the object has neither `messages` nor an `input` that holds them{hint}",
        focus="opening",
    )
    return True


RULE = Rule(
    code="MM003",
    name="not-a-request",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("request",),
    claim=claim,
    refusal="invalid params, binding: expr_path=messages, cause=missing required parameter (2013)",
    valid=(
        Valid("The bare inputs.", request(user())),
        Valid("As the REST endpoint takes them.", {"model": "minimax/m2.7", "input": request(user())}),
        Valid(
            "A batch line.",
            {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": request(user())},
        ),
    ),
    invalid=(
        Invalid("A text completion.", {"prompt": "Describe the harbour of Oslo."}, at=((),)),
        Invalid("No conversation.", {"model": "minimax/m2.7", "max_tokens": 1024}, at=((),)),
        Invalid("Messages without a request around them.", [user()], at=((),)),
        Invalid("A batch line around something else.", {"custom_id": "1", "body": {"prompt": "Hi"}}, at=(("body",),)),
    ),
)
