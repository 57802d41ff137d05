// The streamed upload. XMLHttpRequest and not fetch: only it reports how much was sent.
import { create } from "zustand";
import { BASE, getCsrfToken, goToSignIn, idempotencyKey, problemOf } from "./client.ts";
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
const running = new Map<number, XMLHttpRequest>();

function change(id: number, patch: Partial<Upload>): void {
  useUploads.setState(({ list }) => ({
    list: list.map((upload) => (upload.id === id ? { ...upload, ...patch } : upload)),
  }));
}

export function dismissUpload(id: number): void {
  running.get(id)?.abort();
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

/** Sends one file to the case; progress and failure are in `useUploads`, the bundle comes with the case. */
export function startUpload(caseNumber: string, file: File): void {
  lastId += 1;
  const id = lastId;
  const upload = { id, caseNumber, name: file.name, sentBytes: 0, totalBytes: file.size, problem: null };
  useUploads.setState(({ list }) => ({ list: [...list, upload] }));
  const request = new XMLHttpRequest();
  running.set(id, request);
  const path = `${BASE}/cases/${encodeURIComponent(caseNumber)}/bundles`;
  request.open("POST", `${path}?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRF-Token", getCsrfToken());
  request.setRequestHeader("Idempotency-Key", idempotencyKey());
  request.upload.onprogress = (event) => change(id, { sentBytes: event.loaded });
  request.onerror = () => change(id, { problem: problemOf(0, null) });
  request.onload = () => {
    running.delete(id);
    if (request.status === 401) goToSignIn();
    if (request.status < 200 || request.status > 299) {
      change(id, { problem: problemOf(request.status, parse(request.responseText)) });
      return;
    }
    const bundle = parse(request.responseText) as Bundle;
    refreshCase(bundle.case_number);
    dismissUpload(id);
  };
  request.send(file);
}
