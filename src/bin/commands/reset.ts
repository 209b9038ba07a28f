import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { DataHeld, holderOf } from '../../engine/embedded/data-dir.ts'
import { removePostgres } from '../../engine/embedded/postgres-data.ts'
import { endOrphan } from '../start/children.ts'
import { CliError } from '../cli/cli-error.ts'
import { readConfig } from '../config/config.ts'

export function resetCommand(): Command {
  return new Command('reset')
    .description('清除数据目录,下次启动重新开始')
    .option('--data <目录>', '数据目录(默认 .duban)')
    .action(async (options: { data?: string }) => {
      const dir = readConfig(process.env, { DUBAN_DATA: options.data }).DUBAN_DATA
      const holder = existsSync(dir) ? holderOf(dir) : null
      if (holder !== null) throw new DataHeld(dir, holder)
      if (!existsSync(dir)) return console.log(`${dir} 本来就是空的。`)
      if (!existsSync(join(dir, 'token')) && !existsSync(join(dir, 'postgres')))
        throw new CliError(`${dir} 不像督办的数据目录,没有删除。`)
      await endOrphan({ file: (name) => join(dir, name) }, 'temporal')
      await removePostgres(join(dir, 'postgres'))
      rmSync(dir, { recursive: true, force: true })
      console.log(`已清除 ${dir}。`)
    })
}
