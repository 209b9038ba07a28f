import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeInlineEngine } from '../../../src/demo/inline-engine.ts'
import { rows } from '../../../src/db/pool.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { personWith } from '../../support/scoped.ts'
import { makeWorkerDeps } from '../../support/worker-deps.ts'
import {
  type Asking,
  buildTestApp,
  COUNTY,
  foundWarning,
  type Item,
  type Page,
  type TestApp,
  TOWN,
} from '../build.ts'

const OTHER = `${COUNTY}.donghe`
const OFFER = { action: 'offer-hand-over', toOffice: OTHER, reason: '户籍在洞河镇' }

let api: TestApp
let other: Asking
let offered: string[]
let mail: string
let text: string
let links: string[]

/** Two warnings of one town are offered to another, and a round tells it. */
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  const town = await api.signedIn('town-officer', TOWN)
  other = await api.signedIn('town-officer', OTHER)
  offered = []
  for (const externalId of ['A1', 'B2']) {
    const { id } = await foundWarning(api, { externalId })
    expect(await api.post(`/v1/obligations/${id}/actions`, OFFER, town)).toMatchObject({ status: 200 })
    offered.push(id)
  }
  const deps = makeWorkerDeps(api.pool, 'smtp://127.0.0.1:9')
  const engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
  await engine.advanceTo(instantAt('2022-06-07', '10:00'))
  const [sent] = await rows<{ id: string; text: string; counted: object }>(
    api.pool,
    'select id, text_body as text, counted from mails where person = $1',
    [await personWith(api.pool, 'town-officer', OTHER)],
  )
  mail = `/app/obligations?standing=all&mail=${sent?.id}`
  text = sent?.text ?? ''
  links = [mail, ...Object.keys(sent?.counted ?? {}).map((name) => `${mail}&counted=${name}`)]
})
afterAll(() => api.close())

const list = (link: string, how: Asking) =>
  api.get<Page<Item>>(`/v1/obligations?${link.split('?')[1]}&limit=200`, how)
const idsOf = ({ body }: { body: Page<Item> }) => body.items.map(({ id }) => id).sort()

describe('the links of a mail that tells of offers', () => {
  it('lead whoever is to answer to what lies with another office until they take it', async () => {
    expect(text).toContain('待答复移交 2 件')
    expect(text).toContain(`${mail}&counted=hand-over\n`)
    expect(links.map((link) => link.replace(mail, '').split('.')[0])).toEqual(
      expect.arrayContaining(['', '&counted=hand-over', '&counted=line', '&counted=work']),
    )
    for (const link of links) {
      expect(idsOf(await list(link, other)), link).toEqual([...offered].sort())
      const count = await api.get(`/v1/obligations/count?${link.split('?')[1]}`, other)
      expect(count.body, link).toEqual({ count: 2 })
    }
  })

  it('show no more than the office may see, which ends when the offer is withdrawn', async () => {
    const town = await api.signedIn('town-officer', TOWN)
    await api.post(`/v1/obligations/${offered[0]}/actions`, { action: 'withdraw-hand-over' }, town)
    for (const link of links) expect(idsOf(await list(link, other)), link).toEqual([offered[1]])
  })
})
