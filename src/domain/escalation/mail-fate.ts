/** What became of a mail, in the words of pages. */
export const MAIL_FATE_LABELS = {
  waiting: '待发',
  deferred: '对方邮箱暂不收,继续投递',
  sending: '发送中',
  delivered: '已送达服务器',
  refused: '这封邮件被拒收',
  undeliverable: '无法送达',
  bounced: '已退回',
  archived: '演示邮件,只存档,不外发',
  superseded: '已由新的一封代替',
  moot: '已办结,没有再发',
} as const
export type MailFate = keyof typeof MAIL_FATE_LABELS

/** A mail as its row has it. */
export type MailOutcome = {
  state: 'queued' | 'sending' | 'accepted' | 'failed' | 'archived' | 'superseded' | 'moot'
  /** Whom the last refusal was about. */
  refusalAbout: string | null
  /** The server had taken it, and it came back. */
  bounced: boolean
}

/**
 * A mail that came back, or was refused for what is in it, is told apart from one that never arrived. What was done about it
 * afterwards comes first.
 */
export function mailFateOf({ state, refusalAbout, bounced }: MailOutcome): MailFate {
  if (state === 'superseded' || state === 'moot') return state
  if (bounced) return 'bounced'
  switch (state) {
    case 'queued':
      return refusalAbout === 'reader' ? 'deferred' : 'waiting'
    case 'failed':
      return refusalAbout === 'mail' ? 'refused' : 'undeliverable'
    case 'accepted':
      return 'delivered'
    default:
      return state
  }
}

/** What became of telling somebody: of the line itself while no mail holds it, then of the mail. */
export const TOLD_FATE_LABELS = {
  ...MAIL_FATE_LABELS,
  'next-round': '等到批次时间发出',
  'not-sent': '没有发出',
  'out-of-scope': '邮件不在您的范围内',
} as const
export type ToldFate = keyof typeof TOLD_FATE_LABELS

/** @param mail null where none was written yet, or its reader may not see it */
export function toldFateOf(line: 'queued' | 'mailed' | 'moot', mail: MailOutcome | null): ToldFate {
  if (line === 'queued') return 'next-round'
  if (line === 'moot') return 'not-sent'
  return mail === null ? 'out-of-scope' : mailFateOf(mail)
}
