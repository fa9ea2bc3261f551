"""A parameter is one that the contract knows.

The request takes keys of any name at the top, so a slip of the pen, or a parameter of another vendor, is not refused:
it has no effect. With `max_token` the answer has no limit, with `stop` it does not stop, and `parallel_tool_calls:
false` does not keep calls apart.

The fix renames a key that is one letter away from a parameter that is not given, if its value suits that; it is safe,
as it does what was meant. Of a value that does not suit there is no fix, as the parameter would be refused that was
without effect. Other keys it deletes, which is unsafe only because a wish is given up for good.

Ignore it for keys that a gateway of your own reads.
"""

from minimax_validate.request.features import PARAMETERS, Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.suggest import is_one_edit_away, nearest
from minimax_validate.values.wording import quote

_TOLD_ELSEWHERE = frozenset({"model", "input", "gateway", "skipCache", "cacheTtl"})
_FOREIGN = frozenset(
    {
        "audio", "frequency_penalty", "function_call", "functions", "guided_json", "logit_bias",
        "logprobs", "max_output_tokens",
        "metadata",
        "min_p", "modalities", "n", "output_config", "parallel_tool_calls", "prediction",
        "presence_penalty", "prompt_cache_key",
        "prompt_cache_retention", "reasoning", "reasoning_effort", "reasoning_split",
        "repetition_penalty", "safety_identifier", "seed",
        "service_tier", "stop", "stop_sequences", "store", "system", "thinking", "top_a", "top_k",
        "top_logprobs", "user", "verbosity",
        "web_search_options", "extra_body", "extra_headers", "timeout", "best_of", "echo", "suffix",
        "response_mime_type",
        "safe_prompt", "random_seed", "chat_template_kwargs", "include_reasoning", "provider",
        "plugins", "transforms", "models", "route",
        "tool_config", "generationConfig", "safetySettings", "anthropic_version",
        "context_management", "enable_thinking",
    }
)  # fmt: skip
"""Parameters of other vendors' chat interfaces: OpenAI, Anthropic, Mistral, OpenRouter, vLLM and their like."""


def check(request: Request, flag: Flag) -> None:
    for key in request.body:
        if key in PARAMETERS or key in _TOLD_ELSEWHERE or key.lower().startswith("cf-aig-"):
            continue
        meant = None if key in _FOREIGN else nearest(key, PARAMETERS)
        if meant is not None:
            message = f"{quote(key)} is no parameter, and has no effect; did you mean {quote(meant)}?"
        elif key in _FOREIGN:
            message = f"{quote(key)} is a parameter of other vendors: here it has no effect"
        else:
            message = f"{quote(key)} is no parameter, and has no effect"
        flag((key,), message, fix=_fix(request, key, meant), focus="key")


def _fix(request: Request, key: str, meant: str | None) -> Fix | None:
    if meant is not None and meant not in request.body and is_one_edit_away(key, meant):
        rename = Fix(f"rename it to {quote(meant)}", (Edit("rename", (key,), meant),), safe=True)
        return rename if _suits(meant, request.body[key], request) else None
    return removal((key,), f"delete {quote(key)}", safe=False)


def _suits(parameter: str, value: object, request: Request) -> bool:
    """Whether a value is one that a parameter takes without a word.

    Of values with values in them that is not for this rule to say.
    """
    match parameter:
        case "max_tokens" | "max_completion_tokens":
            alone = not _LIMITS & request.body.keys()
            return (
                alone
                and isinstance(value, int)
                and not isinstance(value, bool)
                and 0 < value < request.limits.context_window
            )
        case "temperature" | "top_p":
            return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1
        case "stream" | "mask_sensitive_info":
            return isinstance(value, bool)
        case "tool_choice":
            return value in ("auto", "none") and bool(request.tools)
    return False


_LIMITS = frozenset({"max_tokens", "max_completion_tokens"})

RULE = Rule(
    code="MM601",
    name="unknown-parameter",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.FOREIGN_KEYS,
    check=check,
    valid=(Valid("The model's id is fine.", request(user(), model="minimax/m2.7")),),
    invalid=(
        Invalid(
            "A letter too few.",
            request(user(), max_token=2048),
            at=(("max_token",),),
            fixed=request(user(), max_tokens=2048),
        ),
        Invalid(
            "A letter too few, and a value that would not do.", request(user(), max_token="2048"), at=(("max_token",),)
        ),
        Invalid(
            "A limit beside the other.",
            request(user(), max_token=2048, max_completion_tokens=4096),
            at=(("max_token",),),
        ),
        Invalid("A switch.", request(user(), streem=True), at=(("streem",),), fixed=request(user(), stream=True)),
        Invalid("Another vendor's.", request(user(), stop=["\n"]), at=(("stop",),), fixed=request(user())),
        Invalid("Nobody's.", request(user(), mood="curious"), at=(("mood",),), fixed=request(user())),
        Invalid(
            "The right one is there too.",
            request(user(), temperatur=1, temperature=0.5),
            at=(("temperatur",),),
            fixed=request(user(), temperature=0.5),
        ),
    ),
)
