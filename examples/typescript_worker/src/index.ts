/**
 * A Worker that answers questions. `minimax-validate check examples/typescript_worker` checks what it asks the model.
 */

interface Env {
  AI: { run(model: string, inputs: unknown, options?: unknown): Promise<unknown> }
}

interface Turn {
  role: 'user' | 'assistant'
  content: string
}

const MODEL = 'minimax/m2.7'
const SYSTEM = { role: 'system', content: 'You answer in two sentences at the most.' } as const

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { question, history = [] } = (await request.json()) as { question: string; history?: Turn[] }
    const answer = await env.AI.run(
      MODEL,
      {
        messages: [SYSTEM, ...history, { role: 'user', content: question }],
        max_tokens: 4096,
        temperature: 0.3,
      },
      { gateway: { id: 'default' } },
    )
    return Response.json(answer)
  },
}
