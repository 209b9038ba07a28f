import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { type Day, dayOf, type Instant, instantAt } from '../domain/time/days.ts'
import type { People } from './people.ts'
import type { StoryItem } from './expected-history.ts'

export type ExpectedWork = StoryItem & {
  title: string
  phase: string
  startedAt: Instant
  dueOn: Day
}
type Template = {
  code: string
  phases: {
    code: string
    opens: string
    due: string
    items: { kind: string; title: string; due?: string; owner: { every?: string; duty?: string } }[]
  }[]
}

const TEMPLATE = new URL('../../templates/safety-net-2022.yaml', import.meta.url)
export const TEMPLATE_CODE = 'safety-net-2022'

/**
 * The dated work of the plan in its own text (R12–R15), so that a phase that opens without an obligation is
 * noticed.
 */
export function expectedWork(year: number, campaignStart: Instant, people: People): ExpectedWork[] {
  const template = parse(readFileSync(TEMPLATE, 'utf8')) as Template
  const all = template.phases.flatMap((phase) =>
    phase.items.flatMap(({ kind, title, due, owner }) =>
      people.offices
        .filter((o) => ('every' in owner ? o.kind === owner.every : o.duties?.includes(owner.duty ?? '')))
        .map(({ code }) => ({
          item: `${title}@${code}`,
          title,
          phase: phase.code,
          kind,
          level: null,
          office: code,
          reviewer: people.reviewerOf(code),
          startedAt: Math.max(instantAt(`${year}-${phase.opens}`, '00:00'), campaignStart),
          dueOn: `${year}-${due ?? phase.due}`,
        })),
    ),
  )
  // What is past when the campaign begins was done before.
  return all.filter(({ dueOn }) => dueOn >= dayOf(campaignStart))
}
