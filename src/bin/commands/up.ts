import { Command } from 'commander'
import type { Part } from '../../api/pages/parts.ts'
import { readConfig } from '../config/config.ts'
import { endChildren } from '../start/children.ts'
import { notices } from '../start/production.ts'
import { up } from '../start/up.ts'
import { untilAskedToStop } from '../start/until-stopped.ts'

export function upCommand(): Command {
  return new Command('up')
    .description('启动全部:数据库、计时引擎、试用邮箱、接口和网页')
    .option('--data <目录>', '数据目录(默认 .duban)')
    .option('--port <端口>', '网页和接口的端口(被占用时自动换一个)')
    .option('--no-demo', '不生成演示数据,只建单位和当年行动')
    .action(async (options: { data?: string; port?: string; demo: boolean }) => {
      const config = readConfig(process.env, { DUBAN_DATA: options.data, DUBAN_PORT: options.port })
      console.log('督办正在启动……')
      const running = await up(config, { begin: options.demo ? 'demo' : 'campaign', onPart: printer() })
      console.log(`
  网页      ${running.url}
  接口文档  ${running.url}/docs
  试用邮箱  ${running.inbox ? `${running.url}/inbox(邮件并未真正发出)` : '未启用:邮件真实发出'}
  接口令牌  ${running.token}
            (保存在 ${running.data.file('token')})
  停止      Ctrl-C
`)
      for (const notice of notices(config)) console.log(`  ▲ ${notice}\n`)
      await untilAskedToStop(() => endChildren(running.data), process.env.npm_lifecycle_event !== undefined)
      console.log('正在停止……再按一次 Ctrl-C 立即结束。')
      await running.stop()
      console.log('已停止。')
    })
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
