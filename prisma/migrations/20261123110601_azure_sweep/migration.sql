-- The sweeper closes calls of which only the intent is known: which deployment one named follows from its key's upstream.
GRANT SELECT ("tenant_id", "id", "upstream") ON "provider_credential" TO domicile_worker;
