import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTransport } from '../../src/mail/transport.ts'
import { startTrialInbox, type TrialInbox } from '../../src/mail/trial-inbox.ts'
import { sampleMail } from './sample.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duban-inbox-'))
})
afterEach(() => rm(dir, { recursive: true }))

async function post(inbox: TrialInbox, numbers: number[]): Promise<void> {
  const transport = createTransport(inbox.smtpUrl, { connections: 1 })
  for (const n of numbers)
    await transport.send(sampleMail({ messageId: `<m-${n}@duban.example>`, subject: `第 ${n} 封` }))
  await transport.close()
}

const subjects = async (inbox: TrialInbox, page?: { limit?: number; before?: string }) =>
  (await inbox.list(page)).map((m) => m.subject)

it('the inbox survives a restart, without half-written files', async () => {
  const before = await startTrialInbox({ dir })
  await post(before, [1, 2])
  await before.close()
  await writeFile(join(dir, '0000000003.part'), 'half')
  const after = await startTrialInbox({ dir })
  await post(after, [3])
  expect(await subjects(after)).toEqual(['第 3 封', '第 2 封', '第 1 封'])
  expect((await readdir(dir)).sort()).toEqual(['0000000001.eml', '0000000002.eml', '0000000003.eml'])
  await after.close()
})

it('the inbox keeps the newest mails and pages through them', async () => {
  const inbox = await startTrialInbox({ dir, keep: 4 })
  await post(inbox, [1, 2, 3, 4, 5, 6])
  expect(inbox.count()).toBe(4)
  expect(await subjects(inbox, { limit: 3 })).toEqual(['第 6 封', '第 5 封', '第 4 封'])
  const last = (await inbox.list({ limit: 3 })).at(-1)?.id
  expect(await subjects(inbox, { limit: 3, before: last })).toEqual(['第 3 封'])
  expect(await readdir(dir)).toHaveLength(4)
  await inbox.close()
})

it('the inbox calls its listeners before it answers, until they leave', async () => {
  const inbox = await startTrialInbox({ dir })
  const heard: string[] = []
  const stop = inbox.onMail((mail) => heard.push(`${mail.id} ${mail.to.join()}`))
  await post(inbox, [1])
  expect(heard).toEqual(['0000000001 officer@town.example'])
  stop()
  await post(inbox, [2])
  expect(heard).toHaveLength(1)
  await inbox.close()
})

it('the inbox finds no mail under an invented name', async () => {
  const inbox = await startTrialInbox({ dir })
  expect(await inbox.get('../../etc/passwd')).toBeNull()
  expect(await inbox.get('0000000009')).toBeNull()
  await inbox.close()
})

it('the inbox says so when its port is taken', async () => {
  const first = await startTrialInbox({ dir })
  const port = Number(new URL(first.smtpUrl).port)
  await expect(startTrialInbox({ dir, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await first.close()
})
