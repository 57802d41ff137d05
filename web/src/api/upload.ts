// The streamed upload. XMLHttpRequest and not fetch: only it reports how much was sent.
import { create } from "zustand";
import { ApiError, BASE, getCsrfToken, goToSignIn, idempotencyKey, problemOf } from "./client.ts";
import { refreshCase } from "./live.ts";
import type { ApiProblem, Bundle } from "./types.ts";

export interface Upload {
  id: number;
  caseNumber: string;
  name: string;
  sentBytes: number;
  totalBytes: number;
  problem: ApiProblem | null;
}

interface Uploads {
  list: Upload[];
}

export const useUploads = create<Uploads>(() => ({ list: [] }));

let lastId = 0;
const running = new Map<number, () => void>();

function change(id: number, patch: Partial<Upload>): void {
  useUploads.setState(({ list }) => ({
    list: list.map((upload) => (upload.id === id ? { ...upload, ...patch } : upload)),
  }));
}

export function dismissUpload(id: number): void {
  running.get(id)?.();
  running.delete(id);
  useUploads.setState(({ list }) => ({ list: list.filter((upload) => upload.id !== id) }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** One file on its way: what the server answers, and a way to stop. What is stopped never answers. */
export interface Sending<Answer> {
  done: Promise<Answer>;
  stop: () => void;
}

/** Sends one file below a case, as it is. */
export function sendFile<Answer>(
  caseNumber: string,
  place: "bundles" | "previews",
  file: File,
  onSent: (bytes: number) => void,
): Sending<Answer> {
  const request = new XMLHttpRequest();
  const path = `${BASE}/cases/${encodeURIComponent(caseNumber)}/${place}`;
  request.open("POST", `${path}?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRF-Token", getCsrfToken());
  request.setRequestHeader("Idempotency-Key", idempotencyKey());
  request.upload.onprogress = (event) => onSent(event.loaded);
  const done = new Promise<Answer>((resolve, reject) => {
    request.onerror = () => reject(new ApiError(problemOf(0, null)));
    request.onload = () => {
      if (request.status === 401) goToSignIn();
      const body = parse(request.responseText);
      if (request.status < 200 || request.status > 299) reject(new ApiError(problemOf(request.status, body)));
      else resolve(body as Answer);
    };
  });
  request.send(file);
  return { done, stop: () => request.abort() };
}

/** Sends one file to the case; progress and failure are in `useUploads`, the bundle comes with the case. */
export function startUpload(caseNumber: string, file: File): void {
  lastId += 1;
  const id = lastId;
  const upload = { id, caseNumber, name: file.name, sentBytes: 0, totalBytes: file.size, problem: null };
  useUploads.setState(({ list }) => ({ list: [...list, upload] }));
  const sending = sendFile<Bundle>(caseNumber, "bundles", file, (sentBytes) => change(id, { sentBytes }));
  running.set(id, sending.stop);
  sending.done.then(
    (bundle) => {
      refreshCase(bundle.case_number);
      dismissUpload(id);
    },
    (error: ApiError) => {
      running.delete(id);
      change(id, { problem: error.problem });
    },
  );
}
