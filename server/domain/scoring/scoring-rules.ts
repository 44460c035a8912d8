/** The constants of the chatbot document's lead score, and of what follows from it. */
export const scoringRules = {
  /** In the document's order. */
  points: {
    email: 20,
    company: 15,
    position: 10,
    multiple_conversations: 10,
    quick_response: 5,
    asked_pricing: 25,
    requested_demo: 20,
    downloaded_resources: 15,
  },
  highestScore: 100,
  hotFrom: 90,
  qualifiedFrom: 50,
  /** A deal is opened from here on. */
  qualifiedScore: 75,
  leastMessageDays: 2,
  leastConversations: 2,
  quickReplySeconds: 3600,
} as const;

export type ScoreFactor = keyof typeof scoringRules.points;
export type ScoreBand = "hot" | "qualified" | "cold";
