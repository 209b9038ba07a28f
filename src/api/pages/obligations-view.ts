import { LIST_QUEUE_LABELS } from '../../domain/obligation/vocabulary.ts'
import type { ObligationPage } from '../obligations/read.ts'
import { listAddress, questionOf } from './list-address.ts'
import { type Field, FIELD_LABELS, type Filters, FIRST_STANDING, VALUE_LABELS } from './list-fields.ts'
import { type AsOfNow, obligationTable } from './obligation-table.ts'
import { html, type Html, OBLIGATIONS, type PageOptions } from './shell.ts'

export type ObligationsView = AsOfNow & {
  filters: Filters
  /** The offices whose obligations the reader sees. */
  offices: readonly { code: string; name: string }[]
  /** Or what is wrong with the question. */
  found: ObligationPage | readonly string[]
}

/** The list of obligations: the filters, then the rows. */
export function obligationsPage(view: ObligationsView): PageOptions {
  const body = html`<h1>督办事项</h1>
    ${filterForm(view)} ${'items' in view.found ? resultSection(view, view.found) : refusalBlock(view.found)}`
  return { title: '督办事项', here: OBLIGATIONS.href, body }
}

function refusalBlock(wrong: readonly string[]): Html {
  return html`${wrong.map((sentence) => html`<p class="late" role="alert">▲ ${sentence}</p>`)}`
}

function resultSection(
  { filters, calendar, now }: ObligationsView,
  { items, nextCursor }: ObligationPage,
): Html {
  const { cursor, ...asked } = filters
  const order = { sort: questionOf(filters).sort, resort: resortOf(asked) }
  if (items.length === 0) return cursor === undefined ? emptyListSection(filters) : lastPage(asked)
  const all = cursor === undefined && nextCursor === null
  return html`<p class="quiet">
      ${all ? `共 ${items.length} 件` : `本页 ${items.length} 件`}。箭头所在的列决定顺序,点列名改为相反的顺序。
    </p>
    ${obligationTable(items, { calendar, now }, order)}
    <p class="more bar">
      ${cursor === undefined ? null : html`<a href="${listAddress(asked)}">回到第一页</a>`}
      ${nextCursor === null ? null : html`<a rel="next" href="${listAddress({ ...asked, cursor: nextCursor })}">下一页</a>`}
    </p>`
}

function resortOf(asked: Omit<Filters, 'cursor'>) {
  return (sort: NonNullable<Filters['sort']>) => listAddress({ ...asked, sort })
}

function lastPage(asked: Filters): Html {
  return html`<p>后面没有了。<a href="${listAddress(asked)}">回到第一页</a></p>`
}

/** An empty list says what to do. */
function emptyListSection(filters: Filters): Html {
  const { standing, sort: _sort, ...others } = filters
  const narrowed = Object.values(others).some((value) => value !== undefined && value !== false)
  if (narrowed) return nothingFits(filters)
  if (standing === FIRST_STANDING)
    return html`<p>
      现在没有轮到您单位的事项,也没有逾期的。可以看<a href="${listAddress({ standing: 'unfinished' })}"
        >全部未办结的</a
      >。
    </p>`
  if (standing === 'all')
    return html`<p>
      还没有督办事项。阶段开始时会自动产生,平台预警由县里导入(<code>npm run duban -- import 文件.csv</code>)。
    </p>`
  return html`<p>
    没有“${LIST_QUEUE_LABELS[standing]}”的事项。可以看<a href="${listAddress({ standing: 'all' })}"
      >全部事项</a
    >。
  </p>`
}

/** Suggests only what is not so already. */
function nothingFits({ standing, q, sort: _sort, ...others }: Filters): Html {
  const chosen = Object.values(others).some((value) => value !== undefined && value !== false)
  const wider = [
    ...(standing === 'all' ? [] : ['把“状态”改为“全部”']),
    ...(chosen ? ['少选几个条件'] : []),
    ...(q === undefined ? [] : ['换一个关键词']),
  ]
  return html`<p>没有符合这些条件的事项。可以${wider.join('、')},或者<a href="/obligations">清除条件</a>。</p>
    ${
      q === undefined
        ? null
        : html`<p class="quiet">
            “${FIELD_LABELS.q}”只在编号和标题中查找,不查姓名:姓名是加密保存的。有权调阅户的信息的,可按编号通过接口(<a
              href="/docs"
              >接口文档</a
            >)调阅。
          </p>`
    }`
}

function filterForm({ filters, offices }: ObligationsView): Html {
  return html`<form class="filters" method="get" action="/obligations" role="search">
      ${offices.length > 1 ? officeFields(filters, offices) : null}
      ${choiceField('standing', VALUE_LABELS.standing, filters.standing)}
      ${choiceField('level', VALUE_LABELS.level, filters.level, '不限')}
      ${choiceField('kind', VALUE_LABELS.kind, filters.kind, '不限')}
      ${choiceField('phase', VALUE_LABELS.phase, filters.phase, '不限')} ${hiddenFields(filters)}
      <label
        >${FIELD_LABELS.q}
        <input name="q" type="search" maxlength="100" placeholder="编号或标题" value="${filters.q ?? ''}"
      /></label>
      <div><button class="main" type="submit">查看</button> <a href="/obligations">清除条件</a></div>
    </form>
    ${otherFilters(filters)}`
}

/** Filters that have no field of their own on the page: an address asks for them, and the form keeps them. */
const WITHOUT_A_FIELD = [
  ...(['state', 'cause', 'group', 'source', 'campaign', 'externalId'] as const),
  ...(['dueFrom', 'dueTo', 'overdue', 'mail', 'sort'] as const),
] satisfies Field[]

function hiddenFields(filters: Filters): Html[] {
  return WITHOUT_A_FIELD.flatMap((name) => {
    const value = filters[name]
    return value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${String(value)}" />`]
  })
}

/** Says each of them in words, with a link that drops it. */
function otherFilters({ cursor: _cursor, ...filters }: Filters): Html | null {
  const chosen = WITHOUT_A_FIELD.filter((name) => filters[name] !== undefined)
  if (chosen.length === 0) return null
  const words = (name: (typeof WITHOUT_A_FIELD)[number]) => {
    const value = String(filters[name])
    const { [name]: _dropped, ...rest } = filters
    return html`<span class="unbroken"
      >${FIELD_LABELS[name]}:${VALUE_LABELS[name]?.[value] ?? value}
      <a href="${listAddress(rest)}">去掉</a></span
    > `
  }
  return html`<p class="quiet">另外还按这些条件:${chosen.map(words)}</p>`
}

function officeFields({ office, officeOnly }: Filters, offices: ObligationsView['offices']): Html {
  const names = Object.fromEntries(offices.map(({ code, name }) => [code, name]))
  const checked = officeOnly ? html`checked` : null
  return html`${choiceField('office', names, office, '不限')}
    <label class="tick"
      ><input name="officeOnly" type="checkbox" value="true" ${checked} /> ${FIELD_LABELS.officeOnly}</label
    >`
}

function choiceField(
  name: keyof typeof FIELD_LABELS,
  labels: Record<string, string> = {},
  chosen: string | undefined,
  any?: string,
): Html {
  return html`<label
    >${FIELD_LABELS[name]}
    <select name="${name}">
      ${any === undefined ? null : html`<option value="">${any}</option>`}
      ${Object.entries(labels).map(
        ([code, label]) =>
          html`<option value="${code}" ${code === chosen ? html`selected` : null}>${label}</option>`,
      )}
    </select>
  </label>`
}
