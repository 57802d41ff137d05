import type { Bundle } from "../api/types.ts";
import { formatBytes } from "../time/number.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { phaseName, progressText } from "./progressText.ts";

/** The bundle is being read: how far, and what can be done meanwhile. */
export function ReadingState({ bundle }: { bundle: Bundle }) {
  const { progress } = bundle;
  return (
    <div className="state reading" role="status">
      <h2 className="state-title">{phaseName(progress)}</h2>
      <p className="cut">
        {bundle.name} <span className="muted">{formatBytes(bundle.size_bytes)}</span>
      </p>
      <progress
        max={progress?.total_bytes ?? undefined}
        value={progress?.total_bytes ? progress.done_bytes : undefined}
        aria-label="How much of the bundle is read"
      />
      <p className="muted tabular">
        {progress ? progressText(progress) : "It starts as soon as a worker is free."}
      </p>
      {progress?.current && <p className="muted mono cut reading-file">{progress.current}</p>}
      <p className="muted">
        Lines, templates and findings appear here when it is done. The timeline and notes work now.
      </p>
      <CommandButton command="case.view.timeline">Timeline</CommandButton>
    </div>
  );
}

export function FailedState({ bundle }: { bundle: Bundle }) {
  return (
    <div className="state" role="status">
      <h2 className="state-title">This bundle could not be read</h2>
      <p className="cut">{bundle.name}</p>
      <p className="failure">{bundle.failure ?? "no reason was given"}</p>
      <p className="muted">
        {formatBytes(bundle.size_bytes)} arrived here: compare that with the size of the original. The files
        inside it can also be attached one by one.
      </p>
      <CommandButton command="case.attach" kind="primary">
        Attach another bundle
      </CommandButton>
    </div>
  );
}

export function NoBundle({ caseNumber, may }: { caseNumber: string; may: boolean }) {
  return (
    <div className="state drop-zone">
      <h2 className="state-title">No evidence yet</h2>
      <p className="muted">Drop a bundle, an archive or a log anywhere on this page.</p>
      <CommandButton
        command="case.attach"
        kind="primary"
        disabled={!may}
        why="Your role may not attach bundles"
      >
        Choose a file
      </CommandButton>
      <p className="muted">
        It is read on this server, secrets are masked first, and its lines can be pinned as evidence of{" "}
        {caseNumber}.
      </p>
    </div>
  );
}
