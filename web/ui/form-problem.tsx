import { Alert } from "@mantine/core";
import { ApiError, wordsOf } from "../lib/api/api-error.ts";

/** Why what was sent was not taken: every reason the server names. */
export function FormProblem({ error }: { error: unknown }) {
  if (error === null) return null;
  const reasons = error instanceof ApiError ? error.problems.map(({ message }) => message) : [];
  return (
    <Alert color="red" variant="light" role="alert">
      {reasons.length > 0 ? reasons.join(" ") : wordsOf(error)}
    </Alert>
  );
}
