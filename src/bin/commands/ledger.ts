import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { KIND_CODES, KIND_LABELS } from '../../kinds/kinds.ts'
import { formatOf } from '../cli/file-format.ts'
import { serviceFor, type ServiceOptions, withService } from '../cli/service-options.ts'

export function ledgerCommand(): Command {
  const kinds = KIND_CODES.map((code) => `${code} ${KIND_LABELS[code]}`).join('、')
  return withService(new Command('ledger').description('导出一种事项的工作台账,Excel 或 CSV'))
    .argument('<种类>', kinds)
    .argument('<文件>', '写到哪个文件,.xlsx 或 .csv')
    .option('--office <单位>', '只要这个单位的')
    .action(writeLedger)
}

async function writeLedger(
  kind: string,
  file: string,
  options: ServiceOptions & { office?: string },
): Promise<void> {
  const query = new URLSearchParams({
    format: formatOf(file),
    ...(options.office && { office: options.office }),
  })
  const service = await serviceFor(options)
  const bytes = await service.bytes(`/v1/ledgers/${encodeURIComponent(kind)}?${query}`)
  await writeFile(file, bytes)
  console.log(
    options.json ? JSON.stringify({ file, bytes: bytes.length }) : `已写入 ${file}(${bytes.length} 字节)。`,
  )
}
