-- The secret address of somebody's calendar feed: one each, kept as a hash, made, renewed and removed by the gate as sessions are.
CREATE TABLE "calendar_feeds" (
	"person" text PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"created_wall" timestamp (3) with time zone NOT NULL,
	-- To a quarter of an hour.
	"used_wall" timestamp (3) with time zone,
	CONSTRAINT "calendar_feeds_token" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
alter table calendar_feeds enable row level security;--> statement-breakpoint
create policy workers on calendar_feeds to duban_worker using (true) with check (true);--> statement-breakpoint
create policy gate on calendar_feeds to duban_gate using (true) with check (true);--> statement-breakpoint
grant select, insert, update, delete on calendar_feeds to duban_gate;
