import { CliError } from './cli-error.ts'

/** What a file is to be, by the end of its name. @throws CliError for anything but a workbook or text */
export function formatOf(file: string): 'xlsx' | 'csv' {
  const format = /\.(xlsx|csv)$/i.exec(file)?.[1]?.toLowerCase()
  if (format === 'xlsx' || format === 'csv') return format
  throw new CliError(`文件名以 .xlsx 或 .csv 结尾,收到 ${file}。`)
}
