import { Command } from 'commander'
import { commandLine } from './called-as.ts'
import { CliError } from './cli-error.ts'

/** A name that a command had before: it does nothing and says the new one. */
export function renamedCommand(before: string, now: string): Command {
  return new Command(before)
    .allowUnknownOption()
    .allowExcessArguments()
    .helpOption(false)
    .action(() => {
      throw new CliError(`命令 ${before} 已改名为 ${now},请执行 ${commandLine(`${now} --help`)} 查看用法。`)
    })
}
