/**
 * The first of the assignments that go on as one with the assignment `a`: after a pause, with more time, in another office. A pause has
 * a day of its own.
 */
const ROOT = `coalesce(case when a.stage <> 'pause' then a.origin end, a.id)`

const FIRST_RECOUNTED = `(select r.due_on from recounts r where r.obligation = a.obligation and r.assignment = ${ROOT} order by r.id limit 1)`

/** The very first day of the assignment `a`, where it has another one now; what moved and came back has its own. */
export const MOVED_FROM = `nullif(coalesce(${FIRST_RECOUNTED},
    case when ${ROOT} = a.id then a.due_on else (select f.due_on from assignments f where f.id = ${ROOT}) end), a.due_on)`

/** The day with which an assignment `${c}` began, before any recount. */
const begunWith = (c: string) =>
  `coalesce((select r.due_on from recounts r where r.obligation = ${c}.obligation and r.assignment = ${c}.id order by r.id limit 1), ${c}.due_on)`

/** The first assignments after a hand-over that fall due on another day than the one given away: where the days are alike it moved nothing. */
const MOVING_HAND_OVERS = `select c.id from (
            select f.id, f.office, ${begunWith('f')} as begun_with,
                   lag(f.office) over (order by f.id) as given_by, lag(f.due_on) over (order by f.id) as given_on
              from assignments f where f.obligation = a.obligation and ${ROOT} in (f.id, f.origin) and f.stage <> 'pause') c
         where c.office <> c.given_by and c.begun_with <> c.given_on order by c.id limit 1`

/** Why, as `MovedBy`s; asked of the few that a mail lists. Most have neither gone on nor been counted anew. */
export const MOVED_BY = `case when ${ROOT} = a.id
      and not exists (select from recounts r where r.obligation = a.obligation and r.assignment = a.id) then '[]'::jsonb
    else (select coalesce(jsonb_agg(m.by order by m.nth, m.id), '[]') from (
      select 1 as nth, p.id, jsonb_build_object('code', 'pause', 'reason', p.reason_code, 'resumedOn', p.resumed_on) as by
        from pauses p where p.origin = ${ROOT} and p.resumed_on is not null
      union all
      select 2, x.id, jsonb_build_object('code', case x.state when 'granted' then 'extension' else 'asked' end,
                                         'workingDays', coalesce(x.granted_days, x.working_days))
        from extensions x where x.origin = ${ROOT} and x.state in ('granted','pending')
      union all
      select 3, x.id, jsonb_build_object('code', 'waited')
        from extensions x where x.origin = ${ROOT} and x.waited_until is not null
      union all
      select 4, h.id, jsonb_build_object('code', 'hand-over') from (${MOVING_HAND_OVERS}) h
      union all
      select 5, e.cause, jsonb_build_object('code', e.cause) from (
        select v.detail ->> 'cause' as cause
          from recounts r join assignments f on f.id = r.assignment and ${ROOT} in (f.id, f.origin)
                          join events v on v.obligation = r.obligation and v.at = r.at and v.action = 'recount'
                                       and v.detail ->> 'stage' = f.stage
         where r.obligation = a.obligation
         -- What was undone later moved nothing.
         group by 1 having sum((v.detail ->> 'to')::date - (v.detail ->> 'from')::date) <> 0) e) m) end`
