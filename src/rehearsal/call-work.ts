import { dayOf, type Instant } from '../domain/time/days.ts'
import type { Case, Plan } from './case-book.ts'
import type { CountyApi } from './county-api.ts'
import type { Intent } from './officer-behaviour.ts'
import type { People } from './people.ts'
import type { SimpleCalendar } from './simple-calendar.ts'
import { sittingsOf } from './times.ts'
import type { StoryPromise } from './told-of-life.ts'

/** The centre telephones two working days after the day, or after it came late; the promise is for two working days later. */
const CALLED_LATE = 2
const PROMISED_WITHIN = 2
/** Of those who are late so long, every third is telephoned. */
const CALLED_EVERY = 3

/** The centre presses by telephone, and writes down who promised what. */
export class CallWork {
  readonly promises: StoryPromise[] = []
  private late = 0
  private readonly people: People
  private readonly calendar: SimpleCalendar

  constructor(people: People, calendar: SimpleCalendar) {
    this.people = people
    this.calendar = calendar
  }

  /** What is planned, with a call where the work will be late for long. */
  with({ item, turn }: Case, intents: readonly Intent[], now: Instant): Intent[] {
    const submit = intents.find(({ action }) => action === 'submit')
    const since = turn.dueOn > dayOf(now) ? turn.dueOn : dayOf(now)
    const [at] = sittingsOf(this.calendar.step(since, CALLED_LATE))
    if (!submit || submit.at <= at!) return [...intents]
    if (item.name === undefined || !this.people.isTown(item.office)) return [...intents]
    if (++this.late % CALLED_EVERY !== 1) return [...intents]
    const promisedOn = this.calendar.step(dayOf(at!), PROMISED_WITHIN)
    const said = { means: 'telephone', contactedOn: dayOf(at!), said: '人手不够,过两天办完', promisedOn }
    return [...intents, { action: 'record-contact', at: at!, detail: said }]
  }

  /** Names whoever was spoken to: the town's officer. */
  async prepare({ of, detail }: Plan, county: CountyApi): Promise<object> {
    const [email = ''] = this.people.officersOf(of.item.office)
    const { id } = await county.personAt(email)
    return { ...detail, contacted: id }
  }

  async recorded({ of, detail }: Plan, { by, at }: { by: string; at: Instant }, county: CountyApi) {
    const { promisedOn } = detail as { promisedOn: string }
    const [email = ''] = this.people.officersOf(of.item.office)
    const { name } = await county.personAt(email)
    const { item, name: called = item } = of.item
    this.promises.push({ item, name: called, by: name, on: promisedOn, notedBy: by, at })
  }
}
