const MODEL = 'minimax/m2.7' as const
const SYSTEM = { role: 'system', content: 'Be brief.' } as const
type Env = { AI: any }

export async function correct(c: any, env: Env, text: string, o: any, tools?: any[]) {
  const history: any[] = []
  history.push({ role: 'user', content: text })
  const shared = [SYSTEM, { role: 'user', content: text }]
  await c.env.AI.run(MODEL, { messages: [SYSTEM, { role: 'user', content: `Say ${text}` }], stream: true })
  await env.AI.run(MODEL, { messages: history, max_tokens: 500 })
  await env.AI.run<{ response: string }>(MODEL, { messages: shared, ...(tools && { tools }) })
  await hubAI().run('minimax/m2.7', { messages: [...shared, ...history], temperature: o.temperature ?? 0.5 })
  await locals.runtime.env.AI.run(MODEL, { messages: [{ role: o.role, content: o.content }], max_tokens: o.max })
  await c.env['AI'].run(o.fast ? '@cf/x/y' : MODEL, { messages: shared, tool_choice: o.choice })
  await env.AI.run(MODEL, o)
  await env.AI.run(MODEL, { ...o, stream: !!o.stream })
  await env.AI.run('@cf/baai/bge-base-en-v1.5', { text: ['minimax'] })
  await env.AI.run(MODEL, { messages: [{ role: 'user', content: String(o.text) }] }, { gateway: { id: 'default', skipCache: true } })
}

export async function faulty(env: Env, text: string, o: any, model = 'minimax/m2.7') {
  await env.AI.run(model, { messages: [{ role: 'human', content: text }] }) // expect MM112
  await env.AI.run(MODEL, { messages: [{ role: 'user' }] }) // expect MM111
  await env.AI.run(MODEL, { messages: [SYSTEM, { role: 'system', content: text }, { role: 'user', content: text }] }) // expect MM503
  await env.AI.run(MODEL, { messages: [], stream: true }) // expect MM501
  await env.AI.run(MODEL, { messages: [{ role: 'user', content: text }], max_tokens: o.max ?? 0 }) // expect MM105
  await env.AI.run(MODEL, { messages: [{ role: 'user', content: text }], temperature: '0.5' as any }) // expect MM102
  await env.AI.run(MODEL, { messages: [{ role: 'user', content: text }], ...(o.deep && { temperature: 2 }) }) // expect MM105
  await env.AI.run(MODEL, { messages: [{ role: 'user', content: text }], response_format: { type: 'json_object' } }) // expect MM114
  await env.AI.run(MODEL, { messages: [...o.history, { role: 'tool', content: text }] }) // expect MM208
  await env.AI.run(MODEL, { prompt: text, max_tokens: 5 }) // expect MM101
  await this.env.AI.run('minimax-m2.7', { messages: [{ role: 'user', content: text }] }) // expect MM009
}
