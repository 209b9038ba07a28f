import type { StoryLine } from '../../db/item-store.ts'
import { beijingText, type Instant } from '../../domain/days.ts'
import { momentLabel, momentSeries } from '../../domain/moment-label.ts'
import type { Moment } from '../../domain/moments.ts'
import { ACTION_LABELS } from '../../domain/words.ts'
import { html, type Html } from './shell.ts'

/** So many like lines in a row are read one by one; more are folded. */
const READ_SINGLY = 2

/** What happened, who was told, and what comes next, with a “now” line; runs of like lines are folded, none is left out. */
export function storyTable(lines: readonly StoryLine[], upcoming: readonly Moment[], now: Instant): Html {
  return html`<table>
    <tbody>
      ${runsOf(lines).map((run) => (run.length > READ_SINGLY ? foldedRow(run) : run.map(lineRow)))}
      <tr>
        <td class="time">${beijingText(now)}</td>
        <td><b>━ 现在 ━</b></td>
      </tr>
      ${upcoming.map(
        (m) =>
          html`<tr class="quiet">
            <td class="time">${beijingText(m.at)}</td>
            <td>将:${momentLabel(m.name)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function lineRow(line: StoryLine): Html {
  return html`<tr>
    <td class="time">${beijingText(line.at)}</td>
    <td>${lineWords(line)}</td>
  </tr>`
}

function lineWords(line: StoryLine): string {
  if (line.what === 'event') return `${eventLabel(line)}(${line.actor ?? ''})`
  return `${momentLabel(line.name)} ✉ ${line.told ?? '无人需知会'}`
}

function eventLabel({ name }: StoryLine): string {
  return ACTION_LABELS[name as keyof typeof ACTION_LABELS] ?? name
}

function runsOf(lines: readonly StoryLine[]): StoryLine[][] {
  const runs: StoryLine[][] = []
  for (const line of lines) {
    const run = runs.at(-1)
    if (run?.[0] && seriesOf(run[0]) === seriesOf(line)) run.push(line)
    else runs.push([line])
  }
  return runs
}

/** What a line is one more of. */
function seriesOf(line: StoryLine): string {
  return line.what === 'event' ? `${eventLabel(line)}(${line.actor ?? ''})` : momentSeries(line.name)
}

/** That a mail was not delivered is not folded away. */
function foldedRow(run: readonly StoryLine[]): Html {
  const [first, last] = [run[0] as StoryLine, run.at(-1) as StoryLine]
  const lost = run.filter((l) => l.told?.includes('✗')).length
  return html`<tr>
    <td class="time">${beijingText(first.at)}<br />至 ${beijingText(last.at)}</td>
    <td>
      <details>
        <summary>
          ${seriesOf(first)} ${run.length}
          次${lost > 0 ? html`,<span class="late">${lost} 次有人未送达</span>` : null}
        </summary>
        <table>
          <tbody>
            ${run.map(lineRow)}
          </tbody>
        </table>
      </details>
    </td>
  </tr>`
}
