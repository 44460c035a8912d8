import { Skeleton } from "@mantine/core";
import classes from "./list-skeleton.module.css";

/** Rows of a list of people that is on its way. */
export function ListSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-busy="true" aria-label={label}>
      {[62, 48, 70, 40, 56, 66, 44].map((width) => (
        <div key={width} className={classes.row}>
          <Skeleton circle height={42} />
          <div>
            <Skeleton height={11} width={`${width}%`} mb={9} />
            <Skeleton height={9} width="85%" />
          </div>
        </div>
      ))}
    </div>
  );
}
