import type { ReportClass } from "../../../domain/mail-intake/mail-report.ts";
import type { FailureSign } from "./failure-sign.ts";

type Verdict = Exclude<ReportClass, "complaint">;

/**
 * What a failure means. The words count before the code, because many servers answer 5.0.0 or 5.1.1 to everything; a full mailbox and a shut
 * account are told apart before the rest, as their sentences also contain "rejected" and "blocked".
 */
export function classOf(
  { action, status, diagnostic }: Omit<FailureSign, "recipient" | "original">,
  prose: string,
): Verdict {
  if (action === "delayed") return "delayed";
  if (action === "delivered" || action === "relayed" || action === "expanded") return "delivered";
  const said = withoutNames(diagnostic);
  const told = said === "" ? withoutNames(prose) : said;
  const code = codeIn(diagnostic) ?? status ?? codeIn(prose);
  // Whatever is said beside these: the sender's own address was not accepted.
  if (code === "5.1.7" || code === "5.1.8") return "policy";
  return wordsOf(told, code) ?? codeVerdict(code) ?? wordsOf(withoutNames(prose), code) ?? "soft";
}

/** An enhanced status (RFC 3463) in a server's words. */
export function codeIn(text: string): string | null {
  const codes = [...text.matchAll(/(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/g)].map(([, code]) => code ?? "");
  // x.0.0 says nothing; a later one may say more.
  return codes.find((code) => !code.endsWith(".0.0")) ?? codes[0] ?? null;
}

const full =
  /(mailbox|mailfolder|mail ?box|folder|account|user)\W+(?:\w+\W+){0,3}full\b|(?<!relay )over ?quota|quota exceed|exceeded.{0,20}(quota|storage)|insufficient (disk|storage)|一杯/i;
const later =
  /temporar|malformed or unexpected|connection (reset|timed out)|try again later|try later|too many (recipients|connections)|rate limit|deferred/i;
const shut =
  /(account|mailbox|user|recipient address)\W+(?:\w+\W+){0,8}(disabled|inactive|suspended|deactivated|closed|est bloque|is blocked|is locked)|disabled (user|recipient)|5\.7\.13/i;
const senderRefused =
  /spam|\bube\b|unsolicited|virus|black ?list|block ?list|dnsbl|\brbl\b|\bblocked\b|\babuse\b|reputation|dmarc|\bspf\b|dkim|unauthenticated|authentication (information|required|checks|failed)|multiple authentication|\bpolic(y|ies)\b|\bptr\b|reverse dns|not allowed to send|relay(ing)? (access )?(denied|not)|(unable to|no) relay|sender (address )?(rejected|refused|denied)|domain of sender|invalid domain name|content (was )?rejected|header error|duplicate header|headers? too large|too large|access denied|client host rejected|denied by|insufficient permission|not accepted due|rejected due to|sender preferences|recipient preferences|permits \d+ unverifiable|weren't sent|not accepting (connections|mail from)|no smtp service|\bIP=\d|\(BL\)|filter|(daily|relay) quota|from a different address/i;
const nobody =
  /user (is )?unknown|unknown (user|recipient)|unknown or illegal|no such (user|domain|mailbox|address|recipient|local|person)|(user|recipient|address|account|mailbox|member|group)( \w+)? not (found|listed|recogni[sz]ed|known|exist)|not listed in|mailbox (not found|unavailable)|recipient (not found|invalid|unknown|name is not)|recipnotfound|does(n't| not) (have an? |exist)|(invalid|bad) (address|recipient|mailbox|final delivery)|adresse.{0,20}invalide|host unknown|host not found|host or domain name not found|domain (not found|does not exist|name not)|couldn't find any host|no mx record|nxdomain|code noerror|recipient no longer|not our customer|does not accept mail|domain is not reachable|no valid recipients|unrouteable|possibly incorrect|address is correct|address rejected\b(?!:)|userid|見つからない|見つかりません/i;

function wordsOf(text: string, code: string | null): Verdict | undefined {
  if (text === "") return undefined;
  if (full.test(text)) return "soft";
  if (shut.test(text) && !later.test(text)) return "hard";
  // Exchange Online's way of saying that nobody has this address.
  if (code === "5.4.1" && /recipient address(es)? rejected/i.test(text)) return "hard";
  if (/nxdomain|code noerror/i.test(text)) return "hard";
  const isTemporary = later.test(text) || (code?.startsWith("4.") === true && !/\b5\d\d[ -]/.test(text));
  if (isTemporary) return "soft";
  // A refusal that names both is about the sender only where it does not say that the person is unknown.
  if (nobody.test(text)) return isAboutSender(text) ? "policy" : "hard";
  return senderRefused.test(text) ? "policy" : undefined;
}

function isAboutSender(text: string): boolean {
  return /domain of sender|sender (address )?rejected|relay|spf\b/i.test(text);
}

function codeVerdict(code: string | null): Verdict | undefined {
  if (code === null || code.endsWith(".0.0")) return undefined;
  if (code.startsWith("4.")) return "soft";
  if (/^5\.(1\.\d+|2\.1|4\.4|7\.13)$/.test(code)) return "hard";
  return /^5\.[67]\./.test(code) ? "policy" : undefined;
}

// Addresses and links are full of words: "user-unknown@…", "…/reason/#blocked".
function withoutNames(text: string): string {
  return text
    .replace(/https?:\/\/\S+/gi, " ")
    .replace(/<?[^\s<>"'(),:;[\]\\]+@[^\s<>"'(),:;[\]\\]+>?/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
