import { describe, expect, it } from 'vitest'
import type { Audience } from '../../../src/domain/escalation/audience.ts'
import type { MomentForm } from '../../../src/domain/escalation/moment-form.ts'
import { kindFor, LINE_TAGS } from '../../../src/domain/escalation/notification-kind.ts'
import type { Stage } from '../../../src/domain/obligation/vocabulary.ts'
import { endOfDay, instantAt } from '../../../src/domain/time/days.ts'

const DUE = '2022-06-10'
const BEFORE = instantAt(DUE, '08:30')
const AFTER = endOfDay(DUE)
const HOLDER: Audience = { to: 'holder' }
const RUNG: Audience = { to: 'rung', rung: 1, roles: ['town-head'] }
const COPY: Audience = { to: 'copy', rung: 1, roles: ['town-head'] }

function kind(
  audience: Audience,
  form: MomentForm,
  now = BEFORE,
  stage: Stage = 'perform',
  passedOn = false,
) {
  return kindFor({ personId: 'p', audience, passedOn }, form, { stage, dueAt: AFTER }, now)
}

describe('to its holder a moment is', () => {
  it.each([
    ['perform', { series: 'assigned' }, 'assigned'],
    ['review', { series: 'submitted' }, 'submitted'],
    ['redo', { series: 'returned' }, 'returned'],
    ['perform', { series: 'before', workingDays: 2 }, 'reminder'],
    ['review', { series: 'due-day' }, 'reminder'],
    ['redo', { series: 'due-day', time: '14:30' }, 'reminder'],
    ['perform', { series: 'joined', n: 1 }, 'assigned'],
    ['review', { series: 'joined', n: 2 }, 'submitted'],
  ] as const)('while there is time, at the stage %s by %j: %s', (stage, form, expected) => {
    expect(kind(HOLDER, form, BEFORE, stage)).toBe(expected)
  })

  it.each<MomentForm>([
    { series: 'assigned' },
    { series: 'due-day' },
    { series: 'rung', n: 1 },
    { series: 'repeat', n: 1 },
    { series: 'joined', n: 1 },
  ])('that it is late once its day is over, by %j', (form) => {
    expect(kind(HOLDER, form, AFTER)).toBe('overdue')
    expect(kind(HOLDER, form, AFTER - 1)).not.toBe('overdue')
  })
})

it('a rung is pressed, a copy is only let know, and what is passed on says so', () => {
  const form: MomentForm = { series: 'rung', n: 1 }
  expect(kind(RUNG, form, AFTER)).toBe('escalation')
  expect(kind(COPY, form, AFTER)).toBe('copied')
  expect(kind(RUNG, form, AFTER, 'perform', true)).toBe('passed-on')
})

it('every kind of line begins with a tag of its own', () => {
  expect(new Set(Object.values(LINE_TAGS)).size).toBe(Object.keys(LINE_TAGS).length)
})
