import { describe, expect, it, vi } from 'vitest'
import { dailyPageOf, questionsAfter, questionsOf } from '../../web/src/ahead/questions.ts'
import { planOf } from '../../web/worker/plan.ts'

vi.stubGlobal('localStorage', { getItem: () => null })
const { isKept } = await import('../../web/src/session/new-build.ts')

const at = (address: string) => {
  const { pathname, searchParams } = new URL(address, 'http://any.invalid')
  return { pathname, query: Object.fromEntries(searchParams) }
}
const addresses = (address: string, urgent = true) =>
  questionsOf(at(address)).flatMap((one) => (one.urgent === urgent ? [one.address] : []))

describe('what is asked for before the app has started', () => {
  it.each([
    ['/app', ['/v1/me', '/v1/campaigns']],
    ['/app/', ['/v1/me', '/v1/campaigns']],
    ['/app/obligations', ['/v1/me', '/v1/obligations?sort=holderDueAt&standing=pressing&limit=50']],
    [
      '/app/obligations?standing=all&q=%E6%AF%9B&open=ob_1&from=mail',
      ['/v1/me', '/v1/obligations?sort=holderDueAt&standing=all&q=%E6%AF%9B&limit=50'],
    ],
    ['/app/obligations/ob_1', ['/v1/me', '/v1/obligations/ob_1']],
    ['/app/obligations/..%2Fmails', ['/v1/me']],
    ['/app/account', ['/v1/me']],
    ['/app/sign-in?next=/obligations', []],
    ['/app/set-password', []],
    ['/app/inbox/7', []],
  ])('%s asks for %j', (page, asked) => expect(addresses(page)).toEqual(asked))

  it('is the year that is shown, once it is known which', () => {
    const answers = new Map<string, unknown>([
      ['/v1/me', { clock: { today: '2022-06-13' } }],
      [
        '/v1/campaigns',
        {
          items: [
            { id: 'ca_1', year: 2021 },
            { id: 'ca_2', year: 2022 },
          ],
        },
      ],
    ])
    const asked = (page: string) => questionsAfter(at(page), answers).map(({ address }) => address)
    expect(asked('/app/')).toEqual(['/v1/campaigns/ca_2/timeline'])
    expect(asked('/app/?campaign=ca_1')).toEqual(['/v1/campaigns/ca_1/timeline'])
    expect(asked('/app/obligations')).toEqual([])
    expect(questionsAfter(at('/app/'), new Map([...answers].slice(0, 1)))).toEqual([])
  })
})

it('all of a page of every day is kept on the device, so that it stands there at once the next time', () => {
  for (const page of ['/app/', '/app/obligations', '/app/obligations/ob_1']) {
    const asked = [...addresses(page), ...addresses(page, false)]
    expect(asked.length).toBeGreaterThan(2)
    for (const address of asked) {
      const path = address.replace(/\?.*/, '')
      expect(planOf({ method: 'GET', path, navigates: false }), path).toBe('answer')
    }
  }
})

it.each([
  ['/app', 'overview'],
  ['/app/obligations', 'obligations'],
  ['/app/obligations/ob_1', 'item'],
  ['/app/review/', 'review'],
  ['/app/roster', null],
])('the files of %s are those of %s', (pathname, page) => expect(dailyPageOf({ pathname })).toBe(page))

it('what the worker can keep is read once more when it comes into charge, and nothing else', () => {
  for (const page of ['/app/', '/app/obligations', '/app/obligations/ob_1']) {
    const asked = questionsOf(at(page))
    expect(asked.length, page).toBeGreaterThan(1)
    for (const { key } of asked) expect(isKept(key), String(key)).toBe(true)
  }
  expect(isKept(['timeline', 'ca_1'])).toBe(true)
  expect(isKept(['mails'])).toBe(false)
})
