import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Loop, startLoop } from '../../src/engine/loop.ts'

const AWAY = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })

let loop: Loop | undefined
let errors: unknown[]
const onError = (error: unknown) => errors.push(error)
const pass = vi.fn<() => Promise<boolean | void>>()

beforeEach(() => {
  vi.useFakeTimers()
  errors = []
  pass.mockReset().mockResolvedValue(undefined)
})
afterEach(async () => {
  await loop?.stop()
  vi.useRealTimers()
})

/** Whether a promise has settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  void promise.then(() => (settled = true))
  await vi.advanceTimersByTimeAsync(0)
  return settled
}

it('runs at once and then after each pause', async () => {
  loop = startLoop({ everyMs: 1_000, pass, onError })
  await vi.advanceTimersByTimeAsync(0)
  expect(pass).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(999)
  expect(pass).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(2_001)
  expect(pass).toHaveBeenCalledTimes(4)
})

it('runs at once when it is woken, and at once again while more work waits', async () => {
  loop = startLoop({ everyMs: 60_000, pass, onError })
  await vi.advanceTimersByTimeAsync(0)
  pass.mockResolvedValueOnce(true).mockResolvedValueOnce(true)
  loop.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(pass).toHaveBeenCalledTimes(4)
})

it('remembers a wake that comes during a pass', async () => {
  let finish = () => {}
  pass.mockImplementationOnce(() => new Promise((resolve) => (finish = () => resolve())))
  loop = startLoop({ everyMs: 60_000, pass, onError })
  await vi.advanceTimersByTimeAsync(0)
  loop.wake()
  finish()
  await vi.advanceTimersByTimeAsync(0)
  expect(pass).toHaveBeenCalledTimes(2)
})

it('never runs two passes at the same time, whoever asks', async () => {
  let running = 0
  let most = 0
  pass.mockImplementation(async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setTimeout(resolve, 50))
    running--
  })
  loop = startLoop({ everyMs: 10, pass, onError })
  const asked = Promise.all([loop.runNow(), loop.runNow(), loop.runNow()])
  loop.wake()
  await vi.advanceTimersByTimeAsync(1_000)
  await asked
  expect(most).toBe(1)
  expect(pass.mock.calls.length).toBeGreaterThan(5)
  const stopped = loop.stop()
  await vi.advanceTimersByTimeAsync(100)
  await stopped
})

it('reports a failed pass and repeats it after the usual pause', async () => {
  pass.mockRejectedValue(new Error('broken'))
  loop = startLoop({ everyMs: 1_000, pass, onError })
  await vi.advanceTimersByTimeAsync(3_000)
  expect(errors).toHaveLength(4)
})

it('doubles its pauses while the database is away, up to ten seconds, and forgets it afterwards', async () => {
  const at: number[] = []
  pass.mockImplementation(() => {
    at.push(Date.now())
    return Promise.reject(AWAY)
  })
  loop = startLoop({ everyMs: 1_000, pass, onError })
  await vi.advanceTimersByTimeAsync(40_000)
  const pauses = at.slice(1).map((t, i) => t - (at[i] ?? 0))
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
  pass.mockReset().mockResolvedValue(undefined)
  loop.wake()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(pass).toHaveBeenCalledTimes(3)
})

it('hands the error of an asked pass to whoever asked', async () => {
  loop = startLoop({ everyMs: 60_000, pass, onError })
  await vi.advanceTimersByTimeAsync(0)
  pass.mockRejectedValueOnce(new Error('broken'))
  await expect(loop.runNow()).rejects.toThrow('broken')
  await loop.runNow()
})

it('stops only when the pass at hand is over, and runs none afterwards', async () => {
  let finish = () => {}
  pass.mockImplementation(() => new Promise((resolve) => (finish = () => resolve())))
  loop = startLoop({ everyMs: 10, pass, onError })
  await vi.advanceTimersByTimeAsync(0)
  const stopped = loop.stop()
  expect(await isSettled(stopped)).toBe(false)
  finish()
  expect(await isSettled(stopped)).toBe(true)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(pass).toHaveBeenCalledTimes(1)
})

it('waits for what must be prepared, and can be stopped meanwhile', async () => {
  let prepare = () => {}
  const prepared = new Promise<void>((resolve) => (prepare = resolve))
  loop = startLoop({ everyMs: 1_000, pass, onError, after: prepared })
  const other = startLoop({ everyMs: 1_000, pass, onError, after: new Promise(() => {}) })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(pass).not.toHaveBeenCalled()
  await other.stop()
  prepare()
  await vi.advanceTimersByTimeAsync(0)
  expect(pass).toHaveBeenCalledTimes(1)
})

it('runs no pass when the preparation failed', async () => {
  const after = Promise.reject(new Error('not prepared'))
  loop = startLoop({ everyMs: 10, pass, onError, after })
  await vi.advanceTimersByTimeAsync(100)
  expect(pass).not.toHaveBeenCalled()
})
