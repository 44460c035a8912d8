import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Lead } from "../../../shared/v1/lead.ts";
import { type LeadFilter, leadCountQuery } from "../../lib/api/leads.ts";
import type { Selection } from "../../lib/use-selection.ts";
import classes from "./bulk-bar.module.css";
import { wholeListWords } from "./bulk-words.ts";

/** Offers what the filter finds beyond the rows that are loaded, and says so once it is chosen. */
export function WholeList({ filter, selection }: { filter: LeadFilter; selection: Selection<Lead> }) {
  const { chosen, everything, choose, chooseEverything } = selection;
  const count = useQuery(leadCountQuery(filter)).data?.count;
  if (count === undefined || count <= chosen.length) return null;
  const words = wholeListWords(count);
  return (
    <div className={classes.whole} role="status">
      {everything ? words.chosen : `The ${chosen.length} leads loaded are chosen.`}{" "}
      <Button size="compact-xs" variant="subtle" onClick={() => (everything ? choose([]) : chooseEverything())}>
        {everything ? "Choose none" : words.offer}
      </Button>
    </div>
  );
}
