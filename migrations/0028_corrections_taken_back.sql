-- What a correction wrote and what stood there before, step by step, so that an import that is taken back restores it. Null for
-- what the release before wrote: that is named to whoever takes the import back. Nothing personal stands in it.
ALTER TABLE "import_changes" ADD COLUMN "replaced" jsonb;--> statement-breakpoint
-- Why the platform has withdrawn a warning, in the words of the file or of whoever confirmed it. It may name a household, so it
-- is encrypted.
ALTER TABLE "import_withdrawals" ADD COLUMN "encrypted" bytea;--> statement-breakpoint
ALTER TABLE "import_withdrawals" ADD COLUMN "key_id" text;--> statement-breakpoint
create trigger key_in_force_insert after insert on import_withdrawals referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
create trigger key_in_force_update after update on import_withdrawals referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
-- Whoever confirms the file writes the reason.
grant update (encrypted, key_id) on import_withdrawals to duban_api;
