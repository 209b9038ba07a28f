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
  type ProblemBody,
  type TestApp,
  TOWN,
} from '../build.ts'

const OTHER = `${COUNTY}.donghe`
const OFFER = { action: 'offer-hand-over', toOffice: OTHER, reason: '户籍在洞河镇' }

type Sent = { link: string; text: string; counted: object }

let api: TestApp
let town: Asking
let other: Asking
let offered: string[]
let toOther: Sent
let toTown: Sent
let links: string[]

/** Two warnings of one town are offered to another, a third one was passed, and a round tells it. */
beforeAll(async () => {
  api = await buildTestApp({ day: '2022-06-06' })
  town = await api.signedIn('town-officer', TOWN)
  other = await api.signedIn('town-officer', OTHER)
  offered = []
  for (const externalId of ['A1', 'B2']) {
    const { id } = await foundWarning(api, { externalId })
    expect(await api.post(`/v1/obligations/${id}/actions`, OFFER, town)).toMatchObject({ status: 200 })
    offered.push(id)
  }
  const { id } = await foundWarning(api, { externalId: 'C3' })
  await api.post(
    `/v1/obligations/${id}/actions`,
    { action: 'submit', result: { outcome: 'ineligible' } },
    town,
  )
  await api.post(
    `/v1/obligations/${id}/actions`,
    { action: 'accept' },
    await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`),
  )
  const deps = makeWorkerDeps(api.pool, 'smtp://127.0.0.1:9')
  const engine = makeInlineEngine({ ...deps, letters: { ...deps.letters, archive: true } })
  await engine.advanceTo(instantAt('2022-06-07', '10:00'))
  toOther = await mailTo(OTHER)
  toTown = await mailTo(TOWN)
  const names = Object.keys(toOther.counted)
  links = [toOther.link, ...names.map((name) => `${toOther.link}&counted=${name}`)]
})
afterAll(() => api.close())

/** The one mail that the officer of a town was sent. */
async function mailTo(office: string): Promise<Sent> {
  const [sent] = await rows<Sent>(
    api.pool,
    `select '/app/obligations?standing=all&mail=' || id as link, text_body as text, counted from mails where person = $1`,
    [await personWith(api.pool, 'town-officer', office)],
  )
  return sent!
}
const list = (link: string, how: Asking) =>
  api.get<Page<Item>>(`/v1/obligations?${link.split('?')[1]}&limit=200`, how)
const idsOf = ({ body }: { body: Page<Item> }) => body.items.map(({ id }) => id).sort()

describe('the links of a mail that tells of offers', () => {
  it('lead whoever is to answer to what lies with another office until they take it', async () => {
    expect(toOther.text).toContain('待答复移交 2 件')
    expect(toOther.text).toContain(`${toOther.link}&counted=hand-over\n`)
    expect(links.map((link) => link.replace(toOther.link, '').split('.')[0])).toEqual(
      expect.arrayContaining(['', '&counted=hand-over', '&counted=line', '&counted=work']),
    )
    for (const link of links) {
      expect(idsOf(await list(link, other)), link).toEqual([...offered].sort())
      const count = await api.get(`/v1/obligations/count?${link.split('?')[1]}`, other)
      expect(count.body, link).toEqual({ count: 2 })
    }
  })

  it('show no more than the office may see, which ends when the offer is withdrawn', async () => {
    await api.post(`/v1/obligations/${offered[0]}/actions`, { action: 'withdraw-hand-over' }, town)
    for (const link of links) expect(idsOf(await list(link, other)), link).toEqual([offered[1]])
  })
})

it('new work leads to what the reader is to do, and not to what was passed beside it', async () => {
  expect(toTown.text).toContain('查看待办事项:')
  expect(toTown.text).toContain(`${toTown.link}&counted=new\n`)
  expect(idsOf(await list(`${toTown.link}&counted=new`, town))).toEqual([...offered].sort())
  expect(idsOf(await list(`${toTown.link}&counted=line`, town))).toHaveLength(3)
})

it('a mail of the release before, which kept its ids as arrays, leads to the same', async () => {
  const joined = await list(`${toTown.link}&counted=line`, town)
  const asArrays = `(select jsonb_object_agg(key, to_jsonb(string_to_array(value, ','))) from jsonb_each_text(counted))`
  const { rowCount } = await api.pool.query(`update mails set counted = ${asArrays} where person = $1`, [
    await personWith(api.pool, 'town-officer', TOWN),
  ])
  expect(rowCount).toBe(1)
  expect(idsOf(joined)).toHaveLength(3)
  expect(idsOf(await list(`${toTown.link}&counted=line`, town))).toEqual(idsOf(joined))
})

describe('a link that does not lead to what it counted is refused with a sentence', () => {
  const typeOf = async (query: string, how: Asking) => {
    const { status, body } = await api.get<ProblemBody>(`/v1/obligations?${query}`, how)
    return [status, body.type.split(':').at(-1), body.errors?.[0]?.pointer]
  }
  const mailOf = ({ link }: Sent) => link.split('?')[1]!

  it('of a mail that was sent to somebody else, or that is not there', async () => {
    const refused = [400, 'unknown-mail', '/querystring/mail']
    expect(await typeOf(mailOf(toTown), other)).toEqual(refused)
    expect(await typeOf(`${mailOf(toTown)}&counted=new`, other)).toEqual(refused)
    expect(await typeOf('mail=ml_none', town)).toEqual(refused)
    expect((await api.get('/v1/obligations/count?mail=ml_none', town)).status).toBe(400)
    const view = { name: '信', query: { mail: 'ml_none' } }
    expect(await api.post('/v1/list-views', view, town)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/body/query/mail' }] },
    })
  })

  it('of a number without its mail, or of one that no mail has', async () => {
    const refused = [400, 'unknown-counted', '/querystring/counted']
    expect(await typeOf('counted=hand-over', town)).toEqual(refused)
    expect(await typeOf(`${mailOf(toTown)}&counted=nothing`, town)).toEqual(refused)
  })

  it('and what this mail counted nothing by is a list without rows', async () => {
    expect(idsOf(await list(`${toTown.link}&counted=hand-over`, town))).toEqual([])
    expect(idsOf(await list(`${toTown.link}&counted=held`, town))).not.toEqual([])
  })

  it('whoever oversees the reader sees their mail, and what it lists', async () => {
    const centre = await api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
    expect(idsOf(await list(`${toTown.link}&counted=new`, centre))).toHaveLength(2)
  })
})
