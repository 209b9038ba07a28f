import {
  ACROSS_LABELS,
  DOWN_LABELS,
  SPAN_LABELS,
  STATISTIC_RULES,
} from '../../../src/domain/obligation/statistic.ts'

/** The words of a table, free to be written in another language. */
const words = <K extends string>(labels: Record<K, string>): Record<K, string> => labels

/** Counts by town and village, and the inspection pack. */
export const statisticsWords = {
  across: words(ACROSS_LABELS),
  down: words(DOWN_LABELS),
  span: words(SPAN_LABELS),
  pack: {
    title: '迎检资料包',
    about:
      '一个压缩文件:封面、统计表、各类工作台账、阶段和放行、户清单,连同各文件的行数和校验值;您看得到的范围。户的信息是遮盖的。',
    clear: '要户的完整信息(每户算查看一次,24 小时内再下载的不再算)',
    reason: '为什么要完整信息(会记录在案)',
    make: '制作并下载',
    making: '正在制作…',
    progress: '第 {nth} 个文件,共 {of} 个:{name}',
    done: '已下载。',
  },
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
    notAccepted: '“还没有审定的结论”:还在办的,和已经提交、还没有通过复核的。',
    rules: words(STATISTIC_RULES),
  },
}
