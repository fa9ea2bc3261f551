"""The strings that the model's tokenizer knows as special tokens.

One token each, wherever they stand, user text included.
"""

from __future__ import annotations

import re

SPECIAL_TOKENS = (
    "]~!b[",
    "]~b]",
    "[e~[",
    "]!p~[",
    "]!d~[",
    "<think>",
    "</think>",
    "<minimax:tool_call>",
    "</minimax:tool_call>",
    "<fim_prefix>",
    "<fim_middle>",
    "<fim_suffix>",
    "<fim_pad>",
    "<reponame>",
    "<repo_struct>",
    "<filename>",
    "<filepath>",
    "<file_content>",
    "<file_sep>",
    "<add_file>",
    "<delete_file>",
    "<rename_file>",
    "<edit_file>",
    "<empty_source_file>",
    "<source_files>",
    "<code_context>",
    "<gh_stars>",
    "<issue_start>",
    "<issue_comment>",
    "<issue_closed>",
    "<jupyter_start>",
    "<jupyter_text>",
    "<jupyter_code>",
    "<jupyter_output>",
    "<jupyter_error>",
    "<empty_output>",
    "<commit_before>",
    "<commit_msg>",
    "<commit_message>",
    "<commit_after>",
    "<pr_start>",
    "<review_comment>",
    "<function_call>",
    "<code_interpreter>",
    "]<]speech[>[",
    "]<]image[>[",
    "]<]video[>[",
    "]<]start of speech[>[",
    "]<]end of speech[>[",
    "]<]start of image[>[",
    "]<]end of image[>[",
    "]<]start of video[>[",
    "]<]end of video[>[",
    "]<]vision pad[>[",
)
"""Every added token of the model that has a spelling, from the tokenizer configuration published with MiniMax M2."""


def _any_of(tokens: list[str]) -> re.Pattern[str]:
    # Longest first, so that a token is never taken for another that it begins with.
    return re.compile("|".join(re.escape(token) for token in sorted(tokens, key=len, reverse=True)))


# Each family behind the cheapest search that shows it is absent: most texts have none of these strings.
_MEDIA_MARK = "]<]"
_FAMILIES = (
    ("<", tuple(token for token in SPECIAL_TOKENS if token.startswith("<"))),
    (_MEDIA_MARK, tuple(token for token in SPECIAL_TOKENS if token.startswith(_MEDIA_MARK))),
    ("~", tuple(token for token in SPECIAL_TOKENS if "~" in token)),
)
_PATTERNS = {mark: _any_of(list(tokens)) for mark, tokens in _FAMILIES}
_DENSE = 32
"""Characters to a mark from which on a text is searched for one token after the other.

A pattern finds few among many characters sooner, but makes an object of each that it finds.
"""

SPECIAL_TOKEN = _any_of(list(SPECIAL_TOKENS))
"""Matches any one of the special tokens, the leftmost first, as the tokenizer looks for them."""


def count_special_tokens(text: str) -> int:
    """How many special tokens a text may hold.

    Never fewer than the tokenizer finds, though overlapping ones can count twice.
    """
    return sum(_count(text, mark, tokens) for mark, tokens in _FAMILIES if mark in text)


def _count(text: str, mark: str, tokens: tuple[str, ...]) -> int:
    if text.count(mark) * _DENSE > len(text):
        return sum(map(text.count, tokens))
    return sum(1 for _ in _PATTERNS[mark].finditer(text))
