"""Requests of SDKs and HTTP clients, correct ones and faulty ones."""

import httpx
import json
import os

from cloudflare import Cloudflare
from openai import OpenAI

MODEL = "minimax/m2.7"
SYSTEM = {"role": "system", "content": "Be brief."}
BASE = f"https://api.cloudflare.com/client/v4/accounts/{os.environ['ACCOUNT']}/ai/v1"
client = OpenAI(base_url=BASE, api_key=os.environ["TOKEN"])
flare = Cloudflare()


def correct(text, history, limit=2000, **options):
    messages = [SYSTEM]
    messages.append({"role": "user", "content": text})
    client.chat.completions.create(model=MODEL, messages=messages, max_tokens=limit, **options)
    client.chat.completions.create(model=MODEL, messages=[SYSTEM, *history], temperature=0.5, timeout=30)
    client.chat.completions.create(model="gpt-4o", messages=[{"role": "usr", "content": text}])
    flare.ai.run(MODEL, account_id="0123", messages=[{"role": "user", "content": f"Say {text}"}])
    httpx.post(f"{BASE}/../run/{MODEL}", json={"messages": [{"role": "user", "content": text}]})
    assert sent == {"model": MODEL, "messages": [{"role": "usr", "content": "x"}]}
    row = {"id": 1, "model": MODEL, "messages": [], "user": text}
    payload = {"model": MODEL, "messages": history}
    payload["temperature"] = 0.3
    return httpx.post(f"{BASE}/chat/completions", content=json.dumps(payload)), row


def faulty(text, history):
    client.chat.completions.create(
        model="MiniMax-M2.7",  # expect MM009
        messages=[{"role": "user", "content": None}],  # expect MM110
        extra_body={"top_p": 1.5},  # expect MM105
    )
    client.chat.completions.create(model=MODEL, messages=[*history, {"role": "user", "content": " "}])  # expect MM502
    flare.ai.run(MODEL, account_id="0123", messages=[{"role": "user", "content": text}], max_token=5)  # expect MM601
    payload = {"model": MODEL, "messages": [{"role": "user", "content": text}], "stream": "yes"}  # expect MM102
    return httpx.post(f"{BASE}/chat/completions", json=payload)
