import { SegmentedControl } from "@mantine/core";
import { IconHeartHandshake, IconSearchOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type CustomerFilter, type CustomerLine, customersQuery } from "../../lib/api/customers.ts";
import { contactName } from "../../lib/contact-words.ts";
import { pages } from "../../lib/paths.ts";
import { useNow } from "../../lib/use-now.ts";
import { usePages } from "../../lib/use-pages.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListRow, listRowClass } from "../../ui/list-row.tsx";
import { PagedRows } from "../../ui/paged-rows.tsx";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { Pill } from "../../ui/pill.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import classes from "./customer-list.module.css";
import { customerLists, lineWords, proposalWords } from "./customer-words.ts";

type Props = {
  filter: CustomerFilter;
  selectedId: number | undefined;
  onChange: (filter: CustomerFilter) => void;
};

/** The lists of people who come back, or should. */
export function CustomerList({ filter, selectedId, onChange }: Props) {
  return (
    <>
      <search className={classes.filter}>
        <SearchField
          label="Search people"
          placeholder="Search name, number, mail"
          value={filter.q}
          onChange={(q) => onChange({ ...filter, q })}
        />
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label="Which customers"
          className={classes.lists}
          data={customerLists.map(({ value, label }) => ({ value, label }))}
          value={filter.list}
          onChange={(list) => onChange({ q: "", list })}
        />
      </search>
      <Lines filter={filter} selectedId={selectedId} />
    </>
  );
}

function Lines({ filter, selectedId }: Omit<Props, "onChange">) {
  const query = useInfiniteQuery(customersQuery(filter));
  const now = useNow(60_000);
  const { items: lines, more } = usePages(query, keyOf);
  return (
    <PagedRows
      label="Customers"
      query={query}
      items={lines}
      none={<Nobody filter={filter} />}
      rowHeight={filter.list === "due" ? 104 : 72}
      keyOf={keyOf}
      selectedKey={selectedId}
      onEnd={more}
      row={(line) => (
        <Link
          to={pages.customer}
          params={{ contactId: String(line.contact_id) }}
          search={(search) => search}
          className={listRowClass}
          data-tall={filter.list === "due" || undefined}
          aria-current={line.contact_id === selectedId ? "true" : undefined}
        >
          <ListRow
            picture={<PersonAvatar name={line.name} seed={line.contact_id} size={42} />}
            title={contactName(line)}
            aside={line.customer_status}
            detail={lineWords(filter.list, line, now)}
            badge={line.state === "overdue" && <Pill tone="warn">overdue</Pill>}
            note={filter.list === "due" && line.proposal ? proposalWords(line.proposal) : undefined}
          />
        </Link>
      )}
    />
  );
}

function Nobody({ filter }: { filter: CustomerFilter }) {
  if (filter.q !== "")
    return (
      <EmptyState icon={IconSearchOff} title="Nobody found">
        No person has “{filter.q}” in name, number, mail or company.
      </EmptyState>
    );
  const list = customerLists.find(({ value }) => value === filter.list);
  return (
    <EmptyState icon={IconHeartHandshake} title="Nobody here">
      {list?.empty}
    </EmptyState>
  );
}

function keyOf({ contact_id: contactId }: CustomerLine): number {
  return contactId;
}
