import { Button, Skeleton, Text } from "@mantine/core";
import { IconMailPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Email } from "../../../shared/v1/email.ts";
import type { Lead } from "../../../shared/v1/lead.ts";
import { emailsQuery } from "../../lib/api/emails.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { useMay } from "../../lib/use-may.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { FileLinks } from "../../ui/file-links.tsx";
import { MailFrame } from "../../ui/mail-frame.tsx";
import { Pill } from "../../ui/pill.tsx";
import { EmailForm } from "./email-form.tsx";
import classes from "./lead-page.module.css";
import { mailFate } from "./lead-words.ts";

/** Mails with the lead's person, and a new one. */
export function EmailsTab({ lead }: { lead: Lead }) {
  const { data, isError, error, refetch } = useQuery(emailsQuery(lead.contact_id));
  const may = useMay();
  const [answered, setAnswered] = useState<Email | "new">();
  return (
    <>
      {may.write && answered === undefined && (
        <Button size="xs" leftSection={<IconMailPlus size={16} />} onClick={() => setAnswered("new")}>
          New Email
        </Button>
      )}
      {answered !== undefined && (
        <EmailForm
          key={answered === "new" ? 0 : answered.id}
          lead={lead}
          answers={answered === "new" ? undefined : answered}
          onDone={() => setAnswered(undefined)}
        />
      )}
      {!data && isError && <ErrorState what="The e-mails" error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton height={80} mt="md" />}
      {data?.data.length === 0 && (
        <Text fz="sm" c="dimmed" mt="md">
          No e-mail yet. Answers come back into this list.
        </Text>
      )}
      <ul className={classes.items}>
        {data?.data.map((mail) => (
          <Mail key={mail.id} mail={mail} onAnswer={() => setAnswered(mail)} />
        ))}
      </ul>
    </>
  );
}

function Mail({ mail, onAnswer }: { mail: Email; onAnswer: () => void }) {
  const may = useMay();
  const now = useNow(60_000);
  const [asSent, setAsSent] = useState(false);
  const fate = mailFate(mail);
  return (
    <li className={classes.item}>
      <div className={classes.itemHead}>
        <span className={classes.itemTitle}>{mail.subject || "(no subject)"}</span>
        <Pill tone={fate.tone}>{fate.word}</Pill>
      </div>
      <span className={classes.itemMeta}>
        {correspondents(mail)} · {dayAndClock(mail.sent_at, now)}
        {mail.status_reason && ` · ${mail.status_reason}`}
      </span>
      {asSent && mail.html !== null ? (
        <MailFrame messageId={mail.id} title={mail.subject} />
      ) : (
        <p className={classes.itemText}>{mail.body}</p>
      )}
      <FileLinks files={mail.attachments} />
      {mail.quoted_text && (
        <details>
          <summary className={classes.itemMeta}>Quoted text</summary>
          <p className={classes.quoted}>{mail.quoted_text}</p>
        </details>
      )}
      <div className={classes.itemHead}>
        {may.write && (
          <Button size="compact-xs" variant="subtle" onClick={onAnswer}>
            Answer
          </Button>
        )}
        {mail.html !== null && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAsSent(!asSent)}>
            {asSent ? "Show the words" : "Show as it was sent"}
          </Button>
        )}
      </div>
    </li>
  );
}

/** "Olga Ray to Ana, copied to Bo". */
function correspondents({ from, to, cc, bcc }: Email): string {
  const named = (mailboxes: Email["to"]) => mailboxes.map(({ name, address }) => name || address).join(", ");
  return [
    `${named([from])} to ${named(to)}`,
    ...(cc.length === 0 ? [] : [`copied to ${named(cc)}`]),
    ...(bcc.length === 0 ? [] : [`blind copy to ${named(bcc)}`]),
  ].join(", ");
}
