import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/api/app.ts'
import { listen } from '../../src/api/server.ts'
import { type Day, instantAt } from '../../src/domain/time/days.ts'
import type { WorkerDeps } from '../../src/engine/worker.ts'
import { plant } from '../../src/rehearsal/plant.ts'
import { rehearse } from '../../src/rehearsal/rehearse.ts'
import { sinkOf } from '../../src/rehearsal/sink.ts'
import type { Fault, RehearsalReport } from '../../src/rehearsal/types.ts'
import { apiDeps } from '../support/api-deps.ts'
import { addTestKey, rolePools } from '../support/scoped.ts'
import { keys, log, startStack } from '../support/stack.ts'

const ALL = fileURLToPath(new URL('../../templates/sample-warnings-2022.csv', import.meta.url))
const dir = mkdtempSync(join(tmpdir(), 'duban-weeks-'))
afterAll(() => rmSync(dir, { recursive: true }))

/**
 * A sixth of the rows, as `.ci/run` plays a whole year: an account that finds a fault among few finds it among many, which cost as many
 * times more to play. Some faults need many: that a promise is not kept in the weeks in which a town is merged.
 */
const FEW = join(dir, 'few.csv')
// Bytes of GB 18030, none of which looks like the end of a line.
writeFileSync(FEW, readFileSync(ALL, 'latin1').split('\n').slice(0, 71).join('\n'), 'latin1')

const TOKEN = 'a-token-only-for-tests'

/** Early ones, for a short part. */
const NTH: Partial<Record<Fault, number>> = { 'suppress-firing': 5, 'double-mail': 5, 'lie-standing': 1 }

/** The year's first phase opens on 27 May and falls due on the 31st. */
async function play(
  from: Day,
  to: Day,
  faults: readonly Fault[] = [],
  warningsFile = ALL,
): Promise<RehearsalReport> {
  const start = instantAt('2022-01-01', '00:00')
  const wrap = (deps: WorkerDeps) =>
    faults.reduce((planted, fault) => plant(planted, fault, how(fault)), deps)
  const acted = new Set<Fault>()
  const how = (fault: Fault) => ({
    ...(NTH[fault] && { nth: NTH[fault] }),
    acted: (of: Fault) => void acted.add(of),
  })
  const stack = await startStack({ start, wrap, dailyCheck: true })
  const { pool, inbox, answers } = stack
  await addTestKey(pool, TOKEN)
  const pools = rolePools(stack.database)
  const app = await buildApp({
    ...apiDeps(),
    ...{ keys, log, inbox, pool: pools.api, gate: pools.gate, demoSignIn: true },
  })
  const server = await listen(app, { host: '127.0.0.1', port: 0 })
  try {
    const report = await rehearse(
      {
        year: 2022,
        seed: 7,
        warningsFile,
        from,
        to,
        onProgress: () => undefined,
      },
      { baseUrl: server.url, token: TOKEN, pool, sink: sinkOf(inbox), answers },
    )
    // A fault that did nothing shows nothing.
    expect([...acted].sort()).toEqual([...faults].sort())
    return report
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
    const report = await play('2022-05-26', '2022-05-27', ['suppress-firing'], FEW)
    expect(report.missing.count).toBeGreaterThan(0)
    expect(report).toMatchObject({ clean: false, doubled: { count: 0 }, misdirected: { count: 0 } })
  })

  it('finds over two Mondays a block that lies, performers left out, a standing too many, and a hit that lost its comparison', async () => {
    const faults = ['lie-standing', 'leave-out-performer', 'double-standing', 'unlink-hit'] as const
    const report = await play('2022-05-26', '2022-06-07', faults)
    expect(report.untrue.examples.join()).toContain('信中')
    expect(report.missing.examples.join()).toContain('逾期')
    expect(report.weekly.examples.join()).toContain('没有一条事由')
    expect(report.wrongCount.examples.join()).toContain('应由 与医保局上半年数据比对 命中,接口答 没有')
    expect(report).toMatchObject({ clean: false, doubled: { count: 0 }, misdirected: { count: 0 } })
  })

  it('finds after new rules that nobody was told of moved days, and what was told again', async () => {
    const report = await play('2022-07-01', '2022-07-14', ['moved-untold', 'recount-aloud'], FEW)
    expect(report.ofLife.examples.join()).toContain('规则改按第 2 版')
    expect(report.misdirected.count).toBeGreaterThan(0)
    expect(report).toMatchObject({ clean: false, wrongDue: { count: 0 }, wrongCount: { count: 0 } })
  })

  it('finds in a flood that what is paused was watched on', async () => {
    const report = await play('2022-08-03', '2022-08-12', ['paused-reminded'], FEW)
    expect(report.misdirected.examples.join()).toContain('【提醒】')
    expect(report).toMatchObject({ clean: false, missing: { count: 0 }, wrongCount: { count: 0 } })
  })

  it('finds a request and a promise that nobody heard of, a return that was taken back and told, and a merged town that was reminded', async () => {
    const faults = ['swallow-extension', 'forget-promise', 'undone-told', 'merged-reminded'] as const
    const report = await play('2022-08-19', '2022-09-08', faults)
    expect(report.missing.examples.join()).toContain('(延期申请)')
    expect(report.ofLife.examples.join()).toMatch(/信中“”,应为“[^”]*答应.*办完,还没有提交/)
    expect(report.misdirected.examples.join()).toContain('【已退回】')
    expect(report.misdirected.examples.join()).toMatch(/@jieling\S+ 【提醒】/)
    expect(report).toMatchObject({ clean: false, doubled: { count: 0 }, wrongCount: { count: 0 } })
  })

  it('finds that the visits of January were forgotten with the campaign', async () => {
    const report = await play('2022-12-28', '2023-01-03', ['forget-visits'], FEW)
    expect(report.missing.examples.join()).toMatch(/【提醒】\S+ 监测走访 1件 2023-01-03到期/)
    expect(report).toMatchObject({ clean: false, misdirected: { count: 0 }, wrongCount: { count: 0 } })
  })

  it('reports a mail that went out twice as doubled', async () => {
    const report = await play('2022-05-26', '2022-05-27', ['double-mail'], FEW)
    expect(report.doubled.count).toBeGreaterThan(0)
    expect(report).toMatchObject({ clean: false, missing: { count: 0 }, misdirected: { count: 0 } })
  })
})
