"""What becomes of a request before it is sent: looked at, it stays as it is; what may be changed is not judged."""

M = "minimax/m2.7"


async def looked(env, o, client):
    a = {"messages": [{"role": "a1", "content": "x"}]}  # expect MM112
    if a and not a["messages"] == o.last and o.table[a] and f"{a}":
        await env.AI.run(M, a if o.fast else o.other)
    b = {"messages": [{"role": "a2", "content": "x"}]}  # expect MM112
    other: dict = b
    await env.AI.run(M, other)
    c = [{"role": "a3", "content": "x"}]  # expect MM112
    await env.AI.run(M, {"messages": [*c, o.more], "top_p": 5})  # expect MM105
    d = {"messages": [{"role": "a4", "content": "x"}]}  # expect MM112
    await env.AI.run(M, {**d, "top_p": 0.5})
    e = [{"role": "a5", "content": "x"}]  # expect MM112
    e.copy().append(o.more)
    print(len(e), e.count(o), e.index)
    await env.AI.run(M, {"messages": e})
    f = ["a8", "x"]  # expect MM102
    await env.AI.run(M, {"messages": [{"role": "a8", "content": "x"}], "stream": f}, ", ".join(f))  # expect MM112
    client.chat.completions.create.assert_called_with(model=M, messages=[{"role": "a6", "content": "x"}])
    client.assert_any_call({"model": M, "messages": [{"role": "a7", "content": "x"}]})


async def changed(env, o):
    a = {"messages": [{"role": "b1", "content": "x"}]}
    a.update(o.more)
    await env.AI.run(M, a)
    b = {"messages": [{"role": "b2", "content": "x"}]}
    del b["messages"]
    await env.AI.run(M, b)
    c = {"messages": [{"role": "b3", "content": "x"}]}
    c.messages = o.messages
    await env.AI.run(M, c)
    d = {"messages": [{"role": "b4", "content": "x"}]}
    inner = d["messages"]
    inner.clear()
    await env.AI.run(M, d)
    e = {"messages": [{"role": "b5", "content": "x"}]}
    await env.AI.run(M, e)
    f = {"messages": [{"role": "b6", "content": "x"}]}
    o.sent = f.messages.clear()
    await env.AI.run(M, f)
    g = {"role": "b7", "content": "x"} if o.a else o.b
    g.append(o)
    await env.AI.run(M, {"messages": [g]})
    return e
