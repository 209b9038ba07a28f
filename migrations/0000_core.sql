-- The facts of a county's year: offices and people, campaigns and phases, obligations with their turns and deadlines,
-- firings, notifications and mails, imports in staging, pokes and watches, and the clock every process reads.
CREATE TABLE "counties" (
	"office" text PRIMARY KEY NOT NULL,
	"hours" jsonb NOT NULL,
	"contact" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offices" (
	"code" text PRIMARY KEY NOT NULL,
	"parent" text,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"duties" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"absent_from" date,
	"absent_until" date,
	"substitute" text,
	CONSTRAINT "people_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "person_roles" (
	"person" text NOT NULL,
	"office" text NOT NULL,
	"role" text NOT NULL,
	"valid_from" date,
	"valid_until" date,
	CONSTRAINT "person_roles_person_office_role_pk" PRIMARY KEY("person","office","role")
);
--> statement-breakpoint
CREATE TABLE "calendar_overrides" (
	"day" date PRIMARY KEY NOT NULL,
	"working" boolean NOT NULL,
	"name" text NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clock" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"mode" text DEFAULT 'wall' NOT NULL,
	"business_at" timestamp (3) with time zone,
	"wall_anchor" timestamp (3) with time zone,
	"rate" double precision,
	CONSTRAINT "one_clock" CHECK ("clock"."id" = 1),
	CONSTRAINT "clock_mode" CHECK ("clock"."mode" in ('wall', 'rate', 'stepped'))
);
--> statement-breakpoint
CREATE TABLE "pokes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watches" (
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"relayed" bigint DEFAULT 0 NOT NULL,
	"answered" bigint DEFAULT 0 NOT NULL,
	"wake_at" timestamp (3) with time zone,
	"done" boolean DEFAULT false NOT NULL,
	"relayed_wall" timestamp (3) with time zone,
	"answered_wall" timestamp (3) with time zone,
	CONSTRAINT "watches_kind_subject_pk" PRIMARY KEY("kind","subject")
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"year" integer NOT NULL,
	"title" text NOT NULL,
	"template" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "campaigns_one_a_year" UNIQUE("county","year")
);
--> statement-breakpoint
CREATE TABLE "phases" (
	"campaign" text NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL,
	"ordinal" integer NOT NULL,
	"opens_on" date NOT NULL,
	"due_on" date NOT NULL,
	"clause" text NOT NULL,
	"items" jsonb NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"overridden_by" text,
	"override_reason" text,
	CONSTRAINT "phases_campaign_code_pk" PRIMARY KEY("campaign","code")
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"example" boolean NOT NULL,
	"rules" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "policies_one_version" UNIQUE("county","version")
);
--> statement-breakpoint
CREATE TABLE "assignments" (
	"id" text PRIMARY KEY NOT NULL,
	"obligation" text NOT NULL,
	"turn" text NOT NULL,
	"office" text NOT NULL,
	"person" text,
	"deadline" text NOT NULL,
	"start_on" date NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"due_on" date NOT NULL,
	"working_days" integer,
	"provisional" boolean NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "assignment_turn" CHECK ("assignments"."turn" in ('perform','review','redo'))
);
--> statement-breakpoint
CREATE TABLE "deadlines" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"county" text NOT NULL,
	"office" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"due_on" date NOT NULL,
	"rule" text NOT NULL,
	"policy" text NOT NULL,
	"obligation" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"joins" integer DEFAULT 1 NOT NULL,
	"silent_until" timestamp (3) with time zone,
	CONSTRAINT "deadlines_key" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"obligation" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"state" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"sealed_text" "bytea"
);
--> statement-breakpoint
CREATE TABLE "obligations" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"key" text,
	"external_id" text,
	"kind" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"title" text NOT NULL,
	"campaign" text,
	"phase" text,
	"office" text NOT NULL,
	"reviewer" text NOT NULL,
	"level" text,
	"cause" text,
	"key_group" text,
	"source" text,
	"start_on" date NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"due_on" date NOT NULL,
	"provisional" boolean NOT NULL,
	"policy" text NOT NULL,
	"acknowledged_at" timestamp (3) with time zone,
	"result" jsonb,
	"import_id" text,
	"content_hash" "bytea",
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "obligations_key" UNIQUE("key"),
	CONSTRAINT "obligation_state" CHECK ("obligations"."state" in ('open','submitted','returned','accepted','suspended','cancelled')),
	CONSTRAINT "obligation_level" CHECK ("obligations"."level" in ('red','orange','yellow')),
	CONSTRAINT "closed_has_a_time" CHECK (("obligations"."state" in ('accepted','cancelled')) = ("obligations"."closed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "subjects" (
	"obligation" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"id_no_index" "bytea",
	"phone_index" "bytea"
);
--> statement-breakpoint
CREATE TABLE "firings" (
	"deadline" text NOT NULL,
	"moment" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"fired_at" timestamp (3) with time zone NOT NULL,
	"joins" integer NOT NULL,
	"collapsed_into" text,
	"members" integer NOT NULL,
	"told" integer NOT NULL,
	CONSTRAINT "firings_deadline_moment_pk" PRIMARY KEY("deadline","moment")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" text PRIMARY KEY NOT NULL,
	"message_id" text NOT NULL,
	"county" text NOT NULL,
	"round" text NOT NULL,
	"person" text NOT NULL,
	"to_address" text NOT NULL,
	"subject" text NOT NULL,
	"text_body" text NOT NULL,
	"html_body" text NOT NULL,
	"headers" jsonb NOT NULL,
	"thread_id" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"reply" text,
	"composed_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"next_attempt_wall" timestamp (3) with time zone NOT NULL,
	"settled_wall" timestamp (3) with time zone,
	CONSTRAINT "mails_message_id" UNIQUE("message_id"),
	CONSTRAINT "mails_one_per_round" UNIQUE("round","person"),
	CONSTRAINT "mail_state" CHECK ("mails"."state" in ('queued','sending','accepted','failed','archived'))
);
--> statement-breakpoint
CREATE TABLE "not_reached" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"cause" text NOT NULL,
	"office" text NOT NULL,
	"role" text NOT NULL,
	"person" text,
	"reason" text NOT NULL,
	"passed_to" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "not_reached_key" UNIQUE NULLS NOT DISTINCT("cause","role","person")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"cause" text NOT NULL,
	"person" text NOT NULL,
	"kind" text NOT NULL,
	"deadline" text,
	"audience" jsonb,
	"detail" text,
	"urgent" boolean NOT NULL,
	"round_at" timestamp (3) with time zone NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"mail" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notifications_key" UNIQUE("cause","person"),
	CONSTRAINT "notification_state" CHECK ("notifications"."state" in ('queued','mailed','moot'))
);
--> statement-breakpoint
CREATE TABLE "rounds" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"urgent" boolean NOT NULL,
	"composed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_chunks" (
	"import" text NOT NULL,
	"seq" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "import_chunks_import_seq_pk" PRIMARY KEY("import","seq")
);
--> statement-breakpoint
CREATE TABLE "import_errors" (
	"import" text NOT NULL,
	"seq" integer NOT NULL,
	"row" integer NOT NULL,
	"column_name" text NOT NULL,
	"rule" text NOT NULL,
	"message" text NOT NULL,
	CONSTRAINT "import_errors_import_seq_pk" PRIMARY KEY("import","seq")
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"import" text NOT NULL,
	"row" integer NOT NULL,
	"key" text NOT NULL,
	"external_id" text NOT NULL,
	"office" text NOT NULL,
	"level" text NOT NULL,
	"cause" text,
	"key_group" text,
	"source" text,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"start_on" date NOT NULL,
	"content_hash" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"id_no_index" "bytea",
	"phone_index" "bytea",
	CONSTRAINT "import_rows_import_row_pk" PRIMARY KEY("import","row")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"filename" text NOT NULL,
	"bytes" integer NOT NULL,
	"dry_run" boolean NOT NULL,
	"silent" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'validating' NOT NULL,
	"encoding" text,
	"rows" integer DEFAULT 0 NOT NULL,
	"accepted" integer DEFAULT 0 NOT NULL,
	"duplicates" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"registered" integer DEFAULT 0 NOT NULL,
	"by_level" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"by_office" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"forecast" jsonb,
	"problem" jsonb,
	"undone" jsonb,
	"actor" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "import_state" CHECK ("imports"."state" in ('validating','validated','applying','applied','refused','cancelled','failed','undoing','undone'))
);
--> statement-breakpoint
CREATE TABLE "engine_state" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"status" integer,
	"body" jsonb,
	"location" text,
	"created_wall" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_actor_key_pk" PRIMARY KEY("actor","key")
);
--> statement-breakpoint
ALTER TABLE "counties" ADD CONSTRAINT "counties_office_offices_code_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offices" ADD CONSTRAINT "offices_parent_offices_code_fk" FOREIGN KEY ("parent") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_substitute_people_id_fk" FOREIGN KEY ("substitute") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_roles" ADD CONSTRAINT "person_roles_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_roles" ADD CONSTRAINT "person_roles_office_offices_code_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_county_offices_code_fk" FOREIGN KEY ("county") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phases" ADD CONSTRAINT "phases_campaign_campaigns_id_fk" FOREIGN KEY ("campaign") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_county_offices_code_fk" FOREIGN KEY ("county") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_obligation_obligations_id_fk" FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_office_offices_code_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_deadline_deadlines_id_fk" FOREIGN KEY ("deadline") REFERENCES "public"."deadlines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deadlines" ADD CONSTRAINT "deadlines_county_offices_code_fk" FOREIGN KEY ("county") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deadlines" ADD CONSTRAINT "deadlines_office_offices_code_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deadlines" ADD CONSTRAINT "deadlines_policy_policies_id_fk" FOREIGN KEY ("policy") REFERENCES "public"."policies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deadlines" ADD CONSTRAINT "deadlines_obligation_obligations_id_fk" FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_obligation_obligations_id_fk" FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_county_offices_code_fk" FOREIGN KEY ("county") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_campaign_campaigns_id_fk" FOREIGN KEY ("campaign") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_office_offices_code_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_reviewer_offices_code_fk" FOREIGN KEY ("reviewer") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_policy_policies_id_fk" FOREIGN KEY ("policy") REFERENCES "public"."policies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligations_phase" FOREIGN KEY ("campaign","phase") REFERENCES "public"."phases"("campaign","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subjects" ADD CONSTRAINT "subjects_obligation_obligations_id_fk" FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "firings" ADD CONSTRAINT "firings_deadline_deadlines_id_fk" FOREIGN KEY ("deadline") REFERENCES "public"."deadlines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_county_offices_code_fk" FOREIGN KEY ("county") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_round_rounds_id_fk" FOREIGN KEY ("round") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "not_reached" ADD CONSTRAINT "not_reached_county_offices_code_fk" FOREIGN KEY ("county") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "not_reached" ADD CONSTRAINT "not_reached_office_offices_code_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "not_reached" ADD CONSTRAINT "not_reached_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_county_offices_code_fk" FOREIGN KEY ("county") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_deadline_deadlines_id_fk" FOREIGN KEY ("deadline") REFERENCES "public"."deadlines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_mail_mails_id_fk" FOREIGN KEY ("mail") REFERENCES "public"."mails"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_county_offices_code_fk" FOREIGN KEY ("county") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_chunks" ADD CONSTRAINT "import_chunks_import_imports_id_fk" FOREIGN KEY ("import") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_errors" ADD CONSTRAINT "import_errors_import_imports_id_fk" FOREIGN KEY ("import") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_imports_id_fk" FOREIGN KEY ("import") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_county_offices_code_fk" FOREIGN KEY ("county") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "offices_by_parent" ON "offices" USING btree ("parent");--> statement-breakpoint
CREATE INDEX "watches_by_wake" ON "watches" USING btree ("wake_at") WHERE not done;--> statement-breakpoint
CREATE INDEX "watches_unanswered" ON "watches" USING btree ("relayed_wall") WHERE relayed > answered;--> statement-breakpoint
CREATE INDEX "phases_unclosed" ON "phases" USING btree ("campaign","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_one_open" ON "assignments" USING btree ("obligation") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "assignments_open_by_deadline" ON "assignments" USING btree ("deadline") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "assignments_open_by_due" ON "assignments" USING btree ("due_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "assignments_by_obligation" ON "assignments" USING btree ("obligation");--> statement-breakpoint
CREATE INDEX "events_by_obligation" ON "events" USING btree ("obligation","id");--> statement-breakpoint
CREATE INDEX "obligations_by_due" ON "obligations" USING btree ("county","due_at","id");--> statement-breakpoint
CREATE INDEX "obligations_by_office_due" ON "obligations" USING btree ("office","due_at","id");--> statement-breakpoint
CREATE INDEX "obligations_by_issue" ON "obligations" USING btree ("county","issued_at","id");--> statement-breakpoint
CREATE INDEX "obligations_by_phase" ON "obligations" USING btree ("campaign","phase","state");--> statement-breakpoint
CREATE INDEX "obligations_by_external_id" ON "obligations" USING btree ("external_id");--> statement-breakpoint
CREATE INDEX "obligations_by_import" ON "obligations" USING btree ("import_id") WHERE import_id is not null;--> statement-breakpoint
CREATE INDEX "subjects_by_id_no" ON "subjects" USING btree ("id_no_index");--> statement-breakpoint
CREATE INDEX "subjects_by_phone" ON "subjects" USING btree ("phone_index");--> statement-breakpoint
CREATE INDEX "mails_unsent" ON "mails" USING btree ("county","next_attempt_wall") WHERE state in ('queued','sending');--> statement-breakpoint
CREATE INDEX "mails_by_time" ON "mails" USING btree ("composed_at","id");--> statement-breakpoint
CREATE INDEX "not_reached_by_time" ON "not_reached" USING btree ("county","at");--> statement-breakpoint
CREATE INDEX "notifications_queued" ON "notifications" USING btree ("county","round_at") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "notifications_by_mail" ON "notifications" USING btree ("mail");--> statement-breakpoint
CREATE INDEX "notifications_by_deadline" ON "notifications" USING btree ("deadline");--> statement-breakpoint
CREATE INDEX "rounds_by_time" ON "rounds" USING btree ("county","at");--> statement-breakpoint
CREATE INDEX "import_rows_by_key" ON "import_rows" USING btree ("import","key");