import type { Permission } from '../../../src/domain/people/permissions.ts'

export type MenuLine = { name: string; word: string; permission?: Permission }

/** The pages of the top line, in order: the route's name, its word, and the permission without which it is not shown. */
export const MENU: readonly MenuLine[] = [
  { name: 'overview', word: 'menu.overview' },
  { name: 'obligations', word: 'menu.obligations', permission: 'obligations:read' },
  { name: 'review', word: 'menu.review', permission: 'obligations:review' },
  { name: 'imports', word: 'menu.imports', permission: 'imports:read' },
]
