import { IconMail } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { EmailAccount } from "../../../shared/v1/email.ts";
import { emailAccountsQuery } from "../../lib/api/email-accounts.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListArea } from "./area.tsx";
import type { Edited } from "./edit-dialog.tsx";
import { MailAccountForm } from "./mail-account-form.tsx";
import { MailAccountRow } from "./mail-account-row.tsx";

/** The mailboxes that mails leave by and come in from. */
export function MailAccountsArea() {
  const accounts = useQuery(emailAccountsQuery);
  const [edited, setEdited] = useState<Edited<EmailAccount>>();
  return (
    <ListArea
      title="Mail accounts"
      intro="Mails leave by these mailboxes, and what comes in stands in the inbox. Mails without an account wait until there is one."
      what="The mail accounts"
      query={accounts}
      make="Add an account"
      onMake={() => setEdited("new")}
      none={
        <EmptyState icon={IconMail} title="No mail account yet">
          With your mail provider’s SMTP and IMAP settings mails go out and come in here.
        </EmptyState>
      }
      row={(account) => <MailAccountRow account={account} onEdit={() => setEdited(account)} />}
    >
      <MailAccountForm edited={edited} onClose={() => setEdited(undefined)} />
    </ListArea>
  );
}
