import type { Day } from '../domain/time/days.ts'
import { dayExists } from './day-exists.ts'
import { isScientific } from './external-id.ts'
import { fromFifteenDigits, idFault, idNoOf, isZeroed } from './id-number.ts'
import { isPlaceholder, isTooNarrow } from './placeholder.ts'

/** What a cell says of who somebody is. */
export type Identity = { idNo: string; remark: IdentityRemark | null }
export type IdentityFault = 'id-format' | 'id-checksum' | 'digits-lost' | 'too-narrow'

/** Whoever counts the numbers of a column. */
export type NumberWatch = { see: (idNo: string, fits: boolean) => void; seeScientific?: () => void }

/** What is worth knowing of a number that is no citizen's of eighteen digits. The number itself is not repeated. */
export const IDENTITY_REMARKS = {
  'no-number': '没有身份证号,已按姓名和住址登记。核查时请核对证件,把号码补进台账。',
  'fifteen-digits':
    '身份证号是 15 位的旧号码,已按国家标准换成 18 位登记(第 7 位起补 19,末尾补校验位)。请核对证件。',
  'home-return-permit': '证件像港澳居民来往内地通行证,不是身份证号,已照原样登记。请核对证件。',
  'taiwan-permit': '证件像台湾居民来往大陆通行证(8 位或 10 位数字),不是身份证号,已照原样登记。请核对证件。',
  'residence-permit': '证件是港澳台居民居住证,已照原样登记。请核对证件。',
  'permanent-residence': '证件像外国人永久居留身份证,已照原样登记。请核对证件。',
  passport: '证件像护照,不是身份证号,已照原样登记。请核对证件。',
} as const
export type IdentityRemark = keyof typeof IDENTITY_REMARKS

/** Documents that are no citizen's identity card, by the form of their numbers. The first that fits counts. */
const DOCUMENTS: readonly (readonly [IdentityRemark, RegExp])[] = [
  ['home-return-permit', /^[HM](?:\d{8}|\d{10})$/],
  ['taiwan-permit', /^(?:\d{8}|\d{10}(?:\([A-Z\d]\))?)$/],
  ['permanent-residence', /^[A-Z]{3}\d{12}$/],
  ['passport', /^(?:[A-Z]\d{7,8}|[A-Z]{2}\d{6,7})$/],
]
/** A household that has none yet, in words: 无身份证, 未办理, 未上户, 黑户. */
const NO_NUMBER =
  /^\(?(?:(?:暂时?|尚|还)?[无没未缺](?:有|办理?|领取?|上|落|登记)?(?:公民)?(?:身份|户口|户籍|户|证件?|号码?)*|黑户|待(?:补|查)?(?:办理?)?|(?:正在)?(?:补|申)?办理?中|(?:证件|身份证)?(?:遗失|丢失|已丢))\)?$/
const LONGEST_NUMBER = 20
const CITIZENS_LENGTH = 18
/** What people write around the person's own number. Of another's, as in (儿子), it is not taken off. */
const WRAPPED = /^[([【](?=[\dA-Z])([\dA-Z]+)[)\]】]$|[.,、;。:]+$/g
const OTHER_LABELS =
  /^(?:ID|护照|台胞证|台湾(?:居民)?(?:来往大陆)?通行证|回乡证|港澳(?:台)?(?:居民)?(?:来往内地)?通行证|(?:港澳台居民)?居住证|(?:外国人)?(?:永久)?居留(?:身份)?证|证件)(?:号码?)?:?(?=[A-Z\d])/
const LABELS = /^(?:公民)?(?:居民)?身份(?:证|号)(?:件)?(?:号码?)?:?(?=\d)|(?<=[\dX])\((?:本人|户主)\)$/g
const HYPHENS = /^(\d{6})-(\d{8})-(\d{3}[\dX])$/

function withoutLabels(idNo: string): string {
  if (idNo.length === CITIZENS_LENGTH) return idNo
  const bare = idNo.replace(WRAPPED, '$1').replace(OTHER_LABELS, '')
  return bare.length < LONGEST_NUMBER ? bare : bare.replace(LABELS, '').replace(HYPHENS, '$1$2$3')
}

/** Among the numbers of eighteen digits with a check digit: those given to people from Hong Kong, Macau, Taiwan, and abroad. */
const NOT_CITIZENS: readonly (readonly [IdentityRemark, RegExp])[] = [
  ['residence-permit', /^8[123]0000/],
  ['permanent-residence', /^9/],
]

/**
 * Reads the cell of an identity number, whichever document it is of.
 * @param watch is told of each number of eighteen digits
 */
export function readIdentity(cell: string, today: Day, watch?: NumberWatch): Identity | IdentityFault {
  const idNo = withoutLabels(idNoOf(cell))
  if (idNo.length === 18 && !/^0+$/.test(idNo)) {
    const fault = idFault(idNo, today)
    watch?.see(idNo, fault === null)
    if (fault === null) return { idNo, remark: /^[89]/.test(idNo) ? kindOf(idNo, NOT_CITIZENS) : null }
    return isZeroed(idNo) ? 'digits-lost' : fault
  }
  const other = readOther(idNo, today)
  if (other === 'digits-lost') watch?.seeScientific?.()
  return other
}

function readOther(idNo: string, today: Day): Identity | IdentityFault {
  if (isTooNarrow(idNo)) return 'too-narrow'
  if (isPlaceholder(idNo) || /^0+$/.test(idNo) || NO_NUMBER.test(idNo))
    return { idNo: '', remark: 'no-number' }
  if (isScientific(idNo) || /^\d(?:\.\d+)?E\d+$/.test(idNo)) return 'digits-lost'
  const whole = fromFifteenDigits(idNo, today)
  if (whole !== null) return { idNo: whole, remark: 'fifteen-digits' }
  if (isBirth(idNo)) return 'id-format'
  const remark = kindOf(idNo, DOCUMENTS)
  return remark === null ? 'id-format' : { idNo, remark }
}

/** A day of birth in the place of a number: eight digits as a permit has, but a day of the last century or this one. */
function isBirth(idNo: string): boolean {
  const [, year, month, day] = /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(idNo) ?? []
  return year !== undefined && dayExists(`${year}-${month}-${day}`)
}

function kindOf(idNo: string, kinds: typeof DOCUMENTS): IdentityRemark | null {
  return kinds.find(([, form]) => form.test(idNo))?.[0] ?? null
}
