-- What is known of an obligation when it begins, in the shape its kind gives it (src/kinds).
ALTER TABLE "obligations" ADD COLUMN "facts" jsonb DEFAULT '{}'::jsonb NOT NULL;
--> statement-breakpoint
-- What the dated work of a campaign was opened with: its item in the phase's copy of the template, found by the key that
-- src/services/campaigns/phase-items.ts writes (a year's item has no period and 'Y' in its key). Kinds that know no such facts
-- keep none, nor does work whose item is gone; a period longer than the kinds take is left out.
update obligations o
   set facts = jsonb_strip_nulls(jsonb_build_object(
         'partner', item ->> 'partner',
         'period', case when length(item ->> 'period') between 1 and 20 then item ->> 'period' end))
  from phases p, jsonb_array_elements(p.items) item
 where p.campaign = o.campaign and p.code = o.phase and item ->> 'kind' = o.kind
   and o.kind in ('launch', 'comparison', 'screening', 'rectification', 'report')
   and o.key = concat_ws('|', o.campaign, item ->> 'code', o.office, coalesce(item ->> 'period', 'Y'));
--> statement-breakpoint
-- What the gate of a phase waits for, as the template says. A phase written without one waits for the whole campaign:
-- the strictest gate, for what the previous release writes meanwhile.
ALTER TABLE "phases" ADD COLUMN "gate" jsonb DEFAULT '{"waitsFor":"campaign"}'::jsonb NOT NULL;
--> statement-breakpoint
-- The gates there are so far, which the code knew by the code of the phase.
update phases
   set gate = jsonb_build_object('waitsFor',
         case code when 'verification' then 'own-due-by-end' when 'zero-out' then 'campaign' else 'own' end);
