// What is not certain is told nowhere: a guard, a name that is assigned twice, a value that others may change.
export async function ask(env, request) {
  const { prompt, temperature = 5 } = await request.json()
  let limit = 0
  limit = 500
  const content = prompt ?? ''
  const options = { temperature: 7 }
  configure(options)
  const messages = [{ role: 'user', content: '' }]
  messages[0].content = prompt
  await env.AI.run('minimax/m2.7', { messages, max_tokens: limit })
  await env.AI.run('minimax/m2.7', { messages: [{ role: 'user', content }], ...options })
  const init = { messages: [{ role: 'usr', content: prompt }] }
  normalise(init.messages)
  await env.AI.run('minimax/m2.7', init)
}
