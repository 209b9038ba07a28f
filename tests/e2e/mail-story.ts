import { rows } from '../../src/db/pool.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { composeAddressChanged } from '../../src/mail/address-changed.ts'
import { composeSecretLink } from '../../src/mail/secret-link.ts'
import { composeTestMail } from '../../src/mail/test-mail.ts'
import { poke } from '../../src/services/watching/pokes.ts'
import { COUNTY } from '../support/county.ts'
import { givenHouseholds } from '../support/households.ts'
import { keys, type Stack } from '../support/stack.ts'
import { givenWarning, when } from '../support/warnings.ts'

export type Letter = { subject: string; text: string; html: string }
export type SentLetter = Letter & { to: string; at: string }

/** Words of the invented households, which no mail may contain. */
export const CANARIES = ['户主', '619999', '1990000', '虚构村', '大病支出']

/**
 * A county that prepares, opens its mail on 6 June 2022, and has late work by the 20th: a red warning, something returned,
 * something passed, a town without a head.
 */
export async function liveMails(stack: Stack): Promise<SentLetter[]> {
  const { pool } = stack
  await pool.query(`update counties set mail_state = 'preparing' where office = $1`, [COUNTY])
  await pool.query(`update people set active = false where email = 'head@haoping.ziyang.test'`)
  await givenHouseholds(pool, keys, { count: 3 })
  for (const town of ['maoba', 'donghe', 'gaoqiao', 'haoping', 'jieling'])
    for (const n of town === 'gaoqiao' ? [1] : [1, 2])
      await givenWarning(pool, { id: `YJ2022061999${town}${n}`, level: n === 1 ? 'orange' : 'yellow', town })
  await stack.advanceTo('2022-06-06', '10:00')
  await pool.query(`update counties set mail_state = 'opening' where office = $1`, [COUNTY])
  await poke(pool, 'courier', [COUNTY])
  await stack.advanceTo('2022-06-07', '10:00')
  await submit(stack, 'YJ2022061999maoba1')
  await when(pool, 'YJ2022061999maoba1', { action: 'return', reason: '材料不全' })
  await submit(stack, 'YJ2022061999donghe1')
  await when(pool, 'YJ2022061999donghe1', { action: 'accept' })
  await submit(stack, 'YJ2022061999haoping2')
  await givenWarning(pool, { id: 'YJ2022062000001', level: 'red', town: 'jieling' })
  await stack.advanceTo('2022-06-20', '15:00')
  return rows(
    pool,
    `select split_part(to_address, '.ziyang', 1) as "to", subject, text_body as text, html_body as html,
            to_char(composed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as at
       from mails where state = 'accepted' order by composed_at, id`,
  )
}

function submit(stack: Stack, id: string): Promise<void> {
  return when(stack.pool, id, { action: 'submit', result: { outcome: 'ineligible' } })
}

/** One mail of each kind, by its name. @throws Error where the story had none of a kind */
export function kindsOf(mails: readonly SentLetter[]): Map<string, Letter> {
  const monday = mails.filter(({ at }) => at.startsWith('2022-06-20'))
  const pick = (name: string, from: readonly SentLetter[], fits: (mail: SentLetter) => boolean) => {
    const found = from.filter(fits).sort((a, b) => b.html.length - a.html.length)[0]
    if (!found) throw new Error(`the story has no mail of the kind ${name}`)
    return [name, found] as const
  }
  const to = (who: string) => (mail: SentLetter) => mail.to.startsWith(who)
  const about = (tag: string) => (mail: SentLetter) => mail.text.includes(`【${tag}】`)
  return new Map<string, Letter>([
    pick('officer', mails, to('officer@maoba')),
    pick('head', mails, to('head@')),
    pick('centre', mails, to('jiuzhu@')),
    pick('leader', mails, to('leader@')),
    pick('single', mails, (mail) => mail.html.includes('查看这件事项')),
    pick('weekly-standing', monday, (mail) => mail.text.includes('每周第一个工作日收到一次')),
    pick('returned', mails, about('已退回')),
    pick('accepted', mails, about('已通过')),
    pick('urgent-red', mails, (mail) => mail.subject.includes('急:')),
    pick('passed-on', mails, about('转给您')),
    pick('opening', mails, ({ at }) => at === mails[0]?.at),
    ['secret-link', composeSecretLink({ ...PERSON, ...ACCOUNT, purpose: 'reset', link: LINK, until: UNTIL })],
    ['test-mail', composeTestMail({ ...PERSON, at: UNTIL })],
    ['address-changed', composeAddressChanged(PERSON)],
  ])
}

const PERSON = { name: '张三', contact: 'jiuzhu@bureau.ziyang.test', trial: false }
const ACCOUNT = { bureau: '紫阳县民政局', account: 'zhang@maoba.ziyang.test' }
const UNTIL = instantAt('2022-06-20', '18:00')
const LINK = 'http://127.0.0.1:1/app/set-password#token=9f86d081884c7d659a2feaa0c55ad015'
