import { Command } from 'commander'
import { envExample } from '../config/config.ts'

export function envExampleCommand(): Command {
  return new Command('env-example').description('输出 .env.example 的内容').action(() => {
    process.stdout.write(envExample())
  })
}
