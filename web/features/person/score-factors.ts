import type { LeadScore } from "../../../shared/v1/lead.ts";

export type FactorLine = { key: string; label: string; points: number; reason: string; next: string };

const words: Record<string, { label: string; next: string }> = {
  email: { label: "E-mail address", next: "Ask for an e-mail address" },
  company: { label: "Company", next: "Ask which company they are with" },
  position: { label: "Position", next: "Ask what they do there" },
  multiple_conversations: { label: "Comes back", next: "Write again another day" },
  quick_response: { label: "Replies quickly", next: "Keep the exchange going: a reply within the hour counts" },
  asked_pricing: { label: "Asked about prices", next: "Offer a price, see whether they ask back" },
  requested_demo: { label: "Wants a demo", next: "Offer a demo" },
  downloaded_resources: { label: "Took resources", next: "Send the brochure" },
};

/** The factors that hold, strongest first, and those still missing, in the score's own order. */
export function factorLines(score: LeadScore): { earned: FactorLine[]; missing: FactorLine[] } {
  const lines = Object.entries(score.breakdown).map(([key, points]) => lineOf(key, points, score.reasons[key] ?? ""));
  return {
    earned: lines.filter((line) => line.points > 0).toSorted((a, b) => b.points - a.points),
    missing: lines.filter((line) => line.points === 0),
  };
}

function lineOf(key: string, points: number, reason: string): FactorLine {
  const known = words[key] ?? { label: key.replaceAll("_", " "), next: "" };
  return { key, points, reason, ...known };
}
