"""Send a request from a file with Cloudflare's SDK, after applying safe fixes.

``python examples/cloudflare_client.py request.json``.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

from cloudflare import Cloudflare, DefaultHttpxClient

from minimax_validate import InvalidRequestError
from minimax_validate.integrations.httpx import Guard, guarded


def connect(token: str) -> Cloudflare:
    """Return the SDK's client, with a guard that applies safe fixes and logs them."""
    return Cloudflare(api_token=token, http_client=guarded(DefaultHttpxClient(), Guard("fix")))


def main(path: str) -> None:
    """Print the answer as JSON, or the findings that remain in the request."""
    logging.basicConfig(level=logging.INFO)
    inputs = json.loads(Path(path).read_bytes())
    with connect(os.environ["CLOUDFLARE_API_TOKEN"]) as client:
        try:
            answer = client.ai.run("minimax/m2.7", account_id=os.environ["CLOUDFLARE_ACCOUNT_ID"], extra_body=inputs)
        except InvalidRequestError as error:
            sys.exit(str(error))
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
