/** How long calls go on without evidence is the deployment's to set (`DOMICILE_SPOOL_MINUTES`), not the policy's. */
export const spoolTime = "as long as the deployment sets (15 minutes unless set otherwise, 60 at most)";
