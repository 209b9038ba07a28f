import { expect, it } from 'vitest'
import { Problem } from '../../web/src/api/problem.ts'
import { sendAll } from '../../web/src/pages/item/send-all.ts'

it('a file that fails keeps none of the others back, is named, and one that is there already counts as sent', async () => {
  const sent: string[] = []
  const refusals: Record<string, Problem> = {
    'a.pdf': new Problem(413, { detail: '太大' }),
    'b.pdf': new Problem(409, { code: 'exists', detail: '已有' }),
    'd.pdf': new Problem(409, { code: 'full', detail: '已满' }),
  }
  const send = async ({ name }: File) => {
    sent.push(name)
    const refusal = refusals[name]
    if (refusal) throw refusal
  }
  const files = ['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf'].map((name) => new File([name], name))
  expect(await sendAll(files, send, (error) => (error as Problem).detail)).toEqual([
    { name: 'a.pdf', why: '太大' },
    { name: 'd.pdf', why: '已满' },
  ])
  expect(sent).toEqual(['a.pdf', 'b.pdf', 'c.pdf', 'd.pdf'])
})
