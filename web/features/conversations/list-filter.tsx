import { CloseButton, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { ConversationFilter } from "../../lib/api/conversations.ts";
import { useKeys } from "../../lib/use-keys.ts";
import classes from "./list-filter.module.css";

type Props = { filter: ConversationFilter; onChange: (filter: ConversationFilter) => void };

const statuses = [
  { value: "open", label: "Open" },
  { value: "closed", label: "Closed" },
  { value: "all", label: "All" },
] satisfies { value: ConversationFilter["status"]; label: string }[];

/** Search and state above the list; both stand in the address. */
export function ListFilter({ filter, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(filter.q);
  const search = useDebouncedCallback((q: string) => onChange({ ...filter, q }), 250);
  // The address may change by Back, too.
  useEffect(() => setText(filter.q), [filter.q]);
  useKeys({
    "/": (event) => {
      event.preventDefault();
      input.current?.focus();
    },
  });
  const write = (value: string) => {
    setText(value);
    search(value.trim());
  };
  return (
    <search className={classes.filter}>
      <TextInput
        type="text"
        ref={input}
        size="sm"
        aria-label="Search conversations"
        placeholder="Search name, number, mail"
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
      <SegmentedControl
        className={classes.statuses}
        size="xs"
        fullWidth
        aria-label="Which conversations"
        data={statuses}
        value={filter.status}
        onChange={(status) => onChange({ ...filter, status })}
      />
    </search>
  );
}
