import { chromium } from 'playwright-core'
const [base, ...pages] = process.argv.slice(2)
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const person = process.env.PERSON
for (const [w, h, name] of [[1280, 800, 'wide'], [390, 844, 'phone']] as const) {
  const c = await b.newContext({ viewport: { width: w, height: h }, colorScheme: (process.env.DARK ? 'dark' : 'light') as any })
  const p = await c.newPage()
  p.on('console', (m) => ['error','warning'].includes(m.type()) && console.log(name, m.text()))
  p.on('pageerror', (e) => console.log('PAGEERROR', e))
  if (person) { await p.goto(base + '/app/sign-in'); await p.evaluate(async (person) => { const r = await fetch('/v1/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person }) }); if (!r.ok) throw new Error(await r.text()) }, person) }
  let i = 0
  for (const page of pages) { await p.goto(base + page, { waitUntil: 'networkidle' }); await p.waitForTimeout(300); await p.screenshot({ path: `/tmp/shot-${name}-${i++}.png`, fullPage: name === 'phone' && false }) }
}
await b.close()
