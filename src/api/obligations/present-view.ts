import type { z } from 'zod'
import type { listView } from '../../contract/api/list-views.ts'
import type { ListView } from '../../services/obligations/list-views.ts'
import type { Names } from '../../services/people/names.ts'
import { iso } from './present.ts'

/** A view of the work list, as whoever reads it is shown it. */
export function showView(view: ListView, names: Names, reader: string): z.infer<typeof listView> {
  const { id, name, office, query } = view
  return {
    ...{ id, name, query, own: view.person === reader },
    office: office === null ? null : { code: office, name: names.office(office) },
    createdAt: iso(view.createdAt),
  }
}
