"""Write what is generated from rules and examples into the README and the documentation.

With ``--check``, only say what is out of date.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from man_page import man_page
from outlines import TARGET as OUTLINES
from outlines import with_outlines
from picture import picture
from settings_page import settings_page

from minimax_validate.json_schema import bundle
from minimax_validate.output.rule_pages.markdown import markdown
from minimax_validate.project.config_schema import config_schema
from minimax_validate.rules.catalogue import RULES

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = ROOT / "docs" / "rules"
PICTURE = ROOT / "docs" / "terminal.svg"
SETTINGS = ROOT / "docs" / "settings.md"
MAN_PAGE = ROOT / "man" / "minimax-validate.1"
CONFIG_SCHEMA = ROOT / "schemas" / bundle.CONFIG
INDEX = PAGES / "index.md"
_FAMILIES = {
    "0": "The document",
    "1": "The contract",
    "2": "Tool calls and results",
    "3": "Tools",
    "4": "Response format",
    "5": "Messages",
    "6": "Parameters",
    "7": "Token budget",
}
"""The headings of the index, by the first digit of a code."""

_TABLE = re.compile(r"(<!-- rules -->\n).*?(<!-- /rules -->)", re.DOTALL)
_SESSION = re.compile(r"(<!-- run: (.+?) -->\n).*?(<!-- /run -->)", re.DOTALL)
_EXAMPLE = re.compile(r"(<!-- example: (\S+) -->\n).*?(<!-- /example -->)", re.DOTALL)
_FINDING = re.compile(r"(<!-- finding: (\S+) -->\n).*?(<!-- /finding -->)", re.DOTALL)


def generated() -> Iterator[tuple[Path, str]]:
    """Each generated file and the text that it should have."""
    readme = README.read_text("utf-8")
    readme = _TABLE.sub(lambda match: match[1] + _table() + match[2], readme)
    readme = _FINDING.sub(lambda match: f"{match[1]}```console\n{_run(match[2])}```\n{match[3]}", readme)
    yield README, readme
    for page in sorted(set(PAGES.parent.glob("*.md")) - {SETTINGS}):
        with_sessions = _SESSION.sub(_block, page.read_text("utf-8"))
        yield page, _EXAMPLE.sub(lambda match: f"{match[1]}```python\n{_code(match[2])}```\n{match[3]}", with_sessions)
    yield OUTLINES, with_outlines(OUTLINES.read_text("utf-8"))
    yield SETTINGS, settings_page()
    yield MAN_PAGE, man_page()
    yield CONFIG_SCHEMA, json.dumps(config_schema(bundle.uri(bundle.CONFIG)), indent=2, ensure_ascii=False) + "\n"
    yield INDEX, _index()
    yield PICTURE, picture(ROOT, "check", "fixtures/invalid/separated-result.json")
    for rule in RULES:
        yield PAGES / f"{rule.code}.md", markdown(rule)


def stale_pages() -> Iterator[Path]:
    """Pages of rules that are no more."""
    codes = {rule.code for rule in RULES}
    return (path for path in sorted(PAGES.glob("MM*.md")) if path.stem not in codes)


def _code(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _table() -> str:
    rows = (
        f"| [{rule.code}](docs/rules/{rule.code}.md) | {rule.name} | {rule.severity.label} | {rule.summary} |\n"
        for rule in RULES
    )
    return "\n| code | name | severity | requirement |\n| --- | --- | --- | --- |\n" + "".join(rows) + "\n"


def _index() -> str:
    parts = [
        "# Rules",
        "Each rule has a page with its reason, its fixes and examples. The search field finds rules by any word.",
    ]
    for digit, title in _FAMILIES.items():
        rules = [rule for rule in RULES if rule.code[2] == digit]
        rows = (
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity.label} | {rule.summary} |"
            for rule in rules
        )
        table = "| code | name | severity | requirement |\n| --- | --- | --- | --- |\n" + "\n".join(rows)
        parts += [f"## {title}", table]
    return "\n\n".join(parts) + "\n"


def _run(path: str) -> str:
    return _session(f"check {path}")


def _session(arguments: str) -> str:
    command = [sys.executable, "-m", "minimax_validate", *arguments.split()]
    output = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8").stdout
    return f"$ minimax-validate {arguments}\n{output}"


def _block(match: re.Match[str]) -> str:
    language = "diff" if "--diff" in match[2] else "console"
    return f"{match[1]}```{language}\n{_session(match[2])}```\n{match[3]}"


def main() -> int:
    """Do it; the exit code is 1 if something was out of date and is to be checked only."""
    outdated = [(path, text) for path, text in generated() if not path.exists() or path.read_text("utf-8") != text]
    stale = list(stale_pages())
    if "--check" in sys.argv[1:]:
        for path in (*(path for path, _ in outdated), *stale):
            print(f"{path.relative_to(ROOT)} is out of date; run: python scripts/generate.py")
        return 1 if outdated or stale else 0
    for folder in (PAGES, MAN_PAGE.parent):
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in outdated:
        path.write_text(text, "utf-8")
    for path in stale:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
