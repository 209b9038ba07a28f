/** Actions named by their route: `POST /v1/imports/:id/actions`. */
const ROUTE = /^([A-Z]+) \/v1\/([a-z-]+)(\/.*)?$/
/** What of a resource an address is about, the first that fits. */
const PARTS = [
  [/\/absence$/, 'absence'],
  [/\/bounces$/, 'bounces'],
  [/\/changes\b/, 'changes'],
  [/\/consistency\b/, 'consistency'],
  [/\/resend$/, 'resend'],
  [/\/export\.csv$/, 'export-csv'],
  [/\/retry$/, 'retry'],
  [/\/test-mail$/, 'test-mail'],
  [/\/actions$/, 'actions'],
  [/\/attachments$/, 'attachments'],
  [/\/burn-down$/, 'burn-down'],
  [/\/calendar-feed$/, 'calendar-feed'],
  [/\/errors\.csv$/, 'errors-csv'],
  [/\/history$/, 'history'],
  [/\/links?\b/, 'links'],
  [/\/lookup$/, 'lookup'],
  [/\/mail\/open$/, 'mail-open'],
  [/\/pack$/, 'pack'],
  [/\/password\b/, 'password'],
  [/\/preview$/, 'preview'],
  [/\/receipt$/, 'receipt'],
  [/\/replacements$/, 'replacements'],
  [/\/reset\b/, 'reset'],
  [/\/reveal$/, 'reveal'],
  [/\/timeline$/, 'timeline'],
  [/\/totp\b/, 'totp'],
  [/\/withdrawals$/, 'withdrawals'],
] as const
export type AuditPart = (typeof PARTS)[number][1]

/** The words of one language, by code. `named`: a thing and what was done to it; `plain`: the same where the method says it. */
export type AuditWords = {
  things: Readonly<Record<string, string>>
  deeds: Readonly<Record<string, string>>
  methods: Readonly<Record<string, string>>
  resources: Readonly<Record<string, string>>
  parts: Readonly<Record<AuditPart, string>>
  /** What was done by an address that takes several actions, by resource; others are called as in `deeds`. */
  acted: Readonly<Record<string, Readonly<Record<string, string>>>>
  named: (thing: string, deed: string) => string
  plain: (method: string, resource: string) => string
}

/**
 * What an event of the trail records, in words; the code itself where an older version wrote it.
 * @param detail says which of several actions it was
 */
export function wordAction(
  action: string,
  words: AuditWords,
  detail: Readonly<Record<string, unknown>> = {},
): string {
  return namedWords(action, words) ?? routeWords(action, words, detail) ?? action
}

function namedWords(action: string, { things, deeds, named }: AuditWords): string | null {
  const [thing = '', deed = ''] = action.split('.')
  const [noun, verb] = [things[thing], deeds[deed]]
  return noun && verb ? named(noun, verb) : null
}

function routeWords(
  action: string,
  words: AuditWords,
  detail: Readonly<Record<string, unknown>>,
): string | null {
  const { methods, resources, parts, acted, deeds, named, plain } = words
  const [, method = '', resource = '', rest = ''] = ROUTE.exec(action) ?? []
  const [verb, noun] = [methods[method], resources[resource]]
  if (!verb || !noun) return null
  const part = PARTS.find(([pattern]) => pattern.test(rest))
  if (!part) return plain(verb, noun)
  const code = String(detail['action'])
  const deed = part[1] === 'actions' ? (acted[resource]?.[code] ?? deeds[code]) : undefined
  return named(noun, deed ?? parts[part[1]])
}
