"""The documentation's site: it builds strictly, its links lead somewhere, and it asks no other site for anything."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import zlib
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from minimax_validate.project.config import Config, ConfigError
from minimax_validate.project.config_file import read_table
from minimax_validate.project.keys import KEYS
from minimax_validate.rules.catalogue import RULES
from minimax_validate.values.limits import NUMBERS

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from site_hooks import fragment, with_links_out  # noqa: E402


def test_settings_page_has_every_key(tmp_path: Path) -> None:
    """Each field of the configuration has its key in the reference, and each key there is one that is read."""
    spelled = {"severities": "severity", "ignores": "ignore-at", "extends": "extend"}
    spelled |= dict.fromkeys(("path", "limits", "bases", "origins"), "")
    expected = {spelled.get(field.name, field.name.replace("_", "-")) for field in fields(Config)} - {""}
    expected |= {name.replace("_", "-") for name in NUMBERS} | {"per-file-ignores"}
    assert {key.name for key in KEYS} == expected
    path = tmp_path / "minimax-validate.toml"
    path.write_text("".join(f"{key.name} = 1979-05-27\n" for key in KEYS), "utf-8")
    with pytest.raises(ConfigError) as caught:
        read_table(path)
    assert "unknown key" not in str(caught.value)


def test_fragment_unpacks_to_the_text() -> None:
    """A link to the playground holds the text as raw deflate in base64 for addresses."""
    suffix, _, packed = fragment('{"messages": "ä"}', "json").removeprefix("#").partition(":")
    data = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    assert (suffix, zlib.decompress(data, wbits=-15).decode()) == ("json", '{"messages": "ä"}')


def test_links_out_of_the_folder_lead_to_the_repository() -> None:
    """A link above docs/ becomes an address; a link within it stays."""
    text = "[a](../fixtures/a.json) [b](ci.md)"
    assert with_links_out(text, ".") == (
        "[a](https://github.com/minimax-validate/minimax-validate/blob/main/fixtures/a.json) [b](ci.md)"
    )
    assert with_links_out("[c](../ci.md)", "rules") == "[c](../ci.md)"


@pytest.mark.slow
@pytest.mark.skipif(find_spec("mkdocs") is None, reason="the extra docs is not installed")
def test_site_is_whole(tmp_path: Path) -> None:
    """A strict build has a page for each rule; each internal link has its file; nothing is loaded from elsewhere."""
    site = tmp_path / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(site)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert all((site / "rules" / rule.code / "index.html").is_file() for rule in RULES)
    pages = [page for page in site.rglob("*.html") if page.relative_to(site).parts[0] not in ("play", "404.html")]
    broken, loaded = set(), set()
    for page in pages:
        text = page.read_text("utf-8")
        loaded |= set(re.findall(r'<(?:script|img|iframe)\b[^>]*\bsrc="(https?:[^"]+)', text))
        loaded |= set(re.findall(r'<link\b[^>]*\brel="(?:stylesheet|preconnect)"[^>]*\bhref="(https?:[^"]+)', text))
        for link in re.findall(r'\b(?:href|src)="([^"]*)"', text):
            path = unquote(urldefrag(link).url)
            if path and not re.match(r"\w+:", path) and not (page.parent / path).exists():
                broken.add((page.relative_to(site).as_posix(), link))
        assert 'data-md-component="source"' not in text  # its script asks GitHub's API
    assert not broken
    assert not loaded
