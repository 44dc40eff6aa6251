-- The worker holds every row that the ledger speaks of against its entry; of the deployment's events it could only write.
GRANT SELECT ON "system_event" TO domicile_worker;
