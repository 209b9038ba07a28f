-- A rule may be for one category (R1): whoever counts open work anew has to know the cause and the key group of each. Columns at the end of
-- a view can be added while the release before runs.
create or replace view open_work as
  select a.id as assignment, a.obligation, a.deadline, d.county, d.office, a.person, d.kind, d.level, d.stage, d.policy, d.rule,
         a.start_on, a.working_days, a.due_on, a.due_at, a.provisional, coalesce(a.origin, a.id) as root,
         coalesce(o.external_id, '「' || o.title || '」') as name, d.due_at as place_due_at,
         d.stage in ('perform','redo') and w.origin is not null as postponed,
         case when d.stage = 'pause' then a.due_on
              else (select r.due_on from assignments r where r.id = coalesce(a.origin, a.id)) end as limit_on,
         o.cause, o.key_group
    from assignments a join deadlines d on d.id = a.deadline left join obligations o on o.id = a.obligation
    left join (select origin from pauses union select origin from extensions) w on w.origin = coalesce(a.origin, a.id)
   where a.ended_at is null
     and (current_user = 'duban_worker' or current_user = (select pg_get_userbyid(relowner) from pg_class where oid = 'deadlines'::regclass)
          or d.office in (select unnest(duban_list('duban.offices'))));
