/** What taking an import back did with what it had corrected; an earlier release did nothing and says nothing. */
export type TakenBack = {
  restored?: number
  left?: Left[]
  /** Of what it had cancelled as withdrawn by the platform. */
  reopened?: number
  stayed?: Left[]
}
type Left = { externalId: string; message: string }

/** As many as fit a screen. */
const PRINTED = 20

/** What is as it was before the import, and what is not, with the reason. */
export function takenBackWords({ restored, left = [] }: TakenBack, changed: number): string[] {
  if (restored === undefined)
    return changed === 0
      ? []
      : ['这次导入对先前已登记事项的更新(等级、电话等)不随撤回复原;要改回的,请导入内容正确的文件。']
  const more = left.length > PRINTED ? ['  ……'] : []
  return [
    ...(restored > 0 ? [`它更正过的先前的预警,已复原 ${restored} 件,并已告知办理单位。`] : []),
    ...(left.length > 0
      ? [`没有复原、或只复原了一部分的 ${left.length} 件(要改回的,请导入内容正确的文件):`]
      : []),
    ...left.slice(0, PRINTED).map(({ externalId, message }) => `  ${externalId} ${message}`),
    ...more,
  ]
}

/** What lives again that the import had cancelled, and what does not, with the reason. */
export function reopenedWords({ reopened = 0, stayed = [] }: TakenBack): string[] {
  return [
    ...(reopened > 0
      ? [`它按平台撤回撤销过的,已恢复 ${reopened} 件,承办单位和期限照旧,并已告知承办人。`]
      : []),
    ...(stayed.length > 0 ? [`撤销过而没有恢复的 ${stayed.length} 件:`] : []),
    ...stayed.slice(0, PRINTED).map(({ externalId, message }) => `  ${externalId} ${message}`),
    ...(stayed.length > PRINTED ? ['  ……'] : []),
  ]
}

/** What an undo would do (contract/api/undo-preview.ts). */
export type UndoPreview = {
  cancelled: number
  kept: number
  keptIds: string[]
  corrected: number
  reopened: number
  stayed: number
  told: number
}

/** What taking an import back would do, and the command that does it. */
export function previewWords(preview: UndoPreview, undo: string): string {
  const { cancelled, kept, keptIds, corrected, reopened, stayed, told } = preview
  const more = kept > keptIds.length ? '……' : ''
  return [
    `还没有撤回。撤回时:取消 ${cancelled} 件还没有人动过的预警。`,
    ...(kept > 0 ? [`已有人办理的 ${kept} 件保留:${keptIds.join('、')}${more}`] : []),
    ...(corrected > 0 ? [`它更正过的先前的预警,至多复原 ${corrected} 件。`] : []),
    ...(reopened > 0 ? [`它按平台撤回撤销过的,恢复 ${reopened} 件,承办单位和期限照旧。`] : []),
    ...(stayed > 0 ? [`撤销过的,有 ${stayed} 件不能恢复(之后又有人办理,或编号已重新登记)。`] : []),
    told > 0 ? `下一封邮件里会告诉至多 ${told} 个人。` : '没有要告诉的人。',
    `撤回:${undo}`,
  ].join('\n')
}
