import type { FieldProblem } from "../../domain-error.ts";

export function problem(path: string, message: string): FieldProblem {
  return { path, message };
}

/** What is wrong with a text's length; an absent one is fine. */
export function lengthProblems(
  path: string,
  text: string | undefined,
  { least = 0, most }: { least?: number; most: number },
): FieldProblem[] {
  if (text === undefined) return [];
  if (least > 0 && text.trim() === "") return [problem(path, `${path} must not be empty`)];
  // The cheap test first: code units are never fewer than code points.
  if (text.length <= most || Array.from(text).length <= most) return [];
  return [problem(path, `${path} must have at most ${most} characters`)];
}
