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
grant execute on function duban_went_on to duban_api, duban_worker;
