import { beijingText } from '../../src/domain/time/days.ts'
import { type Pool, rows } from '../../src/db/pool.ts'
import { parseDigestLines } from '../../src/mail/digest-lines.ts'

/** What SMTP accepted, one line for each digest line: `2022-06-10 08:30 officer@maoba 提醒 黄色预警核查 1`. */
export async function acceptedLines(pool: Pool): Promise<string[]> {
  const mails = await rows<{ at: number; to: string; text: string }>(
    pool,
    `select settled_at as at, split_part(to_address, '.ziyang', 1) as "to", text_body as text from mails
      where state = 'accepted' order by settled_at, to_address`,
  )
  const WORDS = { assigned: '新任务', reminder: '提醒', escalation: '督办', 'passed-on': '转知' }
  return mails.flatMap(({ at, to, text }) =>
    parseDigestLines(text, 2022).map(
      (l) => `${beijingText(at)} ${to} ${WORDS[l.kind]} ${l.label} ${l.count}`,
    ),
  )
}
