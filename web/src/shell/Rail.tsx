import { Link } from "@tanstack/react-router";
import Building from "lucide-react/icons/building-2";
import EyeOff from "lucide-react/icons/eye-off";
import Inbox from "lucide-react/icons/inbox";
import ListChecks from "lucide-react/icons/list-checks";
import ScrollText from "lucide-react/icons/scroll-text";
import Settings from "lucide-react/icons/settings";
import Timer from "lucide-react/icons/timer";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { runCommand } from "../keys/registry.ts";
import { useMay, useSession } from "./session.tsx";
import { type Theme, useSettings } from "./settings.ts";

/** Only what exists has an icon here: a dead link in a tool for emergencies is worse than none. */
export function Rail() {
  const mayAudit = useMay("audit");
  return (
    <nav className="rail" aria-label="Sections">
      <Link to="/" className="rail-mark" aria-label="Mainstay, home" title="Mainstay">
        <svg viewBox="0 0 16 16" width="22" height="22" aria-hidden="true">
          <title>Mainstay</title>
          <path d="M8 2.5v11M8 3.5 3 13h10z" />
        </svg>
      </Link>
      <Link to="/queue" className="rail-link" activeProps={{ "aria-current": "page" }} title="Queue (g q)">
        <Inbox size={18} aria-hidden />
        <span className="visually-hidden">Queue</span>
      </Link>
      <Link
        to="/sla"
        className="rail-link"
        activeProps={{ "aria-current": "page" }}
        title="What is promised (g p)"
      >
        <Timer size={18} aria-hidden />
        <span className="visually-hidden">What is promised</span>
      </Link>
      {mayAudit && (
        <Link
          to="/audit"
          className="rail-link"
          activeProps={{ "aria-current": "page" }}
          title="Audit log (g a)"
        >
          <ScrollText size={18} aria-hidden />
          <span className="visually-hidden">Audit log</span>
        </Link>
      )}
      <Link
        to="/redaction"
        className="rail-link"
        activeProps={{ "aria-current": "page" }}
        title="Redaction rules (g r)"
      >
        <EyeOff size={18} aria-hidden />
        <span className="visually-hidden">Redaction rules</span>
      </Link>
      <Link
        to="/customers"
        className="rail-link"
        activeProps={{ "aria-current": "page" }}
        title="Customers (g c)"
      >
        <Building size={18} aria-hidden />
        <span className="visually-hidden">Customers</span>
      </Link>
      <Link
        to="/intake"
        className="rail-link"
        activeProps={{ "aria-current": "page" }}
        title="Checklists of intake (g i)"
      >
        <ListChecks size={18} aria-hidden />
        <span className="visually-hidden">Checklists of intake</span>
      </Link>
      <span className="rail-space" />
      <SettingsMenu />
    </nav>
  );
}

const THEMES: { id: Theme; name: string }[] = [
  { id: "system", name: "Follow the system" },
  { id: "light", name: "Light" },
  { id: "dark", name: "Dark" },
  { id: "contrast", name: "High contrast" },
];

function SettingsMenu() {
  const { user, role, version } = useSession();
  const { theme, density, characterKeys, previewUploads } = useSettings();
  return (
    <MenuTrigger>
      <Button className="rail-link" aria-label="Settings">
        <Settings size={18} aria-hidden />
      </Button>
      <Popover placement="right bottom" className="popover">
        <Menu className="menu" aria-label="Settings" onAction={(id) => runCommand(String(id))}>
          <MenuSection selectionMode="single" selectedKeys={[`theme.${theme}`]}>
            <Header>Theme</Header>
            {THEMES.map(({ id, name }) => (
              <MenuItem key={id} id={`theme.${id}`} className="menu-item">
                {name}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection
            selectionMode="multiple"
            selectedKeys={[
              ...(density === "cozy" ? ["density.toggle"] : []),
              ...(characterKeys ? ["keys.toggle"] : []),
              ...(previewUploads ? ["preview.toggle"] : []),
            ]}
          >
            <Header>This browser</Header>
            <MenuItem id="density.toggle" className="menu-item">
              Cozy rows
            </MenuItem>
            <MenuItem id="keys.toggle" className="menu-item">
              Single-letter keys
            </MenuItem>
            <MenuItem id="preview.toggle" className="menu-item">
              Preview before attaching
            </MenuItem>
          </MenuSection>
          <MenuSection>
            <Header>
              {user.name} · {role} · v{version}
            </Header>
            <MenuItem id="session.end" className="menu-item">
              Sign out
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
