import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Attachment } from "../../../shared/v1/attachment.ts";
import type { Email, NewEmail } from "../../../shared/v1/email.ts";
import type { Lead } from "../../../shared/v1/lead.ts";
import { sendEmail } from "../../lib/api/emails.ts";
import { randomKey } from "../../lib/random-key.ts";
import { FileLinks } from "../../ui/file-links.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { AttachFile } from "./attach-file.tsx";

type Props = { lead: Lead; answers: Email | undefined; onDone: () => void };

/** A mail to the lead's person, new or in answer to one of theirs. */
export function EmailForm({ lead, answers, onDone }: Props) {
  const [to, setTo] = useState(answers ? addressToAnswer(answers, lead) : (lead.email ?? ""));
  const [cc, setCc] = useState("");
  const [subject, setSubject] = useState(answers ? replySubject(answers.subject) : "");
  const [body, setBody] = useState("");
  const [files, setFiles] = useState<Attachment[]>([]);
  const [attaching, setAttaching] = useState(false);
  const [key] = useState(randomKey);
  const client = useQueryClient();
  const sending = useMutation({
    mutationFn: (mail: NewEmail) => sendEmail(mail, key),
    onSuccess: (mail) => {
      showDone(mail.status === "queued" ? (mail.status_reason ?? "The mail is on its way.") : "The mail was sent.");
      void client.invalidateQueries({ queryKey: ["contacts", lead.contact_id] });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.mutate({
      contact_id: lead.contact_id,
      lead_id: lead.id,
      to: addressesIn(to),
      ...(cc.trim() === "" ? {} : { cc: addressesIn(cc) }),
      subject,
      body,
      ...(answers ? { in_reply_to_id: answers.id } : {}),
      ...(files.length === 0 ? {} : { attachment_ids: files.map(({ id }) => id) }),
    });
  };
  return (
    <form onSubmit={submit} aria-label={answers ? "Answer the e-mail" : "New e-mail"}>
      <Stack gap="xs">
        <TextInput size="sm" label="To" required value={to} onChange={(event) => setTo(event.currentTarget.value)} />
        <TextInput size="sm" label="Cc" value={cc} onChange={(event) => setCc(event.currentTarget.value)} />
        <TextInput
          size="sm"
          label="Subject"
          maxLength={900}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          label="Text"
          required
          autosize
          minRows={5}
          maxRows={16}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <Group>
          <AttachFile
            subject={{ contact_id: lead.contact_id }}
            onAttached={(file) => setFiles((known) => [...known, file])}
            onPending={setAttaching}
          />
        </Group>
        <FileLinks files={files} onLeaveOut={(id) => setFiles((known) => known.filter((each) => each.id !== id))} />
        <FormProblem error={sending.error} />
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onDone}>
            Discard
          </Button>
          <Button size="xs" type="submit" loading={sending.isPending} disabled={attaching || body.trim() === ""}>
            Send
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function addressToAnswer({ direction, from, to }: Email, lead: Lead): string {
  return direction === "in" ? from.address : (to[0]?.address ?? lead.email ?? "");
}

function replySubject(subject: string): string {
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}

function addressesIn(text: string): string[] {
  return text
    .split(/[,;]/)
    .map((each) => each.trim())
    .filter((each) => each !== "");
}
