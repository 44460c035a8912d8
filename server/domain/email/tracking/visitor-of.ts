/** person; scanner: follows every link before a person sees the mail; proxy: loads every picture, whoever looks. */
export type Visitor = "person" | "scanner" | "proxy";

type Visit = {
  userAgent: string;
  /** Since a mail server took the mail; null where that is not known. */
  sinceAcceptedMs: number | null;
  isPicture: boolean;
};

/** Who came, as far as one visit tells. Several links at the same moment are judged where they are written down. */
export function visitorOf({ userAgent, sinceAcceptedMs, isPicture }: Visit): Visitor {
  const agent = userAgent.trim();
  // Apple's Mail Privacy Protection says exactly this and nothing more, at delivery, whether anybody reads or not.
  if (isPicture && (agent === "Mozilla/5.0" || pictureProxy.test(agent))) return "proxy";
  if (agent === "" || agent === "Mozilla/5.0" || machine.test(agent)) return isPicture ? "proxy" : "scanner";
  return sinceAcceptedMs !== null && sinceAcceptedMs < tooSoonMs ? "scanner" : "person";
}

/** Nobody gets, opens and follows a mail in this time. */
const tooSoonMs = 5_000;

const pictureProxy = /GoogleImageProxy|ggpht\.com|YahooMailProxy|YahooCacheSystem|Superhuman|Outlook-iOS-Proxy/i;

const machine =
  /bot\b|crawl|spider|preview|scan|barracuda|proofpoint|mimecast|safelinks|urldefense|symantec|cloudmark|fortinet|sophos|trendmicro|headless|phantom|python|curl|wget|libwww|okhttp|go-http|java\/|axios|node-fetch|httpclient/i;
