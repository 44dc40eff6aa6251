/** True for the officially assigned codes of ISO 3166-1 alpha-2 (249), upper case. Not for `EU`, `UK`, `XX` or `ZZ`. */
export function isCountryCode(code: string): boolean {
  return assigned.has(code);
}

/**
 * What is wrong with codes that people write for countries, in a sentence with the right one where it is plain; null where
 * each of them is one. The United Kingdom is GB (UK is merely reserved), and the Union is no country.
 */
export function unknownCountries(codes: readonly string[]): string | null {
  const unknown = codes.filter((code) => !isCountryCode(code));
  if (unknown.length === 0) return null;
  const hints = unknown.flatMap((code) => meant.get(code) ?? []);
  return [`No country has the code ${unknown.join(", ")}.`, ...hints].join(" ");
}

const meant: ReadonlyMap<string, string> = new Map([
  ["UK", "The United Kingdom is GB, not UK."],
  ["EU", "Name the countries of the European Union one by one."],
]);

const assigned: ReadonlySet<string> = new Set(
  `
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW
    BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN
    IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
    MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE
    YT ZA ZM ZW
  `
    .trim()
    .split(/\s+/),
);
