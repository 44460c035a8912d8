import { invalid } from "../domain-error.ts";

/** What a note says. */
export type NoteText = { title: string; body: string };

/** The same said by its activity, which needs a title and may do without a description. */
export type ActivityText = { title: string; description: string | null };

const longestTitle = 500;

export function checkNoteText({ title, body }: Partial<NoteText>): void {
  if (title !== undefined && title.length > longestTitle)
    throw invalid("title", `A note's title has at most ${longestTitle} characters.`);
  if (body === undefined) return;
  if (body.trim() === "") throw invalid("body", "A note needs a text.");
  if (body.length > 100_000) throw invalid("body", "A note has at most 100,000 characters.");
}

/** A note without a title is its own title where it is short; otherwise it begins with it. */
export function activityTextOf({ title, body }: NoteText): ActivityText {
  if (title.trim() !== "") return { title, description: body };
  if (body.length <= longestTitle && !body.trim().includes("\n")) return { title: body, description: null };
  return { title: beginningOf(body), description: body };
}

export function noteTextOf({ title, description }: ActivityText): NoteText {
  if (description === null || description.trim() === "") return { title: "", body: title };
  return { title: title === beginningOf(description) ? "" : title, body: description };
}

const shownCharacters = 100;

function beginningOf(body: string): string {
  const line = body.trim().split("\n", 1).join("");
  const letters = Array.from(line);
  return letters.length <= shownCharacters ? line : `${letters.slice(0, shownCharacters - 1).join("")}…`;
}
