import { Checkbox, Group, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { EmailAccount } from "../../../shared/v1/email.ts";
import { connectEmailAccount, saveEmailAccount, testEmailAccount } from "../../lib/api/email-accounts.ts";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { showDone, showProblem } from "../../ui/undo-toast.tsx";
import { EditDialog, type Edited } from "./edit-dialog.tsx";
import { blankAccount, bodyOf, draftOf, type MailAccountDraft } from "./mail-account-draft.ts";
import { MailServerFields } from "./mail-server-fields.tsx";
import { useSaving } from "./use-saving.ts";

const titles = { new: "Add a mail account", edit: "Edit the mail account" };

export function MailAccountForm({ edited, onClose }: { edited: Edited<EmailAccount>; onClose: () => void }) {
  return (
    <EditDialog edited={edited} titles={titles} size="xl" onClose={onClose}>
      {(account) => <Fields account={account} onClose={onClose} />}
    </EditDialog>
  );
}

function Fields({ account, onClose }: { account: EmailAccount | undefined; onClose: () => void }) {
  const [draft, setDraft] = useState<MailAccountDraft>(account ? draftOf(account) : blankAccount);
  const set = (part: Partial<MailAccountDraft>) => setDraft((before) => ({ ...before, ...part }));
  const saving = useSaving({
    save: (key) => (account ? saveEmailAccount(account, bodyOf(draft)) : connectEmailAccount(bodyOf(draft), key)),
    renews: "email-accounts",
    done: async (saved) => {
      onClose();
      if (saved.smtp) await tellTest(saved);
      else showDone(`${saved.from_address} was saved.`);
    },
  });
  return (
    <DialogForm sending={saving} submit="Save and test" onSubmit={saving.mutate}>
      <Sender draft={draft} onChange={set} />
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
      <Written draft={draft} onChange={set} />
    </DialogForm>
  );
}

type PartProps = { draft: MailAccountDraft; onChange: (part: Partial<MailAccountDraft>) => void };

function Sender({ draft, onChange }: PartProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TextInput
        label="Address"
        type="email"
        placeholder="office@example.com"
        required
        data-autofocus
        value={draft.from_address}
        onChange={(event) => onChange({ from_address: event.currentTarget.value })}
      />
      <TextInput
        label="Name of the sender"
        placeholder="The office"
        maxLength={200}
        value={draft.from_name}
        onChange={(event) => onChange({ from_name: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}

function Written({ draft, onChange }: PartProps) {
  return (
    <>
      <Textarea
        label="Signature"
        description="Set under each mail; plain words."
        autosize
        minRows={2}
        maxRows={6}
        maxLength={5_000}
        value={draft.signature}
        onChange={(event) => onChange({ signature: event.currentTarget.value })}
      />
      <Group gap="lg">
        <Checkbox
          label="Note when a mail is opened"
          checked={draft.track_opens}
          onChange={(event) => onChange({ track_opens: event.currentTarget.checked })}
        />
        <Checkbox
          label="Note when a link is followed"
          checked={draft.track_clicks}
          onChange={(event) => onChange({ track_clicks: event.currentTarget.checked })}
        />
      </Group>
    </>
  );
}

/** What the mail server says to the settings that were just saved. */
async function tellTest({ id, from_address: address }: EmailAccount): Promise<void> {
  showDone(`${address} was saved; its mail server is being asked…`);
  const test = await testEmailAccount(id).catch(() => undefined);
  if (test?.ok) showDone(test.message);
  else if (test) showProblem(`${address} was saved, but cannot send`, test.message);
}
