/** Where browsers tell what a Content-Security-Policy of ours made them refuse. */
export const reportPath = "/api/csp-reports";

/** Its name in `Reporting-Endpoints` and in the policy. */
export const reportGroup = "csp";
