import httpx, requests, json
MODEL = "minimax/m2.7"
URL = "https://api.cloudflare.com/client/v4/accounts/" + ACCOUNT + "/ai/run/" + MODEL
async def f(self, q, history: list | None = None):
    payload = {"messages": [{"role": "b1", "content": q}]}  # expect MM112
    async with httpx.AsyncClient() as client:
        r = await client.post(URL, json=payload)
        r = await client.post(url=URL, content=json.dumps({"messages": [{"role": "b2", "content": q}]}))  # expect MM112
    requests.request("POST", URL, data=json.dumps({"messages": [{"role": "user", "content": q}], "top_p": 3}))  # expect MM105
    await self.env.AI.run(MODEL, to_js({"messages": [*(history or []), {"role": "b3", "content": q}]}))  # expect MM112
    await self.env.AI.run(MODEL, Object.fromEntries(to_js({"messages": [{"role": "b4"}]})))
    body = dict(model=MODEL, messages=[{"role": "b5", "content": q}])  # expect MM112
    requests.post("https://x/ai/v1/chat/completions", json=body)
    msgs = [{"role": "user", "content": "x"}]
    msgs += history
    msgs[0]["role"] = "user"
    await env.AI.run(MODEL, {"messages": msgs, "temperature": 5 if q else 0.5})  # expect MM105
    for m in history:
        msgs2 = [{"role": "b6", "content": q}]  # expect MM112
        await env.AI.run(MODEL, {"messages": msgs2})
    return await client.chat.completions.create(**{"model": MODEL, "messages": [{"role": "b7", "content": q}]})  # expect MM112
