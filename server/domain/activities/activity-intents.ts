import { readIntents } from "../intake/read-intents.ts";

/** What a person asked for, by what was written down about it. Scoring reads these, not the text. */
export function activityIntents(activity: { title: string; description: string | null }): string[] {
  return readIntents(`${activity.title}\n${activity.description ?? ""}`).map(({ intent }) => intent);
}
