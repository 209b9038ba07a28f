import { readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parsePolicy } from '../contract/policy.ts'
import type { Instant } from '../domain/days.ts'
import type { OfficeHours } from '../domain/office-hours.ts'
import { codesOf, OFFICE_KIND_LABELS, ROLE_LABELS } from '../domain/words.ts'
import { addPolicy } from './policy-store.ts'
import { row, type Sql } from './pool.ts'

const TEMPLATES = new URL('../../templates/', import.meta.url)

const officesFile = z.object({
  offices: z.array(
    z.object({
      code: z.string(),
      parent: z.string().nullable(),
      kind: z.enum(codesOf(OFFICE_KIND_LABELS)),
      name: z.string(),
      duties: z.array(z.string()).default([]),
    }),
  ),
  people: z.array(
    z.object({ office: z.string(), role: z.enum(codesOf(ROLE_LABELS)), name: z.string(), email: z.email() }),
  ),
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

/** The sample county that ships with the product: nobody in it exists. */
export async function readSampleOffices(): Promise<OfficesFile> {
  return officesFile.parse(JSON.parse(await readFile(new URL('offices.json', TEMPLATES), 'utf8')))
}

/** Offices, people, county settings and the example policy. Run twice, it changes nothing. */
export async function seedCounty(tx: Sql, file: OfficesFile, now: Instant): Promise<void> {
  await insertOffices(tx, file)
  await insertPeople(tx, file)
  for (const bureau of file.offices.filter((o) => o.kind === 'county-bureau')) {
    const contact = file.people.find((p) => p.role === 'relief-centre')?.email ?? 'contact@duban.example'
    await tx.query(
      'insert into counties (office, hours, contact) values ($1, $2, $3) on conflict do nothing',
      [bureau.code, JSON.stringify(EXAMPLE_HOURS), contact],
    )
    if (await row(tx, 'select 1 from policies where county = $1', [bureau.code])) continue
    const policy = parsePolicy(await readFile(new URL('example-policy.yaml', TEMPLATES), 'utf8'))
    await addPolicy(tx, bureau.code, policy, now)
  }
}

async function insertOffices(tx: Sql, { offices }: OfficesFile): Promise<void> {
  await tx.query(
    `insert into offices (code, parent, kind, name, duties)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[]) on conflict do nothing`,
    [
      offices.map((o) => o.code),
      offices.map((o) => o.parent),
      offices.map((o) => o.kind),
      offices.map((o) => o.name),
      offices.map((o) => JSON.stringify(o.duties)),
    ],
  )
}

async function insertPeople(tx: Sql, { people }: OfficesFile): Promise<void> {
  await tx.query(
    `insert into people (id, name, email) select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing`,
    [people.map(personId), people.map((p) => p.name), people.map((p) => p.email)],
  )
  await tx.query(
    `insert into person_roles (person, office, role) select * from unnest($1::text[], $2::text[], $3::text[])
     on conflict do nothing`,
    [people.map(personId), people.map((p) => p.office), people.map((p) => p.role)],
  )
}

/** The same address is the same person, however often the file is read. */
function personId({ email }: { email: string }): string {
  return `pe_${createHash('sha256').update(email).digest('hex').slice(0, 24)}`
}
