-- How long a reader's mailbox may put a mail off is the county's to say. Null: one office hour for what is urgent, one round for
-- the rest, as before.
ALTER TABLE "policies" ADD COLUMN "deferral" jsonb;--> statement-breakpoint
-- A server that cannot be reached, or takes nobody's mail for the moment, holds the county's mail as well.
ALTER TABLE "mail_holds" DROP CONSTRAINT "mail_hold_reason";--> statement-breakpoint
ALTER TABLE "mail_holds" ADD CONSTRAINT "mail_hold_reason"
  CHECK ("mail_holds"."reason" in ('login','sender','refused','alike','unreachable'));
