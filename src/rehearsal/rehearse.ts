import { beijingText, type Day, dayOf, endOfDay, instantAt, type Instant } from '../domain/time/days.ts'
import { type Account, distinctMails, type ReaderOf, settleAccount } from './reconciliation.ts'
import { type Cast, castOf, type Span } from './cast.ts'
import { owedLines, type OwedLine } from './expectation.ts'
import { TEMPLATE_CODE } from './expected-work.ts'
import { readGivenWarnings } from './given-warnings.ts'
import type { People } from './people.ts'
import { countBy, mailKinds, perPersonAndWeek } from './mail-counts.ts'
import { neverPlayed } from './played-acts.ts'
import { enterQuietDays } from './quiet-days.ts'
import type { Acceptance } from './sink.ts'
import { type StandingAccount, standingAccount } from './standing-account.ts'
import { againFaults } from './told-again.ts'
import { countyFaults } from './told-of-county.ts'
import { lifeFaults, type ToldOfLife } from './told-of-life.ts'
import { toldOfLate } from './told-of-late.ts'
import { finding, type RehearsalOptions, type RehearsalParts, type RehearsalReport } from './types.ts'
import { lastDayOf } from './visit-script.ts'
import { batchesOf, readWarningsFile } from './warnings-file.ts'
import { withinYear } from './year-work.ts'

/**
 * Plays a campaign year on the stepped clock, with officers acting over HTTP. Then it reconciles every line that
 * was owed with every mail the SMTP side accepted.
 */
export async function rehearse(options: RehearsalOptions, parts: RehearsalParts): Promise<RehearsalReport> {
  const started = performance.now()
  const bytes = await readGivenWarnings(options)
  const span = spanOf(options, bytes)
  const cast = castOf(options, parts, span, batchesOf(bytes, { from: span.start, until: span.until }))
  await cast.driver.goTo(span.start)
  parts.sink.record(() => cast.driver.now)
  await enterQuietDays(cast.county, cast.people)
  const { id } = await cast.county.startCampaign(cast.home, options.year, TEMPLATE_CODE)
  cast.campaignWork.begin(id)
  cast.yearWork.begin(id)
  await cast.driver.settled()
  const { registration, phaseWork, campaignWork, flood, countyActs, officers, yearWork } = cast
  const ofCountyAtOnce = [campaignWork, ...yearWork.actors, flood, countyActs]
  const actors = [registration, phaseWork, ...ofCountyAtOnce, officers]
  await cast.driver.play(actors, span.until, monthly(options.onProgress))
  await cast.driver.settled()
  const accepted = await parts.sink.acceptances()
  parts.sink.stop()
  const world = { people: cast.people, calendar: cast.calendar, until: span.until }
  const owed = owedLines(cast.story, world)
  const account = settleAccount(owed, accepted, readerIn(cast.people))
  const told = toldOfLate(cast.story.turns, world)
  const mails = distinctMails(accepted)
  const standing = standingAccount(mails, cast.story.turns, span, { ...world, told })
  const again = againFaults(mails, cast.story.turns, span, world)
  const ofCounty = countyFaults(mails, cast.story.turns, span, cast.campaignWork.told, cast)
  const ofLife = lifeFaults(mails, cast.story.turns, toldOfLife(cast), world)
  const wallMs = performance.now() - started
  return reportOf(options, { span, cast, owed, accepted, account, standing, again, ofCounty, ofLife, wallMs })
}

function readerIn(people: People): ReaderOf {
  const offices = new Set(people.offices.map((o) => o.name))
  return (email) => {
    const [post] = people.postsOf(email)
    return { offices, ownOffice: post ? people.office(post.office).name : '' }
  }
}

/** The whole year from May on (or from an earlier first row) and the first days of the next, or the part that was asked for. */
function spanOf({ year, from, to }: RehearsalOptions, bytes: Buffer): Span {
  const days = readWarningsFile(bytes).rows.flatMap((row) => row.issuedOn ?? [])
  const firstDay = [`${year}-05-01`, ...days.filter((d) => d.startsWith(`${year}-`))].sort()[0]!
  return { start: instantAt(from ?? firstDay, '00:00'), until: endOfDay(to ?? lastDayOf(year)) - 1 }
}

/** What is told of besides reminders and escalations. */
function toldOfLife({ officers, countyActs }: Cast): ToldOfLife {
  const { decisions } = officers.life
  const { promises } = officers.calls
  return { decisions, promises, dayChanges: countyActs.recounts.dayChanges }
}

function monthly(onProgress: (line: string) => void): (at: Instant) => void {
  let month = ''
  return (at) => {
    const now = dayOf(at).slice(0, 7)
    if (now !== month) onProgress(`业务时间 ${beijingText(at)}`)
    month = now
  }
}

type Played = {
  span: Span
  cast: Cast
  owed: OwedLine[]
  accepted: Acceptance[]
  account: Account
  standing: StandingAccount
  again: string[]
  ofCounty: string[]
  ofLife: string[]
  wallMs: number
}

function reportOf(options: RehearsalOptions, played: Played): RehearsalReport {
  const { cast, account, standing, accepted, owed, span } = played
  const { registration, phaseWork, officers, driver, api, campaignWork, preparing, countyActs } = cast
  const findings = {
    missing: finding([...account.missing, ...phaseWork.missing, ...officers.missing]),
    doubled: finding(account.doubled),
    misdirected: finding(account.misdirected),
    late: finding(account.late),
    untrue: finding([...standing.untrue, ...played.again]),
    ofCounty: finding(played.ofCounty),
    ofLife: finding(played.ofLife),
    neverPlayed: finding([
      ...neverPlayed(officers.acted, withinYear(span, options.year)),
      ...cast.yearWork.neverPlayed(span, owed.filter(({ waited }) => waited).length),
    ]),
    wrongCount: finding([
      ...[...campaignWork.wrongCount, ...campaignWork.samples.wrongCount],
      ...[...preparing.wrongCount, ...countyActs.wrongCount, ...cast.yearWork.wrongCount],
    ]),
    untold: finding(standing.untold),
    weekly: finding(standing.weekly),
    tooMany: finding(standing.tooMany),
    unsettled: finding(driver.drive.unsettled),
    wrongDue: finding([
      ...[...registration.wrongDue, ...phaseWork.wrongDue, ...officers.wrongDue],
      ...countyActs.recounts.wrongDue,
    ]),
    refusedActions: finding([
      ...registration.failed,
      ...registration.fileFailures,
      ...officers.refused,
      ...campaignWork.failed,
      ...[...cast.flood.failed, ...countyActs.failed, ...cast.yearWork.failed],
    ]),
  }
  const [from, to]: [Day, Day] = [dayOf(span.start), dayOf(span.until)]
  return {
    year: options.year,
    seed: options.seed,
    fault: options.fault ?? null,
    clean: Object.values(findings).every((f) => f.count === 0),
    from,
    to,
    wallSeconds: seconds(played.wallMs),
    waitSeconds: seconds(driver.drive.waitMs),
    steps: driver.drive.steps,
    httpCalls: api.calls,
    rows: registration.rows,
    actions: officers.acted,
    mails: {
      total: standing.compared,
      byKind: mailKinds(accepted),
      perPersonAndWeek: perPersonAndWeek(distinctMails(accepted)),
    },
    lines: { owed: owed.length, got: account.got, byKind: countBy(owed.map((line) => line.kind)) },
    ...findings,
    retransmitted: account.retransmitted,
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10
}
