import { html, type Html } from './shell.ts'

/** One part of the running system, as /readyz and the status page show it. */
export type Part = {
  name: string
  mode: string
  state: 'ready' | 'degraded' | 'starting' | 'building' | 'failed'
  detail?: string
  progress?: { message: string; startedAt: number; expectedSeconds: number }
}

const STATE_WORDS = {
  ready: html`<span class="done">✓ 正常</span>`,
  degraded: html`<span class="late">▲ 要处理</span>`,
  starting: html`<span class="soon">◔ 启动中</span>`,
  building: html`<span class="soon">◔ 构建中</span>`,
  failed: html`<span class="late">▲ 异常</span>`,
} as const

const NAMES: Record<string, string> = {
  database: '数据库 PostgreSQL',
  migrations: '数据库结构',
  temporal: '计时引擎 Temporal',
  worker: '工作进程',
  relay: '传信(pokes)',
  watchdog: '常态核查',
  mail: '邮件',
  sending: '邮件开放',
  'mail-queue': '待发邮件',
  calendar: '工作日历',
  api: '接口服务',
  demo: '演示数据',
}

const MODES: Record<string, string> = {
  embedded: '内置',
  external: '外部',
  built: '本机构建',
  downloaded: '下载',
  cached: '缓存',
  path: '本机已有',
  trial: '试用(不真正发出)',
  smtp: '真实发信',
  held: '暂不发出',
}

export function partsTable(parts: readonly Part[]): Html {
  return html`<table>
    <thead>
      <tr>
        <th>部分</th>
        <th>方式</th>
        <th>状态</th>
        <th>说明</th>
      </tr>
    </thead>
    <tbody>
      ${parts.map(
        (p) =>
          html`<tr>
            <td>${NAMES[p.name] ?? p.name}</td>
            <td>${MODES[p.mode] ?? p.mode}</td>
            <td class="unbroken">${STATE_WORDS[p.state]}</td>
            <td class="quiet">${p.progress ? p.progress.message : (p.detail ?? '')}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}
