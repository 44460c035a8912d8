import { IconCloudOff } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { isReachable, onReachabilityChange } from "../lib/api/reachability.ts";
import classes from "./connection-banner.module.css";

/** Said while the server is away. The screen keeps what it has, and polling ends the banner by itself. */
export function ConnectionBanner() {
  const reachable = useSyncExternalStore(onReachabilityChange, isReachable);
  return (
    <div role="status" aria-live="polite">
      {!reachable && (
        <p className={classes.banner}>
          <IconCloudOff size={17} stroke={1.8} />
          <span>
            The connection to the server is lost. What you see may be a little old; it goes on by itself, and nothing
            you wrote is gone.
          </span>
        </p>
      )}
    </div>
  );
}
