"""What the command costs as a whole process beside ``check-jsonschema`` with the vendor's schema.

``python -m benchmarks.command``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from benchmarks.payloads import conversation
from benchmarks.ratio import HEADER, compare

_SCRIPTS = Path(sysconfig.get_path("scripts"))
_SCHEMA = Path(__file__).parents[1] / "schemas" / "minimax-m2.7" / "vendor.json"


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        request = Path(folder) / "one.json"
        request.write_text(json.dumps(conversation(), indent=2), "utf-8")
        ours = [str(_SCRIPTS / "minimax-validate"), "check", str(request)]
        theirs = [str(_SCRIPTS / "check-jsonschema"), "--schemafile", str(_SCHEMA), str(request)]
        print(HEADER)
        print(
            compare(lambda: _run(ours), lambda: _run(theirs), rounds=10, seconds=0).row(
                "check one.json / check-jsonschema", 0.5
            )
        )
        print(
            compare(lambda: _run(ours), lambda: _run([sys.executable, "-c", ""]), rounds=10, seconds=0).row(
                "check one.json / bare Python"
            )
        )


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
