import { expect } from 'vitest'
import { personWith } from '../../support/scoped.ts'
import { type Answer, type Asking, COUNTY, foundWarning, type TestApp, TOWN } from '../../api/build.ts'

/** Something for every kind of id, so that a shape gets further than to “no such thing”. */
export async function things(api: TestApp): Promise<(url: string, id?: string) => string> {
  const campaign = await api.post<{ id: string }>('/v1/campaigns', { year: 2022 })
  const upload = await api.upload<{ id: string }>('/v1/imports?dryRun=true', [
    { field: 'file', filename: 'a.csv', content: 'x' },
  ])
  const colleague = await personWith(api.pool, 'town-head', TOWN)
  const ids: Record<string, string> = {
    obligations: (await foundWarning(api)).id,
    campaigns: campaign.body.id,
    imports: upload.body.id,
    people: colleague,
    users: colleague,
  }
  return (url, id) => url.replace(/:\w+/, id ?? ids[url.split('/')[2] ?? ''] ?? 'ak_none')
}

/** Whoever may: most shapes would else end at the door. */
export function whoMay(api: TestApp, permission: string | null): Promise<Asking> | Asking {
  if (permission === null || permission === 'open') return { token: null }
  if (permission === 'keys:manage' || permission === 'users:manage')
    return api.signedIn('administrator', COUNTY)
  if (permission === 'self') return api.signedIn('town-officer', TOWN)
  return permission === 'audit:read' ? {} : api.signedIn('relief-centre', `${COUNTY}.jiuzhu`)
}

/** Whatever was sent, the answer is a sentence of ours and not a fault. */
export function expectNoFault({ status, headers, text }: Answer<unknown>, sent: string): void {
  const said = `${status} to ${sent.slice(0, 200)}: ${text.slice(0, 300)}`
  expect(status, said).toBeLessThan(500)
  expect(text, said).not.toMatch(/\bat [^ ]+ \(.*:\d+:\d+\)|node_modules|select .* from|insert into/)
  if (status >= 400) expect(headers['content-type'], said).toMatch(/^(application\/problem\+json|text\/html)/)
}
