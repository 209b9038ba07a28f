import type { SampleDetail } from '../../contract/api/samples.ts'
import { townShares } from '../../domain/obligation/sampling.ts'
import {
  householdsOf,
  isChecked,
  type SampleHousehold,
  type SampleRow,
} from '../../services/sampling/store.ts'
import type { Sql } from '../../db/pool.ts'
import { iso } from '../obligations/present.ts'
import type { ReferenceData } from '../obligations/reference-data.ts'

export function showSummary({ drawnBy: _by, drawnAt, campaign, ...sample }: SampleRow) {
  return { ...sample, campaignId: campaign, drawnAt: iso(drawnAt) }
}

/** A sample with its frozen population, and how far each town is covered. */
export async function showSample(
  sql: Sql,
  sample: SampleRow,
  { names }: ReferenceData,
): Promise<SampleDetail> {
  const all = await householdsOf(sql, sample.id)
  const refOf = (code: string) => ({ code, name: names.office(code) })
  const entries = all.map(({ household, office, group }) => ({ id: household, town: office, group }))
  const towns = townShares(entries, sample.percent).map(({ town, ...share }) => {
    const here = all.filter(({ office }) => office === town)
    return { office: refOf(town), ...countsOf(here, share) }
  })
  const sum = (of: 'required' | 'checked' | 'differing' | 'short') => towns.reduce((n, t) => n + t[of], 0)
  return {
    ...showSummary(sample),
    total: {
      ...{ population: all.length, required: sum('required'), checked: sum('checked') },
      ...{ differing: sum('differing'), short: sum('short') },
    },
    towns,
    households: all.map((household) => ({
      ...{ household: household.household, office: refOf(household.office), group: household.group },
      ...{ place: household.place, state: household.state, replacedFor: household.replacedFor },
      check: household.checkObligation === null ? null : checkOf(household, household.checkObligation),
      agrees: agreesOf(household),
    })),
  }
}

function checkOf({ checkState }: SampleHousehold, id: string) {
  return { id, state: checkState }
}

/** Null until the check was accepted. */
function agreesOf(household: SampleHousehold): boolean | null {
  const { agrees } = (household.checkResult ?? {}) as { agrees?: boolean }
  return isChecked(household) && agrees !== undefined ? agrees : null
}

function countsOf(here: readonly SampleHousehold[], share: { population: number; required: number }) {
  const checked = here.filter(isChecked).length
  const differing = here.filter((household) => agreesOf(household) === false).length
  return { ...share, checked, differing, short: Math.max(0, share.required - checked) }
}
