import { Button, Group, NumberInput, Progress, Skeleton, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Loyalty, LoyaltyEntry } from "../../../shared/v1/customer.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { loyaltyQuery, writeLoyalty } from "../../lib/api/customers.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { randomKey } from "../../lib/random-key.ts";
import { useMay } from "../../lib/use-may.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Pill } from "../../ui/pill.tsx";
import { Section } from "../../ui/section.tsx";
import { showDone, showProblem } from "../../ui/undo-toast.tsx";
import classes from "./loyalty-section.module.css";

/** Points, the tier they make, and where they came from. */
export function LoyaltySection({ contactId }: { contactId: number }) {
  const may = useMay();
  const { data, isError, error, refetch } = useQuery(loyaltyQuery(contactId));
  return (
    <Section title="Loyalty" aside={data && <Pill tone="good">{data.tier}</Pill>}>
      {!data && isError && <ErrorState what="The points" error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton height={60} />}
      {data && <Balance loyalty={data} />}
      {data && <Entries entries={data.data} />}
      {may.write && data && data.points > 0 && <Redeem contactId={contactId} most={data.points} />}
    </Section>
  );
}

function Balance({ loyalty: { points, earned, next_tier: next } }: { loyalty: Loyalty }) {
  return (
    <>
      <Text fw={600}>{points} points</Text>
      {next && (
        <>
          <Progress
            mt={6}
            size="sm"
            value={(100 * earned) / (earned + next.points_missing)}
            aria-label={`On the way to ${next.name}`}
          />
          <Text fz="xs" c="dimmed" mt={4}>
            {next.points_missing} more for {next.name}
          </Text>
        </>
      )}
    </>
  );
}

const words: Record<LoyaltyEntry["kind"], string> = {
  earned: "Earned by a visit",
  reversed: "Taken back with a visit",
  adjusted: "Adjusted",
  redeemed: "Redeemed",
};

function Entries({ entries }: { entries: LoyaltyEntry[] }) {
  const now = useNow(60_000);
  return (
    <ul className={classes.entries}>
      {entries.map((entry) => (
        <li key={entry.id} className={classes.entry}>
          <span>
            {entry.reason ?? words[entry.kind]}
            <span className={classes.when}>{dayAndClock(entry.created_at, now)}</span>
          </span>
          <span className={classes.points}>{entry.points > 0 ? `+${entry.points}` : entry.points}</span>
        </li>
      ))}
    </ul>
  );
}

function Redeem({ contactId, most }: { contactId: number; most: number }) {
  const client = useQueryClient();
  const [points, setPoints] = useState<number | "">("");
  const [reason, setReason] = useState("");
  const [key, setKey] = useState(randomKey);
  const redeeming = useMutation({
    mutationFn: (count: number) =>
      writeLoyalty(contactId, { kind: "redeemed", points: count, reason: reason.trim() || null }, key),
    onSuccess: () => {
      showDone("Points redeemed.");
      setPoints("");
      setReason("");
      setKey(randomKey());
    },
    onError: (error) => showProblem("The points were not redeemed", wordsOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ["contacts", contactId] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (points !== "") redeeming.mutate(points);
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" mt="sm" align="end" wrap="nowrap">
        <NumberInput
          size="xs"
          w={90}
          label="Redeem"
          min={1}
          max={most}
          allowDecimal={false}
          value={points}
          onChange={(value) => setPoints(typeof value === "number" ? value : "")}
        />
        <TextInput
          size="xs"
          style={{ flex: 1 }}
          label="For"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" disabled={points === ""} loading={redeeming.isPending}>
          Redeem
        </Button>
      </Group>
    </form>
  );
}
