import { expect, test } from 'vitest'
import { commandLine } from '../../../src/bin/cli/called-as.ts'
import { duplicateIssue } from '../../../src/services/imports/change-words.ts'
import { notInLedger, numberTwice } from '../../../src/services/imports/withdrawal-words.ts'
import { lostMessage, ROW_RULES } from '../../../src/ledgers/row-error.ts'
import type { ImportOutcome, ImportSetting } from '../../../src/bin/cli/import-outcome.ts'
import { importWords } from '../../../src/bin/cli/import-words.ts'
import { mainReason } from '../../../src/bin/cli/refused-words.ts'
import { previewWords } from '../../../src/bin/cli/undo-words.ts'

const DONE: ImportOutcome = {
  ...{
    id: 'im_1',
    filename: '预警.csv',
    state: 'applied',
    silent: false,
    problem: null,
    undone: null,
    errors: [],
  },
  ...{ kind: 'warnings', errorGroups: [] },
  ...{ rows: 10, accepted: 10, duplicates: 0, changed: 0, refused: 0, remarked: 0, registered: 10 },
  forecast: { alreadyLate: 0 },
}
const error = (row: number, rule: string) => ({
  row,
  column: '预警编号',
  rule,
  message: `${rule}。`,
  found: null,
})
const command = (args: string) => `npm run duban -- ${args}`
const said = (more: Partial<ImportOutcome>, setting: Partial<ImportSetting> = {}) =>
  importWords({ ...DONE, ...more }, { command, ...setting }).split('\n')

test('the words for a registered file say how to undo it', () => {
  expect(said({})).toEqual([
    '已登记。共 10 行:接收 10,重复 0,内容有变 0,拒绝 0。',
    '导入编号 im_1;撤回:npm run duban -- import --undo im_1',
  ])
})

test('the words for a known file are one line and offer no undo', () => {
  const again = {
    accepted: 0,
    registered: 0,
    duplicates: 2,
    rows: 2,
    errors: [error(2, 'duplicate'), error(3, 'duplicate')],
  }
  expect(said(again)).toEqual([
    '办理完毕,没有新登记的行。共 2 行:接收 0,重复 2,内容有变 0,拒绝 0。',
    '2 行已登记,没有变化。',
  ])
})

test('a row that is twice in the file is not called registered', () => {
  const twice = { ...error(3, 'duplicate'), message: ROW_RULES.duplicate }
  expect(said({ state: 'validated', duplicates: 1, errors: [twice] })).toContain(
    '1 行与文件中前面的行相同,不重复登记。',
  )
  const both = said({ duplicates: 2, errors: [twice, error(4, 'duplicate')] })
  expect(both).toContain('1 行与文件中前面的行相同,不重复登记。')
  expect(both).toContain('1 行已登记,没有变化。')
})

test('rows with a remark are registered: they are named apart and are not to be mended', () => {
  const errors = [error(2, 'id-format'), ...Array.from({ length: 7 }, (_, n) => error(n + 3, 'remark'))]
  const lines = said({ accepted: 9, remarked: 7, refused: 1, errors })
  expect(lines).toContain('接收的行里,7 行带备注登记,核查时请留意(事项页的“导入备注”):')
  expect(lines).toContain('  预警编号:remark。(7 行:第 3、4、5、6、7、8、9 行)')
  expect(lines.filter((line) => line.includes('remark。'))).toHaveLength(1)
  expect(lines.slice(lines.indexOf('逐行:') + 1, -2)).toEqual(['  第 2 行 预警编号:id-format。'])
})

test('when more duplicates exist than are listed, none is named', () => {
  expect(said({ duplicates: 200, errors: [error(4, 'duplicate')] })).toContain(
    '200 行与文件中的其他行或已登记的相同,不重复登记。',
  )
})

test('of duplicates and refusals only the refusals are listed, as many as fit', () => {
  const errors = [error(2, 'duplicate'), ...Array.from({ length: 12 }, (_, n) => error(n + 3, 'id-format'))]
  const lines = said({ accepted: 7, duplicates: 1, refused: 12, errors })
  expect(lines.filter((line) => line.startsWith('  第'))).toHaveLength(10)
  expect(lines).toContain('  ……')
  expect(lines.at(-2)).toContain('--errors 退回行.csv')
  expect(lines.join()).not.toContain('duplicate。')
})

test('what was found is shown, and where the rows were written is said', () => {
  const errors = [
    { row: 2, column: '乡镇', rule: 'unknown-town', message: ROW_RULES['unknown-town'], found: '高滩縣' },
    {
      row: 2,
      column: '身份证号',
      rule: 'id-checksum',
      message: ROW_RULES['id-checksum'],
      found: '619999********0011',
    },
    { row: 3, column: '姓名', rule: 'missing-name', message: ROW_RULES['missing-name'], found: '' },
  ]
  const lines = said({ refused: 2, accepted: 8, errors }, { written: 2, errorsFile: 'wrong.csv' })
  expect(lines).toContain(`  第 2 行 乡镇“高滩縣”:${ROW_RULES['unknown-town']}`)
  expect(lines).toContain(`  第 2 行 身份证号“619999********0011”:${ROW_RULES['id-checksum']}`)
  expect(lines).toContain(`  第 3 行 姓名(空):${ROW_RULES['missing-name']}`)
  expect(lines).toContain('已把 2 行连同问题写入 wrong.csv;改好后可以直接再导入,已登记的不会重复。')
  expect(lines.join()).toContain('改的时候不要双击打开')
  expect(lines.filter((line) => line.includes('显示时遮盖'))).toHaveLength(1)
  const notWritten = said({ refused: 2, accepted: 8, errors })
  expect(notWritten.join()).toMatch(/写成 CSV,改好后再导入:.*import --continue im_\S+ --errors 退回行\.csv/)
})

test('problems are counted by their kind before the list', () => {
  const errorGroups = [
    { rule: 'missing-name', column: '姓名', rows: 12, message: ROW_RULES['missing-name'] },
    { rule: 'column-count', column: '', rows: 3, message: ROW_RULES['column-count'] },
    { rule: 'changed', column: '预警编号', rows: 2, message: '台账中已有这个预警编号,内容有变。' },
  ]
  const lines = said({ refused: 15, errors: [error(2, 'missing-name')], errorGroups })
  expect(lines.slice(lines.indexOf('没有登记的行:'))).toEqual([
    '没有登记的行:',
    '  姓名为空 12 行',
    '  这一行的列数与表头不一致,可能有未加引号的逗号,或引号不成对 3 行',
    '逐行:',
    '  第 2 行 预警编号:missing-name。',
    '把这些行连同问题写成 CSV,改好后再导入:npm run duban -- import --continue im_1 --errors 退回行.csv',
    expect.stringMatching(/^2 行的预警编号已有而内容不同/),
    expect.stringContaining('--apply-changes im_1'),
    '导入编号 im_1;撤回:npm run duban -- import --undo im_1',
  ])
})

test('what came again changed is no row to mend: the words say how to look at it', () => {
  const again = { ...error(4, 'changed'), message: '台账中已有这个预警编号,内容有变。' }
  const lines = said({ changed: 1, accepted: 9, errors: [again], errorGroups: [{ ...again, rows: 1 }] })
  expect(lines.join()).not.toContain('没有登记的行')
  expect(lines).toContain('1 行的预警编号已有而内容不同。逐项对照:npm run duban -- import --changes im_1')
})

test('how many changes are written unasked and how many wait is told as it is before and after registering', () => {
  const again = { ...error(4, 'changed'), message: '台账中已有这个预警编号,内容有变。' }
  const came = { changed: 3, errors: [again], errorGroups: [{ ...again, rows: 3 }] }
  const none = { automatic: 0, asked: 0, partly: 0, closed: 0, applied: 0, dismissed: 0 }
  const before = said(
    { ...came, state: 'validated' },
    { changes: { ...none, automatic: 1, asked: 2, partly: 1 } },
  ).join('\n')
  expect(before).toContain(
    '3 行的预警编号已有而内容不同:登记时自动更新 1 行,要先确认 2 行(其中 1 行不用确认的项登记时更新)。',
  )
  expect(before).toContain('采用的马上写入台账,不等登记')
  expect(before).not.toContain('已更新')
  const after = said(came, { changes: { ...none, applied: 1, asked: 2 } }).join('\n')
  expect(after).toContain('3 行的预警编号已有而内容不同:已更新 1 行,等待确认 2 行。')
  const settled = said(came, { changes: { ...none, applied: 2, dismissed: 1 } }).join('\n')
  expect(settled).toContain('已更新 2 行,已决定不采用 1 行。')
  expect(settled).not.toContain('--apply-changes')
})

test('what somebody dismissed is not called unchanged', () => {
  const again = duplicateIssue({ row: 4, other: null }, true)
  const lines = said({ duplicates: 2, errors: [error(2, 'duplicate'), { ...again, found: null }] })
  expect(lines).toContain('1 行已登记,没有变化。')
  expect(lines).toContain('1 行内容不同,先前已决定不采用,没有再提出。')
})

test('a list of withdrawals is told in words of its own, and its list of problems is no file to import', () => {
  const errors = [
    { ...numberTwice(3, 2), found: null },
    { ...notInLedger(4), found: null },
  ]
  const lines = said(
    { kind: 'withdrawals', state: 'validated', rows: 3, accepted: 1, duplicates: 1, refused: 1, errors },
    { written: 2, errorsFile: 'e.csv', mendable: false },
  )
  expect(lines[0]).toBe('检查完毕,还没有撤销。共 3 行:建议撤销 1,重复 1,不能撤销 1。')
  expect(lines).toContain('1 行与文件中前面的行的编号相同,只算一次。')
  expect(lines).toContain('不能撤销的行:')
  expect(lines.join()).toContain('已把 2 条问题(连同重复的)写入 e.csv。这张表只有行号和说明,不能导入')
  expect(lines.join()).not.toContain('没有变化')
})

test('a file of errors with nothing to mend is told as such', () => {
  expect(said({}, { written: 0, errorsFile: 'e.csv', mendable: false })).toContain(
    '没有要改的行:e.csv 里只有表头。',
  )
  expect(said({ remarked: 3 }, { written: 3, errorsFile: 'e.csv', mendable: false })).toContain(
    '没有要改的行:e.csv 里的 3 条是备注。',
  )
})

test.each([
  [
    'npm run',
    { env: { npm_lifecycle_event: 'duban' }, argv: ['node', 'dist/bin/duban.js'] },
    'npm run duban -- user',
  ],
  ['an installed program', { env: {}, argv: ['node', '/usr/local/bin/duban'] }, 'duban user'],
  ['node', { env: {}, argv: ['node', 'dist/bin/duban.js'] }, 'node dist/bin/duban.js user'],
])('whoever came by %s is told a command that works there', (_how, process, expected) => {
  expect(commandLine('user', process)).toBe(expected)
})

test.each([
  [{ state: 'validated' }, 6, true],
  [{ state: 'validated' }, 5, false],
  [{ state: 'validated', silent: true }, 6, false],
  [{ state: 'applied' }, 6, false],
])('%o with %i of 10 late already suggests --silent: %s', (more, alreadyLate, suggested) => {
  expect(
    said({ ...more, forecast: { alreadyLate } })
      .join()
      .includes('--silent'),
  ).toBe(suggested)
})

test('the words for an undone import say what is gone and what stays until when', () => {
  const undone = { cancelled: 9, forgotten: 7, kept: ['YJ1'] }
  expect(said({ state: 'undone', undone })).toEqual([
    '已撤回导入 im_1:取消 9 件,其中 7 件没有人调阅过明文,户的资料已一并删去。',
    '有人调阅过明文的 2 件,户的资料留到保存期满(npm run duban -- retention),以便追查是谁。',
    '已有人处理的 1 件保留:YJ1',
    '取消的事项和经过留在台账中备查。',
    '要重新登记的,请再导入原来的文件:npm run duban -- import 文件',
  ])
})

test('a number that stands twice in a file with other content is a row to mend, and no change of the ledger', () => {
  const twice = { ...error(3, 'repeated'), message: ROW_RULES.repeated.replaceAll('{first}', '2') }
  const lines = said({ refused: 1, accepted: 1, errors: [twice], errorGroups: [{ ...twice, rows: 1 }] }).join(
    '\n',
  )
  expect(lines).toContain('没有登记的行')
  expect(lines).not.toContain('--changes')
})

test('taking back an import says how much of what it corrected is as it was, and why the rest is not', () => {
  const left = [{ externalId: 'YJ7', message: '联系电话没有复原,此后又更改过。' }]
  const lines = said({ state: 'undone', undone: { cancelled: 0, kept: [], restored: 3, left }, changed: 4 })
  expect(lines.slice(1)).toEqual([
    '它更正过的先前的预警,已复原 3 件,并已告知办理单位。',
    '没有复原、或只复原了一部分的 1 件(要改回的,请导入内容正确的文件):',
    '  YJ7 联系电话没有复原,此后又更改过。',
  ])
})

test('taking back what was cancelled as withdrawn says how much lives again, and why the rest does not', () => {
  const stayed = [{ externalId: 'YJ8', message: '撤销之后又有人办理过,没有恢复。' }]
  const undone = { cancelled: 0, kept: [], reopened: 2, stayed }
  expect(said({ kind: 'withdrawals', state: 'undone', undone })).toEqual([
    '已撤回导入 im_1。',
    '它按平台撤回撤销过的,已恢复 2 件,承办单位和期限照旧,并已告知承办人。',
    '撤销过而没有恢复的 1 件:',
    '  YJ8 撤销之后又有人办理过,没有恢复。',
  ])
})

test('what an undo would do is told before, with the command that does it', () => {
  const nothing = { cancelled: 0, kept: 0, keptIds: [], corrected: 0, reopened: 0, stayed: 0, told: 0 }
  expect(previewWords({ ...nothing, reopened: 3, stayed: 1, told: 2 }, 'duban 撤回').split('\n')).toEqual([
    '还没有撤回。撤回时:取消 0 件还没有人动过的预警。',
    '它按平台撤回撤销过的,恢复 3 件,承办单位和期限照旧。',
    '撤销过的,有 1 件不能恢复(之后又有人办理,或编号已重新登记)。',
    '下一封邮件里会告诉至多 2 个人。',
    '撤回:duban 撤回',
  ])
})

test('an import that an earlier release took back says that what it corrected stays', () => {
  const undone = { cancelled: 0, kept: [] }
  expect(said({ state: 'undone', undone, changed: 2 }).join()).toContain('不随撤回复原')
  expect(said({ state: 'undone', undone }).join()).not.toContain('不随撤回复原')
})

test('after a check of what is mostly late already, somebody is told how to register it without notices', () => {
  const late = { accepted: 10, forecast: { alreadyLate: 9 } }
  const lines = (state: string) => said({ ...late, state }).join()
  expect(lines('validated')).toContain('登记时加上 --silent')
  expect(lines('applied')).not.toContain('--silent')
})

test('problems are counted as problems where a row has several', () => {
  const groups = [error(2, 'missing-name'), error(2, 'bad-date')].map((e) => ({ ...e, rows: 7 }))
  const errors = [error(2, 'missing-name')]
  const lines = said({ refused: 8, errors, errorGroups: groups })
  expect(lines).toContain('没有登记的行(8 行,14 处问题;一行有几处的,每处都算):')
  expect(said({ refused: 14, errors, errorGroups: groups })).toContain('没有登记的行:')
})

test('a long sentence is told of the first row that has it', () => {
  const errors = [2, 3].map((row) => ({ ...error(row, 'lost-name'), message: `${'长'.repeat(50)}。` }))
  const lines = said({ refused: 2, errors })
  expect(lines).toContain('  第 3 行 预警编号:同第 2 行')
})

test('a lost character is told with its row’s number and its place, and the advice once', () => {
  const lost = (row: number, place: number) => ({
    ...{ row, column: '户主姓名', rule: 'lost-character', found: '王?', externalId: `FX${row}` },
    message: lostMessage(`第 ${place} 个字丢失(文件里是“?”)`),
  })
  const lines = said({ refused: 2, accepted: 8, errors: [lost(11, 2), lost(12, 3)] })
  expect(lines.join('\n')).toContain(
    '  第 11 行 FX11 户主姓名“王?”:第 2 个字丢失(文件里是“?”)。知道是什么字的',
  )
  expect(lines).toContain('  第 12 行 FX12 户主姓名“王?”:第 3 个字丢失(文件里是“?”),办法同第 11 行')
  expect(mainReason({ errorGroups: [{ ...lost(11, 2), rows: 2 }] })).toBe('户主姓名:有的字丢失')
})

test('the changes of a file are shown in short before it is registered, with how the due day moves', () => {
  const again = { ...error(4, 'changed'), message: '台账中已有这个预警编号,内容有变。' }
  const change = (row: number, state = 'open') => ({
    ...{ row, externalId: `FX${row}`, state, due: { from: '2026-12-02', to: '2026-11-30' } },
    fields: [{ label: '预警等级', before: '橙色', after: '红色', happens: 'applied' }],
  })
  const came = { state: 'validated', changed: 12, errors: [again], errorGroups: [{ ...again, rows: 12 }] }
  const changed = Array.from({ length: 12 }, (_, i) => change(i + 2))
  const lines = said(came, { asks: true, changed })
  expect(lines.slice(-12)).toEqual([
    '12 行的预警编号已有而内容不同。',
    ...Array.from(
      { length: 10 },
      (_, i) => `  第 ${i + 2} 行 FX${i + 2} 预警等级:橙色 → 红色,到期 12-02 → 11-30(自动更新)`,
    ),
    '  ……其余 2 行:npm run duban -- import --changes im_1',
  ])
  expect(lines.join()).not.toContain('--apply-changes')
})

test('where somebody is asked what comes next, no command for it is told', () => {
  const late = {
    state: 'validated',
    forecast: { alreadyLate: 9 },
    refused: 1,
    errors: [error(2, 'bad-date')],
  }
  const lines = said(late, { asks: true }).join()
  expect(lines).not.toMatch(/--errors|--silent/)
  expect(lines).toContain('第 2 行')
})

test('what was told before it was registered is not told again', () => {
  expect(said({ refused: 1, remarked: 3, errors: [error(2, 'bad-date')] }, { brief: true })).toEqual([
    '已登记 10 行。',
    '导入编号 im_1;撤回:npm run duban -- import --undo im_1',
  ])
})

test('the file of refused rows comes with the line that imports it again', () => {
  const setting = { written: 1, errorsFile: '退回 行.csv' }
  expect(said({ refused: 1, silent: true, errors: [error(2, 'bad-date')] }, setting)).toContain(
    '改好后:npm run duban -- import "退回 行.csv" --silent',
  )
})
