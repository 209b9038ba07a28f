import type * as argon2 from '@node-rs/argon2'
import { vi } from 'vitest'

/** A real hash of argon2id made with little memory: what it costs in earnest is the subject of the unit tests alone. */
vi.mock('@node-rs/argon2', async (importOriginal) => {
  const real = await importOriginal<typeof argon2>()
  return {
    ...real,
    /** A test can ask how often it was called. */
    verify: vi.fn(real.verify),
    hash: (password: string, options: argon2.Options) =>
      real.hash(password, { ...options, memoryCost: 8, timeCost: 1 }),
  }
})
