import { type ScoreBand, type ScoreFactor, scoringRules } from "./scoring-rules.ts";

export type LeadFacts = {
  hasEmail: boolean;
  hasCompany: boolean;
  hasPosition: boolean;
  /** Days on which the person wrote. */
  messageDays: number;
  conversations: number;
  /** How long the person takes to answer us; null when there was nothing to answer. */
  medianReplySeconds: number | null;
  askedPricing: boolean;
  requestedDemo: boolean;
  downloadedResources: boolean;
};

export type LeadScore = {
  score: number;
  band: ScoreBand;
  /** Every factor, with 0 where it doesn't hold. */
  breakdown: Record<ScoreFactor, number>;
  reasons: Record<ScoreFactor, string>;
};

type Finding = { holds: boolean; reason: string };

/** The document's eight factors, their sum capped at 100. */
export function scoreLead(facts: LeadFacts): LeadScore {
  const findings = findingsOf(facts);
  const breakdown: Record<ScoreFactor, number> = {
    email: points("email", findings),
    company: points("company", findings),
    position: points("position", findings),
    multiple_conversations: points("multiple_conversations", findings),
    quick_response: points("quick_response", findings),
    asked_pricing: points("asked_pricing", findings),
    requested_demo: points("requested_demo", findings),
    downloaded_resources: points("downloaded_resources", findings),
  };
  const sum = Object.values(breakdown).reduce((total, value) => total + value, 0);
  const score = Math.min(sum, scoringRules.highestScore);
  return { score, band: bandOf(score), breakdown, reasons: reasonsOf(findings) };
}

/** 90–100 hot, 50–89 qualified, below cold. */
export function bandOf(score: number): ScoreBand {
  if (score >= scoringRules.hotFrom) return "hot";
  return score >= scoringRules.qualifiedFrom ? "qualified" : "cold";
}

function findingsOf(facts: LeadFacts): Record<ScoreFactor, Finding> {
  return {
    email: finding(facts.hasEmail, "E-mail address known", "No e-mail address"),
    company: finding(facts.hasCompany, "Company known", "Company not known"),
    position: finding(facts.hasPosition, "Job position known", "Job position not known"),
    multiple_conversations: conversationFinding(facts),
    quick_response: replyFinding(facts.medianReplySeconds),
    asked_pricing: finding(facts.askedPricing, "Asked about pricing", "Has not asked about pricing"),
    requested_demo: finding(facts.requestedDemo, "Requested a demo", "Has not requested a demo"),
    downloaded_resources: finding(facts.downloadedResources, "Took resources", "Has taken no resources"),
  };
}

function conversationFinding({ messageDays, conversations }: LeadFacts): Finding {
  const holds = messageDays >= scoringRules.leastMessageDays || conversations >= scoringRules.leastConversations;
  return { holds, reason: `Messages on ${counted(messageDays, "day")} in ${counted(conversations, "conversation")}` };
}

function replyFinding(seconds: number | null): Finding {
  if (seconds === null) return { holds: false, reason: "Has not replied to us yet" };
  const minutes = counted(Math.max(1, Math.round(seconds / 60)), "minute");
  return { holds: seconds <= scoringRules.quickReplySeconds, reason: `Usually replies within ${minutes}` };
}

function finding(holds: boolean, yes: string, no: string): Finding {
  return { holds, reason: holds ? yes : no };
}

function points(factor: ScoreFactor, findings: Record<ScoreFactor, Finding>): number {
  return findings[factor].holds ? scoringRules.points[factor] : 0;
}

function reasonsOf(findings: Record<ScoreFactor, Finding>): Record<ScoreFactor, string> {
  return {
    email: findings.email.reason,
    company: findings.company.reason,
    position: findings.position.reason,
    multiple_conversations: findings.multiple_conversations.reason,
    quick_response: findings.quick_response.reason,
    asked_pricing: findings.asked_pricing.reason,
    requested_demo: findings.requested_demo.reason,
    downloaded_resources: findings.downloaded_resources.reason,
  };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
