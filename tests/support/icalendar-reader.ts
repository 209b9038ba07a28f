/** What of an iCalendar stream a calendar takes: properties of the whole, and of each event. */
export type ReadCalendar = { properties: Map<string, string>; events: Map<string, string>[] }

const LINE = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/su
const TEXTS = new Set(['SUMMARY', 'DESCRIPTION', 'UID', 'NAME', 'X-WR-CALNAME'])

/**
 * Reads a calendar as strictly as RFC 5545 has it, written apart from what writes it: lines end with CRLF and have 75 octets at most,
 * components nest, each event has what it must. @throws Error for anything else
 */
export function readCalendar(stream: string): ReadCalendar {
  if (!stream.endsWith('\r\n')) throw new Error('the stream ends in the middle of a line')
  const physical = stream.slice(0, -2).split('\r\n')
  for (const line of physical) {
    if (/[\r\n]/.test(line)) throw new Error(`a line ends with less than CRLF: ${line}`)
    if (new TextEncoder().encode(line).length > 75) throw new Error(`longer than 75 octets: ${line}`)
    if (line.includes('\uFFFD')) throw new Error(`a character was cut: ${line}`)
  }
  const open: string[] = []
  const properties = new Map<string, string>()
  const events: Map<string, string>[] = []
  for (const line of unfolded(physical)) {
    const [, name = '', parameters = '', value = ''] = LINE.exec(line) ?? []
    if (name === '') throw new Error(`no content line: ${line}`)
    if (name === 'BEGIN') {
      open.push(value)
      if (value === 'VEVENT') events.push(new Map())
    } else if (name === 'END') {
      if (open.pop() !== value) throw new Error(`END:${value} closes something else`)
    } else {
      const here = open[open.length - 1] === 'VEVENT' ? events[events.length - 1]! : properties
      if (here.has(name)) throw new Error(`${name} stands twice`)
      here.set(name, TEXTS.has(name) ? unescaped(value) : value)
      if (name.startsWith('DT') && parameters === ';VALUE=DATE' && !/^\d{8}$/.test(value))
        throw new Error(`no date: ${line}`)
    }
  }
  if (open.length > 0 || stream.slice(0, 15) !== 'BEGIN:VCALENDAR') throw new Error('no whole calendar')
  for (const name of ['VERSION', 'PRODID'])
    if (!properties.has(name)) throw new Error(`the calendar has no ${name}`)
  for (const event of events)
    for (const name of ['UID', 'DTSTAMP', 'DTSTART'])
      if (!event.has(name)) throw new Error(`an event has no ${name}`)
  if (new Set(events.map((event) => event.get('UID'))).size < events.length)
    throw new Error('two events share a UID')
  return { properties, events }
}

function unfolded(physical: readonly string[]): string[] {
  const lines: string[] = []
  for (const line of physical)
    if (/^[ \t]/.test(line)) lines[lines.length - 1] += line.slice(1)
    else lines.push(line)
  return lines
}

function unescaped(value: string): string {
  if (/(?<!\\)(?:\\\\)*[;,]/.test(value)) throw new Error(`a bare separator in a text: ${value}`)
  return value.replace(/\\(.)/gsu, (_whole, sign: string) => (/^n$/i.test(sign) ? '\n' : sign))
}
