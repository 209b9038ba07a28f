-- The document behind a campaign, so that a receipt can cite it. The only template so far is that of one notice.
ALTER TABLE "campaigns" ADD COLUMN "source" text DEFAULT '' NOT NULL;
--> statement-breakpoint
update campaigns set source = '紫民发〔2022〕79号' where template = 'safety-net-2022';
--> statement-breakpoint
-- The document and clause that fix the day of an obligation; null where working days decide.
ALTER TABLE "obligations" ADD COLUMN "basis" text;
--> statement-breakpoint
-- Dated work of the phases there are: found by the key that src/services/campaigns/phase-items.ts writes.
update obligations o
   set basis = concat_ws(' ', nullif(c.source, ''), p.clause)
  from phases p join campaigns c on c.id = p.campaign, jsonb_array_elements(p.items) item
 where p.campaign = o.campaign and p.code = o.phase and item ->> 'kind' = o.kind and item ->> 'due' is null
   and o.key = concat_ws('|', o.campaign, item ->> 'code', o.office, coalesce(item ->> 'period', 'Y'));
--> statement-breakpoint
-- What a phase had come to when it closed. These numbers stand still, whatever is reopened or issued later (ADR 0015).
ALTER TABLE "phases" ADD COLUMN "closed_total" integer;
--> statement-breakpoint
ALTER TABLE "phases" ADD COLUMN "closed_done" integer;
--> statement-breakpoint
ALTER TABLE "phases" ADD COLUMN "closed_carried" integer;
--> statement-breakpoint
-- What came into a phase that was closed already belongs to the one that ran then.
update obligations o
   set phase = coalesce((select r.code from phases r
                          where r.campaign = p.campaign and r.ordinal > p.ordinal
                            and (r.closed_at is null or r.closed_at >= o.created_at)
                          order by r.ordinal limit 1), o.phase)
  from phases p
 where p.campaign = o.campaign and p.code = o.phase and p.closed_at is not null and o.created_at > p.closed_at;
--> statement-breakpoint
-- Phases closed so far: as far as the rows still tell how they stood at that instant.
update phases p
   set closed_total = n.total, closed_done = n.done, closed_carried = n.total - n.done
  from (select q.campaign, q.code,
               count(o.id) filter (where o.state <> 'cancelled' or o.closed_at > q.closed_at) as total,
               count(o.id) filter (where o.state = 'accepted' and o.closed_at <= q.closed_at) as done
          from phases q left join obligations o
            on o.campaign = q.campaign and o.phase = q.code and o.created_at <= q.closed_at
         where q.closed_at is not null group by q.campaign, q.code) n
 where n.campaign = p.campaign and n.code = p.code;
--> statement-breakpoint
-- The last day on which anything falls due: a date and nothing of any office, for whoever watches the calendar.
create function duban_last_due() returns date language sql stable security definer set search_path = public
  return (select due_on from deadlines order by due_at desc, id desc limit 1);
--> statement-breakpoint
revoke execute on function duban_last_due from public;
--> statement-breakpoint
grant execute on function duban_last_due to duban_api, duban_worker;
