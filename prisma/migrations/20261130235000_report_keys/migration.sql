-- A report says what the project behind each key is bound to: the worker reads what a key is called and when it was in use.
GRANT SELECT ("label", "kind", "created_at", "revoked_at") ON "provider_credential" TO domicile_worker;
