import { Button, SegmentedControl, Skeleton, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SimulatedMail, SimulatedMailAnswer } from "../../../shared/v1/simulated-mail.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { answerSimulatedMail, simulatedMailboxQuery } from "../../lib/api/simulated-mail.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { randomKey } from "../../lib/random-key.ts";
import { useNow } from "../../lib/use-now.ts";
import { showDone, showProblem } from "../../ui/undo-toast.tsx";
import { MailForm } from "./mail-form.tsx";
import classes from "./mailbox.module.css";

/** The customers' mailbox: what our mail server took for them, and their answers. */
export function Mailbox() {
  const { data, isError, error } = useQuery(simulatedMailboxQuery);
  const [openId, setOpenId] = useState<number>();
  if (!data && isError)
    return (
      <Text fz="sm" c="dimmed">
        {wordsOf(error)}
      </Text>
    );
  if (!data) return <Skeleton height={120} />;
  return (
    <div className={classes.mailbox}>
      <MailForm />
      {data.data.length === 0 && (
        <Text fz="sm" c="dimmed">
          No mail yet. Write one from a lead's Emails tab, and it arrives here.
        </Text>
      )}
      <ul className={classes.mails} aria-label="Mails to customers">
        {data.data.map((mail) => (
          <Mail
            key={mail.id}
            mail={mail}
            opened={mail.id === openId}
            onToggle={() => setOpenId(mail.id === openId ? undefined : mail.id)}
          />
        ))}
      </ul>
    </div>
  );
}

type MailProps = { mail: SimulatedMail; opened: boolean; onToggle: () => void };

function Mail({ mail, opened, onToggle }: MailProps) {
  const now = useNow(60_000);
  return (
    <li className={classes.mail}>
      <button type="button" className={classes.head} aria-expanded={opened} onClick={onToggle}>
        <span className={classes.subject}>{mail.subject || "(no subject)"}</span>
        <span className={classes.meta}>
          to {mail.to} · {dayAndClock(mail.received_at, now)}
        </span>
      </button>
      {opened && (
        <>
          <p className={classes.text}>{mail.text}</p>
          <Answer mail={mail} />
        </>
      )}
    </li>
  );
}

const kinds = [
  { value: "reply", label: "Answer" },
  { value: "absence", label: "Absence note" },
  { value: "bounce", label: "Bounce" },
] satisfies { value: NonNullable<SimulatedMailAnswer["kind"]>; label: string }[];

const usualTexts = { reply: "", absence: "I am away until Monday.", bounce: "550 5.1.1 User unknown" };

function Answer({ mail }: { mail: SimulatedMail }) {
  const [kind, setKind] = useState<(typeof kinds)[number]["value"]>("reply");
  const [text, setText] = useState("");
  const [key, setKey] = useState(randomKey);
  const client = useQueryClient();
  const answering = useMutation({
    mutationFn: () => answerSimulatedMail(mail.id, { kind, text: text || usualTexts[kind] }, key),
    onSuccess: () => {
      showDone("The answer is on its way.");
      setText("");
      setKey(randomKey());
      void client.invalidateQueries({ queryKey: ["contacts"] });
    },
    onError: (error) => showProblem("The answer was not sent", wordsOf(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    answering.mutate();
  };
  return (
    <form className={classes.answer} onSubmit={submit} aria-label={`Answer ${mail.subject}`}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="What comes back"
        data={kinds}
        value={kind}
        onChange={(next) => setKind(next)}
      />
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxRows={6}
        aria-label="Answer as the customer"
        placeholder={usualTexts[kind] || "Answer as the customer"}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button
        size="compact-sm"
        type="submit"
        loading={answering.isPending}
        disabled={kind === "reply" && text.trim() === ""}
      >
        Send back
      </Button>
    </form>
  );
}
