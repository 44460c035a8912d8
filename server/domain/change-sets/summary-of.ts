const nouns = { person: "people", lead: "leads", conversation: "conversations" };

/** "Owner set: 1 lead" */
export function summaryOf(act: string, count: number, noun: keyof typeof nouns): string {
  return `${act}: ${count} ${count === 1 ? noun : nouns[noun]}`;
}
