// The swarm that runs on the case, and what came of the earlier ones.
import "../styles/swarm.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client.ts";
import { swarmsQuery } from "../api/queries.ts";
import type { Swarm } from "../api/types.ts";
import { write } from "../api/write.ts";
import { isDone } from "../case/status.ts";
import { useCase } from "../case/useCase.ts";
import { useCommands } from "../keys/registry.ts";
import { useMay, useSession } from "../shell/session.tsx";
import { useNow, useZone } from "../shell/zone.ts";
import { dueText } from "../sla/clockText.ts";
import { formatShort, parseMicros } from "../time/time.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { ServerHtml } from "../ui/ServerHtml.tsx";
import { ErrorState } from "../ui/states.tsx";
import { CloseSwarmDialog } from "./CloseSwarmDialog.tsx";
import { OpenSwarmDialog } from "./OpenSwarmDialog.tsx";
import { outcomeName } from "./outcome.ts";
import { TriedDialog } from "./TriedDialog.tsx";

type Open = "open" | "tried" | "close" | null;

export function SwarmPanel() {
  const { detail } = useCase();
  const { user } = useSession();
  const found = useQuery(swarmsQuery(detail.number));
  const [open, setOpen] = useState<Open>(null);
  const maySwarm = useMay("swarm") && !isDone(detail.status);
  const running = found.data?.find(({ closed }) => !closed);
  const ended = found.data?.filter(({ closed }) => closed) ?? [];
  const there = running?.people.some(({ person, left_at }) => person.id === user.id && !left_at);
  const step = (what: string, act: (number: string, swarm: number) => Promise<unknown>) => () => {
    if (running) void write(what, detail.number, () => act(detail.number, running.number));
  };
  useCommands({
    "swarm.open": { enabled: maySwarm && !running, run: () => setOpen("open") },
    "swarm.join": { enabled: maySwarm && !!running && !there, run: step("Could not join", api.joinSwarm) },
    "swarm.leave": { enabled: maySwarm && !!there, run: step("Could not leave", api.leaveSwarm) },
    "swarm.tried": { enabled: maySwarm && !!running, run: () => setOpen("tried") },
    "swarm.close": { enabled: maySwarm && !!running, run: () => setOpen("close") },
  });
  const close = () => setOpen(null);
  return (
    <section className="side-section" aria-labelledby="swarm-title">
      <header>
        <h2 className="column-title" id="swarm-title">
          Swarm <span className="count">{running ? "runs" : ended.length || ""}</span>
        </h2>
        {maySwarm && !running && (
          <CommandButton command="swarm.open" kind="quiet">
            Call together
          </CommandButton>
        )}
      </header>
      {found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {running && <Running swarm={running} there={!!there} may={maySwarm} />}
      {found.data?.length === 0 && <p className="muted side-none">Nobody was called together yet.</p>}
      {ended.length > 0 && (
        <ul className="swarm-ended">
          {ended.map((swarm) => (
            <Ended key={swarm.number} swarm={swarm} />
          ))}
        </ul>
      )}
      <OpenSwarmDialog number={detail.number} open={open === "open"} onClose={close} />
      {running && (
        <>
          <TriedDialog
            number={detail.number}
            swarm={running.number}
            open={open === "tried"}
            onClose={close}
          />
          <CloseSwarmDialog number={detail.number} swarm={running} open={open === "close"} onClose={close} />
        </>
      )}
    </section>
  );
}

function Running({ swarm, there, may }: { swarm: Swarm; there: boolean; may: boolean }) {
  const { zone } = useZone();
  const now = useNow();
  const present = swarm.people.filter(({ left_at }) => !left_at);
  const endsUs = parseMicros(swarm.box_ends_at);
  const due = Number.isNaN(endsUs) ? null : dueText(endsUs, endsUs - 5 * 60_000_000, now);
  return (
    <div className="side-card swarm" data-rang={swarm.rang || undefined}>
      <ServerHtml html={swarm.question_html} />
      <p className="muted">Ends when: {swarm.exit}</p>
      <p className="swarm-line">
        <span>
          {present.length > 0 ? present.map(({ person }) => person.name).join(", ") : "Nobody is there yet"}
        </span>
        {due && (
          <span className="due tabular" data-tone={due.tone} title="The time box">
            {swarm.rang > 0 ? "Decide: " : ""}
            {due.text}
          </span>
        )}
      </p>
      <Invited swarm={swarm} />
      {swarm.tried.length > 0 && (
        <ol className="swarm-tried" aria-label="Tried so far">
          {swarm.tried.map((attempt) => (
            <li key={`${attempt.at} ${attempt.by.id}`}>
              <span className="muted tabular">
                {formatShort(parseMicros(attempt.at), zone)} {attempt.by.name}
              </span>
              <ServerHtml html={attempt.html} />
            </li>
          ))}
        </ol>
      )}
      {may && (
        <p className="side-actions">
          {!there && <CommandButton command="swarm.join">Join</CommandButton>}
          <CommandButton command="swarm.tried">Tried</CommandButton>
          {there && <CommandButton command="swarm.leave">Leave</CommandButton>}
          <CommandButton command="swarm.close" kind="primary">
            Decide
          </CommandButton>
        </p>
      )}
    </div>
  );
}

/** Who was called and has not come. */
function Invited({ swarm }: { swarm: Swarm }) {
  const came = new Set(swarm.people.map(({ person }) => person.id));
  const waiting = swarm.invited.filter(({ id }) => !came.has(id)).map(({ name }) => name);
  const called = [...waiting, ...swarm.skills.map((skill) => `who knows ${skill}`)];
  return called.length > 0 && <p className="muted">Called: {called.join(", ")}</p>;
}

function Ended({ swarm }: { swarm: Swarm }) {
  const { zone } = useZone();
  const { closed } = swarm;
  if (!closed) return null;
  return (
    <li>
      <p>
        <b>{outcomeName(closed.outcome)}</b>{" "}
        <span className="muted tabular">
          {formatShort(parseMicros(closed.at), zone)} {closed.by.name}
        </span>
      </p>
      <ServerHtml html={closed.decision_html} />
      {closed.owner && <p>{closed.owner.name} does it</p>}
      <div className="muted">
        <ServerHtml html={swarm.question_html} />
        {swarm.people.length} came, {swarm.tried.length} tried
      </div>
    </li>
  );
}
