// Empty, loading, error and no-permission: the four states every screen has beside the full one.
import type { ReactNode } from "react";
import { ApiError } from "../api/client.ts";

interface EmptyProps {
  title: string;
  level?: "h1" | "h2" | "h3";
  children?: ReactNode;
}

export function EmptyState({ title, level = "h2", children }: EmptyProps) {
  const Title = level;
  return (
    <div className="state">
      <Title className="state-title">{title}</Title>
      {children}
    </div>
  );
}

export function Loading({ what }: { what: string }) {
  return (
    <div className="state" aria-busy="true">
      <p className="state-wait">Loading {what}…</p>
    </div>
  );
}

const WHAT_TO_DO: Record<string, string> = {
  forbidden: "Your role does not include this. Ask an administrator for access.",
  not_found: "It does not exist, or it is not yours to see. Check the address.",
  busy: "The server is busy or away. It is asked again when you press Try again.",
  internal: "The server failed. Its log has the details under the time of now.",
};

export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = error instanceof ApiError ? error.problem : null;
  const forbidden = problem?.code === "forbidden";
  return (
    <div className="state" role="alert">
      <h2 className="state-title">
        {forbidden ? "You may not see this" : (problem?.title ?? "Something failed")}
      </h2>
      <p>{problem?.detail || (problem ? "" : String(error))}</p>
      {problem && <p className="muted">{WHAT_TO_DO[problem.code] ?? ""}</p>}
      {retry && !forbidden && (
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}
