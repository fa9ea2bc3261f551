"""A parameter should be one that the contract lists.

The request accepts any key at the top level, so the vendor's schema accepts a typo or another vendor's parameter. The
server then ignores or rejects the key: with `max_token` the answer has no limit, with `stop` it does not stop,
`parallel_tool_calls: false` does not prevent parallel tool calls, and MiniMax itself was seen to reject an unknown
key ("Extra inputs are not permitted, field: 'skills'", anomalyco/opencode#25486, on M2.7).

A parameter that is null is not reported. If an object has `messages` but no parameter and no `model`, its other keys
are columns of a data set and are not reported, unless one of them is known as a parameter of another API. Keys of a
training row are not reported either: it has `messages`, and sometimes `tools`, and its last message is the answer to
learn.

The contract of May 2026 (`contract = "2026-05"`) accepts no unknown key at the top level of the chat format: every
unknown key is rejected, including null values and columns, and the finding is an error. Anthropic's Messages format
accepts any key at the top level, so nothing is reported there.

The fix renames a key if it is one letter away from a parameter that is not set, or another API's name for one
(`maxOutputTokens`, `topP`), and its value is valid for that parameter. This is safe, because the intention is clear.
The fix turns `functions` into `tools`, and a schema of the answer into a `response_format`, which is unsafe. No
automatic fix if the value is not valid for that parameter: the new name would turn an ignored key into a rejected
one. The fix deletes other keys, which is unsafe, because the intention is lost. If `messages` is missing, the fix
deletes no key, because the key may hold the whole prompt.

Ignore it for keys that your own gateway reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from minimax_validate.request.features import PARAMETERS, Feature
from minimax_validate.request.index import Request
from minimax_validate.request.rows import is_training_row
from minimax_validate.request.system_prompt import SYSTEM_KEYS
from minimax_validate.rules.examples import assistant, request, tool, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.contracts import MAY
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.losses import lost_keys, naming
from minimax_validate.values.suggest import is_one_edit_away, nearest
from minimax_validate.values.wording import quote

if TYPE_CHECKING:
    from minimax_validate.request.foreign_parameters import Reading

_TOLD_ELSEWHERE = frozenset({"model", "input", "gateway", "skipCache", "cacheTtl", "cacheKey", "collectLog", "options"})
"""Keys of envelopes, of Cloudflare, and of its gateway."""

_MINIMAX = frozenset({"reasoning_split", "thinking"})
"""Parameters of MiniMax's own interface."""

_FOREIGN = frozenset(
    {
        "audio", "frequency_penalty", "function_call", "functions", "guided_json", "logit_bias",
        "logprobs", "max_output_tokens",
        "metadata",
        "min_p", "modalities", "n", "output_config", "parallel_tool_calls", "prediction",
        "presence_penalty", "prompt_cache_key",
        "prompt_cache_retention", "reasoning", "reasoning_effort",
        "repetition_penalty", "safety_identifier", "seed",
        "service_tier", "stop", "stop_sequences", "store", "system", "top_a", "top_k",
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
    keys = [key for key, value in request.body.items() if _counts(value, request) and _is_unknown(key, request)]
    is_row = bool(keys) and (_is_row(request.body, keys) or is_training_row(request.body))
    if request.closed or not is_row:
        for key in keys:
            _tell(key, request, flag, is_row=is_row)


def _counts(value: object, request: Request) -> bool:
    return value is not None or request.closed


def _is_unknown(key: str, request: Request) -> bool:
    is_prompt = key in SYSTEM_KEYS and request.body[key] is not None
    if is_prompt and isinstance(request.body.get("messages"), list):
        return False  # reported as a misplaced prompt
    return key not in PARAMETERS and key not in _TOLD_ELSEWHERE and not key.lower().startswith("cf-aig-")


def _is_row(body: dict[str, Any], unknown: Iterable[str]) -> bool:
    """Whether the unknown keys are columns of a data set: nothing says that this is a request, but for its messages."""
    if "model" in body or len(PARAMETERS & body.keys()) != 1 or "messages" not in body:
        return False
    return not any(_is_parameter_elsewhere(key, body) for key in unknown)


def _is_parameter_elsewhere(key: str, body: dict[str, Any]) -> bool:
    if key in _FOREIGN or key in _MINIMAX or _read(key, body[key]) is not None:
        return True
    meant = nearest(key, PARAMETERS)
    if meant is None or meant in body or not is_one_edit_away(key, meant):
        return False
    return meant != "tools" or isinstance(body[key], list)


def _read(key: str, value: Any) -> Reading | None:
    from minimax_validate.request.foreign_parameters import read_parameter  # few requests have foreign keys

    return read_parameter(key, value)


def _tell(key: str, request: Request, flag: Flag, *, is_row: bool) -> None:
    refused = "rejected" if request.closed else "ignored or rejected"
    if request.body[key] is None:
        said_nothing = removal((key,), f"delete {quote(key)}, which is null", safe=True)
        fix = said_nothing if "messages" in request.body else None
        flag((key,), f"unknown parameter {quote(key)} is {refused}, even if it is null", fix=fix, focus="key")
        return
    reading = _read(key, request.body[key])
    # To look for the nearest word takes long, and what is read under another name needs no guess.
    meant = None if reading or key in _FOREIGN or key in _MINIMAX else nearest(key, PARAMETERS)
    if reading is not None:
        message, fix = (
            f"unknown parameter {quote(key)} is {refused}; did you mean {quote(reading.target)}?",
            _reading_fix(request, key, reading),
        )
    elif meant is not None:
        message = f"unknown parameter {quote(key)} is {refused}; did you mean {quote(meant)}?"
        fix = _fix(request, key, meant)
    else:
        whose = "unknown parameter"
        if key in _FOREIGN:
            whose = "another vendor's parameter"
        elif key in _MINIMAX:
            whose = "MiniMax's own parameter"
        message = f"{whose} {quote(key)} is {refused} here; delete it"
        # A column of a data set is not ours to delete, and without messages the key may be all that is said: `{prompt}`
        # in YAML is a placeholder that was not filled in.
        fix = None if is_row or "messages" not in request.body else _fix(request, key, None)
    flag((key,), message, fix=fix, focus="key")


def _reading_fix(request: Request, key: str, reading: Reading) -> Fix | None:
    """A parameter under another name gets its name; it is deleted only if the same value is there already."""
    target, value = reading.target, reading.value
    if request.body.get(target) is not None:
        same = request.body[target] == value
        return removal((key,), f"delete {quote(key)}, which repeats {quote(target)}", safe=True) if same else None
    if reading.is_same:
        if target in request.body or not _suits(target, value, request):
            return None
        return Fix(f"rename {quote(key)} to {quote(target)}", (Edit("rename", (key,), target),), safe=True)
    if value is None or (target == "tool_choice" and not request.tools):
        return None
    dropped = naming(lost_keys(request.body[key], value))
    return Fix(
        f"convert {quote(key)} to {quote(target)}{dropped}",
        (Edit("set", (target,), value), Edit("remove", (key,))),
        safe=False,
    )


def _fix(request: Request, key: str, meant: str | None) -> Fix | None:
    if meant is not None and meant not in request.body and is_one_edit_away(key, meant):
        rename = Fix(f"rename {quote(key)} to {quote(meant)}", (Edit("rename", (key,), meant),), safe=True)
        return rename if _suits(meant, request.body[key], request) else None
    return removal((key,), f"delete {quote(key)}", safe=False)


def _suits(parameter: str, value: object, request: Request) -> bool:
    """Whether a parameter accepts a value without any finding.

    This rule does not judge objects and arrays.
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
    severity_by_contract={MAY: Severity.ERROR},
    prose=__doc__,
    converts=True,
    when=Feature.FOREIGN_KEYS,
    check=check,
    valid=(
        Valid("The model's id.", request(user(), model="minimax/m2.7")),
        Valid("A parameter that is null.", request(user(), model="minimax/m2.7", stop=None)),
        Valid("Columns of a data set.", request(user(), label=True, source="forum")),
        Valid("A training row.", request(user(), assistant(), tools=[tool()], parallel_tool_calls=False, seed=3)),
    ),
    invalid=(
        Invalid(
            "A missing letter.",
            request(user(), max_token=2048),
            at=(("max_token",),),
            fixed=request(user(), max_tokens=2048),
        ),
        Invalid(
            "A missing letter, and a value that is not valid.", request(user(), max_token="2048"), at=(("max_token",),)
        ),
        Invalid(
            "A limit together with the other limit.",
            request(user(), max_token=2048, max_completion_tokens=4096),
            at=(("max_token",),),
        ),
        Invalid(
            "A typo of a boolean parameter.",
            request(user(), streem=True),
            at=(("streem",),),
            fixed=request(user(), stream=True),
        ),
        Invalid("Another vendor's parameter.", request(user(), stop=["\n"]), at=(("stop",),), fixed=request(user())),
        Invalid(
            "A key of no known API.",
            request(user(), model="minimax/m2.7", mood="curious"),
            at=(("mood",),),
            fixed=request(user(), model="minimax/m2.7"),
        ),
        Invalid(
            "MiniMax's own parameter.",
            request(user(), reasoning_split=True),
            at=(("reasoning_split",),),
            fixed=request(user()),
        ),
        Invalid(
            "A limit under other vendors' name for it.",
            request(user(), max_output_tokens=2048),
            at=(("max_output_tokens",),),
            fixed=request(user(), max_completion_tokens=2048),
        ),
        Invalid(
            "A limit in another case, together with the valid one.",
            request(user(), maxTokens=2048, max_tokens=4096),
            at=(("maxTokens",),),
        ),
        Invalid(
            "OpenAI's older functions.",
            request(user(), functions=[tool()["function"]]),
            at=(("functions",),),
            fixed=request(user(), tools=[tool()]),
        ),
        Invalid(
            "A typo together with the valid parameter.",
            request(user(), temperatur=1, temperature=0.5),
            at=(("temperatur",),),
            fixed=request(user(), temperature=0.5),
        ),
    ),
)
