import "../styles/case.css";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { ApiError } from "../api/client.ts";
import { refreshCase } from "../api/live.ts";
import type { CaseDetail } from "../api/types.ts";
import { startUpload } from "../api/upload.ts";
import { useCommands } from "../keys/registry.ts";
import { neighbour, queueAddress } from "../queue/cameFrom.ts";
import { PreviewDialog } from "../redaction/PreviewDialog.tsx";
import { useMay } from "../shell/session.tsx";
import { useSettings } from "../shell/settings.ts";
import { toast } from "../shell/toasts.tsx";
import { useView } from "../shell/useView.ts";
import { DropCurtain } from "../ui/DropCurtain.tsx";
import { EmptyState, ErrorState, Loading } from "../ui/states.tsx";
import { chooseFiles, useFileDrop } from "../ui/useFileDrop.ts";
import { AssignDialog } from "./AssignDialog.tsx";
import { CaseHeader } from "./CaseHeader.tsx";
import { CloseDialog } from "./CloseDialog.tsx";
import { CustomerDialog } from "./CustomerDialog.tsx";
import type { CASE_VIEWS } from "./caseState.ts";
import { DecideDialog } from "./DecideDialog.tsx";
import { openComposer } from "./draft.ts";
import { ResolveDialog } from "./ResolveDialog.tsx";
import { SeverityDialog } from "./SeverityDialog.tsx";
import { StatusDialog } from "./StatusDialog.tsx";
import { isDone } from "./status.ts";
import { CaseProvider, useCase, useCaseData } from "./useCase.ts";
import { WhoseDialog } from "./WhoseDialog.tsx";
import { Workbench } from "./Workbench.tsx";

export function CaseScreen() {
  const { number } = useParams({ strict: false }) as { number: string };
  return <CaseByNumber key={number} number={number} />;
}

function CaseByNumber({ number }: { number: string }) {
  const { found, state, set, bundle, tab } = useCaseData(number);
  const detail = found.data;
  useMergedAway(detail);
  const value = useMemo(
    () => (detail ? { detail, state, set, bundle, tab } : null),
    [detail, state, set, bundle, tab],
  );
  if (!value) {
    return (
      <main id="main" className="full-page">
        <h1 className="visually-hidden">{number}</h1>
        {found.error ? (
          <CaseError number={number} error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading what={number} />
        )}
      </main>
    );
  }
  return (
    <CaseProvider value={value}>
      <CaseFrame />
    </CaseProvider>
  );
}

/** Parts of an address that lead to something of the case itself, which stays there when it is merged. */
const OWN_PLACES = ["merged", "bundle", "at", "hyp", "trace", "q"];

/** Whoever comes to a merged case is led to where the work goes on. */
function useMergedAway(detail: CaseDetail | undefined): void {
  const navigate = useNavigate();
  const [search] = useView();
  const stays = OWN_PLACES.some((name) => search[name] !== undefined);
  const into = stays ? null : (detail?.merged_into ?? null);
  const number = detail?.number;
  useEffect(() => {
    if (!into) return;
    toast(`${number} was merged into ${into}`);
    void navigate({ to: "/cases/$number", params: { number: into }, replace: true });
  }, [into, number, navigate]);
}

function CaseError({ number, error, retry }: { number: string; error: unknown; retry: () => void }) {
  if (!(error instanceof ApiError) || error.problem.code !== "not_found") {
    return <ErrorState error={error} retry={retry} />;
  }
  return (
    <EmptyState title={`There is no case ${number}`}>
      <p className="muted">It was never opened, it was part of the sample desk, or it is not yours to see.</p>
      <Link className="button" to="/queue">
        Go to the queue
      </Link>
    </EmptyState>
  );
}

type Open = "whose" | "assign" | "severity" | "status" | "customer" | "resolve" | "close" | "decide" | null;

function CaseFrame() {
  const { detail, state } = useCase();
  const { number } = detail;
  const [open, setOpen] = useState<Open>(null);
  const mayAttach = useMay("attach_bundle");
  const [previewed, setPreviewed] = useState<readonly File[]>([]);
  const attach = (files: File[]) => {
    if (useSettings.getState().previewUploads) return setPreviewed(files);
    for (const file of files) startUpload(number, file);
  };
  const over = useFileDrop(attach, mayAttach);
  useCaseCommands(setOpen, () => chooseFiles(attach));
  useCommands({
    "case.preview": { enabled: mayAttach, run: () => chooseFiles((files) => setPreviewed(files)) },
  });
  useEffect(() => {
    document.title = `${number} ${detail.subject} · Mainstay`;
  }, [number, detail.subject]);
  const close = () => setOpen(null);
  return (
    <main id="main" className="case" data-wide={state.wide || undefined}>
      <CaseHeader />
      <Workbench />
      {over && <DropCurtain text={`Drop to attach to ${number}`} />}
      <PreviewDialog number={number} files={previewed} onClose={() => setPreviewed([])} />
      <WhoseDialog detail={detail} open={open === "whose"} onClose={close} />
      <AssignDialog cases={[number]} area={detail.product} open={open === "assign"} onClose={close} />
      <SeverityDialog cases={[number]} current={detail.severity} open={open === "severity"} onClose={close} />
      <StatusDialog detail={detail} open={open === "status"} onClose={close} />
      <CustomerDialog detail={detail} open={open === "customer"} onClose={close} />
      <ResolveDialog detail={detail} open={open === "resolve"} onClose={close} />
      <CloseDialog detail={detail} open={open === "close"} onClose={close} />
      <DecideDialog number={number} open={open === "decide"} onClose={close} />
    </main>
  );
}

function useCaseCommands(setOpen: (open: Open) => void, attach: () => void): void {
  const { detail, state, set } = useCase();
  const navigate = useNavigate();
  const { number } = detail;
  const may = {
    note: useMay("write_internal_note"),
    reply: useMay("write_public_note"),
    whose: useMay("set_customer") && !isDone(detail.status),
    assign: useMay("assign_case"),
    severity: useMay("set_severity"),
    status: useMay("set_status") && !isDone(detail.status),
    customer: useMay("record_customer") && detail.status !== "closed",
    resolve: useMay(isDone(detail.status) ? "reopen_case" : "resolve_case") && detail.status !== "closed",
    decide: useMay("decide") && !isDone(detail.status),
    close: useMay("close_case") && detail.status === "solved",
    attach: useMay("attach_bundle"),
  };
  const walk = (by: 1 | -1) => () => {
    const to = neighbour(number, by);
    if (to) void navigate({ to: "/cases/$number", params: { number: to } });
    else toast(by > 0 ? "This is the last case of the list" : "This is the first case of the list");
  };
  const back = () => {
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
    else if (state.detail) set({ detail: false }, { replace: true });
    else void navigate({ href: queueAddress(number) });
  };
  const view = (name: (typeof CASE_VIEWS)[number]) => () => set({ view: name });
  useCommands({
    "case.note": { enabled: may.note, run: () => openComposer(number, "internal") },
    "case.reply": { enabled: may.reply, run: () => openComposer(number, "public") },
    "case.whose": { enabled: may.whose, run: () => setOpen("whose") },
    "case.assign": { enabled: may.assign, run: () => setOpen("assign") },
    "case.severity": { enabled: may.severity, run: () => setOpen("severity") },
    "case.status": { enabled: may.status, run: () => setOpen("status") },
    "case.customer": { enabled: may.customer, run: () => setOpen("customer") },
    "case.resolve": { enabled: may.resolve, run: () => setOpen("resolve") },
    "case.decide": { enabled: may.decide, run: () => setOpen("decide") },
    "case.close": { enabled: may.close, run: () => setOpen("close") },
    "case.attach": { enabled: may.attach, run: attach },
    "case.next": walk(1),
    "case.previous": walk(-1),
    "case.panels": () => set({ wide: !state.wide }, { replace: true }),
    "case.view.timeline": view("timeline"),
    "case.view.logs": view("logs"),
    "case.view.traces": view("traces"),
    "case.view.metrics": view("metrics"),
    "case.view.changes": view("changes"),
    "case.view.files": view("files"),
    "case.view.templates": view("templates"),
    "case.view.problems": view("problems"),
    "live.load": () => refreshCase(number),
    back,
  });
}
