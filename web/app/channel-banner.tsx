import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { channelAccountsQuery } from "../lib/api/channel-accounts.ts";
import classes from "./channel-banner.module.css";
import { troublesOf } from "./channel-trouble.ts";

/** Said while a number cannot send, with what to do about it. A screen with healthy numbers has no banner. */
export function ChannelBanner() {
  const { data } = useQuery(channelAccountsQuery);
  const [first, ...others] = troublesOf(data?.data ?? []);
  const more = others.length === 1 ? "One more problem stands" : `${others.length} more problems stand`;
  return (
    <div role="status" aria-live="polite">
      {first && (
        <p className={classes.banner}>
          <IconAlertTriangle size={17} stroke={1.8} aria-hidden />
          <span className={classes.words}>
            <span className={classes.what}>{first.what}</span> {first.toDo}
            {others.length > 0 && ` ${more} in the numbers' health.`}
          </span>
        </p>
      )}
    </div>
  );
}
