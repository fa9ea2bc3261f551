"""List the links of the built site that lead to other sites, each with the number of pages that have it.

Nothing is fetched: CI does not depend on other people's servers. Open the links before a release.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

SITE = Path(__file__).parents[1] / "site"
_LINK = re.compile(r'<a\b[^>]*?\bhref="(https?://[^"#]+)')


def external_links(site: Path) -> Counter[str]:
    """Addresses on other sites, and how many pages link to each."""
    pages = (page.read_text("utf-8") for page in site.rglob("*.html") if "play" not in page.relative_to(site).parts)
    return Counter(address for page in pages for address in set(_LINK.findall(page)))


def main() -> int:
    """Print them; the exit code is 2 if the site is not built."""
    if not SITE.is_dir():
        print("build the site first: mkdocs build --strict", file=sys.stderr)
        return 2
    for address, pages in sorted(external_links(SITE).items()):
        print(f"{pages:4} {address}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
