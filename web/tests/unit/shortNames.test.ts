import { expect, test } from "vitest";
import { middleCut, shortNames } from "../../src/ui/shortNames.ts";

const POD = "root/node-b/var-log-pods/shop_ledger-6d5f8c7b94";
const ID = "5c1f6a52-0c1e-4f43-9d2e-7740af11b1d0";

test("what tells names apart stays", () => {
  const names = [
    "storefront-7f9c6d5b8-4hj2k",
    "postgres-0",
    "root/run-host/node-b/messages",
    "root/nginx/ingress-nginx-controller-5b8c9d7f6c-2lq8r/access.log",
    `${POD}-q2w8x_${ID}/ledger/0.log`,
    `${POD}-t7k4m_${ID}/ledger/0.log`,
  ];
  expect([...shortNames(names, 22).values()]).toEqual([
    "storefront…4hj2k",
    "postgres-0",
    "node-b/messages",
    "access.log",
    "shop_ledger…q2w8x/…",
    "shop_ledger…t7k4m/…",
  ]);
});

test("two names never become one", () => {
  const names = ["a-service-with-a-long-name-one-x", "a-service-with-a-long-name-two-x"];
  const short = shortNames(names, 12);
  expect(new Set(short.values()).size).toBe(2);
});

test("the middle is what goes", () => {
  expect(middleCut("abcdefghij", 7)).toBe("abc…hij");
  expect(middleCut("abc", 7)).toBe("abc");
});
