-- A boot whose intents lay in a gateway's spool while the store was away. Written once, with the boot; what the sweeper
-- closes of it is marked as a gap.
ALTER TABLE "gateway_boot" ADD COLUMN "spooled" BOOLEAN NOT NULL DEFAULT false;
