import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { runtimeUrl } from '../../engine/embedded/data-dir.ts'
import { CliError } from './cli-error.ts'
import type { Config } from '../config/config-schema.ts'

export type Service = {
  call<T>(path: string, init?: RequestInit): Promise<T>
  /** An answer that is no JSON. */
  text(path: string, init?: RequestInit): Promise<string>
  bytes(path: string): Promise<Buffer>
  /** An answer that is taken while it is made. */
  stream(path: string, init?: RequestInit): Promise<Response>
}

/** The running service of a data directory, or the one named; commands reach it over HTTP like anybody else. */
export async function serviceOf(config: Config, given: { url?: string; token?: string }): Promise<Service> {
  const url = given.url ?? runtimeUrl(config.DUBAN_DATA)
  if (url === null)
    throw new CliError(
      `在 ${config.DUBAN_DATA} 没有正在运行的服务。先执行 npm start,或用 --url 和 --token 指明。`,
    )
  const token = given.token ?? config.DUBAN_TOKEN ?? tokenOf(config.DUBAN_DATA)
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID(), ...init.headers }
    const response = await fetch(url + path, { ...init, headers }).catch(() => {
      throw new CliError(`连不上 ${url}。服务没有运行?先执行 npm start。`)
    })
    if (response.ok) return response
    const problem = (await response.json()) as Problem
    throw new CliError(`服务拒绝:${problem.detail ?? problem.title ?? response.status}${faultsOf(problem)}`)
  }
  return {
    call: async <T>(path: string, init?: RequestInit) => (await (await ask(path, init)).json()) as T,
    text: async (path, init) => (await ask(path, init)).text(),
    stream: ask,
    bytes: async (path) => Buffer.from(await (await ask(path)).arrayBuffer()),
  }
}

/** All of a list, page by page. @param asked what is asked of it; what is undefined is not */
export async function pagesOf<Item>(service: Service, path: string, asked: Asked = {}): Promise<Item[]> {
  const all: Item[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = queryOf({ limit: '200', ...asked, cursor: cursor === '' ? undefined : cursor })
    const page: { items: Item[]; nextCursor: string | null } = await service.call(path + query)
    all.push(...page.items)
    cursor = page.nextCursor
  }
  return all
}

type Asked = Record<string, string | undefined>

/** `?office=…&kind=…`; what is undefined is not asked. */
export function queryOf(asked: Asked): string {
  const said = Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return said.length === 0 ? '' : `?${new URLSearchParams(said)}`
}

type Problem = { detail?: string; title?: string; errors?: { pointer: string; message: string }[] }

/** What exactly does not fit, where the sentence itself does not say. */
function faultsOf({ detail = '', errors = [] }: Problem): string {
  const told = errors.filter(({ message }) => !detail.includes(message))
  return told.map(({ pointer, message }) => `\n  ${pointer.replace(/^\/body\//, '')}:${message}`).join('')
}

function tokenOf(dataDir: string): string {
  try {
    return readFileSync(join(dataDir, 'token'), 'utf8').trim()
  } catch {
    throw new CliError(`${dataDir} 里没有接口令牌;用 --token 指明。`)
  }
}
