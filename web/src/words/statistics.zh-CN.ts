import {
  ACROSS_LABELS,
  DOWN_LABELS,
  SPAN_LABELS,
  STATISTIC_RULES,
} from '../../../src/domain/obligation/statistic.ts'

/** The words of a table, free to be written in another language. */
const words = <K extends string>(labels: Record<K, string>): Record<K, string> => labels

/** Counts by town and village. */
export const statisticsWords = {
  across: words(ACROSS_LABELS),
  down: words(DOWN_LABELS),
  span: words(SPAN_LABELS),
  statistics: {
    title: '统计',
    by: '横向按',
    places: '纵向按',
    days: '按哪一天',
    from: '从',
    to: '到',
    kind: '种类',
    town: '单位',
    village: '村(已遮盖)',
    sum: '合计',
    households: '户数',
    table: '{across}统计',
    all: '看全部镇',
    download: '下载这张表(Excel)',
    screenings: '下载排查统计表(Excel)',
    none: '这段时间没有可以统计的事项。',
    rules: words(STATISTIC_RULES),
  },
}
