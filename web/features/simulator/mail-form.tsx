import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { wordsOf } from "../../lib/api/api-error.ts";
import { writeSimulatedMail } from "../../lib/api/simulated-mail.ts";
import { randomKey } from "../../lib/random-key.ts";
import { showDone, showProblem } from "../../ui/undo-toast.tsx";
import classes from "./mailbox.module.css";

/** Plays somebody who writes a mail to us. */
export function MailForm() {
  const [from, setFrom] = useState("");
  const [subject, setSubject] = useState("");
  const [text, setText] = useState("");
  const [key, setKey] = useState(randomKey);
  const writing = useMutation({
    mutationFn: () => writeSimulatedMail({ from, subject, text }, key),
    onSuccess: () => {
      showDone("The mail is on its way.");
      setSubject("");
      setText("");
      setKey(randomKey());
    },
    onError: (error) => showProblem("The mail was not sent", wordsOf(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    writing.mutate();
  };
  return (
    <details className={classes.write}>
      <summary>Write a mail as a customer</summary>
      <form className={classes.answer} onSubmit={submit}>
        <TextInput
          size="xs"
          label="From"
          placeholder="Ida Berg <ida@example.com>"
          maxLength={300}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label="Subject of the mail"
          maxLength={900}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          size="xs"
          label="Text of the mail"
          autosize
          minRows={3}
          maxRows={8}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button
          size="compact-sm"
          type="submit"
          loading={writing.isPending}
          disabled={[from, subject, text].some((each) => each.trim() === "")}
        >
          Send the mail
        </Button>
      </form>
    </details>
  );
}
