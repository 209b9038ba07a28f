/** The pages of the top line, in order: the route's name and its word. */
export const MENU = [
  { name: 'overview', word: 'menu.overview' },
  { name: 'obligations', word: 'menu.obligations' },
  { name: 'imports', word: 'menu.imports' },
] as const
