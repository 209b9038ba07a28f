-- What is known of an obligation when it begins, in the shape its kind gives it (src/kinds).
ALTER TABLE "obligations" ADD COLUMN "facts" jsonb DEFAULT '{}'::jsonb NOT NULL;
--> statement-breakpoint
-- Partner and period of the dated work of a campaign stood in the source and in the fourth part of the key.
update obligations
   set facts = jsonb_strip_nulls(jsonb_build_object(
         'partner', case when kind = 'comparison' then source end, 'period', nullif(split_part(key, '|', 4), '')))
 where campaign is not null and kind in ('comparison', 'report') and starts_with(key, campaign || '|');
--> statement-breakpoint
-- What the gate of a phase waits for, as the template says. A phase written without one waits for the whole campaign:
-- the strictest gate, for what the previous release writes meanwhile.
ALTER TABLE "phases" ADD COLUMN "gate" jsonb DEFAULT '{"waitsFor":"campaign"}'::jsonb NOT NULL;
--> statement-breakpoint
-- The gates there are so far, which the code knew by the code of the phase.
update phases
   set gate = jsonb_build_object('waitsFor',
         case code when 'verification' then 'own-due-by-end' when 'zero-out' then 'campaign' else 'own' end);
