import type { Import } from './use-import.ts'

/** `nothing`: checked, and nothing of it can be registered. */
type State = Import['state'] | 'nothing'

/** A shape before the word of a state, so that colour alone says nothing. */
const LOOKS: Record<State, { shape: string; look: 'calm' | 'soon' | 'late' | 'done' }> = {
  validating: { shape: '◔', look: 'calm' },
  'mapping-needed': { shape: '?', look: 'soon' },
  validated: { shape: '○', look: 'soon' },
  nothing: { shape: '–', look: 'calm' },
  applying: { shape: '◔', look: 'calm' },
  applied: { shape: '✓', look: 'done' },
  refused: { shape: '▲', look: 'late' },
  cancelled: { shape: '–', look: 'calm' },
  failed: { shape: '▲', look: 'late' },
  undoing: { shape: '◔', look: 'calm' },
  undone: { shape: '↶', look: 'calm' },
}

export function lookOf(state: State) {
  return LOOKS[state]
}

/** Whether what the file has became items of their own; what a file of withdrawals names was there before. */
export const isRegistered = ({ state, kind }: Pick<Import, 'state' | 'kind'>): boolean =>
  state === 'applied' && kind === 'warnings'

/** What selects the items that an import registered, whatever has become of them. @param more which of them */
export function rowsRegistered(
  { id }: Pick<Import, 'id'>,
  more: Record<string, string> = {},
): Record<string, string> {
  return { import: id, standing: 'all', ...more }
}
