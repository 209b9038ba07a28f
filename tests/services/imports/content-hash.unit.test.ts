import { expect, test } from 'vitest'
import { hashOf } from '../../../src/services/imports/classify-rows.ts'
import { blindIndex, makeKeyring } from '../../../src/services/vault/encryption.ts'
import { read, sample } from '../../ledgers/support.ts'

const keys = makeKeyring(Buffer.alloc(32, 1))

test('a row has the hash that earlier releases wrote into the ledger: of all its fields in their order', async () => {
  const { rows } = await read(sample)
  expect(rows.length).toBeGreaterThan(100)
  for (const row of rows) {
    const { row: _row, remarks: _remarks, ...content } = row
    expect(hashOf(keys, row)).toEqual(blindIndex(keys, 'content', JSON.stringify(content)))
  }
})
