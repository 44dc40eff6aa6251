/** Remembers `narrow` or `wide` navigation, so that the server draws the page as it was left. No secret. */
export const navCookie = "domicile-nav";
