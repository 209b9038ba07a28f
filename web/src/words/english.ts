/** All the English of the app, in one piece that English pages alone load. */
export { auditActionEn } from './audit.en.ts'
export { en } from './en.ts'
export { faultEn } from './faults.en.ts'
export { FIELDS_EN } from './fields.en.ts'
export { holidayEn } from './holidays.en.ts'
export { FILE_RULES_EN, ROW_RULES_EN } from './import-rules.en.ts'
export { phraseEn } from './phrases.en.ts'
export { problemEn } from './refusals.en.ts'
export { occasionEn, ruleChangeEn, ruleNameEn } from './rule-changes.en.ts'
export { sentenceEn } from './sentences.en.ts'
export * from './server.en.ts'
export {
  accountsEn,
  calendarEn,
  OVERVIEW_RULES_EN,
  rosterEn as rosterCheckEn,
  watchedEn,
} from './standing.en.ts'
export { titleEn } from './titles.en.ts'
