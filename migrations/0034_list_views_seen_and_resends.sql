-- Views of the work list: a question of the list under a name, of one person, or shared with whoever reads of an office. The
-- question is one of GET /v1/obligations, checked when it is kept; a view whose words no longer hold is refused when it is asked.
CREATE TABLE "list_views" (
	"id" text PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"office" text,
	"name" text NOT NULL,
	"query" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "list_view_name" CHECK (length("list_views"."name") between 1 and 40)
);
--> statement-breakpoint
ALTER TABLE "list_views" ADD CONSTRAINT "list_views_office_offices_code_fk"
  FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Somebody's views have different names. Also read by it (services/obligations/list-views.ts).
CREATE UNIQUE INDEX "list_views_by_person" ON "list_views" USING btree ("person","name");--> statement-breakpoint
CREATE INDEX "list_views_by_office" ON "list_views" USING btree ("office") WHERE "list_views"."office" is not null;--> statement-breakpoint
-- At which version somebody last looked at an obligation. What was never looked at has no row.
CREATE TABLE "seen_obligations" (
	"person" text NOT NULL,
	"obligation" text NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "seen_obligations_person_obligation_pk" PRIMARY KEY("person","obligation")
);
--> statement-breakpoint
ALTER TABLE "seen_obligations" ADD CONSTRAINT "seen_obligations_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
alter table list_views enable row level security;--> statement-breakpoint
alter table seen_obligations enable row level security;--> statement-breakpoint
-- One's own, to be kept and dropped; shared only with an office one reads of.
create policy own_views on list_views to duban_api using (person = current_setting('duban.person', true))
  with check (person = current_setting('duban.person', true)
    and (office is null or office = any ((select duban_list('duban.offices'))::text[])));--> statement-breakpoint
create policy shared_views on list_views for select to duban_api
  using (office = any ((select duban_list('duban.offices'))::text[]));--> statement-breakpoint
-- Shared ones of a county are tidied by whoever manages its accounts, by way of the gate: their owner may have left.
create policy reads_shared on list_views for select to duban_gate using (office is not null);--> statement-breakpoint
create policy drops_shared on list_views for delete to duban_gate using (
  exists (select from unnest(duban_list('duban.counties')) county where office = county or office ^@ (county || '.')));--> statement-breakpoint
create policy own_marks on seen_obligations to duban_api using (person = current_setting('duban.person', true))
  with check (person = current_setting('duban.person', true)
    and exists (select from obligations o where o.id = obligation));--> statement-breakpoint
grant select, insert, delete on list_views to duban_api;--> statement-breakpoint
grant select, delete on list_views to duban_gate;--> statement-breakpoint
grant select, insert, update on seen_obligations to duban_api;--> statement-breakpoint
-- A route may also ask the courier to send one mail anew that did not arrive.
ALTER TABLE "mail_orders" DROP CONSTRAINT "mail_order_kind";--> statement-breakpoint
ALTER TABLE "mail_orders" ADD CONSTRAINT "mail_order_kind"
  CHECK ("mail_orders"."kind" in ('retry','bounce','resend'));--> statement-breakpoint
ALTER TABLE "mail_orders" DROP CONSTRAINT "mail_order_of_a_bounce";--> statement-breakpoint
ALTER TABLE "mail_orders" ADD CONSTRAINT "mail_order_of_one_mail"
  CHECK (("mail_orders"."kind" <> 'retry') = ("mail_orders"."message_id" is not null));
