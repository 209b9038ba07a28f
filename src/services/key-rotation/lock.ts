import type pg from 'pg'
import { lockRotation, unlockRotation } from '../vault/key-store.ts'
import type { Pool } from '../../db/pool.ts'

/** Thrown when another command rotates keys of this database. */
export class RotationRuns extends Error {
  constructor() {
    super('另一个命令正在轮换密钥,请等它结束。')
    this.name = 'RotationRuns'
  }
}

/** Allows one rotation at a time, of any key. @throws RotationRuns */
export async function underRotationLock<T>(
  pool: Pool,
  work: (session: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const session = await pool.connect()
  try {
    if (!(await lockRotation(session))) throw new RotationRuns()
    return await work(session)
  } finally {
    // A broken session has released the lock already.
    await unlockRotation(session).catch(() => undefined)
    session.release(true)
  }
}
