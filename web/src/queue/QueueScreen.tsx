import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { refreshQueue } from "../api/live.ts";
import { AssignDialog } from "../case/AssignDialog.tsx";
import { NewCaseDialog } from "../case/NewCaseDialog.tsx";
import { SeverityDialog } from "../case/SeverityDialog.tsx";
import { acceptIntake } from "../intake/acceptIntake.ts";
import { ReturnDialog } from "../intake/ReturnDialog.tsx";
import { useCommands } from "../keys/registry.ts";
import { useMay } from "../shell/session.tsx";
import { copyText } from "../ui/copy.ts";
import { DropCurtain } from "../ui/DropCurtain.tsx";
import { ErrorState, Loading } from "../ui/states.tsx";
import { chooseFiles, useFileDrop } from "../ui/useFileDrop.ts";
import { EmptyQueue } from "./EmptyQueue.tsx";
import { FilteredQueue } from "./FilteredQueue.tsx";
import { Peek } from "./Peek.tsx";
import { QueueBar } from "./QueueBar.tsx";
import { QueueFoot } from "./QueueFoot.tsx";
import { QueueList } from "./QueueList.tsx";
import { VIEWS } from "./queueState.ts";
import { type Queue, useQueue } from "./useQueue.ts";
import { ViewList } from "./ViewList.tsx";

type Open = "assign" | "severity" | "new" | "return" | null;

export function QueueScreen() {
  const queue = useQueue();
  const filter = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState<Open>(null);
  const [files, setFiles] = useState<File[]>([]);
  const mayOpen = useMay("open_case");
  const withFiles = (list: File[]) => {
    setFiles(list);
    setOpen("new");
  };
  const over = useFileDrop(withFiles, mayOpen && open === null);
  useQueueCommands(queue, filter, setOpen, () => chooseFiles(withFiles));
  useEffect(() => {
    document.title = "Queue · Mainstay";
  }, []);
  const close = () => {
    setOpen(null);
    setFiles([]);
  };
  const peeked = queue.state.peek ? queue.state.row : null;
  const numbers = queue.targets.map(({ number }) => number);
  return (
    <main id="main" className="queue" data-peek={peeked ? true : undefined}>
      <h1 className="visually-hidden">Queue</h1>
      <ViewList queue={queue} />
      <section className="queue-middle" aria-label="Cases">
        <QueueBar queue={queue} filter={filter} />
        <QueueBody queue={queue} />
      </section>
      {peeked && <Peek number={peeked} onClose={() => queue.set({ peek: false })} />}
      {over && <DropCurtain text="Drop to open a case with this bundle" />}
      <AssignDialog cases={numbers} open={open === "assign"} onClose={close} />
      <SeverityDialog
        cases={numbers}
        current={queue.targets[0]?.severity ?? "P3"}
        open={open === "severity"}
        onClose={close}
      />
      {queue.targets[0] && (
        <ReturnDialog number={queue.targets[0].number} open={open === "return"} onClose={close} />
      )}
      <NewCaseDialog open={open === "new"} files={files} onClose={close} />
    </main>
  );
}

function QueueBody({ queue }: { queue: Queue }) {
  const { counts, state } = queue;
  if (queue.error) return <ErrorState error={queue.error} retry={queue.retry} />;
  if (queue.loading) return <Loading what="the queue" />;
  if (queue.rows.length > 0) {
    return (
      <>
        <QueueList queue={queue} />
        <QueueFoot queue={queue} />
      </>
    );
  }
  if (counts && counts.all + counts.resolved === 0) return <EmptyQueue />;
  if (state.text || state.severity.length) return <FilteredQueue queue={queue} />;
  return (
    <div className="state">
      <h2 className="state-title">Nothing in this view</h2>
      <p className="muted">
        {state.view === "mine" ? "No open case is assigned to you." : "No case matches it now."}
      </p>
      {state.view !== "all" && (
        <button type="button" className="button" onClick={() => queue.set({ view: "all" })}>
          Show all open cases
        </button>
      )}
    </div>
  );
}

function useQueueCommands(
  queue: Queue,
  filter: React.RefObject<HTMLInputElement | null>,
  setOpen: (open: Open) => void,
  inspect: () => void,
): void {
  const navigate = useNavigate();
  const mayAssign = useMay("assign_case");
  const maySet = useMay("set_severity");
  const mayOpen = useMay("open_case");
  const mayDecide = useMay("decide_intake");
  const { state, set, targets } = queue;
  const waits = targets.length === 1 && targets[0]?.intake?.state === "waiting";
  const current = queue.rows[queue.cursor];
  const some = targets.length > 0;
  const go = (number: string) => void navigate({ to: "/cases/$number", params: { number } });
  const nextView = () => {
    const at = VIEWS.findIndex(({ id }) => id === state.view);
    set({ view: VIEWS[(at + 1) % VIEWS.length]!.id, row: null });
  };
  useCommands({
    "queue.next": () => queue.move(1),
    "queue.previous": () => queue.move(-1),
    "queue.extend.next": () => queue.move(1, true),
    "queue.extend.previous": () => queue.move(-1, true),
    "queue.open": current && (() => go(current.number)),
    "queue.select": current && (() => queue.toggle(current.number)),
    "queue.assign": { enabled: some && mayAssign, run: () => setOpen("assign") },
    "queue.severity": { enabled: some && maySet, run: () => setOpen("severity") },
    "queue.accept": { enabled: waits && mayDecide, run: () => void acceptIntake(targets[0]!.number) },
    "queue.return": { enabled: waits && mayDecide, run: () => setOpen("return") },
    "queue.new": { enabled: mayOpen, run: () => setOpen("new") },
    "queue.inspect": { enabled: mayOpen, run: inspect },
    "queue.peek": current && (() => set({ peek: !state.peek }, { replace: true })),
    "queue.view.next": nextView,
    "live.load": refreshQueue,
    "filter.focus": () => {
      filter.current?.focus();
      filter.current?.select();
    },
    "link.copy": () =>
      copyText(
        current ? `${window.location.origin}/cases/${current.number}` : window.location.href,
        "Link copied",
      ),
    back: () => {
      if (document.activeElement === filter.current) filter.current?.blur();
      else if (state.peek) set({ peek: false });
      else if (state.row) set({ row: null }, { replace: true });
    },
  });
}
