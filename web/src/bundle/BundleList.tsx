import Download from "lucide-react/icons/download";
import X from "lucide-react/icons/x";
import { api } from "../api/client.ts";
import type { Bundle } from "../api/types.ts";
import { dismissUpload, type Upload, useUploads } from "../api/upload.ts";
import { NO_FILTER } from "../case/caseState.ts";
import { useCase } from "../case/useCase.ts";
import { useMay } from "../shell/session.tsx";
import { formatBytes, formatCount, plural } from "../time/number.ts";
import { CommandButton } from "../ui/CommandButton.tsx";
import { phaseName, progressText } from "./progressText.ts";

export function BundleList() {
  const { detail, bundle: current } = useCase();
  const mayAttach = useMay("attach_bundle");
  const list = useUploads((state) => state.list);
  const uploads = list.filter(({ caseNumber }) => caseNumber === detail.number);
  return (
    <section className="side-section" aria-labelledby="bundles-title">
      <header>
        <h2 className="column-title" id="bundles-title">
          Bundles <span className="count">{detail.bundle_list.length || ""}</span>
        </h2>
        <div className="button-row">
          <CommandButton command="case.preview" kind="quiet" disabled={!mayAttach} hideKeys>
            Preview
          </CommandButton>
          <CommandButton
            command="case.attach"
            kind="quiet"
            disabled={!mayAttach}
            why="Your role may not attach bundles"
          >
            Attach
          </CommandButton>
        </div>
      </header>
      <ul className="bundle-list">
        {uploads.map((upload) => (
          <UploadItem key={upload.id} upload={upload} />
        ))}
        {detail.bundle_list.map((bundle) => (
          <BundleItem key={bundle.id} bundle={bundle} current={bundle.id === current?.id} />
        ))}
      </ul>
      {uploads.length + detail.bundle_list.length === 0 && <p className="muted side-none">None attached.</p>}
    </section>
  );
}

function UploadItem({ upload }: { upload: Upload }) {
  return (
    <li className="bundle-item">
      <div className="bundle-name">
        <span className="cut">{upload.name}</span>
        <button
          type="button"
          className="icon-button"
          aria-label={upload.problem ? "Dismiss" : "Cancel the upload"}
          onClick={() => dismissUpload(upload.id)}
        >
          <X size={14} aria-hidden />
        </button>
      </div>
      {upload.problem ? (
        <p className="failure" role="alert">
          Not sent: {upload.problem.detail || upload.problem.title}
        </p>
      ) : (
        <>
          <progress max={upload.totalBytes} value={upload.sentBytes} aria-label={`Sending ${upload.name}`} />
          <small className="muted tabular">
            Sending {formatBytes(upload.sentBytes)} of {formatBytes(upload.totalBytes)}
          </small>
        </>
      )}
    </li>
  );
}

function BundleItem({ bundle, current }: { bundle: Bundle; current: boolean }) {
  const { set } = useCase();
  const open = () =>
    set({
      bundle: bundle.id,
      at: null,
      zoom: null,
      filter: NO_FILTER,
    });
  return (
    <li className="bundle-item" data-current={current || undefined}>
      <div className="bundle-name">
        <button
          type="button"
          className="row-link cut"
          aria-current={current ? "true" : undefined}
          onClick={open}
        >
          {bundle.name}
        </button>
        {bundle.state === "ready" && (
          <a
            className="icon-button"
            href={api.reportAddress(bundle.id)}
            download
            aria-label={`Download the offline report of ${bundle.name}`}
            title="Offline HTML report"
          >
            <Download size={14} aria-hidden />
          </a>
        )}
      </div>
      <BundleFacts bundle={bundle} />
    </li>
  );
}

function BundleFacts({ bundle }: { bundle: Bundle }) {
  if (bundle.state === "failed") return <p className="failure">{bundle.failure ?? "could not be read"}</p>;
  if (bundle.state === "reading") {
    const { progress } = bundle;
    return (
      <>
        <progress
          max={progress?.total_bytes ?? undefined}
          value={progress?.total_bytes ? progress.done_bytes : undefined}
          aria-label={`Reading ${bundle.name}`}
        />
        <small className="muted tabular">
          {phaseName(progress)}
          {progress && ` · ${progressText(progress)}`}
        </small>
      </>
    );
  }
  return (
    <small className="muted tabular">
      {formatCount(bundle.records)} records · {plural(bundle.errors, "error")} ·{" "}
      {plural(bundle.files, "file")}
      {bundle.problems > 0 && ` · ${plural(bundle.problems, "problem")}`}
      {bundle.redactions > 0 && ` · ${formatCount(bundle.redactions)} redacted`}
      {bundle.rules && ` by rules ${bundle.rules.version}`}
      {bundle.rules?.profile && ` (${bundle.rules.profile})`}
    </small>
  );
}
