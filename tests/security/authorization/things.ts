import { newId } from '../../../src/db/ids.ts'
import { inTransaction, type Pool, row, ts } from '../../../src/db/pool.ts'
import { readCampaignTemplate } from '../../../src/services/campaigns/template.ts'
import { startCampaign } from '../../../src/services/campaigns/store.ts'
import { addAttachment } from '../../../src/services/attachments/store.ts'
import { addRosterHousehold } from '../../../src/services/roster/enter.ts'
import { makeKeyring } from '../../../src/services/vault/encryption.ts'
import { registerObligations } from '../../../src/services/obligations/register.ts'
import { createSession } from '../../../src/services/access/sessions.ts'
import { hashToken, newToken } from '../../../src/services/access/tokens.ts'
import { instantAt } from '../../../src/domain/time/days.ts'
import { pdfOf } from '../../support/evidence.ts'
import { addTestKey } from '../../support/scoped.ts'
import { givenWarning } from '../../support/warnings.ts'
import { COUNTY, idOf, OTHER_COUNTY, type Place, PLACES } from './county.ts'

/** As the API of the test has them. */
const KEYS = makeKeyring(Buffer.alloc(32, 7))
const NOW = instantAt('2022-06-01', '09:00')

/** One thing of every kind the routes know, in every place. `mark`: words that must not reach a stranger. */
export type Things = Record<Place, { ids: Record<Kind, string>; mark: string }>
export type Kind =
  | 'obligation'
  | 'problem'
  | 'attachment'
  | 'deadline'
  | 'mail'
  | 'import'
  | 'hitsFile'
  | 'mapping'
  | 'campaign'
  | 'policy'
  | 'sample'
  | 'roster'
  | 'rosterImport'
  | 'county'
  | 'key'
  | 'session'
  | 'person'
  | 'user'
  | 'view'
  | 'bulkRun'

export async function layThings(pool: Pool): Promise<Things> {
  const campaigns = {
    [COUNTY]: await campaignOf(pool, COUNTY),
    [OTHER_COUNTY]: await campaignOf(pool, OTHER_COUNTY),
  }
  const laid = {} as Things
  for (const place of Object.keys(PLACES) as Place[]) {
    const office = PLACES[place]
    const county = place === 'abroad' ? OTHER_COUNTY : COUNTY
    const mark = `记号${place}`
    const obligation = await obligationIn(pool, office, county, mark)
    const ids = {
      obligation,
      problem: await problemOf(pool, office, county, mark),
      attachment: await attachmentOf(pool, obligation, county, mark),
      deadline: await idOf(pool, 'select deadline as id from assignments where obligation = $1', [
        obligation,
      ]),
      mail: await mailTo(pool, office, county, mark),
      import: await importOf(pool, county, mark),
      hitsFile: await hitsFileOf(pool, county, office, mark),
      mapping: await mappingOf(pool, county, mark),
      campaign: campaigns[county] ?? '',
      policy: await idOf(pool, 'select id from policies where county = $1', [county]),
      sample: await sampleOf(pool, campaigns[county] ?? '', county, mark),
      roster: await rosterHouseholdOf(pool, office, county, mark),
      rosterImport: await rosterImportOf(pool, county),
      county,
      key: await keyOf(pool, place),
      session: await sessionOf(pool),
      person: await newcomer(pool, office),
      user: await newcomer(pool, office),
      view: await viewOf(pool, mark),
      bulkRun: await bulkRunOf(pool, obligation, mark),
    }
    await handOverOf(pool, obligation, county, mark)
    laid[place] = { ids, mark }
  }
  return laid
}

/** What became of an offer: seen by the two offices and those above them alone. */
async function handOverOf(pool: Pool, obligation: string, county: string, mark: string): Promise<void> {
  const to = county === COUNTY ? `${COUNTY}.gaoqiao` : county
  await pool.query(
    `insert into hand_overs (id, county, obligation, title, from_office, to_office, state, offered_by, offered_at, answered_by, answered_at)
     select $1, o.county, o.id, $2, o.office, $3, 'refused', 'test', $4, 'test', $4 from obligations o where o.id = $5`,
    [newId('ho'), mark, to, ts(NOW), obligation],
  )
}

async function campaignOf(pool: Pool, county: string): Promise<string> {
  const template = await readCampaignTemplate('safety-net-2022')
  return inTransaction(pool, (tx) => startCampaign(tx, { county, year: 2022, template }, NOW))
}

async function obligationIn(pool: Pool, office: string, county: string, mark: string): Promise<string> {
  await givenWarning(pool, { id: mark, level: 'red', office, county, title: mark })
  return idOf(pool, 'select id from obligations where external_id = $1', [mark])
}

async function problemOf(pool: Pool, office: string, county: string, mark: string): Promise<string> {
  const id = await obligationIn(pool, office, county, `${mark}问题`)
  await pool.query(`insert into problems (obligation, county, batch) values ($1, $2, 'pb_x')`, [id, county])
  return id
}

/** A file on the obligation, encrypted as the API of the test would have it. */
function attachmentOf(pool: Pool, obligation: string, county: string, mark: string): Promise<string> {
  return inTransaction(pool, async (tx) => {
    const content = pdfOf(mark)
    const file = {
      obligation,
      county,
      name: `${mark}.pdf`,
      type: 'pdf',
      content,
      by: 'test',
      now: NOW,
    } as const
    return (await addAttachment(tx, KEYS, file)) ?? ''
  })
}

async function mailTo(pool: Pool, office: string, county: string, mark: string): Promise<string> {
  const person =
    (
      await row<{ id: string }>(pool, 'select person as id from person_roles where office = $1 limit 1', [
        office,
      ])
    )?.id ?? (await newcomer(pool, office))
  const [id, round] = [newId('ml'), newId('rd')]
  await pool.query(
    'insert into rounds (id, county, at, urgent, composed_at) values ($1, $2, $3, false, $3)',
    [round, county, ts(NOW)],
  )
  await pool.query(
    `insert into mails (id, message_id, county, round, person, to_address, subject, text_body, html_body, headers, thread_id,
       state, composed_at, next_attempt_wall)
     values ($1, $1, $2, $3, $4, 'x@y.test', $5, $5, $5, '{}', $1, 'accepted', $6, $6)`,
    [id, county, round, person, mark, ts(NOW)],
  )
  return id
}

/** A village has nobody in the sample. */
async function newcomer(pool: Pool, office: string | null): Promise<string> {
  const id = newId('pe')
  await pool.query('insert into people (id, name, email) values ($1, $2, $3)', [
    id,
    '村干部',
    `${id}@village.test`,
  ])
  if (office === null) return id
  await pool.query(`insert into person_roles (person, office, role) values ($1, $2, 'town-officer')`, [
    id,
    office,
  ])
  return id
}

/** A view that somebody keeps for themselves. */
async function viewOf(pool: Pool, mark: string): Promise<string> {
  const id = newId('lv')
  await pool.query(
    `insert into list_views (id, person, office, name, query, created_at) values ($1, 'pe_somebody', null, $2, '{}', $3)`,
    [id, mark, ts(NOW)],
  )
  return id
}

async function importOf(pool: Pool, county: string, mark: string): Promise<string> {
  const id = newId('im')
  await pool.query(
    `insert into imports (id, county, filename, bytes, dry_run, state, actor, created_at)
     values ($1, $2, $3, 1, false, 'applied', 'test', $4)`,
    [id, county, `${county === OTHER_COUNTY ? mark : '预警'}.csv`, ts(NOW)],
  )
  return id
}

/** What whoever performs a comparison brought of it. */
async function hitsFileOf(pool: Pool, county: string, reach: string, mark: string): Promise<string> {
  const id = newId('im')
  await pool.query(
    `insert into imports (id, county, reach, comparison, filename, bytes, dry_run, state, actor, created_at)
     values ($1, $2, $3, $4, $5, 1, false, 'applied', 'test', $6)`,
    [id, county, reach, await comparisonIn(pool, reach, county, mark), `${mark}.csv`, ts(NOW)],
  )
  return id
}

async function comparisonIn(pool: Pool, office: string, county: string, mark: string): Promise<string> {
  const id = newId('ob')
  const begun = {
    id,
    key: `test|${id}`,
    kind: 'comparison' as const,
    facts: {},
    title: mark,
    office,
    phase: null,
  }
  const dates = { startOn: '2022-06-01', issuedAt: NOW, fixedDueOn: '2022-06-20' }
  const none = { level: null, cause: null, group: null, source: null, importId: null, subject: null }
  const one = { ...begun, ...dates, ...none, externalId: null, contentHash: null, reviewer: county }
  await inTransaction(pool, (tx) => registerObligations(tx, { county, actor: 'test', now: NOW }, [one]))
  return id
}

async function sampleOf(pool: Pool, campaign: string, county: string, mark: string): Promise<string> {
  const id = newId('sm')
  await pool.query(
    `insert into samples (id, county, campaign, seed, percent, population, digest, due_on, drawn_by, drawn_at)
     values ($1, $2, $3, $4, 20, 1, 'x', '2022-12-15', 'test', $5)`,
    [id, county, campaign, county === OTHER_COUNTY ? mark : '种子', ts(NOW)],
  )
  return id
}

/** A household of the roster, of whatever office: the database keeps them apart by it. */
function rosterHouseholdOf(pool: Pool, office: string, county: string, mark: string): Promise<string> {
  return inTransaction(pool, (tx) => {
    const person = { name: mark, idNo: '', phone: '', village: mark, detail: '' }
    const content = { office, group: 'near-poor', cover: 'none', coveredSince: null, person } as const
    return addRosterHousehold(tx, KEYS, { county, content, by: 'test', now: NOW })
  })
}

async function rosterImportOf(pool: Pool, county: string): Promise<string> {
  const id = newId('ri')
  await pool.query(
    `insert into roster_imports (id, county, state, added, changed, created_by, created_at) values ($1, $2, 'applied', 0, 0, 'test', $3)`,
    [id, county, ts(NOW)],
  )
  return id
}

/** What a county said of a file's columns. */
async function mappingOf(pool: Pool, county: string, mark: string): Promise<string> {
  const id = newId('mp')
  await pool.query(
    `insert into import_mappings (id, county, head, columns, created_by, created_at) values ($1, $2, $1, $3, 'test', $4)`,
    [id, county, { [county === OTHER_COUNTY ? mark : '备注']: null }, ts(NOW)],
  )
  return id
}

async function keyOf(pool: Pool, place: Place): Promise<string> {
  await addTestKey(pool, `key-${place}`, { office: PLACES[place] })
  return `ak_key-${place}`
}

/** Of a colleague: nobody's own. */
async function sessionOf(pool: Pool): Promise<string> {
  const person = await newcomer(pool, null)
  return createSession(
    pool,
    {
      person,
      via: 'password',
      address: null,
      agent: null,
      secondFactor: false,
      tokenHash: hashToken(newToken()),
    },
    Date.now(),
  )
}

/** Asked for by somebody who is none of those who ask. */
async function bulkRunOf(pool: Pool, obligation: string, mark: string): Promise<string> {
  const id = newId('br')
  await pool.query(
    `insert into bulk_runs (id, actor, actor_kind, permissions, roles, action, total, state, asked_at, asked_wall, ended_at)
     values ($1, 'pe_nobody', 'person', '[]', '[]', 'cancel', 1, 'done', $2, $2, $2)`,
    [id, ts(NOW)],
  )
  await pool.query(
    `insert into bulk_items (run, seq, obligation, version, state, refused, message) values ($1, 0, $2, 1, 'refused', 'x', $3)`,
    [id, obligation, mark],
  )
  return id
}
