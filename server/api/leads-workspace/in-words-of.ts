import { DomainError, type FieldProblem } from "../../domain/domain-error.ts";

/** Does the work, and where something does not fit names it as this body does: one word means different fields in different bodies. */
export async function inWordsOf<Result>(
  names: Readonly<Record<string, string>>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const refusal = error instanceof DomainError ? error.refusal : undefined;
    if (refusal?.kind !== "invalid") throw error;
    throw new DomainError({ kind: "invalid", problems: refusal.problems.map((problem) => renamed(names, problem)) });
  }
}

function renamed(names: Readonly<Record<string, string>>, problem: FieldProblem): FieldProblem {
  const { path, message } = problem;
  const name = names[path];
  if (name === undefined) return problem;
  const said = message.startsWith(path) ? `${name}${message.slice(path.length)}` : message;
  return { path: name, message: said, part: "body" };
}
