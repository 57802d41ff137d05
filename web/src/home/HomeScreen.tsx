// The first minute of a shift: what waits for me, what is due, what changed, who is there.
import "../styles/home.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api, reasonOf } from "../api/client.ts";
import { refreshHome } from "../api/live.ts";
import { homeQuery } from "../api/queries.ts";
import type { Home } from "../api/types.ts";
import { decideHandoff, SayDialog, type Saying } from "../handoff/SayDialog.tsx";
import { useCommands } from "../keys/registry.ts";
import { LiveChip } from "../shell/LiveChip.tsx";
import { useMay } from "../shell/session.tsx";
import { toast, toastError } from "../shell/toasts.tsx";
import { useView } from "../shell/useView.ts";
import { useZone } from "../shell/zone.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { Changes, DueList, TeamNow } from "./Columns.tsx";
import { Inbox, Sent } from "./Handoffs.tsx";
import { type Row, rowsOf } from "./rows.ts";

export function HomeScreen() {
  const found = useQuery(homeQuery);
  useEffect(() => {
    document.title = "Home · Mainstay";
  }, []);
  return (
    <main id="main" className="full-page customers home">
      {found.data ? (
        <Desk home={found.data} />
      ) : (
        <>
          <h1>Home</h1>
          {found.error ? (
            <ErrorState error={found.error} retry={() => void found.refetch()} />
          ) : (
            <Loading what="your shift" />
          )}
        </>
      )}
    </main>
  );
}

function Desk({ home }: { home: Home }) {
  const [search, setView] = useView();
  const navigate = useNavigate();
  const { zone } = useZone();
  const may = useMay("hand_off");
  const [saying, setSaying] = useState<Saying | null>(null);
  const rows = rowsOf(home);
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === search.row),
  );
  const row: Row | undefined = rows[at];
  const move = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (!next) return;
    setView({ row: next.id }, { replace: true });
    document.getElementById(next.id)?.scrollIntoView({ block: "nearest" });
  };
  const received = row?.kind === "inbox" ? row : null;
  const asked = row?.kind === "asked" ? row : null;
  const accept = async (it: { number: string; handoff: string }) => {
    try {
      await decideHandoff(it.number, "accept", it.handoff, "");
      toast(`${it.number} is yours`);
    } catch (error) {
      toastError(`Could not accept ${it.number}`, error);
    }
  };
  const say = (decision: Saying["decision"], it: { number: string; handoff: string } | null) =>
    it && setSaying({ number: it.number, handoff: it.handoff, decision });
  const shift = async (act: () => Promise<unknown>, done: string) => {
    try {
      await act();
      refreshHome();
      toast(done);
    } catch (error) {
      toastError("Could not change the shift", reasonOf(error));
    }
  };
  const on = home.me.on_shift_since;
  useCommands({
    "home.next": () => move(1),
    "home.previous": () => move(-1),
    "home.open": {
      enabled: row !== undefined,
      run: () => row && void navigate({ to: "/cases/$number", params: { number: row.number } }),
    },
    "home.accept": { enabled: may && received !== null, run: () => received && void accept(received) },
    "home.ask": { enabled: may && received !== null, run: () => say("ask", received) },
    "home.refuse": { enabled: may && received !== null, run: () => say("refuse", received) },
    "home.answer": { enabled: may && asked !== null, run: () => say("answer", asked) },
    "home.start": { enabled: !on, run: () => void shift(api.startShift, "Your shift has begun") },
    "home.end": {
      enabled: true,
      run: () => {
        if (may && home.due.length > 0) void navigate({ to: "/home/handoff" });
        else void shift(api.endShift, "Your shift is over");
      },
    },
    "live.load": refreshHome,
  });
  // without a choice the first row is current, so that what was handed over is read at once
  const current = row?.id ?? null;
  const choose = (id: string) => setView({ row: id }, { replace: true });
  const nothing = home.due.length === 0 && home.inbox.length === 0 && home.late.length === 0;
  return (
    <>
      <header className="customers-head">
        <h1>Home</h1>
        <p className="muted">
          {on ? `On shift since ${formatShort(parseMicros(on), zone)}` : "Not on shift"}
        </p>
        <LiveChip scope="home" />
        <span className="home-space" />
        <CommandButton
          command="home.start"
          kind={on ? undefined : "primary"}
          disabled={Boolean(on)}
          why="Your shift has begun"
        >
          Start my shift
        </CommandButton>
        <CommandButton command="home.end" kind={on ? "primary" : undefined}>
          End my shift
        </CommandButton>
      </header>
      <nav className="home-counts" aria-label="The queue">
        <Link to="/queue" search={{ view: "unowned" }}>
          <b className="tabular">{home.unowned}</b> unowned
        </Link>
        <Link to="/queue" search={{ view: "all", sort: "due" }}>
          <b className="tabular">{home.at_risk}</b> at risk
        </Link>
      </nav>
      {nothing && (
        <div className="home-nothing">
          <p>Nothing waits for you and nothing of yours is due.</p>
          <Link className="button" to="/queue" search={{ view: "unowned" }}>
            Pick a case from the queue
          </Link>
        </div>
      )}
      <div className="home-columns">
        <div>
          <Inbox
            home={home}
            current={current}
            onChoose={choose}
            may={may}
            onAccept={(it) => void accept(it)}
            onSay={say}
          />
          <DueList cases={home.due} current={current} onChoose={choose} />
          <Sent home={home} current={current} onChoose={choose} onSay={say} />
        </div>
        <div>
          <Changes home={home} />
          <TeamNow team={home.team} />
        </div>
      </div>
      <SayDialog saying={saying} onClose={() => setSaying(null)} />
    </>
  );
}
