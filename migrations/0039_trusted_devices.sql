-- A session on a device that its owner trusts: it lasts for thirty days without a pause that ends it. After a working day it keeps
-- the rights of daily work alone (services/access/trusted-device.ts).
ALTER TABLE "sessions" ADD COLUMN "trusted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "session_trusted_by_password" CHECK (not "sessions"."trusted" or "sessions"."via" = 'password');
