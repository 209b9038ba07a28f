-- A key is made known to every process before it seals ('next'), and one key of each purpose is in force at a time.
ALTER TABLE "data_keys" DROP CONSTRAINT "data_key_state";--> statement-breakpoint
CREATE UNIQUE INDEX "data_keys_one_active" ON "data_keys" USING btree ("purpose") WHERE state = 'active';--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_key_state" CHECK ("data_keys"."state" in ('next','active','retiring','retired'));--> statement-breakpoint
-- A process that slept through a whole rotation still holds the old key in its memory. What it sealed under a key that was
-- destroyed meanwhile could never be opened again: it is refused. Arguments: the columns that name a key.
create function duban_key_in_force() returns trigger language plpgsql as $$
declare
  columns text := (select string_agg(format('n.%I', name), ', ') from unnest(tg_argv) name);
  destroyed text;
begin
  execute format('select k.id from data_keys k where k.state = ''retired'' and exists (select from fresh n where k.id in (%s)) limit 1', columns)
    into destroyed;
  if destroyed is not null then
    raise exception 'key % was retired', destroyed using errcode = 'object_not_in_prerequisite_state';
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger key_in_force after insert on subjects referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id', 'index_key_id');
--> statement-breakpoint
create trigger key_in_force after insert on import_rows referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id', 'index_key_id');
--> statement-breakpoint
create trigger key_in_force after insert on import_chunks referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');
--> statement-breakpoint
create trigger key_in_force after insert on events referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');
--> statement-breakpoint
create trigger key_in_force after insert on reveals referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');
--> statement-breakpoint
create trigger key_in_force after insert on credentials referencing new table as fresh
  for each statement execute function duban_key_in_force('totp_key_id');
--> statement-breakpoint
create trigger key_in_force_when_changed after update on credentials referencing new table as fresh
  for each statement execute function duban_key_in_force('totp_key_id');
