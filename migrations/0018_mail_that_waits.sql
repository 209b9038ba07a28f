-- Mail that waits, comes back or is held. A mail that waited is composed anew: the old one is `superseded`, or `moot` where
-- nothing in it is true any more.
ALTER TABLE "mails" DROP CONSTRAINT "mail_state";--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mail_state"
  CHECK ("mails"."state" in ('queued','sending','accepted','failed','archived','superseded','moot'));--> statement-breakpoint
-- Whom the server's last refusal was about, and since when it has not taken this mail.
ALTER TABLE "mails" ADD COLUMN "refusal_about" text;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "refused_wall" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mail_refusal_about"
  CHECK ("mails"."refusal_about" in ('us','reader','mail','unclear'));--> statement-breakpoint
-- A connection broke after the final dot: the server may have this mail, so it is never composed anew.
ALTER TABLE "mails" ADD COLUMN "maybe_delivered" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- A bounce came after the server had taken it.
ALTER TABLE "mails" ADD COLUMN "bounced_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "superseded_by" text;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_superseded_by_mails_id_fk"
  FOREIGN KEY ("superseded_by") REFERENCES "public"."mails"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- All mail of a county is held while the server refuses what concerns us: its login, our sender, our address. At most one row
-- a county; the first mail that is taken removes it.
CREATE TABLE "mail_holds" (
	"county" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"reply" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"since_wall" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mail_hold_reason" CHECK ("mail_holds"."reason" in ('login','sender','refused','alike'))
);
--> statement-breakpoint
ALTER TABLE "mail_holds" ADD CONSTRAINT "mail_holds_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What a route asks of the courier, which alone changes mails: to try again now, or to take note of a bounce. The courier takes
-- the row away.
CREATE TABLE "mail_orders" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"kind" text NOT NULL,
	"message_id" text,
	"reply" text,
	CONSTRAINT "mail_order_kind" CHECK ("mail_orders"."kind" in ('retry','bounce')),
	CONSTRAINT "mail_order_of_a_bounce" CHECK (("mail_orders"."kind" = 'bounce') = ("mail_orders"."message_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "mail_orders" ADD CONSTRAINT "mail_orders_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mail_orders_by_county" ON "mail_orders" USING btree ("county");--> statement-breakpoint
alter table mail_holds enable row level security;--> statement-breakpoint
alter table mail_orders enable row level security;--> statement-breakpoint
create policy workers on mail_holds to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on mail_orders to duban_worker using (true) with check (true);--> statement-breakpoint
grant select, insert, update, delete on mail_holds to duban_worker;--> statement-breakpoint
grant select, delete on mail_orders to duban_worker;--> statement-breakpoint
create policy adds on mail_orders for insert to duban_api
  with check (county = any ((select duban_list('duban.counties'))::text[]));--> statement-breakpoint
grant insert on mail_orders to duban_api;--> statement-breakpoint
grant usage on sequence mail_orders_id_seq to duban_api;--> statement-breakpoint
-- Answers by the owner's rights, without the content of any mail: what is held and how many mails wait (first page, /readyz,
-- /metrics), and which mail of one's own counties a bounce is about. Who keeps the relay reads no mail. The server's reply may
-- name an address, so no other county reads it.
create function duban_mail_holds() returns table (county text, reason text, reply text, since timestamptz, waiting bigint)
  language sql stable security definer set search_path = public
  as $$
    select h.county, h.reason, case when h.county = any (duban_list('duban.counties')) then h.reply end, h.since,
           (select count(*) from mails m where m.county = h.county and m.state in ('queued','sending'))
      from mail_holds h order by h.since_wall
  $$;--> statement-breakpoint
-- `tried`: the server may have had it, now or before; nothing else can come back.
create function duban_mail_of(message_id text) returns table (id text, county text, tried boolean, bounced_at timestamptz)
  language sql stable security definer set search_path = public
  as $$
    select m.id, m.county,
           m.state in ('sending','accepted') or m.state = 'queued' and (m.attempts > 0 or m.maybe_delivered),
           m.bounced_at from mails m
     where m.message_id = $1 and m.county = any (duban_list('duban.counties'))
  $$;--> statement-breakpoint
revoke execute on function duban_mail_holds, duban_mail_of from public;--> statement-breakpoint
grant execute on function duban_mail_holds, duban_mail_of to duban_api, duban_worker;
