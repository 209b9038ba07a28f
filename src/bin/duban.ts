#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { BadConfig } from './config/config.ts'
import { renamedCommand } from './cli/renamed-command.ts'

/** Each command is loaded when it is called: whoever imports a file need not wait for the engine's code. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  up: async () => (await import('./commands/up.ts')).upCommand(),
  county: async () => (await import('./commands/county.ts')).countyCommand(),
  office: async () => (await import('./commands/office.ts')).officeCommand(),
  campaign: async () => (await import('./commands/campaign.ts')).campaignCommand(),
  calendar: async () => (await import('./commands/calendar.ts')).calendarCommand(),
  policy: async () => (await import('./commands/policy.ts')).policyCommand(),
  import: async () => (await import('./commands/import.ts')).importCommand(),
  roster: async () => (await import('./commands/roster.ts')).rosterCommand(),
  comparisons: async () => (await import('./commands/comparisons.ts')).comparisonsCommand(),
  screenings: async () => (await import('./commands/screenings.ts')).screeningsCommand(),
  household: async () => (await import('./commands/household.ts')).householdCommand(),
  discovery: async () => (await import('./commands/discovery.ts')).discoveryCommand(),
  problems: async () => (await import('./commands/problems.ts')).problemsCommand(),
  sample: async () => (await import('./commands/sample.ts')).sampleCommand(),
  ledger: async () => (await import('./commands/ledger.ts')).ledgerCommand(),
  statistics: async () => (await import('./commands/statistics.ts')).statisticsCommand(),
  'act-on': async () => (await import('./commands/act-on.ts')).actOnCommand(),
  rehearse: async () => (await import('./commands/rehearse.ts')).rehearseCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand(),
  user: async () => (await import('./commands/user.ts')).userCommand(),
  audit: async () => (await import('./commands/audit.ts')).auditCommand(),
  'api-key': async () => (await import('./commands/api-key.ts')).apiKeyCommand(),
  encryption: async () => (await import('./commands/encryption.ts')).encryptionCommand(),
  retention: async () => (await import('./commands/retention.ts')).retentionCommand(),
  reset: async () => (await import('./commands/reset.ts')).resetCommand(),
  'env-example': async () => (await import('./commands/env-example.ts')).envExampleCommand(),
}

const program = new Command('duban')
  .description('督办:县里欠最困难群众的事,一件也不忘')
  .showHelpAfterError('(用 --help 查看用法)')

const called = Object.entries(COMMANDS).filter(([name]) => name === process.argv[2])
for (const [, load] of called.length > 0 ? called : Object.entries(COMMANDS)) program.addCommand(await load())
program.addCommand(renamedCommand('key', 'api-key'), { hidden: true })
program.addCommand(renamedCommand('keys', 'encryption'), { hidden: true })

// Settings of this folder, where there are any; the environment goes before them.
if (existsSync('.env')) process.loadEnvFile()

try {
  await program.parseAsync()
} catch (error) {
  // What people can mend is a sentence; a stack is for what we have to mend.
  const known =
    error instanceof BadConfig ||
    (error as Error).name.match(/^(DataHeld|NoTemporal|NoPostgres|WrongMasterKey|CliError|RehearsalRefused)$/)
  console.error(known ? (error as Error).message : error)
  process.exitCode = 1
}
