import { Link } from "@tanstack/react-router";
import Settings from "lucide-react/icons/settings";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { COMMANDS } from "../keys/catalog.ts";
import { runCommand } from "../keys/registry.ts";
import { SECTIONS } from "./sections.ts";
import { useSession } from "./session.tsx";
import { type Theme, useSettings } from "./settings.ts";

export function Rail() {
  const { may } = useSession();
  return (
    <nav className="rail" aria-label="Sections">
      <Link to="/" className="rail-mark" aria-label="Mainstay, home" title="Mainstay">
        <svg viewBox="0 0 16 16" width="22" height="22" aria-hidden="true">
          <title>Mainstay</title>
          <path d="M8 2.5v11M8 3.5 3 13h10z" />
        </svg>
      </Link>
      {SECTIONS.filter((section) => !("may" in section) || may.includes(section.may)).map(
        ({ path, name, command, Icon }) => (
          <Link
            key={path}
            to={path}
            className="rail-link"
            activeProps={{ "aria-current": "page" }}
            title={`${name} (${COMMANDS.get(command)?.keys[0]})`}
          >
            <Icon size={18} aria-hidden />
            <span className="visually-hidden">{name}</span>
          </Link>
        ),
      )}
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
