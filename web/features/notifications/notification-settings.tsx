import { Modal, Skeleton, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { NotificationPreferences, NotificationPreferencesPatch } from "../../../shared/v1/notification.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { changeNotificationPreferences, notificationPreferencesQuery } from "../../lib/api/notifications.ts";
import { showAtOnce } from "../../lib/api/show-at-once.ts";
import { showProblem } from "../../ui/undo-toast.tsx";
import { KindWays } from "./kind-ways.tsx";
import { PushSwitch } from "./push-switch.tsx";
import { QuietHours } from "./quiet-hours.tsx";

const { queryKey } = notificationPreferencesQuery;

/** How its reader is told of what; each change shows and is kept at once. */
export function NotificationSettings({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const { data, error } = useQuery(notificationPreferencesQuery);
  const change = useMutation({
    mutationFn: (patch: NotificationPreferencesPatch) => changeNotificationPreferences(patch),
    mutationKey: ["change-notification-preferences"],
    onMutate: (patch) => showAtOnce(client, queryKey, (before) => changed(before, patch)),
    onError: (fault) => showProblem("Your notification settings were not changed", wordsOf(fault)),
    // Only after the last of several: the answer to an earlier one does not know of the later.
    onSettled: () => {
      if (client.isMutating({ mutationKey: ["change-notification-preferences"] }) === 1)
        void client.invalidateQueries({ queryKey });
    },
  });
  return (
    <Modal opened onClose={onClose} title="How you are told" size="lg">
      {error && <Text role="alert">{wordsOf(error)}</Text>}
      {!data && !error && <Skeleton height={240} />}
      {data && (
        <>
          <PushSwitch />
          <QuietHours preferences={data} onChange={(patch) => change.mutate(patch)} />
          <KindWays kinds={data.kinds} onChange={(kind) => change.mutate({ kinds: [kind] })} />
        </>
      )}
    </Modal>
  );
}

function changed(before: NotificationPreferences, { kinds = [], ...patch }: NotificationPreferencesPatch) {
  const given = new Map(kinds.map((one) => [one.kind, one]));
  return {
    ...before,
    ...withoutUndefined(patch),
    kinds: before.kinds.map((one) => ({ ...one, ...withoutUndefined({ ...given.get(one.kind) }), kind: one.kind })),
  };
}
