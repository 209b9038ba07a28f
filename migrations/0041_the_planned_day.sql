-- A phase whose day was moved for one year keeps the day of its plan: next year's campaign, copied from this one, takes that.
ALTER TABLE "phases" ADD COLUMN "planned_due_on" date;--> statement-breakpoint
-- Each mail and each list of what was asked before looks up what a recount took from a deadline (services/notifications/moved-lines.ts).
CREATE INDEX "recounts_by_deadline" ON "recounts" USING btree ("deadline");
