// A condition may choose the model and its values at once: what only another model may get is no mistake.
const OURS = 'minimax/m2.7'
const OTHER = '@cf/baai/bge-m3'
export async function f(env: any, q: any, text: string) {
  const model = q.fast ? OTHER : OURS
  await env.AI.run(model, { messages: [{ role: 'user', content: text }], temperature: q.fast ? 9 : 1 })
  await env.AI.run(model, { messages: [{ role: 'user', content: text }], ...(q.fast ? { temperature: 9, prompt: text } : {}) })
  await env.AI.run(model, { messages: [...(q.fast ? [{ role: 'developer', content: text }] : []), { role: 'user', content: text }] })
  await env.AI.run(model, { messages: q.fast ? [] : [{ role: 'user', content: text }] })
  await env.AI.run(model, { messages: [{ role: q.fast ? 'human' : 'user', content: q.fast ? 5 : text }] })
  await env.AI.run(model, q.fast ? { text } : { messages: [{ role: 'user', content: text }] })
  await env.AI.run(model, { messages: [{ role: 'usr', content: text }] }) // expect MM112
  await env.AI.run(model, { messages: [{ role: 'user', content: text }], ...(q.fast ? { top_p: 9 } : {}), temperature: 9 }) // expect MM105
  await env.AI.run(model, { ...q.more, messages: [...q.list, { role: 'user', content: text }], temperature: 9 }) // expect MM105
  const same = q.fast ? OURS : 'minimax/m2.7'
  await env.AI.run(same, { messages: [{ role: 'user', content: text }], temperature: q.fast ? 9 : 1 }) // expect MM105
}
