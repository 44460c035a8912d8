import { SegmentedControl } from "@mantine/core";
import type { ConversationFilter } from "../../lib/api/conversations.ts";
import { SearchField } from "../../ui/search-field.tsx";
import classes from "./list-filter.module.css";

type Props = { filter: ConversationFilter; onChange: (filter: ConversationFilter) => void };

const statuses = [
  { value: "open", label: "Open" },
  { value: "closed", label: "Closed" },
  { value: "all", label: "All" },
] satisfies { value: ConversationFilter["status"]; label: string }[];

/** Search and state above the list; both stand in the address. */
export function ListFilter({ filter, onChange }: Props) {
  return (
    <search className={classes.filter}>
      <SearchField
        label="Search conversations"
        placeholder="Search name, number, mail"
        value={filter.q}
        onChange={(q) => onChange({ ...filter, q })}
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
