import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { type Instant, instantAt } from '../domain/time/days.ts'
import type { CountyAct } from './county-act.ts'
import type { Desk } from './desk.ts'
import type { ExpectedHistory } from './expected-history.ts'
import type { RecountWork } from './recount-work.ts'

const FIRST = new URL('../../templates/example-policy.yaml', import.meta.url)
const REASON = '县政府会议纪要'
const ON = '07-12'

const rung = (afterWorkingDays: number, role: string, cc: string[]) => ({
  ...{ afterWorkingDays, roles: [role], cc },
  ...(role === 'town-head' && { onlyFor: ['town'] }),
})
/** What the county writes otherwise in its second version, by the code of the rule. */
const WRITTEN: Readonly<Record<string, object>> = {
  'warning-orange': { limit: { workingDays: 6 } },
  'warning-yellow': {
    limit: { workingDays: 8 },
    reminders: [
      { when: 'assigned' },
      { when: 'before', workingDays: 2 },
      { when: 'due-day' },
      { when: 'accepted' },
    ],
    ladder: [
      rung(1, 'town-head', ['performer']),
      rung(4, 'relief-centre', ['performer', 'town-head']),
      rung(8, 'bureau-leader', ['performer', 'town-head', 'relief-centre']),
    ],
  },
  'follow-up': { limit: { workingDays: 12 } },
  review: { limit: { workingDays: 4 } },
}

type Parts = { year: number; desk: Desk; story: ExpectedHistory; recounts: RecountWork }

/** In July the county publishes a second version of its rules, and puts all open work under it after a dry run. */
export function policyWork({ year, desk, story, recounts }: Parts): CountyAct {
  return {
    at: instantAt(`${year}-${ON}`, '11:00'),
    acts: ['policy-issue', 'policy-rebase'],
    async do(at: Instant) {
      const county = await desk.as(desk.bureau)
      const { id, version } = await county.publishPolicy({ text: secondVersion(), reason: REASON })
      if (id === null || version !== 2)
        recounts.wrongCount.push(`新一版规则应为第 2 版,接口答第 ${version} 版`)
      const foreseen = await county.rebase(id ?? '', {}, true)
      const expectedCount = foreseen.later + foreseen.earlier
      const done = await county.rebase(id ?? '', { expectedCount }, false)
      story.policy = 2
      const why = `规则改按第 2 版(${REASON})`
      return recounts.follow({ at, why, version: 2 }, [foreseen, done], county)
    },
  }
}

function secondVersion(): string {
  const first = parse(readFileSync(FIRST, 'utf8')) as { rules: { code: string }[] }
  const rules = first.rules.map((rule) => ({ ...rule, ...WRITTEN[rule.code] }))
  return JSON.stringify({ ...first, name: '演练的第二版规则', rules })
}
