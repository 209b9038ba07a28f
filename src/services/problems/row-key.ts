import type { Day } from '../../domain/time/days.ts'
import { blindIndex, type Keyring } from '../vault/encryption.ts'

/** What a row of a list says of one office. */
export type RowContent = {
  county: string
  office: string
  origin: string
  type: string
  wrong: string
  dueOn: Day
}

/**
 * Keys the rows of one list by what they say, so that a list that was mended registers only what is new. Equal rows are counted:
 * the third of its kind in one file is the third in the next. The hash is keyed, since it stands in the clear.
 */
export function rowKeys(keys: Keyring): (row: RowContent) => string {
  const met = new Map<string, number>()
  return ({ county, office, origin, type, wrong, dueOn }) => {
    const content = JSON.stringify(['problem', county, office, origin, type, wrong, dueOn])
    const nth = met.get(content) ?? 0
    met.set(content, nth + 1)
    return `${blindIndex(keys, 'content', content)!.toString('base64url')}|${nth}`
  }
}
