import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { vi } from 'vitest'
import { createTestDatabase } from './database.ts'
import type { TemplateName } from './suite/templates.ts'

export type OwnersMachine = Awaited<ReturnType<typeof ownersMachine>>

/** Where the owner runs commands: a database and a data directory of its own, and what was printed there. */
export async function ownersMachine(env: Record<string, string> = {}, template: TemplateName = 'empty') {
  const database = await createTestDatabase(template)
  const dir = await mkdtemp(join(tmpdir(), 'duban-owner-'))
  const given = { DATABASE_URL: database.url, DUBAN_DATA: dir, ...env }
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value)
  let said = ''
  vi.spyOn(console, 'log').mockImplementation((line: string) => void (said += `${line}\n`))
  return {
    ...{ database, dir },
    said: () => said.trim(),
    /** @returns what it printed */
    async run(command: Command, args: readonly string[]): Promise<string> {
      said = ''
      await command.parseAsync(args, { from: 'user' })
      return said.trim()
    },
    async leave(): Promise<void> {
      vi.unstubAllEnvs()
      vi.restoreAllMocks()
      await database.drop()
      await rm(dir, { recursive: true })
    },
  }
}
