import { RingProgress, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { LeadScore } from "../../../shared/v1/lead.ts";
import { scoreQuery } from "../../lib/api/contacts.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { Pill } from "../../ui/pill.tsx";
import { Section } from "../../ui/section.tsx";
import type { Tone } from "../../ui/tone.ts";
import { type FactorLine, factorLines } from "./score-factors.ts";
import classes from "./score-section.module.css";

/** The lead score, and why it is what it is. */
export function ScoreSection({ contactId }: { contactId: number }) {
  const { data, isError, error, refetch } = useQuery(scoreQuery(contactId));
  return (
    <Section title="Lead score" aside={data?.band && <Pill tone={bandTones[data.band]}>{bandWords[data.band]}</Pill>}>
      {data && <Explained score={data} />}
      {!data && isError && <ErrorState what="The score" error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Skeleton height={64} />}
    </Section>
  );
}

type Band = LeadScore["band"];
const bandTones: Record<Band, Tone> = { hot: "warn", qualified: "good", cold: "quiet" };
const bandWords: Record<Band, string> = { hot: "Hot", qualified: "Qualified", cold: "Cold" };

function Explained({ score }: { score: LeadScore }) {
  const { earned, missing } = factorLines(score);
  const now = useNow(60_000);
  return (
    <>
      <div className={classes.top}>
        <RingProgress
          size={68}
          thickness={6}
          roundCaps
          aria-hidden="true"
          rootColor="var(--line)"
          sections={[{ value: score.lead_score, color: "var(--accent)" }]}
          label={<span className={classes.number}>{score.lead_score}</span>}
        />
        <Text fz="sm" c="dimmed">
          {score.computed_at ? summaryOf(earned) : "Set by hand, or not computed yet."}
          {score.computed_at && (
            <Text span display="block" fz="xs" mt={2}>
              {score.lead_score} of 100, worked out {dayAndClock(score.computed_at, now)}
            </Text>
          )}
        </Text>
      </div>
      {earned.length > 0 && (
        <ul className={classes.lines} aria-label="What counts">
          {earned.map((line) => (
            <li key={line.key} className={classes.line}>
              <span className={classes.label}>{line.reason || line.label}</span>
              <span className={classes.points}>+{line.points}</span>
            </li>
          ))}
        </ul>
      )}
      {missing.length > 0 && <Missing lines={missing} />}
    </>
  );
}

function Missing({ lines }: { lines: FactorLine[] }) {
  return (
    <details className={classes.details}>
      <summary>What is missing ({lines.length})</summary>
      <ul className={classes.lines}>
        {lines.map((line) => (
          <li key={line.key} className={classes.line}>
            <span className={classes.label}>{line.next || line.label}</span>
            <span className={classes.reason}>{line.reason}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function summaryOf(earned: FactorLine[]): string {
  const [first, second] = earned;
  if (!first) return "Nothing known yet that counts.";
  const leading = second ? `${first.label} and ${second.label.toLowerCase()}` : first.label;
  return earned.length > 2 ? `${leading} count most.` : `${leading} ${second ? "count" : "counts"} so far.`;
}
