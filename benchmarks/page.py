"""The page that shows what was measured: tables, and a chart of the large file."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from benchmarks.results import Result, table
from minimax_validate import __version__

_DOCS = Path(__file__).parents[1] / "docs"
PAGE = _DOCS / "performance.md"
CHART = _DOCS / "assets" / "performance.svg"
_MEASURED = re.compile(r"(<!-- measured: begin -->\n).*(<!-- measured: end -->\n)", re.DOTALL)

_ROW, _LABELS, _WIDTH, _TOP = 26, 250, 720, 34


def write(results: Sequence[Result]) -> None:
    """Put the tables between the marks of the page, and draw the chart."""
    day = datetime.now(tz=UTC).strftime("%d %B %Y").lstrip("0")
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    text = f"\nVersion {__version__}, {day}: {machine}.\n" + "\n".join(table(results)) + "\n\n"
    page = PAGE.read_text("utf-8")
    written, times = _MEASURED.subn(lambda found: found[1] + text + found[2], page)
    if times != 1:
        raise ValueError(f"{PAGE.name} needs one pair of marks to write between")
    PAGE.write_text(written, "utf-8")
    bars = [result for result in results if "mixed" in result.section and "orjson" in result.theirs]
    if bars:
        CHART.write_text(_chart(bars), "utf-8")


def _chart(results: Sequence[Result]) -> str:
    """Bars of how often the time of parsing each took, the shortest first; peers in another colour."""
    ordered = sorted(results, key=lambda result: result.ratio.middle)
    scale = (_WIDTH - _LABELS - 70) / max(result.ratio.middle for result in ordered)
    rows = []
    for number, result in enumerate(ordered):
        top = _TOP + number * _ROW
        length = max(2.0, result.ratio.middle * scale)
        kind = "ours" if result.ours.startswith("minimax-validate") else "theirs"
        rows += [
            f'<text class="label" x="{_LABELS - 10}" y="{top + 16}">{escape(result.ours)}</text>',
            f'<rect class="{kind}" x="{_LABELS}" y="{top + 4}" width="{length:.1f}" height="{_ROW - 8}" rx="2"/>',
            f'<text x="{_LABELS + length + 6:.1f}" y="{top + 16}">{result.ratio.middle:.1f}</text>',
        ]
    height = _TOP + len(ordered) * _ROW + 8
    title = "Time to check 200 MB of JSON Lines, in multiples of the time to parse them (shorter is better)"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
            'aria-labelledby="title">',
            f'<title id="title">{title}</title>',
            "<style>",
            "text { font: 13px system-ui, sans-serif; fill: #1d2026 }",
            ".label { text-anchor: end } .head { font-weight: 600 } .ours { fill: #2f6fd0 } .theirs { fill: #a9b0bb }",
            "@media (prefers-color-scheme: dark) { text { fill: #dfe2e8 } .theirs { fill: #666d79 } }",
            "</style>",
            f'<text class="head" x="0" y="16">{title}</text>',
            *rows,
            "</svg>",
            "",
        )
    )
