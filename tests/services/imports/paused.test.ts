import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { row } from '../../../src/db/pool.ts'
import { type Day, instantAt } from '../../../src/domain/time/days.ts'
import { setClock } from '../../../src/services/schedule/clock.ts'
import { actorWith, heldRole, TOWN } from '../../support/actors.ts'
import { COUNTY, createCounty } from '../../support/county.ts'
import type { TestDatabase } from '../../support/database.ts'
import { type Cells, confirmed, imported, undone, warningFile } from '../../support/warning-file.ts'
import { when } from '../../support/warnings.ts'

const LEADER = actorWith(heldRole('bureau-leader', COUNTY))
const OFFICER = { ...actorWith(heldRole('town-officer', TOWN)), id: 'pe_officer' }
let database: TestDatabase
beforeAll(async () => {
  database = await createCounty(instantAt('2022-06-06', '10:00'))
})
afterAll(() => database.drop())

let nth = 0
let number = ''
const goTo = (day: Day) => setClock(database.pool, { mode: 'stepped', businessAt: instantAt(day, '10:00') })
/** Yellow, issued on 6 June and due on the 20th, unless cells say otherwise. */
const bring = (cells: Cells = {}) =>
  imported(database.pool, `im_p${++nth}`, warningFile({ 预警编号: number, ...cells }))
const bringAndConfirm = async (cells: Cells) => {
  await bring(cells)
  await confirmed(database.pool, `im_p${nth}`)
}
beforeEach(async () => {
  number = `PA${nth}`
  await goTo('2022-06-06')
  await bring()
})
const suspend = (until: Day) =>
  when(database.pool, number, { action: 'suspend', reasonCode: 'disaster', reason: '汛情', until }, LEADER)
const resume = () => when(database.pool, number, { action: 'resume' }, LEADER)
const days = () =>
  row(
    database.pool,
    `select o.office, o.level, o.start_on as "startOn", o.due_on as "dueOn", o.holder_due_on as "holderDueOn", o.ended_late as late,
            a.start_on as "countedFrom", a.origin is null as anew
       from obligations o join assignments a on a.obligation = o.id and a.ended_at is null and a.stage = 'perform'
      where o.external_id = $1`,
    [number],
  )

/** Eight working days are used; paused from the 16th on; what `correct` brings comes on the 17th, and it is resumed on the 21st. */
async function correctedWhilePaused(correct: () => Promise<unknown>) {
  await goTo('2022-06-16')
  await suspend('2022-06-24')
  await goTo('2022-06-17')
  await correct()
  await goTo('2022-06-21')
  await resume()
  return days()
}

test('a warning raised while it was paused has the days of its new level from the end of the pause', async () => {
  await goTo('2022-06-07')
  await suspend('2022-06-24')
  await goTo('2022-06-08')
  await bring({ 预警等级: '红色' })
  await goTo('2022-06-10')
  await resume()
  expect(await days()).toEqual({
    ...{ office: TOWN, level: 'red', startOn: '2022-06-10', countedFrom: '2022-06-10' },
    ...{ dueOn: '2022-06-15', holderDueOn: '2022-06-15', late: false, anew: true },
  })
})

test('it keeps the day that the pause has moved where that is earlier', async () => {
  // Three working days after the 21st would end on the 24th.
  expect(await correctedWhilePaused(() => bring({ 预警等级: '红色' }))).toEqual({
    ...{ office: TOWN, level: 'red', startOn: '2022-06-06', countedFrom: '2022-06-06' },
    ...{ dueOn: '2022-06-23', holderDueOn: '2022-06-23', late: false, anew: false },
  })
})

test('another town begins at the end of the pause', async () => {
  expect(await correctedWhilePaused(() => bringAndConfirm({ 乡镇: '洞河镇' }))).toMatchObject({
    ...{ office: `${COUNTY}.donghe`, countedFrom: '2022-06-21', dueOn: '2022-07-05', anew: true },
  })
})

test('a new issue counts from the end of the pause, since nobody could begin before', async () => {
  const issued = await correctedWhilePaused(() => bringAndConfirm({ 预警发布时间: '2022-06-17 09:00' }))
  expect(issued).toMatchObject({ countedFrom: '2022-06-21', dueOn: '2022-07-05', anew: true })
})

test('what moves no assignment goes on where it stopped', async () => {
  const same = await correctedWhilePaused(() => bring({ 联系电话: '19900001234' }))
  expect(same).toMatchObject({ countedFrom: '2022-06-06', dueOn: '2022-06-23', anew: false })
})

test('an extension that is granted after a correction was taken back counts beside the pause from before it', async () => {
  await goTo('2022-06-07')
  await suspend('2022-06-09')
  await goTo('2022-06-09')
  await resume()
  await goTo('2022-06-10')
  await bring({ 预警等级: '红色' })
  await undone(database.pool, `im_p${nth}`)
  // Two working days were paused.
  expect(await days()).toMatchObject({ level: 'yellow', dueOn: '2022-06-22' })
  await when(database.pool, number, { action: 'request-extension', reason: '户主住院', days: 3 }, OFFICER)
  await when(database.pool, number, { action: 'grant-extension', grantedDays: 2 }, LEADER)
  expect(await days()).toMatchObject({ countedFrom: '2022-06-06', dueOn: '2022-06-24' })
})

test('the days that a request had asked for before a correction are restored with its import', async () => {
  await goTo('2022-06-07')
  await when(database.pool, number, { action: 'request-extension', reason: '户主住院', days: 3 }, OFFICER)
  await goTo('2022-06-08')
  await bring({ 预警等级: '红色' })
  expect((await undone(database.pool, `im_p${nth}`)).undone).toMatchObject({ restored: 1, left: [] })
  expect(await days()).toMatchObject({ level: 'yellow', dueOn: '2022-06-23', countedFrom: '2022-06-06' })
})

test('a due day that moved again after a correction stays as its import is taken back, and is named', async () => {
  await goTo('2022-06-08')
  await bring({ 预警等级: '红色' })
  await when(database.pool, number, { action: 'request-extension', reason: '户主住院', days: 2 }, OFFICER)
  expect((await undone(database.pool, `im_p${nth}`)).undone).toMatchObject({
    restored: 1,
    left: [
      {
        externalId: number,
        message: '预警等级已复原,限时没有随着复原,此后又重新算过;请打开这件事项核对限时。',
      },
    ],
  })
  expect(await days()).toMatchObject({ level: 'yellow', dueOn: '2022-06-15' })
})
