-- Rows that are mended once the good ones of their import are registered go as an import of their own: which import they are of, and which of its rows.
-- Null: any other file, and whatever the release before writes.
ALTER TABLE "imports" ADD COLUMN "mends" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "mends_rows" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_mends_imports_id_fk" FOREIGN KEY ("mends") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What became of the rows of one: its page and each line of the history ask.
CREATE INDEX "imports_by_mends" ON "imports" USING btree ("mends") WHERE mends is not null;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "import_mends_are_whole" CHECK (num_nulls("imports"."mends", "imports"."mends_rows") in (0, 2));
