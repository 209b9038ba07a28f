import type { FirstSteps } from '../start/first-steps.ts'

type At = { url: string; /** As commands need it: empty for the usual directory. */ data: string }

/** What to do next, step by step, after a start without a demonstration. */
export function firstStepsWords({ county, administrator, link }: FirstSteps, { url, data }: At): string {
  const run = (command: string) => `npm run duban -- ${command}${data && ` --data ${data}`}`
  const steps = [
    signInStep({ administrator, link }, url),
    [
      '登记人员:各单位的经办人、分管领导,救助中心、核对中心、局领导。',
      `网页 ${url}/users,或 ${run('user add 邮箱 --name 姓名 --office 单位代码 --role 角色')}`,
      '单位代码见网页“人员账号”;角色见 user add --help。',
    ],
    [
      '核对行动:当年行动已启动,启动前已过期的阶段都按“启用前已办结”登记,不发邮件,经过里记着是谁说的。',
      `有平台预警的,导入:${run('import 文件.csv')}`,
    ],
    [
      `开放邮件:${county.mailState === 'preparing' ? '现在是准备中,什么也不发。' : '已开放。'}核对好了再开放,积下的每人并成一封。`,
      `管理员在首页点“开放邮件”,或 ${run('county open-mail')}`,
    ],
  ]
  return steps
    .map(([first, ...more], i) => [`  ${i + 1}. ${first}`, ...more.map((line) => `     ${line}`)].join('\n'))
    .join('\n')
}

function signInStep(
  { administrator, link }: Pick<FirstSteps, 'administrator' | 'link'>,
  url: string,
): string[] {
  if (!link) return [`登录:${url},用管理员 ${administrator} 和他的密码。`]
  return [
    `登录:用一次性设置链接给管理员 ${administrator} 设密码,随即登录;${link.until} 前有效,没有设好就重新启动换一个。`,
    link.url,
  ]
}
