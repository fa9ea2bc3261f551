// Correct requests, and some of which too little is known: nothing is found.
const M = 'minimax/m2.7'
export async function f(env: any, o: any, text?: string, role: 'user' | 'assistant' = 'user', opts: { temperature?: number } = {}) {
  let messages = [{ role: 'system', content: 'x' }]
  if (o.a) messages = [{ role: 'bad', content: 5 }, ...messages]
  await env.AI.run(M, { messages })
  const msgs: any[] = [{ role: 'system', content: '' || o.sys }]
  for (const h of o.history) msgs.push({ role: h.role, content: h.content })
  msgs.unshift({ role: 'system', content: 'x' })
  await env.AI.run(M, { messages: msgs, stream: o.stream ?? false })
  await env.AI.run(M, { messages: [{ role, content: text ?? '' }] })
  await env.AI.run(M, { messages: [{ role: 'user', content: text || '' }], max_tokens: Math.min(o.n, 5), temperature: opts.temperature })
  await env.AI.run(M, { messages: o.list.map((x: any) => ({ role: x.r, content: x.c })), tools: o.tools?.length ? o.tools : undefined })
  await env.AI.run(M, { messages: [].concat(o.a, o.b), response_format: o.json ? { type: 'json_schema', json_schema: o.schema } : undefined })
  const body: Record<string, unknown> = { model: M, messages: [], }
  body.messages = o.messages
  await fetch(`https://api.cloudflare.com/client/v4/accounts/${o.id}/ai/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) })
  const conf = { models: [{ model: M, messages: 5 }], defaults: { model: M, temperature: 2 } }
  await env.AI.run(M, { messages: [{ role: 'user', content: [{ type: 'text', text: o.t }, ...(o.img ? [{ type: 'text', text: o.u }] : [])] }] })
  await env.AI.run(M, { messages: [{ role: 'assistant', content: '', tool_calls: o.calls }, ...o.calls.map((c: any) => ({ role: 'tool', tool_call_id: c.id, content: c.out }))] })
  await env.AI.run(M, { messages: [{ role: 'assistant', content: '', tool_calls: [{ id: o.id, type: 'function', function: { name: o.n, arguments: JSON.stringify(o.args) } }] }, { role: 'tool', tool_call_id: o.id, content: JSON.stringify(o.r) }] })
  await env.AI.run(M, Object.assign({}, o, { messages: [] }))
  await env.AI.run(M, { ...o.base, messages: [...o.m, { role: 'user', content: text }], ...o.more })
  const { model = M, ...rest } = o
  await env.AI.run(model, { temperature: 0.5, ...rest })
  return { model: M, messages: [], title: 'x' }
}
