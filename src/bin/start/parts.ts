import type { Part } from '../../contract/part.ts'

/** What runs, how, and in what state: shown on the terminal, on the first page and in /readyz, and kept in runtime.json. */
export type PartsBoard = {
  set(part: Part): void
  all(): Part[]
  onChange(callback: (part: Part) => void): void
}

export function makePartsBoard(): PartsBoard {
  const parts = new Map<string, Part>()
  const callbacks: ((part: Part) => void)[] = []
  return {
    set(part) {
      parts.set(part.name, part)
      for (const tell of callbacks) tell(part)
    },
    all: () => [...parts.values()],
    onChange: (callback) => callbacks.push(callback),
  }
}
