-- Whom a county tells each working day whether everything is accounted for (R20), and of a gate that was overridden (R15). Null, or
-- written by the previous release: nobody.
ALTER TABLE "policies" ADD COLUMN "standing_check" jsonb;--> statement-breakpoint
ALTER TABLE "policies" ADD COLUMN "override" jsonb;--> statement-breakpoint
-- The last working day for which that was read, so that it is told once a day.
ALTER TABLE "counties" ADD COLUMN "checked_on" date;--> statement-breakpoint
-- An override is shown for good: when it was decided, how many obligations stood in the way, and who was told.
ALTER TABLE "phases" ADD COLUMN "overridden_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "phases" ADD COLUMN "overridden_blockers" integer;--> statement-breakpoint
ALTER TABLE "phases" ADD COLUMN "override_told" jsonb;--> statement-breakpoint
-- The comparison whose hits a file holds (R3): its warnings are linked with it both ways.
ALTER TABLE "imports" ADD COLUMN "comparison" text;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_comparison_obligations_id_fk"
  FOREIGN KEY ("comparison") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- The files of a comparison.
CREATE INDEX "imports_by_comparison" ON "imports" USING btree ("comparison") WHERE comparison is not null;
