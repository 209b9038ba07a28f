-- What an accepted obligation brings about is linked to it: a follow-up or a monitoring visit to its warning, a visit to the one
-- before it. Null for what begins by itself.
ALTER TABLE "obligations" ADD COLUMN "follows_from" text;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_follows_from_obligations_id_fk"
  FOREIGN KEY ("follows_from") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What follows from an obligation, and whether it is still wanted when its outcome changes.
CREATE INDEX "obligations_by_follows_from" ON "obligations" USING btree ("follows_from") WHERE follows_from is not null;--> statement-breakpoint
-- How often a monitored household is visited is the county's to say. Null: every 60 days.
ALTER TABLE "policies" ADD COLUMN "monitoring" jsonb;
