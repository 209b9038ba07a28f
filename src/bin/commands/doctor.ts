import { Command } from 'commander'
import { type Check, doctor } from '../../engine/doctor.ts'
import { readConfig } from '../config/config.ts'

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('检查这台机器缺什么、怎样补上')
    .option('--data <目录>', '数据目录(默认 .duban)')
    .option('--json', '结果输出为 JSON')
    .action(async (options: { data?: string; json?: boolean }) => {
      const config = readConfig(process.env, { DUBAN_DATA: options.data })
      const checks = await doctor(process.env, config.DUBAN_DATA)
      console.log(options.json ? JSON.stringify(checks) : checks.map(checkLine).join('\n'))
      process.exitCode = checks.every((c) => c.ok) ? 0 : 1
    })
}

function checkLine({ name, ok, detail, fix }: Check): string {
  return `${ok ? '✓' : '▲'} ${name}:${detail}${ok || !fix ? '' : `\n    → ${fix}`}`
}
