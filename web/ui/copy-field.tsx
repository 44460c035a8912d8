import { Button, Textarea, TextInput } from "@mantine/core";
import { useTimeout } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { type FocusEvent, useState } from "react";
import { copyText } from "../lib/copy-text.ts";
import classes from "./copy-field.module.css";

type Props = { label: string; description?: string; value: string; rows?: number };

const saidForMs = 2_500;

/** A text to take elsewhere, with a button that copies it. */
export function CopyField({ label, description, value, rows = 1 }: Props) {
  const [said, setSaid] = useState("");
  const { start } = useTimeout(() => setSaid(""), saidForMs);
  const copy = async () => {
    setSaid((await copyText(value)) ? "Copied" : "Select the text and copy it yourself");
    start();
  };
  const shared = {
    ...{ label, description, value, readOnly: true, classNames: { input: classes.text } },
    onFocus: (event: FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => event.currentTarget.select(),
  };
  return (
    <div className={classes.field}>
      {rows === 1 ? <TextInput {...shared} /> : <Textarea {...shared} rows={rows} />}
      <Button
        variant="default"
        leftSection={said === "Copied" ? <IconCheck size={16} /> : <IconCopy size={16} />}
        aria-label={`Copy: ${label}`}
        onClick={() => void copy()}
      >
        {said === "Copied" ? "Copied" : "Copy"}
      </Button>
      <span role="status" className={said === "" || said === "Copied" ? classes.heard : classes.said}>
        {said}
      </span>
    </div>
  );
}
