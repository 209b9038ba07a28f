-- Changes and refused rows that were encrypted under a key which was destroyed meanwhile are refused, as everywhere
-- (migrations/0003_keys_in_force.sql).
create trigger key_in_force_insert after insert on import_changes referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
create trigger key_in_force_update after update on import_changes referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
create trigger key_in_force_insert after insert on import_refused referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
create trigger key_in_force_update after update on import_refused referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');
