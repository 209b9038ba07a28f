import { changeRulesOf } from '../../../src/domain/obligation/change-rules.ts'
import { isPerforming } from '../../../src/domain/obligation/turn-clocks.ts'
import { withoutNumberOf } from '../../../src/domain/obligation/without-number.ts'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ZodError } from 'zod'
import { DEFERRAL_LIMITS } from '../../../src/domain/escalation/deferral.ts'
import { parsePolicy } from '../../../src/domain/escalation/parse-policy.ts'
import { START_OF_STAGE } from '../../../src/domain/escalation/moment-form.ts'
import { limitDays, NO_CATEGORY, NoRule, ruleByCode, ruleFor } from '../../../src/domain/escalation/policy.ts'
import { KIND_CODES, KIND_LABELS } from '../../../src/kinds/kinds.ts'
import type { Level } from '../../../src/domain/obligation/vocabulary.ts'
import { POLICY } from '../county.ts'

const FILE = readFileSync(new URL('../../../templates/example-policy.yaml', import.meta.url), 'utf8')

describe('the example policy', () => {
  it('says that it is an example and no national rule', () => {
    expect(POLICY.example).toBe(true)
    expect(POLICY.name).toContain('非国家规定')
  })

  it.each([
    ['red', 3, 'individual', [1, 2, 3], 2],
    ['orange', 5, 'shared', [1, 3, 5], 5],
    ['yellow', 10, 'shared', [2, 5, 10], 5],
  ] as const)('%s warnings: %i working days, watched %s', (level, workingDays, watch, late, every) => {
    const rule = ruleFor(POLICY, { ...NO_CATEGORY, kind: 'warning', level, stage: 'perform' })
    expect(rule).toMatchObject({ code: `warning-${level}`, limit: { workingDays }, watch })
    expect(rule.ladder.map((r) => r.afterWorkingDays)).toEqual(late)
    expect(rule.ladder.map((r) => r.roles)).toEqual([['town-head'], ['relief-centre'], ['bureau-leader']])
    expect(rule.repeat?.everyWorkingDays).toBe(every)
  })

  it.each(['launch', 'comparison', 'screening', 'report'] as const)(
    '%s is phase work on a fixed day',
    (kind) => {
      expect(ruleFor(POLICY, { ...NO_CATEGORY, kind, level: null, stage: 'perform' })).toMatchObject({
        code: 'phase-work',
        limit: { fixedDay: true },
      })
    },
  )

  it('reminds of a visit before its day, and escalates one that is missed until it is done (R16)', () => {
    const rule = ruleFor(POLICY, { ...NO_CATEGORY, kind: 'monitoring-visit', level: null, stage: 'perform' })
    expect(rule.limit).toEqual({ fixedDay: true })
    expect(rule.reminders.map(({ when }) => when)).toEqual(['assigned', 'before', 'due-day', 'accepted'])
    expect(rule.ladder.map((r) => r.roles)).toEqual([['town-head'], ['relief-centre'], ['bureau-leader']])
    expect(rule.repeat?.everyWorkingDays).toBe(5)
  })

  it('has a rule for every kind at every stage', () => {
    for (const kind of KIND_CODES)
      for (const stage of ['perform', 'review', 'redo'] as const) {
        const levels: (Level | null)[] = kind === 'warning' ? ['red', 'orange', 'yellow'] : [null]
        for (const level of levels)
          expect(ruleFor(POLICY, { ...NO_CATEGORY, kind, level, stage }).stage).toBe(stage)
      }
  })

  it('gives a county review five working days of its own', () => {
    const review = ruleFor(POLICY, { ...NO_CATEGORY, kind: 'warning', level: 'red', stage: 'review' })
    expect([review.code, limitDays(review, 3)]).toEqual(['review', 5])
  })

  it.each([
    ['warning-red', 3, 2],
    ['warning-orange', 5, 3],
    ['warning-yellow', 10, 5],
    ['phase-work', null, 3],
  ])('a redo of %s (%s working days) gets %i', (code, original, days) => {
    const redo = ruleByCode(POLICY, `${code}/redo`)
    const first = ruleByCode(POLICY, code)
    expect(limitDays(redo, original)).toBe(days)
    expect(redo.reminders).toEqual([
      { when: 'returned', urgent: false },
      { when: 'due-day' },
      { when: 'accepted' },
    ])
    expect({ ladder: redo.ladder, repeat: redo.repeat, watch: redo.watch }).toEqual({
      ladder: first.ladder,
      repeat: first.repeat,
      watch: first.watch,
    })
  })

  it('tells each turn as it begins, only red at once, and whoever did the work when it is passed', () => {
    for (const { code, stage, reminders } of POLICY.rules) {
      // Whoever approves a pause knows of it.
      if (stage === 'pause') continue
      expect(reminders[0]).toEqual({ when: START_OF_STAGE[stage], urgent: code === 'warning-red' })
      expect(reminders.some((r) => r.when === 'accepted')).toBe(isPerforming(stage))
    }
  })

  it('gives whoever is late a copy of every rung and every repeat', () => {
    const telling = POLICY.rules.flatMap((r) => [...r.ladder, ...(r.repeat ? [r.repeat] : [])])
    expect(telling.length).toBeGreaterThan(40)
    for (const { cc } of telling) expect(cc).toContain('performer')
  })

  it('tells heads, centre and leader every week how things stand', () => {
    expect(POLICY.standing).toEqual({ roles: ['town-head', 'relief-centre', 'bureau-leader'] })
  })

  it('presses a late review through the leader, again and again', () => {
    const { ladder, repeat } = ruleByCode(POLICY, 'review')
    expect(ladder).toEqual([{ afterWorkingDays: 2, roles: ['bureau-leader'], cc: ['performer'] }])
    expect(repeat).toEqual({ everyWorkingDays: 5, roles: ['bureau-leader'], cc: ['performer'] })
  })

  it('throws for a warning without a level and for an unknown rule', () => {
    expect(() => ruleFor(POLICY, { ...NO_CATEGORY, kind: 'warning', level: null, stage: 'perform' })).toThrow(
      NoRule,
    )
    expect(() => ruleByCode(POLICY, 'warning-blue')).toThrow(NoRule)
  })
})

describe('a policy file', () => {
  const problems = (text: string) => {
    try {
      parsePolicy(text, KIND_LABELS)
      return []
    } catch (error) {
      if (!(error instanceof ZodError)) throw error
      return error.issues.map((i) => i.path.join('.'))
    }
  }

  it.each([
    ['a misspelt field', FILE.replace('watch: individual', 'wacth: individual'), 'rules.0'],
    ['an unknown role', FILE.replace('roles: [town-head]', 'roles: [mayor]'), 'rules.0.ladder.0.roles.0'],
    [
      'a limit of no days',
      FILE.replace('{ workingDays: 3 }', '{ workingDays: 0 }'),
      'rules.0.limit.workingDays',
    ],
    ['a time that does not exist', FILE.replace("'14:30'", "'25:30'"), 'rules.0.reminders.3.time'],
    [
      'a reminder said twice',
      FILE.replace("{ when: due-day, time: '14:30' }", '{ when: due-day }'),
      'rules.0.reminders',
    ],
    ['rungs out of order', FILE.replace('afterWorkingDays: 1,', 'afterWorkingDays: 9,'), 'rules.0.ladder'],
    [
      'work that begins by a return',
      FILE.replace('{ when: assigned, urgent: true }', '{ when: returned }'),
      'rules.0',
    ],
    [
      'a review that begins by an assignment',
      FILE.replace('{ when: submitted }', '{ when: assigned }'),
      'rules.8',
    ],
    [
      'a review told that it was passed',
      FILE.replace('{ when: submitted }', '{ when: accepted }'),
      'rules.8',
    ],
    [
      'a redo that begins by an assignment',
      FILE.replace('{ when: returned }', '{ when: assigned }'),
      'redo.reminders',
    ],
    ['a beginning said twice', FILE.replace('{ when: accepted }', '{ when: assigned }'), 'rules.0.reminders'],
    ['a copy for nobody known', FILE.replace('cc: [performer]', 'cc: [mayor]'), 'rules.0.ladder.0.cc.0'],
    ['an empty list of copies', FILE.replace('cc: [performer]', 'cc: []'), 'rules.0.ladder.0.cc'],
    [
      'neither all nor the first of a role',
      FILE.replace('roles: [town-head],', 'roles: [town-head], whom: last,'),
      'rules.0.ladder.0.whom',
    ],
    [
      'a weekly standing for a role nobody knows',
      FILE.replace('standing: { roles: [town-head', 'standing: { roles: [mayor'),
      'standing.roles.0',
    ],
    [
      'no time at all for a mailbox that puts mail off',
      FILE.replace('urgentOfficeMinutes: 60', 'urgentOfficeMinutes: 0'),
      'deferral.urgentOfficeMinutes',
    ],
    ['a rule twice', FILE.replace('code: warning-orange', 'code: warning-red'), 'rules'],
  ])('with %s is refused at that place', (_what, text, path) => {
    expect(text).not.toBe(FILE)
    expect(problems(text)).toContain(path)
  })

  it('may name the first of a role, and nobody for every week', () => {
    const text = FILE.replace('roles: [town-head],', 'roles: [town-head], whom: first,').replace(
      /^standing:.*$/m,
      '',
    )
    const { rules, standing } = parsePolicy(text, KIND_LABELS)
    expect(rules[0]?.ladder[0]).toMatchObject({ roles: ['town-head'], whom: 'first' })
    expect(standing).toBeNull()
  })

  it('says how long a mailbox may put a mail off, or leaves it to the product', () => {
    expect(parsePolicy(FILE, KIND_LABELS).deferral).toEqual(DEFERRAL_LIMITS)
    const without = FILE.replace(/^deferral:.*$/m, '')
    expect(without).not.toBe(FILE)
    expect(parsePolicy(without, KIND_LABELS).deferral).toBeNull()
  })

  it('says whether households without a number are registered from a file; they are where nothing is said', () => {
    const of = (text: string) => withoutNumberOf(parsePolicy(text, KIND_LABELS))
    const without = FILE.replace(/^households:.*$/m, '')
    expect(without).not.toBe(FILE)
    expect([of(FILE), of(without)]).toEqual(['register', 'register'])
    expect(of(FILE.replace('withoutNumber: register', 'withoutNumber: refuse'))).toBe('refuse')
    expect(() => of(FILE.replace('withoutNumber: register', 'withoutNumber: ask'))).toThrow('withoutNumber')
    const refusing = parsePolicy(
      FILE.replace('withoutNumber: register', 'withoutNumber: refuse'),
      KIND_LABELS,
    )
    expect(changeRulesOf(refusing)).not.toHaveProperty('withoutNumber')
  })

  it('says which moment a stage begins with', () => {
    expect(() => parsePolicy(FILE.replace('{ when: submitted }', '{ when: assigned }'), KIND_LABELS)).toThrow(
      '复核 submitted',
    )
  })
})
