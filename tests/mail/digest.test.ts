import { describe, expect, it } from 'vitest'
import { composeDigest } from '../../src/mail/digest.ts'
import { parseDigestLines } from '../../src/mail/digest-lines.ts'
import { clockAt, digest, entry, item } from './sample.ts'

const escalated = (officeName: string, days: number, count: number) =>
  entry({
    kind: 'escalation',
    deadline: `dl_${officeName}`,
    officeName,
    count,
    dueOn: '2022-06-02',
    remainingWorkingDays: 0,
    overdueWorkingDays: days,
  })

describe('the subject', () => {
  it('names the worst office and the longest delay', () => {
    const sections = [escalated('界岭镇', 2, 2), escalated('毛坝镇', 4, 2), escalated('洞河镇', 1, 1)]
    expect(composeDigest(digest({ sections })).subject).toBe('【督办】毛坝镇等 3 镇 5 件逾期,最长 4 个工作日')
  })

  it('counts what falls due today and soon', () => {
    const sections = [
      entry({ deadline: 'dl_2', count: 2, dueOn: '2022-06-09', remainingWorkingDays: 0 }),
      entry({ count: 5, dueOn: '2022-06-14', remainingWorkingDays: 3 }),
    ]
    expect(composeDigest(digest({ sections })).subject).toBe('【提醒】今日到期 2 件,3 个工作日内到期 5 件')
  })

  it('names a single urgent task and says that it is urgent', () => {
    const sections = [
      entry({ kind: 'assigned', label: '红色预警核查', level: 'red', count: 1, remainingWorkingDays: 3 }),
    ]
    expect(composeDigest(digest({ sections, urgent: true })).subject).toBe(
      '【新任务】急:毛坝镇红色预警核查 1 件,6月10日到期',
    )
  })

  it('speaks of offices where they are not all towns, and of corrections alone', () => {
    const sections = [escalated('毛坝镇', 4, 2), escalated('核对中心', 1, 1)]
    expect(composeDigest(digest({ sections })).subject).toContain('毛坝镇等 2 个单位 3 件逾期')
    expect(composeDigest(digest({ sections: [], corrections: ['一', '二'] })).subject).toBe(
      '【更正】2 条更正',
    )
  })

  it('counts a deadline once that stands there as escalation and as passed on', () => {
    const sections = [escalated('毛坝镇', 4, 2), { ...escalated('毛坝镇', 4, 2), kind: 'passed-on' as const }]
    expect(composeDigest(digest({ sections })).subject).toContain('毛坝镇 2 件逾期')
  })
})

it('counts deadlines one by one, even those that read alike', () => {
  const sections = [1, 2, 3].map((n) => entry({ deadline: `dl_${n}`, count: 1 }))
  const mail = composeDigest(digest({ sections }))
  expect(mail.subject).toBe('【提醒】3 个工作日内到期 3 件')
  expect(parseDigestLines(mail.text, 2022)).toHaveLength(3)
})

it('asks reviewers to pass it or send it back, not to hand it in', () => {
  const { text } = composeDigest(digest({ sections: [entry({ stage: 'review', label: '签字把关' })] }))
  expect(text).toContain('24:00 前复核:通过或退回')
  expect(text).not.toContain('提交')
})

it('says of a redo that it was returned, and what is to be done', () => {
  const redo = entry({ stage: 'redo', label: '黄色预警核查(重办)' })
  expect(composeDigest(digest({ sections: [redo] })).text).toContain(
    '已退回重办,请在 6月10日 周五 24:00 前补正并重新提交核查结论。',
  )
  const late = { ...redo, remainingWorkingDays: 0, overdueWorkingDays: 1, clock: clockAt('2022-06-08') }
  expect(composeDigest(digest({ sections: [late] })).text).toContain(
    '退回重办的已经逾期,请立即补正并重新提交核查结论。',
  )
})

describe('what a town officer reads', () => {
  const mail = composeDigest(
    digest({ sections: [entry({ count: 23, items: Array.from({ length: 22 }, (_, i) => item(i + 1)) })] }),
  )

  it('says in both parts what is due, when, what to do, why, and where', () => {
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('【提醒】毛坝镇 黄色预警核查 23件 6月10日到期(还剩1个工作日)')
      expect(part).toContain('请在 6月10日 周五 24:00 前入户核查并提交核查结论。')
      expect(part).toContain('缘由:您是毛坝镇镇经办人')
      expect(part).toContain('https://duban.example/obligations/ob_20')
    }
    expect(mail.html).toContain('◔ 剩 1 个工作日')
  })

  it('promises no more of its links than the pages keep: they show, and take no action', () => {
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('查看事项')
      expect(part).toContain('链接打开的网页只供查看,办理动作通过接口。')
      expect(part).not.toContain('办理入口')
    }
  })

  it('lists twenty items and counts the rest', () => {
    expect(mail.text).toContain('YJ2022-0020 因病')
    expect(mail.text).not.toContain('YJ2022-0021')
    expect(mail.text).toContain('另有 3 件')
  })

  it('is told in trial mode that nothing was really sent', () => {
    expect(mail.text).not.toContain('试用模式')
    const trial = composeDigest(digest({ trial: true }))
    for (const part of [trial.text, trial.html]) expect(part).toContain('试用模式:邮件并未真正发出')
  })
})

describe('what a bureau leader reads', () => {
  const offices = ['甲镇', '乙镇', '丙镇', '丁镇', '戊镇', '己镇', '庚镇']
  const mail = composeDigest(
    digest({
      recipient: { name: '李局', roles: ['bureau-leader'], officeName: '测试县民政局' },
      sections: offices.map((o, i) => escalated(o, i + 1, 2)),
    }),
  )

  it('shows the five worst offices first and no items', () => {
    const shown = [...mail.text.matchAll(/^ {2}(\S镇) {2}/gm)].map((m) => m[1])
    expect(shown).toEqual(['庚镇', '己镇', '戊镇', '丁镇', '丙镇'])
    expect(mail.text).toContain('另有 2 个单位')
    expect(mail.text).toContain('庚镇  ▲ 2 / 7 个工作日 / – / 2')
    expect(mail.text + mail.html).not.toContain('YJ2022')
  })

  it('still carries a line for every deadline', () => {
    expect(parseDigestLines(mail.text, 2022)).toHaveLength(7)
  })
})

describe('hostile fields', () => {
  const evil = '<script>x</script>\n【督办】毛坝镇 黄色预警核查 9件 6月1日到期(已逾期7个工作日)'
  const mail = composeDigest(
    digest({
      corrections: [evil],
      contact: evil,
      sections: [entry({ why: evil, items: [{ ...item(1), externalId: evil, cause: evil }] })],
    }),
  )

  it('are escaped in HTML', () => {
    expect(mail.html).not.toContain('<script')
    expect(mail.html).toContain('&lt;script&gt;')
  })

  it('cannot forge a line', () => {
    expect(parseDigestLines(mail.text, 2022)).toHaveLength(1)
  })

  it('cannot link to anything but the web', () => {
    const sections = [entry({ items: [{ ...item(1), url: 'javascript:alert(1)' }] })]
    expect(() => composeDigest(digest({ sections }))).toThrow(TypeError)
  })
})

it('the status line of a deadline is right past its day but not yet a working day late, and due on a weekend', () => {
  const now = Date.UTC(2022, 5, 11, 1)
  const overdue = entry({ remainingWorkingDays: 0, clock: clockAt('2022-06-10', now) })
  const late = composeDigest(digest({ now, round: now, sections: [overdue] }))
  expect(late.html).toContain('▲ 已逾期')
  expect(late.text).toContain('(已逾期0个工作日)')
  const friday = { now: Date.UTC(2022, 5, 10, 1), round: Date.UTC(2022, 5, 10, 1) }
  const sunday = {
    dueOn: '2022-06-12',
    remainingWorkingDays: 0,
    clock: clockAt('2022-06-12', friday.now),
  }
  const weekend = composeDigest(digest({ ...friday, sections: [entry(sunday)] }))
  expect(weekend.html).toContain('◔ 须今日办完')
})
