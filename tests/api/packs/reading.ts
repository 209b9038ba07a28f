import { read, utils } from '@e965/xlsx'
import { expect } from 'vitest'
import { unzip } from '../../support/unzip.ts'
import type { Asking, TestApp } from '../build.ts'

export type Lines = unknown[][]

/** Makes a pack and opens it. */
export async function packOf({ app }: TestApp, campaign: string, payload: object, how: Asking) {
  const { token, headers = {} } = how
  const bearer = token === undefined || token === null ? {} : { authorization: `Bearer ${token}` }
  const answer = await app.inject({
    ...{ method: 'POST', url: `/v1/campaigns/${campaign}/pack`, payload },
    headers: { ...bearer, ...headers },
  })
  expect(answer.statusCode, answer.payload.slice(0, 300)).toBe(200)
  const files = unzip(answer.rawPayload)
  expect(answer.headers['duban-files']).toBe(String(files.size))
  return { files, headers: answer.headers }
}

export function sheetsOf(file: Buffer) {
  const book = read(file)
  return book.SheetNames.map((name) => ({
    name,
    lines: utils.sheet_to_json<unknown[]>(book.Sheets[name]!, { header: 1, blankrows: true }) as Lines,
  }))
}

export function allText(files: ReadonlyMap<string, Buffer>): string {
  return [...files.values()].map((file) => JSON.stringify(sheetsOf(file))).join('\n')
}
