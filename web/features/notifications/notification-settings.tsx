import { Modal, Skeleton, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { NotificationPreferencesPatch } from "../../../shared/v1/notification.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { changeNotificationPreferences, notificationPreferencesQuery } from "../../lib/api/notifications.ts";
import { showProblem } from "../../ui/undo-toast.tsx";
import { KindWays } from "./kind-ways.tsx";
import { PushSwitch } from "./push-switch.tsx";
import { QuietHours } from "./quiet-hours.tsx";

/** How its reader is told of what; each change is kept at once. */
export function NotificationSettings({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const { data, error } = useQuery(notificationPreferencesQuery);
  const change = useMutation({
    mutationFn: (patch: NotificationPreferencesPatch) => changeNotificationPreferences(patch),
    onSuccess: (fresh) => client.setQueryData(notificationPreferencesQuery.queryKey, fresh),
    onError: (fault) => showProblem("Your notification settings were not changed", wordsOf(fault)),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title="How you are told"
      size="lg"
      centered
      closeButtonProps={{ "aria-label": "Close" }}
    >
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
