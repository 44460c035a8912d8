import { foldWord } from "./fold-word.ts";

const languageTags = ["en", "es", "pt", "de", "fr", "hi"];
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");

const cities =
  "london|paris|berlin|madrid|barcelona|lisbon|lisboa|porto|vienna|wien|zurich|zürich|geneva|genève|genf|munich|münchen|hamburg|köln|cologne|frankfurt|stuttgart|düsseldorf|leipzig|dresden|bremen|hannover|nürnberg|essen|dortmund|bonn|bern|basel|salzburg|graz|lyon|marseille|toulouse|nice|nantes|bordeaux|lille|strasbourg|montpellier|rennes|brussels|bruxelles|montréal|montreal|québec|quebec|toronto|vancouver|new york|los angeles|chicago|houston|miami|dallas|austin|boston|seattle|san francisco|san diego|california|texas|florida|mexico city|ciudad de méxico|cdmx|guadalajara|monterrey|puebla|tijuana|cancún|mérida|querétaro|toluca|león|oaxaca|chiapas|jalisco|bogotá|medellín|cali|barranquilla|cartagena|lima|arequipa|quito|guayaquil|santiago|valparaíso|buenos aires|córdoba|rosario|mendoza|la plata|salta|montevideo|asunción|la paz|caracas|san josé|sevilla|valencia|zaragoza|málaga|bilbao|murcia|granada|alicante|são paulo|sp|rj|rio|rio de janeiro|belo horizonte|brasília|salvador|fortaleza|curitiba|recife|porto alegre|manaus|belém|goiânia|campinas|florianópolis|bahia|minas|minas gerais|paraná|ceará|delhi|new delhi|mumbai|bangalore|bengaluru|chennai|kolkata|hyderabad|pune|ahmedabad|jaipur|lucknow|surat|kanpur|nagpur|indore|bhopal|patna|gurgaon|gurugram|noida|kerala|gujarat|punjab|दिल्ली|मुंबई|पुणे|जयपुर|लखनऊ|कानपुर|इंदौर|भोपाल|पटना|कोलकाता|बेंगलुरु|चेन्नई|हैदराबाद|usa|us|uk|uae|dubai|europe|europa|asia|africa|america|latam|england|scotland|germany|holland|bavaria|bayern";

/** Countries in the six languages, and large cities: "Ana from Mexico" names no company. Folded, words joined by a space. */
export const places: Set<string> = new Set([...cities.split("|"), ...countryNames()].map(foldPlace));

function countryNames(): string[] {
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return languageTags.flatMap((tag) => {
    const names = new Intl.DisplayNames([tag], { type: "region", fallback: "none" });
    return codes.flatMap((code) => names.of(code) ?? []);
  });
}

function foldPlace(place: string): string {
  return place.split(" ").map(foldWord).join(" ");
}
