import type { OpenAPIV3_1 } from 'openapi-types'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../build.ts'

type Operation = OpenAPIV3_1.OperationObject & { route: string }

let api: TestApp
let document: OpenAPIV3_1.Document
let operations: Operation[]
beforeAll(async () => {
  api = await buildTestApp()
  document = (await api.get<OpenAPIV3_1.Document>('/openapi.json')).body
  operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, operation]) => ({
      ...(operation as OpenAPIV3_1.OperationObject),
      route: `${method.toUpperCase()} ${path}`,
    })),
  )
})
afterAll(() => api.close())

/** A new one joins; none ever changes: programs made from the document are named by them. */
const OPERATION_IDS = `
  actOnBulkRun actOnCampaign actOnImport actOnImportChanges actOnObligation actOnObligations actOnOffice
  actOnUser addAttachment addListView addOffice addScreeningEntry addToRoster askAuditCheck
  beginSecondFactor carryOverFromRoster changeCalendar changeMyPassword changeOnRoster changeScreeningEntry
  checkPasswordLink comparePolicies confirmSecondFactor countInboxes countObligations createApiKey
  createImport createObligation createProblems createUser decideTwin drawSample dropListView dropSharedView
  endAbsence endMyAbsence endMyOtherSessions endMySession exportObligations exportPolicy
  exportScreeningTable exportStatistics findTwins forgetImportMapping getAttachment getAuditChain
  getBeginning getBulkRun getBurnDown getCalendarYear getCampaign getCampaignPlan getCampaignTimeline
  getComparisonQuota getConsistency getDeadline getHealth getHome getHousehold getImport getImportErrors
  getLedger getMail getMailFates getMe getMetrics getMyAbsence getMyCalendarFeed getNeighbours getObligation
  getObligationHistory getObligationReceipt getObligationStory getOverview getPerson getPossibleActions
  getProblemBurnDown getProblemNeighbours getReadiness getRosterHousehold getSample getScreeningMatrix getSeen getShippedPlan
  getSignInOptions getStandingCheck getStatistics getTrialMail getUser handOnOffice importProblems importRoster
  importScreeningEntries importUsers listApiKeys listAttachments listAuditChecks listAuditEvents
  listBulkItems listBulkRuns listCampaigns listComparisons listCounties listDeadlines listHandOvers
  listImportChanges listImportMappings listImportWithdrawals listImports listListViews listMails
  listMySessions listNotReached listObligations listOffices listPeople listPolicies listPossibleTwins
  listProblems listRoster listRosterImports listRosterVillages listSamples listScreeningEntries
  listSharedViews listTrialInbox listUsers lookUpHouseholds makeInspectionPack makeMyCalendarFeed markSeen
  movePhase openMail previewCampaign previewImportUndo previewMail previewTimeLimit previewTrialMail
  publishPolicy raiseConsistencyProblems readCalendarFeed rebasePolicy removeAttachment removeFromRoster
  removeMyCalendarFeed removeScreeningEntry removeSecondFactor replaceListView replaceSampled reportBounce
  requestPasswordReset resendMail restorePolicy retryMails revealHousehold revealScreeningEntry revokeApiKey
  sendTestMail setAbsence setMyAbsence setPasswordByLink signIn signOut startCampaign undoRosterImport
  undoTwinDecision
`

const CHINESE = /[\u4e00-\u9fff]/

it('the document has every route of the API and of operations', () => {
  const spoken = api.app.routeTable
    .filter(({ method, url }) => method !== 'HEAD' && /^\/(v1\/|healthz$|readyz$|metrics$)/.test(url))
    .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
  expect(spoken.length).toBeGreaterThan(40)
  expect(operations.map((o) => o.route).sort()).toEqual(spoken.sort())
})

it('each route has a one-line summary under an explained heading', () => {
  const headings = (document.tags ?? []).map((t) => t.name)
  for (const { route, summary, tags } of operations) {
    expect(summary, route).toMatch(CHINESE)
    expect([...(summary ?? '')].length, route).toBeLessThanOrEqual(24)
    expect(headings, route).toContain(tags?.[0])
  }
})

it('every parameter has a description', () => {
  for (const { route, parameters = [] } of operations)
    for (const parameter of parameters as OpenAPIV3_1.ParameterObject[])
      expect(parameter.description, `${route} ${parameter.name}`).toMatch(CHINESE)
})

it('no operation changes its id, and no two share one, so that generated clients keep their names', () => {
  const ids = operations.map((o) => o.operationId ?? `none: ${o.route}`)
  expect(ids.sort()).toEqual(OPERATION_IDS.trim().split(/\s+/))
})
