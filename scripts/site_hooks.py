"""What the site adds to the Markdown of docs/: links out of the folder, and examples to open in the playground."""

from __future__ import annotations

import base64
import re
import shutil
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
REPOSITORY = "https://github.com/minimax-validate/minimax-validate/blob/main"
PLAYGROUND = ROOT / "playground" / "dist"
PLACE = "play"
"""The folder of the site that holds the playground."""

SUFFIXES: Mapping[str, str] = {"json": "json", "jsonc": "jsonc", "jsonl": "jsonl", "yaml": "yaml"}
"""The suffix that the playground has for a language of a fence; values of Python are no text that it reads."""

_OUTSIDE = re.compile(r"\]\(((?:\.\./)+)([^)#]+)")
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def fragment(text: str, suffix: str) -> str:
    """The fragment of the playground's address that opens a text, as ``playground/src/share.ts`` reads it."""
    packer = zlib.compressobj(level=9, wbits=-15)
    packed = packer.compress(text.encode()) + packer.flush()
    return f"#{suffix}:{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def with_playground_links(markdown: str, playground: str) -> str:
    """Each example of a rule's page, followed by a link that opens it in the playground at that address."""

    def linked(match: re.Match[str]) -> str:
        suffix = SUFFIXES.get(match[1])
        if suffix is None:
            return match[0]
        address = f"{playground}{fragment(match[2].removesuffix(chr(10)), suffix)}"
        return f'{match[0]}\n\n<a class="playground" href="{address}">Open in the playground</a>'

    return _FENCE.sub(linked, markdown)


def with_links_out(markdown: str, folder: str) -> str:
    """The Markdown of a page of a ``folder`` of docs/; links to files outside of docs/ lead to the repository."""
    depth = len(Path(folder).parts)

    def outward(match: re.Match[str]) -> str:
        if match[1].count("../") <= depth:
            return match[0]
        return f"]({REPOSITORY}/{match[2]}"

    return _OUTSIDE.sub(outward, markdown)


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Called by MkDocs for each page."""
    source = Path(page.file.src_uri)
    markdown = with_links_out(markdown, source.parent.as_posix())
    if source.match("rules/MM*.md") and PLAYGROUND.is_dir():
        markdown = with_playground_links(markdown, f"../../{PLACE}/")
    return markdown


def on_post_build(*, config: Any, **_: Any) -> None:
    """Called by MkDocs when the site is written: the playground, if it was built, becomes a part of it."""
    if PLAYGROUND.is_dir():
        shutil.copytree(PLAYGROUND, Path(config.site_dir) / PLACE, dirs_exist_ok=True)
