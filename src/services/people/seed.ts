import { readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { KIND_LABELS } from '../../kinds/kinds.ts'
import { parsePolicy } from '../../domain/escalation/parse-policy.ts'
import type { Instant } from '../../domain/time/days.ts'
import type { OfficeHours } from '../../domain/time/office-hours.ts'
import type { PolicyContent } from '../../domain/escalation/policy.ts'
import { officePhoneFault } from '../../domain/people/office-phone.ts'
import { quietDaysFault } from '../../domain/people/quiet-days.ts'
import {
  codesOf,
  type CountyMailState,
  OFFICE_KIND_LABELS,
  ROLE_LABELS,
} from '../../domain/obligation/vocabulary.ts'
import { addPolicy } from '../schedule/policies.ts'
import { insertRow, insertRows } from '../../db/insert-rows.ts'
import { row, type Sql } from '../../db/pool.ts'
import { counties, offices, people, personRoles } from '../../db/schema/index.ts'
import { columns, selectRows } from '../../db/select-columns.ts'

const TEMPLATES = new URL('../../../templates/', import.meta.url)

const code = z.string().regex(/^[a-z0-9-]{1,20}(\.[a-z0-9-]{1,20}){0,5}$/, '单位代码写成 sn.ak.zy 这样')

/** A check that says itself what is wrong. */
const faultOf =
  <Value>(fault: (value: Value) => string | null) =>
  (value: Value, context: z.RefinementCtx<Value>): void => {
    const message = fault(value)
    if (message !== null) context.addIssue({ code: 'custom', message })
  }

const officesFile = z.object({
  offices: z.array(
    z.object({
      code,
      parent: code.nullable(),
      kind: z.enum(codesOf(OFFICE_KIND_LABELS)),
      name: z.string(),
      duties: z.array(z.string()).default([]),
    }),
  ),
  people: z
    .array(
      z.object({
        office: z.string(),
        role: z.enum(codesOf(ROLE_LABELS)),
        name: z.string(),
        email: z.email(),
        phone: z.string().superRefine(faultOf(officePhoneFault)).nullable().default(null),
        quietDays: z.array(z.number()).superRefine(faultOf(quietDaysFault)).default([]),
      }),
    )
    .default([]),
})
export type OfficesFile = z.infer<typeof officesFile>

/** Office hours and rounds of the example; a county sets its own. */
export const EXAMPLE_HOURS: OfficeHours = {
  periods: [
    ['08:30', '12:00'],
    ['14:30', '18:00'],
  ],
  rounds: ['08:30', '14:30'],
}

/** The sample county that ships with the product; nobody in it exists. */
export async function readSampleOffices(): Promise<OfficesFile> {
  return officesFile.parse(JSON.parse(await readFile(new URL('offices.json', TEMPLATES), 'utf8')))
}

/** @throws Error whose message names each fault of the text */
export function parseOffices(text: string): OfficesFile {
  const read = officesFile.safeParse(JSON.parse(text))
  if (read.success) return withParents(read.data)
  throw new Error(read.error.issues.map((i) => `${i.path.join('.')}:${i.message}`).join('\n'))
}

/** Checks that each office lies below its parent, in the file and by its code. */
function withParents(file: OfficesFile): OfficesFile {
  const codes = new Set(file.offices.map((o) => o.code))
  const faults = [
    ...file.offices
      .filter((o) => o.parent !== null && !(codes.has(o.parent) && o.code.startsWith(`${o.parent}.`)))
      .map((o) => `${o.code}:上级 ${o.parent} 不在文件中,或代码不以它开头`),
    ...(file.offices.some((o) => o.kind === 'county-bureau') ? [] : ['没有县民政局(kind: county-bureau)']),
    ...file.people.filter((p) => !codes.has(p.office)).map((p) => `${p.email}:没有单位 ${p.office}`),
  ]
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return file
}

/** By default the example policy, and mail that leaves at once: for demonstrations and tests. */
type SeedOptions = { policy?: PolicyContent | undefined; mailState?: CountyMailState }

/**
 * Inserts offices, people, county settings and a policy. Running it twice changes nothing: a county that has opened its mail
 * keeps it open.
 */
export async function seedCounty(
  tx: Sql,
  file: OfficesFile,
  now: Instant,
  { policy, mailState = 'open' }: SeedOptions = {},
): Promise<void> {
  await insertOffices(tx, file)
  await insertPeople(tx, file)
  for (const bureau of file.offices.filter((o) => o.kind === 'county-bureau')) {
    const contact = file.people.find((p) => p.role === 'relief-centre')?.email ?? 'contact@duban.example'
    const settings = { office: bureau.code, hours: EXAMPLE_HOURS, contact, mailState }
    await insertRow(tx, counties, settings, { onConflict: 'do nothing' })
    if (await row(tx, 'select 1 from policies where county = $1', [bureau.code])) continue
    await addPolicy(tx, bureau.code, policy ?? (await examplePolicy()), now)
  }
}

async function examplePolicy(): Promise<PolicyContent> {
  return parsePolicy(await readFile(new URL('example-policy.yaml', TEMPLATES), 'utf8'), KIND_LABELS)
}

async function insertOffices(tx: Sql, file: OfficesFile): Promise<void> {
  await insertRows(tx, offices, file.offices, { onConflict: 'do nothing' })
}

async function insertPeople(tx: Sql, file: OfficesFile): Promise<void> {
  const known = file.people.map((p) => ({ ...p, id: personId(p) }))
  const persons = known.map(({ id, name, email, phone, quietDays }) => ({
    id,
    name,
    email,
    phone,
    quietDays,
  }))
  await insertRows(tx, people, persons, { onConflict: 'do nothing' })
  const ids = await idsByAddress(tx, file)
  const roles = known.map(({ id, email, office, role }) => ({ person: ids.get(email) ?? id, office, role }))
  await insertRows(tx, personRoles, roles, { onConflict: 'do nothing' })
}

/** Somebody whose address was changed has still the id that an earlier one gave. */
async function idsByAddress(tx: Sql, file: OfficesFile): Promise<ReadonlyMap<string, string>> {
  const found = await selectRows(
    tx,
    columns(people, 'p', ['id', 'email']),
    'from people p where p.email = any($1)',
    [file.people.map(({ email }) => email)],
  )
  return new Map(found.map(({ id, email }) => [email, id]))
}

/** Derived from the address, so that reading the file again finds the same person. */
function personId({ email }: { email: string }): string {
  return `pe_${createHash('sha256').update(email).digest('hex').slice(0, 24)}`
}
