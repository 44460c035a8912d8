import { Button } from "@mantine/core";
import { IconMail, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { EmailAccount } from "../../../shared/v1/email.ts";
import { emailAccountsQuery } from "../../lib/api/email-accounts.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Area, AreaList, Items } from "./area.tsx";
import { MailAccountForm } from "./mail-account-form.tsx";
import { MailAccountRow } from "./mail-account-row.tsx";

/** The mailboxes that mails leave by and come in from. */
export function MailAccountsArea() {
  const accounts = useQuery(emailAccountsQuery);
  const [edited, setEdited] = useState<EmailAccount | "new">();
  return (
    <Area
      title="Mail accounts"
      intro="Mails leave by these mailboxes, and what comes in stands in the inbox. Mails without an account wait until there is one."
      action={
        <Button leftSection={<IconPlus size={17} />} onClick={() => setEdited("new")}>
          Add an account
        </Button>
      }
    >
      <AreaList
        what="The mail accounts"
        query={accounts}
        none={
          <EmptyState icon={IconMail} title="No mail account yet">
            With your mail provider’s SMTP and IMAP settings mails go out and come in here.
          </EmptyState>
        }
      >
        {(all) => (
          <Items label="Mail accounts">
            {all.map((account) => (
              <MailAccountRow key={account.id} account={account} onEdit={() => setEdited(account)} />
            ))}
          </Items>
        )}
      </AreaList>
      <MailAccountForm edited={edited} onClose={() => setEdited(undefined)} />
    </Area>
  );
}
