import { Button, Stack, Text } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { isPassing, wordsOf } from "../lib/api/api-error.ts";
import { EntryFrame } from "./entry-frame.tsx";

/** The page could not be drawn: the server is away, or we made a mistake. */
export function CrashPage({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <EntryFrame title={isPassing(error) ? "The server cannot be reached" : "This page failed"}>
      <Stack role="alert">
        <Text fz="sm" c="dimmed">
          {isPassing(error)
            ? "Is it running? Everything stored is safe; this page goes on as soon as the server answers."
            : wordsOf(error)}
        </Text>
        <Button onClick={() => void router.invalidate()}>Try again</Button>
      </Stack>
    </EntryFrame>
  );
}
