/** What tells whether a checked file leaves something to be done. */
type Checked = {
  state: string
  kind: string
  accepted: number
  changed: number
  completeFrom?: string | null
}

/** Whether a file was checked and nothing of it can be registered, so that no work is left with it. */
export function hasNothingLeft({ state, kind, accepted, changed, completeFrom = null }: Checked): boolean {
  return state === 'validated' && kind === 'warnings' && completeFrom === null && accepted + changed === 0
}
