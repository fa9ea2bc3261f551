"""A payload must be an object with `messages`, or an envelope around one.

The model accepts only chat requests. Bodies written for other APIs have `prompt`, `input_text` or `contents` instead of
`messages`. They contain no conversation, and the rejection does not name the cause.

Accepted forms are the inputs of `env.AI.run`, the envelope `{model, input}` of the REST endpoint `/ai/run`, the
parameters together with `model` of `/ai/v1/chat/completions`, batch lines, `{custom_id, method, url, body}`, and steps
of AI Gateway's universal endpoint, `{provider, endpoint, query}`. An array of such steps, and a bundle in Workers AI's
format, `{requests: [...]}`, contain several requests.

Rejections are on public record in openclaw/openclaw#64644 (a body with `prompt` and `image`), and in the error
fixtures of terrylica/cc-skills (a body without `messages`: "binding: expr_path=messages, cause=missing required
parameter").

If files contain something else, exclude them from the run instead of ignoring the rule.
"""

from typing import Any

from minimax_validate.request.index import Request
from minimax_validate.request.lookalikes import COMPANIONS, lookalike
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Leans, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import kind, quote

_ELSEWHERE = {
    "prompt": "`prompt` belongs to a text-completion API",
    "input_text": "`input_text` belongs to another vendor's API",
    "contents": "`contents` is Gemini's name for messages",
    "conversations": "`conversations` is ShareGPT's name for messages",
    "params": "in an Anthropic batch the request is in `params`",
    "modelInput": "in a Bedrock batch the request is in `modelInput`",
    "requests": "`requests` is a batch that contains requests",
    "choices": "`choices` belongs to a response",
}
"""What an object without messages is, by one of its keys."""


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    instance = failure.instance
    if failure.expected == "an object":
        hint = "; check each item on its own" if isinstance(instance, list) and len(instance) > 1 else ""
        message = f"a request must be an object with `messages`; this is {kind(instance)}{hint}"
    elif failure.expected == "a chat endpoint":
        what, key = ("line", "url") if "url" in instance else ("step", "endpoint")
        message = f"not a chat request: the {what} is for {quote(str(instance[key]), 80)}"
    elif (other := lookalike(instance)) is not None:
        message = f"not a chat request: the object is {other}"
    else:
        message = f"not a chat request: the object has neither `messages` nor `input` with `messages`{_hint(instance)}"
    flag(failure.pointer, message, focus="opening", is_sent=_is_sent(instance))
    return True


def _is_sent(instance: Any) -> bool:
    """Whether somebody may send it: it has a parameter of a request, or the prompt of another interface."""
    return isinstance(instance, dict) and lookalike(instance) is None and not _OF_BODIES.isdisjoint(instance)


def _hint(instance: dict[str, Any]) -> str:
    inner = instance.get("inputs")
    if isinstance(inner, dict) and "messages" in inner:
        return "; `inputs` must be named `input` in a body"
    key = next((key for key in instance if key in _ELSEWHERE), None)
    if key is not None:
        way_out = ", so use `messages` with `role` and `content`" if key in _CONVERSATIONS else ""
        return f"; {_ELSEWHERE[key]}{way_out}"
    return next((clause for key in instance if (clause := did_you_mean(key, ("messages",)))), "")


_OF_BODIES = COMPANIONS | {"prompt", "input_text", "contents", "inputs"}
_CONVERSATIONS = frozenset({"prompt", "input_text", "contents", "conversations"})


RULE = Rule(
    code="MM003",
    name="not-a-request",
    severity=Severity.ERROR,
    prose=__doc__,
    leans_on=Leans.REQUEST,
    keywords=("request",),
    claim=claim,
    refusal="invalid params, binding: expr_path=messages, cause=missing required parameter (2013)",
    valid=(
        Valid("The inputs of `env.AI.run`.", request(user())),
        Valid("An array of messages.", [user()]),
        Valid("The envelope of the REST endpoint.", {"model": "minimax/m2.7", "input": request(user())}),
        Valid(
            "A batch line.",
            {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": request(user())},
        ),
        Valid(
            "Steps of AI Gateway's universal endpoint.",
            [{"provider": "workers-ai", "endpoint": "minimax/m2.7", "query": request(user())}],
        ),
        Valid("A bundle of requests.", {"requests": [request(user())]}),
    ),
    invalid=(
        Invalid("A text-completion request.", {"prompt": "Describe the harbour of Oslo."}, at=((),)),
        Invalid("A request without messages.", {"model": "minimax/m2.7", "max_tokens": 1024}, at=((),)),
        Invalid("Strings outside a request.", ["What is the weather in Oslo?"], at=((),)),
        Invalid(
            "A response of Cloudflare's API.",
            {"success": True, "errors": [], "messages": [], "result": {"response": "Hi"}},
            at=((),),
        ),
        Invalid(
            "A chat between people.",
            {"messages": [{"author": "Ann", "content": "Which tram goes to the harbour?"}]},
            at=((),),
        ),
        Invalid(
            "A batch line for another endpoint.",
            {"custom_id": "1", "method": "POST", "url": "/v1/embeddings", "body": {"input": "Oslo"}},
            at=((),),
        ),
        Invalid(
            "A step for another endpoint.",
            {"provider": "openai", "endpoint": "embeddings", "query": {"input": "Oslo"}},
            at=((),),
        ),
        Invalid("The inputs under the name that the binding uses.", {"inputs": request(user())}, at=((),)),
        Invalid(
            "A batch line that contains something else.", {"custom_id": "1", "body": {"prompt": "Hi"}}, at=(("body",),)
        ),
    ),
)
