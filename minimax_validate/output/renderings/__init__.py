"""How prompts are written: part by part for people, an object for programs."""

RECONSTRUCTION = (
    "Reconstructed with the model's public chat template; texts of the template are shown by name. Not known: what the "
    "model receives for an image in a result, how a response format is enforced, and what a server adds (the default "
    "system prompt has 3 more tokens on Cloudflare than the published one; a gateway once counted 5 more than this)."
)
"""The note above prompts: what is known about them."""

OWN_TEMPLATE = (
    "Rendered with the given chat template, as Hugging Face's apply_chat_template does. A server may change a request "
    "before it renders it."
)
"""The same if the user provides the template."""
