import { useState } from 'react'

export function Chat({ model = 'minimax/m2.7', ai }: { model?: string; ai: any }) {
  const [text, setText] = useState('')
  const [chat, setChat] = useState({ model: 'minimax/m2.7', messages: [] as any[] })
  const ask = async () => {
    const answer = await ai.run(model, {
      messages: [{ role: 'user', content: text }],
      temperature: -1, // expect MM105
    })
    setText(answer.response)
  }
  return <button title={`Ask ${model}`} onClick={ask}>Ask {'minimax/m2.7'} “now”</button>
}
