import type { MomentForm } from './moment-form.ts'

/** What a moment is one more of: reminders, repeats, notifications of what joined. A rung is a step of its own. */
export function momentSeriesLabel(form: MomentForm): string {
  switch (form.series) {
    case 'before':
    case 'due-day':
      return '到期提醒'
    case 'repeat':
      return '重复督办'
    case 'assigned':
    case 'submitted':
    case 'returned':
    case 'paused':
    case 'requested':
    case 'offered':
    case 'rung':
    case 'joined':
      return momentLabel(form)
  }
}

/** A moment for people: two working days before is 提前 2 个工作日提醒. */
export function momentLabel(form: MomentForm): string {
  switch (form.series) {
    case 'assigned':
      return '新任务通知'
    case 'submitted':
      return '待复核通知'
    case 'returned':
      return '退回通知'
    case 'paused':
      return '暂停通知'
    case 'requested':
      return '延期申请通知'
    case 'offered':
      return '移交通知'
    case 'before':
      return `提前 ${form.workingDays} 个工作日提醒`
    case 'due-day':
      return form.time === undefined ? '到期日提醒' : `到期日 ${form.time} 提醒`
    case 'rung':
      return `第 ${form.n} 级督办`
    case 'repeat':
      return `第 ${form.n} 次重复督办`
    case 'joined':
      return '同一限时加了事项,补发通知'
  }
}
