"""What the address of a request tells: whether a chat is sent there, or something else."""

from __future__ import annotations

import re

CHAT = re.compile(r"/chat/completions/?(?:$|\?)|/ai/run/.*minimax/m2\.7|/chatcompletion_v2|/messages/?(?:$|\?)")
"""Addresses that take a chat."""

OWN = re.compile(r"/ai/run/.*minimax/m2\.7")
"""Addresses that take a chat for this model, whatever the body says."""

CHAT_STEP = re.compile(r"(?:^|/)(?:chat/completions|chatcompletion_v2|minimax/m2\.7)/?(?:$|\?)")
"""Endpoints of a step of the universal endpoint that take a chat."""

OTHER = re.compile(
    r"/(?:embeddings|(?<!chat/)completions|responses|moderations|rerank|images/\w+|audio/\w+|files|models)/?(?:$|\?)"
)
"""Addresses that take something else."""
