"""A parameter is one that the contract knows.

The request takes keys of any name at the top, so a slip of the pen, or a parameter of another vendor, is not refused: it has no effect.
With `max_token` the answer has no limit, with `stop` it does not stop, and `parallel_tool_calls: false` does not keep calls apart.

The fix renames a key that is one letter away from a parameter that is not given; that is safe, as it does what was meant. Else it deletes
the key, which is unsafe only because a wish is given up for good.

Ignore it for keys that a gateway of your own reads.
"""

from minimax_validate.diagnostic import Edit, Fix, Severity
from minimax_validate.examples import request, user
from minimax_validate.features import PARAMETERS, Feature
from minimax_validate.fixes import removal
from minimax_validate.request import Request
from minimax_validate.rule import Flag, Invalid, Rule, Valid
from minimax_validate.suggest import is_one_edit_away, nearest
from minimax_validate.wording import quote

_TOLD_ELSEWHERE = frozenset({"model", "input", "gateway", "skipCache", "cacheTtl"})
_FOREIGN = frozenset(
    {
        "audio", "frequency_penalty", "function_call", "functions", "guided_json", "logit_bias", "logprobs", "max_output_tokens",
        "metadata",
        "min_p", "modalities", "n", "output_config", "parallel_tool_calls", "prediction", "presence_penalty", "prompt_cache_key",
        "prompt_cache_retention", "reasoning", "reasoning_effort", "reasoning_split", "repetition_penalty", "safety_identifier", "seed",
        "service_tier", "stop", "stop_sequences", "store", "system", "thinking", "top_a", "top_k", "top_logprobs", "user", "verbosity",
        "web_search_options", "extra_body", "extra_headers", "timeout", "best_of", "echo", "suffix", "response_mime_type",
        "safe_prompt", "random_seed", "chat_template_kwargs", "include_reasoning", "provider", "plugins", "transforms", "models", "route",
        "tool_config", "generationConfig", "safetySettings", "anthropic_version", "context_management", "enable_thinking",
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


def _fix(request: Request, key: str, meant: str | None) -> Fix:
    if meant is not None and meant not in request.body and is_one_edit_away(key, meant):
        return Fix(f"rename it to {quote(meant)}", (Edit("rename", (key,), meant),), safe=True)
    return removal((key,), f"delete {quote(key)}", safe=False)


RULE = Rule(
    code="MM601",
    name="unknown-parameter",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.FOREIGN_KEYS,
    check=check,
    valid=(Valid("The model's id is fine.", request(user(), model="minimax/m2.7")),),
    invalid=(
        Invalid("A letter too few.", request(user(), max_token=2048), at=(("max_token",),), fixed=request(user(), max_tokens=2048)),
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
