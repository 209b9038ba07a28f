/**
 * What a mail asks of its reader, and how much of it stands there. `answers`: how many of it are answers, by what is answered;
 * `unnamed`: of lines that are only counted it is not said what they are.
 */
type Asked = {
  heading: string
  count: number
  listed: number
  late: number
  unnamed: number
  answers: Record<string, number>
  /** What parts its lines: `新增 3 件`, `再次 12 件`. */
  marks: string[]
  /** So many stand in lines, of lines of what is new so many are told again, and of what is only counted so many are new. */
  shown: number
  mixed: number
  freshLeft: number
}

const PART = /^—— (请您(?:办理|督促|提醒经办人)(?:红色)? (\d+) 件.*) ——$/
const LINE = /^(?:【[^】]+】)?([▲◔○]) .*? · (.+?)(?: → .*)?$/
/** What is counted instead of listed, with the link or the words that lead to it; what is no work is named. */
const COUNTED = /^ {4}(?:另有 \d+ 条\((\d+) 件\)|还有 (\d+) 件([^,]*)(?:,其中新增 \d+ 件)?,打开网页查看)/
const LATE_ASKED = /请办结逾期(?:红色)? (\d+) 件/
const ANSWERS_ASKED = /请(督促)?答复(延期申请|移交) (\d+) 件/g
/** What is late there is nobody's work to hand in. */
const NOT_WORK = /\((复核|延期申请|移交)\)/

/**
 * One sentence for each number of a mail that asks for more than stands in it. Read from the mail alone: whatever it asks has to be
 * found in it, listed or counted with a link.
 */
export function askedFaults(text: string): string[] {
  const plain = text.replaceAll('\r\n', '\n')
  const parts = partsIn(plain)
  const short = parts
    .filter(({ count, listed }) => listed < count)
    .map(({ heading, listed }) => `信中“${heading}”,只列出 ${listed} 件`)
  const asked = Number(LATE_ASKED.exec(plain)?.[1] ?? 0)
  const late = parts.find(({ heading }) => heading.startsWith('请您办理'))?.late ?? 0
  const answers = [...plain.matchAll(ANSWERS_ASKED)].flatMap(([words, presses, what = '', count]) => {
    const isTheirs = ({ heading }: Asked) => heading.startsWith(presses ? '请您督促' : '请您办理')
    const listed = parts.reduce(
      (sum, part) => sum + (part.answers[what] ?? 0) + (isTheirs(part) ? part.unnamed : 0),
      0,
    )
    return listed < Number(count) ? [`信中“${words}”,只列出 ${listed} 件`] : []
  })
  return [
    ...short,
    ...parts.flatMap(partedFaults),
    ...(late < asked ? [`信中请办结逾期 ${asked} 件,只列出 ${late} 件`] : []),
    ...new Set(answers),
  ]
}

const PARTED = /:新增 (\d+) 件、再次 (\d+) 件$/

/** What is new and what is told again are the parts of one number, and stand above their lines as in the heading. */
function partedFaults({ heading, count, marks, shown, mixed, freshLeft }: Asked): string[] {
  const [, ...said] = PARTED.exec(heading) ?? []
  const [fresh = 0, again = 0] = said.map(Number)
  const isSum = said.length === 0 || fresh + again === count
  const expected = said.length === 0 ? [] : [`新增 ${fresh} 件`, `再次 ${again} 件`]
  // What is new stands first, unless none of it was read.
  const isFirst = fresh === 0 || marks[0] === expected[0] || freshLeft === fresh
  const isMarked = marks.every((mark) => expected.includes(mark)) && isFirst && freshLeft <= fresh
  // Lines that are told again have a mark of their own, unless there was room for new ones alone.
  const isParted = again === 0 || shown <= fresh + mixed || marks.includes(`再次 ${again} 件`)
  return isSum && isMarked && isParted ? [] : [`信中“${heading}”,分列为${marks.join('、') || '无'}`]
}

/** How many headings of a mail ask for something: were the words of all of them others, nothing would be compared. */
export function askedHeadings(text: string): number {
  return partsIn(text.replaceAll('\r\n', '\n')).length
}

const NOTHING_YET = { listed: 0, late: 0, unnamed: 0, shown: 0, mixed: 0, freshLeft: 0 }

function partsIn(text: string): Asked[] {
  const parts: Asked[] = []
  let isAsked = false
  for (const line of text.split('\n')) {
    if (line.startsWith('—— ')) {
      const [, heading, count] = PART.exec(line) ?? []
      isAsked = heading !== undefined
      if (heading !== undefined)
        parts.push({ ...NOTHING_YET, heading, count: Number(count), answers: {}, marks: [] })
    } else if (isAsked) add(parts.at(-1)!, line)
  }
  return parts
}

const FRESH_LEFT = / {4}(?:另有|还有) .*,其中新增 (\d+) 件,/
const MIXED = /\(其中 (\d+) 件为再次督促\)/
const MARK = /^ {4}((?:新增|再次) \d+ 件):$/

function add(part: Asked, line: string): void {
  const [, mark] = MARK.exec(line) ?? []
  if (mark !== undefined) part.marks.push(mark)
  const [, shape, what = ''] = LINE.exec(line) ?? []
  const [, unlisted, more, named = ''] = COUNTED.exec(line) ?? []
  const things = shape ? Number(/ (\d+) ?件$/.exec(what)?.[1] ?? 1) : Number(unlisted ?? more ?? 0)
  part.listed += things
  if (shape) part.shown += things
  part.freshLeft += Number(FRESH_LEFT.exec(line)?.[1] ?? 0)
  part.mixed += Number(MIXED.exec(line)?.[1] ?? 0)
  part.unnamed += Number(unlisted ?? 0)
  const beside = NOT_WORK.exec(what)?.[1] ?? (named === '' ? undefined : named)
  if (beside !== undefined) part.answers[beside] = (part.answers[beside] ?? 0) + things
  // Whether it is late is not said of what is only counted.
  else if (shape !== '◔' && shape !== '○') part.late += things
}
