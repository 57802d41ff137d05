import { Link, useLocation } from "@tanstack/react-router";
import CircleHelp from "lucide-react/icons/circle-question-mark";
import Search from "lucide-react/icons/search";
import { type LiveState, useLive } from "../api/live.ts";
import { runCommand } from "../keys/registry.ts";
import { formatClock, zoneLabel } from "../time/time.ts";
import { Keys } from "../ui/Keys.tsx";
import { SECTIONS } from "./sections.ts";
import { useNow, useZone } from "./zone.ts";

export function TopBar() {
  return (
    <header className="top-bar">
      <Breadcrumb />
      <button type="button" className="search-button" onClick={() => runCommand("palette.open")}>
        <Search size={14} aria-hidden />
        <span>Search or run a command</span>
        <Keys of="palette.open" />
      </button>
      <div className="top-right">
        <LiveDot />
        <ZoneClock />
        <button
          type="button"
          className="icon-button"
          aria-label="Keys of this screen"
          title="Keys of this screen (?)"
          onClick={() => runCommand("help.keys")}
        >
          <CircleHelp size={16} aria-hidden />
        </button>
      </div>
    </header>
  );
}

function Breadcrumb() {
  const { pathname } = useLocation();
  const [, first = "", number] = pathname.split("/");
  const section = SECTIONS.find(({ path }) => path === `/${first}`);
  const here = section?.name ?? (number ? decodeURIComponent(number) : "Queue");
  return (
    <nav className="breadcrumb" aria-label="Breadcrumb">
      <ol>
        {first === "cases" && (
          <li>
            <Link to="/queue">Queue</Link>
          </li>
        )}
        <li>
          <Link to={pathname} aria-current="page">
            {here}
          </Link>
        </li>
      </ol>
    </nav>
  );
}

const LIVE_TEXT: Record<LiveState, string> = {
  open: "Live",
  connecting: "Connecting",
  closed: "Not live",
};

function LiveDot() {
  const state = useLive((live) => live.state);
  return (
    <span className="live" data-state={state} title="Whether changes of others arrive by themselves">
      <span className="live-dot" aria-hidden="true" />
      {LIVE_TEXT[state]}
    </span>
  );
}

function ZoneClock() {
  const { zone } = useZone();
  const now = useNow();
  const label = zoneLabel(zone, now);
  return (
    <button
      type="button"
      className="zone"
      onClick={() => runCommand("zone.next")}
      aria-label={`${formatClock(now, zone, "m")} ${label}, switch the time zone`}
      title={`All times are in ${zone}. Switch (u)`}
    >
      <span className="tabular">{formatClock(now, zone, "m")}</span> {label}
    </button>
  );
}
