"""Ask through the OpenAI SDK: ``python examples/openai_client.py "What is the capital of France?"``."""

from __future__ import annotations

import os
import sys

from openai import DefaultHttpxClient, OpenAI

from minimax_validate import InvalidRequestError
from minimax_validate.integrations.httpx2 import guarded


def connect(account: str, token: str) -> OpenAI:
    """Return the SDK's client for Workers AI, with a guard."""
    url = f"https://api.cloudflare.com/client/v4/accounts/{account}/ai/v1"
    return OpenAI(base_url=url, api_key=token, http_client=guarded(DefaultHttpxClient()))


def main(question: str) -> None:
    """Print the answer, or the findings in the request."""
    with connect(os.environ["CLOUDFLARE_ACCOUNT_ID"], os.environ["CLOUDFLARE_API_TOKEN"]) as client:
        try:
            answer = client.chat.completions.create(
                model="minimax/m2.7", messages=[{"role": "user", "content": question}]
            )
        except InvalidRequestError as error:
            sys.exit(str(error))
    print(answer.choices[0].message.content)


if __name__ == "__main__":
    main(sys.argv[1])
