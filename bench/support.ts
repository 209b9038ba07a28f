import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/bin/config/config.ts'
import { up, type UpOptions } from '../src/bin/start/up.ts'
import { removePostgres } from '../src/engine/embedded/postgres-data.ts'

/** All parts on a directory of their own, cleared away afterwards. */
export async function withParts<T>(
  options: UpOptions,
  work: (running: Awaited<ReturnType<typeof up>>) => Promise<T>,
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'duban-bench-'))
  const running = await up(readConfig({}, { DUBAN_DATA: dir, DUBAN_PORT: 0, LOG_LEVEL: 'error' }), options)
  try {
    await running.engine.joined
    return await work(running)
  } finally {
    await running.stop()
    await removePostgres(join(dir, 'postgres'))
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The number behind an option of the command line. @throws Error where something else stands, or nothing */
export function numberAfter(args: readonly string[], option: string): number | undefined {
  const at = args.indexOf(option)
  if (at < 0) return undefined
  const number = Number(args[at + 1])
  if (!(number > 0)) throw new Error(`${option} takes a number: ${args[at + 1]}`)
  return number
}

/** @throws Error when nothing was measured, or one of the figures is none */
export function median(values: readonly number[]): number {
  if (!values.every((value) => value > 0)) throw new Error(`not a time: [${values.join(', ')}]`)
  return percentile(values, 0.5)
}

/** @param part 0.99 for the value that one in a hundred exceeds @throws Error when nothing was measured, or a figure is none */
export function percentile(values: readonly number[], part: number): number {
  if (values.length === 0 || !values.every((value) => Number.isFinite(value)))
    throw new Error(`nothing to compare was measured: [${values.join(', ')}]`)
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!
}

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/** Prints the result beside the facts of the machine, and keeps both as JSON. */
export function report(name: string, result: Record<string, unknown>): void {
  const machine = {
    cores: cpus().length,
    model: cpus()[0]?.model,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    load: loadavg().map((l) => Math.round(l * 10) / 10),
  }
  const dir = new URL('results/', import.meta.url)
  mkdirSync(dir, { recursive: true })
  writeFileSync(new URL(`${name}.json`, dir), JSON.stringify({ name, machine, ...result }, null, 2))
  console.log(name, JSON.stringify(result, null, 2), '\nmachine', JSON.stringify(machine))
}
