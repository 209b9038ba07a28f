import { importById, type ImportRow } from '../../services/imports/store.ts'
import type { Sql } from '../../db/pool.ts'
import { notFound } from '../http/errors.ts'

/** @throws ApiError 404 where there is none, or it is not theirs */
export async function findImport(sql: Sql, id: string): Promise<ImportRow> {
  const one = await importById(sql, id)
  if (!one) throw notFound('导入')
  return one
}
