/** Where a tenant's id would stand, for the log of the deployment itself: the nil UUID (RFC 9562), which is no tenant's. */
export const systemLogId = "00000000-0000-0000-0000-000000000000";
