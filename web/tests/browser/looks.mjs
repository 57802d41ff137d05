// What a person would see or hear: axe on every state and theme, and the pixels axe cannot see.
import { THEMES, violations } from "./axe.mjs";
import { check } from "./desk.mjs";

const BOTH_SCREENS = [
  "queue peek and selection",
  "case detail and composers",
  "case citation",
  "case templates",
  "case trace",
  "case metrics",
  "case changes",
  "case contrast",
  "case intake",
  "customers",
  "customer",
  "checklists",
];

/** Each state: its name and how to get there from a fresh page. */
function states(desk) {
  const { page } = desk;
  const dialog = () => page.waitForSelector("[role=dialog]");
  const toCase = async () => {
    await desk.goto(desk.p1);
    await page.waitForSelector(".line-row[data-position]");
    await page.waitForSelector(".histogram canvas");
  };
  // The fixture knows nothing of promises.
  const promises = [
    "what is promised",
    async () => {
      await desk.goto("/sla");
      await page.getByRole("button", { name: "Show the clocks" }).click();
      await page.locator(".sla-screen .clock-tables > *").first().waitFor();
    },
  ];
  const list = [
    ["queue full", () => desk.queue()],
    ...(desk.fixture ? [] : [promises]),
    [
      "queue peek and selection",
      async () => {
        await desk.queue();
        await desk.press("j", "x", "v");
        await page.waitForSelector(".peek .drawer-body");
      },
    ],
    [
      "case status",
      async () => {
        await toCase();
        await desk.press("h");
        await dialog();
      },
    ],
    [
      "queue filtered to nothing",
      async () => {
        await desk.goto("/queue?text=zzzzzz");
        await page.getByText("No case matches the filter").waitFor();
      },
    ],
    [
      "queue new case",
      async () => {
        await desk.queue();
        await desk.press("c");
        await dialog();
      },
    ],
    [
      "queue palette",
      async () => {
        await desk.queue();
        await desk.press("Control+k");
        await dialog();
      },
    ],
    ["case logs", toCase],
    [
      "case detail and composers",
      async () => {
        await toCase();
        await desk.press("j", "Enter", "r");
        await page.waitForSelector(".line-detail .raw");
      },
    ],
    [
      "case citation",
      async () => {
        await toCase();
        await page.locator(".evidence-number").first().click();
        await page.waitForSelector(".drawer .excerpt");
      },
    ],
    [
      "case severity",
      async () => {
        await toCase();
        await desk.press("s");
        await dialog();
      },
    ],
    [
      "case assign",
      async () => {
        await toCase();
        await desk.press("a");
        await dialog();
      },
    ],
    [
      "case keys",
      async () => {
        await toCase();
        await desk.press("?");
        await dialog();
      },
    ],
    [
      "case trace",
      async () => {
        await toCase();
        await desk.press("3");
        await page.locator(".traces .row-link").first().click();
        await page.waitForSelector(".span-row");
        await page.getByRole("treegrid").focus();
        await desk.press("ArrowDown");
        await page.waitForSelector(".traces .line-detail");
      },
    ],
    [
      "case contrast",
      async () => {
        await toCase();
        await desk.brush(0.3, 0.6);
        await page.waitForSelector(".contrast-chip");
        await desk.press("Shift+O");
        await page.waitForSelector(".contrast-fields");
      },
    ],
    [
      "case judge",
      async () => {
        await toCase();
        await page.waitForSelector(".hypothesis[data-open]");
        await desk.press("-");
        await dialog();
      },
    ],
    [
      "case reference",
      async () => {
        await toCase();
        await desk.press("Shift+D");
        await dialog();
      },
    ],
    [
      "case missing",
      async () => {
        await desk.goto("/cases/MS-99999999");
        await page.getByText("There is no case").waitFor();
      },
    ],
  ];
  // The fixture has no intake and nobody in its list.
  if (!desk.fixture) {
    list.push(
      [
        "case intake",
        async () => {
          await toCase();
          await desk.press("i");
          await page.locator(".intake-items li").first().waitFor();
        },
      ],
      [
        "customers",
        async () => {
          await desk.goto("/customers");
          await page.locator(".plain-table tbody tr").first().waitFor();
        },
      ],
      [
        "customer",
        async () => {
          await desk.goto("/customers");
          await page.locator(".plain-table .row-link").first().click();
          await page.locator("#customer-cases").waitFor();
        },
      ],
      [
        "checklists",
        async () => {
          await desk.goto("/intake");
          await page.getByRole("heading", { name: "Checklists" }).waitFor();
        },
      ],
    );
  }
  for (const [key, view] of [
    ["1", "timeline"],
    ["3", "traces"],
    ["4", "metrics"],
    ["5", "changes"],
    ["6", "files"],
    ["7", "templates"],
    ["8", "problems"],
  ]) {
    list.push([
      `case ${view}`,
      async () => {
        await toCase();
        await desk.press(key);
        await page.waitForSelector(
          `.tab-panel[data-view="${view}"] :is(table, ol, .state-title, .chart-line)`,
        );
      },
    ]);
  }
  return list;
}

export async function axeMatrix(desk) {
  const { page } = desk;
  await desk.reset();
  const number = await desk.openP1();
  desk.p1 = `/cases/${number}`;
  const found = [];
  for (const theme of THEMES) {
    await desk.theme(theme);
    for (const [name, enter] of states(desk)) {
      // A theme changes colours only, and the fixture shows each state in each theme.
      if (!desk.fixture && theme !== "light" && !BOTH_SCREENS.includes(name)) continue;
      await enter();
      for (const violation of await violations(page)) found.push(`${theme}, ${name}: ${violation}`);
    }
    if (desk.fixture) {
      await desk.reset("empty");
      await desk.goto("/queue");
      await page.waitForSelector(".empty-queue");
      for (const violation of await violations(page)) found.push(`${theme}, empty: ${violation}`);
      await desk.reset();
    }
  }
  await desk.theme("light");
  // Asking for the case that is not there is what this journey is about.
  desk.complaints = desk.complaints.filter((text) => !text.includes("404"));
  check(found.length === 0, `no violations:\n    ${[...new Set(found)].join("\n    ")}`);
}

/** How much of the canvas has each of the two bar colours of the theme. */
function paintedShares(page) {
  return page.evaluate(() => {
    const canvas = document.querySelector(".histogram canvas");
    const context = canvas.getContext("2d");
    const style = getComputedStyle(document.documentElement);
    const rgb = (name) => {
      const hex = style.getPropertyValue(name).trim().slice(1);
      return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    };
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const share = (colour) => {
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] > 200 && colour.every((part, index) => Math.abs(data[at + index] - part) < 6))
          count += 1;
      }
      return count / (data.length / 4);
    };
    return { all: share(rgb("--bar-all")), error: share(rgb("--bar-error")) };
  });
}

export async function canvasPixels(desk) {
  const { page } = desk;
  await desk.reset();
  await desk.openP1();
  await page.waitForSelector(".histogram canvas");
  for (const theme of ["Theme: dark", "Theme: high contrast", "Theme: light"]) {
    // Switched while the chart is there: a canvas keeps its colours unless it is drawn again.
    await desk.palette(theme);
    await page.waitForTimeout(150);
    const { all, error } = await paintedShares(page);
    check(all > 0.01, `bars of all lines in the colour of ${theme}, not ${all}`);
    check(error > 0.0005, `bars of errors in the colour of ${theme}, not ${error}`);
  }
}
