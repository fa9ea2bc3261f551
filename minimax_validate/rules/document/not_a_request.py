"""A payload is an object with `messages`, or an envelope around one.

The model takes chat requests only. Bodies written for other interfaces, with `prompt`, `input_text` or `contents` in
place of `messages`, reach it without a conversation, and the answer is a refusal that does not say so.

Known are the bare inputs of `env.AI.run`, `{model, input}` as the REST endpoint `/ai/run` takes it, the parameters with
`model` beside them as `/ai/v1/chat/completions` does, batch lines, `{custom_id, method, url, body}`, and steps of AI
Gateway's universal endpoint, `{provider, endpoint, query}`. An array of such steps, and a bundle as Workers AI takes
it, `{requests: [...]}`, are several requests.

Refused on public record in openclaw/openclaw#64644 (a body with `prompt` and `image`), and in the error fixtures of
terrylica/cc-skills (a body without `messages`: "binding: expr_path=messages, cause=missing required parameter").

Ignore it for files that hold something else: leave those out of the run instead.
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
    "prompt": "`prompt` is of a text-completion interface",
    "input_text": "`input_text` is of another vendor's interface",
    "contents": "`contents` is Gemini's word for messages",
    "conversations": "`conversations` is ShareGPT's word for messages",
    "params": "`params` holds the request in a batch of Anthropic's",
    "modelInput": "`modelInput` holds the request in a batch of Bedrock's",
    "requests": "`requests` is a batch, whose items are the requests",
    "choices": "`choices` is an answer, not a request",
}
"""What an object without messages is, by one of its keys."""


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    instance = failure.instance
    if failure.expected == "an object":
        hint = "; check each of its items by itself" if isinstance(instance, list) and len(instance) > 1 else ""
        message = f"a request must be an object with `messages`; this is {kind(instance)}{hint}"
    elif failure.expected == "a chat endpoint":
        what, key = ("line", "url") if "url" in instance else ("step", "endpoint")
        message = f"no chat request: the {what} is for {quote(str(instance[key]), 80)}"
    elif (other := lookalike(instance)) is not None:
        message = f"no chat request: the object is {other}"
    else:
        message = f"no chat request: the object has neither `messages` nor an `input` that holds them{_hint(instance)}"
    flag(failure.pointer, message, focus="opening", is_sent=_is_sent(instance))
    return True


def _is_sent(instance: Any) -> bool:
    """Whether somebody may send it: it has a parameter of a request, or the prompt of another interface."""
    return isinstance(instance, dict) and lookalike(instance) is None and not _OF_BODIES.isdisjoint(instance)


def _hint(instance: dict[str, Any]) -> str:
    inner = instance.get("inputs")
    if isinstance(inner, dict) and "messages" in inner:
        return "; `inputs` is called `input` in a body"
    key = next((key for key in instance if key in _ELSEWHERE), None)
    if key is not None:
        way_out = ", here each turn is a message with `role` and `content`" if key in _CONVERSATIONS else ""
        return f": {_ELSEWHERE[key]}{way_out}"
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
        Valid("The bare inputs.", request(user())),
        Valid("A conversation.", [user()]),
        Valid("As the REST endpoint takes them.", {"model": "minimax/m2.7", "input": request(user())}),
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
        Invalid("A text completion.", {"prompt": "Describe the harbour of Oslo."}, at=((),)),
        Invalid("No conversation.", {"model": "minimax/m2.7", "max_tokens": 1024}, at=((),)),
        Invalid("Texts without a request around them.", ["What is the weather in Oslo?"], at=((),)),
        Invalid(
            "An answer of Cloudflare's API.",
            {"success": True, "errors": [], "messages": [], "result": {"response": "Hi"}},
            at=((),),
        ),
        Invalid(
            "A chat of people.",
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
        Invalid("The inputs under the name that the binding has for them.", {"inputs": request(user())}, at=((),)),
        Invalid("A batch line around something else.", {"custom_id": "1", "body": {"prompt": "Hi"}}, at=(("body",),)),
    ),
)
