import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useKeys } from "../lib/use-keys.ts";
import classes from "./search-field.module.css";

type Props = { label: string; placeholder: string; value: string; onChange: (text: string) => void };

/** A search that asks a quarter of a second after the last letter; "/" leads to it, Escape empties it. */
export function SearchField({ label, placeholder, value, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const search = useDebouncedCallback(onChange, 250);
  // The address may change by Back, too.
  useEffect(() => setText(value), [value]);
  useKeys({
    "/": (event) => {
      event.preventDefault();
      input.current?.focus();
    },
  });
  const write = (next: string) => {
    setText(next);
    search(next.trim());
  };
  return (
    <TextInput
      className={classes.field}
      type="text"
      ref={input}
      size="sm"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} stroke={1.8} />}
      rightSection={
        text === "" ? (
          <kbd className={classes.key}>/</kbd>
        ) : (
          <CloseButton size="sm" aria-label="Clear the search" onClick={() => write("")} />
        )
      }
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        write("");
        event.currentTarget.blur();
      }}
    />
  );
}
