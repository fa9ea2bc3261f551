"""How prompts are written: part by part for people, an object for programs."""

RECONSTRUCTION = (
    "A reconstruction by the model's public chat template, whose own texts appear by their names. Not known: what the "
    "model is given for an image in a result, how a response format is enforced, and what a server adds (the default "
    "system prompt has 3 tokens more on Cloudflare than the published one; a gateway once counted 5 more than this)."
)
"""What a prompt is to be taken for."""

OWN_TEMPLATE = (
    "Rendered by the chat template that was given, as Hugging Face's apply_chat_template does. A server may change a "
    "request before it renders it."
)
"""The same for one that the user's own template rendered."""
