import { Alert, Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ApiError, wordsOf } from "../../lib/api/api-error.ts";
import { pages } from "../../lib/paths.ts";

/** Why no lead was made; the one that is there already is a way to it. */
export function CreationRefused({ error, onLeave }: { error: unknown; onLeave: () => void }) {
  const words = wordsOf(error);
  const existingId = error instanceof ApiError ? error.existingId : undefined;
  const code = existingId === undefined ? undefined : /LEAD-\d+/.exec(words)?.[0];
  const [before = "", after = ""] = code === undefined ? [words] : words.split(code, 2);
  return (
    <Alert color="red" variant="light" role="alert">
      {before}
      {code !== undefined && (
        <Anchor
          inherit
          renderRoot={(props) => (
            <Link to={pages.lead} params={{ leadId: String(existingId) }} {...props} onClick={onLeave} />
          )}
        >
          {code}
        </Anchor>
      )}
      {after}
    </Alert>
  );
}
