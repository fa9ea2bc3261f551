const bad = [{ role: 'usr', content: 'x' }] as const // expect MM112
const M: string = 'minimax/m2.7'
export default { async fetch(request: Request, env: Env) {
  const ai = env.AI
  const { AI } = env
  await ai.run(M, { messages: [{ role: 'a1', content: 'x' }] }) // expect MM112
  await AI.run(M as any, { messages: [{ role: 'a2', content: 'x' }] } as never) // expect MM112
  await (env.AI as any).run(M!, { messages: [{ role: 'a3', content: 'x' }] }) // expect MM112
  await env.AI!.run(M, { messages: [{ role: 'a4', content: 'x' }] }) // expect MM112
  await env.AI?.run(M, { messages: [{ role: 'a5', content: 'x' }] }) // expect MM112
  const p = { messages: [{ role: 'a6', content: 'x' }], stream: true } satisfies P // expect MM112
  const s = await env.AI.run<any>(M, p)
  await env.AI.run(M, { messages: bad })
  await new OpenAI({ baseURL: BASE }).chat.completions.create({ model: M, messages: [{ role: 'a7', content: 'x' }] }) // expect MM112
  await locals.runtime.env.AI.run(M, cond ? { messages: [{ role: 'a8', content: 'x' }] } : { messages: [{ role: 'user', content: 'x' }] }) // expect MM112
  await fetch(new URL(`https://api.cloudflare.com/client/v4/accounts/${id}/ai/run/${M}`), { body: JSON.stringify({ messages: [{ role: 'a9', content: 'x' }] }) })
  const url = `https://api.cloudflare.com/client/v4/accounts/${id}/ai/run/minimax/m2.7`
  const init = { method: 'POST', body: JSON.stringify({ messages: [{ role: 'a10', content: 'x' }] }) } // expect MM112
  await fetch(url, init)
  await fetch(url, { method: 'POST', body: JSON.stringify({ messages: [{ role: 'user', content: 'x' }], temperature: 1.2 }, null, 2) }) // expect MM105
  return new Response(await env.AI.run(M, { messages: [{ role: 'user', content: 'x' }], tools: [{ type: 'function', function: { name: 'f', description: 'g', parameters: { type: 'object', properties: {} }, strict: true } }] })) // expect MM116
} }
