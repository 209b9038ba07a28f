/** What a moment is one more of: reminders, repeats, notices of what joined. A rung is a step of its own. */
export function momentSeries(name: string): string {
  switch (name.split('-')[0]) {
    case 'remind':
    case 'due':
      return '到期提醒'
    case 'repeat':
      return '重复督办'
    case 'join':
      return '新增事项补充通知'
    default:
      return momentLabel(name)
  }
}

/** A moment's name for people: `remind-2wd` is 提前 2 个工作日提醒. */
export function momentLabel(name: string): string {
  const [kind, rest = ''] = [name.split('-')[0], name.split('-').slice(1).join('-')]
  switch (kind) {
    case 'assigned':
      return '新任务通知'
    case 'remind':
      return `提前 ${Number.parseInt(rest, 10)} 个工作日提醒`
    case 'due':
      return rest.length > 3 ? `到期日 ${rest.slice(4, 6)}:${rest.slice(6)} 提醒` : '到期日提醒'
    case 'rung':
      return `第 ${rest} 级督办`
    case 'repeat':
      return `第 ${rest} 次重复督办`
    case 'join':
      return '新增事项补充通知'
    default:
      return name
  }
}
