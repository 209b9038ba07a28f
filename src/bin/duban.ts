#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { BadConfig } from './config/config.ts'
import { renamedCommand } from './cli/renamed-command.ts'
import { actOnCommand } from './commands/act-on.ts'
import { apiKeyCommand } from './commands/api-key.ts'
import { auditCommand } from './commands/audit.ts'
import { campaignCommand } from './commands/campaign.ts'
import { calendarCommand } from './commands/calendar.ts'
import { countyCommand } from './commands/county.ts'
import { officeCommand } from './commands/office.ts'
import { doctorCommand } from './commands/doctor.ts'
import { encryptionCommand } from './commands/encryption.ts'
import { envExampleCommand } from './commands/env-example.ts'
import { importCommand } from './commands/import.ts'
import { ledgerCommand } from './commands/ledger.ts'
import { migrateCommand } from './commands/migrate.ts'
import { policyCommand } from './commands/policy.ts'
import { problemsCommand } from './commands/problems.ts'
import { rehearseCommand } from './commands/rehearse.ts'
import { resetCommand } from './commands/reset.ts'
import { retentionCommand } from './commands/retention.ts'
import { rosterCommand } from './commands/roster.ts'
import { sampleCommand } from './commands/sample.ts'
import { upCommand } from './commands/up.ts'
import { userCommand } from './commands/user.ts'

const program = new Command('duban')
  .description('督办:县里欠最困难群众的事,一件也不忘')
  .showHelpAfterError('(用 --help 查看用法)')

for (const command of [
  upCommand,
  countyCommand,
  officeCommand,
  campaignCommand,
  calendarCommand,
  policyCommand,
  importCommand,
  rosterCommand,
  problemsCommand,
  sampleCommand,
  ledgerCommand,
  actOnCommand,
  rehearseCommand,
  doctorCommand,
  migrateCommand,
  userCommand,
  auditCommand,
  apiKeyCommand,
  encryptionCommand,
  retentionCommand,
  resetCommand,
  envExampleCommand,
])
  program.addCommand(command())
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
