-- Sign-in, API keys, wrapped data keys, reveals, and the audit trail with its seals.
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"prefix" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"name" text NOT NULL,
	"office" text NOT NULL,
	"permissions" jsonb NOT NULL,
	"personal" boolean DEFAULT false NOT NULL,
	"created_by" text NOT NULL,
	"created_wall" timestamp (3) with time zone NOT NULL,
	"expires_wall" timestamp (3) with time zone,
	"last_used_wall" timestamp (3) with time zone,
	"revoked_wall" timestamp (3) with time zone,
	CONSTRAINT "api_keys_secret" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "audit_blocks" (
	"stream" text NOT NULL,
	"number" bigint NOT NULL,
	"first_id" bigint NOT NULL,
	"last_id" bigint NOT NULL,
	"count" integer NOT NULL,
	"entries" "bytea" NOT NULL,
	"previous" "bytea" NOT NULL,
	"mac" "bytea" NOT NULL,
	"sealed_wall" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "audit_blocks_stream_number_pk" PRIMARY KEY("stream","number")
);
--> statement-breakpoint
CREATE TABLE "audit_checkpoints" (
	"stream" text PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"through_id" bigint NOT NULL,
	"mac" "bytea" NOT NULL,
	"seal" "bytea" NOT NULL,
	"pruned_wall" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"at_wall" timestamp (3) with time zone NOT NULL,
	"county" text,
	"actor" text NOT NULL,
	"behalf" text,
	"address" text,
	"action" text NOT NULL,
	"subject" text,
	"outcome" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"request_id" text,
	CONSTRAINT "audit_outcome" CHECK ("audit_events"."outcome" in ('done','refused'))
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"stream" text NOT NULL,
	"number" bigint NOT NULL,
	"mac" "bytea" NOT NULL,
	"published_wall" timestamp (3) with time zone NOT NULL,
	"to_address" text,
	CONSTRAINT "audit_heads_stream_number_pk" PRIMARY KEY("stream","number")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"person" text PRIMARY KEY NOT NULL,
	"password_hash" text,
	"totp_sealed" "bytea",
	"totp_key_id" text,
	"totp_confirmed_wall" timestamp (3) with time zone,
	"totp_last_step" bigint,
	"changed_wall" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "data_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"state" text NOT NULL,
	"created_wall" timestamp (3) with time zone NOT NULL,
	"activated_tx" "xid8",
	CONSTRAINT "data_key_purpose" CHECK ("data_keys"."purpose" in ('data','index')),
	CONSTRAINT "data_key_state" CHECK ("data_keys"."state" in ('active','retiring','retired'))
);
--> statement-breakpoint
CREATE TABLE "login_links" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"purpose" text NOT NULL,
	"created_wall" timestamp (3) with time zone NOT NULL,
	"expires_wall" timestamp (3) with time zone NOT NULL,
	"used_wall" timestamp (3) with time zone,
	CONSTRAINT "link_purpose" CHECK ("login_links"."purpose" in ('first-password','reset'))
);
--> statement-breakpoint
CREATE TABLE "reveals" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"obligation" text NOT NULL,
	"sealed_reason" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"at_wall" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"person" text NOT NULL,
	"via" text NOT NULL,
	"address" text,
	"agent" text,
	"created_wall" timestamp (3) with time zone NOT NULL,
	"seen_wall" timestamp (3) with time zone NOT NULL,
	"expires_wall" timestamp (3) with time zone NOT NULL,
	"second_factor_wall" timestamp (3) with time zone,
	CONSTRAINT "sessions_token" UNIQUE("token_hash"),
	CONSTRAINT "session_via" CHECK ("sessions"."via" in ('password','demo','link'))
);
--> statement-breakpoint
CREATE TABLE "throttles" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_wall" timestamp (3) with time zone NOT NULL,
	"blocked_until_wall" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "disabled_wall" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "key_id" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "subjects" ADD COLUMN "index_key_id" text;--> statement-breakpoint
ALTER TABLE "subjects" ADD COLUMN "anonymised_wall" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "import_chunks" ADD COLUMN "key_id" text;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "index_key_id" text;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_office_offices_code_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "login_links" ADD CONSTRAINT "login_links_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reveals" ADD CONSTRAINT "reveals_obligation_obligations_id_fk" FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_by_subject" ON "audit_events" USING btree ("subject","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_events" USING btree ("actor","id");--> statement-breakpoint
CREATE INDEX "reveals_by_person" ON "reveals" USING btree ("person","at_wall");--> statement-breakpoint
CREATE INDEX "sessions_by_person" ON "sessions" USING btree ("person");