import { UnstyledButton } from "@mantine/core";
import { IconDeviceMobileMessage } from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import classes from "./phone-tabs.module.css";
import { screens } from "./screens.ts";

type Props = { phoneShown: boolean; offersPhone: boolean; onShow: (shown: "shown" | "hidden") => void };

/** On a narrow screen: thumb-sized tabs at the bottom. */
export function PhoneTabs({ phoneShown, offersPhone, onShow }: Props) {
  const { pathname } = useLocation();
  return (
    <nav className={classes.tabs} aria-label="Screens">
      {screens.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          search={(search) => ({ ...search, phone: undefined })}
          className={classes.tab}
          // Back from the simulator to where one was, not to the beginning of the screen.
          onClick={(event) => {
            if (!phoneShown || !pathname.startsWith(to)) return;
            event.preventDefault();
            onShow("hidden");
          }}
          // The screen under the simulator is not the one that is shown.
          activeOptions={{ explicitUndefined: true }}
        >
          <Icon size={21} stroke={1.7} />
          {label}
        </Link>
      ))}
      {offersPhone && (
        <UnstyledButton
          className={classes.tab}
          aria-current={phoneShown ? "page" : undefined}
          onClick={() => onShow("shown")}
        >
          <IconDeviceMobileMessage size={21} stroke={1.7} />
          Phone
        </UnstyledButton>
      )}
    </nav>
  );
}
