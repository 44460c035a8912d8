import { foldDigits } from "../../../shared/phone/fold-digits.ts";

const invisible = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;
const otherDots = /[。｡]/g;

const withScheme = /(?:[a-z][a-z\d+.-]*:\/\/|mailto:|tel:|www\.)[^\s)\]]+/g;
const mail = /[\p{L}\d_.+-]+@[\p{L}\d-]+\.[\p{L}\d.-]+/gu;
const withPath = /(?:[\p{L}\d-]+\.)+[\p{L}\d]{2,}\/[^\s)\]]+|(?:\d{1,3}\.){3}\d{1,3}/gu;
// What stands without space behind a full stop is a domain in lower case ("evil.it"), and a new sentence else ("done.It is").
const bareCountry =
  /(?<![\p{L}\p{N}@_-])(?:(?=[\p{N}_-]*\p{L})[\p{L}\p{N}-]+\.)+(?:\p{Ll}{2}|xn--[a-z\d-]+)(?![\p{L}\p{N}-])/gu;
const bareGeneric =
  /(?:[\p{L}\d-]+\.)+(?:com|net|org|info|biz|app|dev|xyz|shop|online|site|website|top|club|link|click|live|store|tech|cloud|page|web|pro|vip|fun|icu|space|blog|news|work|one|win|bid|loan|money|bank|cash|pay|chat|team|group|agency|digital|example|test)(?![\p{L}\p{N}-])/gu;

const regions = new Intl.DisplayNames(["en"], { type: "region" });

const currency = "(?:[$€£₹¥]|eur|usd|inr|brl|mxn|gbp|chf|rs\\.?|r\\$)";
const amount = "\\d{1,3}(?:[ .,]\\d{3})*(?:[.,]\\d{1,2})?";
/** Figures that look like a number to call and are none. */
const figures = [
  /(?<![\d.])\d{4}-\d{1,2}-\d{1,2}(?!\d)/g,
  /(?<![\d.])\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?![\d]|[./-]\d)/g,
  /(?<![\d.])\d{1,2}[.:]\d{2}(?!\d|\.\d)/g,
  /(?<!\d)(?:19|20)\d{2}\s?[-–/]\s?(?:19|20)\d{2}(?!\d)/g,
  new RegExp(`${currency}\\s?${amount}(?!\\d|[ .,-]\\d)`, "g"),
  new RegExp(`(?<!\\d|\\d[ .,-])${amount}\\s?${currency}`, "g"),
  /(?<!\d|\d[ .,-])\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d|[ .,-]\d)/g,
];
const callable = /\d[\d\s().\u2013/-]*\d/g;
const fewestDigits = 7;

/** Whether a text leads to a site, an address or a number that does not stand in what was given. */
export function hasForeignContact(text: string, given: string): boolean {
  const [said, known] = [plain(text), plain(given)];
  const numbers = numbersIn(known);
  return linksIn(said).some((link) => !standsIn(known, link)) || numbersIn(said).some((one) => !isAmong(numbers, one));
}

function plain(text: string): string {
  return foldDigits(text.replace(invisible, "").normalize("NFKC").replace(otherDots, "."));
}

function linksIn(text: string): string[] {
  const lower = text.toLowerCase();
  const found = [withScheme, mail, withPath, bareGeneric].flatMap((pattern) => lower.match(pattern) ?? []);
  const shouted = text.toUpperCase() === text ? lower : "";
  const bare = [text, shouted].flatMap((one) => one.match(bareCountry) ?? []).filter(endsWithCountry);
  return [...found, ...bare].map((link) => link.toLowerCase().replace(/[.,;:!?]+$/, ""));
}

// "Node.js" ends with no country.
function endsWithCountry(link: string): boolean {
  const ending = (link.split(".").at(-1) ?? "").toUpperCase();
  return !/^[A-Z]{2}$/.test(ending) || regions.of(ending) !== ending;
}

/** As a whole: not the beginning of a longer path, nor the end of another name. */
function standsIn(given: string, link: string): boolean {
  const escaped = link.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}@_-])${escaped}(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])`, "iu").test(given);
}

function numbersIn(text: string): string[] {
  const rest = figures.reduce((left, figure) => left.replace(figure, " | "), text.toLowerCase());
  const found = (rest.match(callable) ?? []).map((number) => number.replace(/\D/g, ""));
  return found.filter((digits) => digits.length >= fewestDigits);
}

// "030 …" and "+49 30 …" are one number.
function isAmong(given: string[], digits: string): boolean {
  const national = digits.replace(/^0+/, "");
  return national.length >= fewestDigits - 1 && given.some((number) => number.endsWith(national));
}
