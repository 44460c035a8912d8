import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconMail, IconMailOff } from "@tabler/icons-react";
import { CopyField } from "../../ui/copy-field.tsx";
import type { Invited } from "./use-invite.ts";

/** What became of an invitation, and its link for whoever would rather hand it over. */
export function InvitedShown({ invited, onDone }: { invited: Invited; onDone: () => void }) {
  const { email, path, mailed, message } = invited;
  return (
    <Stack>
      {mailed ? (
        <Alert variant="light" icon={<IconMail size={18} />} role="status">
          The invitation is on its way to {email}.
        </Alert>
      ) : (
        <Alert variant="light" color="yellow" icon={<IconMailOff size={18} />} role="status">
          No mail went out: {message} Give {email} this link yourself.
        </Alert>
      )}
      <CopyField label="Link of the invitation" value={`${location.origin}${path}`} />
      <Text fz="sm" c="dimmed">
        It is shown this once and works for a week; an earlier one does not work any more.
      </Text>
      <Group justify="flex-end">
        <Button data-autofocus onClick={onDone}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
