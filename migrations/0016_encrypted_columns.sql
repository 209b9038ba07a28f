-- A value under a data key is encrypted; only the chain of the trail is sealed. The columns take the word, and nothing else
-- changes: the bytes, the keys that are named beside them and the context they were encrypted for stay as they are.
-- Row security, grants, triggers and the trail's functions name none of these columns, so none is written anew.
ALTER TABLE "subjects" RENAME COLUMN "sealed" TO "encrypted";
--> statement-breakpoint
ALTER TABLE "import_chunks" RENAME COLUMN "sealed" TO "encrypted";
--> statement-breakpoint
ALTER TABLE "import_rows" RENAME COLUMN "sealed" TO "encrypted";
--> statement-breakpoint
ALTER TABLE "events" RENAME COLUMN "sealed_text" TO "encrypted_text";
--> statement-breakpoint
ALTER TABLE "reveals" RENAME COLUMN "sealed_reason" TO "encrypted_reason";
--> statement-breakpoint
ALTER TABLE "credentials" RENAME COLUMN "totp_sealed" TO "totp_encrypted";
