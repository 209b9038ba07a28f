import type { Sql } from '../../db/pool.ts'
import { counties, type County } from '../../services/people/offices.ts'
import { CliError } from './cli-error.ts'

/** The county a command is about: the one named, or the only one. @throws CliError listing those there are */
export async function onlyCounty(tx: Sql, asked: string | undefined): Promise<County> {
  const all = await counties(tx)
  const chosen = asked === undefined && all.length === 1 ? all[0] : all.find((c) => c.office === asked)
  if (chosen) return chosen
  if (all.length === 0) throw new CliError('还没有县:先用 county load 写入单位。')
  throw new CliError(
    `请用 --county 指明县局:${all.map(({ office, name }) => `${office} ${name}`).join('、')}。`,
  )
}
