import { Button, Checkbox, Group, Modal, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { EmailAccount } from "../../../shared/v1/email.ts";
import { connectEmailAccount, saveEmailAccount, testEmailAccount } from "../../lib/api/email-accounts.ts";
import { randomKey } from "../../lib/random-key.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { showDone, showProblem } from "../../ui/undo-toast.tsx";
import { blankAccount, bodyOf, draftOf, type MailAccountDraft } from "./mail-account-draft.ts";
import { MailServerFields } from "./mail-server-fields.tsx";

type Props = { edited: EmailAccount | "new" | undefined; onClose: () => void };

export function MailAccountForm({ edited, onClose }: Props) {
  const narrow = useMediaQuery("(max-width: 767px)") ?? false;
  return (
    <Modal
      opened={edited !== undefined}
      onClose={onClose}
      title={edited === "new" ? "Add a mail account" : "Edit the mail account"}
      size="xl"
      centered
      fullScreen={narrow}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {edited && <Fields account={edited === "new" ? undefined : edited} onClose={onClose} />}
    </Modal>
  );
}

function Fields({ account, onClose }: { account: EmailAccount | undefined; onClose: () => void }) {
  const client = useQueryClient();
  const [key] = useState(randomKey);
  const [draft, setDraft] = useState<MailAccountDraft>(account ? draftOf(account) : blankAccount);
  const set = (part: Partial<MailAccountDraft>) => setDraft((before) => ({ ...before, ...part }));
  const saving = useMutation({
    mutationFn: () => (account ? saveEmailAccount(account, bodyOf(draft)) : connectEmailAccount(bodyOf(draft), key)),
    onSuccess: async (saved) => {
      onClose();
      if (saved.smtp) await tellTest(saved);
      else showDone(`${saved.from_address} was saved.`);
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ["email-accounts"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            label="Address"
            type="email"
            placeholder="office@example.com"
            required
            data-autofocus
            withAsterisk={false}
            value={draft.from_address}
            onChange={(event) => set({ from_address: event.currentTarget.value })}
          />
          <TextInput
            label="Name of the sender"
            placeholder="The office"
            maxLength={200}
            value={draft.from_name}
            onChange={(event) => set({ from_name: event.currentTarget.value })}
          />
        </SimpleGrid>
        <MailServerFields
          title="Sending (SMTP)"
          use="Send mails by this account"
          on={draft.sends}
          server={draft.smtp}
          ports={{ secure: "465", plain: "587" }}
          hasPassword={account?.smtp?.has_password ?? false}
          userNeeded={false}
          onChange={(smtp, sends) => set({ smtp, sends })}
        />
        <MailServerFields
          title="Receiving (IMAP)"
          use="Fetch mails from this account"
          on={draft.receives}
          server={draft.imap}
          ports={{ secure: "993", plain: "143" }}
          hasPassword={account?.imap?.has_password ?? false}
          userNeeded
          onChange={(imap, receives) => set({ imap, receives })}
        />
        <Textarea
          label="Signature"
          description="Set under each mail; plain words."
          autosize
          minRows={2}
          maxRows={6}
          maxLength={5_000}
          value={draft.signature}
          onChange={(event) => set({ signature: event.currentTarget.value })}
        />
        <Group gap="lg">
          <Checkbox
            label="Note when a mail is opened"
            checked={draft.track_opens}
            onChange={(event) => set({ track_opens: event.currentTarget.checked })}
          />
          <Checkbox
            label="Note when a link is followed"
            checked={draft.track_clicks}
            onChange={(event) => set({ track_clicks: event.currentTarget.checked })}
          />
        </Group>
        <FormProblem error={saving.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={saving.isPending}>
            Save and test
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What the mail server says to the settings that were just saved. */
async function tellTest({ id, from_address: address }: EmailAccount): Promise<void> {
  showDone(`${address} was saved; its mail server is being asked…`);
  const test = await testEmailAccount(id).catch(() => undefined);
  if (test?.ok) showDone(test.message);
  else if (test) showProblem(`${address} was saved, but cannot send`, test.message);
}
