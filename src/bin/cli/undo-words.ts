/** What taking an import back did with what it had corrected; an earlier release did nothing and says nothing. */
export type TakenBack = { restored?: number; left?: { externalId: string; message: string }[] }

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
