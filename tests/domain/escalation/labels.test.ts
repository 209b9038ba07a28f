import { KIND_LABELS } from '../../../src/kinds/kinds.ts'
import { describe, expect, test } from 'vitest'
import { deadlineLabel } from '../../../src/domain/escalation/deadline-label.ts'
import { type MomentForm, momentName } from '../../../src/domain/escalation/moment-form.ts'
import { momentLabel, momentSeriesLabel } from '../../../src/domain/escalation/moment-label.ts'
import { NO_CATEGORY, ruleFor } from '../../../src/domain/escalation/policy.ts'
import type { Kind, Level, Stage } from '../../../src/domain/obligation/vocabulary.ts'
import { POLICY } from '../county.ts'

const MOMENTS: [MomentForm, string, string, string][] = [
  [{ series: 'assigned' }, 'assigned', '新任务通知', '新任务通知'],
  [{ series: 'submitted' }, 'submitted', '待复核通知', '待复核通知'],
  [{ series: 'returned' }, 'returned', '退回通知', '退回通知'],
  [{ series: 'before', workingDays: 2 }, 'remind-2wd', '提前 2 个工作日提醒', '到期提醒'],
  [{ series: 'due-day' }, 'due-day', '到期日提醒', '到期提醒'],
  [{ series: 'due-day', time: '14:30' }, 'due-day-1430', '到期日 14:30 提醒', '到期提醒'],
  [{ series: 'rung', n: 1 }, 'rung-1', '第 1 级督办', '第 1 级督办'],
  [{ series: 'repeat', n: 12 }, 'repeat-12', '第 12 次重复督办', '重复督办'],
  [{ series: 'joined', n: 3 }, 'join-3', '同一限时加了事项,补发通知', '同一限时加了事项,补发通知'],
]

describe('a moment', () => {
  test.each(MOMENTS)('%j has the key %s, which rows of firings hold', (form, name) => {
    expect(momentName(form)).toBe(name)
  })

  test.each(MOMENTS)('%j (%s) is called %s, and is one more of: %s', (form, _name, label, series) => {
    expect([momentLabel(form), momentSeriesLabel(form)]).toEqual([label, series])
  })
})

describe('a deadline under the example policy', () => {
  test.each<[Kind, Level | null, Stage, string]>([
    ['warning', 'red', 'perform', '红色预警核查'],
    ['warning', 'yellow', 'redo', '黄色预警核查(重办)'],
    ['warning', 'orange', 'review', '橙色预警核查(复核)'],
    ['comparison', null, 'perform', '数据比对'],
    ['screening', null, 'perform', '全面排查'],
    ['screening', null, 'redo', '全面排查(重办)'],
    ['comparison', null, 'review', '数据比对(复核)'],
    ['rectification', null, 'perform', '问题整改'],
    ['rectification', null, 'redo', '问题整改(重办)'],
    ['follow-up', null, 'perform', '救助落实'],
  ])('of %s, level %s, to %s, is called %s', (kind, level, stage, label) => {
    expect(
      deadlineLabel(ruleFor(POLICY, { ...NO_CATEGORY, kind, level, stage }), {
        kindLabel: KIND_LABELS[kind],
        level,
      }),
    ).toBe(label)
  })

  test('a rule of one kind lends its own label, whatever its level', () => {
    const rule = {
      ...ruleFor(POLICY, { ...NO_CATEGORY, kind: 'warning', level: 'red', stage: 'perform' }),
      label: '特急核查',
    }
    expect(deadlineLabel(rule, { kindLabel: KIND_LABELS.warning, level: 'red' })).toBe('特急核查')
  })
})
