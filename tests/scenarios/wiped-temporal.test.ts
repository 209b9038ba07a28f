import { expect, test } from 'vitest'
import { noteNamespace } from '../../src/services/watching/engine-state.ts'
import { instantAt } from '../../src/domain/time/days.ts'
import { pokeGaps } from '../../src/engine/watchdog.ts'
import { acceptedLines } from '../support/mails.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { createNamespace } from '../support/temporal.ts'
import { givenWarning, when } from '../support/warnings.ts'

/** The same story is played twice; a play takes half a minute, and two or three where others keep the processors busy. */
const TWO_PLAYS_MS = 480_000
const TOWNS = ['maoba', 'donghe', 'jieling', 'gaoqiao', 'chengguan', 'haoping']

/** Thirty-odd deadlines, some done early, some late, some never. */
async function play(stack: Stack, midway: () => Promise<void>): Promise<string[]> {
  for (const [i, town] of TOWNS.entries())
    for (const level of ['red', 'orange', 'yellow'] as const)
      await givenWarning(stack.pool, {
        id: `YJ-${town}-${level}`,
        level,
        town,
        issuedOn: `2022-06-0${1 + (i % 2)}`,
      })
  await stack.advanceTo('2022-06-08', '09:00')
  for (const town of TOWNS.slice(0, 3))
    await when(stack.pool, `YJ-${town}-orange`, { action: 'submit', result: { outcome: 'dibao' } })
  await midway()
  await stack.advanceTo('2022-06-17', '18:00')
  return (await acceptedLines(stack.pool)).sort()
}

test(
  "when Temporal's state is wiped under load, no moment is lost and none doubled",
  async () => {
    const start = instantAt('2022-06-02', '09:00')
    const undisturbed = await startStack({ start })
    const expected = await play(undisturbed, async () => undefined).finally(() => undisturbed.stop())

    const stack = await startStack({ start })
    const emptied = await createNamespace()
    const told = await play(stack, async () => {
      await noteNamespace(stack.pool, 'the first')
      await stack.settle()
      await stack.restartEngine(emptied)
      expect(await noteNamespace(stack.pool, emptied.namespace)).toBeGreaterThan(TOWNS.length)
      await stack.settle()
    })
    expect(await pokeGaps(stack.pool)).toEqual([])
    await stack.stop()
    await emptied.close()

    expect(expected.length).toBeGreaterThan(60)
    expect(told).toEqual(expected)
  },
  TWO_PLAYS_MS,
)
