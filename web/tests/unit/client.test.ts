import { afterEach, describe, expect, test, vi } from "vitest";
import { ApiError, api, setCsrfToken } from "../../src/api/client.ts";
import { NO_FILTER } from "../../src/case/caseState.ts";

function answer(status: number, body: unknown) {
  const fetch = vi.fn(
    async (_path: string, _options: RequestInit) => new Response(JSON.stringify(body), { status }),
  );
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const headersOf = (call: [string, RequestInit]) => call[1].headers as Record<string, string>;

describe("requests", () => {
  test("that write carry the token and a fresh key each", async () => {
    const fetch = answer(200, {});
    setCsrfToken("token");
    await api.assign("MS-1", null);
    await api.assign("MS-1", null);
    const [first, second] = fetch.mock.calls.map(headersOf);
    expect(first?.["X-CSRF-Token"]).toBe("token");
    expect(first?.["Idempotency-Key"]).toMatch(/^[0-9a-f]{32}$/);
    expect(second?.["Idempotency-Key"]).not.toBe(first?.["Idempotency-Key"]);
    expect(fetch.mock.calls[0]?.[1].body).toBe('{"assignee":null}');
  });

  test("that read carry neither", async () => {
    const fetch = answer(200, []);
    await api.people();
    const headers = headersOf(fetch.mock.calls[0]!);
    expect(headers["X-CSRF-Token"]).toBeUndefined();
    expect(headers["Idempotency-Key"]).toBeUndefined();
  });

  test("leave out the parts of a filter that do not narrow", async () => {
    const fetch = answer(200, {});
    await api.lines("b 1", { query: 'level:error "a&b"' }, 400, 200);
    expect(fetch.mock.calls[0]?.[0]).toBe(
      "/api/v1/bundles/b%201/lines?query=level%3Aerror+%22a%26b%22&offset=400&limit=200",
    );
    await api.lines("b", NO_FILTER, 0, 200);
    expect(fetch.mock.calls[1]?.[0]).toBe("/api/v1/bundles/b/lines?offset=0&limit=200");
  });

  test("for the next error keep the query apart from what is sought", async () => {
    const fetch = answer(200, { position: 7 });
    const filter = { query: "level:warn" };
    await api.nextLine("b", filter, { after: 0, direction: "next", seek: "error" });
    const search = new URL(fetch.mock.calls[0]![0], "http://desk").searchParams;
    expect(Object.fromEntries(search)).toEqual({
      query: "level:warn",
      after: "0",
      direction: "next",
      seek: "error",
    });
  });
});

describe("failures", () => {
  test("are what the server says", async () => {
    answer(409, { title: "conflict", status: 409, code: "conflict", detail: "somebody was faster" });
    const error = await api.people().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).problem.code).toBe("conflict");
    expect((error as ApiError).message).toBe("somebody was faster");
  });

  test("have a sentence also when the server says nothing or is away", async () => {
    answer(500, "not a problem");
    expect((await api.people().catch((reason: ApiError) => reason.problem)) as object).toMatchObject({
      code: "internal",
      title: "request failed (500)",
    });
    vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("failed")));
    await expect(api.people()).rejects.toThrow("the server did not answer");
  });

  test("of nobody being signed in lead to the sign-in page and back", async () => {
    const assign = vi.spyOn(window.location, "assign").mockImplementation(() => {});
    window.history.replaceState(null, "", "/cases/MS-1042?view=logs");
    answer(401, { title: "sign in", status: 401, code: "unauthenticated", detail: "" });
    await expect(api.people()).rejects.toThrow();
    expect(assign).toHaveBeenCalledWith("/sign-in?next=%2Fcases%2FMS-1042%3Fview%3Dlogs");
  });
});
