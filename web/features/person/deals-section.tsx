import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Deal } from "../../../shared/v1/deal.ts";
import { dealsQuery } from "../../lib/api/deals.ts";
import { formatMoney } from "../../lib/format-money.ts";
import { calendarDay } from "../../lib/format-time.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Section } from "../../ui/section.tsx";
import { dealStageWords } from "./deal-stage-words.ts";
import classes from "./deals-section.module.css";

/** The money in play with this person. */
export function DealsSection({ contactId }: { contactId: number }) {
  const { data, isError, error, refetch } = useQuery(dealsQuery(contactId));
  return (
    <Section title="Deals" count={data?.data.length}>
      {!data && isError && <ErrorState what="The deals" error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton height={52} />}
      {data && data.data.length === 0 && (
        <Text fz="sm" c="dimmed">
          No deal yet. One opens by itself when the lead qualifies: 75 points, or a wish to buy with a budget.
        </Text>
      )}
      <ul className={classes.deals}>
        {data?.data.map((deal) => (
          <DealCard key={deal.id} deal={deal} />
        ))}
      </ul>
    </Section>
  );
}

function DealCard({ deal }: { deal: Deal }) {
  const steps = ["prospecting", "qualification", "proposal", "negotiation", "closed_won"];
  const reached = steps.indexOf(deal.stage);
  return (
    <li className={classes.deal}>
      <span className={classes.title}>{deal.title}</span>
      <span className={classes.value}>{formatMoney(deal.value, deal.currency)}</span>
      <span className={classes.steps} data-lost={deal.stage === "closed_lost" || undefined} aria-hidden="true">
        {steps.map((step, index) => (
          <span key={step} data-reached={index <= reached || undefined} />
        ))}
      </span>
      <span className={classes.meta}>
        {dealStageWords[deal.stage] ?? deal.stage} · {deal.probability} %
        {deal.expected_close_on && ` · closes ${calendarDay(deal.expected_close_on)}`}
      </span>
    </li>
  );
}
