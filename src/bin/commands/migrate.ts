import { Command } from 'commander'
import { migrate } from '../../db/migrate.ts'
import { CliError } from '../cli/cli-error.ts'
import { readConfig } from '../config/config.ts'

export function migrateCommand(): Command {
  return new Command('migrate').description('把 DATABASE_URL 指向的数据库升级到最新结构').action(async () => {
    const url = readConfig(process.env).DATABASE_URL
    if (!url) throw new CliError('请设置 DATABASE_URL;内置数据库在启动时自动升级。')
    await migrate(url)
    console.log('数据库结构已是最新。')
  })
}
