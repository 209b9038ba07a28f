-- A run of many at once belongs to the key under which it was asked for (R9): whoever asks again, since the answer was lost, gets the
-- answer of the same run. `request_hash` tells another request under the same key.
ALTER TABLE "bulk_runs" ADD COLUMN "request_key" text;--> statement-breakpoint
ALTER TABLE "bulk_runs" ADD COLUMN "request_hash" text;--> statement-breakpoint
-- Where the taking back came from: the trail names it, and not where the run itself was asked for.
ALTER TABLE "bulk_runs" ADD COLUMN "undo_address" text;--> statement-breakpoint
ALTER TABLE "bulk_runs" ADD COLUMN "undo_request_id" text;--> statement-breakpoint
ALTER TABLE "bulk_runs" ADD CONSTRAINT "bulk_run_has_key_and_request" CHECK (("bulk_runs"."request_key" is null) = ("bulk_runs"."request_hash" is null));--> statement-breakpoint
-- Once for each caller and key.
CREATE UNIQUE INDEX "bulk_runs_by_key" ON "bulk_runs" USING btree ("actor","request_key") WHERE request_key is not null;--> statement-breakpoint
-- Runs that ended long ago are removed.
CREATE INDEX "bulk_runs_ended" ON "bulk_runs" USING btree ("ended_at") WHERE state not in ('running','undoing');--> statement-breakpoint
grant update (undo_address, undo_request_id, request_key, request_hash) on bulk_runs to duban_api;--> statement-breakpoint
-- Whoever asks for a run removes their own old ones.
grant delete on bulk_runs to duban_api;--> statement-breakpoint
-- Whoever gave work away sees neither the obligation nor what became of it since, and has to know whom to telephone (ADR 27): the office
-- that has it now, and who took it over for it. By the owner's rights, and for those alone who gave it away.
create function duban_went_on(given text[]) returns table (obligation text, office text, at timestamptz, taken_by text)
  language sql stable security definer set search_path = public
  as $$
    select o.id, o.office, h.answered_at, h.answered_by
      from obligations o
      left join lateral (select l.answered_at, l.answered_by from hand_overs l
                          where l.obligation = o.id and l.state = 'accepted' and l.to_office = o.office
                          order by l.answered_at desc, l.id desc limit 1) h on true
     where o.id = any (given)
       and exists (select from hand_overs g where g.obligation = o.id and g.state = 'accepted'
                     and g.from_office in (select unnest(duban_list('duban.offices'))))
  $$;--> statement-breakpoint
revoke execute on function duban_went_on from public;--> statement-breakpoint
grant execute on function duban_went_on to duban_api, duban_worker;--> statement-breakpoint
-- The open work of a county, as a change of days or rules counts it anew: a million rows at once. It goes by the owner's rights and asks the
-- offices that hold the work itself: the policies of assignments, deadlines, pauses and extensions each ask an obligation for every row,
-- which the planner takes for so dear that it no longer tells a good plan from a bad one (docs/benchmarks.md). Whoever sees all of it is named, the worker and the owner;
-- anybody else sees what their own offices hold. No barrier: statements of
-- the service alone ask it, and those that ask for one page at a time need its indexes.
create view open_work as
  select a.id as assignment, a.obligation, a.deadline, d.county, d.office, a.person, d.kind, d.level, d.stage, d.policy, d.rule,
         a.start_on, a.working_days, a.due_on, a.due_at, a.provisional, coalesce(a.origin, a.id) as root,
         coalesce(o.external_id, '「' || o.title || '」') as name, d.due_at as place_due_at,
         d.stage in ('perform','redo') and w.origin is not null as postponed,
         case when d.stage = 'pause' then a.due_on
              else (select r.due_on from assignments r where r.id = coalesce(a.origin, a.id)) end as limit_on
    from assignments a join deadlines d on d.id = a.deadline left join obligations o on o.id = a.obligation
    left join (select origin from pauses union select origin from extensions) w on w.origin = coalesce(a.origin, a.id)
   where a.ended_at is null
     and (current_user = 'duban_worker' or current_user = (select pg_get_userbyid(relowner) from pg_class where oid = 'deadlines'::regclass)
          or d.office in (select unnest(duban_list('duban.offices'))));--> statement-breakpoint
grant select on open_work to duban_api, duban_worker;
