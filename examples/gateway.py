"""A gateway that forwards valid requests and rejects bad ones with their findings.

``uvicorn --factory --app-dir examples gateway:gateway``
"""

from __future__ import annotations

import os
from typing import Any

import httpx
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from minimax_validate import InvalidRequestError, Report, to_json_pointer
from minimax_validate.integrations.httpx import guarded


def gateway(transport: httpx.AsyncBaseTransport | None = None) -> FastAPI:
    """Return the application; ``transport`` replaces the network in tests."""
    account, token = os.environ["CLOUDFLARE_ACCOUNT_ID"], os.environ["CLOUDFLARE_API_TOKEN"]
    url = f"https://api.cloudflare.com/client/v4/accounts/{account}/ai/run/minimax/m2.7"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    upstream = guarded(httpx.AsyncClient(headers=headers, timeout=600, transport=transport))
    app = FastAPI()

    @app.post("/chat")
    async def chat(request: Request) -> Response:
        """Send the request to the model."""
        answer = await upstream.post(url, content=await request.body())
        return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))

    @app.exception_handler(InvalidRequestError)
    async def refuse(_: Request, error: InvalidRequestError) -> Response:
        """Answer with the findings of the guard."""
        return JSONResponse(problem(error.report), 422, media_type="application/problem+json")

    return app


def problem(report: Report) -> dict[str, Any]:
    """Return the findings as problem details (RFC 9457)."""
    errors = [
        {
            "pointer": f"#{to_json_pointer(found.pointer)}",
            "detail": found.message,
            "code": found.code,
            "severity": found.severity.label,
        }
        for found in report.diagnostics
    ]
    return {"title": "The request is not valid for minimax/m2.7", "status": 422, "errors": errors}
