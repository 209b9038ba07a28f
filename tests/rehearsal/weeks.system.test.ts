import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../../src/api/app.ts'
import { listen } from '../../src/api/server.ts'
import { type Day, instantAt } from '../../src/domain/time/days.ts'
import type { WorkerDeps } from '../../src/engine/worker.ts'
import {
  doubleMail,
  doubleStanding,
  leaveOutPerformer,
  lieStanding,
  suppressFiring,
} from '../../src/rehearsal/faults.ts'
import { forgetVisits, unlinkHit } from '../../src/rehearsal/faults-of-campaign.ts'
import {
  leaveMovedUntold,
  recountAloud,
  remindMerged,
  tellUndone,
} from '../../src/rehearsal/faults-of-county.ts'
import { forgetPromise, remindPaused, swallowExtension } from '../../src/rehearsal/faults-of-life.ts'
import { rehearse } from '../../src/rehearsal/rehearse.ts'
import { sinkOf } from '../../src/rehearsal/sink.ts'
import type { Fault, RehearsalReport } from '../../src/rehearsal/types.ts'
import { apiDeps } from '../support/api-deps.ts'
import { addTestKey, rolePools } from '../support/scoped.ts'
import { keys, log, startStack } from '../support/stack.ts'

const warningsFile = fileURLToPath(new URL('../../templates/sample-warnings-2022.csv', import.meta.url))
const TOKEN = 'a-token-only-for-tests'

const plant: Record<Fault, (deps: WorkerDeps) => WorkerDeps> = {
  'suppress-firing': (deps) => ({ ...deps, wrapDeadlines: (a) => suppressFiring(a, deps.pool, 5) }),
  'double-mail': (deps) => ({ ...deps, transport: doubleMail(deps.transport, 5) }),
  'lie-standing': (deps) => ({ ...deps, transport: lieStanding(deps.transport, 1) }),
  'leave-out-performer': (deps) => ({ ...deps, wrapDeadlines: (a) => leaveOutPerformer(a, deps.pool) }),
  'double-standing': (deps) => ({ ...deps, wrapCourier: (a) => doubleStanding(a, deps.pool) }),
  'paused-reminded': (deps) => ({ ...deps, wrapDeadlines: (a) => remindPaused(a, deps.pool) }),
  'swallow-extension': (deps) => ({ ...deps, wrapDeadlines: (a) => swallowExtension(a, deps.pool) }),
  'forget-promise': (deps) => ({ ...deps, wrapCourier: (a) => forgetPromise(a, deps.pool) }),
  // Beside another fault of deadlines.
  'unlink-hit': (deps) => ({
    ...deps,
    wrapDeadlines: (a) => unlinkHit(deps.wrapDeadlines?.(a) ?? a, deps.pool),
  }),
  'forget-visits': (deps) => ({ ...deps, wrapDeadlines: (a) => forgetVisits(a, deps.pool) }),
  'moved-untold': (deps) => ({ ...deps, wrapCourier: (a) => leaveMovedUntold(a, deps.pool) }),
  'recount-aloud': (deps) => ({ ...deps, wrapDeadlines: (a) => recountAloud(a, deps.pool) }),
  'undone-told': (deps) => ({ ...deps, wrapDeadlines: (a) => tellUndone(a, deps.pool) }),
  'merged-reminded': (deps) => ({ ...deps, wrapDeadlines: (a) => remindMerged(a, deps.pool) }),
}

/** The year's first phase opens on 27 May and falls due on the 31st. */
async function play(from: Day, to: Day, ...faults: Fault[]): Promise<RehearsalReport> {
  const start = instantAt('2022-01-01', '00:00')
  const wrap = (deps: WorkerDeps) => faults.reduce((planted, fault) => plant[fault](planted), deps)
  const stack = await startStack({ start, wrap, dailyCheck: true })
  const { pool, inbox } = stack
  await addTestKey(pool, TOKEN)
  const pools = rolePools(stack.database)
  const app = await buildApp({
    ...apiDeps(),
    ...{ keys, log, inbox, pool: pools.api, gate: pools.gate, demoSignIn: true },
  })
  const server = await listen(app, { host: '127.0.0.1', port: 0 })
  try {
    return await rehearse(
      {
        year: 2022,
        seed: 7,
        warningsFile,
        from,
        to,
        onProgress: () => undefined,
      },
      { baseUrl: server.url, token: TOKEN, pool, sink: sinkOf(inbox) },
    )
  } finally {
    await server.close()
    await pools.end()
    await stack.stop()
  }
}

describe('a part of the year on real parts', { timeout: 300_000 }, () => {
  it('ends without a finding', async () => {
    const report = await play('2022-05-23', '2022-06-02')
    const { missing, doubled, misdirected, late, unsettled, wrongDue, refusedActions } = report
    const { untrue, untold, weekly, tooMany, ofCounty, ofLife, neverPlayed, wrongCount } = report
    const nothing = { count: 0, examples: [] }
    expect({ missing, doubled, misdirected, late, unsettled, wrongDue, refusedActions }).toEqual({
      missing: nothing,
      doubled: nothing,
      misdirected: nothing,
      late: nothing,
      unsettled: nothing,
      wrongDue: nothing,
      refusedActions: nothing,
    })
    expect({ untrue, untold, weekly, tooMany, ofCounty, ofLife, neverPlayed, wrongCount }).toEqual({
      ofLife: nothing,
      neverPlayed: nothing,
      ofCounty: nothing,
      wrongCount: nothing,
      untrue: nothing,
      untold: nothing,
      weekly: nothing,
      tooMany: nothing,
    })
    expect(report.lines.owed).toBeGreaterThan(50)
    expect(report.lines.got).toBe(report.lines.owed)
    expect(report.clean).toBe(true)
  })

  it('reports a lost firing as missing', async () => {
    const report = await play('2022-05-26', '2022-05-27', 'suppress-firing')
    expect(report.missing.count).toBeGreaterThan(0)
    expect(report).toMatchObject({ clean: false, doubled: { count: 0 }, misdirected: { count: 0 } })
  })

  it('finds over two Mondays a block that lies, performers left out, a standing too many, and a hit that lost its comparison', async () => {
    const faults = ['lie-standing', 'leave-out-performer', 'double-standing', 'unlink-hit'] as const
    const report = await play('2022-05-26', '2022-06-07', ...faults)
    expect(report.untrue.examples.join()).toContain('信中')
    expect(report.missing.examples.join()).toContain('逾期')
    expect(report.weekly.examples.join()).toContain('没有一条事由')
    expect(report.wrongCount.examples.join()).toContain('应由 与医保局上半年数据比对 命中,接口答 没有')
    expect(report).toMatchObject({ clean: false, doubled: { count: 0 }, misdirected: { count: 0 } })
  })

  it('finds after new rules that nobody was told of moved days, and what was told again', async () => {
    const report = await play('2022-07-01', '2022-07-14', 'moved-untold', 'recount-aloud')
    expect(report.ofLife.examples.join()).toContain('规则改按第 2 版')
    expect(report.misdirected.count).toBeGreaterThan(0)
    expect(report).toMatchObject({ clean: false, wrongDue: { count: 0 }, wrongCount: { count: 0 } })
  })

  it('reports a mail that went out twice as doubled', async () => {
    const report = await play('2022-05-26', '2022-05-27', 'double-mail')
    expect(report.doubled.count).toBeGreaterThan(0)
    expect(report).toMatchObject({ clean: false, missing: { count: 0 }, misdirected: { count: 0 } })
  })
})
