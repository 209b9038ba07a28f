import type { RefusalCode } from '../../../src/ledgers/refusals.ts'
import type { RowRule } from '../../../src/ledgers/row-error.ts'

/**
 * Why a row was kept out, in English, by its rule; a test holds the table against the server's. The Chinese sentence says more of
 * how the office program is used, and stands beside it.
 */
export const ROW_RULES_EN: Record<RowRule, string> = {
  'missing-id': 'The number of the warning is empty.',
  'too-narrow': 'The cell is ########: the column was too narrow when it was exported.',
  'digits-lost': 'A spreadsheet changed the number; its last digits are lost.',
  'several-ids': 'There are several numbers of warnings in one cell.',
  'personal-number': 'An identity number or a telephone stands where the number of the warning should.',
  'name-format': 'This is no name; perhaps the wrong column.',
  'lost-character': 'Characters were lost or masked.',
  'missing-date': 'The time of issue is empty.',
  'missing-level': 'The level is empty.',
  'missing-town': 'The town is empty.',
  'no-number': 'There is no identity number, and the policy of this county asks for one.',
  'bad-date': 'The time of issue is no date.',
  'no-year': 'The time of issue has no year.',
  'ambiguous-date': 'It cannot be told which day the time of issue is.',
  'future-date': 'The time of issue is after today.',
  'unknown-level': 'The level must be red, orange or yellow.',
  'unknown-town': 'The county has no such town.',
  'foreign-town': 'This is a town of another county.',
  'other-town': 'Town and village do not belong together.',
  'outside-reach':
    'This is another town. A town’s own comparison registers households of that town alone; give the others to the verification centre.',
  'known-number':
    'The ledger has this number with other content. A list of hits raises new warnings alone; mend the number, or ask the relief centre.',
  'over-at-source': 'The platform says that it is over.',
  'foreign-place': 'The row names another province, city or county.',
  'missing-name': 'The name is empty.',
  'id-format': 'The identity number must have 18 digits (15 of old) with a real date of birth.',
  'id-checksum': 'The check digit of the identity number is wrong.',
  'too-long': 'The content is too long.',
  'column-count': 'The row has not as many columns as the head.',
  duplicate: 'The same warning stands further up in the file.',
  repeated: 'The same number stands further up in the file, with other content.',
}

/** Why a whole file was refused, in English, by its code. */
export const FILE_RULES_EN: Record<RefusalCode, string> = {
  'not-a-table': 'The file holds no table that can be read.',
  spreadsheet: 'The file was written by another program; save it as an Excel workbook (.xlsx).',
  password: 'The workbook has a password; take it off and save it again.',
  'workbook-damaged': 'The workbook is damaged or not whole.',
  'workbook-too-big': 'The workbook is too big once unpacked; leave only the list in it, or split it.',
  'no-such-sheet': 'The workbook has no such sheet.',
  'empty-file': 'The file is empty.',
  'nul-byte': 'The file has NUL characters and may be damaged.',
  undecodable: 'The file is neither UTF-8 nor GB18030, or it is damaged.',
  misread: 'The Chinese of the file was garbled by another program; export it again.',
  'no-header': 'No head and no row that looks like a warning was found.',
  'missing-column': 'The file lacks columns that are needed.',
  'bad-mapping': 'What was said of the columns does not fit the file.',
  'row-numbers': 'The column of numbers only counts the rows; the platform’s own number is needed.',
  'cell-too-big': 'A cell has more than 64 kB; perhaps quotation marks do not match.',
  'digits-lost': 'A spreadsheet changed the identity numbers; their last digits are lost.',
  'codes-lost': 'A spreadsheet changed the numbers of warnings; their last digits are lost.',
  'too-many-rows': 'The file has too many rows; split it by time.',
}
