-- What was not understood of a row that is registered all the same: [{"column", "message"}], null for most rows. Nothing personal
-- stands in it. With the row it becomes a fact of the obligation.
ALTER TABLE "import_rows" ADD COLUMN "remarks" jsonb;
--> statement-breakpoint
-- How many rows are registered with a remark. The remarks themselves stand in import_errors under the rule `remark`.
ALTER TABLE "imports" ADD COLUMN "remarked" integer DEFAULT 0 NOT NULL;
