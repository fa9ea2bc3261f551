"""Count tokens with or without the model's vocabulary.

Without it, there are lower and upper bounds and a calibrated estimate. With a ``tokenizer.json``, counts are exact.
"""

from minimax_validate.tokens.bounds import lower_bound, upper_bound
from minimax_validate.tokens.counter import Counter, CounterError, TokenCounter, named_counter
from minimax_validate.tokens.estimate import estimate_tokens
from minimax_validate.tokens.exact import from_tokenizer_json, o200k
from minimax_validate.tokens.prompt import (
    ESTIMATE,
    LOWER,
    UPPER,
    Measure,
    MessageCount,
    PromptCount,
    count_prompt,
    measure_with,
)
from minimax_validate.tokens.quick import fits_surely, upper_bound_from_encoded
from minimax_validate.tokens.verdict import RESERVE, Outcome, Verdict, completion_limit, judge
from minimax_validate.values.model import CONTEXT_WINDOW

__all__ = [
    "CONTEXT_WINDOW",
    "ESTIMATE",
    "LOWER",
    "RESERVE",
    "UPPER",
    "Counter",
    "CounterError",
    "Measure",
    "MessageCount",
    "Outcome",
    "PromptCount",
    "TokenCounter",
    "Verdict",
    "completion_limit",
    "count_prompt",
    "estimate_tokens",
    "fits_surely",
    "from_tokenizer_json",
    "judge",
    "lower_bound",
    "measure_with",
    "named_counter",
    "o200k",
    "upper_bound",
    "upper_bound_from_encoded",
]
