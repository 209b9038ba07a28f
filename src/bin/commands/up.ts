import { Command } from 'commander'
import type { Part } from '../../contract/part.ts'
import { readConfig } from '../config/config.ts'
import { endChildren } from '../start/children.ts'
import { mailboxIn } from '../cli/user-input.ts'
import { firstStepsWords } from '../cli/first-steps-words.ts'
import { DEFAULT_ADMINISTRATOR } from '../start/first-steps.ts'
import { type Beginning, notices } from '../start/production.ts'
import { up } from '../start/up.ts'
import { untilAskedToStop } from '../start/until-stopped.ts'

type Options = { data?: string; port?: string; demo: boolean; admin?: string }

export function upCommand(): Command {
  return new Command('up')
    .description('启动全部:数据库、定时服务、试用邮箱、接口和网页')
    .option('--data <目录>', '数据目录(默认 .duban)')
    .option('--port <端口>', '网页和接口的端口(被占用时自动换一个)')
    .option('--no-demo', '不生成演示数据,只建单位和当年行动')
    .option(
      '--admin <邮箱>',
      `第一个管理员的邮箱,和 --no-demo 一起用(默认 ${DEFAULT_ADMINISTRATOR});他设密码以前可以再换`,
    )
    .action(async (options: Options) => {
      const config = readConfig(process.env, { DUBAN_DATA: options.data, DUBAN_PORT: options.port })
      console.log('督办正在启动……')
      const begin = options.demo ? 'demo' : 'campaign'
      const administrator = options.admin === undefined ? undefined : mailboxIn(options.admin)
      const running = await up(config, { begin, administrator, onPart: printer() })
      console.log(`
  网页      ${running.url}/app/
  接口文档  ${running.url}/docs
  试用邮箱  ${running.inbox ? `${running.url}/app/inbox(邮件并未真正发出)` : '未启用:邮件真实发出'}
  接口令牌  ${running.token}
            (保存在 ${running.data.file('token')})
  停止      Ctrl-C
`)
      for (const notice of [...notices(config), ...otherBeginning(running.begin, begin)])
        console.log(`  ▲ ${notice}\n`)
      if (running.firstSteps) {
        const at = { url: running.url, data: options.data ?? '' }
        console.log(`  接下来\n${firstStepsWords(running.firstSteps, at)}\n`)
      }
      const byNpm = process.env.npm_lifecycle_event !== undefined
      await untilAskedToStop(() => endChildren(running.data), { byNpm })
      console.log('正在停止……再按一次 Ctrl-C 立即结束。')
      await running.stop()
      console.log('已停止。')
    })
}

/** Data that are there stay what they are; a county of one's own goes on without a word. */
function otherBeginning(begun: Beginning, wanted: Beginning): string[] {
  if (wanted !== 'campaign' || begun !== 'demo') return []
  return ['这个数据目录里已有演示数据,照旧打开;要不带演示,请换一个 --data 目录,或先 npm run reset。']
}

/** Prints a line when a part changes its state, and from time to time while something takes long. */
function printer(): (part: Part) => void {
  const last = new Map<string, { text: string; at: number }>()
  return (part) => {
    const text = `${part.name}:${part.state}${part.mode ? `(${part.mode})` : ''} ${part.progress?.message ?? part.detail ?? ''}`
    const before = last.get(part.name)
    const sameState = before?.text.split(' ')[0] === text.split(' ')[0]
    if (before?.text === text || (sameState && Date.now() - before!.at < 5_000)) return
    last.set(part.name, { text, at: Date.now() })
    console.log(`  ${text}`)
  }
}
