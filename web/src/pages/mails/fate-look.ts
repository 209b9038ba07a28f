import type { ListedMail } from './use-mails.ts'

type Fate = ListedMail['fate']
type Look = { shape: '✓' | '◔' | '▲' | '↻' | '–'; look: 'done' | 'soon' | 'late' | 'muted' }

/** The shape beside a fate's word, so that colour alone says nothing (UI.md). */
const LOOKS: Record<Fate, Look> = {
  waiting: { shape: '◔', look: 'soon' },
  deferred: { shape: '◔', look: 'soon' },
  sending: { shape: '◔', look: 'soon' },
  delivered: { shape: '✓', look: 'done' },
  refused: { shape: '▲', look: 'late' },
  undeliverable: { shape: '▲', look: 'late' },
  bounced: { shape: '▲', look: 'late' },
  archived: { shape: '–', look: 'muted' },
  superseded: { shape: '↻', look: 'muted' },
  moot: { shape: '–', look: 'muted' },
}

export function fateLook(fate: Fate): Look {
  return LOOKS[fate]
}
