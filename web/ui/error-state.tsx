import { Button, Stack, Text } from "@mantine/core";
import { IconCloudOff, IconRefresh } from "@tabler/icons-react";
import { ApiError, wordsOf } from "../lib/api/api-error.ts";

type Props = { what: string; error: unknown; onRetry: () => void };

/** `what` names the thing that did not come: "The conversations". */
export function ErrorState({ what, error, onRetry }: Props) {
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  return (
    <Stack role="alert" align="center" gap={6} p="lg" ta="center" c="dimmed">
      <IconCloudOff size={30} stroke={1.3} />
      <Text fw={600} c="var(--ink)">
        {what} could not be loaded
      </Text>
      <Text fz="sm" maw={340}>
        {wordsOf(error)}
        {requestId && (
          <Text span fz="xs" display="block" mt={4} ff="monospace">
            Reference {requestId}
          </Text>
        )}
      </Text>
      <Button variant="default" size="xs" mt={6} leftSection={<IconRefresh size={15} />} onClick={onRetry}>
        Try again
      </Button>
    </Stack>
  );
}
