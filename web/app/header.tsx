import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconDeviceMobileMessage, IconKeyboard } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { Notification } from "../../shared/v1/notification.ts";
import { NotificationBell } from "../features/notifications/notification-bell.tsx";
import { wordsOf } from "../lib/api/api-error.ts";
import type { Me } from "../lib/api/session.ts";
import { pages } from "../lib/paths.ts";
import { BrandMark } from "../ui/brand-mark.tsx";
import { showProblem } from "../ui/undo-toast.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { ColorSchemeToggle } from "./color-scheme-toggle.tsx";
import classes from "./header.module.css";
import { openNotification } from "./open-notification.ts";
import { screens } from "./screens.ts";

type Props = { me: Me; phoneShown: boolean; onTogglePhone: (() => void) | undefined; onHelp: () => void };

export function Header({ me, phoneShown, onTogglePhone, onHelp }: Props) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const open = (notification: Notification) => void openNotification(notification, { navigate, client }).catch(sayWhy);
  return (
    <header className={classes.header}>
      <Link to={pages.inbox} className={classes.brand} aria-label="Rapport, to the inbox">
        <BrandMark />
        <span className={classes.name}>Rapport</span>
      </Link>
      <nav className={classes.nav} aria-label="Main">
        {screens.map(({ to, label, icon: Icon }) => (
          <Link key={to} to={to} className={classes.link}>
            <Icon size={18} stroke={1.7} />
            {label}
          </Link>
        ))}
      </nav>
      <span className={classes.company}>{me.company_name}</span>
      {onTogglePhone && (
        <Button
          className={`${classes.wide} ${classes.phone}`}
          size="xs"
          variant="default"
          leftSection={<IconDeviceMobileMessage size={17} stroke={1.7} />}
          aria-pressed={phoneShown}
          onClick={onTogglePhone}
        >
          Phone simulator
        </Button>
      )}
      <NotificationBell onOpen={open} />
      <Tooltip label="Keyboard shortcuts (?)">
        <ActionIcon
          className={classes.wide}
          variant="subtle"
          color="gray"
          size={36}
          aria-label="Keyboard shortcuts"
          onClick={onHelp}
        >
          <IconKeyboard size={20} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <ColorSchemeToggle />
      <AccountMenu me={me} />
    </header>
  );
}

function sayWhy(error: unknown): void {
  showProblem("What it speaks of could not be opened", wordsOf(error));
}
