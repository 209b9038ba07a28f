import { EXPORT_AS_TEXT } from './row-error.ts'

/**
 * Thrown when a file as a whole cannot be read. `message` is a Chinese sentence that says what to do, without
 * personal data.
 */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
  readonly code: RefusalCode
  /** How many rows had been read; all of them are refused with the file. */
  rows = 0
  constructor(code: RefusalCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Every reason for refusing a whole file. */
export type RefusalCode = keyof typeof FILE_RULES

const EXPORT_AGAIN = '请在监测预警平台上重新导出预警清单,选择 Excel 或 CSV 格式后再导入。'

const AS_WORKBOOK = '另存为“Excel 工作簿(.xlsx)”'

/** What to do with a file that another program reads: one that holds no table of cells loses digits on the way. */
function waysToRead(kind: string): string {
  if (/文档|文稿/.test(kind))
    return `,不是表格。${EXPORT_AGAIN}只有这个文件的,在 Excel 或 WPS 表格中新建空白表,把各列的格式先设为“文本”,再把里面的表复制过去,${AS_WORKBOOK}。`
  if (/网页/.test(kind))
    return `,不能直接读。${EXPORT_AGAIN}只有这个文件的,用 Excel 或 WPS 打开,先看身份证号的末三位有没有变成 000,没有变的${AS_WORKBOOK}后再导入。`
  return `。请用 Excel 或 WPS 打开,${AS_WORKBOOK}后再导入。`
}

/** The rules for a whole file, with the sentence that says what to do. */
export const FILE_RULES = {
  'not-a-table': (kind: string) => `这是${kind},里面没有能读的表格。${EXPORT_AGAIN}`,
  spreadsheet: (kind: string) => `这是${kind}${waysToRead(kind)}`,
  password: () =>
    '工作簿设了打开密码,读不了。请用 Excel 打开,在“文件 → 信息 → 保护工作簿 → 用密码进行加密”中把密码删空(WPS:“文件 → 文档加密 → 密码加密”),保存后再导入。',
  'workbook-damaged': () =>
    '工作簿已损坏或不完整。请用 Excel 或 WPS 打开,能打开的另存为“Excel 工作簿(.xlsx)”,打不开的从平台重新导出,再导入。',
  'workbook-too-big': () =>
    '工作簿展开后太大,不能安全地读入。请只保留预警清单一张表,删去图片、多余的行和列后另存,或者按乡镇、月份拆成几个文件,再导入。',
  'no-such-sheet': (names: string) => `工作簿中没有指定的工作表,现有的是:${names}。请改选其中一张后再导入。`,
  'empty-file': () => `文件是空的。${EXPORT_AGAIN}`,
  'nul-byte': () => `文件中有空字符(NUL),可能已损坏。${EXPORT_AGAIN}`,
  undecodable: (where: string) =>
    `${where === '' ? '文件既不是 UTF-8 也不是 GB18030 编码,或者已损坏' : `文件有损坏的字节,读不成文字:${where}`},所以整个文件都没有导入。${EXPORT_AS_TEXT}`,
  misread: (how: string) =>
    `文件里的中文成了乱码(像 Ô¤¾¯、é¢„è­¦、棰勮 这样):${how},又存成了现在的样子,所以整个文件都没有导入。乱码里有的字已经丢失,改不回来。${EXPORT_AS_TEXT}`,
  'no-header': (found: string) =>
    `没有找到表头,也没有像预警的行。${found}。请保留平台导出的表头(预警编号、预警发布时间、预警等级……),各列用逗号、分号或制表符分隔。`,
  'missing-column': (names: string) =>
    `缺少这些列:${names}。文件里也没有别的列可以对应。请在平台导出时选上这些列后再导入。`,
  'bad-mapping': (what: string) => `列的对应关系不对:${what}。请对照文件的列名重新指定。`,
  'row-numbers': (column: string) =>
    `${column}这一列只是行的序号(1、2、3……),不是平台的预警编号。下一个文件又从 1 数起,两个文件的预警会混在一起,所以没有导入。请看文件里有没有另一列是平台的编号(通常有十来位):有,就在导入时说明那一列,例如 --map 那一列的列名=预警编号;没有,请在平台导出时勾选“预警编号”,重新导出后再导入。`,
  'cell-too-big': (where: string) =>
    `${where}超过 64 KB,可能是双引号不成对或内容有误。请检查这一行,更正后再导入。`,
  'digits-lost': (numbers: string) =>
    `身份证号一列被表格软件改动过:有 ${numbers} 个号码的末三位变成了 000,原来的数字已经丢失,有的会碰巧成为别人的号码,所以整个文件都没有导入。${EXPORT_AS_TEXT}号码本来就是这样的,请在网页督办台账的“发现一户”中单独登记这一户。`,
  'codes-lost': (numbers: string) =>
    `预警编号一列被表格软件改动过:有 ${numbers} 个编号第 15 位以后都变成了 0,原来的数字已经丢失,会和别的预警混在一起,所以整个文件都没有导入。${EXPORT_AS_TEXT}`,
  'too-many-rows': (most: string) => `文件超过 ${most} 行。请按时间段分成几个文件,分别导入。`,
} as const

/** Makes the refusal of a code. `about` is what the sentence names: a kind of file, columns, a place. */
export function refused(code: RefusalCode, about = ''): FileRefused {
  return new FileRefused(code, FILE_RULES[code](about))
}
