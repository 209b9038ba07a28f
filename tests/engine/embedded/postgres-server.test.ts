import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isAlive, markOf } from '../../../src/engine/embedded/processes.ts'
import { makePlace, query } from './launching.ts'

let place: ReturnType<typeof makePlace>
beforeEach(() => {
  place = makePlace()
})
afterEach(() => place.remove())

describe('embedded PostgreSQL', () => {
  it('keeps its data over a restart and leaves no process behind', async () => {
    const first = await place.start()
    const mark = markOf(first.pid)
    await query(first, 'create table kept as select 7 as n')
    await first.stop()
    await first.exited
    expect(isAlive(mark)).toBe(false)

    const second = await place.start()
    expect(second.adopted).toBe(false)
    expect(await query(second, 'select n from kept')).toEqual([{ n: 7 }])
    await second.stop()
  })

  it('takes over a server that a killed launcher left running', async () => {
    const left = await place.start()
    const taken = await place.start()
    expect(taken).toMatchObject({ adopted: true, pid: left.pid, port: left.port })
    await taken.stop()
    await taken.exited
    expect(isAlive(markOf(left.pid))).toBe(false)
  })

  it('starts again after the server was killed', async () => {
    const first = await place.start({ durable: true })
    await query(first, 'create table kept as select 7 as n')
    process.kill(first.pid, 'SIGKILL')
    await first.exited
    const second = await place.start()
    expect(await query(second, 'select n from kept')).toEqual([{ n: 7 }])
    await second.stop()
  })

  it('does not touch a stranger that has the number of the old server', async () => {
    const first = await place.start()
    const [{ data_directory = '' } = {}] = await query<{ data_directory: string }>(
      first,
      'show data_directory',
    )
    const pidFile = join(data_directory, 'postmaster.pid')
    const lines = readFileSync(pidFile, 'utf8').split('\n')
    await first.stop()
    writeFileSync(pidFile, [process.pid, ...lines.slice(1)].join('\n'))
    const second = await place.start()
    expect(second.adopted).toBe(false)
    await second.stop()
  })

  it('says so when the password is not the one the data were made with', async () => {
    await (await place.start()).stop()
    await expect(place.start({ password: 'another' })).rejects.toThrow('密码')
  })

  it('listens on loopback only, asks for the password, and finds Chinese by parts of a word', async () => {
    const server = await place.start()
    expect(await query(server, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    await expect(query({ url: server.url.replace(/:[^:@]*@/, ':wrong@') }, 'select 1')).rejects.toThrow(
      'password',
    )
    await query(server, 'create extension pg_trgm')
    expect(await query(server, "select '毛坝镇' % '毛坝' as found")).toEqual([{ found: true }])
    await server.stop()
    expect(statSync(join(place.dir, 'logs', 'postgres.log')).mode & 0o077).toBe(0)
  })
})
