import { type Day, endOfDay, instantAt } from '../../src/domain/time/days.ts'
import { runningClockStatus } from '../../src/domain/obligation/clock-status.ts'
import { CALENDAR } from '../domain/county.ts'
import type { DigestEntry, DigestInput } from '../../src/mail/digest-types.ts'
import type { OutgoingMail } from '../../src/mail/outgoing.ts'

export function sampleMail(over: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    messageId: '<m-1@duban.example>',
    from: { name: '测试县督办', address: 'duban@county.example' },
    replyTo: 'centre@county.example',
    to: 'officer@town.example',
    subject: '【提醒】今日到期 2 件',
    text: '正文',
    html: '<p>正文</p>',
    headers: { 'X-Duban-Round': '2022-06-09T00:30:00.000Z', 'Auto-Submitted': 'auto-generated' },
    references: ['<thread-1@duban.example>'],
    ...over,
  }
}

/** Thursday 9 June 2022, 08:30 in Beijing. */
const THURSDAY = instantAt('2022-06-09', '08:30')

export function clockAt(dueOn: Day, now = THURSDAY): DigestEntry['clock'] {
  return runningClockStatus({ dueOn, dueAt: endOfDay(dueOn) }, CALENDAR, now)
}

export function entry(over: Partial<DigestEntry> = {}): DigestEntry {
  return {
    kind: 'reminder',
    deadline: 'dl_1',
    obligationKind: 'warning',
    stage: 'perform',
    officeName: '毛坝镇',
    label: '黄色预警核查',
    level: 'yellow',
    count: 3,
    dueOn: '2022-06-10',
    clock: clockAt(over.dueOn ?? '2022-06-10'),
    remainingWorkingDays: 1,
    overdueWorkingDays: 0,
    items: [item(1), item(2), item(3)],
    why: '您是毛坝镇镇经办人,事项由毛坝镇承办',
    ...over,
  }
}

export function item(n: number): DigestEntry['items'][number] {
  return {
    obligationId: `ob_${n}`,
    externalId: `YJ2022-${String(n).padStart(4, '0')}`,
    title: '黄色预警核查',
    cause: '因病',
    url: `https://duban.example/obligations/ob_${n}`,
  }
}

/** On that Thursday, to a town officer. */
export function digest(over: Partial<DigestInput> = {}): DigestInput {
  const now = THURSDAY
  return {
    recipient: { name: '陈经办', roles: ['town-officer'], officeName: '毛坝镇' },
    county: '测试县',
    now,
    round: now,
    urgent: false,
    sections: [entry()],
    corrections: [],
    dashboardUrl: 'https://duban.example',
    contact: '测试县救助中心 centre@county.example',
    trial: false,
    ...over,
  }
}
