import { Command } from 'commander'
import {
  type ListAnswer,
  type ListOptions,
  listWords,
  sendList,
  serviceFor,
  tellRefused,
  withListOptions,
} from '../cli/list-file.ts'

type Answer = ListAnswer & { problems: number; registered: number | null }

export function problemsCommand(): Command {
  const problems = new Command('problems').description('问题清单和整改')
  withListOptions(
    problems.command('import').description('从文件登记问题清单(Excel 或 CSV),同一个文件不会重复登记'),
  )
    .argument('<文件>', '要有整改单位、问题来源、问题类型、具体问题、整改期限')
    .option('--county <单位>', '县局的单位代码;只有一个县时可不写')
    .action(importProblems)
  return problems
}

async function importProblems(file: string, options: ListOptions): Promise<void> {
  const answer = await sendList<Answer>(await serviceFor(options), '/v1/problems/import', file, options)
  const refused = tellRefused(answer, answer.registered !== null, options)
  if (options.json) return console.log(JSON.stringify(answer))
  const { problems, registered } = answer
  const done = registered === null ? `没有问题的行是 ${problems} 件` : `已登记 ${registered} 件`
  console.log([...listWords(answer), done, ...refused].join('\n'))
}
