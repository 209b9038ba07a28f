import { beijingText } from '../../src/domain/time/days.ts'
import { type Pool, rows } from '../../src/db/pool.ts'
import { LINE_TAGS } from '../../src/domain/escalation/notification-kind.ts'
import { parseDigestLines } from '../../src/mail/digest-lines.ts'

/** Why somebody gets a mail about no deadline of its round. */
const WEEKLY = '每周第一个工作日收到一次逾期情况'

/**
 * What SMTP accepted, one line for each digest line: `2022-06-10 08:30 officer@maoba 提醒 黄色预警核查 1`. A mail of a weekly
 * standing alone is `2022-06-13 08:30 head@maoba 现状`.
 */
export async function acceptedLines(pool: Pool): Promise<string[]> {
  const mails = await rows<{ at: number; to: string; text: string }>(
    pool,
    `select settled_at as at, split_part(to_address, '.ziyang', 1) as "to", text_body as text from mails
      where state = 'accepted' order by settled_at, to_address`,
  )
  const offices = await rows<{ name: string }>(pool, 'select name from offices')
  const reader = { year: 2022, ownOffice: '', offices: new Set(offices.map((o) => o.name)) }
  return mails.flatMap(({ at, to, text }) => {
    const sent = `${beijingText(at)} ${to}`
    const lines = parseDigestLines(text, reader)
    if (lines.length === 0 && text.includes(WEEKLY)) return [`${sent} 现状`]
    return lines.map((l) => `${sent} ${LINE_TAGS[l.kind]} ${l.label} ${l.count}`)
  })
}
