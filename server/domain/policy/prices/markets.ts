/** Regions of WhatsApp's rate card, for the countries that have no row of their own. By country, not by number prefix. */
const regions: Record<string, string> = {
  north_america: "US CA",
  rest_of_africa:
    "DZ AO BJ BW BF BI CM TD CG CI ER ET GA GM GH GN GW KE LS LR LY MG MW ML MR MA MZ NA NE RW SN SL SO SS SD SZ TZ TG TN UG ZM ZW",
  rest_of_asia_pacific: "AF AU BD KH CN HK JP LA MN NP NZ PG PH SG LK TW TJ TH TM UZ VN",
  rest_of_central_eastern_europe: "AL AM AZ BY BG HR CZ GE GR HU LV LT MD MK PL RO RS SK SI UA",
  rest_of_latin_america:
    "AI AG AW BS BB BZ BM BO VG KY CR DM DO EC SV GD GT GY HT HN JM NI PA PY PR KN LC VC SR TT TC UY VE",
  rest_of_middle_east: "BH IQ JO KW LB OM QA YE",
  rest_of_western_europe: "AD AT BE DK FI IE LI LU MC NO PT SM SE CH",
};

const regionOfCountry = new Map(
  Object.entries(regions).flatMap(([region, countries]) => countries.split(" ").map((country) => [country, region])),
);

export const regionNames = Object.keys(regions);

/** Where to look for a price, the nearest first: the country, its region, everywhere else. */
export function marketsOf(country: string | null): string[] {
  if (country === null) return ["*"];
  const region = regionOfCountry.get(country);
  return region === undefined ? [country, "*"] : [country, region, "*"];
}
